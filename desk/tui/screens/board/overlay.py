"""What lies over the board: its sheets, and the scan and the news that wait for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from desk.tui.leaving import Unsaved
from desk.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from desk.tui.screens.board.screen import BoardScreen

ResultT = TypeVar("ResultT")


class Overlay:
    """Lays sheets over the board, one after another.

    Attributes:
        waiting_scan: a scan that came while something lay over the board, or None.
        news: what was done since the last key: a sheet that opens by itself would hide it.
    """

    def __init__(self, board: BoardScreen) -> None:
        self._board = board
        self._open = 0
        self.waiting_scan: str | None = None
        self.news = ""

    def lay(self, sheet: Sheet[ResultT], done: Callable[[ResultT | None], None]) -> None:
        """Lays a sheet over all; it repeats the news, which nobody can have read yet."""
        sheet.news, self.news = self.news, ""
        self._open += 1

        def closed(result: ResultT | None) -> None:
            self._open -= 1
            done(result)
            self._board.draw_title()
            self.take_waiting_scan()

        sheet.mode = self._board.mode
        self._board.app.push_screen(sheet, closed, mode=sheet.mode)
        self._board.draw_title()

    @property
    def unsaved(self) -> Unsaved:
        """What the officer has typed here that would be lost with the program."""
        board = self._board
        command, _blank, words = board.field.value.partition(" ")
        over = board.app.get_screen_stack(board.mode)
        half_typed = sum(isinstance(each, Sheet) and each.holds_typed_text for each in over)
        half_typed += command.startswith("/") and bool(words.strip())
        return Unsaved(len(board.clerk.parked), half_typed)

    def keep_scan(self, text: str) -> None:
        """Keeps a scan until what lies over the board is done with."""
        self.waiting_scan = text
        self._board.draw_title()

    def take_waiting_scan(self) -> None:
        """Looks at a scan that waited, unless a sheet has still to have its say.

        Textual shows the board again before it hands on what a sheet has ended with.
        """
        in_front = self._board.app.screen is self._board and not self._open
        if self.waiting_scan is not None and in_front:
            waiting, self.waiting_scan = self.waiting_scan, None
            self._board.draw_title()
            self._board.scanned(waiting)
