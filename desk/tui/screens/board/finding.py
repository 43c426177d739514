"""Finding on the board: the table shows what matches while somebody types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from desk.domain.days import local_day
from desk.domain.exchange import Exchange
from desk.domain.looks import LookedAt
from desk.domain.views import FoundEver
from desk.tui.present import Key

if TYPE_CHECKING:
    from desk.tui.screens.board.screen import BoardScreen


class Finding:
    """Looks on the day that is shown, and on all days where that has nothing."""

    def __init__(self, board: BoardScreen) -> None:
        self._board = board
        self._stood_on: Key | None = None

    def find(self, text: str) -> None:
        """Finds a text, or shows the whole day again when it is empty."""
        board = self._board
        self._look(lambda: board.search.find(text, board.scene.now))

    def find_everywhere(self, text: str) -> None:
        """Finds a text on all days."""
        self._look(lambda: self._board.search.find_everywhere(text))

    def _look(self, look: Callable[[], None]) -> None:
        board = self._board
        if not board.ready:
            return
        if not board.search.active:
            self._stood_on = board.table.cursor_key
        look()
        board.draw()
        if board.search.wants_all_days:
            board.look_on_all_days(board.search.text)
        self._point()

    def found(self, text: str, found: Sequence[FoundEver]) -> None:
        """Shows what was found on all days, if it is still asked for."""
        if self._board.search.take(text, found):
            self._board.draw()
            self._point()

    def _point(self) -> None:
        board = self._board
        if not board.search.active and self._stood_on is not None:
            board.table.go_to(self._stood_on)
        elif board.search.nearest is not None:
            board.table.go_to(board.search.nearest)

    def show_day_of(self, exchange: Exchange) -> None:
        """Shows the day of an exchange, and puts the cursor on it."""
        board = self._board
        board.service.looked(board.by, LookedAt.HISTORY, (exchange.ref,))
        board.clear_field()
        board.table.go_to(Key(exchange.ref))
        board.show_day(local_day(exchange.starts_at, board.scene.zone))
