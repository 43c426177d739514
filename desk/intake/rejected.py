"""The rejected rows of a file as a table, each with its reason, to be mended in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from desk.domain.drafts import Rejection
from desk.domain.reading import Overrules
from desk.i18n import _
from desk.intake.formats import calendar_rows, is_calendar
from desk.intake.opening import open_table
from desk.intake.problems import ProblemError
from desk.intake.read import Document, file_name, read_document
from desk.intake.table import first_record
from desk.intake.terms import Terms
from desk.text import clean

Row = tuple[str, ...]


def rejected_table(
    path: Path, rejections: Iterable[Rejection], terms: Terms, said: Overrules
) -> tuple[Row, ...]:
    """Returns the header and the rejected rows of a file, as they stand in it.

    The last column holds the reason and the remedy, and is empty nowhere. Cells are cleaned, but
    not made safe for a spreadsheet: that is the writer's. A file that is refused as a whole, or
    that has changed so much that it cannot be read any more, has no rows.

    Args:
        path: the booking file.
        rejections: those of a plan; the ones of other files do not count.
        terms: what the station has set.
        said: what the officer said about this file.

    Raises:
        BookingFileError: it is not there or cannot be read.
    """
    name = file_name(path)
    reasons = {
        each.row: f"{each.reason} {each.remedy}"
        for each in rejections
        if each.file == name and each.row is not None
    }
    try:
        document = read_document(path, terms.limits, said.encoding)
        rows = calendar_rows(document) if is_calendar(document) else _table(document, terms, said)
        (_first, header), *rejected = (
            (row, cells) for row, cells in rows if row in reasons or row == 0
        )
    except ProblemError:
        return ()
    width = max(map(len, (header, *(cells for _row, cells in rejected))))
    return (
        (*_padded(header, width), _("Reason")),
        *((*_padded(cells, width), reasons[row]) for row, cells in rejected),
    )


def _table(document: Document, terms: Terms, said: Overrules) -> Iterator[tuple[int, Row]]:
    """Yields the header as row 0, then every record."""
    table = open_table(document, terms, said)
    yield 0, first_record(table.document, table.file.delimiter).header.names
    for record in table.file.records(table.document):
        yield record.row, record.cells


def _padded(cells: Row, width: int) -> Row:
    return (*(clean(cell, 32_000) for cell in cells), *[""] * (width - len(cells)))
