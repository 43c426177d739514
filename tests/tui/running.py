"""The whole app on a real store, driven by keys."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from textual import events
from textual.geometry import Region, Size
from textual.keys import _character_to_key
from textual.widget import Widget
from textual.widgets import Input, Static

from desk.domain.exchange import Exchange, Side
from desk.domain.intents import By
from desk.domain.rights import RequestFile
from desk.errors import DeskError
from desk.intake.drives import no_drives
from desk.intake.station_terms import terms_at
from desk.out.own_data import OwnData
from desk.out.slip import PrintedSlip, printed_slip
from desk.paths import DataFolder
from desk.service import Desk
from desk.settings import Settings
from desk.tui.app import DeskApp
from desk.tui.launch import Launch
from desk.tui.present import Key
from desk.tui.scanner import LARGEST_GAP
from desk.tui.screens.board.screen import BoardScreen
from desk.tui.screens.sheet import Sheet
from tests.builders import DUPONT, KENNEWICK, StoppedClock
from tests.tui.idling import A_MOMENT, PATIENCE, nothing_is_ready, painted
from tests.tui.painting import Painter

SMALL = (80, 24)
MIDDLE = (120, 36)
LARGE = (200, 60)

_UNWAITED = frozenset({"keys", "watch", "timeline", "arrival", "led"})
"""Groups of workers that are never done, or whose answer only the card shows."""

_CHARACTERS = {"enter": "\r", "tab": "\t", "escape": "\x1b", "ctrl+j": "\n"}
_BY_HAND = LARGEST_GAP * 2
_BY_SCANNER = LARGEST_GAP / 10


class Place(Protocol):
    """A station, as far as running the app at it needs one."""

    @property
    def path(self) -> Path: ...

    @property
    def clock(self) -> StoppedClock: ...

    @property
    def service(self) -> Desk: ...


class NoPaper:
    """A printer that has run out; the tests of what is printed bring another."""

    def slip(self, exchange: Exchange, side: Side) -> PrintedSlip:
        return printed_slip(exchange, side, KENNEWICK, ())

    def code(self, slip: PrintedSlip) -> tuple[str, ...]:
        return (slip.code,)

    def write_slip(self, slip: PrintedSlip) -> Path:
        raise DeskError("no_paper", f"There is no paper for {slip.code}.")

    def own_data(self, file: RequestFile) -> OwnData:
        raise DeskError("no_paper", f"There is no paper for request {file.request.number}.")

    def write_own_data(self, sheet: OwnData) -> tuple[Path, Path]:
        raise DeskError("no_paper", f"There is no paper for request {sheet.number}.")

    def refresh_days(self) -> str:
        return ""


def launch_of(
    station: Place,
    settings: Mapping[str, Any] | None = None,
    by: By | None = DUPONT,
    **more: Any,
) -> Launch:
    """Returns what the screen is started with, at that station."""
    said = Settings.model_validate(settings or {})
    folder = DataFolder(Path(station.path).parent)
    launch = Launch(
        connect=lambda: station.service,
        clock=station.clock,
        settings=said,
        desk_name="desk 1",
        officer=by,
        officer_name="M. Officer",
        data_folder=folder.path,
        terms=lambda: terms_at(folder, said, station.clock),
        title=KENNEWICK.name,
        timezone=KENNEWICK.timezone,
        printer=lambda _service: NoPaper(),
        drives=no_drives,
    )
    return replace(launch, **more)


class Front:
    """The app as an officer sees it.

    Args:
        app: it runs already.
        painter: who paints for it, if it does not paint for itself.
    """

    def __init__(self, app: DeskApp, painter: Painter | None = None) -> None:
        self.app = app
        self._painter = painter or Painter(app)
        self._last = float("-inf")

    # What there is to see

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
    def timeline_of(self) -> str | None:
        """The exchange whose timeline the card shows."""
        return self.board.timeline[0] if self.board.timeline else None

    @property
    def sheets(self) -> list[str]:
        """The class names of all that lies over the board, the front last."""
        over = [screen for screen in self.app.screen_stack[1:] if screen is not self.board]
        return [type(screen).__name__ for screen in over]

    @property
    def answer(self) -> str:
        """What the sheet in front answers."""
        return str(self.app.screen.query_one(".answer", Static).content)

    @property
    def words(self) -> str:
        """Everything that the sheet in front says."""
        return "\n".join(_shown(part) for part in self.app.screen.query(Static))

    def part(self, selector: str) -> str:
        """What one part of the screen in front says; nothing where it is hidden."""
        return _shown(self.app.screen.query_one(selector, Static))

    def box(self, name: str) -> Input:
        """A text box of the screen in front, by its name."""
        return self.app.screen.query_one(f"#{name}", Input)

    def drawn(self, widget: Widget | None = None) -> str:
        """Everything that a widget draws, or all of the screens, a line of theirs a line."""
        roots = self.app.screen_stack if widget is None else [widget]
        lines: list[str] = []
        for each in (part for root in roots for part in root.walk_children(Widget, with_self=True)):
            if each.display and not each.children:
                whole = Region(0, 0, *each.outer_size)
                lines += (strip.text.rstrip() for strip in each.render_lines(whole))
        return "\n".join(lines)

    # What can be done

    async def press(self, *keys: str) -> None:
        """Presses keys one by one, looking at what each has done before the next."""
        for key in keys:
            self.send(key)
            await self.settle()

    async def hurry(self, *keys: str) -> None:
        """Presses keys by hand, one after another, without looking."""
        for key in keys:
            self.send(key)
        await self.settle()

    async def type(self, text: str) -> None:
        """Types a text by hand."""
        await self.hurry(*text)

    async def write(self, text: str) -> None:
        """Types the first character of a text into a form, and the rest into its box at once."""
        await self.type(text[0])
        await self.paste(text[1:])

    async def say(self, words: str) -> None:
        """Puts words into the emptied field, all at once, and presses Enter."""
        self.board.clear_field()
        self.app.post_message(events.Paste(words))
        await self.press("enter")

    async def scan(self, text: str, end: str = "enter") -> None:
        """Sends a text as a scanner does."""
        self.burst(text, end)
        await self.settle()

    def burst(self, text: str, *ends: str) -> None:
        """Sends a text and its line end as a scanner does, and does not wait."""
        for key in (*text, *ends):
            self.send(key, _BY_SCANNER if self._bursting else _BY_HAND)
            self._bursting = True
        self._bursting = False

    _bursting = False

    async def paste(self, text: str) -> None:
        """Pastes a text."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    def send(self, key: str, after: float = _BY_HAND) -> None:
        """Sends one key, so many seconds after the one before, and does not wait."""
        if len(key) == 1:
            event = events.Key(_character_to_key(key), key)
        else:
            event = events.Key(key, _CHARACTERS.get(key))
        event.time = self._last = max(event.time, self._last + after)
        self.app.post_message(event)

    async def point_at(self, ref: str) -> None:
        """Puts the cursor on an exchange."""
        self.board.table.go_to(Key(ref))
        await self.settle()
        assert self.cursor == ref

    async def open(self, ref: str) -> None:
        """Opens the sheet of an exchange, nobody in particular being meant."""
        await self.point_at(ref)
        await self.press("enter")
        assert self.sheets == ["ActSheet"], self.notice

    async def resize(self, width: int, height: int) -> None:
        """Gives the terminal another size."""
        size = Size(width, height)
        self.app.post_message(events.Resize(size, size))
        await self.until(lambda: self.app.screen.outer_size == size)

    async def tick(self) -> None:
        """Lets the board look at its clock."""
        self.board.tick()
        await self.settle()

    # Waiting

    async def settle(self) -> None:
        """Waits until nothing is left to be done but to watch the store and to read timelines."""
        at_rest = 0
        # Once more than seems needed: what is painted may have to be laid out anew, and a worker
        # may have said something just before it ended.
        while at_rest < 2 and self.app.is_running:
            await nothing_is_ready()
            if not self._at_work:
                await painted(self.app)
            at_rest = 0 if self._at_work else at_rest + 1
            # A thread at work gets on with it where this one sleeps.
            await asyncio.sleep(0 if at_rest else A_MOMENT)
        self._painter.paint()

    @property
    def _at_work(self) -> bool:
        busy = [each for each in self.app.workers if not each.is_finished]
        unmounted = [screen for screen in self.app.screen_stack if not screen.is_mounted]
        waited_for = [each for each in busy if each.group not in _UNWAITED]
        return bool(unmounted or waited_for or self.app.gate.busy or self._has_post)

    @property
    def _has_post(self) -> bool:
        """Whether a message waits for the app, or for any part of its screens."""
        parts = (each.walk_children(Widget, with_self=True) for each in self.app.screen_stack)
        return any(one.message_queue_size for one in (self.app, *chain.from_iterable(parts)))

    async def until(self, so: Callable[[], object]) -> None:
        """Lets the app work on until something is so; where it never is, the test fails."""
        await self.settle()
        while not so():
            await self.when(so)
            await self.settle()

    async def when(self, so: Callable[[], object]) -> None:
        """Waits until something is so, while something else may still be waited for."""
        await nothing_is_ready()
        async with asyncio.timeout(PATIENCE):
            while not so():
                await asyncio.sleep(A_MOMENT)
                await nothing_is_ready()

    async def until_saving(self) -> None:
        """Waits until the sheet in front waits for the store's answer, and every key was taken."""
        await self.when(lambda: self._saving and not self.app.gate.busy)

    @property
    def _saving(self) -> bool:
        front = self.app.screen
        return isinstance(front, Sheet) and front.saving


def _shown(part: Static) -> str:
    within = part.ancestors_with_self
    hidden = any(isinstance(each, Widget) and not each.display for each in within)
    return "" if hidden else str(part.content)


@asynccontextmanager
async def running(
    station: Place,
    size: tuple[int, int] = SMALL,
    settings: Mapping[str, Any] | None = None,
    by: By | None = DUPONT,
    **more: Any,
) -> AsyncIterator[Front]:
    """Runs the app until the test is done with it."""
    async with started(launch_of(station, settings, by, **more), size) as front:
        await front.until(lambda: front.board.ready or front.sheets)
        yield front


@asynccontextmanager
async def started(launch: Launch, size: tuple[int, int] = SMALL) -> AsyncIterator[Front]:
    """Starts the app, and lets it run until the test is done with it."""
    app = DeskApp(launch)
    with Painter(app).at_work() as painter:
        async with app.run_test(size=size):
            yield Front(app, painter)
    if app.failure is not None:
        raise app.failure
