"""The service as the screen and the command line know it.

The real one lives in ``desk.service``; it is imported after the first frame.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from desk.domain.bays import Place
from desk.domain.booking import Booking
from desk.domain.drafts import Draft, TakeIn
from desk.domain.exchange import Exchange
from desk.domain.intents import Book, By, ExchangeIntent, Merge, Undo
from desk.domain.rules import Rules
from desk.domain.verdict import Verdict
from desk.domain.views import (
    Board,
    DayLoad,
    FoundEver,
    JournalRow,
    Officer,
    Station,
    TimelineEntry,
    UndoableAct,
    Verification,
)

Watch = Callable[[int, int], None]
"""Is told how many changes of a plan are written, and of how many; stops it by raising."""


def unwatched(_written: int, _of: int) -> None:
    """Watches nothing."""


class DeskService(Protocol):
    """What an officer does and sees. Every method may be called from any thread.

    Every method raises ``StoreError`` where the database cannot be read or written, and every act
    ``UsageError`` where nobody with that badge has signed on at the station.
    """

    @property
    def station(self) -> Station:
        """The station whose desk this is."""
        ...

    @property
    def rules(self) -> Rules:
        """The station's rules, as they were when the program started."""
        ...

    def sign_on(self, badge: str, name: str) -> Officer:
        """Returns the officer with that badge, made known to the station if need be."""
        ...

    def board(self, day: date) -> Board:
        """Returns that local day's board."""
        ...

    def exchange(self, ref: str) -> Exchange | None:
        """Returns the exchange with that reference, or None."""
        ...

    def find(self, query: str, most: int) -> tuple[FoundEver, ...]:
        """Returns what was typed or scanned wherever it stands on any day, the newest first.

        Where it stands nowhere, what is like it comes instead, the most alike first.
        """
        ...

    def week(self, first: date) -> tuple[DayLoad, ...]:
        """Returns how much there is to do on each of seven days."""
        ...

    def timeline(self, ref: str) -> tuple[TimelineEntry, ...]:
        """Returns the acts on an exchange, newest first, refused and undone ones included."""
        ...

    def change_mark(self) -> int:
        """Returns a number that changes when any desk commits; cheap enough for every second."""
        ...

    def perform(self, intent: ExchangeIntent) -> Verdict:
        """Does one act in one transaction, and journals the answer."""
        ...

    def book(self, intent: Book) -> Verdict:
        """Writes a new exchange, and checks in whoever stands at the desk.

        The verdict's ``ref`` is the new reference.
        """
        ...

    def merge(self, intent: Merge) -> Verdict:
        """Makes two bookings of one meeting one: the other's reference leads to it."""
        ...

    def free_places(self, booking: Booking, ref: str = "") -> tuple[Place, ...]:
        """Returns the nearest places and times that are free for a booking, the best first.

        Args:
            booking: what is wanted, where and when.
            ref: the exchange that it is the booking of, which is not in its own way.
        """
        ...

    def best_bay(self, booking: Booking) -> str | None:
        """Returns the bay that suits a booking and stays free longest, or None."""
        ...

    def undo(self, intent: Undo) -> Verdict:
        """Undoes an own act and those named with it, all of them or none; else says why not."""
        ...

    def undoable(self, by: By, ref: str | None) -> tuple[UndoableAct, ...]:
        """Returns the officer's last ten acts at that desk that F8 can walk, nearest first.

        The first is the one that undo means: the last on ``ref``, else the last anywhere.
        """
        ...

    def known_bookings(self, drafts: Sequence[Draft]) -> tuple[Exchange, ...]:
        """Returns every stored exchange that one of these drafts, or its file, may speak of.

        These are the exchanges with the same source and external id, and those of the same
        sources on the same local days.
        """
        ...

    def decided_refs(self, refs: Sequence[str]) -> frozenset[str]:
        """Returns which of these exchanges an officer has already acted on."""
        ...

    def take_in(self, intent: TakeIn, watch: Watch = unwatched) -> Verdict:
        """Applies an import plan: all its files, one act, one transaction.

        Raises:
            DeskError: what ``watch`` raised to stop it; nothing was written.
        """
        ...

    def journal(self, ref: str | None = None) -> tuple[JournalRow, ...]:
        """Returns the journal, oldest first; with a reference only its acts."""
        ...

    def verify(self) -> Verification:
        """Recomputes the whole record and returns what is not as it was written."""
        ...
