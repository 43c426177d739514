"""Single values out of a file's cells: days, times, bays, yes or no, kinds.

Nothing is guessed. A day that can be read two ways is refused, and so is a time that the station's
clock never shows, or shows twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from enum import IntEnum
from zoneinfo import ZoneInfo

import pendulum
from pendulum import DateTime

from desk.domain.days import TimeTextError, local_moment
from desk.domain.exchange import Kind
from desk.domain.views import Bay
from desk.intake.problems import Problem, ProblemError
from desk.intake.raw import RawMoment
from desk.intake.table import Cell
from desk.text import fold

_YEARS = range(2000, 2200)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})([-/.])(?P<two>\d{1,2})\2(?P<year>\d{4})", re.ASCII)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?::(?P<second>\d\d))?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?"
    r"(?: ?(?P<offset>z|(?P<sign>[+-])(?P<hours>0\d|1[0-4]):?(?P<minutes>[0-5]\d)))?",
    re.ASCII | re.IGNORECASE,
)
_BAY_PREFIX = re.compile(r"^(parking )?bay ")
_KINDS = {
    Kind.CUSTODY: frozenset({"custody"}),
    Kind.VEHICLE: frozenset({"car", "cars", "vehicle", "vehicles"}),
}
_YES = frozenset({"true", "yes", "y", "1"})
_NO = frozenset({"", "false", "no", "n", "0"})


class Showing(IntEnum):
    """Which of two is meant, on the night when the clock shows a time twice; a ``fold``."""

    FIRST = 0
    SECOND = 1


def read_moment(raw: RawMoment, zone: ZoneInfo, showing: Showing | None = None) -> DateTime:
    """Returns the moment in UTC that a day and a time of day mean.

    Args:
        raw: the day and the time. ``09:00`` is the station's wall-clock time, ``09:00-07:00`` a
            moment by itself.
        zone: the station's.
        showing: which one is meant where the clock shows the time twice; None refuses it.

    Raises:
        ProblemError: no such day or time, an ambiguous day, a skipped or a repeated time.
    """
    day = read_day(raw.day)
    at, offset = _read_clock(raw.time)
    if offset is not None:
        return pendulum.instance(datetime.combine(day, at, tzinfo=offset)).in_timezone("UTC")
    try:
        return local_moment(day, at, zone)
    except TimeTextError as error:
        shown = [datetime.combine(day, at, zone).replace(fold=fold) for fold in Showing]
        problem = Problem(error.code)
        if problem is Problem.REPEATED_TIME and showing is not None:
            return pendulum.instance(shown[showing]).in_timezone("UTC")
        first, second = (f"{one:%H:%M}{_offset(one)}" for one in shown)
        text = raw.time.text
        raise ProblemError(problem, raw.time.field, text=text, first=first, second=second) from None


def _offset(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")[16:]


def read_day(cell: Cell) -> date:
    """Returns the day that a cell means: ``2026-11-23``, or ``23/11/2026`` where it is certain.

    Raises:
        ProblemError: empty, no such day, or one that can be read two ways.
    """
    text = _text(cell)
    if found := _YEAR_FIRST.fullmatch(text):
        days = _days(found["year"], (found["month"], found["day"]))
    elif found := _YEAR_LAST.fullmatch(text):
        one, two = found["one"], found["two"]
        days = _days(found["year"], (two, one), (one, two))
    else:
        days = []
    if not days:
        raise ProblemError(Problem.NO_SUCH_DAY, cell.field, text=text)
    if len(days) > 1:
        first, second = (day.isoformat() for day in days)
        raise ProblemError(Problem.AMBIGUOUS_DAY, cell.field, text=text, first=first, second=second)
    return days[0]


def _days(year: str, *months_and_days: tuple[str, str]) -> list[date]:
    """Returns the days that exist, each once."""
    days = []
    for month, day in months_and_days:
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return [day for day in dict.fromkeys(days) if day.year in _YEARS]


def _read_clock(cell: Cell) -> tuple[time, timezone | None]:
    text = _text(cell)
    found = _CLOCK.fullmatch(text)
    if found is None or not (found["minute"] or found["half"]):
        raise ProblemError(Problem.NO_SUCH_TIME, cell.field, text=text)
    hour = int(found["hour"])
    if found["half"]:
        if hour not in range(1, 13):
            raise ProblemError(Problem.NO_SUCH_TIME, cell.field, text=text)
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    try:
        at = time(hour, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        raise ProblemError(Problem.NO_SUCH_TIME, cell.field, text=text) from None
    return at, _read_offset(found) if found["offset"] else None


def _read_offset(found: re.Match[str]) -> timezone:
    ahead = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
    return timezone(-ahead if found["sign"] == "-" else ahead)


def _text(cell: Cell) -> str:
    """Returns the cell's words with plain spaces between them.

    Raises:
        ProblemError: it is empty.
    """
    text = " ".join(cell.text.split())
    if not text:
        raise ProblemError(Problem.EMPTY_CELL, cell.field)
    return text


def read_bay(cell: Cell, bays: Sequence[Bay]) -> str | None:
    """Returns the code of the bay that a cell means by code or label; None where it is empty.

    Accents, case and a leading "bay" do not count: "Bay 1", "bay 1" and "1" are one.

    Raises:
        ProblemError: the station has no such bay.
    """
    if not cell.text:
        return None
    wanted = _bay_name(cell.text)
    for bay in bays:
        if wanted and wanted in (_bay_name(bay.code), _bay_name(bay.label)):
            return bay.code
    known = ", ".join(bay.label for bay in bays)
    raise ProblemError(Problem.UNKNOWN_BAY, cell.field, text=cell.text, bays=known)


def _bay_name(text: str) -> str:
    return _BAY_PREFIX.sub("", fold(text))


def read_yes_or_no(cell: Cell) -> bool:
    """Returns whether a cell says yes; an empty one says no.

    Raises:
        ProblemError: it says something else.
    """
    word = cell.text.lower()
    if word not in _YES | _NO:
        raise ProblemError(Problem.NOT_YES_OR_NO, cell.field, text=cell.text)
    return word in _YES


def kind_by_word(text: str) -> Kind:
    """Returns the kind that a word of the text names; a sale where none does."""
    words = frozenset(fold(text).split())
    return next((kind for kind, names in _KINDS.items() if words & names), Kind.SALE)
