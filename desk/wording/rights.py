"""What acts, refusals and next steps about holds, requests and erasing are called."""

from __future__ import annotations

from collections.abc import Iterator

from desk.domain.lifecycle import Verb
from desk.domain.retention import ErasurePlan, Leftovers
from desk.domain.rights import Candidate, RequestEnd, RequestKind
from desk.domain.searchable import Field
from desk.domain.verdict import Code, Step
from desk.i18n import _, ngettext


def verbs() -> dict[Verb, str]:
    """Returns what these acts are called once they are done."""
    return {
        Verb.HOLD: _("held back from erasing"),
        Verb.LIFT_HOLD: _("hold lifted"),
        Verb.REQUEST: _("request written down"),
        Verb.IDENTIFY: _("identity of who asked"),
        Verb.PICK: _("picked for a request"),
        Verb.DROP: _("taken out of a request"),
        Verb.DISCLOSE: _("own data handed out"),
        Verb.CLOSE_REQUEST: _("request closed"),
        Verb.ERASE: _("erased"),
        Verb.SHORTEN: _("journal shortened"),
    }


def explanations() -> dict[Code, str]:
    """Returns why these acts are refused."""
    return {
        Code.UNDER_HOLD: _("{ref} is held back from erasing by hold {case}."),
        Code.NOT_OVER: _("{ref} is not over yet."),
        Code.UNKNOWN_HOLD: _("There is no open hold {case}."),
        Code.UNKNOWN_REQUEST: _("There is no open request {case}."),
        Code.NO_PERSON: _("Nothing says whom or what it is about."),
        Code.NOT_IDENTIFIED: _("Whoever made request {case} has not shown who they are."),
        Code.NOTHING_PICKED: _("No party was picked for request {case}."),
        Code.NOTHING_DUE: _("Nothing is due to be erased."),
    }


def steps() -> dict[Step, str]:
    """Returns what can be done after such a refusal."""
    return {
        Step.LIFT_THE_HOLD: _("A supervisor can lift the hold once it may go."),
        Step.CLOSE_IT_FIRST: _(
            "Close it, see everybody out, settle its dispute, and let its time pass."
        ),
        Step.LIST_HOLDS: _("See desk hold."),
        Step.LIST_REQUESTS: _("See desk request."),
        Step.DESCRIBE_PERSON: _("Give a name, a phone, an email, a plate or a reference."),
        Step.SEE_IDENTITY: _("Ask for an ID, and note that it was seen."),
        Step.PICK_PARTY: _("Pick the parties that are that person, one by one."),
    }


def candidate_words(candidate: Candidate) -> str:
    """Returns how sure it is that a candidate is the person, and by what."""
    agreed = ", ".join(_fields()[field] for field in sorted(candidate.by))
    if candidate.is_sure:
        told = _("by {fields}").format(fields=agreed)
    elif candidate.by:
        told = _("possible: only by {fields}").format(fields=agreed)
    else:
        told = _("by an officer's word alone")
    return _("{told}, as it was before").format(told=told) if candidate.former else told


def leftover_lines(leftovers: Leftovers) -> Iterator[str]:
    """Yields what else holds what is erased, a line each."""
    for file in leftovers.files:
        yield _("{file} goes with it").format(file=file)
    for file in leftovers.unread:
        yield _("{file} cannot be looked into, and stays").format(file=file)
    for file in leftovers.waiting:
        yield _(
            "{file} waits and still names them: take it in or mend it, then erase again"
        ).format(file=file)
    for backup in leftovers.backups:
        if backup.gone_by is None:
            yield _("{file} still holds it; delete it by hand").format(file=backup.name)
        elif backup.newer:
            yield ngettext(
                "{file} still holds it until the next backup is made",
                "{file} still holds it until {n} more backups are made",
                backup.newer,
            ).format(file=backup.name, n=backup.newer)
        else:
            yield _("{file} still holds it until {day}").format(
                file=backup.name, day=backup.gone_by.isoformat()
            )


def erasure_lines(plan: ErasurePlan) -> Iterator[str]:
    """Yields what erasing a person takes, what stays, and what else holds it, a line each."""
    for ref in plan.refs:
        yield _("{ref} loses them").format(ref=ref)
    for ref, hold in plan.kept.items():
        if hold is None:
            yield _("{ref} stays: it is not over").format(ref=ref)
        else:
            yield _("{ref} stays: hold {n}").format(ref=ref, n=hold)
    yield from leftover_lines(plan.leftovers)


def request_kind_name(kind: RequestKind) -> str:
    """Returns what is asked for, in words."""
    return {
        RequestKind.ACCESS: _("Access"),
        RequestKind.ERASURE: _("Erasure"),
        RequestKind.LAWYER: _("By a lawyer"),
    }[kind]


def request_end_name(ending: RequestEnd) -> str:
    """Returns how a request ended, in words."""
    return {
        RequestEnd.ANSWERED: _("Answered"),
        RequestEnd.REFUSED: _("Refused"),
        RequestEnd.WITHDRAWN: _("Withdrawn"),
    }[ending]


def _fields() -> dict[Field, str]:
    return {
        Field.NAME: _("name"),
        Field.PHONE: _("phone"),
        Field.EMAIL: _("email"),
        Field.PLATE: _("plate"),
    }
