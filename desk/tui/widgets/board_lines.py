"""What stands on each visible line of the board: its rows, and what is out of sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desk import text
from desk.i18n import _
from desk.tui.present import BoardPicture, Key, Line, Piece, Row, Tone, announcement, needs, wrapped
from desk.tui.widgets.board_columns import Columns, header

HEADER_LINES = 1
LEAST_BODY = 3
"""The fewest lines of rows among which two can be given to announcements."""


class Content(NamedTuple):
    """What stands on one visible line: a row, or words of the board's own."""

    row: Row | None = None
    pointed: bool = False
    line: Line = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows are in view.

    Attributes:
        top: the index of the first.
        body: how many there is room for.
        width: in cells.
    """

    top: int
    body: int
    width: int


def contents(picture: BoardPicture, at: Columns, window: Window, cursor: int) -> list[Content]:
    """Returns what stands on each line; ``cursor`` is the index of the row to point at."""
    top = window.top
    body = [
        Content(row, pointed=index == cursor)
        for index, row in enumerate(picture.rows[top : top + window.body], top)
    ]
    return [Content(line=header(picture, at)), *_announced(picture, body, top)]


def empty_contents(
    picture: BoardPicture, at: Columns, window: Window, sentence: str
) -> list[Content]:
    """Returns the header and a sentence in place of rows."""
    words = wrapped(text.safe(sentence), max(window.width - 2, 1), max(window.body, 1))
    told = [Content(line=(Piece(f" {each}", Tone.DIM),)) for each in words]
    return [Content(line=header(picture, at)), *told]


def _announced(picture: BoardPicture, body: list[Content], top: int) -> list[Content]:
    """Gives the first and last lines to what needs somebody and is out of sight.

    What stood on such a line is out of sight too, and so is announced with the others.
    """
    end = top + len(body)
    rows, glyphs = picture.rows, picture.glyphs
    if len(body) < LEAST_BODY:
        return body
    if announcement(rows[:top]):
        words = announcement(rows[: top + 1])
        body[0] = Content(line=(Piece(f" {glyphs.above} "), *words, Piece(_(" above"))))
    if announcement(rows[end:]):
        words = announcement(rows[end - 1 :])
        body[-1] = Content(line=(Piece(f" {glyphs.below} "), *words, Piece(_(" below"))))
    return body


def announced_row(rows: Sequence[Row], window: Window, y: int) -> int | None:
    """Returns the nearest row that the announcement on line ``y`` is about, if one stands there."""
    needing = [index for index, row in enumerate(rows) if needs(row)]
    if y == HEADER_LINES:
        return max((index for index in needing if index <= window.top), default=None)
    last = window.top + window.body - 1
    return min((index for index in needing if index >= last), default=None)


def has(rows: Sequence[Row], key: Key) -> bool:
    """Returns whether a row is of the same exchange."""
    return any(row.key is not None and row.key.ref == key.ref for row in rows)


def place(rows: Sequence[Row], key: Key | None, otherwise: int) -> int:
    """Returns where a row is: by its key, else by its reference, else the nearest place."""
    places = [(index, row.key) for index, row in enumerate(rows) if row.key is not None]
    by_key = (index for index, each in places if each == key)
    by_ref = (index for index, each in places if key and each.ref == key.ref)
    nearest = min((index for index, _key in places), key=lambda n: abs(n - otherwise), default=0)
    return next(by_key, next(by_ref, nearest))
