"""The sentences: what a verdict, an act or a side is called, for screen and command line alike.

A verdict is a code and facts; here they become words. Names of people never come in: a sentence
names the side. Times are told in the station's zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.days import TimeTextError, local_day
from desk.domain.exchange import DisputeCategory, IdCheck, Kind, Settlement, Side
from desk.domain.lifecycle import Verb
from desk.domain.phrases import Fault, PhraseError
from desk.domain.reference import LENGTH, BadReferenceError, Misreading, read_slip
from desk.domain.verdict import Code, Facts, PriorAct, Step, Verdict
from desk.domain.views import TimelineEntry
from desk.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict in words: what is so, and what can be done about it."""

    explanation: str
    next: str | None


def roles(kind: Kind) -> Mapping[Side, str]:
    """Returns what the two sides of such an exchange are called."""
    if kind is Kind.CUSTODY:
        return {Side.GIVER: _("Releasing adult"), Side.RECEIVER: _("Receiving adult")}
    if kind is Kind.OTHER:
        return {Side.GIVER: _("First party"), Side.RECEIVER: _("Second party")}
    return {Side.GIVER: _("Seller"), Side.RECEIVER: _("Buyer")}


def role(kind: Kind, side: Side) -> str:
    """Returns what a side is called within a sentence: ``seller``, ``releasing adult``."""
    return roles(kind)[side].lower()


def short_role(kind: Kind, side: Side) -> str:
    """Returns the one word for a side that fits the State column."""
    return role(kind, side).split()[0]


def kind_name(kind: Kind) -> str:
    """Returns what such an exchange is called."""
    return {
        Kind.SALE: _("Sale"),
        Kind.VEHICLE: _("Vehicle"),
        Kind.CUSTODY: _("Custody"),
        Kind.OTHER: _("Other"),
    }[kind]


def id_check_name(id_check: IdCheck) -> str:
    """Returns how an identity check is told."""
    return {
        IdCheck.NOT_ASKED: _("ID not asked"),
        IdCheck.SEEN: _("ID seen"),
        IdCheck.NOT_SHOWN: _("ID not shown"),
    }[id_check]


def category_name(category: DisputeCategory) -> str:
    """Returns what a dispute is about, in words."""
    return {
        DisputeCategory.NOT_AS_DESCRIBED: _("Not as described"),
        DisputeCategory.COUNTERFEIT: _("Counterfeit"),
        DisputeCategory.SUSPECTED_STOLEN: _("Suspected stolen"),
        DisputeCategory.THREAT: _("Threat"),
        DisputeCategory.PROHIBITED_ITEM: _("Prohibited item"),
        DisputeCategory.REFUSED: _("Refused"),
        DisputeCategory.OTHER: _("Other"),
    }[category]


def settlement_name(settlement: Settlement) -> str:
    """Returns how a dispute ended, in words."""
    return {
        Settlement.ADVISED_CIVIL: _("Advised: a civil matter"),
        Settlement.REPORT_TAKEN: _("Report taken"),
        Settlement.NO_ACTION: _("No further action"),
    }[settlement]


def standard_reasons() -> tuple[str, ...]:
    """Returns the reasons that one digit picks when a time rule is overridden."""
    return (
        _("Both parties agreed to another time"),
        _("The booking has the wrong time"),
        _("Delayed on the way, and called"),
        _("Order of a supervisor"),
    )


def reopen_reasons() -> tuple[str, ...]:
    """Returns the reasons that one digit picks when an exchange is reopened."""
    return (
        _("Came back after all"),
        _("Closed by mistake"),
        _("New information from a party"),
    )


def duration(minutes: int) -> str:
    """Returns ``13 min``, ``1 h 13`` or ``3 d``."""
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        return _("{h} h {m:02}").format(h=hours, m=rest)
    return _("{n} d").format(n=hours // 24)


def clock_time(moment: DateTime, zone: ZoneInfo) -> str:
    """Returns ``14:28``, as the station's clock showed it."""
    return moment.astimezone(zone).strftime("%H:%M")


def day_name(day: date) -> str:
    """Returns ``Monday 23 November``."""
    weekdays = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    months = (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
    return f"{weekdays[day.weekday()]} {day.day} {months[day.month - 1]}"


def day_and_time(moment: DateTime, zone: ZoneInfo) -> str:
    """Returns ``Monday 23 November, 10:15``."""
    return f"{day_name(local_day(moment, zone))}, {clock_time(moment, zone)}"


def time_with_entry(occurred: DateTime, recorded: DateTime, zone: ZoneInfo) -> str:
    """Returns ``14:28``, or ``14:28 (entered 14:31)`` where it was recorded later."""
    told = clock_time(occurred, zone)
    if recorded - occurred < timedelta(minutes=1):
        return told
    return _("{at} (entered {entered})").format(at=told, entered=clock_time(recorded, zone))


def verb_done(verb: str) -> str:
    """Returns what an act is called once it is done: ``arrived``, ``sent to the bay``."""
    return {
        Verb.BOOK: _("booked"),
        Verb.AMEND: _("amended"),
        Verb.SWAP: _("sides swapped"),
        Verb.NOTE: _("note"),
        Verb.EXPECT: _("called"),
        Verb.ARRIVE: _("arrived"),
        Verb.RELEASE: _("released"),
        Verb.START: _("sent to the bay"),
        Verb.LEAVE: _("left"),
        Verb.FINISH: _("met"),
        Verb.NOT_MET: _("closed as not met"),
        Verb.NO_SHOW: _("no-show"),
        Verb.CANCEL: _("cancelled"),
        Verb.REOPEN: _("reopened"),
        Verb.DISPUTE: _("dispute filed"),
        Verb.SETTLE: _("dispute settled"),
        Verb.UNDO: _("undone"),
        Verb.IMPORT: _("booked from a file"),
        Verb.INIT: _("station opened"),
        Verb.RULES: _("rules changed"),
    }[Verb(verb)]


def act_done(verb: str, side: str | None, kind: Kind | None) -> str:
    """Returns ``seller arrived``, or just the act where it is about nobody in particular."""
    done = verb_done(verb)
    if side is None and kind is not None and verb == Verb.NO_SHOW:
        return _("{done} of both").format(done=done)
    if side is None or kind is None:
        return done
    return f"{role(kind, Side(side))} {done}"


def timeline_line(entry: TimelineEntry, kind: Kind, zone: ZoneInfo) -> str:
    """Returns one act as the card tells it, without its time and officer."""
    done = act_done(entry.verb, entry.side, kind)
    if not entry.accepted:
        done = _("refused: {act}").format(act=done)
    if entry.comes_at is not None:
        done = comes_at(done, entry.comes_at, zone)
    words = entry.text or entry.file
    return f"{done}: {words}" if words else done


def comes_at(called: str, moment: DateTime, zone: ZoneInfo) -> str:
    """Returns ``buyer called, comes at 14:50``."""
    return _("{called}, comes at {time}").format(called=called, time=clock_time(moment, zone))


def prior_line(prior: PriorAct, kind: Kind | None, zone: ZoneInfo) -> str:
    """Returns ``seller arrived 14:13 by 4412 at desk 1``."""
    return _("{act} {time} by {officer} at {desk}").format(
        act=act_done(prior.verb, prior.side, kind),
        time=time_with_entry(prior.occurred_at, prior.recorded_at, zone),
        officer=prior.officer,
        desk=prior.desk,
    )


def tell(verdict: Verdict, zone: ZoneInfo) -> Told:
    """Returns a verdict in words."""
    if verdict.accepted and verdict.prior is not None:
        return Told(_undone(verdict.ref, verdict.prior, verdict.facts, zone), None)
    # An import is about no one reference, and its sentence begins with the next word.
    explanation = _explanations()[verdict.code].format(**_fields(verdict, zone)).strip()
    if verdict.code is Code.UNKNOWN:
        explanation = f"{explanation} {_misreading_hint(verdict.ref or '')}".strip()
    if verdict.prior is not None:
        kind = Kind(verdict.facts.kind) if verdict.facts.kind else None
        explanation = f"{explanation} {_capital(prior_line(verdict.prior, kind, zone))}."
    steps = [_steps()[step] for step in verdict.next]
    return Told(explanation, " ".join(steps) or None)


def _undone(ref: str | None, prior: PriorAct, facts: Facts, zone: ZoneInfo) -> str:
    """Returns what an accepted undo took back: of accepted acts only an undo has a prior act."""
    kind = Kind(facts.kind) if facts.kind else None
    act = prior_line(prior, kind, zone)
    return _("Undone: {act}.").format(act=f"{ref} {act}" if ref else act)


def tell_step(step: Step) -> str:
    """Returns one thing that can be done next, as a sentence."""
    return _steps()[step]


def tell_time_text(wrong: TimeTextError) -> str:
    """Returns what is wrong with a typed day or time, and what to type."""
    return {
        "no_such_day": _("That is not a day. Type 23/11, mon, -1 or 2026-11-23."),
        "no_such_time": _("That is not a time. Type 1428, 14:28 or -5 for five minutes ago."),
        "in_the_future": _("That time is still to come. Type when it happened, or nothing."),
        "skipped_time": _("The clocks skip that time. Type minutes ago, such as -5."),
        "repeated_time": _("The clocks show that time twice. Type minutes ago, such as -5."),
    }[wrong.code]


def tell_phrase(wrong: PhraseError) -> str:
    """Returns what is wrong with the words after ``/`` or ``desk do``, and what to type."""
    sentence = _phrase_sentences()[Fault(wrong.code)]
    return sentence.format(
        word=wrong.word,
        categories=", ".join(DisputeCategory),
        outcomes=", ".join(Settlement),
    )


def _phrase_sentences() -> dict[Fault, str]:
    return {
        Fault.MISSING_VERB: _("Say what to do: arrive, leave, finish, note …"),
        Fault.UNKNOWN_VERB: _("“{word}” is not a command."),
        Fault.MISSING_REF: _("Say which exchange: its six-character reference."),
        Fault.WHICH_SIDE: _("“{word}” could be either party. Say giver or receiver."),
        Fault.MISSING_TIME: _("A time is missing: 1428, 14:28 or -5 for five minutes ago."),
        Fault.MISSING_ID: _("Say whether the ID was seen: id seen, or id not_shown."),
        Fault.UNKNOWN_ID: _("“{word}” is not an answer about the ID: seen or not_shown."),
        Fault.MISSING_CATEGORY: _("Say what the dispute is about: {categories}."),
        Fault.UNKNOWN_CATEGORY: _("“{word}” is not a category. Use one of {categories}."),
        Fault.MISSING_OUTCOME: _("Say how the dispute ended: {outcomes}."),
        Fault.UNKNOWN_OUTCOME: _("“{word}” is not an outcome. Use one of {outcomes}."),
        Fault.MISSING_TEXT: _("A few words are missing at the end."),
        Fault.UNKNOWN_REASON: _("There is no reason number {word}."),
        Fault.UNKNOWN_WORD: _("“{word}” does not belong there."),
        Fault.NO_SUCH_TIME: _("“{word}” is not a time. Type 1428, 14:28 or -5."),
        Fault.IN_THE_FUTURE: _("{word} is still to come. Type when it happened, or nothing."),
        Fault.SKIPPED_TIME: _("The clocks skip {word}. Type minutes ago, such as -5."),
        Fault.REPEATED_TIME: _("The clocks show {word} twice. Type minutes ago, such as -5."),
    }


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
        "limit": clock_time(facts.limit, zone) if facts.limit else "",
        "since": clock_time(facts.since, zone) if facts.since else "",
        "act": verb_done(facts.verb) if facts.verb else "",
        "done": _accepted_words(facts, zone),
    }


def _side_words(facts: Facts) -> str:
    if facts.side is None or facts.kind is None:
        return _("party")
    return role(Kind(facts.kind), Side(facts.side))


def _accepted_words(facts: Facts, zone: ZoneInfo) -> str:
    if facts.verb is None:
        return _("done")
    if facts.verb == Verb.IMPORT and facts.count is not None:
        return ngettext("{n} booking taken in", "{n} bookings taken in", facts.count).format(
            n=facts.count
        )
    kind = Kind(facts.kind) if facts.kind else None
    done = act_done(facts.verb, facts.side, kind)
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
            Misreading.LOOK_ALIKE: _("A reference never has O, I or L in it."),
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
        Code.NOT_ARRIVED: _("Nobody has arrived for that yet at {ref}."),
        Code.NOT_EXPECTED: _("The {side} of {ref} has come, and so is not absent."),
        Code.NOT_CLOSED: _("{ref} is not closed."),
        Code.NOT_DISPUTED: _("{ref} has no open dispute."),
        Code.DID_NOT_MEET: _("The parties of {ref} were never here at the same time."),
        Code.HOLD: _("A safety hold keeps the parties of {ref} apart."),
        Code.WRONG_DAY: _("{ref} is booked for {booked}."),
        Code.TOO_EARLY: _("{ref} is booked for {booked}; arrivals open at {limit}."),
        Code.TOO_LATE: _("{ref} was booked for {booked}; arrivals ended at {limit}."),
        Code.IN_THE_FUTURE: _("{at} is still to come: it is {limit} now."),
        Code.BEFORE_ARRIVAL: _("{at} is before what it follows, at {limit}."),
        Code.WHICH_SIDE: _("{ref} has two parties, and either could be meant."),
        Code.NO_REASON: _("That needs a reason."),
        Code.NO_TEXT: _("That needs a few words."),
        Code.DEPENDED_ON: _("Something later stands on “{act}” at {ref}."),
        Code.NOTHING_TO_UNDO: _("You have nothing to undo here."),
        Code.NOT_UNDOABLE: _("A filed dispute is not undone; it is withdrawn by a note."),
        Code.STALE: _("{ref} was changed while you looked at it."),
        Code.BUSY: _("Another desk is writing, and nothing was saved."),
    }


def _steps() -> dict[Step, str]:
    return {
        Step.CHECK_REFERENCE: _("Read the reference again, or search by name."),
        Step.CALL_OTHER_STATION: _("Send them to the station on their slip."),
        Step.REOPEN: _("Reopen it with a reason if that has changed."),
        Step.NOTE_CAME: _("Note that they came."),
        Step.MOVE_TO_NOW: _("Move the exchange to now."),
        Step.OVERRIDE: _("Let them in anyway, with a reason."),
        Step.CLOSE_NOT_MET: _("Close it as not met."),
        Step.CANCEL_INSTEAD: _("Cancel it if nobody is coming."),
        Step.NAME_SIDE: _("Say which side."),
        Step.GIVE_REASON: _("Pick a reason or type one."),
        Step.TYPE_TEXT: _("Type what happened."),
        Step.CHECK_IN_FIRST: _("Check in whoever is here first."),
        Step.RELEASE_FIRST: _("Release them first, once it is safe."),
        Step.CORRECT_TIME: _("Correct the time."),
        Step.UNDO_BOTH: _("Undo both."),
        Step.ADD_NOTE: _("Add a note."),
        Step.LOOK_AGAIN: _("Look at it again, and repeat what is still right."),
        Step.TRY_AGAIN: _("Try again in a moment."),
        Step.LEAVE_INSTEAD: _("If they are going, record that they left."),
    }
