"""The board: today's exchanges, found by typing and acted on by keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, Static

from desk.domain.exchange import Exchange, Kind, Side
from desk.domain.intents import By
from desk.domain.ports import DeskService
from desk.domain.rules import Moment
from desk.domain.verdict import Verdict
from desk.domain.views import Board, TimelineEntry
from desk.errors import DeskError
from desk.i18n import _
from desk.tui.commands import COMMANDS, MOVES, Command, act_keys, bindings
from desk.tui.launch import Launch
from desk.tui.messages import BoardLoaded, Changed, Failed, FoundOnAllDays, TimelineLoaded
from desk.tui.present import GLYPHS, Key, Scene, Tone
from desk.tui.screens.board.backing_up import BackingUp
from desk.tui.screens.board.clerk import BoardClerk
from desk.tui.screens.board.connected import ConnectedScreen
from desk.tui.screens.board.drawing import Drawing
from desk.tui.screens.board.finding import Finding
from desk.tui.screens.board.hours import Hours
from desk.tui.screens.board.inbox import Inbox
from desk.tui.screens.board.membership import Membership
from desk.tui.screens.board.overlay import Overlay
from desk.tui.screens.board.papers import Papers
from desk.tui.screens.board.plans import Plans
from desk.tui.screens.board.requests import Requests
from desk.tui.screens.board.search import Search
from desk.tui.screens.board.sizes import COLUMNS, ROWS
from desk.tui.screens.board.typed import Typed
from desk.tui.screens.sheet import LeftByTyping, Sheet
from desk.tui.sentences import failure_words
from desk.tui.widgets.bay_strip import BayStrip
from desk.tui.widgets.board_table import BoardTable
from desk.tui.widgets.card import Card
from desk.tui.widgets.command_bar import CommandBar
from desk.tui.widgets.counts_line import CountsLine
from desk.tui.widgets.find_field import FindField
from desk.tui.widgets.title_bar import TitleBar
from desk.tui.widgets.words import Words
from desk.wording import tell

ResultT = TypeVar("ResultT")

_CARD_AFTER = 0.02
"""Seconds that the cursor rests on a row before the card shows it; a held key is quicker."""


class BoardScreen(ConnectedScreen):
    """Owns what is shown; its widgets are handed it and draw it."""

    CSS_PATH = "screen.tcss"
    HORIZONTAL_BREAKPOINTS = COLUMNS
    VERTICAL_BREAKPOINTS = ROWS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(COMMANDS),
        *(Binding(key, action, show=False) for key, action in MOVES.items()),
        Binding("escape", "peel", show=False),
    ]

    field = query_one(FindField)
    table = query_one(BoardTable)

    def __init__(self, launch: Launch, commands: tuple[Command, ...]) -> None:
        super().__init__(By("", launch.desk_name), launch.note_failure)
        self.launch = launch
        self.commands = commands
        self.mode = ""
        self._board: Board | None = None
        self._day: date | None = None
        self.timeline: tuple[str, tuple[TimelineEntry, ...]] | None = None
        self.unfolded = False
        self._hours = Hours(self)
        self.overlay = Overlay(self)
        self.search = Search()
        self.finding = Finding(self)
        self.keys = act_keys(commands)
        self.clerk = BoardClerk(self, self.keys)
        self.papers = Papers(self)
        self.backing_up = BackingUp(self)
        self.plans = Plans(self)
        self.membership = Membership(self)
        self.requests = Requests(self)
        self._drawing = Drawing(self)
        self.inbox = Inbox(self, self._drawing)
        self._typed = Typed(self)

    def compose(self) -> ComposeResult:
        """Lays the screen out as the design's pictures do."""
        yield TitleBar()
        with Horizontal(id="find-line"):
            yield Static(
                Content(f"{GLYPHS[self.launch.settings.looks.glyphs].prompt} "), id="prompt"
            )
            yield FindField(self._placeholder())
            yield CountsLine()
        yield Words("", id="notice", markup=False)
        yield BayStrip()
        yield Static(_("Make this window larger: desk needs 48×9, better 80×24."), id="too-small")
        with Container(id="body"):
            yield BoardTable()
            yield Card()
        yield CommandBar()

    def _placeholder(self) -> str:
        if self.app.size.width < 110:
            return _("Find a name, scan a slip, / for commands")
        return _("Find a name, reference, plate or item · scan a slip · / for commands")

    def on_mount(self) -> None:
        """Shows what is known before the store is open."""
        self.field.focus()
        self._drawing.title()
        self._drawing.commands()

    def connect(self, service: DeskService, by: By) -> None:
        """Takes the open store and the officer, and shows today."""
        self.use_service(service, by)
        self.show_day(self.scene.today)
        self.papers.begin()
        self.backing_up.begin()
        self.inbox.begin()
        if self.launch.warning:
            self.notice(self.launch.warning, Tone.LATE)

    # What is known now

    @property
    def ready(self) -> bool:
        """Whether there is a board to act on."""
        return self._board is not None

    @property
    def scene(self) -> Scene:
        """The station, its rules and the present."""
        now = self.launch.clock.now()
        last = self._board.last_recorded_at if self._board else None
        moment = Moment(now, set_back=last is not None and last > now)
        glyphs = GLYPHS[self.launch.settings.looks.glyphs]
        return Scene(self.service.station, self.service.rules, moment, glyphs)

    @property
    def shown(self) -> Board:
        """The board that is shown.

        Raises:
            DeskError: none was read yet.
        """
        if self._board is None:
            raise DeskError("not_open", _("The record is still being opened."))
        return self._board

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The exchanges of the day that is shown."""
        return self._board.exchanges if self._board else ()

    @property
    def highlighted(self) -> Exchange | None:
        """The exchange under the cursor."""
        key = self.table.cursor_key
        return None if key is None else self.find_ref(key.ref)

    def find_ref(self, ref: str | None) -> Exchange | None:
        """Returns an exchange of the day that is shown, or one that was found on another."""
        known = (*self.exchanges, *self.search.elsewhere)
        return next((one for one in known if one.ref == ref), None)

    def kind_of(self, ref: str) -> Kind | None:
        """Returns the kind of an exchange of the day that is shown."""
        exchange = self.find_ref(ref)
        return exchange.kind if exchange else None

    @property
    def day(self) -> date:
        """The day that is shown."""
        return self._day or self.scene.today

    # Showing

    def tick(self) -> None:
        """Looks at the clock: a new day, an idle desk, minutes that have passed."""
        # The clock still goes while the program ends and the screens are taken down.
        if not self.connected or not self.query(BoardTable):
            return
        self._hours.pass_by()
        self.inbox.tick()

    def show_day(self, day: date) -> None:
        """Shows a day's board."""
        self._day = day
        self._hours.show(day)
        self.read_board(day)

    def refresh_board(self) -> None:
        """Reads the day that is shown again."""
        self.read_board(self.day)

    def draw(self) -> None:
        """Draws what is known, as it is at this moment."""
        self._drawing.board()

    def side_found(self) -> Side | None:
        """Returns the side of the party that was found, while somebody is being found."""
        key = self.table.cursor_key
        return key.side if self.search.active and key is not None else None

    def notice(self, words: str, tone: Tone = Tone.PLAIN) -> None:
        """Tells the officer something in the line under the field."""
        self._drawing.notice(words, tone)

    # What the background tells

    @on(BoardLoaded)
    def _loaded(self, message: BoardLoaded) -> None:
        if message.board.day != self.day:
            return
        is_first = self._board is None
        self._board = message.board
        self.search.look_in(message.board.exchanges, self.scene)
        if is_first:
            # Practised hands type before the record is open.
            self._typed.changed(self.field.value)
        self.draw()
        self._rested()

    @on(FoundOnAllDays)
    def _found_on_all_days(self, message: FoundOnAllDays) -> None:
        self.finding.found(message.text, message.found)

    @on(TimelineLoaded)
    def _timeline_loaded(self, message: TimelineLoaded) -> None:
        self.timeline = (message.ref, message.entries)
        self._drawing.card()
        self.look_at(self.find_ref(message.ref))

    @on(BoardTable.Highlighted)
    def _moved(self) -> None:
        # The row answers the key first. Whatever runs meanwhile would keep the thread waiting
        # that writes it to the terminal, so the card follows once the cursor has come to rest.
        if self._coming_to_rest is not None:
            self._coming_to_rest.cancel()
        loop = asyncio.get_running_loop()
        self._coming_to_rest = loop.call_later(_CARD_AFTER, self.call_later, self._rested)

    _coming_to_rest: asyncio.TimerHandle | None = None

    def _rested(self) -> None:
        exchange = self.highlighted
        self._drawing.card()
        self._drawing.commands()
        if exchange is not None:
            self.read_timeline(exchange.ref)

    @on(Changed)
    def _changed(self) -> None:
        self.refresh_board()

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        self.notice(failure_words(message.error, self.scene.zone), Tone.OVERDUE)

    def show_today(self) -> None:
        """Shows today's board, if another day's is shown."""
        if self.day != self.scene.today:
            self.show_day(self.scene.today)

    def acted(self, verdict: Verdict | None, words: str = "") -> None:
        """Shows what was done: the field is empty, and the cursor on that exchange."""
        if verdict is None:
            return
        self.clear_field()
        if verdict.ref:
            self.table.go_to(Key(verdict.ref))
        words = words or tell(verdict, self.scene.zone).explanation
        self.overlay.news = f"✓ {words}"
        self.notice(self.overlay.news, Tone.HERE)
        self.refresh_board()
        self.papers.follow(verdict)

    def open_sheet(self, sheet: Sheet[ResultT], done: Callable[[ResultT | None], None]) -> None:
        """Lays a sheet over the board."""
        self.overlay.lay(sheet, done)

    def draw_title(self) -> None:
        """Draws the top line."""
        self._drawing.title()

    # Typing, scanning and keys

    def point_at(self, exchange: Exchange, side: Side | None) -> None:
        """Puts the cursor on an exchange of the day that is shown."""
        if self.find_ref(exchange.ref) is not None:
            self.table.go_to(Key(exchange.ref, side if self.search.active else None))

    def touched(self) -> None:
        """Remembers that somebody is at the keyboard."""
        self._hours.touched()
        self._drawing.key_pressed()
        self.overlay.news = ""

    def clear_field(self) -> None:
        """Empties the field, and with it the finding."""
        self.field.replace_text("")
        self.finding.find("")

    @on(Input.Changed)
    def _field_changed(self, event: Input.Changed) -> None:
        self._typed.changed(event.value)

    @on(Input.Submitted)
    def _field_entered(self) -> None:
        self._typed.entered(self.field.value.strip())

    @on(FindField.CompletionAsked)
    def _complete(self) -> None:
        self._typed.complete(self.field.value)

    @on(FindField.HelpAsked)
    def _help(self) -> None:
        self.action_command("help")

    def left_by_typing(self, message: LeftByTyping) -> None:
        """Finds what somebody typed into a sheet that had no text box."""
        self.field.replace_text(message.text)

    def scanned(self, text: str) -> None:
        """Takes a scan: only ever a search, whatever it spells."""
        self._typed.scanned(text)

    def on_screen_resume(self) -> None:
        """Looks at a scan that waited for something that is none of the board's own sheets."""
        self.call_later(self.overlay.take_waiting_scan)

    def action_command(self, command_id: str) -> None:
        """Begins a command."""
        self._typed.begin(command_id)

    def action_move(self, by: int) -> None:
        """Moves the cursor by rows."""
        self.search.arrow_used = True
        self.table.move(by)

    def action_page(self, by: int) -> None:
        """Moves the cursor by screens."""
        self.table.page(by)

    def action_first(self) -> None:
        """Moves the cursor to the first row."""
        self.table.home()

    def action_last(self) -> None:
        """Moves the cursor to the last row."""
        self.table.end()

    def action_peel(self) -> None:
        """Takes one layer away: the text, then the other day."""
        if self.field.value:
            self.clear_field()
        elif self.connected and self.day != self.scene.today:
            self.show_day(self.scene.today)
        self.notice("")

    @on(BoardTable.FoldPressed)
    def toggle_fold(self) -> None:
        """Shows or folds the closed exchanges."""
        self.unfolded = not self.unfolded
        self.draw()

    @on(BoardTable.Chosen)
    def _chosen(self) -> None:
        self.touched()
        self._typed.entered("")

    def on_key(self) -> None:
        """Keeps the focus in the field, whatever was clicked."""
        if self.focused is not self.field:
            self.field.focus()
