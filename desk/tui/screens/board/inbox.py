"""The inbox on the board: what has come is told quietly, and what was taken in is put away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desk.domain.verdict import Verdict
from desk.errors import BookingFileError
from desk.i18n import _, ngettext
from desk.intake.found import FoundFile
from desk.intake.inbox import DONE, InboxWatch, put_away
from desk.intake.read import file_name
from desk.paths import DataFolder
from desk.text import fit
from desk.tui.importer import Importer
from desk.tui.present import Tone
from desk.tui.screens.board.drawing import Drawing
from desk.tui.screens.import_sheet import ImportSheet
from desk.tui.sentences import failure_words

if TYPE_CHECKING:
    from desk.tui.screens.board.screen import BoardScreen

_LOOK_EVERY = 3.0
"""Seconds between two looks; a file that grew in none of two is whole."""

_TOLD_AFTER = 5
"""Seconds in sight after which nobody is told of the same file again."""

_NAME_CELLS = 30


class Inbox:
    """Tells of files in the line under the field, when that has nothing else to say.

    Nothing is read, let alone applied, before somebody picks it.
    """

    def __init__(self, board: BoardScreen, drawing: Drawing) -> None:
        self._board = board
        self._drawing = drawing
        self._here: tuple[FoundFile, ...] = ()
        self._told: set[FoundFile] = set()
        self._shown: tuple[FoundFile, ...] = ()
        self._seconds = 0

    @property
    def _folder(self) -> DataFolder:
        return DataFolder(self._board.launch.data_folder)

    # What comes

    @property
    def waiting(self) -> tuple[FoundFile, ...]:
        """The files that nobody was told of yet, the newest first."""
        return tuple(file for file in self._here if file not in self._told)

    def begin(self) -> None:
        """Watches the inbox for as long as the board is there."""
        self._board.run_worker(self._watch, thread=True, group="watch", exit_on_error=False)

    def _watch(self) -> None:
        watch = InboxWatch(self._folder.inbox)
        while self._board.goes_on(_LOOK_EVERY):
            files = watch.look()
            if files is not None:
                self._board.call_later(self._came, files)

    def _came(self, files: tuple[FoundFile, ...]) -> None:
        self._here = files
        if self._in_sight and not set(self._shown) <= set(files):
            self._board.notice("")

    def tick(self) -> None:
        """Tells, once a second, what nobody was told yet; never in place of other words."""
        board, waiting = self._board, self.waiting
        if not waiting:
            return
        if self._in_sight and self._shown == waiting:
            self._seconds += 1
            if self._seconds >= _TOLD_AFTER:
                self._told.update(waiting)
        elif board.app.screen is board and not board.field.value and self._may_speak:
            self._shown, self._seconds = waiting, 0
            board.notice(_came_words(waiting))

    @property
    def _may_speak(self) -> bool:
        return self._in_sight or self._drawing.line_is_free

    @property
    def _in_sight(self) -> bool:
        return bool(self._shown) and self._drawing.said == _came_words(self._shown)

    # What is taken in

    def open_import(self, rest: str) -> None:
        """Opens the list of booking files, or reads the one that was named.

        Args:
            rest: its path; empty for the list, after which everybody knows what is there.
        """
        board, launch = self._board, self._board.launch
        self._told.update(self._here)
        importer = Importer(self._folder, launch.terms, board.service, board.by, launch.drives)
        sheet = ImportSheet(importer, rest)
        board.open_sheet(sheet, lambda verdict: self._taken_in(verdict, sheet.held))

    def _taken_in(self, verdict: Verdict | None, held: FoundFile | None) -> None:
        self._board.acted(verdict)
        if verdict is not None and held is not None:
            work = partial(self._put_away, held)
            self._board.run_worker(work, thread=True, group="inbox", exit_on_error=False)

    def _put_away(self, file: FoundFile) -> None:
        words, tone = _("“{file}” lies in {folder} now."), Tone.HERE
        told = words.format(file=file_name(file.path), folder=self._done)
        try:
            put_away(file)
        except BookingFileError as error:
            told, tone = failure_words(error, self._board.scene.zone), Tone.LATE
        self._board.call_later(self._add, told, tone)

    def _add(self, words: str, tone: Tone) -> None:
        """Says something more about what was just done; only trouble is said on its own."""
        board = self._board
        if board.overlay.news:
            board.overlay.news = f"{board.overlay.news} {words}"
            board.notice(board.overlay.news, tone)
        elif tone is not Tone.HERE:
            board.notice(words, tone)

    def tell_undone(self) -> None:
        """Says where the file is whose bookings were taken back."""
        if (self._folder.inbox / DONE).is_dir():
            words = _("If its file was in the inbox, it lies in {folder}.")
            self._add(words.format(folder=self._done), Tone.HERE)

    @property
    def _done(self) -> str:
        return f"{self._folder.inbox.name}/{DONE}"


def _came_words(files: tuple[FoundFile, ...]) -> str:
    """Returns ``1 booking file in the inbox: calendly.csv · /import``, in one line of a board."""
    name = fit(file_name(files[0].path), _NAME_CELLS).rstrip()
    more = len(files) - 1
    names = _("{name} and {n} more").format(name=name, n=more) if more else name
    words = ngettext(
        "{n} booking file in the inbox: {names} · /import",
        "{n} booking files in the inbox: {names} · /import",
        len(files),
    )
    return words.format(n=len(files), names=names)
