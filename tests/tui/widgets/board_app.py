"""An app with nothing but the board's widgets, laid out as the board's screen lays them out."""

from __future__ import annotations

from textual import events, on
from textual.app import App, ComposeResult
from textual.containers import Container, Horizontal
from textual.message import Message
from textual.widgets import Static

from desk.domain.views import Board
from desk.tui.present import Scene, card, day_title, picture
from desk.tui.themes import THEMES, VARIABLE_DEFAULTS
from desk.tui.widgets.bay_strip import BayStrip
from desk.tui.widgets.board_table import BoardTable
from desk.tui.widgets.card import Card
from desk.tui.widgets.command_bar import CommandBar
from desk.tui.widgets.counts_line import CountsLine
from desk.tui.widgets.title_bar import TitleBar
from desk.wording import clock_time
from tests.tui.widgets.saturday import OFFERS, board, scene, timeline

COMMANDS = (
    ("F1", "Help", True),
    ("F2", "Arrive", True),
    ("F3", "Finish", True),
    ("F4", "No-show", True),
    ("F5", "Dispute", True),
    ("F6", "Walk-in", True),
    ("F7", "Day", True),
    ("F8", "Undo", True),
    ("F9", "Handover", True),
    ("F12", "Lock", True),
)


class BoardApp(App[None]):
    """Shows one board at one moment."""

    CSS = """
    Screen { layout: vertical; background: $background; }
    #find { height: 1; margin-bottom: 1; }
    #find Static { width: 1fr; }
    #body { layout: horizontal; height: 1fr; margin-top: 1; }
    BoardTable { width: 1fr; height: 1fr; }
    Card { width: 35%; max-width: 42; height: 1fr; background: $band; }
    .-narrow #body { layout: vertical; }
    .-narrow Card { width: 1fr; max-width: 999; height: 6; background: $background; }
    .-wide #find { margin-top: 1; }
    """

    def __init__(self, shown: Board | None = None, at: Scene | None = None) -> None:
        super().__init__()
        self.board = shown or board()
        self.scene = at or scene()
        self.unfolded = False
        self.said: list[Message] = []
        for theme in THEMES:
            self.register_theme(theme)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(VARIABLE_DEFAULTS)

    def compose(self) -> ComposeResult:
        yield TitleBar()
        with Horizontal(id="find"):
            yield Static(" > Find a name, scan a slip, / for commands", markup=False)
            yield CountsLine()
        yield BayStrip()
        with Container(id="body"):
            yield BoardTable()
            yield Card()
        yield CommandBar()

    def on_resize(self, event: events.Resize) -> None:
        self.screen.set_class(event.size.width < 110, "-narrow")
        self.screen.set_class(event.size.width >= 110, "-wide")

    def on_mount(self) -> None:
        self.theme = THEMES[0].name
        self.draw()

    @property
    def table(self) -> BoardTable:
        return self.screen.query_one(BoardTable)

    def draw(self) -> None:
        kept = self.table.cursor_ref
        drawn = picture(self.board, self.scene, unfolded=self.unfolded, kept=kept)
        title = day_title(self.board.day, self.scene.today)
        self.query_one(TitleBar).show(
            "Kennewick PD",
            "exchange desk",
            title,
            clock_time(self.scene.now, self.scene.zone),
            ("4412", "desk 1"),
            other_day=self.board.day != self.scene.today,
        )
        self.query_one(CountsLine).show(drawn.counts)
        self.query_one(BayStrip).show(drawn.bays)
        self.query_one(CommandBar).show(COMMANDS)
        self.table.show(drawn, empty="No exchanges on this day. /import takes in a booking file.")

    @on(BoardTable.Highlighted)
    @on(BoardTable.Chosen)
    @on(BoardTable.FoldPressed)
    def remember(self, message: Message) -> None:
        self.said.append(message)
        ref = self.table.cursor_ref
        chosen = next((each for each in self.board.exchanges if each.ref == ref), None)
        entries = timeline() if ref == "K7QDM7" else ()
        shown = card(chosen, entries, OFFERS, self.scene) if chosen else None
        self.query_one(Card).show(shown)
