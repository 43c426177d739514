"""Themes, glyphs, no colours, and terminals too small for anything."""

from __future__ import annotations

import pytest
from textual.color import Color

from desk.domain.exchange import Kind, Presence
from desk.tui.themes import THEME_NAMES
from desk.tui.widgets.answer_row import AnswerRow
from tests.builders import StationUnderTest, an_exchange
from tests.tui.running import LARGE, running

LATE = an_exchange().at("14:15").with_seller_here("14:13")
DUE = an_exchange().at("14:45").between("Hana Novak", "Jim Tran")


@pytest.mark.parametrize("theme", THEME_NAMES)
async def test_every_theme_shows_the_same_words(station: StationUnderTest, theme: str) -> None:
    station.book(LATE, DUE)

    async with running(station, settings={"looks": {"theme": theme}}) as front:
        assert front.app.theme == THEME_NAMES[theme]
        quiet = Color.parse(front.app.theme_variables["tone-dim"])
        assert front.board.field.get_component_styles("input--placeholder").color == quiet
        assert "‼ overdue 2 min" in front.drawn()
        await front.press("enter")
        assert "Enter  Arrive: buyer, 17 min late" in front.drawn()


async def test_ascii_glyphs_and_no_others(station: StationUnderTest) -> None:
    ref = station.book_one(LATE)
    station.book_one(DUE)

    async with running(station, settings={"looks": {"glyphs": "ascii"}}) as front:
        board = front.drawn(front.board.table)
        assert "overdue 2 min" in board
        assert board.isascii(), ascii(board)
        await front.press("enter", "enter")

    assert station.exchange(ref).receiver.presence is Presence.HERE


async def test_without_colours(station: StationUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    ref = station.book_one(LATE)

    async with running(station) as front:
        assert front.app.no_color
        assert "‼ overdue 2 min" in front.drawn()
        await front.press("enter", "enter")

    assert station.exchange(ref).receiver.presence is Presence.HERE


SHEETS = {
    "act": ["enter"],
    "form": ["f4"],
    "dispute": ["f5"],
    "list": [*"a", "enter"],
    "undo": ["f8"],
    "help": ["f1"],
    "day": ["f7"],
    "palette": ["ctrl+p"],
}


@pytest.mark.parametrize("size", [(20, 5), (1, 1), LARGE])
async def test_no_size_ends_the_program(station: StationUnderTest, size: tuple[int, int]) -> None:
    ref = station.book_one(LATE)
    station.book_one(DUE)

    async with running(station, size=size) as front:
        for keys in SHEETS.values():
            await front.hurry(*keys)
            await front.press("escape", "escape")
        await front.say("mart")
        await front.press("enter")

    assert station.exchange(ref).receiver.presence is Presence.HERE


async def test_the_cursor_does_not_blink(station: StationUnderTest) -> None:
    async with running(station) as front:
        assert not front.board.field.cursor_blink


async def test_resizing_keeps_cursor_and_text(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)
    station.book_one(LATE)

    async with running(station) as front:
        await front.type("tran")
        for width, height in ((20, 5), (200, 60), (80, 24)):
            await front.resize(width, height)
            assert (front.field, front.cursor) == ("tran", ref)


async def test_a_small_terminal_shows_which_act_it_is_and_breaks_no_answer(
    station: StationUnderTest,
) -> None:
    both = an_exchange().of_kind(Kind.CUSTODY).about("Custody").with_both_here("14:25")
    ref = station.book_one(both)
    question = "Still here: releasing adult + receiving adult"

    async with running(station) as front:
        await front.open(ref)
        assert front.part("#summary").splitlines()[1] == "Custody · bay 1"
        await front.press("f3")
        row = front.app.screen.query_one(AnswerRow)
        wide = f"{question}\n   leaves now   left, time not observed   ← →"
        assert front.drawn(row) == wide

        await front.resize(48, 9)
        await front.until(lambda: row.size.width < 48)
        narrow = f"{question[:-6]}\nadult\n   leaves now   left, time not observed \n   ← →"
        assert [line.strip() for line in front.drawn(row).splitlines()] == [
            line.strip() for line in narrow.splitlines()
        ]
        await front.press("up")
        sheet = front.app.screen.query_one(".sheet")
        assert sheet.region.y <= front.app.screen.query_one("#acts").region.y < sheet.region.bottom

        await front.resize(40, 12)
        await front.press("6", "tab")
        title = front.app.screen.query_one(".sheet-title")
        assert f"{ref}: cancel" in front.drawn(title)
        assert front.app.screen.query_one(".sheet").region.contains_region(title.region)
