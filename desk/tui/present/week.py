"""A week as a picture: seven days with their load per hour, and what is left open on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desk.domain.views import DayLoad
from desk.i18n import _, ngettext
from desk.tui.present.glyphs import Glyphs
from desk.tui.present.tones import Piece, Tone
from desk.wording import day_of_month, short_day

_USUAL_HOURS = range(8, 20)
"""The hours that are shown at least."""

_QUIET = 4
"""An hour with so many is drawn full where no hour of the week has more."""


def first_of_week(day: date) -> date:
    """Returns the Monday of that day's week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class DayStrip:
    """One day of the week.

    Attributes:
        hours: how many begin in each of the picture's hours.
        open_words: ``2 unfinished, 1 disputed``, or nothing.
        open_signs: the same where there is no room for words.
    """

    day: date
    name: str
    count: int
    hours: tuple[int, ...]
    open_words: str
    open_signs: str


@dataclass(frozen=True, slots=True)
class WeekPicture:
    """All that is drawn of a week.

    Attributes:
        days: Monday first.
        hours: the hours of the clock that its strips have.
        most: what the fullest sign stands for.
    """

    days: tuple[DayStrip, ...]
    hours: range
    most: int
    today: date
    glyphs: Glyphs

    @property
    def empty(self) -> bool:
        """Whether there is nothing on any day."""
        return not any(day.count for day in self.days)

    def heat(self, n: int) -> Piece:
        """Returns the sign for so many in an hour; the number has to stand beside it."""
        signs = (self.glyphs.few, self.glyphs.some, self.glyphs.many, self.glyphs.full)
        level = -(-n * len(signs) // self.most) - 1
        return Piece(signs[level], _HEAT[level]) if n else Piece(self.glyphs.upcoming, Tone.RULE)


_HEAT = (Tone.DIM, Tone.PLAIN, Tone.STRONG, Tone.LATE)


def week_picture(loads: Sequence[DayLoad], today: date, glyphs: Glyphs) -> WeekPicture:
    """Returns what is drawn of the days of a week."""
    busy = [hour for load in loads for hour, n in enumerate(load.hours) if n]
    hours = range(
        min([*busy, _USUAL_HOURS.start]), max([*(hour + 1 for hour in busy), _USUAL_HOURS.stop])
    )
    most = max((n for load in loads for n in load.hours), default=0)
    days = tuple(_strip(load, hours, glyphs) for load in loads)
    return WeekPicture(days, hours, max(most, _QUIET), today, glyphs)


def _strip(load: DayLoad, hours: range, glyphs: Glyphs) -> DayStrip:
    signs = ((glyphs.overdue, load.unfinished), (glyphs.disputed, load.disputes))
    return DayStrip(
        day=load.day,
        name=short_day(load.day),
        count=load.exchanges,
        hours=tuple(load.hours[hour] for hour in hours),
        open_words=", ".join(_open_items(load)),
        open_signs=" ".join(f"{sign}{n}" for sign, n in signs if n),
    )


def _open_items(load: DayLoad) -> tuple[str, ...]:
    told = (
        (load.unfinished, ngettext("{n} unfinished", "{n} unfinished", load.unfinished)),
        (load.disputes, ngettext("{n} disputed", "{n} disputed", load.disputes)),
    )
    return tuple(words.format(n=n) for n, words in told if n)


def week_title(first: date) -> str:
    """Returns ``Week 47 · 16 Nov to 22 Nov 2026``."""
    last = first + timedelta(days=6)
    return _("Week {n} · {first} to {last} {year}").format(
        n=first.isocalendar().week,
        first=day_of_month(first),
        last=day_of_month(last),
        year=last.year,
    )


def day_told(load: DayLoad, day: date) -> str:
    """Returns a sentence on one day: how many, when it is busiest, what is left open."""
    n = load.exchanges
    told = [ngettext("{n} exchange", "{n} exchanges", n).format(n=n)]
    most = max(load.hours, default=0)
    if most > 1:
        hour = load.hours.index(most)
        told.append(_("most at {hour}:00, {n}").format(hour=f"{hour:02}", n=most))
    told += _open_items(load)
    return f"{short_day(day)}: {' · '.join(told)}"
