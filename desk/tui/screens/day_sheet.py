"""The day bar: arrows walk days and weeks, or a day is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from desk.domain.days import TimeTextError, read_day
from desk.i18n import _
from desk.tui.screens.sheet import Sheet
from desk.tui.widgets.text_box import TextBox
from desk.tui.widgets.words import Words
from desk.wording import day_name, tell_time_text

Step = Callable[[], None]

_WEEK = "w"
"""Also how a Wednesday begins: so it takes Enter, and only the capital letter goes at once."""


class DaySheet(Sheet[Step]):
    """Shows another day's board behind itself while the arrows walk.

    Ends with what is to be opened in its place, if anything is.

    Args:
        day: the day shown now.
        today: the station's day.
        go: shows a day's board.
        week: opens the week.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "walk(-7)", show=False),
        Binding("down", "walk(7)", show=False),
    ]

    def __init__(self, day: date, today: date, go: Callable[[date], None], week: Step) -> None:
        super().__init__()
        self._day = day
        self._today = today
        self._go = go
        self._week = week

    def compose(self) -> ComposeResult:
        """Lays the day and its text box in one bar."""
        with Vertical(classes="sheet day-bar"):
            with Horizontal(classes="line"):
                yield Static("", id="day-shown", markup=False)
                yield TextBox(placeholder=_("23/11 · mon · -1"), id="day", compact=True)
            yield Words("", classes="answer", markup=False)
            yield Static(
                Content(_("← → days · ↑ ↓ weeks · W shows the week · or type a day · Esc closes")),
                classes="sheet-keys",
            )

    def on_mount(self) -> None:
        """Shows the day the board shows."""
        self._show(self._day)

    def on_key(self, event: events.Key) -> None:
        """Walks days with the side arrows while nothing is typed."""
        steps = {"left": -1, "right": 1}
        if event.key in steps and not self.query_one(Input).value:
            event.stop()
            event.prevent_default()
            self.action_walk(steps[event.key])

    def action_walk(self, days: int) -> None:
        """Shows the board so many days further."""
        self._show(self._day + timedelta(days=days))
        self._go(self._day)

    def _show(self, day: date) -> None:
        self._day = day
        self.query_one("#day-shown", Static).update(Content(f" {day_name(day)} {day.year}  "))

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        if event.value == _WEEK.upper():
            self.dismiss(self._week)
        else:
            hint = _("Enter shows the week; or go on: wed.")
            self.say(hint if event.value == _WEEK else "")

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        typed = event.value.strip()
        if typed in ("", _WEEK):
            self.dismiss(self._week if typed else None)
            return
        try:
            day = read_day(typed, self._today)
        except TimeTextError as wrong:
            self.say(tell_time_text(wrong))
            return
        self._go(day)
        self.dismiss(None)
