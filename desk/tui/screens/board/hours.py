"""What time does to the board: minutes pass, midnight comes, nobody touches it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desk.clock import elapsed
from desk.tui.screens.board.drawing import minute_of

if TYPE_CHECKING:
    from desk.tui.screens.board.screen import BoardScreen


class Hours:
    """Looks at the clock for the board."""

    def __init__(self, board: BoardScreen) -> None:
        self._board = board
        self._touched_at = elapsed()
        self._shown_as_today = True
        self._drawn: tuple[int, bool] | None = None

    def touched(self) -> None:
        """Remembers that somebody is at the keyboard."""
        self._touched_at = elapsed()

    def show(self, day: date) -> None:
        """Remembers whether a day was shown because it was today."""
        self._shown_as_today = day == self._board.scene.today

    def pass_by(self) -> None:
        """Follows midnight, returns to today from a day that nobody looks at, draws the minute."""
        board = self._board
        scene = board.scene
        past_midnight = board.ready and self._shown_as_today and board.day != scene.today
        idle = elapsed() - self._touched_at > board.launch.settings.looks.idle_minutes * 60
        if board.day != scene.today and (past_midnight or idle):
            board.show_day(scene.today)
        if self._drawn != minute_of(scene):
            self._drawn = minute_of(scene)
            board.draw()
