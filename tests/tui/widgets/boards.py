"""Boards for the tests of the board's widget, and the app that shows one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from textual.pilot import Pilot

from desk.domain.finding import Finder
from desk.domain.views import Board
from desk.spelling import spelling_in
from desk.tui.present import BoardPicture, matches_picture, picture
from desk.tui.widgets.board_table import BoardTable
from tests.domain.making import DAY, at
from tests.tui.widgets import saturday
from tests.tui.widgets.board_app import BoardApp

SMALL = (80, 24)
SALE = "K7QDM7"


@asynccontextmanager
async def running(
    shown: Board | None = None, size: tuple[int, int] = SMALL
) -> AsyncIterator[tuple[BoardApp, Pilot[None]]]:
    app = BoardApp(shown)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot
        await pilot.pause()


def lines(table: BoardTable) -> list[str]:
    return [table.render_line(y).text for y in range(table.size.height)]


def pointed(table: BoardTable) -> list[int]:
    return [y for y, line in enumerate(lines(table)) if line.startswith("▌")]


def found(app: BoardApp, typed: str) -> BoardPicture:
    """What typing that finds on the app's board."""
    finder = Finder(app.board.exchanges, spelling_in("America/Los_Angeles"))
    whole = picture(app.board, app.scene, unfolded=False)
    return matches_picture(whole, finder.find(typed, app.scene.now), app.board, app.scene)


def a_long_day(count: int = 60) -> Board:
    """One exchange every ten minutes from six o'clock, to which nobody has come."""
    exchanges = tuple(
        replace(
            saturday.expected(f"Z{n:02}ABC", "14:15", "1", "Ian Walsh, Dino Costa", "Lamp"),
            starts_at=at("06:00").add(minutes=10 * n),
        )
        for n in range(count)
    )
    return Board(DAY, exchanges)


def without(board: Board, ref: str) -> Board:
    return replace(board, exchanges=tuple(each for each in board.exchanges if each.ref != ref))


def with_bay(board: Board, ref: str, bay: str) -> Board:
    moved = (replace(each, bay=bay) if each.ref == ref else each for each in board.exchanges)
    return replace(board, exchanges=tuple(moved))
