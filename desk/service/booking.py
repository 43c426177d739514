"""Bookings made at the desk: a walk-in, a phone call, and two bookings that are one meeting."""

from __future__ import annotations

from dataclasses import replace

from desk.domain import booking_acts
from desk.domain.exchange import Side
from desk.domain.intents import Arrive, Book, Merge
from desk.domain.verdict import Code, Facts, Step, Verdict
from desk.service.performing import Ground, actor, lookup, perform, record
from desk.storage.unit import UnitOfWork


def book(unit: UnitOfWork, intent: Book, ground: Ground) -> Verdict:
    """Writes a new exchange, and checks in whoever stands at the desk; each is an act of its own.

    Raises:
        UsageError: nobody with that badge is known to the station.
        StoreError: the station has no such bay.
    """
    by = actor(unit, intent)
    wanted = intent.booking
    neighbours = unit.open_around(wanted.starts_at, wanted.ends_at)
    booked = booking_acts.book(intent, ground.situation(unit.now, neighbours=neighbours))
    if booked.exchange is None:
        return record(unit, intent, by, booked.verdict)
    (stored,) = unit.add([booked.exchange], note=intent.reason)
    ref = stored.exchange.ref
    verdict = record(unit, intent, by, replace(booked.verdict, ref=ref))
    for side in intent.here:
        _check_in(unit, intent, ref, ground, side)
    return verdict


def _check_in(unit: UnitOfWork, intent: Book, ref: str, ground: Ground, side: Side) -> None:
    """Checks in a party of the new exchange, as if its sheet had been opened.

    Its intent's id follows from the booking's, so that a retry of the whole is one.
    """
    arrival = Arrive(
        by=intent.by,
        intent_id=f"{intent.intent_id}-{side}",
        ref=ref,
        side=side,
        at=intent.at,
    )
    perform(unit, arrival, ground)


def merge(unit: UnitOfWork, intent: Merge) -> Verdict:
    """Makes two bookings of one meeting one; undoing the act makes them two again.

    Raises:
        UsageError: nobody with that badge is known to the station.
        StaleError: one of them was changed meanwhile.
    """
    by = actor(unit, intent)
    kept, other = lookup(unit, intent.ref), lookup(unit, intent.other)
    if isinstance(kept, Verdict):
        return record(unit, intent, by, kept)
    if isinstance(other, Verdict):
        return record(unit, intent, by, other)
    refused = booking_acts.merge_refusal(kept.exchange, other.exchange)
    facts = Facts(verb=intent.verb, at=unit.now, other=other.exchange.ref)
    if refused is not None:
        unit.refuse(kept)
        verdict = Verdict(refused, kept.exchange.ref, facts, (Step.LOOK_AGAIN,))
        return record(unit, intent, by, verdict)
    unit.merge(other, kept)
    unit.save(kept, booking_acts.merge(kept.exchange, other.exchange))
    return record(unit, intent, by, Verdict(Code.ACCEPTED, kept.exchange.ref, facts))
