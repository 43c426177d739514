"""Lines for a printer that knows no more than text; measured in cells, as a terminal does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desk.text import cut, safe, width


def wrapped(words: str, cells: int, lead: str = "") -> Iterator[str]:
    """Yields a sentence in lines of at most so many cells; a word longer than that is broken.

    Args:
        words: the sentence.
        cells: the widest line.
        lead: what stands before the first line; the others are indented by as much.
    """
    line = lead
    indent = " " * width(lead)
    for word in _pieces(safe(words).split(), cells - width(lead)):
        if line not in (lead, indent) and width(line) + 1 + width(word) > cells:
            yield line
            line = indent
        line += word if line in (lead, indent) else f" {word}"
    yield line


def _pieces(words: Iterable[str], cells: int) -> Iterator[str]:
    for word in words:
        rest = word
        while width(rest) > cells:
            piece = cut(rest, cells) or rest[:1]
            yield piece
            rest = rest[len(piece) :]
        yield rest


def columns(rows: Sequence[Sequence[str]], gap: str = "  ") -> Iterator[str]:
    """Yields rows whose cells stand under each other, each column as wide as it needs to be."""
    cells = [[safe(cell) for cell in row] for row in rows]
    spaces = [max(map(width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (
            cell + " " * (space - width(cell)) for cell, space in zip(row, spaces, strict=True)
        )
        yield gap.join(padded).rstrip()
