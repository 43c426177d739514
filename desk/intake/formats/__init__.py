"""The kinds of booking files that desk knows: one small file each, listed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING

from desk.intake.formats import acuity, calendly, google_csv, microsoft_bookings, plain
from desk.intake.formats.mapped import format_of
from desk.intake.formats.tables import TableFormat
from desk.intake.maps import SourceMap
from desk.intake.problems import Problem, ProblemError
from desk.intake.read import Document, Limits
from desk.intake.table import Header

if TYPE_CHECKING:
    from desk.intake.formats.ics import CalendarFile

FORMATS: tuple[TableFormat, ...] = (
    plain.FORMAT,
    calendly.FORMAT,
    microsoft_bookings.FORMAT,
    acuity.FORMAT,
    google_csv.FORMAT,
)
_CALENDARS = "iCalendar (.ics)"
_HEADER = "BEGIN:VCALENDAR"


def is_calendar(document: Document) -> bool:
    """Tells whether a document is a calendar, and no table."""
    lines = (line.lstrip("\ufeff").strip() for line in document.lines())
    return next(filter(None, lines), "").upper() == _HEADER


def calendar_file(document: Document, limits: Limits, today: date, zone: tzinfo) -> CalendarFile:
    """Returns how a calendar is taken apart.

    Args:
        document: the calendar; it is read once.
        limits: how much of it is read, and how far repeated events are written out.
        today: where their window begins, a day early.
        zone: of the days, and of times that name no zone.

    Raises:
        ProblemError: it has too many events.
    """
    from desk.intake.formats.ics import CalendarFile, Window

    last = today + timedelta(days=limits.days_ahead)
    window = Window(today - timedelta(days=1), last, zone)
    return CalendarFile.look_through(document, limits, window)


def calendar_rows(document: Document) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yields the names of the properties that are read as row 0, then those of every event."""
    from desk.intake.formats.ics import property_rows

    return property_rows(document)


def table_formats(maps: Iterable[SourceMap]) -> tuple[TableFormat, ...]:
    """Returns every format of tables; what an officer has mapped goes before what desk knows."""
    return (*map(format_of, maps), *FORMATS)


def format_for(header: Header, formats: Sequence[TableFormat], source: str | None) -> TableFormat:
    """Returns the format of a table.

    Args:
        header: the table's.
        formats: those there are; the first that recognises it counts.
        source: which of them it is, where somebody said so.

    Raises:
        ProblemError: none knows the header, or the one that was said needs other columns.
    """
    chosen = next((one for one in formats if one.source == source), None)
    if chosen is not None:
        chosen.check(header)
        return chosen
    for known in formats:
        if known.recognises(header):
            return known
    raise ProblemError(
        Problem.UNKNOWN_FORMAT,
        text=",".join(header.names),
        known="; ".join((*(known.title for known in formats), _CALENDARS)),
    )
