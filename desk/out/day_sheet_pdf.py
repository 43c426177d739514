"""The sheet of a day as pages to be printed: as large as the day allows, in lines to be filled in.

Forty exchanges fit one page. A longer day is printed smaller, and then on several pages, but never
so small that it cannot be read on a wall.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from pendulum import DateTime

from desk.i18n import _
from desk.out.day_sheet import DaySheet, SheetParty, SheetRow, heads, how_to_use, title
from desk.out.pdf import PageStyle, Pdf, lacking, new_pdf

_MARGIN = 7.0
_HEAD = 12.0
"""For the title and the column heads, and as follows for what stands at the bottom."""
_FOOT = 4.0
_TALLEST, _LOWEST = 9.0, 3.8
"""Millimetres that a line has at the most and at the least."""
_SPARE = 4
"""Lines at the least that are left for walk-ins; every page is filled up with more."""

_LETTERS = 0.62
"""Of a line's height, how large its letters are."""

_COLUMNS = (18.0, 13.0, 28.0, 36.0, 54.0, 20.0, 20.0, 54.0, 20.0, 20.0, 22.0)
"""How the width is shared out."""

_BLACK, _GRAY, _LIGHT = 0, 110, 190


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the lines of a page lie.

    Attributes:
        lefts: of each column.
        widths: likewise.
        lines: how many there are on a page.
        height: of one.
    """

    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    lines: int
    height: float

    def top(self, number: int) -> float:
        """Returns where a line of the page begins."""
        return _MARGIN + _HEAD + number * self.height


def day_sheet_pdf(sheet: DaySheet, now: DateTime, style: PageStyle) -> bytes:
    """Returns the sheet as a PDF.

    Raises:
        DeskError: a font of the station's cannot be used.
    """
    with new_pdf(title(sheet), now, replace(style, landscape=True)) as pdf:
        grid = _grid(pdf.width, pdf.height, len(sheet.rows))
        pages = max(1, ceil((len(sheet.rows) + _SPARE) / grid.lines))
        for number in range(pages):
            rows = sheet.rows[number * grid.lines : (number + 1) * grid.lines]
            pdf.page()
            _draw_head(pdf, sheet, grid)
            _draw_rows(pdf, rows, grid)
            _draw_foot(pdf, number + 1, pages)
        return pdf.content()


def _grid(width: float, height: float, rows: int) -> _Grid:
    room = height - 2 * _MARGIN - _HEAD - _FOOT
    needed = rows + _SPARE
    pages = ceil(needed / int(room / _LOWEST))
    tall = min(_TALLEST, room / ceil(needed / pages))
    # A hair is added, because as many lines as were divided by must come out again.
    lines = int(room / tall + 1e-6)
    share = (width - 2 * _MARGIN) / sum(_COLUMNS)
    widths = tuple(each * share for each in _COLUMNS)
    lefts = tuple(_MARGIN + sum(widths[:place]) for place in range(len(widths)))
    return _Grid(lefts, widths, lines, tall)


def _draw_head(pdf: Pdf, sheet: DaySheet, grid: _Grid) -> None:
    wide = pdf.width - 2 * _MARGIN
    pdf.gray(_BLACK)
    pdf.write(title(sheet), (_MARGIN, _MARGIN), (wide * 0.5, 7), 5.2, bold=True)
    pdf.gray(_GRAY)
    pdf.write(how_to_use(sheet), (_MARGIN + wide * 0.51, _MARGIN), (wide * 0.49, 7), 2.9)
    for words, left, column in zip(heads(), grid.lefts, grid.widths, strict=True):
        pdf.write(words, (left + 1, _MARGIN + 7.5), (column - 1, 4), 2.9)
    _draw_rule(pdf, grid.top(0))


def _draw_rule(pdf: Pdf, top: float) -> None:
    pdf.line((_MARGIN, top), (pdf.width - _MARGIN, top))


def _draw_rows(pdf: Pdf, rows: Sequence[SheetRow], grid: _Grid) -> None:
    nobody = SheetParty("")
    for number in range(grid.lines):
        row = rows[number] if number < len(rows) else SheetRow("", "", "", "", nobody, nobody)
        pdf.gray(_GRAY if row.remark else _BLACK)
        _draw_row(pdf, row, grid, grid.top(number))
        pdf.gray(_LIGHT)
        _draw_rule(pdf, grid.top(number + 1))


def _draw_row(pdf: Pdf, row: SheetRow, grid: _Grid, top: float) -> None:
    large, small = grid.height * _LETTERS, grid.height * _LETTERS * 0.8
    words = (
        (0, row.time, large, True),
        (1, row.bay, large, True),
        (2, row.ref, large, False),
        (3, row.item, small, False),
        (4, row.giver.who, large, True),
        (7, row.receiver.who, large, True),
        (10, row.remark, small, False),
    )
    for column, said, size, bold in words:
        place = (grid.lefts[column] + 1, top)
        pdf.write(said, place, (grid.widths[column] - 2, grid.height), size, bold=bold)
    ticks = (row.giver.arrived, row.giver.left, row.receiver.arrived, row.receiver.left)
    for column, when in zip((5, 6, 8, 9), ticks, strict=True):
        _draw_tick(pdf, when, (grid.lefts[column], top), grid)


def _draw_tick(pdf: Pdf, when: str | None, place: tuple[float, float], grid: _Grid) -> None:
    left, top = place
    side = min(grid.height * 0.55, 4.0)
    upper = top + (grid.height - side) / 2
    pdf.box((left, upper), side)
    if when is None:
        return
    pdf.line((left, upper), (left + side, upper + side))
    pdf.line((left, upper + side), (left + side, upper))
    room = (grid.widths[5] - side - 2, grid.height)
    pdf.write(when, (left + side + 1, top), room, grid.height * _LETTERS * 0.9)


def _draw_foot(pdf: Pdf, page: int, pages: int) -> None:
    top = pdf.height - _MARGIN - _FOOT + 0.5
    wide = pdf.width - 2 * _MARGIN
    pdf.gray(_GRAY)
    if pages > 1:
        told = _("Page {page} of {pages}").format(page=page, pages=pages)
        pdf.write(told, (_MARGIN, top), (wide * 0.2, _FOOT), 2.9)
    if pdf.lacks:
        told = lacking(_("the sheet as text"))
        pdf.write(told, (_MARGIN + wide * 0.25, top), (wide * 0.75, _FOOT), 2.9)
