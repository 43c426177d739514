"""A scanner is told from a hand by its speed alone."""

from __future__ import annotations

import pytest

from desk.tui.scanner import LARGEST_GAP, Burst, Stroke

FAST = LARGEST_GAP / 10
SLOW = LARGEST_GAP * 1.01


def strokes(text: str, end: str, gap: float, start: float = 0.0) -> list[Stroke]:
    """Returns a text typed with that gap between its keys, then its line end."""
    keys = [(character, character) for character in text] + [(end, "\r")]
    return [
        Stroke(key, character if len(key) == 1 else None, start + n * gap)
        for n, (key, character) in enumerate(keys)
    ]


def scans(burst: Burst, keys: list[Stroke]) -> list[str]:
    """Returns the scans that these keys end, as the gate feeds them."""
    return [
        scan for key in keys if not burst.swallows(key) and (scan := burst.feed(key)) is not None
    ]


@pytest.mark.parametrize("end", ["enter", "tab", "ctrl+j"])
def test_six_fast_characters_and_a_line_end_are_a_scan(end: str) -> None:
    assert scans(Burst(), strokes("K7QDM7", end, FAST)) == ["K7QDM7"]


def test_five_fast_characters_are_typing() -> None:
    assert scans(Burst(), strokes("K7QDM", "enter", FAST)) == []


def test_slow_characters_are_typing() -> None:
    assert scans(Burst(), strokes("K7QDM7-G", "enter", SLOW)) == []


def test_a_pause_before_the_line_end_makes_it_typing() -> None:
    keys = strokes("K7QDM7", "enter", FAST)
    late = [*keys[:-1], Stroke("enter", None, keys[-2].time + SLOW)]

    assert scans(Burst(), late) == []


def test_what_was_typed_slowly_before_is_no_part_of_the_scan() -> None:
    burst = Burst()
    typed = strokes("mar", "x", SLOW)[:-1]
    scanned = strokes("K7QDM7-G", "enter", FAST, start=typed[-1].time + SLOW)

    assert scans(burst, typed + scanned) == ["K7QDM7-G"]


def test_a_key_that_types_nothing_ends_a_burst() -> None:
    keys = strokes("K7QDM7", "enter", FAST)
    with_arrow = [*keys[:3], Stroke("left", None, keys[3].time), *keys[3:]]

    assert scans(Burst(), with_arrow) == []


def test_the_second_half_of_a_line_end_presses_nothing() -> None:
    burst = Burst()
    keys = strokes("K7QDM7", "enter", FAST)
    scans(burst, keys)

    assert burst.swallows(Stroke("ctrl+j", "\n", keys[-1].time + FAST))
    assert not burst.swallows(Stroke("enter", "\r", keys[-1].time + SLOW))


def test_one_slip_read_twice_is_two_scans() -> None:
    burst = Burst()
    first = strokes("K7QDM7-G", "enter", FAST)
    again = strokes("K7QDM7-G", "enter", FAST, start=first[-1].time + FAST)

    assert scans(burst, first + again) == ["K7QDM7-G", "K7QDM7-G"]
