"""The bays of a day as a grid: who has which and when, and where there is room."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.signal import Signal
from textual.widgets import Static

from desk.domain.views import Board
from desk.i18n import _
from desk.tui.paint import content
from desk.tui.present import Piece, Scene, Tone, bay_name, short_day
from desk.tui.present.bay_grid import QUARTER, BayGrid, Block, Spot, bay_grid
from desk.tui.screens.sheet import Sheet
from desk.tui.widgets.bay_grid_view import BayGridView
from desk.tui.widgets.words import Words
from desk.wording import clock_time


class Shown(NamedTuple):
    """What the board shows, and when."""

    board: Board
    scene: Scene


class BaySheet(Sheet[Spot]):
    """Shows the day of the board; ends with what Enter was pressed on.

    Args:
        look: returns what the board shows now.
        drawn: is published when that has changed.
        spot: where the cursor begins.
    """

    CSS_PATH = "bay_sheet.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("left", "aside(-1)", show=False),
        Binding("right", "aside(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    view = query_one(BayGridView)

    def __init__(self, look: Callable[[], Shown], drawn: Signal[None], spot: Spot) -> None:
        super().__init__()
        self._look = look
        self._changed = drawn
        self._start = spot
        self._refused: Spot | None = None
        self._grid = self._grid_now()

    def _grid_now(self) -> BayGrid:
        shown = self._look()
        return bay_grid(shown.board, shown.scene)

    def compose(self) -> ComposeResult:
        """Lays the grid over what is said of the marked place."""
        with Vertical(classes="sheet page"):
            yield Static(self._title(), classes="sheet-title")
            yield BayGridView(self._grid, self._start)
            yield Words("", id="pointed", markup=False)
            yield Words("", classes="answer", markup=False)
            keys = _("↑ ↓ time · ← → bay · Enter opens it, or books a free time · Esc goes back")
            yield Static(Content(keys), classes="sheet-keys")

    def on_mount(self) -> None:
        """Follows the board from now on."""
        self._changed.subscribe(self, self._follow)
        self._tell()

    def _follow(self, _nothing: None) -> None:
        if not self.is_current:
            return
        self._grid = self._grid_now()
        self.query_one(".sheet-title", Static).update(self._title())
        self.view.show(self._grid)

    def _title(self) -> Content:
        day = self._look().board.day
        return Content(_("Bays · {day}").format(day=f"{short_day(day)} {day.year}"))

    # What is said of the marked place

    @on(BayGridView.Moved)
    def _tell(self) -> None:
        spot = self.view.spot
        block = self._grid.block(spot)
        told = Content(self._told_free(spot)) if block is None else self._told(block)
        self.query_one("#pointed", Words).update(told)
        self.say(self._answer(spot, block))

    def _answer(self, spot: Spot, block: Block | None) -> str:
        if spot == self._refused:
            return _("That time has passed. F6 on the board takes in who walked in.")
        if block is not None:
            return self._trouble(block)
        return "" if self._grid.blocks else _("Nothing is booked on this day.")

    def _told(self, block: Block) -> Content:
        sign = f" {self._grid.glyphs.separator} "
        span = "–".join(block.span)
        where = bay_name(self._look().scene.station, block.spot.bay)
        return content(
            (
                Piece(block.ref, Tone.ACCENT),
                Piece(f"  {span}{sign}{where}{sign}"),
                block.state.piece,
                Piece(f"{sign}{block.what}", Tone.DIM),
            )
        )

    def _trouble(self, block: Block) -> str:
        where = bay_name(self._look().scene.station, block.spot.bay)
        if block.user:
            return _("{bay} busy: {ref} is still in it.").format(bay=where, ref=block.user)
        if block.clash:
            words = _("{ref} has {bay} at the same time, or too soon before or after.")
            return words.format(ref=block.clash, bay=where)
        return ""

    def _told_free(self, spot: Spot) -> str:
        scene = self._look().scene
        cell = self._grid.cell(*self._grid.place(spot))
        until = self._grid.free_until(spot)
        words = _("{place}: free")
        if self._is_over(spot):
            words = _("{place}: that time has passed")
        elif cell.closed:
            words = _("{place}: not open then")
        elif cell.buffer:
            words = _("{place}: kept free after the exchange before")
        elif until:
            words = _("{place}: free to {time}")
        place = _("{bay} at {time}").format(
            bay=bay_name(scene.station, spot.bay), time=clock_time(spot.at, scene.zone)
        )
        return words.format(place=place, time=until)

    def _is_over(self, spot: Spot) -> bool:
        return spot.at + QUARTER <= self._look().scene.now

    # Keys

    def action_move(self, steps: int) -> None:
        """Moves the cursor in its bay."""
        self.view.move(steps)

    def action_aside(self, steps: int) -> None:
        """Moves the cursor to another bay."""
        self.view.aside(steps)

    def action_page(self, pages: int) -> None:
        """Moves the cursor by screens."""
        self.view.page(pages)

    @on(BayGridView.Pressed)
    def action_enter(self) -> None:
        """Ends with the marked place; a time that has passed cannot be booked."""
        spot = self.view.spot
        if spot.ref is None and self._is_over(spot):
            self._refused = spot
            self._tell()
        else:
            self.dismiss(spot)
