"""Whether the bays have room for what a plan would take in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from desk.domain.bays import Bays
from desk.domain.booking import Booking
from desk.domain.days import local_day
from desk.domain.drafts import Draft, ImportPlan
from desk.domain.exchange import Exchange, Outcome


def without_room(plan: ImportPlan, there: Iterable[Exchange], bays: Bays) -> Iterator[Draft]:
    """Yields the bookings whose bay somebody else has then, or is not meant for them.

    Args:
        plan: what would be taken in.
        there: the exchanges of its days.
        bays: what each allows.
    """
    coming = _coming(plan)
    anew = {change.known.ref for change in (*plan.changed, *plan.cancelled)}
    staying = {
        each.ref: each for each in there if each.outcome is Outcome.NONE and each.ref not in anew
    }
    stays: list[Draft | Exchange] = [*coming, *staying.values()]
    for pair in bays.clashes(stays):
        yield from (one for one in pair if isinstance(one, Draft))
    yield from (draft for draft in coming if bays.unfit(_booking(draft)) is not None)


def days_of(plan: ImportPlan, bays: Bays) -> list[date]:
    """Returns the days on which a plan wants a bay."""
    return sorted({local_day(draft.starts_at, bays.zone) for draft in _coming(plan)})


def _coming(plan: ImportPlan) -> list[Draft]:
    drafts = (*plan.new, *(change.draft for change in plan.changed))
    return [draft for draft in drafts if draft.bay is not None]


def _booking(draft: Draft) -> Booking:
    return Booking(
        draft.kind, draft.starts_at, draft.ends_at, draft.giver, draft.receiver, draft.bay
    )
