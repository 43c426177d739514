"""How a booking file was read, what an officer can say about it, and what must be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DayOrder(StrEnum):
    """Which comes first in a day that is written in digits, its year last."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True, kw_only=True)
class HowRead:
    """How one booking file was read: detected, or said by a mapping or an officer.

    Attributes:
        file: the file's name, without folders.
        source: the stable word of its format, or the name of its mapping.
        title: what an officer knows the format or the mapping by.
        encoding: Python's name of the encoding, such as ``utf-8`` or ``cp1252``.
        delimiter: what stands between two cells; None where the format has no cells.
        day_order: None where no day of the file depends on it.
        zone: the IANA name of the zone of every time that does not carry its own.
        until: the last day to which repeated bookings were written out; None where none repeat.
    """

    file: str
    source: str
    title: str
    encoding: str
    delimiter: str | None
    day_order: DayOrder | None
    zone: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrules:
    """What an officer says of a file; None leaves it to be detected.

    Attributes:
        source: the format or mapping to read it by; otherwise as in ``HowRead``.
    """

    source: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    day_order: DayOrder | None = None
    zone: str | None = None


class About(StrEnum):
    """What a doubt is about; but for the repeated time and the columns, a field of ``Overrules``.

    ``COLUMNS``: no format and no mapping knows the header, so that one has to be made.
    """

    ENCODING = "encoding"
    DAY_ORDER = "day_order"
    ZONE = "zone"
    REPEATED_TIME = "repeated_time"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a doubt.

    Attributes:
        value: what to overrule with; for a repeated time its ``fold``, ``0`` or ``1``.
        example: what the doubtful text means then.
    """

    value: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something that a file leaves open: it is asked, and never guessed.

    What it is about was rejected: one row, or the whole file.

    Attributes:
        row: the physical line on which the record starts; None for the whole file.
        field: the column's name in the file, or None.
        text: what stands in the file.
    """

    file: str
    about: About
    row: int | None = None
    field: str | None = None
    text: str = ""
    choices: tuple[Choice, ...] = ()
