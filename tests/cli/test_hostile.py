"""Whatever stands on the command line comes back as text or not at all."""

from __future__ import annotations

import json

import pytest

from desk.text import safe
from tests.builders import StationUnderTest
from tests.cli.running import CommandLine
from tests.hostile import HOSTILE

# A system hands no argument over with a zero byte in it.
_SHORT = [text.replace("\x00", "") for text in HOSTILE if len(text) < 100]
ARGUMENTS = ["".join(_SHORT), "".join(reversed(_SHORT)), max(HOSTILE, key=len), "", "\udcff"]


@pytest.mark.parametrize("text", ARGUMENTS, ids=["all", "all backwards", "long", "empty", "bytes"])
def test_no_argument_ends_the_program_or_reaches_the_terminal(
    cli: CommandLine, station: StationUnderTest, text: str
) -> None:
    ref = station.book_one()
    commands = (
        [text],
        ["list", text],
        ["do", text],
        ["do", "arrive", text],
        ["do", "arrive", ref, text],
        ["do", "note", ref, "--", text],
        ["do", "note", ref, "calm", "--officer", text, "--desk", text],
        ["import", text],
        ["export", "--day", text],
        ["export", "--out", f"{station.path.parent}/none/{text}"],
        ["journal", text],
        ["list", "--data", f"{station.path.parent}/{text}"],
        ["practice", "--bookings", text],
        ["practice", "--at", text],
    )
    for command in commands:
        ended = cli(*command)
        assert ended.code in (0, 1, 2), command
        for line in (ended.out + ended.err).splitlines():
            assert safe(line) == line, command
        document = cli("--json", *command).out
        assert document.isascii()
        assert json.loads(document), command


def test_a_note_is_kept_as_it_was_typed_as_far_as_it_can_be_seen(
    cli: CommandLine, station: StationUnderTest
) -> None:
    ref = station.book_one()

    cli("do", "note", ref, "[bold]Bob[/bold]", "O'Brien\"; DROP TABLE", "A\x1b]0;pwn\x1b\\")

    text = station.service.timeline(ref)[0].text
    assert text == "[bold]Bob[/bold] O'Brien\"; DROP TABLE A]0;pwn\\"
