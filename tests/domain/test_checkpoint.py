"""A checkpoint is a file of which every character counts."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest

from desk.domain.checkpoint import Checkpoint, NoCheckpointError, read_checkpoint
from tests.builders import KENNEWICK, moment

WHEN = moment("14:32").in_timezone(KENNEWICK.timezone)
PLAIN = Checkpoint("KPD", 123, "9f3a22c104bd77e0" + "0" * 48, WHEN)
SIGNED = replace(PLAIN, public_key=bytes(range(32)), signature=bytes(range(64)))


def test_what_people_compare_is_large_and_at_the_top() -> None:
    lines = PLAIN.text.splitlines()

    assert lines[0] == "desk checkpoint 1"
    assert lines[2].split() == ["2026-11-21", "14:32", "act", "123"]
    assert lines[4].strip() == "9 F 3 A   2 2 C 1   0 4 B D   7 7 E 0"
    assert PLAIN.short_hash == "9F3A 22C1 04BD 77E0"
    assert "moment      2026-11-21T14:32:00-08:00" in lines


@pytest.mark.parametrize("made", [PLAIN, SIGNED])
def test_what_is_written_is_read(made: Checkpoint) -> None:
    for content in (made.text, made.text.replace("\n", "\r\n"), f"\ufeff{made.text}\n\n"):
        read = read_checkpoint(content.encode())

        assert read == made
        assert read.message == made.message


def test_all_that_a_checkpoint_says_is_signed() -> None:
    others = [
        replace(PLAIN, station="RPD"),
        replace(PLAIN, number=124),
        replace(PLAIN, hash="a" * 64),
        replace(PLAIN, moment=moment("14:33")),
    ]

    assert len({each.message for each in (PLAIN, *others)}) == 5


def test_a_changed_character_is_another_checkpoint_or_none() -> None:
    content = SIGNED.text
    for place, character in enumerate(content.rstrip()):
        changed = content[:place] + chr(ord(character) ^ 1) + content[place + 1 :]
        with suppress(NoCheckpointError):
            assert read_checkpoint(changed.encode()) != SIGNED, place


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (PLAIN.text, ""),
        (PLAIN.text, "\udcff"),
        (PLAIN.text, "x" * 100_000),
        ("act 123", "act 124"),
        ("signature   none", f"signature   {'0' * 128}"),
        (WHEN.isoformat(), "P1D"),
        (WHEN.isoformat(), "yesterday"),
    ],
    ids=["empty", "bytes", "long", "shown", "half signed", "a while", "no moment"],
)
def test_what_is_no_checkpoint_is_refused(old: str, new: str) -> None:
    content = PLAIN.text.replace(old, new)

    with pytest.raises(NoCheckpointError):
        read_checkpoint(content.encode("utf-8", "surrogateescape"))
