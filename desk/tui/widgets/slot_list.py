"""Places to be filled, each with what fills it and what the file holds there; one is marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from desk.i18n import _
from desk.text import fit
from desk.tui.paint import MARKED, tone_style
from desk.tui.present import Tone
from desk.tui.widgets.words import Words

_LABEL_CELLS, _VALUE_CELLS = 23, 20
_LEAST = 7
_OTHER_LINES = 15
"""Lines of the sheet that are not the list's."""


class Filled(NamedTuple):
    """One line of the list; ``example`` is what stands in the file there."""

    label: str
    value: str
    example: str
    needed: bool = False


class SlotList(Words):
    """Shows as many lines as the terminal has room for; the arrows reach the others."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._lines: Sequence[Filled] = ()
        self._marked = 0

    @property
    def marked(self) -> int:
        """The index of the marked line."""
        return self._marked

    def show(self, lines: Sequence[Filled]) -> None:
        """Shows these lines, and leaves the mark where it is."""
        self._lines = lines
        self._draw()

    def step(self, by: int) -> None:
        """Moves the mark."""
        self._marked = min(max(self._marked + by, 0), len(self._lines) - 1)
        self._draw()

    def _draw(self) -> None:
        most = max(_LEAST, self.app.size.height - _OTHER_LINES)
        first = max(0, min(self._marked - most // 2, len(self._lines) - most))
        shown = self._lines[first : first + most]
        drawn = [self._line(n, line) for n, line in enumerate(shown, first)]
        more = len(self._lines) - first - len(shown)
        told = _("… {n} more below").format(n=more) if more else ""
        drawn.append(Content.styled(f"  {told}", tone_style(Tone.DIM)))
        self.update(Content("\n").join(drawn))

    def _line(self, n: int, line: Filled) -> Content:
        dim = tone_style(Tone.DIM)
        empty = tone_style(Tone.LATE) if line.needed else dim
        value = (line.value, "bold") if line.value else (_("needed") if line.needed else "–", empty)
        drawn = Content.assemble(
            (fit(f" {line.label}", _LABEL_CELLS), dim),
            (fit(value[0], _VALUE_CELLS), value[1]),
            "  ",
            (line.example, dim),
        )
        return drawn.stylize(MARKED) if n == self._marked else drawn
