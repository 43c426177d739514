"""Two bookings of one meeting: which of them stays, and whether they can become one."""

from __future__ import annotations

from collections.abc import Mapping

from desk.domain.drafts import Draft, ImportPlan
from desk.domain.exchange import Exchange, Outcome

Pair = tuple[Draft, Draft]


def kept_first(plan: ImportPlan, pair: Pair) -> Pair:
    """Returns a pair of ``plan.same_meeting`` in the order in which it is merged.

    The one that is stored already stays: its reference may be on a slip. Else the earlier stays.
    """
    one, other = pair
    return (other, one) if other in _known(plan) else pair


def closed_of(plan: ImportPlan, pair: Pair) -> str | None:
    """Returns the reference of the one that is closed and so cannot be merged; else None."""
    known = _known(plan)
    stored = (known[draft] for draft in pair if draft in known)
    return next((one.ref for one in stored if one.outcome is not Outcome.NONE), None)


def _known(plan: ImportPlan) -> Mapping[Draft, Exchange]:
    changes = (*plan.unchanged, *plan.changed, *plan.decided)
    return {change.draft: change.known for change in changes}
