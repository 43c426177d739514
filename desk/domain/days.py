"""Local days and typed times: from an officer's few characters to a moment in UTC, and back.

A day is what the wall clock of the station calls one: from local midnight to local midnight,
which can be 23 or 25 hours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pendulum
from pendulum import DateTime

from desk.errors import DeskError

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RELATIVE_DAYS = {"today": 0, "tomorrow": 1, "yesterday": -1}

DAY_WORDS = frozenset(_RELATIVE_DAYS) | {
    name[:letters] for name in _WEEKDAYS for letters in range(3, len(name) + 1)
}
"""Every word without a digit that names a day."""

_AT = re.compile(r"(?P<hour>\d{1,2})(?::|h|(?=\d\d$))(?P<minute>\d\d)")
_MINUTES_AGO = re.compile(r"[-\N{MINUS SIGN}](?P<minutes>\d{1,4})")
_DAY_MONTH = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})(?:[/.](?P<year>\d{4}))?")
_PAST_MIDNIGHT = timedelta(hours=6)

YEARS = range(1900, 2200)
"""What can be typed: a day at either end of the calendar has no midnight before or after it."""


class TimeTextError(DeskError):
    """A typed day or time that cannot be understood; the code says why.

    The codes are ``no_such_day``, ``no_such_time``, ``in_the_future`` (never a past time then),
    ``skipped_time`` and ``repeated_time`` (the nights on which the clocks change).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code, code)


def local_day(moment: DateTime, zone: ZoneInfo) -> date:
    """Returns the station's calendar day at that moment."""
    return moment.astimezone(zone).date()


def day_bounds(day: date, zone: ZoneInfo) -> tuple[DateTime, DateTime]:
    """Returns the half-open interval of a local day in UTC.

    Midnight is taken with ``fold=0``: where the clocks change at midnight it is the first of the
    two, and where it is skipped it is the moment at which the day begins.
    """
    return _midnight(day, zone), _midnight(day + timedelta(days=1), zone)


def _midnight(day: date, zone: ZoneInfo) -> DateTime:
    return _in_utc(datetime.combine(day, time(0), tzinfo=zone))


def _in_utc(local: datetime) -> DateTime:
    # Converted before pendulum sees it, which moves a time that the clocks skip.
    return pendulum.instance(local.astimezone(UTC))


def local_moments(day: date, at: time, zone: tzinfo) -> tuple[DateTime, ...]:
    """Returns when the station's clock shows that time on that day: never, once or twice."""
    local = datetime.combine(day, at, tzinfo=zone)
    both = dict.fromkeys(_in_utc(local.replace(fold=fold)) for fold in (0, 1))
    wall = local.replace(tzinfo=None)
    return tuple(each for each in both if each.astimezone(zone).replace(tzinfo=None) == wall)


def local_moment(day: date, at: time, zone: tzinfo) -> DateTime:
    """Returns the moment in UTC at which the station's clock shows that time on that day.

    Raises:
        TimeTextError: the clock skips that time on that day, or shows it twice.
    """
    return _only(local_moments(day, at, zone), "skipped_time")


def _only(moments: Sequence[DateTime], none: str) -> DateTime:
    """Returns the one moment, or says why there is not just one."""
    if not moments:
        raise TimeTextError(none)
    if len(moments) > 1:
        raise TimeTextError("repeated_time")
    return moments[0]


def read_day(text: str, today: date) -> date:
    """Returns the day meant by ``today``, ``mon``, ``-1``, ``23/11`` or ``2026-11-23``.

    A weekday is the next one, today included. Day and month come in that order, unless only the
    other order makes a date.

    Raises:
        TimeTextError: ``no_such_day``.
    """
    day = _day_meant(text.strip().lower(), today)
    if day.year not in YEARS:
        raise TimeTextError("no_such_day")
    return day


def _day_meant(word: str, today: date) -> date:
    if word in _RELATIVE_DAYS:
        return today + timedelta(days=_RELATIVE_DAYS[word])
    weekdays = [n for n, name in enumerate(_WEEKDAYS) if len(word) >= 3 and name.startswith(word)]
    if weekdays:
        return today + timedelta(days=(weekdays[0] - today.weekday()) % 7)
    try:
        if re.fullmatch(r"[+-]\d{1,3}", word):
            return today + timedelta(days=int(word))
        if day_month := _DAY_MONTH.fullmatch(word):
            return _from_day_month(day_month, today)
        return date.fromisoformat(word)
    except ValueError:
        raise TimeTextError("no_such_day") from None


def _from_day_month(found: re.Match[str], today: date) -> date:
    first, second = int(found["day"]), int(found["month"])
    year = int(found["year"] or today.year)
    day, month = (first, second) if second <= 12 else (second, first)
    return date(year, month, day)


def read_past_time(text: str, now: DateTime, zone: ZoneInfo) -> DateTime:
    """Returns the moment meant by an ``at`` that has to be past: as ``read_time`` reads it.

    Raises:
        TimeTextError: no such time, one that the clocks skip or repeat, or ``in_the_future``.
    """
    moment = read_time(text, now, zone)
    if moment > now:
        raise TimeTextError("in_the_future")
    return moment


def read_time(text: str, now: DateTime, zone: ZoneInfo) -> DateTime:
    """Returns the moment meant by an ``at``: empty is now, ``1428``, ``14:28``, ``-5``.

    Shortly after midnight a late hour means the evening before; a time that is otherwise still to
    come is today's, never moved. Of a time that the clock shows twice, the one that has been is
    meant, as long as the other is still to come.

    Raises:
        TimeTextError: no such time, or one that the clocks skip or repeat.
    """
    word = text.strip()
    if not word:
        return now
    if ago := _MINUTES_AGO.fullmatch(word):
        return now.subtract(minutes=int(ago["minutes"]))
    at, today = read_clock(word), local_day(now, zone)
    shown_today = local_moments(today, at, zone)
    past = [moment for moment in shown_today if moment <= now]
    if not past:
        evening = local_moments(today - timedelta(days=1), at, zone)
        past = [moment for moment in evening if now - moment <= _PAST_MIDNIGHT]
    return _only(past or shown_today[:1], "skipped_time")


def read_coming_time(text: str, near: DateTime, zone: ZoneInfo) -> DateTime:
    """Returns the moment nearest to another at which the clock shows ``1428`` or ``14:28``.

    A party that is due at 23:50 and calls to come at 00:10 means the day after.

    Raises:
        TimeTextError: no such time, or one that the clocks skip or repeat.
    """
    at, day = read_clock(text.strip()), local_day(near, zone)
    wall = near.astimezone(zone).replace(tzinfo=None)
    days = (day + timedelta(days=offset) for offset in (0, 1, -1))
    nearest = min(days, key=lambda each: abs(datetime.combine(each, at) - wall))
    return local_moment(nearest, at, zone)


def is_clock(word: str) -> bool:
    """Tells whether a word is a time of day."""
    try:
        read_clock(word)
    except TimeTextError:
        return False
    return True


def read_clock(word: str) -> time:
    """Returns the time of day meant by ``1428``, ``14:28`` or ``14h28``.

    Raises:
        TimeTextError: ``no_such_time``.
    """
    found = _AT.fullmatch(word)
    if found is None:
        raise TimeTextError("no_such_time")
    try:
        return time(int(found["hour"]), int(found["minute"]))
    except ValueError:
        raise TimeTextError("no_such_time") from None
