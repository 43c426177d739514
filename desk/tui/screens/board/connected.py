"""A screen with the open store behind it: it reads and writes in the background.

Reading may be cancelled by a later read. Writing never is: cancelling would lose the answer, and
not the act.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

from textual import on, work
from textual.worker import Worker, WorkerState, get_current_worker

from desk.domain.bays import Place, without
from desk.domain.booking import Booking
from desk.domain.days import local_day
from desk.domain.exchange import Exchange
from desk.domain.intents import Book, By, ExchangeIntent, Undo
from desk.domain.looks import LookedAt, look_at_card
from desk.domain.ports import DeskService
from desk.domain.verdict import Verdict
from desk.domain.views import DayLoad, UndoableAct
from desk.errors import DeskError
from desk.i18n import _
from desk.tui.messages import BoardLoaded, Changed, Failed, FoundOnAllDays, TimelineLoaded
from desk.tui.present.places import Around
from desk.tui.screens.sized import Sized

Intended = ExchangeIntent | Book | Undo
"""What can be done."""

Reply = Callable[[Verdict | DeskError], None]

_WATCH_EVERY = 0.5
"""Seconds between two looks whether another desk has written."""

_TIMELINE_AFTER = 0.08
"""Seconds that the cursor rests on a row before its timeline is read."""

_FIND_AFTER = 0.08
"""Seconds that nobody types before all days are searched."""

_MOST_FOUND = 50
"""How many exchanges are found on all days; more letters find fewer."""


class ConnectedScreen(Sized[None]):
    """Posts ``BoardLoaded``, ``TimelineLoaded``, ``Changed`` and ``Failed``."""

    def __init__(self, by: By, note_failure: Callable[[DeskError], None]) -> None:
        super().__init__()
        self._note_failure = note_failure
        self.by = by
        self._service: DeskService | None = None
        self._ended = threading.Event()
        self._looked: tuple[By, str, LookedAt | None] | None = None

    @property
    def service(self) -> DeskService:
        """The open store.

        Raises:
            DeskError: it is not open yet.
        """
        if self._service is None:
            raise DeskError("not_open", _("The record is still being opened."))
        return self._service

    @property
    def connected(self) -> bool:
        """Whether the store is open."""
        return self._service is not None

    def use_service(self, service: DeskService, by: By) -> None:
        """Takes the open store and the officer, and watches what other desks write."""
        self._service = service
        self.by = by
        self._watch()

    def goes_on(self, seconds: float) -> bool:
        """Waits in a worker; returns whether the screen is still there."""
        return not self._ended.wait(seconds)

    def on_unmount(self) -> None:
        """Lets the watching thread end."""
        self._ended.set()

    @on(Failed)
    def _log(self, message: Failed) -> None:
        self._note_failure(message.error)

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        """Hands on to the app what nobody foresaw: otherwise only an answer would never come."""
        if event.state is WorkerState.ERROR:
            self.app.post_message(event)

    @work(thread=True, exclusive=True, group="board", exit_on_error=False)
    def read_board(self, day: date) -> None:
        """Reads a day's board."""
        worker = get_current_worker()
        try:
            board = self.service.board(day)
        except DeskError as error:
            self.post_message(Failed(error))
            return
        if not worker.is_cancelled:
            self.post_message(BoardLoaded(board))

    @work(thread=True, exclusive=True, group="timeline", exit_on_error=False)
    def read_timeline(self, ref: str) -> None:
        """Reads the acts on an exchange, once the cursor rests on it."""
        worker = get_current_worker()
        if self._ended.wait(_TIMELINE_AFTER) or worker.is_cancelled:
            return
        try:
            entries = self.service.timeline(ref)
        except DeskError as error:
            self.post_message(Failed(error))
            return
        if not worker.is_cancelled:
            self.post_message(TimelineLoaded(ref, entries))

    def look_at(self, exchange: Exchange | None) -> None:
        """Notes that an officer opened a card, where that is worth knowing.

        That the card is drawn anew as the day goes on is no new look.
        """
        if exchange is None:
            return
        what = look_at_card(exchange)
        before, self._looked = self._looked, (self.by, exchange.ref, what)
        if what is not None and self._looked != before:
            self.service.looked(self.by, what, (exchange.ref,))

    @work(thread=True, exclusive=True, group="find", exit_on_error=False)
    def look_on_all_days(self, text: str) -> None:
        """Looks for a text on all days, unless another is typed meanwhile."""
        worker = get_current_worker()
        if self._ended.wait(_FIND_AFTER) or worker.is_cancelled:
            return
        try:
            found = self.service.find(text, _MOST_FOUND)
        except DeskError as error:
            self.post_message(Failed(error))
            return
        if not worker.is_cancelled:
            self.post_message(FoundOnAllDays(text, found))

    @work(thread=True, group="watch", exit_on_error=False)
    def _watch(self) -> None:
        mark: int | None = None
        while not self._ended.wait(_WATCH_EVERY):
            try:
                seen = self.service.change_mark()
            except DeskError as error:
                self.post_message(Failed(error))
                continue
            if mark not in (seen, None):
                self.post_message(Changed())
            mark = seen

    @work(thread=True, group="acts", exit_on_error=False)
    def perform(self, intent: Intended, reply: Reply) -> None:
        """Does an intent and hands on the answer."""
        answer: Verdict | DeskError
        try:
            if isinstance(intent, Undo):
                answer = self.service.undo(intent)
            elif isinstance(intent, Book):
                answer = self.service.book(intent)
            else:
                answer = self.service.perform(intent)
        except DeskError as error:
            answer = error
        self.call_later(reply, answer)

    @work(thread=True, exclusive=True, group="fetch", exit_on_error=False)
    def fetch(self, ref: str, use: Callable[[Exchange | None], None]) -> None:
        """Reads an exchange anew, of any day, and hands it on, unless another is asked for."""
        worker = get_current_worker()
        try:
            exchange = self.service.exchange(ref)
        except DeskError as error:
            self.post_message(Failed(error))
            return
        # Asked when its turn has come: a slip read twice asks twice, and opens one sheet.
        self.call_later(lambda: None if worker.is_cancelled else use(exchange))

    def fetch_known(self, ref: str, use: Callable[[Exchange], None]) -> None:
        """Reads an exchange of any day, and hands it on; says so where there is none."""

        def got(exchange: Exchange | None) -> None:
            if exchange is None:
                unknown = _("{ref} is not a reference of this station.").format(ref=ref)
                self.post_message(Failed(DeskError("unknown", unknown)))
            else:
                use(exchange)

        self.fetch(ref, got)

    @work(thread=True, exclusive=True, group="around", exit_on_error=False)
    def look_around(self, booking: Booking, ref: str | None, use: Callable[[Around], None]) -> None:
        """Reads what there is at the time of a booking, unless another is looked at meanwhile."""
        worker = get_current_worker()
        day = local_day(booking.starts_at, self.service.station.zone)
        around = Around()
        try:
            exchanges = self.service.board(day).exchanges
            around = Around(self.service.best_bay(booking), without(exchanges, ref or ""))
        except DeskError as error:
            self.post_message(Failed(error))
        self.call_later(lambda: None if worker.is_cancelled else use(around))

    @work(thread=True, group="places", exit_on_error=False)
    def find_places(
        self, booking: Booking, ref: str | None, use: Callable[[tuple[Place, ...]], None]
    ) -> None:
        """Reads where else there is room, and hands it on."""
        places: tuple[Place, ...] = ()
        try:
            places = self.service.free_places(booking, ref or "")
        except DeskError as error:
            self.post_message(Failed(error))
        self.call_later(use, places)

    @work(thread=True, exclusive=True, group="week", exit_on_error=False)
    def fetch_week(self, first: date, use: Callable[[tuple[DayLoad, ...]], None]) -> None:
        """Reads how much there is to do from a day on, unless another week is asked for."""
        worker = get_current_worker()
        try:
            loads = self.service.week(first)
        except DeskError as error:
            self.post_message(Failed(error))
            return
        self.call_later(lambda: None if worker.is_cancelled else use(loads))

    @work(thread=True, exclusive=True, group="undoable", exit_on_error=False)
    def fetch_undoable(
        self, ref: str | None, use: Callable[[tuple[UndoableAct, ...]], None]
    ) -> None:
        """Reads the officer's last acts at this desk, and hands them on."""
        worker = get_current_worker()
        try:
            acts = self.service.undoable(self.by, ref)
        except DeskError as error:
            self.post_message(Failed(error))
            return
        self.call_later(lambda: None if worker.is_cancelled else use(acts))
