"""From a path to lines of text; what is too large, empty or no text at all is refused here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO, TextIOWrapper
from os import fstat
from pathlib import Path

from desk.errors import BookingFileError
from desk.i18n import _
from desk.intake.encoding import UTF_8, check_encoding, encoding_of
from desk.intake.problems import Problem, ProblemError
from desk.text import clean

_MIB = 1024 * 1024
_LINES_PER_TICK = 200
# A byte order mark is no part of the text; the wide encodings take theirs away by themselves.
_CODECS = {UTF_8: "utf-8-sig"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read.

    Attributes:
        mebibytes: the size of a file.
        rows: records of a file, without the header and blank lines.
        cell: characters of a cell; spreadsheets take no more, the csv module 131,072.
        days_ahead: how many days from today on a repeated booking is written out.
    """

    mebibytes: int = 64
    rows: int = 100_000
    cell: int = 32_767
    days_ahead: int = 60


Tick = Callable[[int], None]
"""Is told at which byte of a file the reading is; raises where it is to stop."""


def untold(_position: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read but not decoded, so that its text is never held as a whole.

    Attributes:
        name: its name, cleaned and without folders.
        encoding: Python's name of it.
        tick: is told how far its lines are read.
    """

    name: str
    data: bytes = field(repr=False)
    encoding: str = UTF_8
    tick: Tick = untold

    @property
    def line_end(self) -> str:
        """What ends a line.

        A carriage return does only where nothing else does, as old spreadsheets write it;
        elsewhere it is a character of a cell.
        """
        return "\n" if b"\n" in self.data else "\r"

    def lines(self) -> Iterator[str]:
        """Yields the lines with their ends; a byte that cannot be decoded stays, escaped."""
        data = BytesIO(self.data)
        codec = _CODECS.get(self.encoding, self.encoding)
        with TextIOWrapper(data, codec, "surrogateescape", newline=self.line_end) as text:
            for number, line in enumerate(text):
                if number % _LINES_PER_TICK == 0:
                    self.tick(data.tell())
                yield line


def read_document(path: Path, limits: Limits, encoding: str | None = None) -> Document:
    """Returns a file, its encoding detected unless it is given.

    Raises:
        BookingFileError: there is no such file, or it cannot be read.
        ProblemError: it is empty, too large, no text, or in an encoding that must be asked.
    """
    data = _bytes_of(path, limits.mebibytes * _MIB)
    if len(data) > limits.mebibytes * _MIB:
        raise ProblemError(Problem.TOO_LARGE, limit=limits.mebibytes)
    if encoding is None:
        encoding = encoding_of(data)
    else:
        check_encoding(data, encoding)
    return Document(file_name(path), data, encoding)


def _bytes_of(path: Path, most: int) -> bytes:
    """Returns at most one byte more than that."""
    name = file_name(path)
    try:
        # Asked first, because opening a pipe or a device would wait for ever.
        if not path.is_file():
            raise _not_there(name)
        with path.open("rb") as file:
            # No more than there is: as much as may be read is set aside at once.
            return file.read(min(fstat(file.fileno()).st_size, most) + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(name) from error


def file_name(path: Path) -> str:
    """Returns the name of a file as it may be stored and shown: text from outside, too."""
    return clean(path.name) or "?"


def _not_there(name: str) -> BookingFileError:
    return BookingFileError(
        "no_such_file",
        _("There is no file “{file}”.").format(file=name),
        _("Check its name and folder; is the stick plugged in?"),
    )


def _unreadable(name: str) -> BookingFileError:
    return BookingFileError(
        "unreadable_file",
        _("The file “{file}” cannot be read.").format(file=name),
        _("Check that it may be read, and that the stick is still plugged in."),
    )
