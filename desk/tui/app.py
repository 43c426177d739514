"""The application: it paints at once, opens the store behind, and lets keys in one by one."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar

from textual import events, on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.worker import Worker, WorkerState

from desk.domain.intents import By
from desk.domain.keyboard_layouts import slip_scanned
from desk.domain.ports import DeskService
from desk.errors import DeskError
from desk.i18n import _
from desk.tui.arrival import Arrival
from desk.tui.commands import MOVES, command_table
from desk.tui.key_gate import KeyGate, settled
from desk.tui.keyboard import teach_alt_digits
from desk.tui.launch import Launch
from desk.tui.leaving import Leaving
from desk.tui.locking import Lock
from desk.tui.messages import BoardLoaded, Failed, LockAsked
from desk.tui.palette import CommandProvider
from desk.tui.plain_signs import PlainSigns
from desk.tui.present import Tone
from desk.tui.screens.act_sheet import ActSheet
from desk.tui.screens.board.screen import BoardScreen
from desk.tui.screens.lock_screen import LockScreen
from desk.tui.screens.problem import ProblemScreen
from desk.tui.screens.sheet import LeftByTyping, Sheet
from desk.tui.themes import THEME_NAMES, THEMES, VARIABLE_DEFAULTS

_SAVED_WITHIN = 2.0
"""Seconds after which a letter no longer waits for what is being saved."""

_LINE_ENDS = str.maketrans("\r\t", "\n\n")


class DeskApp(App[None]):
    """The front desk's dashboard.

    Args:
        launch: what ``desk.bootstrap`` wired.

    Attributes:
        gate: where keys come in.
        problem: why the program could not go on, once it has ended.
        failure: what went wrong without being foreseen, for the outermost boundary to log.
    """

    CSS_PATH = "app.tcss"
    TITLE = "desk"
    DEFAULT_MODE = "first officer"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[Any]] = {CommandProvider}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+c", "explain_quit", show=False),
    ]

    def __init__(self, launch: Launch) -> None:
        teach_alt_digits()
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEME_NAMES[launch.settings.looks.theme]
        # Before anything is styled: Textual styles all of it again when the theme changes.
        self.stylesheet.set_variables(self.get_css_variables())
        self.launch = launch
        self.commands = command_table(launch.settings.keys)
        self._lock_keys = next(one.keys for one in self.commands if one.id == "lock")
        self.board = self.new_board(self.DEFAULT_MODE)
        self.lock = Lock(self)
        self._leaving = Leaving()
        self.gate = KeyGate(self)
        self._plain_signs = PlainSigns()
        self.problem: DeskError | None = None
        self.failure: BaseException | None = None

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Returns the desk's own CSS variables, for any theme."""
        return dict(VARIABLE_DEFAULTS)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Returns Textual's filters, and one for plain signs where the station wants those."""
        plain = self.launch.settings.looks.glyphs == "ascii"
        return [*super().get_line_filters(), *([self._plain_signs] if plain else [])]

    def on_mount(self) -> None:
        """Opens the store only after the first frame, which is the board's."""
        # Textual applies a keymap anew for every key, so it holds only what differs.
        remapped = self.launch.settings.keys
        self.set_keymap({one.id: ",".join(one.keys) for one in self.commands if one.id in remapped})
        self.set_interval(1.0, self._tick)
        if self.launch.entrance is None:
            self.call_after_refresh(self._let_come_in)
        else:
            # The sheet that asks for a passphrase is there before the first key can come.
            self._let_come_in()
        self.run_worker(self.gate.run(), group="keys")

    def _let_come_in(self) -> None:
        self.run_worker(Arrival(self).come_in(), group="arrival", exit_on_error=False)

    def begin_work(self, service: DeskService, by: By) -> None:
        """Gives the open record to the officer who has come in."""
        self.board.connect(service, by)
        self.lock.begin(service, by)

    def new_board(self, mode: str) -> BoardScreen:
        """Returns a board for an officer, which is shown in that mode."""
        board = BoardScreen(self.launch, self.commands)
        board.mode = mode
        self.add_mode(mode, lambda: board)
        return board

    def sign_out(self) -> None:
        """Ends the work of everybody who has come in, once the screen is gone; takes its time.

        Raises:
            DeskError: it could not be written.
        """
        self.lock.sign_out()

    def _tick(self) -> None:
        self.board.tick()
        self.lock.tick()

    @on(BoardLoaded)
    def _started(self) -> None:
        """Spares what start-up has made from garbage collection.

        It lives as long as the program. A full collection would walk all of it, for a tenth of a
        second in which no key is answered. Where no terminal waits, in a test, many apps share
        one process, and each has to be collected.
        """
        if not self.is_headless and not gc.get_freeze_count():
            gc.freeze()

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        if message.fatal:
            self.problem = message.error
            self.push_screen(ProblemScreen(message.error), lambda _nothing: self.exit())

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR:
            self.failure = self.failure or event.worker.error
            self.exit()

    def _handle_exception(self, error: Exception) -> None:
        """Ends the program; the outermost boundary logs the error and says a sentence.

        Textual would print a traceback with the values in it, and those are names. It has no
        public way to say otherwise. Without a terminal, in a test, the error is Textual's.
        """
        self.failure = error
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self.exit(return_code=1)

    # Keys, strictly one after another

    async def on_event(self, event: events.Event) -> None:
        """Sends keys and pastes through the gate that tells scans from typing."""
        if isinstance(event, events.Key | events.Paste | events.MouseDown | events.MouseScrollDown):
            self.lock.touched()
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.board.touched()
            self.gate.put(event)
        else:
            await super().on_event(event)

    async def press(self, key: events.Key) -> None:
        """Lets one key through, and waits until it has done what it does."""
        if not self.lock.takes(key):
            return
        if key.is_printable:
            await self._saved()
        front = self.screen
        if isinstance(front, Sheet):
            if key.key in self._lock_keys:
                # Whoever is called away does not first put away what is open.
                self.lock.cover(self.board.by.badge)
                return
            if not front.takes(key):
                return
        if front is self.board and key.key in MOVES:
            # The day's most pressed keys need not go through the field and back.
            await self.run_action(MOVES[key.key], front)
            return
        way = (front.focused or front).ancestors_with_self
        await super().on_event(key)
        # Up to the app, which runs the key's binding; and once more for what that has sent.
        await settled(*way, *way)
        if front is self.board or self.screen is not front:
            # Under a sheet that stays it is not woken: Textual would draw all of it again.
            await settled(self.board)

    async def _saved(self) -> None:
        """Waits for what is being saved: the next name that is typed is not meant for its sheet."""
        front = self.screen
        if isinstance(front, Sheet) and front.saving:
            with suppress(TimeoutError):
                await asyncio.wait_for(front.saved(), _SAVED_WITHIN)
            await settled(self.board)

    async def scanned(self, text: str) -> None:
        """Takes a scan: over a sheet it presses nothing."""
        front = self.screen
        if front is self.board:
            self.board.scanned(text)
        elif isinstance(front, Sheet):
            self._scanned_over(front, text)
        elif isinstance(front, LockScreen):
            front.type_burst(text)
        else:
            self.board.overlay.keep_scan(text)
        await settled(self.board)

    def _scanned_over(self, sheet: Sheet[Any], text: str) -> None:
        slip = slip_scanned(text)
        if slip is not None and slip.ref == sheet.ref:
            sheet.say_same_exchange()
        elif not sheet.type_burst(text):
            self.board.overlay.keep_scan(text)
            sheet.say(_("1 scan waiting: it is looked at when this is done."))

    def holds_back(self) -> bool:
        """Whether a character could press something, so that it has to prove itself typed."""
        return self.screen is not self.board

    async def caught_up(self) -> None:
        """Returns once the keys that have already come are in the gate."""
        await settled(self)

    async def pasted(self, paste: events.Paste) -> None:
        """Takes a paste; one that a line end or a tab ends is a scan."""
        text, line_end, _rest = paste.text.translate(_LINE_ENDS).partition("\n")
        if line_end and text.strip():
            await self.scanned(text)
        else:
            await super().on_event(paste)

    @on(LeftByTyping)
    def _left_by_typing(self, message: LeftByTyping) -> None:
        under = self.screen
        if isinstance(under, ActSheet):
            # The ways out of a refusal lay over it; the text that was begun takes it away, too.
            under.typed(message.text)
        else:
            self.board.left_by_typing(message)

    @on(LockAsked)
    def _lock_asked(self, message: LockAsked) -> None:
        self.lock.cover(message.badge)

    @on(LockScreen.Tried)
    def _unlock(self, message: LockScreen.Tried) -> None:
        tried = self.lock.unlock(message.badge, message.secret)
        self.run_worker(tried, group="lock", exit_on_error=False)

    def action_command_palette(self) -> None:
        """Opens the palette over the board, and over nothing else."""
        if self.screen is self.board:
            super().action_command_palette()

    async def action_quit(self) -> None:
        """Leaves, as soon as whoever asks for it knows what is lost by it."""
        warning = self._leaving.warning(self.lock.unsaved())
        if not warning:
            self.exit()
        elif isinstance(self.screen, LockScreen | Sheet):
            self.screen.say(warning)
        else:
            self.board.notice(warning, Tone.LATE)

    def action_explain_quit(self) -> None:
        """Says how to leave, to hands that press Ctrl+C."""
        self.board.notice(_("Ctrl+Q leaves. Everything accepted is already saved."))
