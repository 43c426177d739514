"""What can be wrong with a booking file or a row: a stable code, the facts, and the sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from desk.domain.drafts import Rejection
from desk.i18n import _
from desk.text import clean

_CELL = 60
"""Characters of a cell or a column's name that a sentence repeats."""


class Problem(StrEnum):
    """Why a file or a row is refused; stable, for programs."""

    EMPTY_FILE = "empty_file"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    NOT_TEXT = "not_text"
    NOT_UTF8 = "not_utf8"
    OPEN_QUOTE = "open_quote"
    STRAY_BREAK = "stray_break"
    UNKNOWN_FORMAT = "unknown_format"
    CELL_TOO_LONG = "cell_too_long"
    NUL_BYTE = "nul_byte"
    SURPLUS_CELLS = "surplus_cells"
    MISSING_CELLS = "missing_cells"
    EMPTY_CELL = "empty_cell"
    NO_SUCH_DAY = "no_such_day"
    AMBIGUOUS_DAY = "ambiguous_day"
    NO_SUCH_TIME = "no_such_time"
    SKIPPED_TIME = "skipped_time"
    REPEATED_TIME = "repeated_time"
    NO_NAMES = "no_names"
    UNKNOWN_BAY = "unknown_bay"
    NOT_YES_OR_NO = "not_yes_or_no"
    CONTRADICTION = "contradiction"


class ProblemError(ValueError):
    """A file or a row cannot be taken.

    A ``ValueError``, so that pydantic carries it out of a validator.

    Attributes:
        problem: what is wrong.
        field: the column's name in the file, where it is one cell.
        row: the physical line, where the problem knows it better than the record does.
        facts: what the sentences repeat; ``text`` is what stands in the file.
    """

    def __init__(
        self,
        problem: Problem,
        field: str | None = None,
        row: int | None = None,
        **facts: str | int,
    ) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.field = field
        self.row = row
        self.facts = facts

    def rejection(self, file: str, row: int | None = None) -> Rejection:
        """Returns the problem as a person is told of it.

        Args:
            file: the file's name, cleaned.
            row: the line on which the record starts; None for the whole file.
        """
        reason, remedy = _SENTENCES[self.problem]()
        facts = {name: _shown(name, fact) for name, fact in self.facts.items()}
        return Rejection(
            file=file,
            row=self.row or row,
            field=None if self.field is None else clean(self.field, _CELL),
            code=self.problem.value,
            reason=reason.format(**facts),
            remedy=remedy.format(**facts),
        )


def _shown(name: str, fact: str | int) -> str:
    whole = clean(str(fact), 1000)
    return clean(whole, _CELL) + "…" if name == "text" and len(whole) > _CELL else whole


# Functions, so that the officer's language is asked for when the sentence is made.
_SENTENCES: Mapping[Problem, Callable[[], tuple[str, str]]] = {
    Problem.EMPTY_FILE: lambda: (
        _("The file is empty."),
        _("Export it again, or choose another file."),
    ),
    Problem.TOO_LARGE: lambda: (
        _("The file is larger than {limit} MiB."),
        _("Export fewer days at a time."),
    ),
    Problem.TOO_MANY_ROWS: lambda: (
        _("The file has more than {limit} rows."),
        _("Export fewer days at a time."),
    ),
    Problem.NOT_TEXT: lambda: (
        _("The file is not text; it may be a workbook, a picture or damaged."),
        _("Choose the CSV file that the booking tool exported; save a workbook as CSV UTF-8."),
    ),
    Problem.NOT_UTF8: lambda: (
        _("The file's text is not in UTF-8."),
        _("Open it in a spreadsheet and save it as CSV UTF-8."),
    ),
    Problem.OPEN_QUOTE: lambda: (
        _("A quotation mark is opened here and not closed where the cell ends."),
        _("Close it or remove it; inside a cell a quotation mark is written twice."),
    ),
    Problem.STRAY_BREAK: lambda: (
        _("A line break stands in a cell without quotation marks."),
        _("Remove it, or put the cell in quotation marks."),
    ),
    Problem.UNKNOWN_FORMAT: lambda: (
        _("The file does not begin like a booking file that desk knows: “{text}”."),
        _("Choose a file of one of these kinds: {known}."),
    ),
    Problem.CELL_TOO_LONG: lambda: (
        _("The cell is longer than {limit} characters."),
        _("Shorten it, or export the file again."),
    ),
    Problem.NUL_BYTE: lambda: (
        _("The cell holds a zero byte, which no text has."),
        _("Type the cell anew, or export the file again."),
    ),
    Problem.SURPLUS_CELLS: lambda: (
        _("The row has {count} cells, and there are only {columns} columns."),
        _("Remove what is too much, or put a cell that holds a comma in quotation marks."),
    ),
    Problem.MISSING_CELLS: lambda: (
        _("The row has only {count} cells for {columns} columns; it may be cut off."),
        _("Export the file again, or write the empty cells too."),
    ),
    Problem.EMPTY_CELL: lambda: (
        _("The cell is empty, and without it nothing can be booked."),
        _("Fill it in."),
    ),
    Problem.NO_SUCH_DAY: lambda: (
        _("“{text}” is not a day."),
        _("Write the day as YYYY-MM-DD, such as 2026-11-23."),
    ),
    Problem.AMBIGUOUS_DAY: lambda: (
        _("“{text}” can be two days: day or month may come first."),
        _("Write the day as YYYY-MM-DD: {first} or {second}."),
    ),
    Problem.NO_SUCH_TIME: lambda: (
        _("“{text}” is not a time of day."),
        _("Write the time as HH:MM, such as 14:15, or as 2:15 pm."),
    ),
    Problem.SKIPPED_TIME: lambda: (
        _("There is no “{text}” on that day: the clocks go forward over it."),
        _("Ask when they will come, and write a time that the clock shows."),
    ),
    Problem.REPEATED_TIME: lambda: (
        _("“{text}” comes twice on that day: the clocks go back over it."),
        _("Write the offset from UTC behind it: {first} or {second}."),
    ),
    Problem.NO_NAMES: lambda: (
        _("Neither party is named."),
        _("Write at least one of the two names."),
    ),
    Problem.UNKNOWN_BAY: lambda: (
        _("This station has no bay “{text}”."),
        _("Write one of these, or leave the cell empty: {bays}."),
    ),
    Problem.NOT_YES_OR_NO: lambda: (
        _("“{text}” is neither true nor false."),
        _("Write true or false."),
    ),
    Problem.CONTRADICTION: lambda: (
        _("It is the same booking as row {row_of_first} of {file}, and says otherwise."),
        _("Keep the row that is right, or import the two files one after the other."),
    ),
}
