"""What sides, kinds, times and acts are called. A sentence names the side, never the person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.days import local_day
from desk.domain.exchange import DisputeCategory, IdCheck, Kind, Outcome, Settlement, Side
from desk.domain.lifecycle import Verb
from desk.domain.verdict import PriorAct
from desk.domain.views import TimelineEntry
from desk.i18n import _
from desk.wording import rights


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


def outcome_name(outcome: Outcome) -> str:
    """Returns how an exchange ended; nothing until it has."""
    return {
        Outcome.NONE: "",
        Outcome.MET: _("met"),
        Outcome.NOT_MET: _("not met"),
        Outcome.NO_SHOW: _("no-show"),
        Outcome.CANCELLED: _("cancelled"),
    }[outcome]


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


def bay_reasons() -> tuple[str, ...]:
    """Returns the reasons that one digit picks when a bay is given all the same."""
    return (
        _("They share it: there is room for both"),
        _("The other one is leaving"),
        _("Both parties asked for that bay"),
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


def short_day(day: date) -> str:
    """Returns ``Sat 21 Nov``."""
    weekdays = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return f"{weekdays[day.weekday()]} {day_of_month(day)}"


def day_of_month(day: date) -> str:
    """Returns ``21 Nov``."""
    months = (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )
    return f"{day.day} {months[day.month - 1]}"


def day_and_time(moment: DateTime, zone: ZoneInfo) -> str:
    """Returns ``Monday 23 November, 10:15``."""
    return f"{day_name(local_day(moment, zone))}, {clock_time(moment, zone)}"


def time_with_entry(occurred: DateTime, recorded: DateTime, zone: ZoneInfo) -> str:
    """Returns ``14:28``, or ``14:28 (entered 14:31)`` where it was recorded at another time.

    That is later, or, where the clock was set back, earlier.
    """
    told = clock_time(occurred, zone)
    if abs(recorded - occurred) < timedelta(minutes=1):
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
        Verb.MERGE: _("merged: two bookings of one meeting"),
        Verb.INIT: _("station opened"),
        Verb.RULES: _("rules changed"),
        Verb.ENROL: _("officer enrolled"),
        Verb.CHANGE_ROLE: _("given another role"),
        Verb.DISMISS: _("officer taken off"),
        Verb.READMIT: _("let in again"),
        Verb.LOCK_OUT: _("locked out"),
        Verb.SIGN_IN: _("signed in"),
        Verb.SIGN_OUT: _("signed out"),
        Verb.LOCK: _("screen locked"),
        Verb.UNLOCK: _("screen unlocked"),
        Verb.REKEY: _("passphrase changed"),
        Verb.CHANGE_PIN: _("PIN changed"),
        Verb.RECOVER: _("recovered by the code"),
        Verb.RECODE: _("given another recovery code"),
        Verb.LOOKS: _("looks noted"),
        Verb.CHECKPOINT: _("checkpoint made"),
        Verb.BACKUP: _("backup made"),
        Verb.RESTORE: _("backup restored"),
        **rights.verbs(),
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
    if entry.id_check is not None:
        done = f"{done}, {id_check_name(entry.id_check)}"
    if entry.category is not None:
        done = f"{done} ({category_name(entry.category).lower()})"
    if entry.settlement is not None:
        done = f"{done} ({settlement_name(entry.settlement).lower()})"
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
