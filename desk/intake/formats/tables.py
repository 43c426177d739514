"""Booking files that are tables: a header, and one booking in each record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from desk.intake.problems import Problem, ProblemError
from desk.intake.raw import RawDraft
from desk.intake.read import Document, Limits
from desk.intake.table import Cell, Header, Record, check_shape, table_records


@dataclass(frozen=True, slots=True)
class TableFormat:
    """One kind of table: how it is recognised, and what its records mean.

    Attributes:
        source: the stable word that is stored with each exchange.
        title: what an officer knows it by.
        needs: the columns, folded, without which it cannot be read.
        draft: takes one record apart; raises ``ProblemError`` where it cannot.
        days: the columns, folded, that begin with a day.
        zone: the column, folded, that names a zone beside the times; it is asked about, not used.
        known_by: whether a header is this format's; None where its columns tell.
    """

    source: str
    title: str
    needs: frozenset[str]
    draft: Callable[[Record], RawDraft]
    days: tuple[str, ...]
    zone: str = ""
    known_by: Callable[[Header], bool] | None = None

    def recognises(self, header: Header) -> bool:
        """Tells whether a header is this format's."""
        if self.known_by is not None:
            return self.known_by(header)
        return header.positions.keys() >= self.needs

    def check(self, header: Header) -> None:
        """Checks that a file can be read so, whether or not it is recognised.

        Raises:
            ProblemError: a column is missing.
        """
        missing = sorted(self.needs - header.positions.keys())
        if missing:
            columns = ", ".join(missing)
            raise ProblemError(Problem.MISSING_COLUMNS, title=self.title, columns=columns)


@dataclass(frozen=True, slots=True)
class TableFile:
    """How one table is taken apart."""

    format: TableFormat
    delimiter: str
    limits: Limits

    def records(self, document: Document) -> Iterator[Record]:
        """Yields the records behind the header.

        Raises:
            ProblemError: the table cannot be taken apart from some place on.
        """
        return islice(table_records(document, self.delimiter), 1, None)

    def rows(self, document: Document) -> Iterator[tuple[int, RawDraft | ProblemError]]:
        """Yields each booking, or what is wrong with it, with the line on which it starts.

        Raises:
            ProblemError: the table cannot be taken apart from some place on.
        """
        for record in self.records(document):
            try:
                check_shape(record, self.limits, document.encoding)
                yield record.row, self.format.draft(record)
            except ProblemError as problem:
                yield record.row, problem


def first_of(*cells: Cell) -> Cell:
    """Returns the first cell that is not empty, else the first."""
    return next((cell for cell in cells if cell.text), cells[0])


def joined(*cells: Cell) -> Cell:
    """Returns the words of several cells as one, such as a first and a last name."""
    text = " ".join(cell.text for cell in cells if cell.text)
    return Cell(next((cell.field for cell in cells if cell.field), None), text)
