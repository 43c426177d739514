"""From a path to text; what is too large, empty or no text at all is refused here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desk.errors import BookingFileError
from desk.i18n import _
from desk.intake.problems import Problem, ProblemError
from desk.text import clean

_MIB = 1024 * 1024
_HEAD = 1024
_MOST_CONTROLS = 0.05
"""Share of control codes in a file's beginning from which it is no text; hostile text has fewer."""
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read.

    Attributes:
        mebibytes: the size of a file.
        rows: records of a file, without the header and blank lines.
        cell: characters of a cell; spreadsheets take no more, the csv module 131,072.
    """

    mebibytes: int = 16
    rows: int = 20_000
    cell: int = 32_767


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text and its name, cleaned and without folders."""

    name: str
    text: str


def read_document(path: Path, limits: Limits) -> Document:
    """Returns the text of a file.

    Raises:
        BookingFileError: there is no such file, or it cannot be read.
        ProblemError: it is empty, too large or no text.
    """
    name = file_name(path)
    most = limits.mebibytes * _MIB
    try:
        # Asked first, because opening a pipe or a device would wait for ever.
        if not path.is_file():
            raise _not_there(name)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(name) from error
    if len(data) > most:
        raise ProblemError(Problem.TOO_LARGE, limit=limits.mebibytes)
    return Document(name, decode(data))


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


def decode(data: bytes) -> str:
    """Returns the text of UTF-8 bytes, with or without a byte order mark.

    Bytes that are not UTF-8 stay in it, escaped, until ``desk.intake.table`` knows in which row and
    column they stand, and refuses them there.

    Raises:
        ProblemError: there is nothing, UTF-16, or something else than text.
    """
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise ProblemError(Problem.EMPTY_FILE)
    if data.startswith(_WIDE_MARKS):
        raise ProblemError(Problem.NOT_UTF8)
    head = data[:_HEAD]
    if sum(byte in _CONTROLS for byte in head) > len(head) * _MOST_CONTROLS:
        raise ProblemError(Problem.NOT_TEXT)
    return data.decode("utf-8-sig", "surrogateescape")
