"""Slips on the board, and the sheets of the days that it writes by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from textual.containers import Vertical

from desk.domain.ports import DeskService
from desk.printing import Press
from desk.settings import Settings
from tests.builders import StationUnderTest, an_exchange
from tests.tui.running import Front, running

DUE = an_exchange().at("14:30").between("Marie Dupont", "Paul Martin")
BOOKINGS = "Date,Time,Seller,Buyer,Item,Bay\n2026-11-21,15:00,Hana Novak,Jim Tran,Piano,1\n"


def with_a_press(station: StationUnderTest) -> dict[str, Any]:
    """Returns what lets a board print into the station's folder."""

    def press(service: DeskService) -> Press:
        return Press(service, Settings(), station.clock, station.path.with_name("exports"))

    return {"printer": press}


def slip_shown(front: Front) -> str:
    assert front.sheets == ["SlipSheet"], front.notice
    return front.part("#words")


async def test_the_slip_of_the_highlighted_exchange_for_the_side_that_is_picked(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(DUE)

    async with running(station, **with_a_press(station)) as front:
        await front.point_at(ref)
        await front.say("/slip")
        assert front.sheets == ["ChoiceSheet"]
        await front.press("2")
        said = slip_shown(front)
        assert said.startswith(
            "Kennewick PD · Buyer · Sale\nSaturday 21 November 2026\n14:30 to 14:50 PST · Bay 1\n"
        )
        assert not any(hidden in front.words for hidden in ("Dupont", "Martin", "iPhone"))
        assert "█▀▀▀▀▀█" in front.part("#code")
        # All of it fits the smallest terminal.
        assert front.app.screen.query_one(".sheet", Vertical).max_scroll_y == 0
        assert "Esc goes back" in front.part(".sheet-keys")

        await front.press("ctrl+y")
        assert front.app.clipboard == f"{ref}-R"
        await front.press("f10")
        written = station.path.with_name("exports") / f"slip-{ref}-R.pdf"
        assert written.read_bytes().startswith(b"%PDF-")
        assert str(written) in "".join(front.answer.split("\n"))
        await front.press("escape")
        assert front.sheets == []


async def test_the_slip_that_is_named_and_the_side_that_was_found(
    station: StationUnderTest,
) -> None:
    here, other = station.book(DUE, an_exchange().at("10:00", date(2026, 11, 23)))

    async with running(station, **with_a_press(station)) as front:
        for words, code in (
            (f"/slip {other}-G", f"{other}-G"),
            (f"/slip {other} buyer", f"{other}-R"),
            ("/slip seller", f"{here}-G"),
        ):
            await front.say(words)
            slip_shown(front)
            assert code in front.part(".sheet-title")
            await front.press("escape")
        await front.say("/slip K7QDM7-G")
        assert front.notice == "K7QDM7 is not a reference of this station."
        (Path(station.path).with_name("exports")).write_bytes(b"in the way")
        await front.say(f"/slip {here}-G")
        await front.press("f10")
        assert "cannot be written" in front.answer


async def test_a_terminal_without_signs_shows_no_code(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)
    looks = {"looks": {"glyphs": "ascii"}}

    async with running(station, settings=looks, **with_a_press(station)) as front:
        await front.say(f"/slip {ref}-G")
        assert "Seller" in slip_shown(front)
        assert front.part("#code") == ""


async def test_the_sheets_are_written_at_the_start_of_a_day_and_after_an_import(
    station: StationUnderTest,
) -> None:
    exports = station.path.with_name("exports")
    file = station.path.with_name("bookings.csv")
    file.write_text(BOOKINGS, encoding="utf-8")

    async with running(station, **with_a_press(station)) as front:
        front.board.papers.look()
        await front.settle()
        today = exports / "day-2026-11-21.txt"
        assert "Piano" not in today.read_text(encoding="utf-8")
        today.unlink()
        front.board.papers.look()
        await front.settle()
        assert not today.exists(), "once a day is enough"

        await front.say(f"/import {file}")
        await front.press("enter")
        assert "1 booking taken in" in front.notice
        assert "Piano" in today.read_text(encoding="utf-8")
        await front.press("f8", "f8")
        assert "Piano" not in today.read_text(encoding="utf-8")

        station.clock.set("00:05", date(2026, 11, 22))
        front.board.papers.look()
        await front.settle()
        assert (exports / "day-2026-11-22.pdf").exists()


async def test_a_sheet_that_cannot_be_written_is_told_and_nothing_else(
    station: StationUnderTest,
) -> None:
    station.path.with_name("exports").write_bytes(b"in the way")

    async with running(station, **with_a_press(station)) as front:
        front.board.papers.look()
        await front.settle()
        assert front.notice.startswith("The day sheet in ")
