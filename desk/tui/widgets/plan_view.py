"""The list of an import's preview: as long as the file is, drawn only where it is looked at."""

from __future__ import annotations

import asyncio
from itertools import islice

from textual import events, work
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.theme import Theme

from desk.domain.drafts import ImportPlan
from desk.domain.views import Station
from desk.tui.present import Line
from desk.tui.themes import Palette
from desk.tui.widgets.painted import strip
from desk.tui.widgets.plan_layout import plan_lines

_SLICE = 50
_PAUSE = 0.005
"""How many lines are made at once, and the seconds in which keys are answered before the next."""


class PlanView(ScrollView, can_focus=True):
    """Shows a plan, and scrolls by lines, pages and to its ends.

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
        self._lines: list[Line] = []
        self._laid_out_for = 0
        self._palette: Palette | None = None

    def on_mount(self) -> None:
        """Listens for another theme."""
        self.app.theme_changed_signal.subscribe(self, self._other_theme)

    def on_resize(self, _event: events.Resize) -> None:
        """Lays out for the new width."""
        width = self.scrollable_content_region.width
        if width and width != self._laid_out_for:
            self._laid_out_for = width
            self._lay_out(width)

    @work(exclusive=True, group="laying out")
    async def _lay_out(self, width: int) -> None:
        """Makes the lines slice by slice: those of a year would keep a key waiting for seconds."""
        lines: list[Line] = []
        wanted = self.scroll_offset.y + self.size.height
        rest = plan_lines(self._plan, self._station, width)
        while some := tuple(islice(rest, _SLICE)):
            lines += some
            if len(lines) >= wanted:
                # Telling how far one can scroll lays out the whole screen, so it is told seldom.
                wanted = 2 * len(lines)
                self._show(lines, width)
            await asyncio.sleep(_PAUSE)
        self._show(lines, width)

    def _show(self, lines: list[Line], width: int) -> None:
        self._lines = lines
        self.virtual_size = Size(width, len(lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Returns one line of what is scrolled into view."""
        if self._palette is None:
            self._palette = Palette.of(self.app)
        place = y + self.scroll_offset.y
        line = self._lines[place] if place < len(self._lines) else ()
        return strip(line, self._palette, self.size.width, self.rich_style)

    def _other_theme(self, _theme: Theme) -> None:
        self._palette = None
        self.refresh()
