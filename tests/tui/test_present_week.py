"""A week as a picture: signs and numbers per hour, and what is left open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desk import text
from desk.domain.views import DayLoad
from desk.tui.present import ASCII, UNICODE, Glyphs
from desk.tui.present.week import day_told, first_of_week, week_picture, week_title
from desk.tui.widgets.week_view import WeekView

MONDAY = date(2026, 11, 16)
SATURDAY = date(2026, 11, 21)


def week(busy: dict[int, int], *, unfinished: int = 0, disputes: int = 0) -> tuple[DayLoad, ...]:
    """Returns a week whose Saturday has so many exchanges in those hours."""
    days = [DayLoad(MONDAY + timedelta(days=n), (0,) * 24) for n in range(7)]
    hours = tuple(busy.get(hour, 0) for hour in range(24))
    days[5] = DayLoad(SATURDAY, hours, unfinished, disputes)
    return tuple(days)


def drawn(loads: tuple[DayLoad, ...], width: int = 75, glyphs: Glyphs = UNICODE) -> list[str]:
    view = WeekView()
    view.show(week_picture(loads, SATURDAY, glyphs), SATURDAY)
    return ["".join(piece.text for piece in line) for line in view.lay_out(width)]


def test_a_week_begins_on_its_monday_and_says_its_number() -> None:
    assert {first_of_week(MONDAY + timedelta(days=n)) for n in range(7)} == {MONDAY}
    assert week_title(MONDAY) == "Week 47 · 16 Nov to 22 Nov 2026"
    assert week_title(date(2026, 12, 28)) == "Week 53 · 28 Dec to 3 Jan 2027"


def test_each_hour_has_a_sign_and_its_number() -> None:
    loads = week({9: 1, 10: 3, 14: 6, 15: 12}, unfinished=2, disputes=1)
    lines = drawn(loads)
    saturday = "▌Sat 21 Nov  22  ·  ▂1 ▂3 ·  ·  ·  ▄6 █12·  ·  ·  · "

    assert lines[0].split() == ["Day", "All", *(f"{hour:02}" for hour in range(8, 20)), "Open"]
    assert lines[6] == f"{saturday}  ‼2 ⚑1"
    assert drawn(loads, 106)[6] == f"{saturday}  2 unfinished, 1 disputed"
    assert lines[1].startswith(" Mon 16 Nov   0  ·  ·  ")


def test_a_quiet_week_is_not_drawn_full() -> None:
    assert "▂1" in drawn(week({9: 1}))[6]
    assert "▄2" in drawn(week({9: 2}))[6]
    assert "█4" in drawn(week({9: 4}))[6]


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("width", [75, 106])
def test_a_day_round_the_clock_fits_and_keeps_its_numbers(width: int, glyphs: Glyphs) -> None:
    loads = week(dict.fromkeys(range(24), 7) | {3: 15}, unfinished=3, disputes=2)
    lines = drawn(loads, width, glyphs)

    assert all(text.width(line) <= width for line in lines)
    assert lines[6].count("7") >= 23
    assert "15" in lines[6]
    assert f"{glyphs.overdue}3 {glyphs.disputed}2" in lines[6] or "3 unfinished" in lines[6]
    assert glyphs is UNICODE or all(line.isascii() for line in lines)


def test_the_marked_day_is_told_in_words() -> None:
    busy = week({9: 1, 14: 6}, unfinished=2, disputes=1)[5]

    assert day_told(busy, SATURDAY) == (
        "Sat 21 Nov: 7 exchanges · most at 14:00, 6 · 2 unfinished · 1 disputed"
    )
    assert day_told(week({9: 1})[5], SATURDAY) == "Sat 21 Nov: 1 exchange"
    assert week_picture(week({}), SATURDAY, UNICODE).empty
    assert not week_picture(week({3: 1}), SATURDAY, UNICODE).empty
