"""The day as a grid of bays, and the week: opened, walked, acted on, and alive."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desk.domain.intents import Cancel
from tests.builders import DAY, StationUnderTest, an_exchange
from tests.tui.running import MIDDLE, Front, running

SUNDAY = date(2026, 11, 22)
DUE = an_exchange().at("14:30").between("Marie Dupont", "Paul Martin").in_bay("1")


def told(front: Front) -> str:
    """Returns what is said of the marked place."""
    return front.part("#pointed")


async def test_the_grid_is_walked_and_enter_opens_what_is_there(station: StationUnderTest) -> None:
    due, later = station.book(DUE, an_exchange().at("15:00").in_bay("2").about("bicycle"))

    async with running(station) as front:
        await front.point_at(due)
        await front.say("/bays")
        assert (front.sheets, due in told(front)) == (["BaySheet"], True)
        assert "Dupont" not in front.drawn(front.app.screen)

        await front.press("right")
        assert told(front) == "bay 2 at 14:30: free to 15:00"
        await front.press("down", "down")
        assert told(front).startswith(f"{later}  15:00–15:20 · bay 2 · ○ in 28 min · bicycle")
        await front.press("left")
        assert told(front) == "bay 1 at 15:00: free"
        await front.press("up")
        assert due in told(front)
        await front.press("right", "up")
        assert told(front) == "bay 2 at 14:15: that time has passed"
        await front.press("enter")
        assert front.sheets == ["BaySheet"]
        await front.tick()
        assert "F6" in front.answer

        await front.press("down", "down", "down", "enter")
        assert (front.sheets, front.cursor) == (["ActSheet"], later)
        await front.press("escape")
        assert front.sheets == []


async def test_a_free_time_is_booked_where_it_was_pointed_at(station: StationUnderTest) -> None:
    station.book(an_exchange().at("15:00").in_bay("1"))

    async with running(station) as front:
        await front.say("/bays")
        await front.press("right", "right", "pagedown", "escape")
        assert (front.sheets, front.board.clerk.parked) == ([], [])
        await front.say("/bays")
        await front.press("right", "right", "down", "down", "down", "down", "enter")
        assert front.sheets == ["BookingSheet"]
        assert (front.box("day").value, front.box("time").value) == ("2026-11-21", "16:00")
        await front.press("escape")
        assert (front.sheets, front.board.clerk.parked) == ([], [])

        await front.say("/bays")
        await front.press("right", "right", "down", "down", "down", "down", "enter")
        await front.write("Olga")
        await front.press("enter")
        booked = front.board.highlighted
        assert booked is not None
        assert (booked.giver.name, booked.bay) == ("Olga", "3")
        assert "16:00" in front.notice


async def test_the_grid_is_of_the_day_that_is_shown_and_alive(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.tui.screens.board.connected._WATCH_EVERY", 0.005)
    (ref,) = station.book(an_exchange().at("09:00", SUNDAY).in_bay("2"))

    async with running(station, MIDDLE) as front:
        await front.say("/bays")
        assert front.answer == "Nothing is booked on this day."
        await front.press("escape", "f7", "right", "enter")
        await front.point_at(ref)
        await front.say("/bays")
        assert "Bays · Sun 22 Nov 2026" in front.words
        assert told(front).startswith(ref)

        (new,) = station.book(an_exchange().at("09:30", SUNDAY).in_bay("3").about("tent"))
        await front.until(lambda: new in front.drawn(front.app.screen))
        assert told(front).startswith(ref)
        station.did(Cancel, ref)
        await front.until(lambda: ref not in front.drawn(front.app.screen))
        assert told(front).startswith("bay 2 at 09:00: free")


async def test_the_week_is_walked_and_enter_shows_the_day(station: StationUnderTest) -> None:
    next_saturday = DAY + timedelta(days=7)
    station.book(DUE, an_exchange().at("10:00", SUNDAY), an_exchange().at("11:00", next_saturday))

    async with running(station) as front:
        await front.press("f7")
        await front.type("W")
        assert front.sheets == ["WeekSheet"]
        assert "Week 47 · 16 Nov to 22 Nov 2026" in front.words
        assert front.part("#day-told").startswith("Sat 21 Nov: 1 exchange")
        await front.press("down")
        assert front.part("#day-told").startswith("Sun 22 Nov: 1 exchange")
        await front.press("down")
        assert "Week 48" in front.words
        await front.press("right")
        assert front.part("#day-told") == "Mon 30 Nov: 0 exchanges"
        assert "/import" in front.answer
        await front.press("left", "up", "up", "enter")
        assert (front.sheets, front.board.day) == ([], DAY)

        await front.press("f7")
        await front.type("w")
        assert "wed" in front.answer
        await front.press("enter")
        assert front.sheets == ["WeekSheet"]
        await front.press("right", "enter")
        assert (front.board.day, len(front.board.exchanges)) == (next_saturday, 1)
        await front.say("/week")
        await front.press("escape")
        assert front.board.day == next_saturday
