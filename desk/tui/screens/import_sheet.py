"""Which booking file to take in: one of the inbox, or any that is typed; then its preview."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState, get_current_worker

from desk.domain.drafts import ImportPlan
from desk.domain.intents import By
from desk.domain.ports import DeskService
from desk.domain.verdict import Verdict
from desk.errors import BookingFileError, DeskError
from desk.i18n import _
from desk.intake.dates import Showing
from desk.intake.intake import plan
from desk.intake.read import file_name
from desk.intake.terms import Answers, Showings
from desk.paths import DataFolder
from desk.text import safe
from desk.tui.booking_files import (
    RowOfFile,
    file_line,
    look_into,
    repeated_times,
    row_of,
    typed_path,
)
from desk.tui.screens.preview_sheet import PreviewSheet
from desk.tui.screens.sheet import Sheet, is_slip
from desk.tui.screens.showing_sheet import ShowingSheet
from desk.tui.sentences import failure_words
from desk.tui.widgets.numbered_list import NumberedList
from desk.tui.widgets.text_box import TextBox
from desk.tui.widgets.words import Words


@dataclass
class _Progressed(Message):
    """So many bytes are read, of so many."""

    reading: Worker[Any]
    done: int
    total: int


@dataclass
class _Read(Message):
    """A file is read, or cannot be."""

    reading: Worker[Any]
    answer: ImportPlan | DeskError


class ImportSheet(Sheet[Verdict]):
    """Ends with the accepted verdict of the import, or None.

    Args:
        data_folder: the station's folder, which holds the inbox.
        service: reads what is known, and takes the file in.
        by: who takes it in, and where.
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

    def __init__(self, data_folder: Path, service: DeskService, by: By, typed_path: str) -> None:
        super().__init__()
        self._inbox = DataFolder(data_folder).inbox
        self._service = service
        self._zone = service.station.zone
        self._by = by
        self._typed_path = typed_path.strip()
        self._files, self._trouble = look_into(self._inbox)
        self._reading: Worker[None] | None = None
        self._path = Path()
        self._showings: dict[RowOfFile, Showing] = {}
        self._stopped_asking = False

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
        if self._files and self._reading is None:
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
        if picked is not None and self._reading is None:
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

    # Reading it, in the background

    def _begin(self, path: Path) -> None:
        if self._reading is None:
            self._path, self._stopped_asking = path, False
            self._showings.clear()
            self._read_again()

    def _read_again(self) -> None:
        self.say(_("Reading {file} … Esc stops it.").format(file=file_name(self._path)))
        self._reading = self._read(self._path, dict(self._showings))

    @work(thread=True, exclusive=True, group="reading", exit_on_error=False)
    def _read(self, path: Path, showings: Showings) -> None:
        worker = get_current_worker()
        answer: ImportPlan | DeskError
        try:
            answer = plan(
                [path],
                self._service,
                answers=Answers(showings=showings),
                progress=lambda done, total: self._progress(worker, done, total),
                cancelled=lambda: worker.is_cancelled,
            )
        except DeskError as error:
            answer = error
        self.post_message(_Read(worker, answer))

    def _progress(self, worker: Worker[Any], done: int, total: int) -> None:
        self.post_message(_Progressed(worker, done, total))

    @on(_Progressed)
    def _show_progress(self, message: _Progressed) -> None:
        if message.reading is self._reading and message.total:
            words = _("Reading {file} … {percent} %. Esc stops it.")
            percent = 100 * message.done // message.total
            self.say(words.format(file=file_name(self._path), percent=percent))

    @on(_Read)
    def _was_read(self, message: _Read) -> None:
        # What was stopped may still answer, and is not waited for any more.
        if message.reading is not self._reading:
            return
        self._reading = None
        if isinstance(message.answer, ImportPlan):
            self.say("")
            self._ask_about_times(message.answer)
        else:
            self.say(failure_words(message.answer, self._zone))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Lets the officer go on where the program itself failed."""
        if event.state is WorkerState.ERROR and event.worker is self._reading:
            self._reading = None
            self.say(_("desk failed while it read the file. Nothing was changed."))

    def action_put_away(self) -> None:
        """Stops the reading; goes back when nothing is being read."""
        if self._reading is None:
            self.dismiss(None)
            return
        self._reading.cancel()
        self._reading = None
        self.say(_("Stopped. Nothing was changed."))

    # Times that the clock shows twice

    def _ask_about_times(self, planned: ImportPlan) -> None:
        """Asks which one is meant, row by row; what is not answered stays rejected."""
        rows = repeated_times(planned)
        unanswered = [row for row in rows if row_of(row) not in self._showings]
        if unanswered and not self._stopped_asking:

            def picked(showings: Showings | None) -> None:
                self._stopped_asking = showings is None
                self._showings |= showings or {}
                self._ask_about_times(planned)

            self.app.push_screen(ShowingSheet(unanswered), picked)
        elif len(unanswered) < len(rows):
            self._read_again()
        else:
            self._preview(planned)

    # Showing what it would do

    def _preview(self, planned: ImportPlan) -> None:
        self.app.push_screen(PreviewSheet(planned, self._service, self._by), self._previewed)

    def _previewed(self, verdict: Verdict | None) -> None:
        if verdict is None:
            return
        if verdict.accepted:
            self.dismiss(verdict)
        else:
            self.say(failure_words(verdict, self._zone))
