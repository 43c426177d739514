"""Numbered lines with nothing marked: a digit picks, or an arrow marks one and Enter picks it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from desk.i18n import _
from desk.tui.paint import MARKED, tone_style
from desk.tui.present import Tone
from desk.tui.widgets.words import Words

_MOST = 9


class NumberedList(Words):
    """Shows nine lines at a time; the arrows reach the others.

    Args:
        lines: the likeliest first.
    """

    def __init__(self, lines: Iterable[Content]) -> None:
        super().__init__(markup=False)
        self._lines = tuple(lines)
        self._marked: int | None = None

    @property
    def marked(self) -> int | None:
        """The index of the marked line, or None while nothing is marked."""
        return self._marked

    def on_mount(self) -> None:
        """Draws the lines."""
        self._draw()

    def show(self, lines: Iterable[Content]) -> None:
        """Shows these lines in place of the others; the mark stays where it is."""
        self._lines = tuple(lines)
        self._draw()

    def mark(self, index: int) -> None:
        """Marks the nearest line to that index, if there are lines."""
        if self._lines:
            self._marked = min(max(index, 0), len(self._lines) - 1)
            self._draw()

    def step(self, by: int) -> None:
        """Moves the mark; the first arrow marks the first line, or upwards the last."""
        if self._marked is not None:
            self.mark(self._marked + by)
        else:
            self.mark(0 if by > 0 else len(self._lines) - 1)

    def numbered(self, digit: str) -> int | None:
        """Returns the index of the line with that digit, or None where there is none."""
        index = int(digit) - 1
        return index if index < len(self._lines) else None

    def _draw(self) -> None:
        first = max(0, (self._marked or 0) - _MOST + 1)
        shown = self._lines[first : first + _MOST]
        drawn = [self._line(n, line) for n, line in enumerate(shown, first)]
        more = len(self._lines) - first - len(shown)
        if more > 0:
            drawn.append(
                Content.styled(_("   … {n} more below").format(n=more), tone_style(Tone.DIM))
            )
        self.update(Content("\n").join(drawn))

    def _line(self, n: int, words: Content) -> Content:
        digit = str(n + 1) if n < _MOST else " "
        line = Content.assemble((f" {digit} ", "bold"), " ") + words
        return line.stylize(MARKED) if n == self._marked else line
