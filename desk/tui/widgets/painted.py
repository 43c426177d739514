"""A widget of few lines, drawn from pieces of text that know what they mean."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from desk.tui.present import Line, Piece
from desk.tui.themes import Palette
from desk.tui.widgets.themed import Themed


def strip(line: Iterable[Piece], palette: Palette, width: int, under: Style) -> Strip:
    """Returns a line as Textual draws it, in exactly so many cells.

    Args:
        line: its pieces, from the left.
        palette: what gives tones their colours.
        width: in cells; what does not fit is cropped, the rest is blank.
        under: what lies under all of it: the widget's own style, or the cursor's.
    """
    segments = [Segment(piece.text, palette.style(piece)) for piece in line if piece.text]
    return Strip(segments).adjust_cell_length(width).apply_style(under)


class Painted(Themed, can_focus=False):
    """Draws the lines that a subclass lays out for its width; only changed ones are repainted."""

    _painted: tuple[Line, ...] = ()

    @abstractmethod
    def lay_out(self, width: int) -> tuple[Line, ...]:
        """Returns the lines that are to be drawn in that width."""

    def repaint(self) -> None:
        """Lays out again, and refreshes the lines that have come out otherwise."""
        width, height = self.size
        lines = self.lay_out(width) if width else ()
        before, self._painted = self._painted, lines
        changed = [
            Region(0, y, width, 1)
            for y in range(height)
            if _line_at(before, y) != _line_at(lines, y)
        ]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """Returns one line of the widget."""
        return strip(_line_at(self._painted, y), self.palette, self.size.width, self.under(y))

    def under(self, _y: int) -> Style:
        """Returns what lies under a line; a subclass with a cursor has it lie under its own."""
        return self.rich_style

    def on_resize(self, _event: events.Resize) -> None:
        """Lays out for the new size."""
        self.repaint()


def _line_at(lines: tuple[Line, ...], y: int) -> Line:
    return lines[y] if y < len(lines) else ()
