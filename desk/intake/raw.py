"""What a format takes out of one record: words, each still with the column that it stood in.

Nothing here is checked yet; ``desk.intake.checked`` does that, for every format alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from desk.domain.exchange import Kind
from desk.intake.table import NOTHING, Cell


@dataclass(frozen=True, slots=True)
class RawMoment:
    """A day and a time of day.

    Attributes:
        time: a wall-clock time, unless it has an offset of its own.
        zone: that wall clock's, where the file gives each time its own; None for the file's.
    """

    day: Cell
    time: Cell
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawParty:
    """What a record says of one party; ``assumed`` where it does not say on which side."""

    name: Cell = NOTHING
    phone: Cell = NOTHING
    email: Cell = NOTHING
    plate: Cell = NOTHING
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDraft:
    """One booking in the words of its file.

    Attributes:
        ends: None where the file has no end.
        length: how long it takes, where the file says so and has no end; where it says neither,
            the rules do.
        bay: empty is "no bay yet".
        cancelled: empty is no.
    """

    starts: RawMoment
    ends: RawMoment | None = None
    length: Cell = NOTHING
    giver: RawParty
    receiver: RawParty
    kind: Kind = Kind.SALE
    bay: Cell = NOTHING
    item: Cell = NOTHING
    external_id: Cell = NOTHING
    cancelled: Cell = NOTHING
