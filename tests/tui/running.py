"""The whole app on a real store, driven by keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Static

from desk.domain.intents import By
from desk.settings import Settings
from desk.tui.app import DeskApp
from desk.tui.launch import Launch
from desk.tui.screens.board.screen import BoardScreen
from tests.builders import DUPONT, KENNEWICK, StationUnderTest

SMALL = (80, 24)
MIDDLE = (120, 36)
LARGE = (200, 60)


def launch_of(
    station: StationUnderTest, settings: Mapping[str, Any] | None = None, by: By | None = DUPONT
) -> Launch:
    """Returns what the screen is started with, at that station."""
    return Launch(
        connect=lambda: station.service,
        clock=station.clock,
        settings=Settings.model_validate(settings or {}),
        desk_name="desk 1",
        officer=by,
        officer_name="M. Officer",
        data_folder=Path(station.path).parent,
        title=KENNEWICK.name,
        timezone=KENNEWICK.timezone,
    )


class Front:
    """The app as an officer sees it."""

    def __init__(self, app: DeskApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def board(self) -> BoardScreen:
        """The board, whatever lies over it."""
        return self.app.board

    @property
    def field(self) -> str:
        """What stands in the find field."""
        return self.board.field.value

    @property
    def notice(self) -> str:
        """The line under the field."""
        return str(self.board.query_one("#notice", Static).content)

    @property
    def cursor(self) -> str | None:
        """The reference of the row under the cursor."""
        return self.board.table.cursor_ref

    @property
    def sheet(self) -> str:
        """The class name of what lies in front."""
        return type(self.app.screen).__name__

    @property
    def answer(self) -> str:
        """What the sheet in front says."""
        return str(self.app.screen.query_one(".answer", Static).content)

    @property
    def words(self) -> str:
        """Everything that the sheet in front says."""
        return "\n".join(str(part.content) for part in self.app.screen.query(Static))

    async def press(self, *keys: str) -> None:
        """Presses keys, and waits for what they start."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Types a text by hand."""
        await self.press(*(_key(character) for character in text))

    async def scan(self, text: str) -> None:
        """Sends a text as a scanner does: at once."""
        await self.app.scanned(text)
        await self.settle()

    async def settle(self) -> None:
        """Waits until the background has nothing to do but watch."""
        for _round in range(3):
            busy = [
                worker
                for worker in self.app.workers
                if worker.group != "watch" and not worker.is_finished
            ]
            if busy:
                await self.app.workers.wait_for_complete(busy)
            await self.pilot.pause()


def _key(character: str) -> str:
    named = {" ": "space", "/": "slash", "-": "minus", "?": "question_mark", ":": "colon"}
    return named.get(character, character)


@asynccontextmanager
async def running(
    station: StationUnderTest,
    size: tuple[int, int] = SMALL,
    settings: Mapping[str, Any] | None = None,
    by: By | None = DUPONT,
) -> AsyncIterator[Front]:
    """Runs the app until the test is done with it."""
    app = DeskApp(launch_of(station, settings, by))
    async with app.run_test(size=size) as pilot:
        front = Front(app, pilot)
        await front.settle()
        yield front
    if app.failure is not None:
        raise app.failure
