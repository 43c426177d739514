"""What a program sent to its terminal, taken apart byte by byte.

Names and notes come from strangers. Whatever they hold, the terminal may be sent text and the
sequences that the program itself means, and nothing else.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from tests.hostile import foreign

_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # a control sequence
    r"|\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)"  # a string for the terminal itself, and its end
    r"|\x1b[ -/]*[0-~]"  # any other escape
    r"|\x1b|[\x00-\x1a\x1c-\x1f\x7f-\x9f]"  # a control code by itself
)

_MEANT = re.compile(
    r"\x1b\[[\d;]*m"  # colours
    r"|\x1b\[\d+;\d+H"  # go to a cell
    r"|\x1b\[\?(?:7|25|1000|1003|1004|1006|1015|1049|2004|2026|2048)[hl]"  # modes, on and off
    r"|\x1b\[\?(?:2026|2048)\$p"  # asks which modes there are
    r"|\x1b\[>\d+u|\x1b\[<u"  # the Kitty keyboard, on and off
    r"|\x1b\]22;[a-z-]*\x07"  # the mouse pointer's shape
    r"|\r|\n"
)

_GO_TO = re.compile(r"\x1b\[(\d+);(\d+)H")


def sequences(sent: bytes) -> list[str]:
    """Returns every sequence and control code, in order."""
    return _SEQUENCE.findall(sent.decode())


def not_meant(sent: bytes) -> list[str]:
    """Returns what no program of ours would send, readable; text that hides or turns included."""
    said = sent.decode()
    codes = [ascii(each) for each in _SEQUENCE.findall(said) if not _MEANT.fullmatch(each)]
    return codes + foreign(_SEQUENCE.sub("", said))


def copied(sent: bytes) -> list[str]:
    """Returns the texts that were put on the terminal's clipboard (OSC 52)."""
    found = re.findall(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", sent.decode())
    return [base64.b64decode(each).decode() for each in found]


def rows_drawn(sent: bytes) -> set[int]:
    """Returns the rows, from 0, that something was written on."""
    return {row for row, text in _runs(sent.decode()) if text}


def _runs(said: str) -> Iterator[tuple[int, str]]:
    """Returns each stretch of text after the cursor was sent somewhere, with its row."""
    _before, *parts = _GO_TO.split(said)
    for row, _column, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        yield int(row) - 1, _SEQUENCE.sub("", text)
