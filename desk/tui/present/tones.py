"""What a piece of text means to the eye; a theme says which colour and weight that is."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from desk import text


class Tone(StrEnum):
    """A meaning, never a colour."""

    PLAIN = "plain"
    STRONG = "strong"
    DIM = "dim"
    ACCENT = "accent"
    POINTED = "pointed"
    MARK = "mark"
    PEOPLE = "people"
    HERE = "here"
    READY = "ready"
    LATE = "late"
    OVERDUE = "overdue"
    ALERT = "alert"
    DISPUTED = "disputed"
    NOW_LINE = "now-line"
    RULE = "rule"


class Piece(NamedTuple):
    """Text with one meaning.

    Attributes:
        text: safe already.
        tone: what it means.
        chip: whether it stands on a field of its tone, like a key or a bay's code.
    """

    text: str
    tone: Tone = Tone.PLAIN
    chip: bool = False

    @property
    def cells(self) -> int:
        """The terminal cells that it takes."""
        return text.width(self.text)


Line = tuple[Piece, ...]
"""One line of a widget, from the left."""


def cells(line: Iterable[Piece]) -> int:
    """Returns the terminal cells that the pieces take together."""
    return sum(piece.cells for piece in line)


def chip(words: str, tone: Tone = Tone.DIM) -> Piece:
    """Returns words on a field of that tone; ``Tone.DIM`` is the field that says nothing."""
    return Piece(f" {words} ", tone, chip=True)


def fitted(line: Iterable[Piece], room: int) -> Line:
    """Returns the line in at most so many cells; the piece that does not fit is cut."""
    kept: list[Piece] = []
    for piece in line:
        if piece.cells > room:
            if room > 0:
                kept.append(piece._replace(text=text.fit(piece.text, room).rstrip()))
            break
        kept.append(piece)
        room -= piece.cells
    return tuple(kept)


def wrapped(words: str, room: int, most: int) -> tuple[str, ...]:
    """Returns the words in lines of at most so many cells; after ``most`` lines they are cut."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text.width(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines[most - 1 :] = [" ".join(lines[most - 1 :])]
    return tuple(text.fit(line, room).rstrip() for line in lines)
