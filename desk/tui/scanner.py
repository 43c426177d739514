"""Telling a scanner from a hand: a scanner is a keyboard that types very fast.

Six characters or more, each within 35 ms of the one before, ended by Enter or Tab, are one scan.
Slower keys are typing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SHORTEST_BURST = 6
LARGEST_GAP = 0.035
"""Seconds between two keys of one burst."""

_TERMINATORS = frozenset({"enter", "tab", "ctrl+j", "ctrl+m", "ctrl+i"})


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key as it arrived.

    Attributes:
        key: its name.
        character: what it types, or None.
        time: seconds, on a clock that never goes back.
    """

    key: str
    character: str | None
    time: float


@dataclass(slots=True)
class Burst:
    """The characters typed without a pause so far, and the scan they make once ended."""

    characters: list[str] = field(default_factory=list)
    last: float = float("-inf")
    _swallow_until: float = float("-inf")

    def feed(self, stroke: Stroke) -> str | None:
        """Takes one key, and returns the text of the scan that it ends, if it ends one."""
        if not self.continued_by(stroke):
            self.characters.clear()
        self.last = stroke.time
        if stroke.key in _TERMINATORS:
            text = "".join(self.characters)
            self.characters.clear()
            if len(text) < SHORTEST_BURST:
                return None
            self._swallow_until = stroke.time + LARGEST_GAP
            return text
        if stroke.character is not None and stroke.character.isprintable():
            self.characters.append(stroke.character)
        else:
            self.characters.clear()
        return None

    def swallows(self, stroke: Stroke) -> bool:
        """Whether this is the second half of a scanner's line end, which presses nothing."""
        is_first = not self.characters
        return is_first and stroke.key in _TERMINATORS and stroke.time <= self._swallow_until

    def continued_by(self, stroke: Stroke) -> bool:
        """Whether this key may belong to the same burst as the one before."""
        return stroke.time - self.last <= LARGEST_GAP
