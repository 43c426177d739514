"""The bottom line: the keys of what can be done, on one line that never wraps."""

from __future__ import annotations

from desk.tui.present import Line, Piece, Tone
from desk.tui.present import cells as cells_of
from desk.tui.widgets.painted import Painted

Item = tuple[str, str, bool]
"""A keycap, a word or two, and whether it makes sense now."""

_MARGINS = 4
_ROOMY = 100


class CommandBar(Painted):
    """Shows as many items as fit, the first being the most important."""

    DEFAULT_CSS = """
    CommandBar {
        height: 1;
        background: $band;
    }
    """

    _items: tuple[Item, ...] = ()

    def show(self, items: tuple[Item, ...]) -> None:
        """Shows these, most important first."""
        self._items = items
        self.repaint()

    def lay_out(self, width: int) -> tuple[Line, ...]:
        """Returns the one line, without the items at the right that do not fit."""
        gap = Piece("  " if width >= _ROOMY else " ")
        room = width - _MARGINS
        line: list[Piece] = []
        for key, label, enabled in self._items:
            lead = gap if line else Piece("")
            key_tone = Tone.STRONG if enabled else Tone.DIM
            item = (lead, Piece(key, key_tone), Piece(f" {label}", Tone.DIM))
            if cells_of((*line, *item)) > room:
                break
            line += item
        return ((Piece(" "), *line),)
