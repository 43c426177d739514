"""The grid of a day's bays, drawn line by line, with a cursor that is kept by reference."""

from __future__ import annotations

from itertools import zip_longest
from typing import NamedTuple

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from desk.tui.present import Line
from desk.tui.present.bay_grid import BayGrid, Spot
from desk.tui.widgets.bay_grid_layout import (
    TIME_CELLS,
    GridColumns,
    cell_line,
    grid_columns,
    header,
    is_pointed,
    now_line,
    time_cell,
)
from desk.tui.widgets.painted import strip
from desk.tui.widgets.themed import Themed

_HEADER_LINES = 1


class _Part(NamedTuple):
    """Some cells of a line."""

    line: Line
    cells: int
    pointed: bool = False


class BayGridView(ScrollView, Themed, can_focus=False):
    """Shows a day's bays; the header stays, and columns without room scroll sideways."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    BayGridView {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-color: $tone-rule;
        scrollbar-background: $surface;
    }
    """

    class Moved(Message):
        """The cursor points at something else, or at what has changed."""

    class Pressed(Message):
        """What the cursor points at was clicked."""

    def __init__(self, grid: BayGrid, spot: Spot) -> None:
        super().__init__()
        self._grid = grid
        self._spot = grid.nearest(spot)
        self._row = grid.place(self._spot)[1]
        self._columns = GridColumns(0, len(grid.columns), 1)
        self._drawn: list[tuple[_Part, ...]] = []
        self._seen = False

    @property
    def spot(self) -> Spot:
        """What the cursor points at."""
        return self._spot

    def show(self, grid: BayGrid) -> None:
        """Shows the day as it is now; the cursor stays on its exchange, or at its time."""
        self._grid = grid
        self._point(grid.nearest(self._spot))
        self._lay_out()

    # Moving

    def move(self, steps: int) -> None:
        """Moves the cursor down a bay, from exchange to exchange and over free quarters."""
        self._point(self._grid.down(self._spot, steps))
        self._row = self._grid.place(self._spot)[1]
        self._bring_into_view()

    def page(self, pages: int) -> None:
        """Moves the cursor by so many screenfuls."""
        rows = max(self.size.height - _HEADER_LINES - 1, 1)
        column, row = self._grid.place(self._spot)
        self._go_to(column, row + pages * rows)

    def aside(self, steps: int) -> None:
        """Moves the cursor to another bay at the same time."""
        column, _row = self._grid.place(self._spot)
        column = min(max(column + steps, 0), len(self._grid.columns) - 1)
        self._point(self._grid.spot_at(column, min(self._row, len(self._grid.rows) - 1)))
        self._lay_out()
        self._bring_into_view()

    def _go_to(self, column: int, row: int) -> None:
        self._row = min(max(row, 0), len(self._grid.rows) - 1)
        self._point(self._grid.spot_at(column, self._row))
        self._lay_out()
        self._bring_into_view()

    def _point(self, spot: Spot) -> None:
        self._spot = spot
        self.post_message(self.Moved())
        self._redraw()

    # Scrolling

    def _bring_into_view(self) -> None:
        """Scrolls as little as needed, so that one more line shows on each side."""
        body = self.size.height - _HEADER_LINES
        line = self._line_of(self._grid.place(self._spot)[1])
        top = round(self.scroll_y)
        wanted = min(max(top, line - body + 2), max(line - 1, 0))
        if wanted != top and body > 0:
            self.scroll_to(y=wanted, animate=False)

    def _line_of(self, row: int) -> int:
        """Returns where a row stands among the rows and the now-line."""
        now = self._grid.now
        return row + (now is not None and row > now)

    def _row_at(self, line: int) -> int | None:
        """Returns the row of a line, or None for the now-line."""
        now = self._grid.now
        if now is None or line <= now:
            return line
        return None if line == now + 1 else line - 1

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draws the rows that have come into view."""
        super().watch_scroll_y(old_value, new_value)
        self._redraw()

    # Drawing

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if not width:
            return
        total = len(self._grid.columns)
        pointed = self._grid.place(self._spot)[0]
        self._columns = grid_columns(total, width, pointed, self._columns.first)
        lines = len(self._grid.rows) + (self._grid.now is not None) + _HEADER_LINES
        if self.virtual_size != Size(0, lines):
            self.virtual_size = Size(0, lines)
        self._redraw()

    def _redraw(self) -> None:
        """Refreshes the visible lines that differ from what stands there."""
        before, self._drawn = self._drawn, [self._parts(y) for y in range(self.size.height)]
        changed = [
            Region(0, y, self.size.width, 1)
            for y, (old, new) in enumerate(zip_longest(before, self._drawn))
            if old != new
        ]
        if changed:
            self.refresh(*changed)

    def _parts(self, y: int) -> tuple[_Part, ...]:
        """Returns what stands on a visible line."""
        grid, at = self._grid, self._columns
        widths = (TIME_CELLS, *(at.cells for _column in at.indices))
        if y < _HEADER_LINES:
            lines = header(grid, at, grid.place(self._spot)[0])
            return tuple(_Part(*each) for each in zip(lines, widths, strict=True))
        row = self._row_at(y - _HEADER_LINES + round(self.scroll_y))
        if row is None:
            return (_Part(now_line(grid, sum(widths)), sum(widths)),)
        if row >= len(grid.rows):
            return ()
        cells = (
            _Part(
                cell_line(grid, column, row, self._spot, at.cells - 1),
                at.cells,
                is_pointed(grid, column, row, self._spot),
            )
            for column in at.indices
        )
        return (_Part(time_cell(grid, row), TIME_CELLS), *cells)

    def render_line(self, y: int) -> Strip:
        """Returns one visible line."""
        plain = self.rich_style
        pointed = plain + self.palette.cursor
        parts = self._drawn[y] if y < len(self._drawn) else ()
        strips = [
            strip(one.line, self.palette, one.cells, pointed if one.pointed else plain)
            for one in parts
        ]
        return Strip.join(strips).adjust_cell_length(self.size.width, plain)

    # What happens to it

    def on_resize(self, _event: events.Resize) -> None:
        """Lays out for the new size."""
        self._drawn = []
        self._lay_out()
        # How far one can scroll is known only once it is laid out.
        self.call_after_refresh(self._bring_into_view if self._seen else self._begin)

    def _begin(self) -> None:
        """Shows more of what comes after the cursor than of what was before."""
        self._seen = True
        line = self._line_of(self._grid.place(self._spot)[1])
        self.scroll_to(y=max(line - self.size.height // 3, 0), animate=False)

    def on_click(self, event: events.Click) -> None:
        """Points at what is clicked, and presses it where the cursor is already."""
        row = self._row_at(event.y - _HEADER_LINES + round(self.scroll_y))
        column = self._columns.first + (event.x - TIME_CELLS) // self._columns.cells
        if row is None or event.y < _HEADER_LINES or column not in self._columns.indices:
            return
        if row < len(self._grid.rows):
            before = self._spot
            self._go_to(column, row)
            if self._spot == before:
                self.post_message(self.Pressed())
