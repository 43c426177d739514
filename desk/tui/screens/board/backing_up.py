"""Backups made by the board: when the day begins, every few hours, and when an officer asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desk.clock import elapsed
from desk.domain.backups import Backup
from desk.domain.intents import By
from desk.errors import DeskError
from desk.i18n import _, ngettext
from desk.tui.launch import Keeper
from desk.tui.present import Tone
from desk.tui.sentences import failure_words

if TYPE_CHECKING:
    from desk.tui.screens.board.screen import BoardScreen

_AT_REST_AFTER = 20.0
"""Seconds after the start, when nobody waits for the first board any more."""

_LOOK_EVERY = 60.0

_AGAIN_AFTER = 600.0
"""Seconds after a backup that could not be made: whatever was wrong is hardly mended sooner."""


class BackingUp:
    """Makes backups for the board, in the background, and one at a time.

    Attributes:
        worry: that the newest good backup is too old, in a sentence; empty where all is well.
    """

    def __init__(self, board: BoardScreen) -> None:
        self._board = board
        self._under_way = False
        self._not_before = 0.0
        self.worry = ""

    def begin(self) -> None:
        """Makes a backup once the board is at rest, if one is due, and looks again from then on."""
        if self._board.launch.keeper is not None:
            self._board.set_timer(_AT_REST_AFTER, self.look)
            self._board.set_interval(_LOOK_EVERY, self.look)

    def look(self) -> None:
        """Makes a backup if one is due."""
        if elapsed() >= self._not_before:
            self._start(None)

    def ask(self, _rest: str) -> None:
        """Makes a backup for the officer, due or not."""
        if self._board.launch.keeper is None:
            self._board.notice(_("Nothing is kept here, so there is nothing to back up."))
        elif self._under_way:
            self._board.notice(_("A backup is being made."))
        else:
            self._board.notice(_("A backup is being made."))
            self._start(self._board.by)

    def _start(self, by: By | None) -> None:
        """Starts the worker, unless one is at it."""
        make_keeper = self._board.launch.keeper
        if make_keeper is None or self._under_way:
            return
        self._under_way = True

        def work() -> None:
            self._work(make_keeper(self._board.service), by)

        self._board.run_worker(work, thread=True, group="backups", exit_on_error=False)

    def _work(self, keeper: Keeper, by: By | None) -> None:
        """Makes a backup if one is asked for or due, and tells the board; runs in the worker."""
        try:
            made = keeper.make(by) if by is not None or keeper.is_due() else None
            self._board.call_later(self._done, made, by, keeper.hours_too_old())
        except DeskError as error:
            self._board.call_later(self._failed, error, keeper.hours_too_old())

    def _done(self, made: Backup | None, by: By | None, too_old: int | None) -> None:
        self._under_way = False
        if made is not None and made.trouble:
            self._board.notice(made.trouble, Tone.LATE)
        elif made is not None and by is not None:
            told = _("✓ {file} is a good backup, up to act {number}.")
            self._board.notice(
                told.format(file=Path(made.file).name, number=made.head_number), Tone.HERE
            )
        self._worry(too_old)

    def _failed(self, error: DeskError, too_old: int | None) -> None:
        self._under_way = False
        self._not_before = elapsed() + _AGAIN_AFTER
        self._board.notice(failure_words(error, self._board.scene.zone), Tone.OVERDUE)
        self._worry(too_old)

    def _worry(self, too_old: int | None) -> None:
        worry = "" if too_old is None else _sentence(too_old)
        if worry != self.worry:
            self.worry = worry
            self._board.draw()


def _sentence(hours: int) -> str:
    if not hours:
        return _("There is no backup yet. /backup makes one, or says why it cannot.")
    return ngettext(
        "The newest backup is {n} hour old. /backup makes one, or says why it cannot.",
        "The newest backup is {n} hours old. /backup makes one, or says why it cannot.",
        hours,
    ).format(n=hours)
