"""What leads an officer through several sheets of the board, one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from desk.errors import DeskError
from desk.tui.present import Tone
from desk.tui.screens.sheet import Sheet
from desk.tui.sentences import error_words

if TYPE_CHECKING:
    from desk.tui.screens.board.screen import BoardScreen

AnswerT = TypeVar("AnswerT")
Step = Callable[[], Awaitable[str]]
"""Asks what has to be asked, does it, and returns what was done, or nothing."""


class Led:
    """Asks by sheets of a board, and waits for each answer."""

    def __init__(self, board: BoardScreen) -> None:
        self._board = board

    def _lead(self, way: Awaitable[None]) -> None:
        """Goes the way in the background; where it cannot go on, the board says why."""
        self._board.app.run_worker(self._led(way), group="led", exit_on_error=False)

    async def _led(self, way: Awaitable[None]) -> None:
        try:
            await way
        except DeskError as error:
            self._board.notice(error_words(error), Tone.OVERDUE)

    async def _ask(self, sheet: Sheet[AnswerT]) -> AnswerT | None:
        """Lays a sheet on the board, and returns how it ended."""
        answered: asyncio.Future[AnswerT | None] = asyncio.get_running_loop().create_future()
        self._board.open_sheet(sheet, answered.set_result)
        return await answered
