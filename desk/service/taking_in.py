"""Booking files taken in: a plan made outside is checked again, and written as one act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.booking import PartyDraft
from desk.domain.drafts import Change, Draft, ImportPlan, TakeIn, booking_key, identity_of
from desk.domain.exchange import Exchange, Outcome, Party, Side
from desk.domain.intents import Merge
from desk.domain.ports import Watch
from desk.domain.verdict import Code, Facts, Step, Verdict
from desk.service.booking import merge
from desk.service.performing import actor, record
from desk.storage.aggregate import Stored
from desk.storage.details import DetailsRef
from desk.storage.officers import RowsWritten
from desk.storage.unit import UnitOfWork
from desk.text import fold

_Stored = Mapping[str, Stored]
_T = TypeVar("_T")

_BATCH = 500
"""So many changes are written between two words to whoever watches."""


def take_in(unit: UnitOfWork, intent: TakeIn, zone: ZoneInfo, watch: Watch) -> Verdict:
    """Writes what a plan says, all of it or nothing, and records the answer.

    Raises:
        DeskError: what ``watch`` raised to stop it.
        UsageError: nobody with that badge is known to the station.
        StoreError: a booking names a bay that the station does not have.
    """
    by = actor(unit, intent)
    plan = intent.plan
    facts = Facts(verb=intent.verb, at=unit.now, count=plan.writes)
    changes = (*plan.changed, *plan.cancelled)
    stored = {
        each.exchange.ref: each for each in unit.find_all([each.known.ref for each in changes])
    }
    missing = next((each for each in changes if each.known.ref not in stored), None)
    if missing is not None:
        stale = Verdict(Code.STALE, missing.known.ref, facts, (Step.LOOK_AGAIN,))
        return record(unit, intent, by, stale)
    changed = next(_changed_since(unit, plan, stored, zone), None)
    if changed is not None:
        unit.refuse(changed)
        prior = unit.last_act_on(changed)
        stale = Verdict(Code.STALE, changed.exchange.ref, facts, (Step.LOOK_AGAIN,), prior)
        return record(unit, intent, by, stale)
    files, added = _write(unit, intent, stored, watch)
    written = RowsWritten(details=files)
    verdict = record(unit, intent, by, Verdict(Code.ACCEPTED, None, facts), written=written)
    _merge(unit, intent, added)
    return verdict


def _merge(unit: UnitOfWork, intent: TakeIn, added: dict[Draft, str]) -> None:
    """Makes one of each pair that the officer took for one meeting."""
    plan = intent.plan
    known = (*plan.unchanged, *plan.changed, *plan.decided)
    refs = {change.draft: change.known.ref for change in known} | added
    for number, (kept, other) in enumerate(intent.merges):
        intent_id = f"{intent.intent_id}-merge-{number}"
        merge(unit, Merge(by=intent.by, intent_id=intent_id, ref=refs[kept], other=refs[other]))


def _changed_since(
    unit: UnitOfWork, plan: ImportPlan, stored: _Stored, zone: ZoneInfo
) -> Iterator[Stored]:
    """Yields what is no longer as the plan says, is no longer new, or was decided meanwhile."""
    # A note decides, too, and leaves the version as it was.
    decided = unit.decided_refs(list(stored))
    for change in (*plan.changed, *plan.cancelled):
        found = stored[change.known.ref]
        if change.known.ref in decided or found.exchange.version != change.known.version:
            yield found
    fresh = (*plan.new, *plan.cancelled_before)
    bookings = unit.known_bookings(fresh, zone)
    known = {identity_of(each.exchange, fold): each for each in bookings}
    for draft in fresh:
        twin = known.get(identity_of(draft, fold))
        if twin is not None:
            yield twin


def _write(
    unit: UnitOfWork, intent: TakeIn, stored: _Stored, watch: Watch
) -> tuple[tuple[DetailsRef, ...], dict[Draft, str]]:
    """Writes the plan; returns the files' names and the references of those that are merged."""
    plan = intent.plan
    merged = {draft for pair in intent.merges for draft in pair}
    files = unit.keep_files(plan.files)
    file_ids = {name: ref.id for name, ref in zip(plan.files, files, strict=True)}
    fresh = (*plan.new, *plan.cancelled_before)
    refs: dict[Draft, str] = {}
    for first in range(0, len(fresh), _BATCH):
        watch(first, plan.writes)
        batch = fresh[first : first + _BATCH]
        added = unit.add(
            [_booked(draft, unit.now) for draft in batch],
            [file_ids.get(draft.file) for draft in batch],
        )
        refs |= {
            draft: one.exchange.ref
            for draft, one in zip(batch, added, strict=True)
            if draft in merged
        }
    changes = [
        *((change, _amended(change)) for change in plan.changed),
        *((change, _cancelled(change, unit.now)) for change in plan.cancelled),
    ]
    for change, after in _watched(changes, watch, len(fresh), plan.writes):
        unit.save(stored[change.known.ref], after, file_id=file_ids.get(change.draft.file))
    watch(plan.writes, plan.writes)
    return files, refs


def _watched(things: Iterable[_T], watch: Watch, before: int, of: int) -> Iterator[_T]:
    """Yields them one after the other, and tells now and then how many that were."""
    for number, thing in enumerate(things):
        if number % _BATCH == 0:
            watch(before + number, of)
        yield thing


def _booked(draft: Draft, now: DateTime) -> Exchange:
    return Exchange(
        ref="",
        kind=draft.kind,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        giver=_party(Side.GIVER, draft.giver),
        receiver=_party(Side.RECEIVER, draft.receiver),
        bay=draft.bay,
        item=draft.item,
        outcome=Outcome.CANCELLED if draft.cancelled else Outcome.NONE,
        closed_at=now if draft.cancelled else None,
        source=draft.source,
        external_id=draft.external_id,
        booking_key=None if draft.external_id else booking_key(draft, fold),
    )


def _party(side: Side, draft: PartyDraft) -> Party:
    return Party(
        side=side,
        name=draft.name,
        phone=draft.phone,
        email=draft.email,
        plate=draft.plate,
        assumed=draft.assumed,
    )


def _cancelled(change: Change, now: DateTime) -> Exchange:
    return replace(change.known, outcome=Outcome.CANCELLED, closed_at=now)


def _amended(change: Change) -> Exchange:
    """Returns the known exchange with the fields that the file gives otherwise."""
    amended = change.known
    for name in change.fields:
        amended = _with_field(amended, name.split("."), change.draft)
    return amended


def _with_field(exchange: Exchange, path: Sequence[str], draft: Draft) -> Exchange:
    if len(path) == 1:
        change: dict[str, Any] = {path[0]: getattr(draft, path[0])}
        return replace(exchange, **change)
    side, name = path
    change = {name: getattr(getattr(draft, side), name)}
    return exchange.with_party(replace(exchange.party(Side(side)), **change))
