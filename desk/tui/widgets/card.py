"""The card of the highlighted exchange: under the board, or at its right."""

from __future__ import annotations

from desk.tui.present import CardPicture, Line
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

    def show(self, card: CardPicture | None) -> None:
        """Shows this exchange, or nothing."""
        self._card = card
        self.repaint()

    def lay_out(self, width: int) -> tuple[Line, ...]:
        """Returns a rule and five lines, or a column."""
        if self._card is None:
            return ()
        if self.size.height <= _NARROW_FORM:
            return narrow_card(self._card, width)
        return wide_card(self._card, width, self.size.height)
