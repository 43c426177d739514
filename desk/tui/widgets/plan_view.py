"""The list of an import's preview: as long as the file is, drawn only where it is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from itertools import islice

from textual import events, work
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.theme import Theme

from desk.domain.drafts import ImportPlan
from desk.domain.views import Station
from desk.i18n import _
from desk.tui.present import Line, Piece, Tone
from desk.tui.themes import Palette
from desk.tui.widgets.painted import strip
from desk.tui.widgets.plan_layout import Fate, PlanLine, plan_lines

_OPEN, _TICKED = "[ ]", "[x]"
_LINES_OF_A_PAIR = 3
_SLICE = 50
_PAUSE = 0.005
"""How many lines are made at once, and the seconds in which keys are answered before the next."""


class PlanView(ScrollView, can_focus=True):
    """Shows a plan, and scrolls by lines, pages and to its ends.

    Where only the pairs that may be one meeting are shown, the arrows mark one instead.

    Args:
        plan: what to show.
        station: whose bays and zone it means.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    PlanView {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-color: $tone-rule;
        scrollbar-background: $surface;
    }
    """

    def __init__(self, plan: ImportPlan, station: Station) -> None:
        super().__init__()
        self._plan = plan
        self._station = station
        self._only: Fate | None = None
        self._lines: list[PlanLine] = []
        self._laid_out_for = 0
        self._palette: Palette | None = None
        self._marked: int | None = None
        self._ticked: frozenset[int] = frozenset()

    def show(self, only: Fate | None) -> None:
        """Shows the bookings of one fate, from the first; None shows all."""
        self._only, self._marked = only, None
        self.scroll_to(y=0, animate=False)
        if self._laid_out_for:
            self._lay_out(self._laid_out_for)

    def tick(self, pairs: Collection[int]) -> None:
        """Shows these pairs as ticked, and the others not."""
        self._ticked = frozenset(pairs)
        self.refresh()

    def on_mount(self) -> None:
        """Listens for another theme."""
        self.app.theme_changed_signal.subscribe(self, self._other_theme)

    def on_resize(self, _event: events.Resize) -> None:
        """Lays out for the new width."""
        width = self.scrollable_content_region.width
        if width and width != self._laid_out_for:
            self._laid_out_for = width
            self._lay_out(width)

    # Marking a pair

    @property
    def _marks(self) -> bool:
        return self._only is Fate.SAME_MEETING and bool(self._plan.same_meeting)

    def action_scroll_up(self) -> None:
        """Marks the pair above, or scrolls."""
        if self._marks:
            self._step(-1)
        else:
            super().action_scroll_up()

    def action_scroll_down(self) -> None:
        """Marks the pair below, or scrolls."""
        if self._marks:
            self._step(1)
        else:
            super().action_scroll_down()

    def _step(self, by: int) -> None:
        last = len(self._plan.same_meeting) - 1
        start = -1 if by > 0 else last + 1
        here = start if self._marked is None else self._marked
        self._marked = min(max(here + by, 0), last)
        place = next((n for n, one in enumerate(self._lines) if one.pair == self._marked), None)
        if place is not None:
            self.scroll_to_region(Region(0, place, 1, _LINES_OF_A_PAIR), animate=False, force=True)
        self.refresh()

    @property
    def marked(self) -> int | None:
        """The index of the marked pair, or None while nothing is marked."""
        return self._marked

    # Laying out, and drawing what is looked at

    @work(exclusive=True, group="laying out")
    async def _lay_out(self, width: int) -> None:
        """Makes the lines slice by slice: those of a year would keep a key waiting for seconds."""
        lines: list[PlanLine] = []
        wanted = self.scroll_offset.y + self.size.height
        rest = plan_lines(self._plan, self._station, width, self._only)
        while some := tuple(islice(rest, _SLICE)):
            lines += some
            if len(lines) >= wanted:
                # Telling how far one can scroll lays out the whole screen, so it is told seldom.
                wanted = 2 * len(lines)
                self._show(lines, width)
            await asyncio.sleep(_PAUSE)
        self._show(lines, width)

    def _show(self, lines: list[PlanLine], width: int) -> None:
        self._lines = lines
        self.virtual_size = Size(width, len(lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Returns one line of what is scrolled into view."""
        if self._palette is None:
            self._palette = Palette.of(self.app)
        place = y + self.scroll_offset.y
        line = self._lines[place] if place < len(self._lines) else PlanLine()
        return strip(self._drawn(line), self._palette, self.size.width, self.rich_style)

    def _drawn(self, line: PlanLine) -> Line:
        """Returns a line with its box, where it is the first of a pair."""
        if line.pair is None:
            return line.pieces
        box = _TICKED if line.pair in self._ticked else _OPEN
        marked = line.pair == self._marked
        words = _("one meeting") if line.pair in self._ticked else _("two meetings")
        _margin, day = line.pieces
        return (
            Piece("▌" if marked else " ", Tone.ACCENT),
            Piece(f"{box} {words}", Tone.ACCENT if marked else Tone.STRONG),
            Piece("  "),
            day,
        )

    def _other_theme(self, _theme: Theme) -> None:
        self._palette = None
        self.refresh()
