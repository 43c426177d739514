"""From text to the records of a table: rows, cells and the places where they stand.

Whatever cannot be read without guessing is refused, with the line on which it stands. Lines are
counted as an editor counts them: the header is row 1, and a record that a quoted line break
stretches over two lines is known by its first.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from types import MappingProxyType

from desk.intake.problems import Problem, ProblemError
from desk.intake.read import Document, Limits
from desk.text import fold

_UNDECODED = range(0xDC80, 0xDD00)
"""Where ``surrogateescape`` puts a byte that is not UTF-8; true UTF-8 never decodes to these."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as it stands in the file, with the column's name as the file spells it."""

    field: str | None
    text: str


NOTHING = Cell(None, "")
"""What a file does not say."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table; formats look them up folded, so that case and spaces do not count."""

    names: tuple[str, ...]
    positions: Mapping[str, int]

    @classmethod
    def of(cls, names: Iterable[str]) -> Header:
        """Returns the header with those names; of two with the same name the first counts."""
        spelled = tuple(names)
        folded = [fold(name) for name in spelled]
        positions = {name: folded.index(name) for name in folded if name}
        return cls(tuple(name.strip() for name in spelled), MappingProxyType(positions))


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a table.

    Attributes:
        row: the physical line on which it starts, from 1.
    """

    row: int
    header: Header
    cells: tuple[str, ...]

    def cell(self, column: str) -> Cell:
        """Returns the cell in that column, named folded; ``NOTHING`` where there is none."""
        position = self.header.positions.get(column)
        if position is None or position >= len(self.cells):
            return NOTHING
        return Cell(self.header.names[position], self.cells[position].strip())


def csv_records(document: Document) -> Iterator[Record]:
    """Yields the header of comma-separated text as the first record, then the others.

    Blank lines, and lines of empty cells, are skipped.

    Raises:
        ProblemError: an open quote, a stray line break, an endless cell. What follows such a
            place cannot be trusted, so it is raised, with its row, and the file is refused as a
            whole. So is one whose header is not UTF-8, because then its columns are not known.
    """
    reader = csv.reader(_lines(document.text), strict=True)
    header: Header | None = None
    while True:
        row = reader.line_num + 1
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error:
            raise _misread(document.text, row, header) from None
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            _refuse_undecoded(cells, row)
            header = Header.of(cells)
        yield Record(row, header, cells)


def _lines(text: str) -> StringIO:
    return StringIO(text, newline=_line_end(text))


def _line_end(text: str) -> str:
    # A carriage return ends a line only where nothing else does, as old spreadsheets write it;
    # elsewhere it is a character of a cell.
    return "\n" if "\n" in text else "\r"


def _refuse_undecoded(cells: Sequence[str], row: int, header: Header | None = None) -> None:
    for column, cell in enumerate(cells):
        if not cell.isascii() and any(ord(character) in _UNDECODED for character in cell):
            raise ProblemError(Problem.NOT_UTF8, _column(header, column), row)


def _column(header: Header | None, position: int) -> str | None:
    if header is None or position >= len(header.names):
        return None
    return header.names[position] or None


_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"(?=[,\r\n]|\Z)')
_BARE = re.compile(r"[^,\r\n]*+")


def _misread(text: str, row: int, header: Header | None) -> ProblemError:
    """Returns what the csv module stumbled over in the record that starts on that line.

    The module says only that it stumbled, so the record is taken apart once more, cell by cell,
    to the one that it could not have read.
    """
    start = position = sum(map(len, islice(_lines(text), row - 1)))
    column = 0
    while True:
        field = _column(header, column)
        line = row + text.count(_line_end(text), start, position)
        quoted = text.startswith('"', position)
        found = (_QUOTED if quoted else _BARE).match(text, position)
        if found is None:
            return ProblemError(Problem.OPEN_QUOTE, field, line)
        if len(found[0]) > csv.field_size_limit():
            limit = csv.field_size_limit()
            return ProblemError(Problem.CELL_TOO_LONG, field, line, limit=limit)
        if not text.startswith(",", found.end()):
            return ProblemError(Problem.STRAY_BREAK, field, line)
        position = found.end() + 1
        column += 1


def check_shape(record: Record, limits: Limits) -> None:
    """Checks that every cell of a record stands under its column and is of a bearable length.

    Raises:
        ProblemError: surplus or missing cells, bytes that are not UTF-8, a zero byte, a cell that
            is too long.
    """
    _refuse_undecoded(record.cells, record.row, record.header)
    columns = len(record.header.names)
    if len(record.cells) != columns:
        surplus = len(record.cells) > columns
        problem = Problem.SURPLUS_CELLS if surplus else Problem.MISSING_CELLS
        raise ProblemError(problem, count=len(record.cells), columns=columns)
    for column, cell in enumerate(record.cells):
        field = _column(record.header, column)
        if "\0" in cell:
            raise ProblemError(Problem.NUL_BYTE, field)
        if len(cell) > limits.cell:
            raise ProblemError(Problem.CELL_TOO_LONG, field, limit=limits.cell)
