"""Opening a table: its encoding, its delimiter, its header, and by which format it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from desk.domain.reading import Overrules
from desk.intake.formats import format_for, is_calendar, table_formats
from desk.intake.formats.tables import TableFile, TableFormat
from desk.intake.guess import guess_mapping
from desk.intake.maps import Fixed, SourceMap
from desk.intake.problems import Problem, ProblemError
from desk.intake.read import Document, file_name, read_document
from desk.intake.table import Header, Record, delimiter_of, first_record, table_records
from desk.intake.terms import Terms

_ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose format is known.

    Attributes:
        document: in the encoding that its mapping fixes, if it does.
        fixed: what its mapping says of how it is read.
    """

    document: Document
    file: TableFile
    fixed: Fixed


@dataclass(frozen=True, slots=True)
class Glimpse:
    """The beginning of a table, for an officer who says which column is what.

    Attributes:
        rows: the first records.
        proposed: a mapping without a name; None where nothing can be proposed.
    """

    file: str
    encoding: str
    delimiter: str
    header: Header
    rows: tuple[Record, ...]
    proposed: SourceMap | None


def open_table(document: Document, terms: Terms, said: Overrules) -> Table:
    """Returns a table, ready to be taken apart.

    Args:
        document: the table.
        terms: what the station has set.
        said: what the officer said about this file.

    Raises:
        ProblemError: its header cannot be read, or no format knows it.
    """
    formats = table_formats(terms.maps)
    chosen = terms.map_named(said.source)
    delimiter = said.delimiter or (chosen.fixed.delimiter if chosen else None)
    delimiter = delimiter or _delimiter(document, formats)
    header = first_record(document, delimiter).header
    found = format_for(header, formats, said.source)
    fixed = _fixed(terms.map_named(found.source))
    if said.encoding is None and fixed.encoding is not None:
        document = replace(document, encoding=fixed.encoding)
    return Table(document, TableFile(found, delimiter, terms.limits), fixed)


def _fixed(source_map: SourceMap | None) -> Fixed:
    return Fixed() if source_map is None else source_map.fixed


def _delimiter(document: Document, formats: Sequence[TableFormat]) -> str:
    return delimiter_of(document, lambda header: any(one.recognises(header) for one in formats))


def glimpse(path: Path, terms: Terms, said: Overrules) -> Glimpse:
    """Returns the beginning of a table of any kind, and what its columns may be.

    Args:
        path: the booking file.
        terms: what the station has set.
        said: what the officer said about this file; its mapping is what is being made.

    Raises:
        BookingFileError: it is not there, cannot be read, or is no table.
    """
    try:
        document = read_document(path, terms.limits, said.encoding)
        if is_calendar(document):
            raise ProblemError(Problem.UNKNOWN_FORMAT, text="BEGIN:VCALENDAR", known="CSV, TSV")
        delimiter = said.delimiter or _delimiter(document, table_formats(terms.maps))
        header, *rows = islice(table_records(document, delimiter), _ROWS_SHOWN + 1)
    except ProblemError as problem:
        raise problem.refusal() from None
    except ValueError:
        raise ProblemError(Problem.EMPTY_FILE).refusal() from None
    proposed = guess_mapping(header.header, rows)
    name = file_name(path)
    return Glimpse(name, document.encoding, delimiter, header.header, tuple(rows), proposed)
