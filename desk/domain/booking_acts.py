"""What booking, amending and merging do: pure functions, like every other act.

A booking is checked against the bays in the same transaction that writes it, so that of two desks
that want one bay only one gets it. What a bay refuses may be overridden with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from desk.domain import intents
from desk.domain.bays import without
from desk.domain.booking import Booking
from desk.domain.deciding import Case, Change, Situation
from desk.domain.exchange import Exchange, Outcome, Party, Side
from desk.domain.verdict import Code, Facts, RefusedError, Step, Verdict

_MERGED = ("name", "phone", "email", "plate")


@dataclass(frozen=True, slots=True)
class Booked:
    """What came of a wish to book.

    Attributes:
        verdict: the answer.
        exchange: the new exchange, without a reference; None where it was refused.
    """

    verdict: Verdict
    exchange: Exchange | None = None


def book(intent: intents.Book, situation: Situation) -> Booked:
    """Returns the verdict on a booking, and the exchange that it makes."""
    wanted = intent.booking
    at = intent.at or situation.now
    facts = Facts(
        kind=wanted.kind,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        at=at,
        verb=intent.verb,
        bay=wanted.bay,
    )
    try:
        if at > situation.now:
            raise RefusedError(Code.IN_THE_FUTURE, Step.CORRECT_TIME, limit=situation.now)
        overrode = _check_bay(wanted, situation, intent.reason)
    except RefusedError as no:
        return Booked(Verdict(no.code, None, replace(facts, **no.facts), no.steps))
    verdict = Verdict(Code.ACCEPTED, None, facts, overrode=overrode)
    return Booked(verdict, wanted.made(intent.made_at))


def amend(case: Case, intent: intents.Amend) -> Change:
    """Returns an exchange with its booking changed; what happened on it stays."""
    was, wanted = Booking.of(case.exchange), intent.booking
    if wanted == was:
        raise RefusedError(Code.NOTHING_CHANGED)
    placed = _place(wanted) != _place(was)
    overrode = (
        _check_bay(wanted, case.situation, intent.reason, case.exchange.ref) if placed else ()
    )
    return Change(wanted.applied_to(case.exchange), words=intent.reason, overrode=overrode)


def move_to_now(case: Case, _intent: intents.MoveToNow) -> Change:
    """Returns an exchange that begins now, as long as it was, where its bay allows that."""
    now = case.at.replace(second=0, microsecond=0)
    wanted = Booking.of(case.exchange).moved_to(now)
    _check_bay(wanted, case.situation, "", case.exchange.ref)
    return Change(wanted.applied_to(case.exchange))


def _place(booking: Booking) -> tuple[Any, ...]:
    """Returns what a bay's rules look at: a corrected name needs no free bay."""
    return booking.starts_at, booking.ends_at, booking.bay, booking.kind, booking.large


def _check_bay(
    wanted: Booking, situation: Situation, reason: str, ref: str = ""
) -> tuple[Code, ...]:
    """Returns what the reason overrides.

    Raises:
        RefusedError: the bay is not meant for the booking or not free, and no reason is given.
    """
    codes: list[Code] = []
    facts: dict[str, Any] = {"bay": wanted.bay}
    unfit = situation.bays.unfit(wanted)
    if unfit is not None:
        codes.append(unfit)
    other = situation.bays.taken_by(wanted, without(situation.neighbours, ref))
    if other is not None:
        codes.append(Code.BAY_TAKEN)
        facts |= {"other": other.ref, "since": other.starts_at, "limit": other.ends_at}
    if codes and not reason.strip():
        raise RefusedError(codes[0], Step.OTHER_PLACE, Step.OVERRIDE, **facts)
    return tuple(codes)


def merge(kept: Exchange, other: Exchange) -> Exchange:
    """Returns two bookings of one meeting as one.

    What stays keeps its time, place and sides; where it does not know something of a party, it
    takes it from the other. There the same people may stand crosswise, because both booked as
    givers.
    """
    swapped = not _alike(kept.giver, other.giver) and _alike(kept.giver, other.receiver)
    theirs = {side: other.party(side.other if swapped else side) for side in Side}
    for side in Side:
        kept = kept.with_party(_completed(kept.party(side), theirs[side]))
    return replace(kept, item=kept.item or other.item, bay=kept.bay or other.bay)


def merge_refusal(kept: Exchange, other: Exchange) -> Code | None:
    """Returns why two exchanges cannot be one: only what nobody came for can be merged away."""
    if kept.ref == other.ref:
        return Code.SAME_EXCHANGE
    if kept.outcome is not Outcome.NONE or other.outcome is not Outcome.NONE:
        return Code.CLOSED
    if other.disputed or any(party.visits for party in other.parties):
        return Code.ALREADY_HERE
    return None


def _alike(one: Party, other: Party) -> bool:
    return one.name is not None and one.name == other.name


def _completed(party: Party, told: Party) -> Party:
    missing = {name: getattr(told, name) for name in _MERGED if getattr(party, name) in (None, "")}
    return replace(party, **missing)
