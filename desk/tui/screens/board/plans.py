"""The board's wider views: the day as a grid of bays, and the week."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.signal import Signal

from desk.domain.bays import Place
from desk.tui.present import Key
from desk.tui.present.bay_grid import Spot
from desk.tui.screens.bay_sheet import BaySheet, Shown
from desk.tui.screens.week_sheet import WeekSheet

if TYPE_CHECKING:
    from desk.tui.screens.board.screen import BoardScreen


class Plans:
    """Opens them, and takes up what was chosen there.

    Attributes:
        drawn: is published whenever the board has been drawn anew.
    """

    def __init__(self, board: BoardScreen) -> None:
        self._board = board
        self.drawn: Signal[None] = Signal(board, "drawn")

    def open_bays(self, _rest: str = "") -> None:
        """Opens the bays of the day that is shown, at the highlighted exchange or at now."""
        board = self._board
        marked = board.highlighted
        bays = board.scene.station.bays
        spot = Spot(bays[0].code if bays else None, board.scene.now)
        if marked is not None:
            spot = Spot(marked.bay, marked.starts_at, marked.ref)
        sheet = BaySheet(lambda: Shown(board.shown, board.scene), self.drawn, spot)
        board.open_sheet(sheet, self._take_spot)

    def _take_spot(self, spot: Spot | None) -> None:
        if spot is None:
            return
        board = self._board
        exchange = board.find_ref(spot.ref)
        if exchange is not None:
            board.clear_field()
            board.table.go_to(Key(exchange.ref))
            if board.highlighted != exchange and not board.unfolded:
                board.toggle_fold()
            board.clerk.open_acts(exchange, None)
        elif spot.ref is None:
            board.clerk.bookings.book_at(Place(spot.bay or "", spot.at))

    def open_week(self, _rest: str = "") -> None:
        """Opens the week of the day that is shown."""
        board = self._board
        sheet = WeekSheet(board.day, lambda: board.scene, board.fetch_week, self.drawn)
        board.open_sheet(sheet, self._take_day)

    def _take_day(self, day: date | None) -> None:
        if day is not None:
            self._board.clear_field()
            self._board.show_day(day)
