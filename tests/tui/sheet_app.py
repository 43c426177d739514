"""An app with nothing but one sheet, and eyes for what its widgets draw."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any, Generic, TypeVar

from textual.app import App
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

import desk.tui
from desk.tui.screens.sheet import Sheet
from desk.tui.themes import THEMES, VARIABLE_DEFAULTS
from tests.tui.idling import A_MOMENT, PATIENCE, nothing_is_ready, painted
from tests.tui.painting import Painter

ResultT = TypeVar("ResultT")


class SheetApp(App[None], Generic[ResultT]):
    """Shows one sheet over an empty screen, and keeps what it ended with."""

    CSS_PATH = Path(desk.tui.__file__).with_name("app.tcss")

    def __init__(self, sheet: Sheet[ResultT]) -> None:
        super().__init__()
        self.sheet = sheet
        self.ended: list[ResultT | None] = []
        for theme in THEMES:
            self.register_theme(theme)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(VARIABLE_DEFAULTS)

    def on_mount(self) -> None:
        self.theme = THEMES[0].name
        self.push_screen(self.sheet, self.ended.append)

    @asynccontextmanager
    async def shown(self, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
        """Runs it until the test is done with it, and paints nothing but what the test looks at."""
        with Painter(self).at_work():
            async with self.run_test(size=size) as pilot:
                yield pilot

    async def show(self, sheet: Sheet[ResultT]) -> None:
        """Shows another sheet in place of all that is shown: an app starts slower than a sheet."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        self.sheet = sheet
        await self.push_screen(sheet, self.ended.append)


def drawn(screen: Screen[Any]) -> str:
    """Everything that the screen's widgets draw, a line of theirs a line."""
    lines: list[str] = []
    for widget in screen.walk_children(Widget):
        if widget.display and not widget.children:
            whole = Region(0, 0, *widget.size)
            lines += (strip.text.rstrip() for strip in widget.render_lines(whole))
    return "\n".join(lines)


async def until(pilot: Pilot[None], so: Callable[[], object]) -> None:
    """Lets the app work on until something is so; where it never is, the test fails."""
    ends = monotonic() + PATIENCE
    while monotonic() < ends:
        # What is painted may have to be laid out anew.
        for _twice in range(2):
            await nothing_is_ready()
            await painted(pilot.app)
        if so():
            return
        await asyncio.sleep(A_MOMENT)
    raise AssertionError(f"It never came to be: {pilot.app.screen} shows {drawn(pilot.app.screen)}")
