"""On which days a repeated event takes place, as far as a window asks.

The rules of RFC 5545, 3.3.10, for what a booking can do: daily, weekly, monthly, yearly. Written
out by days and never past the window's end: a rule that has no end, or never comes true, costs no
more than the window has days. The icalendar library reads the rule's words; no library at hand
writes one out with a bound.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count
from typing import Self

from icalendar.prop import vRecur

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST"}
)


class Frequency(StrEnum):
    """How often."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday, 0 for Monday; ``which`` is 2 for the second, -1 for the last, 0 for every one."""

    day: int
    which: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """How an event repeats; an empty tuple leaves that part open.

    Attributes:
        times: how often in all; None without end.
        until: the last moment, with a zone or without one; or the last day.
        week_start: 0 for Monday.
    """

    frequency: Frequency
    interval: int = 1
    times: int | None = None
    until: date | datetime | None = None
    weekdays: tuple[Weekday, ...] = ()
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0

    @classmethod
    def read(cls, text: str) -> Self:
        """Returns the rule that the text of an ``RRULE`` means.

        Raises:
            ValueError: it is none, or one that no booking needs (by the hour, by week numbers).
        """
        parts = {str(name).upper(): values for name, values in vRecur.from_ical(text).items()}
        if parts.keys() - _PARTS or not parts.get("FREQ"):
            raise ValueError(text)
        interval, times = (_number(parts.get(name)) for name in ("INTERVAL", "COUNT"))
        rule = cls(
            frequency=Frequency(str(parts["FREQ"][0]).upper()),
            interval=1 if interval is None else interval,
            times=times,
            until=next(iter(parts.get("UNTIL", ())), None),
            weekdays=tuple(_weekday(str(each)) for each in parts.get("BYDAY", ())),
            months=tuple(map(int, parts.get("BYMONTH", ()))),
            month_days=tuple(map(int, parts.get("BYMONTHDAY", ()))),
            positions=tuple(map(int, parts.get("BYSETPOS", ()))),
            week_start=_weekday(str(next(iter(parts.get("WKST", ())), "MO"))).day,
        )
        if rule.interval < 1 or (times is not None and times < 1):
            raise ValueError(text)
        return rule

    def days(self, first: date, window: tuple[date, date]) -> Iterator[date]:
        """Yields the days in a window, both ends included, on which the event takes place.

        The first day of all counts although the rule may not name it, as calendars show it.

        Args:
            first: the day of the event itself.
            window: the first and the last day wanted.
        """
        begin, end = window
        seen = 0
        # A rule that counts must be followed from its beginning; any other from the window on.
        start = 0 if self.times is not None else self._period_of(first, begin)
        for number in count(start):
            period = self._period(first, number)
            if period is None or period[0] > end:
                return
            for day in self._chosen(first, period):
                seen += 1
                if day > end or (self.times is not None and seen > self.times):
                    return
                if day >= begin:
                    yield day

    def _period_of(self, first: date, day: date) -> int:
        """Returns the number of a period that ends before that day, but none before the first."""
        between = max(0, (day - first).days)
        longest = {
            Frequency.DAILY: 1,
            Frequency.WEEKLY: 7,
            Frequency.MONTHLY: 31,
            Frequency.YEARLY: 366,
        }[self.frequency]
        return max(0, between // (longest * self.interval) - 1)

    def _period(self, first: date, number: int) -> tuple[date, date] | None:
        """Returns the first and last day of a period; None past the end of the calendar."""
        step = number * self.interval
        try:
            match self.frequency:
                case Frequency.DAILY:
                    day = first + timedelta(days=step)
                    return day, day
                case Frequency.WEEKLY:
                    monday = first - timedelta(days=(first.weekday() - self.week_start) % 7)
                    begin = monday + timedelta(weeks=step)
                    return begin, begin + timedelta(days=6)
                case Frequency.MONTHLY:
                    year, month = divmod(first.year * 12 + first.month - 1 + step, 12)
                    return _month(year, month + 1)
                case Frequency.YEARLY:
                    year = first.year + step
                    return date(year, 1, 1), date(year, 12, 31)
        except (ValueError, OverflowError):
            return None

    def _chosen(self, first: date, period: tuple[date, date]) -> Iterator[date]:
        """Yields the days of a period from the first of all on."""
        begin, end = period
        days = [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
        named = [day for day in days if self._names(day, first)]
        if self.positions:
            numbers = {position - (position > 0) for position in self.positions}
            named = [
                day
                for number, day in enumerate(named)
                if number in numbers or number - len(named) in numbers
            ]
        if begin <= first <= end and first not in named:
            named = sorted([*named, first])
        yield from (day for day in named if day >= first)

    def _names(self, day: date, first: date) -> bool:
        if self.months and day.month not in self.months:
            return False
        if self.month_days:
            from_end = day.day - calendar.monthrange(day.year, day.month)[1] - 1
            if day.day not in self.month_days and from_end not in self.month_days:
                return False
        if self.weekdays:
            return any(self._is_weekday(day, each) for each in self.weekdays)
        return bool(self.month_days) or self._as_first(day, first)

    def _is_weekday(self, day: date, wanted: Weekday) -> bool:
        if day.weekday() != wanted.day:
            return False
        if wanted.which == 0 or self.frequency in (Frequency.DAILY, Frequency.WEEKLY):
            return True
        if self.frequency is Frequency.YEARLY and not self.months:
            begin, end = date(day.year, 1, 1), date(day.year, 12, 31)
        else:
            begin, end = _month(day.year, day.month)
        return wanted.which in ((day - begin).days // 7 + 1, -((end - day).days // 7) - 1)

    def _as_first(self, day: date, first: date) -> bool:
        """Tells whether a day is like the first, where the rule does not say which days."""
        match self.frequency:
            case Frequency.DAILY:
                return True
            case Frequency.WEEKLY:
                return day.weekday() == first.weekday()
            case Frequency.MONTHLY:
                return day.day == first.day
        return day.day == first.day and (bool(self.months) or day.month == first.month)


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _number(values: list[int] | None) -> int | None:
    return int(values[0]) if values else None


def _weekday(text: str) -> Weekday:
    """Returns what ``2TU`` means.

    Raises:
        ValueError: it is none.
    """
    return Weekday(_WEEKDAYS.index(text[-2:].upper()), int(text[:-2] or 0))
