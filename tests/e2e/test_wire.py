"""The check of what a terminal was sent finds what must not be there."""

from __future__ import annotations

import pytest

from tests.e2e.wire import copied, not_meant, rows_drawn
from tests.hostile import HOSTILE_BY_NAME

PAINTED = (
    b"\x1b[?1049h\x1b[?25l\x1b[>25u\x1b[?2026$p\x1b]22;default\x07"
    b"\x1b[1;1H\x1b[1;38;2;1;2;3m Kennewick PD\x1b[0m\r\n\x1b[3;5H\xe2\x80\xbc overdue\x1b[2;5H"
)


def test_what_the_program_paints_is_meant() -> None:
    assert not_meant(PAINTED) == []
    assert rows_drawn(PAINTED) == {0, 2}


@pytest.mark.parametrize(
    "name",
    [
        "OSC set title",
        "OSC 52 set clipboard",
        "CSI clear screen",
        "CSI report cursor",
        "C1 CSI colour",
        "DCS sixel",
        "NUL",
        "right-to-left override",
        "zero-width space",
    ],
)
def test_what_a_name_smuggles_in_is_not(name: str) -> None:
    assert not_meant(PAINTED + HOSTILE_BY_NAME[name].encode()) != []


@pytest.mark.parametrize("sent", [b"\x07", b"\x1b", b"\x1b[", b"\x1bc", b"\x08", b"\x1b[5i"])
def test_nor_is_any_other_code(sent: bytes) -> None:
    assert not_meant(PAINTED + sent + b"\x1b[0m") != []


def test_a_copied_reference_is_read_from_the_clipboard() -> None:
    assert copied(PAINTED + b"\x1b]52;c;SzdRRE03\x07") == ["K7QDM7"]
