"""Covers the screen, gives it back to whoever shows who they are, and keeps apart what is whose.

Each officer has a board of their own, with all that lies over it: a mode of the application. The
locked screen is another mode, so that nothing of a board is drawn while it is shown, and nothing
that comes late can lie over it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from math import inf
from typing import TYPE_CHECKING

from textual import events
from textual.widget import AwaitMount

from desk.clock import elapsed
from desk.domain.intents import By
from desk.domain.ports import AccessService, DeskService
from desk.domain.verdict import Code, Verdict
from desk.errors import DeskError, UsageError
from desk.i18n import _
from desk.tui.background import in_background
from desk.tui.leaving import Unsaved
from desk.tui.present import Tone
from desk.tui.present.sight import Sight, sight
from desk.tui.screens.board.screen import BoardScreen
from desk.tui.screens.lock_screen import LockScreen
from desk.tui.sentences import error_words, failure_words, need_accepted

if TYPE_CHECKING:
    from desk.tui.app import DeskApp

_LOCKED = "locked"
"""The mode in which the screen is covered."""

_ASLEEP = 10.0
"""Seconds between two looks at the clock, of which there is one a second: the PC was suspended."""

_AGAIN_AFTER = 1.0
"""Seconds after which what another desk kept from being written is tried again."""

_HABIT = 1.0
"""Seconds for which an Enter that comes first still belongs to the PIN, which needs none."""

_SHORTEST_PASSPHRASE = 12
"""From so many digits on it is a passphrase; a PIN that is chosen here has fewer."""


class Lock:
    """Locks and unlocks the screen of a guarded station.

    Args:
        app: whose screen it is.
    """

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._access: AccessService | None = None
        self._service: DeskService | None = None
        self._boards: dict[str, BoardScreen] = {}
        self._pin_lengths: dict[str, int] = {}
        self._screen = LockScreen(self._pin_lengths.get)
        self._in_turn = asyncio.Lock()
        self._touched_at = self._looked_at = elapsed()
        self._calling: frozenset[object] | None = None
        self._shown_at = -inf
        self._habit = 0.0

    @property
    def is_locked(self) -> bool:
        """Whether the screen is covered."""
        return self._app.current_mode == _LOCKED

    def begin(self, service: DeskService, by: By) -> None:
        """Guards the screen of whoever has come in; where nobody is asked, nothing is locked."""
        if service.access is None:
            return
        self._service, self._access = service, service.access
        self._boards[by.badge] = self._app.board
        self._app.add_mode(_LOCKED, lambda: self._screen)
        self.touched()
        self._app.run_worker(
            self._advise(service.access, self._app.board), group="advice", exit_on_error=False
        )

    async def _advise(self, access: AccessService, board: BoardScreen) -> None:
        """Says once, and quietly, that a PIN would unlock faster."""
        try:
            await self._learn_pins(access)
        except DeskError as error:
            board.notice(error_words(error), Tone.OVERDUE)
            return
        if board.by.badge not in self._pin_lengths and not board.launch.warning:
            advice = _("/pin: with a PIN, unlocking takes six digits and no Enter.")
            board.notice(advice, Tone.DIM)

    async def _learn_pins(self, access: AccessService) -> None:
        """Learns how long each officer's PIN is, so that none needs an Enter.

        Raises:
            DeskError: the record cannot be read.
        """
        officers = await in_background(
            self._app, partial(access.officers, self._app.launch.desk_name)
        )
        self._pin_lengths.clear()
        self._pin_lengths.update(
            (one.badge, one.pin_digits) for one in officers if one.pin_digits is not None
        )

    # Locking

    def touched(self) -> None:
        """Remembers that somebody is at the keyboard."""
        self._touched_at = elapsed()

    def tick(self) -> None:
        """Covers the screen that nobody touched, or whose PC slept; shows what goes on."""
        now = elapsed()
        asleep = now - self._looked_at > _ASLEEP
        self._looked_at = now
        if self.is_locked:
            self._show()
        elif asleep or now - self._touched_at > self._app.launch.settings.lock.idle_minutes * 60:
            self.cover(self._app.board.by.badge)

    def cover(self, badge: str) -> None:
        """Covers the screen, and writes that down.

        Args:
            badge: of who is expected back; empty where another officer is to go on here.
        """
        if self._access is None or self.is_locked:
            return
        board = self._app.board
        board.show_today()
        self._screen.cover(badge)
        self._calling = None
        covered = self._app.switch_mode(_LOCKED)
        noted = self._note(self._access, board.by, covered)
        self._app.run_worker(noted, group="lock", exit_on_error=False)

    async def _note(self, access: AccessService, by: By, covered: AwaitMount) -> None:
        """Writes down that the screen was covered, however long another desk writes."""
        async with self._in_turn:
            await covered
            self._show()
            try:
                await self._learn_pins(access)
                verdict = await in_background(self._app, lambda: access.lock(by))
                while verdict.code is Code.BUSY:
                    await asyncio.sleep(_AGAIN_AFTER)
                    verdict = await in_background(self._app, lambda: access.lock(by))
            except DeskError as error:
                self._screen.say(error_words(error))

    # While it is locked

    def _show(self) -> None:
        board = self._app.board
        if not self._screen.is_mounted or not board.ready or board.day != board.scene.today:
            return
        seen = sight(board.shown, board.scene)
        self._screen.show(seen, self._app.launch.desk_name)
        self._ring(seen)

    def _ring(self, seen: Sight) -> None:
        """Rings where somebody is needed who was not before."""
        before, self._calling = self._calling, frozenset(seen.calling)
        wanted = self._app.launch.settings.lock.bell
        if wanted and before is not None and not self._calling <= before:
            self._app.bell()

    # Unlocking

    async def unlock(self, badge: str, secret: str) -> None:
        """Gives the screen to whoever has that badge and that secret, or says why not."""
        access, service = self._access, self._service
        if access is None or service is None:
            return
        by = By(badge, self._app.launch.desk_name)
        is_pin = self._is_pin(badge, secret)
        check: Callable[[By, str], Verdict] = (
            access.unlock if is_pin else access.unlock_by_passphrase
        )
        answer: Verdict | DeskError
        async with self._in_turn:
            try:
                answer = await in_background(self._app, partial(check, by, secret))
            except DeskError as error:
                answer = error
        if isinstance(answer, Verdict) and answer.accepted:
            self._habit = _HABIT if is_pin else 0.0
            await self._give_to(by, service)
        else:
            # It may have been changed at another desk, to one of another length.
            with suppress(DeskError):
                await self._learn_pins(access)
            self._screen.refuse(failure_words(answer, service.station.zone))

    def _is_pin(self, badge: str, secret: str) -> bool:
        known = self._pin_lengths.get(badge) == len(secret)
        return secret.isdecimal() and (known or len(secret) < _SHORTEST_PASSPHRASE)

    async def _give_to(self, by: By, service: DeskService) -> None:
        """Shows the officer's own board, with all that lay over it; a new one to a newcomer."""
        board = self._boards.get(by.badge)
        is_new = board is None
        if board is None:
            board = self._boards[by.badge] = self._app.new_board(f"officer {by.badge}")
        self._app.board = board
        self._shown_at = inf
        await self._app.switch_mode(board.mode)
        self._app.call_after_refresh(self._given)
        if is_new and service.access is not None:
            board.connect(service, by)
            await self._advise(service.access, board)
        else:
            board.tick()
            board.refresh_board()
        self.touched()

    def _given(self) -> None:
        # An event's own time is the one clock that can be compared with a key's.
        self._shown_at = events.Idle().time

    def takes(self, key: events.Key) -> bool:
        """Whether a key was pressed by somebody who could see what it does.

        Hands that press Enter after a PIN press nothing on the board by it.
        """
        if self.is_locked:
            return not self._screen.checking
        habit, self._habit = self._habit, 0.0
        return key.time >= self._shown_at + (habit if key.key == "enter" else 0)

    # Leaving

    def unsaved(self) -> list[Unsaved]:
        """Returns what each officer who has come in would lose."""
        return [board.overlay.unsaved for board in self._boards.values()]

    def sign_out(self) -> None:
        """Ends the work of everybody who has come in; takes its time.

        Raises:
            DeskError: it could not be written.
        """
        access, service = self._access, self._service
        if access is None or service is None:
            return
        for badge in self._boards:
            # Whoever was taken off meanwhile has nothing to end.
            with suppress(UsageError):
                verdict = access.sign_out(By(badge, self._app.launch.desk_name))
                if verdict.code is Code.BUSY:
                    need_accepted(verdict, service.station.zone)
        service.checkpoint()
