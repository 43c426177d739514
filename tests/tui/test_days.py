"""Days: the bar that walks them, midnight, an idle desk, and a clock that was set back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desk.domain.exchange import Presence, Side
from desk.domain.intents import Arrive
from tests.builders import DAY, StationUnderTest, an_exchange
from tests.tui.running import Front, running

DUE = an_exchange().at("14:30").between("Marie Dupont", "Paul Martin")
SUNDAY = date(2026, 11, 22)


async def test_the_arrows_walk_days_and_weeks(station: StationUnderTest) -> None:
    station.book(DUE, an_exchange().at("09:00", SUNDAY).about("bicycle"))
    walked = {
        "right": DAY + timedelta(days=1),
        "left": DAY,
        "down": DAY + timedelta(days=7),
        "up": DAY,
        "f7": DAY,
    }

    async with running(station, size=(120, 36)) as front:
        await front.press("f7")
        for key, day in walked.items():
            await front.press(key)
            assert front.board.day == day, key
            assert (front.sheets, front.board.shown.day) == (["DaySheet"], day)
        assert "Saturday 21 November 2026" in front.words

        await front.press("right", "enter")
        assert front.sheets == []
        assert "TOMORROW Sun 22 Nov · Esc today" in front.drawn()
        assert front.board.has_class("-other-day")
        assert [each.item for each in front.board.exchanges] == ["bicycle"]


@pytest.mark.parametrize("key", ["left", "up"])
async def test_yesterday_says_so(station: StationUnderTest, key: str) -> None:
    async with running(station, size=(120, 36)) as front:
        await front.press("f7", key, "escape")
        shown = "YESTERDAY Fri 20 Nov" if key == "left" else "Sat 14 Nov"
        assert f"{shown} · Esc today" in front.drawn()
        await front.press("escape")
        assert front.board.day == DAY
        assert "Sat 21 Nov 2026" in front.drawn()
        assert not front.board.has_class("-other-day")


TYPED = {
    "23/11": date(2026, 11, 23),
    "mon": date(2026, 11, 23),
    "-1": date(2026, 11, 20),
    "+2": date(2026, 11, 23),
    "tomorrow": SUNDAY,
    "2026-12-24": date(2026, 12, 24),
    "today": DAY,
}


async def test_a_day_is_typed(station: StationUnderTest) -> None:
    async with running(station) as front:
        for typed, day in TYPED.items():
            await front.press("f7")
            await front.paste(typed)
            await front.press("enter")
            assert (front.sheets, front.board.day) == ([], day), typed


async def test_a_wrong_day_is_answered_and_kept(station: StationUnderTest) -> None:
    async with running(station) as front:
        await front.press("f7")
        for typed in ("32/13", "soon", "2026-02-30", "K7QDM7", "9999-99-99"):
            front.box("day").clear()
            await front.paste(typed)
            await front.hurry("left", "right", "enter")
            assert front.answer == "That is not a day. Type 23/11, mon, -1 or 2026-11-23."
            assert front.box("day").value == typed
            assert (front.sheets, front.board.day) == (["DaySheet"], DAY)


async def test_the_calendars_ends_end_nothing(station: StationUnderTest) -> None:
    async with running(station) as front:
        for typed, keys in (("9999-12-31", ("right", "down")), ("0001-01-01", ("left", "up"))):
            await front.press("f7")
            await front.paste(typed)
            await front.press("enter", "f7", *keys, "enter")
            assert front.sheets in ([], ["DaySheet"])
            await front.press("escape", "escape")


async def test_another_day_returns_after_two_idle_minutes_with_its_text(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    station.book_one(DUE)
    seconds = 1000.0
    monkeypatch.setattr("desk.tui.screens.board.hours.elapsed", lambda: seconds)

    async with running(station) as front:
        await front.press("f7", "left", "enter")
        await front.type("dup")
        seconds += 119
        await front.tick()
        assert front.board.day != DAY

        await front.press("o")
        seconds += 119
        await front.tick()
        assert front.board.day != DAY

        seconds += 2
        await front.tick()
        assert front.board.day == DAY
        assert front.field == "dupo"


async def test_midnight_rolls_over_and_keeps_what_is_unfinished(
    station: StationUnderTest,
) -> None:
    over, here, gone = station.book(
        DUE.about("over"),
        DUE.between("Hana Novak", "Jim Tran").about("here"),
        an_exchange().at("23:30").about("never came"),
    )
    (early,) = station.book(an_exchange().at("00:30", SUNDAY).about("early"))
    station.did(Arrive, here, side=Side.GIVER)

    async with running(station, size=(120, 36)) as front:
        await front.point_at(here)
        await front.type("nov")
        station.clock.set("23:59")
        await front.tick()
        assert front.board.day == DAY

        station.clock.set("00:01", SUNDAY)
        await front.tick()
        assert front.board.day == SUNDAY
        assert {each.ref for each in front.board.exchanges} == {here, early}
        assert (front.field, front.cursor) == ("nov", here)
        assert "Sun 22 Nov 2026" in front.drawn()
        assert "21 Nov" in front.drawn(front.board.table)

    assert {over, gone} & {each.ref for each in station.board(SUNDAY).exchanges} == set()


async def test_a_chosen_day_stays_at_midnight(station: StationUnderTest) -> None:
    async with running(station) as front:
        await front.press("f7", "right", "enter")
        station.clock.set("00:01", SUNDAY)
        await front.tick()
        assert front.board.day == SUNDAY
        station.clock.set("00:02", date(2026, 11, 23))
        await front.tick()
        assert front.board.day == SUNDAY


async def minutes_shown(front: Front) -> str:
    await front.tick()
    return front.drawn(front.board.table)


async def test_minutes_and_stages_move_with_the_clock(station: StationUnderTest) -> None:
    station.book_one(DUE)

    async with running(station) as front:
        assert "! late 2 min" in await minutes_shown(front)
        station.clock.set("14:33")
        assert "! late 3 min" in await minutes_shown(front)
        station.clock.set("14:46")
        assert "‼ overdue 1 min" in await minutes_shown(front)


async def test_a_clock_set_back_shows_a_banner_and_proposes_no_no_show(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(DUE.at("14:00").with_seller_here("13:58"))
    banner = "The clock is behind the record, so no no-show is proposed. Check it."

    async with running(station) as front:
        assert "overdue" in front.drawn(front.board.table)
        assert "No-show proposed" in front.drawn()
        assert front.notice == ""

        station.clock.set("14:20")
        await front.tick()
        assert front.notice == banner
        assert "overdue" not in front.drawn(front.board.table)
        assert "No-show proposed" not in front.drawn()

        await front.press("enter", "tab")
        await front.type("-1")
        await front.press("enter")
        assert station.exchange(ref).receiver.presence is Presence.HERE

        station.clock.set("14:33")
        await front.press("escape")
        await front.tick()
        assert front.notice == ""
