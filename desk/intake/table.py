"""From text to the records of a table: rows, cells and the places where they stand.

Whatever cannot be read without guessing is refused, with the line on which it stands. Lines are
counted as an editor counts them: the header is row 1, and a record that a quoted line break
stretches over two lines is known by its first.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from desk.intake.encoding import ENCODINGS, UNDECODED
from desk.intake.problems import Problem, ProblemError
from desk.intake.read import Document, Limits
from desk.text import fold

COMMA = ","
DELIMITERS = MappingProxyType({COMMA: "comma", ";": "semicolon", "\t": "tab", "|": "pipe"})
"""What may stand between two cells, with the words for it; the likelier ones come first."""

_ROWS_COMPARED = 50


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


def table_records(document: Document, delimiter: str) -> Iterator[Record]:
    """Yields the header of a table as the first record, then the others.

    Blank lines, and lines of empty cells, are skipped.

    Raises:
        ProblemError: an open quote, a stray line break, an endless cell. What follows such a
            place cannot be trusted, so it is raised, with its row, and the file is refused as a
            whole. So is one whose header cannot be decoded, because then its columns are unknown.
    """
    reader = csv.reader(document.lines(), delimiter=delimiter, strict=True)
    header: Header | None = None
    while True:
        row = reader.line_num + 1
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error:
            raise _Misread(document, delimiter, header).problem(row) from None
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            _refuse_undecoded(cells, row, None, document.encoding)
            header = Header.of(cells)
        yield Record(row, header, cells)


def first_record(document: Document, delimiter: str) -> Record:
    """Returns the header.

    Raises:
        ProblemError: there is none, or it cannot be read.
    """
    first = next(table_records(document, delimiter), None)
    if first is None:
        raise ProblemError(Problem.EMPTY_FILE)
    return first


def delimiter_of(document: Document, knows: Callable[[Header], bool]) -> str:
    """Returns what stands between the cells of a table.

    It is the one under which the header is a known one; else the one that takes the first rows
    apart into as many cells as the header has, and more than one.

    Args:
        document: the table.
        knows: whether a header is that of a format or a mapping.
    """
    for delimiter in DELIMITERS:
        header = _header(document, delimiter)
        if header is not None and knows(header):
            return delimiter
    return max(DELIMITERS, key=lambda delimiter: _evenness(document, delimiter))


def _header(document: Document, delimiter: str) -> Header | None:
    try:
        return first_record(document, delimiter).header
    except ProblemError:
        return None


def _evenness(document: Document, delimiter: str) -> tuple[float, int]:
    """Returns the share of rows that are as wide as the header, and how wide that is."""
    records = csv.reader(document.lines(), delimiter=delimiter)
    try:
        widths = [len(record) for record in islice(filter(any, records), _ROWS_COMPARED)]
    except csv.Error:
        widths = []
    if not widths or widths[0] == 1:
        return 0.0, 0
    return widths.count(widths[0]) / len(widths), widths[0]


def _refuse_undecoded(cells: Sequence[str], row: int, header: Header | None, encoding: str) -> None:
    for column, cell in enumerate(cells):
        if UNDECODED.search(cell):
            field = _column(header, column)
            raise ProblemError(Problem.UNDECODED, field, row, encoding=ENCODINGS[encoding])


def _column(header: Header | None, position: int) -> str | None:
    if header is None or position >= len(header.names):
        return None
    return header.names[position] or None


@lru_cache(maxsize=len(DELIMITERS))
def _cell_patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Returns what a quoted and what a bare cell look like."""
    sign = re.escape(delimiter)
    quoted = rf'"[^"]*+(?:""[^"]*+)*+"(?=[{sign}\r\n]|\Z)'
    return re.compile(quoted), re.compile(rf"[^{sign}\r\n]*+")


@dataclass(frozen=True, slots=True)
class _Misread:
    """A table in which the csv module stumbled, though it does not say over what."""

    document: Document
    delimiter: str
    header: Header | None

    def problem(self, row: int) -> ProblemError:
        """Returns what is wrong with the record that starts on that line.

        The record is taken apart once more, cell by cell, to the one that could not be read.
        """
        text = "".join(islice(self.document.lines(), row - 1, None))
        position = column = 0
        while True:
            field = _column(self.header, column)
            line = row + text.count(self.document.line_end, 0, position)
            quoted, bare = _cell_patterns(self.delimiter)
            found = (quoted if text.startswith('"', position) else bare).match(text, position)
            if found is None:
                return ProblemError(Problem.OPEN_QUOTE, field, line)
            if len(found[0]) > csv.field_size_limit():
                limit = csv.field_size_limit()
                return ProblemError(Problem.CELL_TOO_LONG, field, line, limit=limit)
            if not text.startswith(self.delimiter, found.end()):
                return ProblemError(Problem.STRAY_BREAK, field, line)
            position = found.end() + 1
            column += 1


def _is_plain(text: str) -> bool:
    return text.isascii() and "\0" not in text


def check_shape(record: Record, limits: Limits, encoding: str) -> None:
    """Checks that every cell of a record stands under its column and is of a bearable length.

    Raises:
        ProblemError: surplus or missing cells, bytes that cannot be decoded, a zero byte, a cell
            that is too long.
    """
    columns = len(record.header.names)
    whole = "".join(record.cells)
    if len(record.cells) == columns and len(whole) <= limits.cell and _is_plain(whole):
        return
    _refuse_undecoded(record.cells, record.row, record.header, encoding)
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
