"""A verdict is a code and facts; here they become what is so, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from desk.domain.exchange import Kind, Side
from desk.domain.lifecycle import Verb
from desk.domain.reference import LENGTH, BadReferenceError, Misreading, read_slip
from desk.domain.verdict import BAY_REFUSALS, Code, Facts, PriorAct, Step, Verdict
from desk.i18n import _, ngettext
from desk.wording import rights
from desk.wording.acts import (
    act_done,
    clock_time,
    comes_at,
    day_and_time,
    prior_line,
    role,
    verb_done,
)

_SOON = 15
"""Minutes from now to the time that stands for one in a sentence about what to type."""


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict in words: what is so, and what can be done about it."""

    explanation: str
    next: str | None


def tell(verdict: Verdict, zone: ZoneInfo, places: str = "") -> Told:
    """Returns a verdict in words.

    Args:
        verdict: the answer.
        zone: the station's.
        places: what is free, as ``free_places_words`` says it, where a bay was refused.
    """
    if verdict.accepted and verdict.prior is not None:
        return Told(_undone(verdict.ref, verdict.prior, verdict.facts, zone), None)
    if verdict.accepted and verdict.facts.badge is not None:
        return Told(_("{badge}: {done}.").format(**_fields(verdict, zone)), None)
    # An import is about no one reference, and its sentence begins with the next word.
    sentences = _explanations() | (_about_both() if verdict.facts.side is None else {})
    explanation = _capital(sentences[verdict.code].format(**_fields(verdict, zone)).strip())
    if verdict.code is Code.DEPENDED_ON and verdict.facts.kind is None:
        # The act was about several exchanges, and what stands on it may be about any of them.
        explanation = _("Something later stands on one of the exchanges of “{act}”.").format(
            **_fields(verdict, zone)
        )
    if verdict.code is Code.UNKNOWN:
        explanation = f"{explanation} {_misreading_hint(verdict.ref or '')}".strip()
    if verdict.prior is not None:
        kind = Kind(verdict.facts.kind) if verdict.facts.kind else None
        explanation = f"{explanation} {_capital(prior_line(verdict.prior, kind, zone))}."
    known = _steps() | (_bay_steps() if verdict.code in BAY_REFUSALS else {})
    if places:
        known[Step.OTHER_PLACE] = "{places}"
    fields = _fields(verdict, zone) | {"places": places}
    steps = [known[step].format(**fields) for step in verdict.next]
    return Told(explanation, " ".join(steps) or None)


def _undone(ref: str | None, prior: PriorAct, facts: Facts, zone: ZoneInfo) -> str:
    """Returns what an accepted undo took back: of accepted acts only an undo has a prior act."""
    kind = Kind(facts.kind) if facts.kind else None
    act = prior_line(prior, kind, zone)
    many = ngettext("{n} exchange: {act}", "{n} exchanges: {act}", facts.count or 0)
    meant = f"{ref} {act}" if ref else many.format(n=facts.count, act=act)
    return _("Undone: {act}.").format(act=meant)


def tell_step(step: Step) -> str:
    """Returns one thing that can be done next, as a sentence."""
    return _steps()[step]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _fields(verdict: Verdict, zone: ZoneInfo) -> dict[str, str]:
    facts = verdict.facts
    return {
        "ref": verdict.ref or "",
        "side": _side_words(facts),
        "Side": _capital(_side_words(facts)),
        "booked": day_and_time(facts.starts_at, zone) if facts.starts_at else "",
        "at": clock_time(facts.at, zone) if facts.at else "",
        "soon": clock_time(facts.at.add(minutes=_SOON), zone) if facts.at else "",
        "limit": clock_time(facts.limit, zone) if facts.limit else "",
        "since": clock_time(facts.since, zone) if facts.since else "",
        "bay": _bay_words(facts.bay),
        "other": facts.other or "",
        "badge": facts.badge or "",
        "case": "" if facts.case is None else str(facts.case),
        "act": verb_done(facts.verb) if facts.verb else "",
        "count": "" if facts.count is None else str(facts.count),
        "field": _field_words(facts.field),
        "most": "" if facts.most is None else str(facts.most),
        "number": str(verdict.prior.number) if verdict.prior else "",
        "done": _accepted_words(facts, zone),
    }


def _field_words(field: str | None) -> str:
    return {"name": _("name"), "reason": _("reason"), "text": _("text")}.get(field or "", "")


def _side_words(facts: Facts) -> str:
    if facts.side is None or facts.kind is None:
        return _("party")
    return role(Kind(facts.kind), Side(facts.side))


def _bay_words(code: str | None) -> str:
    if code is None:
        return _("The bay")
    return _("Bay {code}").format(code=code) if code.isdigit() else code


def _accepted_words(facts: Facts, zone: ZoneInfo) -> str:
    if facts.verb is None:
        return _("done")
    if facts.verb == Verb.IMPORT and facts.count is not None:
        return ngettext("{n} booking taken in", "{n} bookings taken in", facts.count).format(
            n=facts.count
        )
    kind = Kind(facts.kind) if facts.kind else None
    done = act_done(facts.verb, facts.side, kind)
    if facts.case is not None:
        return _("{done}, number {case}").format(done=done, case=facts.case)
    if facts.verb == Verb.EXPECT and facts.limit is not None:
        return comes_at(done, facts.limit, zone)
    return done


def tell_misreading(typed: str) -> str:
    """Returns why a text that looks like a reference is none, or nothing."""
    word = typed.strip().partition("-")[0]
    has_digit = any(character.isdigit() for character in word)
    return _misreading_hint(typed) if len(word) == LENGTH and has_digit else ""


def _misreading_hint(typed: str) -> str:
    try:
        read_slip(typed)
    except BadReferenceError as bad:
        return {
            Misreading.FORM: _("A reference has six letters and digits."),
            Misreading.LOOK_ALIKE: _("A reference never has 0, O, 1, I, L or U in it."),
            Misreading.CHECK: _("One character is wrong, or two changed places."),
        }[bad.misreading]
    return ""


def _explanations() -> dict[Code, str]:
    return {
        Code.ACCEPTED: _("{ref} {done}, {at}."),
        Code.UNKNOWN: _("{ref} is not a reference of this station."),
        Code.WRONG_STATION: _("{ref} belongs to another station."),
        Code.CANCELLED: _("{ref} was cancelled at {since}."),
        Code.CLOSED: _("{ref} was closed at {since}."),
        Code.ALREADY_HERE: _("The {side} of {ref} is already here."),
        Code.ALREADY_LEFT: _("The {side} of {ref} has already left."),
        Code.ALREADY_STARTED: _("{ref} is already in its bay."),
        Code.ALREADY_DISPUTED: _("{ref} already has an open dispute."),
        Code.NOT_HERE: _("{ref} needs both parties here for that."),
        Code.NOT_HELD: _("The {side} of {ref} is not kept apart."),
        Code.NOT_ARRIVED: _("The {side} of {ref} has not arrived yet."),
        Code.NOT_EXPECTED: _("The {side} of {ref} has come, and so is not absent."),
        Code.NOT_CLOSED: _("{ref} is not closed."),
        Code.NOT_DISPUTED: _("{ref} has no open dispute."),
        Code.DID_NOT_MEET: _("The parties of {ref} were never here at the same time."),
        Code.HOLD: _("A safety hold keeps the parties of {ref} apart."),
        Code.WRONG_DAY: _("{ref} is booked for {booked}."),
        Code.TOO_EARLY: _("{ref} is booked for {booked}; arrivals open at {limit}."),
        Code.TOO_LATE: _("{ref} was booked for {booked}; arrivals ended at {limit}."),
        Code.IN_THE_FUTURE: _("{at} is still to come: it is {limit} now."),
        Code.IN_THE_PAST: _("{limit} was already past at {at}."),
        Code.BEFORE_ARRIVAL: _("{at} is before what it follows, at {limit}."),
        Code.WHICH_SIDE: _("{ref} has two parties, and either could be meant."),
        Code.NO_REASON: _("That needs a reason."),
        Code.NO_TEXT: _("That needs a few words."),
        Code.TOO_LONG: _("The {field} has {count} characters, and {most} at most can be kept."),
        Code.BAY_TAKEN: _("{bay} is taken by {other} from {since} to {limit}."),
        Code.BAY_CLOSED: _("{bay} is not open then."),
        Code.BAY_KIND: _("{bay} is not meant for that."),
        Code.BAY_LARGE: _("{bay} has no room for large items."),
        Code.NOTHING_CHANGED: _("Nothing about {ref} would change."),
        Code.SAME_EXCHANGE: _("{ref} is that exchange already."),
        **_about_undoing(),
        **_about_officers(),
        **rights.explanations(),
        Code.STALE: _("{ref} was changed while you looked at it."),
        Code.BUSY: _("Another desk is writing, and nothing was saved."),
    }


def _about_undoing() -> dict[Code, str]:
    """Returns why something is not undone."""
    return {
        Code.DEPENDED_ON: _("Something later stands on “{act}” at {ref}."),
        Code.NOTHING_TO_UNDO: _("You have nothing to undo here."),
        Code.SHIFT_ENDED: _(
            "You have nothing to undo here any more: the shift in which it was done has ended."
        ),
        Code.NOT_YOURS: _(
            "You have nothing to undo here: it was done by somebody else, or at another desk."
        ),
        Code.NOT_UNDOABLE: _("A filed dispute is not undone; it is withdrawn by a note."),
        Code.TOUCHES_OTHERS: _(
            "“{act}” (act {number}) is about {count} exchanges, and is not undone by {ref} alone."
        ),
    }


def _about_officers() -> dict[Code, str]:
    """Returns what is said where it is about who may do what."""
    return {
        Code.NOT_ALLOWED: _("Only a supervisor can do that."),
        Code.ALREADY_ENROLLED: _("{badge} is enrolled already."),
        Code.UNKNOWN_OFFICER: _("Nobody at this station has the badge {badge}."),
        Code.LAST_SUPERVISOR: _("{badge} is the only supervisor who can come in."),
        Code.NOT_PROVEN: _("That was not what {badge} is known by."),
        Code.CUT_SHORT: _("The program ended before the attempt was checked."),
        Code.LOCKED_OUT: _("{badge} is locked out."),
        Code.TAKEN_OFF: _("{badge} was taken off, and does not belong to this station any more."),
    }


def _about_both() -> dict[Code, str]:
    """Returns what is said where a refusal is about neither party more than about the other."""
    return {
        Code.ALREADY_HERE: _("Both parties of {ref} are already here."),
        Code.ALREADY_LEFT: _("Both parties of {ref} have already left."),
        Code.NOT_HELD: _("Neither party of {ref} is kept apart."),
        Code.NOT_ARRIVED: _("Nobody has arrived for that yet at {ref}."),
        Code.NOT_EXPECTED: _("Both parties of {ref} have come, and so neither is absent."),
    }


def _steps() -> dict[Step, str]:
    return {
        Step.CHECK_REFERENCE: _("Read the reference again, or search by name."),
        Step.CALL_OTHER_STATION: _("Send them to the station on their slip."),
        Step.REOPEN: _("Reopen it with a reason if that has changed."),
        Step.NOTE_CAME: _("Note that they came."),
        Step.MOVE_TO_NOW: _("Move the exchange to now."),
        Step.OTHER_PLACE: _("Pick a place or a time that is free."),
        Step.OVERRIDE: _("Let them in anyway, with a reason."),
        Step.CLOSE_NOT_MET: _("Close it as not met."),
        Step.CANCEL_INSTEAD: _("Cancel it if nobody is coming."),
        Step.NAME_SIDE: _("Say giver or receiver."),
        Step.GIVE_REASON: _("Pick a reason or type one."),
        Step.TYPE_TEXT: _("Type what happened."),
        Step.SHORTEN: _("Shorten it, and put the rest in a note of its own."),
        Step.CHECK_IN_FIRST: _("Check in whoever is here first."),
        Step.RELEASE_FIRST: _("Release them first, once it is safe."),
        Step.CORRECT_TIME: _("Correct the time."),
        Step.TEXT_AFTER_DASHES: _("If it is part of the text, write -- before the text."),
        Step.TYPE_COMING_TIME: _("Type when they come, such as {soon}."),
        Step.UNDO_BOTH: _("Undo both."),
        Step.UNDO_WHOLE: _("Take all of it back with undo act {number}; on the board F8 finds it."),
        Step.ADD_NOTE: _("Add a note."),
        Step.CORRECT_IT: _(
            "Correct it by a further act: reopen it, record that they left, or add a note."
        ),
        Step.LOOK_AGAIN: _("Look at it again, and repeat what is still right."),
        Step.TRY_AGAIN: _("Try again in a moment."),
        Step.CALL_SUPERVISOR: _("Call a supervisor."),
        Step.CHECK_BADGE: _("Read the badge again."),
        Step.MAKE_SUPERVISOR: _("Make somebody else a supervisor first."),
        **rights.steps(),
        Step.LEAVE_INSTEAD: _("If they are going, record that they left."),
    }


def _bay_steps() -> dict[Step, str]:
    """Returns what those steps are where it is not a party but a bay that is refused."""
    return {Step.OVERRIDE: _("Book it there anyway, with a reason.")}
