"""The forms of the acts that ask something, built for one exchange."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.days import read_coming_time
from desk.domain.exchange import (
    DisputeCategory,
    Exchange,
    IdCheck,
    Presence,
    Settlement,
    Side,
)
from desk.domain.intents import (
    ArriveAnyway,
    Cancel,
    ExchangeIntent,
    Expect,
    NoShow,
    Note,
    NotMet,
    OpenDispute,
    Reopen,
    Settle,
    StillHere,
    Swap,
)
from desk.domain.lifecycle import Verb
from desk.domain.rules import grace_ends, no_show_proposed
from desk.i18n import _
from desk.text import safe
from desk.tui.case import Case
from desk.tui.commands import OWN_KEYS
from desk.tui.forms import NONE_CHOSEN, Answers, Form, Line, Pick
from desk.wording import (
    category_name,
    clock_time,
    reopen_reasons,
    role,
    settlement_name,
    standard_reasons,
)


def form_for(verb: Verb, case: Case) -> Form:
    """Returns the form of a verb that has one."""
    return _FORMS[verb](case)


def answers_said(intent: ExchangeIntent, zone: ZoneInfo) -> Answers:
    """Returns what a verb's form would have been answered, had its intent been made by it."""
    names = ("reason", "text", "category", "settlement")
    answers = {name: str(value) for name in names if (value := getattr(intent, name, None))}
    if intent.at is not None:
        answers["at"] = clock_time(intent.at, zone)
    if isinstance(intent, NoShow) and intent.sides:
        answers["side"] = "both" if len(intent.sides) > 1 else intent.sides[0]
    if isinstance(intent, OpenDispute):
        answers["reported_by"] = intent.reported_by or ""
    return answers


def anyway_form(
    case: Case, id_check: IdCheck | None, name: str | None, at: DateTime | None
) -> Form:
    """Returns the form that lets a party in at a time that the rules refuse."""
    exchange, side = case.exchange, case.side

    def make(answers: Answers) -> ArriveAnyway:
        return ArriveAnyway(
            ref=exchange.ref,
            seen_version=exchange.version,
            by=case.by,
            at=at,
            side=side,
            id_check=id_check,
            name=name,
            reason=reason_given(answers, standard_reasons()),
        )

    return Form(
        exchange.ref,
        _("{ref}: let them in anyway").format(ref=exchange.ref),
        (_("The reason is kept with the arrival."),),
        reason_questions(standard_reasons()),
        OWN_KEYS,
        careful=True,
        make=make,
    )


def still_here_pick(exchange: Exchange, *choices: StillHere) -> tuple[Pick, ...]:
    """Returns the question about whoever is still here, if anybody is."""
    sides = exchange.sides_with(Presence.HERE, Presence.HELD)
    if not sides:
        return ()
    who = " + ".join(role(exchange.kind, side) for side in sides)
    words = {
        StillHere.LEAVES: _("leaves now"),
        StillHere.NOT_OBSERVED: _("left, time not observed"),
        StillHere.STAYS: _("still here"),
    }
    label = _("Still here: {who}").format(who=who)
    return (Pick("still_here", label, tuple((one.value, words[one]) for one in choices)),)


def _still_here(answers: Answers) -> StillHere:
    return StillHere(answers.get("still_here", StillHere.STAYS))


def _at_line() -> Line:
    return Line("at", _("at"), _("now · 1428 · -5 minutes"))


def reason_questions(reasons: tuple[str, ...]) -> tuple[Pick, Line]:
    """Returns the question why: numbered reasons, one digit of which does it, or free words."""
    options = tuple((str(n), reason) for n, reason in enumerate(reasons))
    return (
        Pick("standard", _("Reason"), options, decides=True),
        Line("reason", _("Or type one")),
    )


def reason_given(answers: Answers, reasons: tuple[str, ...]) -> str:
    """Returns the reason that those questions were answered with."""
    return answers.get("reason", "").strip() or reasons[int(answers["standard"])]


def _side_pick(case: Case, label: str, sides: tuple[Side, ...]) -> Pick:
    kind = case.exchange.kind
    chosen = sides.index(case.side) if case.side in sides else 0
    options = tuple((side.value, role(kind, side)) for side in sides)
    return Pick("side", label, options, chosen)


def _careful(
    verb: Verb,
    case: Case,
    title: str,
    telling: tuple[str, ...],
    questions: tuple[Pick | Line, ...],
    make: Callable[[Answers], ExchangeIntent],
) -> Form:
    return Form(
        case.exchange.ref,
        f"{case.exchange.ref}: {title}",
        telling,
        questions,
        case.keys[verb],
        careful=True,
        make=make,
    )


def _no_show(case: Case) -> Form:
    exchange = case.exchange
    sides = exchange.sides_with(Presence.EXPECTED)
    proposed = no_show_proposed(exchange, case.rules, case.moment)
    options = [(side.value, role(exchange.kind, side)) for side in sides]
    if len(sides) > 1:
        options.append(("both", _("both")))
    first = case.side or (proposed[0] if len(proposed) == 1 else None)
    chosen = sides.index(first) if first in sides else len(options) - 1
    telling = [_("It is written who never came, and the exchange is closed as a no-show.")]
    telling += [_still_in_grace(case, side) for side in sides if side not in proposed]

    def make(answers: Answers) -> NoShow:
        absent = sides if answers["side"] == "both" else (Side(answers["side"]),)
        return NoShow(
            ref=exchange.ref,
            seen_version=exchange.version,
            by=case.by,
            at=case.at(answers),
            sides=absent,
            still_here=_still_here(answers),
        )

    return _careful(
        Verb.NO_SHOW,
        case,
        _("no-show"),
        tuple(telling),
        (
            Pick("side", _("Never came"), tuple(options), max(chosen, 0)),
            *still_here_pick(exchange, StillHere.STAYS, StillHere.LEAVES, StillHere.NOT_OBSERVED),
            _at_line(),
        ),
        make,
    )


def _still_in_grace(case: Case, side: Side) -> str:
    """Returns the sentence about a side that may still come in time."""
    return _("The {side}'s grace runs until {time}.").format(
        side=role(case.exchange.kind, side),
        time=clock_time(grace_ends(case.exchange, side, case.rules), case.zone),
    )


def _not_met(case: Case) -> Form:
    exchange = case.exchange

    def make(answers: Answers) -> NotMet:
        return NotMet(
            ref=exchange.ref,
            seen_version=exchange.version,
            by=case.by,
            at=case.at(answers),
            still_here=_still_here(answers),
        )

    telling = (_("It is written that they did not meet, and the exchange is closed."),)
    return _careful(Verb.NOT_MET, case, _("not met"), telling, _closing_questions(case), make)


def _cancel(case: Case) -> Form:
    exchange = case.exchange

    def make(answers: Answers) -> Cancel:
        return Cancel(
            ref=exchange.ref,
            seen_version=exchange.version,
            by=case.by,
            at=case.at(answers),
            still_here=_still_here(answers),
        )

    telling = (_("It is written that it was called off, and the exchange is closed."),)
    return _careful(Verb.CANCEL, case, _("cancel"), telling, _closing_questions(case), make)


def _closing_questions(case: Case) -> tuple[Pick | Line, ...]:
    choices = (StillHere.LEAVES, StillHere.NOT_OBSERVED, StillHere.STAYS)
    return (*still_here_pick(case.exchange, *choices), _at_line())


def _reopen(case: Case) -> Form:
    exchange = case.exchange

    def make(answers: Answers) -> Reopen:
        return Reopen(
            ref=exchange.ref,
            seen_version=exchange.version,
            by=case.by,
            at=case.at(answers),
            reason=reason_given(answers, reopen_reasons()),
        )

    telling = (
        _("For what happened and then changed; every coming and going stays."),
        _("For what never happened there is undo, on F8."),
    )
    questions = (*reason_questions(reopen_reasons()), _at_line())
    return _careful(Verb.REOPEN, case, _("reopen"), telling, questions, make)


def _dispute(case: Case) -> Form:
    exchange = case.exchange
    who = [(side.value, role(exchange.kind, side)) for side in Side]

    def make(answers: Answers) -> OpenDispute:
        side = answers["reported_by"]
        return OpenDispute(
            ref=exchange.ref,
            seen_version=exchange.version,
            by=case.by,
            at=case.at(answers),
            category=DisputeCategory(answers["category"]),
            reported_by=Side(side) if side else None,
            text=answers["text"],
        )

    categories = tuple((one.value, category_name(one)) for one in DisputeCategory)
    questions = (
        Pick("category", _("What about"), categories, chosen=NONE_CHOSEN),
        Pick("reported_by", _("Reported by"), (*who, ("", _("desk")))),
        Line("text", _("In words"), _("what they say happened")),
        _at_line(),
    )
    telling = (_("A filed dispute is not undone; it is withdrawn by a note."),)
    return _careful(Verb.DISPUTE, case, _("dispute"), telling, questions, make)


def _settle(case: Case) -> Form:
    exchange = case.exchange

    def make(answers: Answers) -> Settle:
        return Settle(
            ref=exchange.ref,
            seen_version=exchange.version,
            by=case.by,
            at=case.at(answers),
            settlement=Settlement(answers["settlement"]),
            text=answers["text"],
        )

    outcomes = tuple((one.value, settlement_name(one)) for one in Settlement)
    questions = (
        Pick("settlement", _("Outcome"), outcomes, chosen=NONE_CHOSEN),
        Line("text", _("In words"), _("may stay empty")),
        _at_line(),
    )
    return _careful(Verb.SETTLE, case, _("settle the dispute"), (), questions, make)


def _harmless(
    case: Case,
    title: str,
    questions: tuple[Pick | Line, ...],
    make: Callable[[Answers], ExchangeIntent],
) -> Form:
    ref = case.exchange.ref
    return Form(ref, f"{ref}: {title}", (), questions, ("enter",), careful=False, make=make)


def _note(case: Case) -> Form:
    exchange = case.exchange

    def make(answers: Answers) -> Note:
        return Note(ref=exchange.ref, by=case.by, at=case.at(answers), text=answers["text"].strip())

    questions = (Line("text", _("Note"), _("a line for the timeline")), _at_line())
    return _harmless(case, _("note"), questions, make)


def _expect(case: Case) -> Form:
    exchange = case.exchange

    def make(answers: Answers) -> Expect:
        return Expect(
            ref=exchange.ref,
            seen_version=exchange.version,
            by=case.by,
            side=Side(answers["side"]),
            comes_at=read_coming_time(answers["comes_at"], exchange.starts_at, case.zone),
        )

    questions = (
        _side_pick(case, _("Who called"), exchange.sides_with(Presence.EXPECTED)),
        Line("comes_at", _("Comes at"), "1428"),
    )
    return _harmless(case, _("a party called"), questions, make)


def _swap(case: Case) -> Form:
    exchange = case.exchange

    def make(answers: Answers) -> Swap:
        return Swap(
            ref=exchange.ref, seen_version=exchange.version, by=case.by, at=case.at(answers)
        )

    telling = tuple(
        _("{name} becomes the {role}.").format(
            name=safe(party.name or _("The party not named yet")),
            role=role(exchange.kind, party.side.other),
        )
        for party in exchange.parties
    )
    return replace(_harmless(case, _("swap sides"), (_at_line(),), make), telling=telling)


_FORMS: Mapping[Verb, Callable[[Case], Form]] = {
    Verb.NO_SHOW: _no_show,
    Verb.NOT_MET: _not_met,
    Verb.CANCEL: _cancel,
    Verb.REOPEN: _reopen,
    Verb.DISPUTE: _dispute,
    Verb.SETTLE: _settle,
    Verb.NOTE: _note,
    Verb.EXPECT: _expect,
    Verb.SWAP: _swap,
}
