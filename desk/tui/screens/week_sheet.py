"""The week of the day that is shown: its load per hour, and what was left open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.signal import Signal
from textual.widgets import Static

from desk.domain.days import YEARS
from desk.domain.views import DayLoad
from desk.i18n import _
from desk.tui.present import Scene
from desk.tui.present.week import day_told, first_of_week, week_picture, week_title
from desk.tui.screens.sheet import Sheet
from desk.tui.widgets.week_view import WeekView
from desk.tui.widgets.words import Words

Loads = tuple[DayLoad, ...]
Read = Callable[[date, Callable[[Loads], None]], object]
"""Reads seven days in the background and hands them on."""


class WeekSheet(Sheet[date]):
    """Shows a week; ends with the day that Enter was pressed on.

    Args:
        day: where the cursor begins.
        look: returns the station and the present.
        read: reads how much there is to do.
        drawn: is published when the board has changed, and so perhaps the week.
    """

    CSS_PATH = "week_sheet.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", show=False),
        Binding("up", "walk(-1)", show=False),
        Binding("down", "walk(1)", show=False),
        Binding("left,pageup", "walk(-7)", show=False),
        Binding("right,pagedown", "walk(7)", show=False),
    ]

    view = query_one(WeekView)

    def __init__(
        self, day: date, look: Callable[[], Scene], read: Read, drawn: Signal[None]
    ) -> None:
        super().__init__()
        self._day = day
        self._look = look
        self._read = read
        self._changed = drawn
        self._loads: Loads = ()

    def compose(self) -> ComposeResult:
        """Lays what is said of the marked day under the week."""
        with Vertical(classes="sheet"):
            yield Static("", classes="sheet-title")
            yield WeekView()
            yield Words("", id="day-told", markup=False)
            yield Words("", classes="answer", markup=False)
            keys = _("↑ ↓ days · ← → weeks · Enter shows the day · Esc goes back")
            yield Static(Content(keys), classes="sheet-keys")

    def on_mount(self) -> None:
        """Reads the week, and again whenever the board has changed."""
        self._changed.subscribe(self, lambda _nothing: self._read_week())
        self._read_week()

    def _read_week(self) -> None:
        if not self.is_current:
            return
        self._show()
        self._read(first_of_week(self._day), self._got)

    def _got(self, loads: Loads) -> None:
        # Neither a week that was walked past meanwhile, nor one that comes when the sheet goes.
        if self.is_current and loads[0].day == first_of_week(self._day):
            self._loads = loads
            self._show()

    def _show(self) -> None:
        first = first_of_week(self._day)
        self.query_one(".sheet-title", Static).update(Content(week_title(first)))
        known = bool(self._loads) and self._loads[0].day == first
        loads = self._loads if known else _nothing_read(first)
        scene = self._look()
        picture = week_picture(loads, scene.today, scene.glyphs)
        self.view.show(picture, self._day)
        told = day_told(loads[self._day.weekday()], self._day) if known else _("Reading …")
        self.query_one("#day-told", Words).update(Content(told))
        empty = _("No exchanges in this week. /book books one, /import takes in a booking file.")
        self.say(empty if known and picture.empty else "")

    def action_walk(self, days: int) -> None:
        """Marks the day so many further; another week is read."""
        day = self._day + timedelta(days=days)
        if day.year not in YEARS:
            return
        before, self._day = first_of_week(self._day), day
        if first_of_week(day) == before:
            self._show()
        else:
            self._read_week()

    def action_enter(self) -> None:
        """Ends with the marked day."""
        self.dismiss(self._day)


def _nothing_read(first: date) -> Loads:
    return tuple(DayLoad(first + timedelta(days=ahead), (0,) * 24) for ahead in range(7))
