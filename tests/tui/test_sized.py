"""A screen is styled once for the size it has, and follows the terminal to another."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Size
from textual.widgets import Static

from desk.tui.screens.sheet import Sheet
from tests.builders import StationUnderTest
from tests.tui.running import LARGE, SMALL, running
from tests.tui.sheet_app import SheetApp, until


class Counting(Static):
    """Counts how often it is styled."""

    styled = 0

    def notify_style_update(self) -> None:
        self.styled += 1
        super().notify_style_update()


class Plain(Sheet[None]):
    """A sheet with nothing but that in it."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Counting("Here.")


async def test_a_sheet_comes_in_its_size_and_is_styled_once() -> None:
    app = SheetApp(Plain())
    async with app.shown((80, 40)) as pilot:
        await until(pilot, lambda: app.screen is app.sheet)
        assert app.sheet.classes >= {"-tall"}
        assert app.sheet.query_one(Counting).styled == 1
        assert app.sheet.query_one(Counting).size.width > 0


async def test_it_follows_the_terminal_with_all_that_it_lies_over(
    station: StationUnderTest,
) -> None:
    ref = station.book_one()

    async with running(station) as front:
        await front.open(ref)
        sheet = front.app.screen
        for width, height, of_the_sheet, of_the_board in (
            (*LARGE, "-tall", "-widest"),
            (60, 12, "-flat", "-narrow"),
            (*SMALL, "-short", "-narrow"),
        ):
            await front.resize(width, height)
            size = Size(width, height)
            assert (sheet.outer_size, front.board.outer_size) == (size, size)
            assert of_the_sheet in sheet.classes
            assert of_the_board in front.board.classes


async def test_what_lies_under_a_sheet_is_not_laid_out_anew(station: StationUnderTest) -> None:
    ref = station.book_one()
    laid_out: list[object] = []

    async with running(station) as front:
        await front.point_at(ref)
        front.board.screen_layout_refresh_signal.subscribe(
            front.board, laid_out.append, immediate=True
        )
        await front.press("enter")
        assert front.sheets == ["ActSheet"]
        assert laid_out == []
