"""Which encoding a file's bytes are in.

UTF-8 is tried first, because nothing else looks like it; UTF-16 is known by its byte order mark;
for the rest charset-normalizer is asked. Where it finds several as likely that make different
words of the bytes, nothing is guessed: the officer is asked.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from desk.domain.reading import Choice
from desk.errors import UsageError
from desk.i18n import _
from desk.intake.problems import Problem, ProblemError
from desk.text import clean, cut

if TYPE_CHECKING:
    from charset_normalizer.models import CharsetMatch

UTF_8 = "utf-8"
UNDECODED = re.compile("[\udc80-\udcff]")
"""What ``surrogateescape`` makes of a byte that the encoding does not have."""

_WIDE = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""By byte order mark; the longer ones come first, because one begins like a shorter."""

_LEGACY = MappingProxyType(
    {
        "cp1252": "Windows-1252",
        "cp1250": "Windows-1250",
        "cp1254": "Windows-1254",
        "cp1257": "Windows-1257",
        "cp1251": "Windows-1251",
        "cp1253": "Windows-1253",
        "cp1255": "Windows-1255",
        "cp1256": "Windows-1256",
        "cp850": "MS-DOS 850",
        "mac_roman": "Mac Roman",
        "cp932": "Shift JIS",
        "gb18030": "GB 18030",
        "big5": "Big5",
        "cp949": "Korean 949",
    }
)
ENCODINGS = MappingProxyType(
    {UTF_8: "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32", "iso8859-15": "ISO 8859-15", **_LEGACY}
)
"""What an officer may choose from, by Python's names, each with the name that people use."""

_USUAL = "cp1252"
_ALIASES = {"iso8859-1": _USUAL, "ascii": UTF_8, "utf-8-sig": UTF_8}
"""Browsers and spreadsheets, too, read Latin-1 as Windows-1252."""

_HEAD = 1024
_MOST_CONTROLS = 0.05
"""Share of control codes in a file's beginning from which it is no text; hostile text has fewer."""
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r")
_CHUNK = 1 << 20
_TELLING_BYTES = 1 << 16
_AS_GOOD = 0.02
"""How much more chaos an encoding may have than the best and still be as likely."""

_LAST_OF_ASCII = 0x7F
_BYTES_BEFORE = 20
"""What an example shows before the first byte that is in doubt."""

_SOMETHING = re.compile(rb"[^\xef\xbb\xbf \t\r\n]")
_CALENDAR = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR", re.IGNORECASE)
_FOLD = re.compile(rb"\r?\n[ \t]")


def encoding_named(name: str) -> str:
    """Returns Python's name of an encoding that was named in any usual way.

    Raises:
        UsageError: there is none of that name, or no file is in it.
    """
    try:
        found = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        found = ""
    found = _ALIASES.get(found, found)
    known = {codecs.lookup(each).name: each for each in ENCODINGS}
    if found not in known:
        raise UsageError(
            "no_such_encoding",
            _("“{name}” is not an encoding that desk reads.").format(name=cut(name, 40)),
            _("Name one of these: {names}.").format(names=", ".join(ENCODINGS)),
        )
    return known[found]


def encoding_of(data: bytes) -> str:
    """Returns the encoding that the bytes are in.

    A file of UTF-8 that has a few damaged places is UTF-8: only their rows will be refused.

    Raises:
        ProblemError: there is nothing, something else than text, or text in an encoding that
            cannot be told for certain.
    """
    wide = next((name for mark, name in _WIDE.items() if data.startswith(mark)), None)
    check_encoding(data, wide or UTF_8)
    if wide is not None or _decodes(data, UTF_8):
        return wide or UTF_8
    # Calendars are folded by bytes, and so in the middle of a character.
    telling = _telling(_FOLD.sub(b"", data) if is_calendar(data) else data)
    return UTF_8 if _is_damaged_utf8(telling) else _legacy(telling)


def check_encoding(data: bytes, encoding: str) -> None:
    """Checks that the bytes can be read in an encoding, but perhaps for some rows.

    Raises:
        ProblemError: there is nothing, or something else than such text.
    """
    if not _SOMETHING.search(data):
        raise ProblemError(Problem.EMPTY_FILE)
    if encoding in _WIDE.values():
        # Two bytes or four are one character, so that what follows a damaged place is lost.
        if not _decodes(data, encoding):
            raise ProblemError(Problem.UNDECODED, encoding=ENCODINGS[encoding])
        return
    head = data[:_HEAD]
    if sum(byte in _CONTROLS for byte in head) > len(head) * _MOST_CONTROLS:
        raise ProblemError(Problem.NOT_TEXT)


def is_calendar(data: bytes) -> bool:
    """Tells whether the bytes begin as an iCalendar file does."""
    return _CALENDAR.match(data) is not None


def _decodes(data: bytes, encoding: str) -> bool:
    """Tells whether all bytes are text in that encoding; holds only a part of it at a time."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _telling(data: bytes) -> bytes:
    """Returns lines that show which encoding it is: those that are not ASCII."""
    return b"".join(_until_enough(line for line in BytesIO(data) if not line.isascii()))


def _until_enough(lines: Iterator[bytes]) -> Iterator[bytes]:
    size = 0
    for line in lines:
        # A zero byte is refused in its row; here it would only make text look like something else.
        yield line[:_TELLING_BYTES].replace(b"\0", b"")
        size += len(line)
        if size >= _TELLING_BYTES:
            return


def _is_damaged_utf8(telling: bytes) -> bool:
    text = telling.decode(UTF_8, "surrogateescape")
    damaged = len(UNDECODED.findall(text))
    sound = sum(not character.isascii() for character in text) - damaged
    return sound > damaged


def _legacy(telling: bytes) -> str:
    from charset_normalizer import from_bytes

    matches = list(from_bytes(telling, cp_isolation=[*_LEGACY], enable_fallback=False))
    if not matches:
        raise _unsure([name for name in _LEGACY if _decodes(telling, name)], telling)
    best = min(match.chaos for match in matches)
    likely = _names([match for match in matches if match.chaos <= best + _AS_GOOD])
    if _USUAL in likely:
        return _USUAL
    if len({telling.decode(name) for name in likely}) > 1:
        raise _unsure(list(dict.fromkeys([*likely, *_names(matches)])), telling)
    return likely[0]


def _names(matches: Sequence[CharsetMatch]) -> list[str]:
    """Returns every encoding that these matches can be, the usual ones first."""
    could_be = {name for match in matches for name in match.could_be_from_charset}
    return [name for name in _LEGACY if name in could_be]


def _unsure(names: Sequence[str], telling: bytes) -> ProblemError:
    line = telling.splitlines()[0]
    doubtful = next((n for n, byte in enumerate(line) if byte > _LAST_OF_ASCII), 0)
    example = line[max(doubtful - _BYTES_BEFORE, 0) :]
    choices = [Choice(name, clean(example.decode(name, "replace"), 60)) for name in names]
    return ProblemError(
        Problem.UNSURE_ENCODING,
        choices=tuple(islice(choices, 9)),
        encodings=", ".join(choice.value for choice in choices),
    )
