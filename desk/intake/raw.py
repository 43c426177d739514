"""What a format takes out of one record: words, each still with the column that it stood in.

Nothing here is checked yet; ``desk.intake.checked`` does that, for every format alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from desk.domain.exchange import Kind
from desk.intake.read import Document
from desk.intake.table import NOTHING, Cell, Header, Record, csv_records


@dataclass(frozen=True, slots=True)
class RawMoment:
    """A day and a time of day, in the station's zone unless the time has an offset of its own."""

    day: Cell
    time: Cell


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
        ends: None where the file has no end; the rules give the length then.
        bay: empty is "no bay yet".
        cancelled: empty is no.
    """

    starts: RawMoment
    ends: RawMoment | None = None
    giver: RawParty
    receiver: RawParty
    kind: Kind = Kind.SALE
    bay: Cell = NOTHING
    item: Cell = NOTHING
    external_id: Cell = NOTHING
    cancelled: Cell = NOTHING


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of booking file: how it is recognised, and what its records mean.

    Attributes:
        source: the stable word that is stored with each exchange.
        title: what an officer knows it by.
        recognises: whether a first record is this format's.
        draft: takes one record apart.
        records: takes a document apart; the first record is the header.
    """

    source: str
    title: str
    recognises: Callable[[Header], bool]
    draft: Callable[[Record], RawDraft]
    records: Callable[[Document], Iterator[Record]] = field(default=csv_records)
