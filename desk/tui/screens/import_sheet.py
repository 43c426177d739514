"""Which booking file to take in: one of the inbox, of a stick, or any that is typed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker

from desk.domain.verdict import Verdict
from desk.errors import BookingFileError
from desk.i18n import _
from desk.intake.found import Found, FoundFile, Lookout
from desk.intake.inbox import held_in
from desk.tui.booking_files import Listing, looked_words, typed_path
from desk.tui.importer import Importer
from desk.tui.screens.reading_sheet import ComeOut, ReadingSheet
from desk.tui.screens.sheet import Sheet, is_slip
from desk.tui.sentences import failure_words
from desk.tui.widgets.numbered_list import NumberedList
from desk.tui.widgets.text_box import TextBox
from desk.tui.widgets.words import Words

_LOOK_EVERY = 1.5
"""Seconds between two looks for files while the sheet is open."""


@dataclass
class _Looked(Message):
    """A look for files has ended."""

    found: Found


class ImportSheet(Sheet[Verdict]):
    """Ends with the accepted verdict of the import, or None.

    Args:
        importer: where it is taken in; its folder holds the inbox.
        typed_path: what was typed behind the command; it is read at once. Empty asks.

    Attributes:
        held: the file that was read last, where it lies in the inbox, as it was then.
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
        self._lookout = Lookout(self._inbox, importer.drives)
        self._looking: Worker[None] | None = None
        self._listing: Listing | None = None
        self.held: FoundFile | None = None

    def compose(self) -> ComposeResult:
        """Lays the files of the inbox over the box for any other."""
        with Vertical(classes="sheet"):
            yield Static(Content(_("Import a booking file")), classes="sheet-title")
            where = _("Looking for booking files …")
            yield Words(where, classes="telling", id="where", markup=False)
            yield NumberedList(())
            with Horizontal(classes="line"):
                yield Words("", classes="line-label", markup=False)
                yield TextBox(
                    self._typed_path,
                    placeholder=_("its path, such as ~/Downloads/bookings.csv"),
                    id="path",
                    compact=True,
                    select_on_focus=False,
                )
            yield Words("", classes="answer", markup=False)
            yield Words("", classes="sheet-keys", markup=False)

    def on_mount(self) -> None:
        """Reads what was named already; looks for files now and as long as it is open."""
        self._name_the_box()
        self._list.display = False
        if self._typed_path:
            self._box.focus()
            self._read_typed()
        self.look_again()
        self.set_interval(_LOOK_EVERY, self.look_again)

    # Looking for files

    def look_again(self) -> None:
        """Looks, unless a look is still going on, or a file is being read in front."""
        if self._looking is None and (self.is_current or self._listing is None):
            self._looking = self._look()

    @work(thread=True, group="files", exit_on_error=False)
    def _look(self) -> None:
        self.post_message(_Looked(self._lookout.look()))

    @on(_Looked)
    def _looked(self, message: _Looked) -> None:
        self._looking = None
        before = self._listing
        self._listing = (before or Listing()).after(message.found)
        if self._listing != before:
            self._show_files(had_any=bool(before and before.files))

    def _show_files(self, *, had_any: bool) -> None:
        """Shows the list; what is being typed or marked stays as it is."""
        if self._listing is None:
            return
        self.query_one("#where", Words).update(looked_words(self._listing, self._inbox))
        self._list.show(self._listing.lines(self._zone))
        self._list.display = bool(self._files)
        self._name_the_box()
        if not had_any and not self._box.value:
            # With nothing to pick, the box is ready; with something, so are the digits.
            self.set_focus(None if self._files else self._box)

    def _name_the_box(self) -> None:
        label = _("Other file") if self._files else _("File")
        keys = _("Type its path, and Enter reads it · Esc goes back")
        if self._files:
            keys = _("A digit picks, or ↑ ↓ and Enter · or type a path · Esc goes back")
        self.query_one(".line-label", Words).update(f"{label:<12} ")
        self.query_one(".sheet-keys", Words).update(keys)

    @property
    def _files(self) -> Sequence[Path]:
        return self._listing.paths if self._listing else ()

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
        # A path on a drive is not even looked at here: one that hangs would hold up the screen.
        parent, inbox = map(os.path.normpath, (path.parent.absolute(), self._inbox.absolute()))
        self.held = held_in(self._inbox, path) if parent == inbox else None
        self.open_sheet(ReadingSheet(path, self._importer), self._came_out)

    def _came_out(self, answer: ComeOut | None) -> None:
        if isinstance(answer, Verdict):
            self.dismiss(answer)
        else:
            self.say(answer or "")
