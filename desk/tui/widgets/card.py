"""The card of the highlighted exchange: under the board, or at its right."""

from __future__ import annotations

from desk.tui.present import UNICODE, CardPicture, Line, Piece, Tone
from desk.tui.widgets.card_layout import narrow_card, wide_card
from desk.tui.widgets.painted import Painted

_NARROW_FORM = 6


class Card(Painted):
    """Shows one exchange whole; it takes its form from its own height."""

    DEFAULT_CSS = """
    Card {
        height: 6;
    }
    """

    _card: CardPicture | None = None
    _glyphs = UNICODE

    def show(self, card: CardPicture | None) -> None:
        """Shows this exchange, or nothing."""
        self._card = card
        self._glyphs = card.glyphs if card else self._glyphs
        self.repaint()

    def lay_out(self, width: int) -> tuple[Line, ...]:
        """Returns a rule and five lines, or a column."""
        if self.size.height <= _NARROW_FORM:
            rule = (Piece(self._glyphs.rule * width, Tone.RULE),)
            return (rule, *narrow_card(self._card, width)) if self._card else (rule,)
        return wide_card(self._card, width, self.size.height) if self._card else ()
