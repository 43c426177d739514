"""Days and times of day out of a file's cells.

Nothing is guessed. A day that can be read two ways is refused unless its order is known, and so
is a time that the clock never shows, or shows twice.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from enum import IntEnum

import pendulum
from pendulum import DateTime

from desk.domain.days import TimeTextError, local_moment
from desk.domain.reading import Choice, DayOrder
from desk.intake.problems import Problem, ProblemError
from desk.intake.raw import RawMoment
from desk.intake.table import Cell
from desk.text import fold

YEARS = range(2000, 2200)
"""In which a booking can be."""

_MONTHS = (
    ("january", "jan", "janvier", "janv"),
    ("february", "feb", "fevrier", "fevr", "fev"),
    ("march", "mar", "mars"),
    ("april", "apr", "avril", "avr"),
    ("may", "mai"),
    ("june", "jun", "juin"),
    ("july", "jul", "juillet", "juil"),
    ("august", "aug", "aout"),
    ("september", "sep", "sept", "septembre"),
    ("october", "oct", "octobre"),
    ("november", "nov", "novembre"),
    ("december", "dec", "decembre"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})([-/.])(?P<two>\d{1,2})\2(?P<year>\d{4})", re.ASCII)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim)[a-z]*\.?,? )?"
_DAY_NAMED = re.compile(
    _WEEKDAY + r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?\.? (?P<month>[a-z]+)\.?,? (?P<year>\d{4})",
    re.ASCII,
)
_MONTH_NAMED = re.compile(
    _WEEKDAY + r"(?P<month>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})",
    re.ASCII,
)
_CLOCK_PATTERN = (
    r"(?P<hour>\d{1,2})(?:(?:[:.]| ?h ?)(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"|(?P<whole> ?h))?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?"
    r"(?: ?(?P<offset>z|(?P<sign>[+-])(?P<hours>0\d|1[0-4]):?(?P<minutes>[0-5]\d)))?"
)
_CLOCK = re.compile(_CLOCK_PATTERN, re.ASCII | re.IGNORECASE)
_DAY_AND_CLOCK = re.compile(
    rf"(?P<day>.+?)(?:T|,? (?:(?:at|à|a) )?)(?P<clock>{_CLOCK_PATTERN})", re.ASCII | re.IGNORECASE
)
_ORDERS = {DayOrder.DAY_FIRST: ("two", "one"), DayOrder.MONTH_FIRST: ("one", "two")}
"""Where the month and the day stand."""


class Showing(IntEnum):
    """Which of two is meant, on the night when the clock shows a time twice; a ``fold``."""

    FIRST = 0
    SECOND = 1


def split_moment(cell: Cell) -> RawMoment:
    """Takes a cell apart that holds a day and a time: ``23/11/2026 14:15``.

    Where no time of day stands behind the day, the whole cell is taken for both, so that it is
    refused as what it is not.
    """
    text = " ".join(cell.text.split())
    found = _DAY_AND_CLOCK.fullmatch(text)
    if found is None or not _has_minutes(found):
        return RawMoment(Cell(cell.field, text), Cell(cell.field, text))
    return RawMoment(Cell(cell.field, found["day"]), Cell(cell.field, found["clock"]))


def read_moment(
    raw: RawMoment, zone: tzinfo, showing: Showing | None = None, order: DayOrder | None = None
) -> DateTime:
    """Returns the moment in UTC that a day and a time of day mean.

    Args:
        raw: the day and the time. ``09:00`` is a wall-clock time, ``09:00-07:00`` a moment by
            itself.
        zone: of the wall clock, unless the file gives another.
        showing: which one is meant where the clock shows the time twice; None refuses it.
        order: whether day or month comes first; None refuses what can be read two ways.

    Raises:
        ProblemError: no such day or time, an ambiguous day, a skipped or a repeated time.
    """
    day = read_day(raw.day, order)
    at, offset = _read_clock(raw.time)
    if offset is not None:
        return pendulum.instance(datetime.combine(day, at, tzinfo=offset)).in_timezone("UTC")
    zone = raw.zone or zone
    try:
        return local_moment(day, at, zone)
    except TimeTextError as error:
        problem = Problem(error.code)
        shown = [datetime.combine(day, at, zone).replace(fold=fold) for fold in Showing]
        if problem is Problem.REPEATED_TIME and showing is not None:
            return pendulum.instance(shown[showing]).in_timezone("UTC")
        examples = [f"{one:%H:%M}{_offset(one)}" for one in shown]
        raise ProblemError(
            problem,
            raw.time.field,
            choices=tuple(Choice(str(int(fold)), examples[fold]) for fold in Showing),
            text=raw.time.text,
            first=examples[0],
            second=examples[1],
        ) from None


def _offset(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")[16:]


def read_day(cell: Cell, order: DayOrder | None = None) -> date:
    """Returns the day that a cell means: ``2026-11-23``, ``23/11/2026``, ``November 23, 2026``.

    Args:
        cell: the day and nothing else.
        order: whether day or month comes first where both are digits and the year is last.

    Raises:
        ProblemError: empty, no such day, or one that can be read two ways.
    """
    text = _text(cell)
    if found := _YEAR_FIRST.fullmatch(text):
        days = _days(found["year"], (found["month"], found["day"]))
    elif found := _YEAR_LAST.fullmatch(text):
        orders = _ORDERS.values() if order is None else [_ORDERS[order]]
        days = _days(found["year"], *((found[month], found[day]) for month, day in orders))
    else:
        days = _named_day(fold(text))
    if not days:
        raise ProblemError(Problem.NO_SUCH_DAY, cell.field, text=text)
    if len(days) > 1:
        first, second = (day.isoformat() for day in days)
        raise ProblemError(Problem.AMBIGUOUS_DAY, cell.field, text=text, first=first, second=second)
    return days[0]


def possible_days(cell: Cell) -> dict[DayOrder, date]:
    """Returns which days a cell can begin with; empty where neither order makes it one.

    Likewise where the order does not matter: the year comes first, or day and month are the same
    number or the month a word.
    """
    found = _YEAR_LAST.match(cell.text.lstrip())
    if found is None or int(found["one"]) == int(found["two"]):
        return {}
    return {
        order: day
        for order, (month, day_of_month) in _ORDERS.items()
        for day in _days(found["year"], (found[month], found[day_of_month]))
    }


def is_day(cell: Cell) -> bool:
    """Tells whether a cell holds a day and nothing else, in whichever order."""
    try:
        read_day(cell)
    except ProblemError as problem:
        return problem.problem is Problem.AMBIGUOUS_DAY
    return True


def is_clock(cell: Cell) -> bool:
    """Tells whether a cell holds a time of day and nothing else."""
    try:
        _read_clock(cell)
    except ProblemError:
        return False
    return True


def _named_day(folded: str) -> list[date]:
    found = _DAY_NAMED.fullmatch(folded) or _MONTH_NAMED.fullmatch(folded)
    if found is None or found["month"] not in _MONTH:
        return []
    return _days(found["year"], (str(_MONTH[found["month"]]), found["day"]))


def _days(year: str, *months_and_days: tuple[str, str]) -> list[date]:
    """Returns the days that exist, each once."""
    days = []
    for month, day in months_and_days:
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return [day for day in dict.fromkeys(days) if day.year in YEARS]


def _has_minutes(found: re.Match[str]) -> bool:
    """Tells whether it is a time of day, and not just a number."""
    return bool(found["minute"] or found["half"] or found["whole"])


def _read_clock(cell: Cell) -> tuple[time, timezone | None]:
    text = _text(cell)
    found = _CLOCK.fullmatch(text)
    if found is None or not _has_minutes(found):
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
