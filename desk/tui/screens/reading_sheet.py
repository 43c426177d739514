"""One booking file on its way in: it is read, what it leaves open is asked, then it is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import Worker, WorkerState, get_current_worker

from desk.domain.drafts import ImportPlan
from desk.domain.reading import Overrules
from desk.domain.verdict import Verdict
from desk.errors import DeskError
from desk.i18n import _
from desk.intake.dates import Showing
from desk.intake.intake import plan
from desk.intake.read import file_name
from desk.intake.station_terms import StationTerms
from desk.intake.terms import Answers, Showings
from desk.text import safe
from desk.tui.importer import FileRead, Importer
from desk.tui.screens.doubts import (
    Answer,
    RowOfFile,
    SayColumns,
    ask_about_file,
    ask_about_times,
    file_doubt,
    repeated_times,
    row_of,
)
from desk.tui.screens.mapping_sheet import MappingSheet
from desk.tui.screens.preview_sheet import PreviewSheet
from desk.tui.screens.sheet import Sheet
from desk.tui.sentences import failure_words
from desk.tui.widgets.words import Words

ComeOut: TypeAlias = Verdict | str
"""The accepted verdict, or why nothing was taken in."""

_BAR_CELLS = 40


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
    on_terms: StationTerms
    answer: ImportPlan | DeskError


class ReadingSheet(Sheet[ComeOut]):
    """Ends with the accepted verdict, or why nothing was taken in; None where it was left.

    Args:
        path: the file.
        importer: where it is taken in.
    """

    def __init__(self, path: Path, importer: Importer) -> None:
        super().__init__()
        self._path = path
        self._importer = importer
        self._zone = importer.service.station.zone
        self._reading: Worker[None] | None = None
        self._said = Overrules()
        self._showings: dict[RowOfFile, Showing] = {}
        self._stopped_asking = False
        self._on_terms: StationTerms | None = None

    def compose(self) -> ComposeResult:
        """Lays the bar under the file's name."""
        with Vertical(classes="sheet"):
            title = _("Import {files}").format(files=safe(file_name(self._path)))
            yield Static(Content(title), classes="sheet-title")
            yield Words("", id="bar", markup=False)
            yield Words("", classes="answer", markup=False)
            yield Static(Content(_("Esc stops it, and nothing is changed")), classes="sheet-keys")

    def on_mount(self) -> None:
        """Begins to read."""
        self._read_again()

    def typed(self, character: str) -> None:
        """Ignores typing: whoever types ahead has picked this file."""

    # Reading it, in the background

    def _read_again(self) -> None:
        self._show_bar(0, 1)
        answers = Answers(
            overrules={file_name(self._path): self._said}, showings=dict(self._showings)
        )
        self._reading = self._read(answers)

    @work(thread=True, exclusive=True, group="reading", exit_on_error=False)
    def _read(self, answers: Answers) -> None:
        worker = get_current_worker()
        on_terms = self._importer.terms()
        answer: ImportPlan | DeskError
        try:
            answer = plan(
                [self._path],
                self._importer.service,
                on_terms.terms,
                answers,
                progress=lambda done, total: self._progress(worker, done, total),
                cancelled=lambda: worker.is_cancelled,
            )
        except DeskError as error:
            answer = error
        self.post_message(_Read(worker, on_terms, answer))

    def _progress(self, worker: Worker[Any], done: int, total: int) -> None:
        self.post_message(_Progressed(worker, done, total))

    @on(_Progressed)
    def _show_progress(self, message: _Progressed) -> None:
        if message.reading is self._reading and message.total:
            self._show_bar(message.done, message.total)

    def _show_bar(self, done: int, total: int) -> None:
        full = _BAR_CELLS * done // total
        bar = Content.assemble(
            ("━" * full, "bold $tone-accent"), ("─" * (_BAR_CELLS - full), "$tone-rule")
        )
        self.query_one("#bar", Static).update(bar)
        words = _("Reading {file} … {percent} %")
        if done == total:
            words = _("Comparing {file} with what is booked …")
        self.say(words.format(file=file_name(self._path), percent=100 * done // total))

    @on(_Read)
    def _was_read(self, message: _Read) -> None:
        # What was stopped may still answer, and is not waited for any more.
        if message.reading is not self._reading:
            return
        self._reading = None
        self._on_terms = message.on_terms
        if isinstance(message.answer, ImportPlan):
            self._go_on(message.answer, message.on_terms)
        else:
            self.dismiss(failure_words(message.answer, self._zone))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Lets the officer go on where the program itself failed."""
        if event.state is WorkerState.ERROR and event.worker is self._reading:
            self._reading = None
            self.dismiss(_("desk failed while it read the file. Nothing was changed."))

    def action_put_away(self) -> None:
        """Stops the reading."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self.dismiss(_("Stopped. Nothing was changed."))

    # Asking what it leaves open

    def _go_on(self, planned: ImportPlan, on_terms: StationTerms) -> None:
        doubt = file_doubt(planned)
        rows = repeated_times(planned)
        open_rows = [row for row in rows if row_of(row) not in self._showings]
        if doubt is not None:
            question = ask_about_file(doubt, self._said, on_terms)
            self.open_sheet(question, lambda answer: self._answered(answer, on_terms))
        elif open_rows and not self._stopped_asking:

            def picked(showings: Showings | None) -> None:
                self._stopped_asking = showings is None
                self._showings |= showings or {}
                self._go_on(planned, on_terms)

            self.open_sheet(ask_about_times(open_rows), picked)
        elif len(open_rows) < len(rows):
            self._read_again()
        else:
            self._preview(planned, on_terms)

    def _answered(self, answer: Answer | None, on_terms: StationTerms) -> None:
        match answer:
            case None:
                self._leave_unread()
            case SayColumns():
                read = FileRead(self._path, on_terms, self._said)
                self.open_sheet(MappingSheet(self._importer, read), self._mapped)
            case Overrules():
                self._said = answer
                self._read_again()

    def _mapped(self, name: str | None) -> None:
        if name is None:
            self._leave_unread()
        else:
            self._said = replace(self._said, source=name)
            self._read_again()

    def _leave_unread(self) -> None:
        words = _("{file} was left unread, and nothing was changed.")
        self.dismiss(words.format(file=file_name(self._path)))

    # Showing what it would do

    def _preview(self, planned: ImportPlan, on_terms: StationTerms) -> None:
        read = FileRead(self._path, on_terms, self._said)
        self.open_sheet(PreviewSheet(planned, self._importer, read), self._previewed)

    def _previewed(self, answer: Verdict | Overrules | None) -> None:
        if isinstance(answer, Overrules):
            self._said = answer
            self._read_again()
        elif answer is None or answer.accepted:
            self.dismiss(answer)
        else:
            self.dismiss(failure_words(answer, self._zone))
