"""What widgets that draw their own lines have in common: the colours of the theme."""

from __future__ import annotations

from textual.theme import Theme
from textual.widget import Widget

from desk.tui.themes import Palette


class Themed(Widget):
    """Knows the theme's colours, and draws itself anew with another theme.

    It stands behind the widget that a subclass scrolls by, whose styles Textual takes from the
    first of its bases.
    """

    _palette: Palette | None = None

    @property
    def palette(self) -> Palette:
        """The colours of the theme that is shown."""
        if self._palette is None:
            self._palette = Palette.of(self.app)
        return self._palette

    def on_mount(self) -> None:
        """Listens for another theme."""
        self.app.theme_changed_signal.subscribe(self, self._other_theme)

    def _other_theme(self, _theme: Theme) -> None:
        self._palette = None
        self.draw_anew()

    def draw_anew(self) -> None:
        """Draws every line again, each with the colours that it has now."""
        self.refresh()
