"""What can be wrong with a booking file or a row: a stable code, the facts, and the sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from desk.domain.drafts import Rejection
from desk.domain.reading import About, Choice, Doubt
from desk.errors import BookingFileError
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
    UNDECODED = "undecoded"
    UNSURE_ENCODING = "unsure_encoding"
    OPEN_QUOTE = "open_quote"
    STRAY_BREAK = "stray_break"
    UNKNOWN_FORMAT = "unknown_format"
    MISSING_COLUMNS = "missing_columns"
    CELL_TOO_LONG = "cell_too_long"
    NUL_BYTE = "nul_byte"
    SURPLUS_CELLS = "surplus_cells"
    MISSING_CELLS = "missing_cells"
    EMPTY_CELL = "empty_cell"
    NO_SUCH_DAY = "no_such_day"
    AMBIGUOUS_DAY = "ambiguous_day"
    AMBIGUOUS_DAY_ORDER = "ambiguous_day_order"
    NO_SUCH_TIME = "no_such_time"
    SKIPPED_TIME = "skipped_time"
    REPEATED_TIME = "repeated_time"
    NO_SUCH_LENGTH = "no_such_length"
    UNKNOWN_ZONE = "unknown_zone"
    UNSURE_ZONE = "unsure_zone"
    ALL_DAY = "all_day"
    UNREADABLE_RULE = "unreadable_rule"
    UNENDED_EVENT = "unended_event"
    NO_NAMES = "no_names"
    OWN_EXCHANGE = "own_exchange"
    UNKNOWN_BAY = "unknown_bay"
    NOT_YES_OR_NO = "not_yes_or_no"
    CONTRADICTION = "contradiction"


_DOUBTS = {
    Problem.UNSURE_ENCODING: About.ENCODING,
    Problem.AMBIGUOUS_DAY_ORDER: About.DAY_ORDER,
    Problem.UNSURE_ZONE: About.ZONE,
    Problem.REPEATED_TIME: About.REPEATED_TIME,
    Problem.UNKNOWN_FORMAT: About.COLUMNS,
}
"""The problems that an officer's answer takes away."""


class ProblemError(ValueError):
    """A file or a row cannot be taken.

    A ``ValueError``, so that pydantic carries it out of a validator.

    Attributes:
        problem: what is wrong.
        field: the column's name in the file, where it is one cell.
        row: the physical line, where the problem knows it better than the record does.
        choices: the answers, where an officer is to be asked.
        facts: what the sentences repeat; ``text`` is what stands in the file.
    """

    def __init__(
        self,
        problem: Problem,
        field: str | None = None,
        row: int | None = None,
        choices: tuple[Choice, ...] = (),
        **facts: str | int,
    ) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.field = field
        self.row = row
        self.choices = choices
        self.facts = facts

    def rejection(self, file: str, row: int | None = None) -> Rejection:
        """Returns the problem as a person is told of it.

        Args:
            file: the file's name, cleaned.
            row: the line on which the record starts; None for the whole file.
        """
        reason, remedy = self._sentences()
        return Rejection(
            file=file,
            row=self.row or row,
            field=self._shown_field(),
            code=self.problem.value,
            reason=reason,
            remedy=remedy,
        )

    def doubt(self, file: str, row: int | None = None) -> Doubt | None:
        """Returns what an officer is to be asked; None where no answer helps.

        Args:
            file: the file's name, cleaned.
            row: the line on which the record starts; None for the whole file.
        """
        about = _DOUBTS.get(self.problem)
        if about is None:
            return None
        return Doubt(
            file=file,
            about=about,
            row=self.row or row,
            field=self._shown_field(),
            text=_shown("text", self.facts.get("text", "")),
            choices=self.choices,
        )

    def refusal(self) -> BookingFileError:
        """Returns the problem of a file that nothing at all can be done with."""
        return BookingFileError(self.problem.value, *self._sentences())

    def _sentences(self) -> tuple[str, str]:
        facts = {name: _shown(name, fact) for name, fact in self.facts.items()}
        reason, remedy = _SENTENCES[self.problem]()
        return reason.format(**facts), remedy.format(**facts)

    def _shown_field(self) -> str | None:
        return None if self.field is None else clean(self.field, _CELL)


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
    Problem.UNDECODED: lambda: (
        _("There is something here that {encoding} text does not have."),
        _("Type it anew, or say which encoding the file is in."),
    ),
    Problem.UNSURE_ENCODING: lambda: (
        _("It cannot be told for certain which encoding the file's text is in."),
        _("Say which (--encoding): {encodings}. Or save the file as CSV UTF-8."),
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
        _("Say on the board's /import which column is what, or choose one of these: {known}."),
    ),
    Problem.MISSING_COLUMNS: lambda: (
        _("The file does not have the columns of “{title}”: {columns} is missing."),
        _("Choose another mapping, or say on the board's /import which column is what."),
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
        _("The row has {count} of {columns} cells; it may be cut off."),
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
    Problem.AMBIGUOUS_DAY_ORDER: lambda: (
        _("“{text}” can be {first} or {second}, and no row tells which comes first."),
        _("Say whether the day or the month comes first (--day-order)."),
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
    Problem.NO_SUCH_LENGTH: lambda: (
        _("“{text}” is not a length of time."),
        _("Write the minutes, such as 20; a day has 1440."),
    ),
    Problem.UNKNOWN_ZONE: lambda: (
        _("“{text}” is not a time zone that desk knows."),
        _("Write the time in UTC or in the station's zone, or export the calendar again."),
    ),
    Problem.UNSURE_ZONE: lambda: (
        _("The file's times may be those of {other}; the station's are those of {zone}."),
        _("Say which zone the file's times are in (--zone)."),
    ),
    Problem.ALL_DAY: lambda: (
        _("It lasts all day and has no time."),
        _("Give it a time, if it is an exchange."),
    ),
    Problem.UNREADABLE_RULE: lambda: (
        _("“{text}” says how it repeats, in a way that desk does not know."),
        _("Book its days one by one."),
    ),
    Problem.UNENDED_EVENT: lambda: (
        _("The event does not end; the file may be cut off."),
        _("Export the calendar again."),
    ),
    Problem.NO_NAMES: lambda: (
        _("Neither party is named."),
        _("Write at least one of the two names."),
    ),
    Problem.OWN_EXCHANGE: lambda: (
        _("It is {ref}, which desk has written into this file itself."),
        _("Leave it out: change it on the board, or with desk do."),
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
