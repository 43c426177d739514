"""Pieces of text as Textual's content, for the widgets that are not drawn line by line."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from desk.text import fit
from desk.tui.present import STATE_CELLS, MatchRow, Piece, Tone

MARKED = "bold $chip-text on $tone-accent"
"""What Enter would do, or what is chosen."""


def content(line: Iterable[Piece]) -> Content:
    """Returns pieces in the colours of their tones."""
    return Content.assemble(*((piece.text, tone_style(piece.tone)) for piece in line))


def tone_style(tone: Tone) -> str:
    """Returns the style of a tone, whatever the theme."""
    return f"$tone-{tone}"


def match_line(row: MatchRow) -> Content:
    """Returns one party that was found, as a line of a list."""
    head = (
        Piece(f"{row.time}  ", Tone.STRONG),
        row.state.piece._replace(text=fit(row.state.piece.text, STATE_CELLS)),
        Piece(f"  {fit(row.role, 10)} ", Tone.DIM),
    )
    what = (Piece("  "), *row.what) if row.what else ()
    return content((*head, *row.name, *what))
