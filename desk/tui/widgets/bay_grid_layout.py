"""How the grid of bays is laid out in a width: which columns fit, and what stands in a cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desk import text
from desk.i18n import _
from desk.tui.present import Line, Piece, Tone, fitted
from desk.tui.present.bay_grid import BayGrid, Block, Cell, Spot

TIME_CELLS = 7
_LEAST_CELLS = 11
_MOST_CELLS = 36


@dataclass(frozen=True, slots=True)
class GridColumns:
    """Which columns are in view.

    Attributes:
        first: the index of the first.
        count: how many there is room for.
        cells: the width of each, with the gap behind it.
    """

    first: int
    count: int
    cells: int

    @property
    def indices(self) -> range:
        """The indices of those that are in view."""
        return range(self.first, self.first + self.count)


def grid_columns(total: int, width: int, pointed: int, first: int) -> GridColumns:
    """Returns the columns that are in view, with the pointed one among them.

    Args:
        total: how many columns there are.
        width: in cells.
        pointed: the index of the column under the cursor.
        first: the one that was in view first; it stays so as long as it can.
    """
    room = max(width - TIME_CELLS, _LEAST_CELLS)
    count = min(total, room // _LEAST_CELLS)
    first = min(max(first, pointed - count + 1), pointed, total - count)
    return GridColumns(first, count, min(room // count, _MOST_CELLS))


def header(grid: BayGrid, at: GridColumns, pointed: int) -> Iterator[Line]:
    """Yields what stands over the times, and then over each column in view."""
    before, after = at.first > 0, at.first + at.count < len(grid.columns)
    span = f"{at.first + 1}-{at.first + at.count}"
    seen = f"{'←' * before}{span}{'→' * after}" if before or after else _("Time")
    yield (Piece(f" {text.fit(seen, TIME_CELLS - 1)}", Tone.DIM),)
    for index in at.indices:
        tone = Tone.ACCENT if index == pointed else Tone.DIM
        yield (Piece(f" {text.fit(grid.columns[index].name, at.cells - 1)}", tone),)


def time_cell(grid: BayGrid, row: int) -> Line:
    """Returns the time of a row; whole hours stand out, and what is over steps back."""
    whole = grid.times[row].endswith(":00") and row >= grid.past
    return (Piece(f" {grid.times[row]} ", Tone.STRONG if whole else Tone.DIM),)


def now_line(grid: BayGrid, width: int) -> Line:
    """Returns the line between what is over and what is to come."""
    rule = grid.glyphs.rule * max(width - TIME_CELLS - 1, 0)
    return (Piece(f" {grid.now_time} ", Tone.ACCENT), Piece(rule, Tone.NOW_LINE))


def cell_line(grid: BayGrid, column: int, row: int, spot: Spot, cells: int) -> Line:
    """Returns what stands in a cell, in at most so many terminal cells.

    Args:
        grid: the day.
        column: the cell's.
        row: likewise.
        spot: where the cursor is.
        cells: the width, without the gap behind it.
    """
    cell = grid.cell(column, row)
    here = is_pointed(grid, column, row, spot)
    bar = Piece(grid.glyphs.cursor, Tone.ACCENT) if here else None
    if cell.heads:
        return _heads(cell, grid, spot, bar, cells)
    if cell.tail is not None:
        return _tail(cell.tail, row, bar or Piece(grid.glyphs.bar, cell.tail.state.tone), cells)
    return fitted((bar or Piece(" "), _free(cell, grid, here=here)), cells)


def is_pointed(grid: BayGrid, column: int, row: int, spot: Spot) -> bool:
    """Tells whether the cursor is on a cell, or on an exchange that reaches into it."""
    cell = grid.cell(column, row)
    block = grid.block(spot)
    if block is None:
        return grid.spot_at(column, row) == spot
    return block in cell.heads or block is cell.tail


def _free(cell: Cell, grid: BayGrid, *, here: bool) -> Piece:
    if cell.buffer:
        return Piece(_("buffer"), Tone.DIM)
    if cell.closed:
        return Piece(_("closed") if here else grid.glyphs.none, Tone.DIM)
    return Piece(_("free"), Tone.PLAIN) if here else Piece(grid.glyphs.upcoming, Tone.RULE)


def _heads(cell: Cell, grid: BayGrid, spot: Spot, bar: Piece | None, cells: int) -> Line:
    first, *others = cell.heads
    if not others:
        bar = bar or Piece(grid.glyphs.bar, first.state.tone)
        return fitted((bar, *_head(first, cells - 1)), cells)
    line: list[Piece] = [bar or Piece(grid.glyphs.bar, first.state.tone)]
    room = (cells - 1) // len(cell.heads)
    pointed = grid.block(spot)
    told = cell.heads
    if room < _SHORT_HEAD:
        # No room for all: the one under the cursor, and how many more there are.
        told = (pointed if pointed in cell.heads else first,)
    more = len(cell.heads) - len(told)
    for block in told:
        tone = Tone.ACCENT if block is pointed else _tone(block)
        line.append(Piece(f"{block.state.glyph}{block.ref}", tone))
        line.append(Piece(f"+{more}" if more else " ", Tone.STRONG))
    return fitted(line, cells)


_SHORT_HEAD = 8


def _head(block: Block, room: int) -> Iterator[Piece]:
    """Yields sign and reference, and the words of its state where there is room for all."""
    name = _name(block)
    words = f"{name} {block.state.words}"
    yield Piece(words if text.width(words) <= room else name, _tone(block))


def _name(block: Block) -> str:
    """Returns sign and reference; without colour a clash still has its own sign."""
    return f"{block.state.glyph} {block.ref}{'!' if block.clash else ''}"


def _tail(block: Block, row: int, bar: Piece, cells: int) -> Line:
    """Returns what a further row of an exchange says: what its first had no room for."""
    words = block.state.words
    said = text.width(f"{_name(block)} {words}") < cells
    lines: list[Piece] = []
    if block.clash:
        told = (_("clash {ref}").format(ref=block.clash), _("clash"))
        fits = next((each for each in told if text.width(each) < cells), told[-1])
        lines.append(Piece(fits, Tone.OVERDUE))
    if not said:
        lines.append(Piece(words, block.state.tone))
    lines.append(Piece(_("to {time}").format(time=block.span[1]), Tone.DIM))
    nth = row - block.begins - 1
    return fitted((bar, lines[nth]) if nth < len(lines) else (bar,), cells)


def _tone(block: Block) -> Tone:
    return Tone.OVERDUE if block.clash else block.state.tone
