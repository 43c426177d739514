"""What comes of a file's bookings: how many share each fate, and which of them are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual import events
from textual.content import Content

from desk.i18n import _
from desk.tui.paint import MARKED, tone_style
from desk.tui.present import Tone
from desk.tui.widgets.plan_layout import Fate
from desk.tui.widgets.words import Words

_USUAL_ROOM = 76
"""What a sheet has at first, before it is known."""


def fate_name(fate: Fate | None) -> str:
    """Returns what an officer calls it; None is all of them."""
    names = {
        None: _("all"),
        Fate.NEW: _("new"),
        Fate.CHANGED: _("changed"),
        Fate.CANCELLED: _("cancelled"),
        Fate.MISSING: _("missing"),
        Fate.REJECTED: _("rejected"),
        Fate.DECIDED: _("decided at the desk"),
        Fate.SAME_MEETING: _("may be the same meeting"),
        Fate.UNCHANGED: _("unchanged"),
    }
    return names[fate]


class FateBar(Words):
    """Draws a numbered filter for each fate with its count, none broken over two lines.

    Args:
        counts: how many bookings share each fate.
    """

    def __init__(self, counts: Mapping[Fate, int]) -> None:
        super().__init__(markup=False, id="counts")
        self._counts = counts
        self._choices: tuple[Fate | None, ...] = (None, *counts)
        self._chosen = 0
        self._room = _USUAL_ROOM

    @property
    def chosen(self) -> Fate | None:
        """What is shown; None is all."""
        return self._choices[self._chosen]

    def on_mount(self) -> None:
        """Draws the filters."""
        self._draw()

    def step(self, by: int) -> None:
        """Chooses the next filter, or the one before."""
        self._choose((self._chosen + by) % len(self._choices))

    def pick(self, digit: str) -> bool:
        """Chooses the filter with that digit; returns whether there is one."""
        index = int(digit) - 1
        if not 0 <= index < len(self._choices):
            return False
        self._choose(index)
        return True

    def _choose(self, index: int) -> None:
        self._chosen = index
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Lays them out for the new width."""
        self._room = event.size.width
        self._draw()

    def _draw(self) -> None:
        self.update(Content("\n").join(self._lines(self._room)))

    def _filters(self) -> Iterator[Content]:
        for n, fate in enumerate(self._choices):
            if fate is None:
                words, tone = f" {n + 1} {fate_name(fate)} ", Tone.PLAIN
            else:
                count = self._counts[fate]
                words, tone = f" {n + 1} {fate_name(fate)} {count} ", _tone(fate, count)
            yield Content.styled(words, MARKED if n == self._chosen else tone_style(tone))

    def _lines(self, room: int) -> Iterator[Content]:
        line = Content()
        for one in self._filters():
            if line and line.cell_length + one.cell_length > room:
                yield line
                line = Content()
            line += one
        yield line


def _tone(fate: Fate, count: int) -> Tone:
    if not count:
        return Tone.DIM
    return {Fate.REJECTED: Tone.OVERDUE, Fate.SAME_MEETING: Tone.LATE}.get(fate, Tone.STRONG)
