"""Looking: what an officer opened, which is written down as what an officer did is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pendulum import DateTime

from desk.domain.exchange import Exchange, Kind
from desk.domain.intents import By


class LookedAt(StrEnum):
    """What is worth knowing who looked at it; the record's word for it."""

    CUSTODY = "custody"
    DISPUTE = "dispute"
    HISTORY = "history"
    JOURNAL = "journal"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class Look:
    """One look.

    Attributes:
        by: who looked, and where; without a badge where nobody was asked.
        what: what was opened.
        at: when.
        ref: the exchange that was seen; None where it was more than one, or none.
    """

    by: By
    what: LookedAt
    at: DateTime
    ref: str | None = None


def look_at_card(exchange: Exchange) -> LookedAt | None:
    """Returns what opening the card of an exchange is, or None where it is nothing special.

    A dispute stays one after it was settled.
    """
    if exchange.kind is Kind.CUSTODY:
        return LookedAt.CUSTODY
    return None if exchange.dispute is None else LookedAt.DISPUTE
