"""The application: it paints at once, opens the store behind, and lets keys in one by one."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar

from textual import events, on, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.worker import Worker, WorkerState

from desk.domain.intents import By
from desk.domain.keyboard_layouts import slip_scanned
from desk.domain.ports import DeskService
from desk.errors import DeskError
from desk.i18n import _
from desk.tui.commands import MOVES, command_table
from desk.tui.key_gate import KeyGate, settled
from desk.tui.keyboard import teach_alt_digits
from desk.tui.launch import Launch, StationAnswers
from desk.tui.messages import BoardLoaded, Connected, Failed
from desk.tui.palette import CommandProvider
from desk.tui.plain_signs import PlainSigns
from desk.tui.screens.act_sheet import ActSheet
from desk.tui.screens.board.screen import BoardScreen
from desk.tui.screens.problem import ProblemScreen
from desk.tui.screens.set_up import SetUpSheet
from desk.tui.screens.sheet import LeftByTyping, Sheet
from desk.tui.screens.sign_on import SignOnSheet
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
        self.board = BoardScreen(launch, self.commands)
        self.gate = KeyGate(self)
        self._plain_signs = PlainSigns()
        self._service: DeskService | None = None
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
        """Paints the board, and opens the store only after the first frame."""
        # Textual applies a keymap anew for every key, so it holds only what differs.
        remapped = self.launch.settings.keys
        self.set_keymap({one.id: ",".join(one.keys) for one in self.commands if one.id in remapped})
        self.push_screen(self.board)
        self.run_worker(self.gate.run(), group="keys")
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if self.launch.set_up is None:
            self._connect()
        else:
            self.push_screen(SetUpSheet(), self._set_up)

    def _set_up(self, answers: StationAnswers | None) -> None:
        if answers is None:
            self.exit()
        else:
            self._connect(answers)

    @work(thread=True, exit_on_error=False, group="connect")
    def _connect(self, answers: StationAnswers | None = None) -> None:
        try:
            if answers is not None and self.launch.set_up is not None:
                self.launch.set_up(answers)
            service = self.launch.connect()
        except DeskError as error:
            self.post_message(Failed(error, fatal=True))
        else:
            self.post_message(Connected(service))

    @on(Connected)
    def _connected(self, message: Connected) -> None:
        self._service = message.service
        if self.launch.officer is not None:
            self._sign_on(self.launch.officer.badge, self.launch.officer_name)
        else:
            self.push_screen(SignOnSheet(), self._signed_on)

    def _signed_on(self, who: tuple[str, str] | None) -> None:
        if who is None:
            self.exit()
        else:
            self._sign_on(*who)

    @work(thread=True, exit_on_error=False, group="connect")
    def _sign_on(self, badge: str, name: str) -> None:
        service = self._service
        if service is None:
            return
        try:
            officer = service.sign_on(badge, name)
        except DeskError as error:
            self.post_message(Failed(error, fatal=True))
            return
        by = By(officer.badge, self.launch.desk_name)
        self.call_from_thread(self.board.connect, service, by)

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
            self.failure = event.worker.error
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
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.board.touched()
            self.gate.put(event)
        else:
            await super().on_event(event)

    async def press(self, key: events.Key) -> None:
        """Lets one key through, and waits until it has done what it does."""
        if key.is_printable:
            await self._saved()
        front = self.screen
        if isinstance(front, Sheet) and not front.takes(key):
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

    def action_explain_quit(self) -> None:
        """Says how to leave, to hands that press Ctrl+C."""
        self.board.notice(_("Ctrl+Q leaves. Everything accepted is already saved."))
