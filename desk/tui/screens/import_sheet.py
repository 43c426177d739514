"""Which booking file to take in: one of the inbox, or any that is typed; then its preview."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from desk.domain.verdict import Verdict
from desk.errors import BookingFileError
from desk.i18n import _
from desk.text import safe
from desk.tui.booking_files import file_line, look_into, typed_path
from desk.tui.importer import Importer
from desk.tui.screens.reading_sheet import ComeOut, ReadingSheet
from desk.tui.screens.sheet import Sheet, is_slip
from desk.tui.sentences import failure_words
from desk.tui.widgets.numbered_list import NumberedList
from desk.tui.widgets.text_box import TextBox
from desk.tui.widgets.words import Words


class ImportSheet(Sheet[Verdict]):
    """Ends with the accepted verdict of the import, or None.

    Args:
        importer: where it is taken in; its folder holds the inbox.
        typed_path: what was typed behind the command; it is read at once. Empty asks.
    """

    CSS_PATH = "import_sheet.tcss"
    # While no text box has the focus, digits pick.
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("enter", "pick", show=False),
    ]

    def __init__(self, importer: Importer, typed_path: str) -> None:
        super().__init__()
        self._inbox = importer.folder.inbox
        self._importer = importer
        self._zone = importer.service.station.zone
        self._typed_path = typed_path.strip()
        self._files, self._trouble = look_into(self._inbox)

    def compose(self) -> ComposeResult:
        """Lays the files of the inbox over the box for any other."""
        with Vertical(classes="sheet"):
            yield Static(Content(_("Import a booking file")), classes="sheet-title")
            yield Static(Content(safe(self._where())), classes="telling")
            yield NumberedList(file_line(path, self._zone) for path in self._files)
            with Horizontal(classes="line"):
                label = _("Other file") if self._files else _("File")
                yield Static(Content(f"{label:<12} "), classes="line-label")
                yield TextBox(
                    self._typed_path,
                    placeholder=_("its path, such as ~/Downloads/bookings.csv"),
                    id="path",
                    compact=True,
                    select_on_focus=False,
                )
            yield Words("", classes="answer", markup=False)
            yield Static(Content(self._keys()), classes="sheet-keys")

    def _where(self) -> str:
        words = _("In the inbox, newest first: {folder}")
        if not self._files:
            words = _("The inbox is empty. Put booking files into {folder}, or type a path.")
        return self._trouble or words.format(folder=self._inbox)

    def _keys(self) -> str:
        if not self._files:
            return _("Type its path, and Enter reads it · Esc goes back")
        return _("A digit picks, or ↑ ↓ and Enter · or type a path · Esc goes back")

    def on_mount(self) -> None:
        """Reads what was named already; with nothing to pick, the box is ready."""
        self._list.display = bool(self._files)
        if self._typed_path or not self._files:
            self._box.focus()
        if self._typed_path:
            self._read_typed()

    @property
    def _list(self) -> NumberedList:
        return self.query_one(NumberedList)

    @property
    def _box(self) -> Input:
        return self.query_one("#path", Input)

    # Choosing a file

    def action_step(self, by: int) -> None:
        """Marks a file with an arrow; Enter then means that file, and not the box."""
        if self._files:
            self.set_focus(None)
            self._list.step(by)

    def action_pick(self) -> None:
        """Reads the marked file, if one is marked."""
        marked = self._list.marked
        if marked is not None:
            self._begin(self._files[marked])

    def on_key(self, event: events.Key) -> None:
        """Picks by digit."""
        if event.character is None or event.character not in "123456789" or self._has_text_box():
            return
        event.stop()
        # Or the base class would take the digit for the beginning of a path.
        event.prevent_default()
        picked = self._list.numbered(event.character)
        if picked is not None:
            self._list.mark(picked)
            self._begin(self._files[picked])

    def typed(self, character: str) -> None:
        """Begins a path."""
        self._put(character)

    def on_paste(self, event: events.Paste) -> None:
        """Takes a path that was pasted, or a file dropped on the terminal."""
        self._put("".join(event.text.splitlines()[:1]))

    def type_burst(self, text: str) -> bool:
        """Types a burst into the box, wherever the focus was; a slip is never typed."""
        if not is_slip(text):
            self.set_focus(self._box)
        return super().type_burst(text)

    def _put(self, text: str) -> None:
        self.set_focus(self._box)
        self._box.insert_text_at_cursor(text)

    @on(Input.Submitted, "#path")
    def _read_typed(self) -> None:
        try:
            path = typed_path(self._box.value, self._files)
        except BookingFileError as error:
            self.say(failure_words(error, self._zone))
            return
        if path is not None:
            self._begin(path)

    # Reading it, and taking it in

    def _begin(self, path: Path) -> None:
        self.say("")
        self.app.push_screen(ReadingSheet(path, self._importer), self._came_out)

    def _came_out(self, answer: ComeOut | None) -> None:
        if isinstance(answer, Verdict):
            self.dismiss(answer)
        else:
            self.say(answer or "")
