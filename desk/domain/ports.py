"""The service as the screen and the command line know it.

The real one lives in ``desk.service``; it is imported after the first frame.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from desk.domain.backups import Backup, BackupPlan, Secured
from desk.domain.bays import Place
from desk.domain.booking import Booking
from desk.domain.checkpoint import Checkpoint
from desk.domain.drafts import Draft, TakeIn
from desk.domain.exchange import Exchange
from desk.domain.health import Inventory
from desk.domain.intents import Book, By, ExchangeIntent, Merge, Undo
from desk.domain.looks import LookedAt
from desk.domain.officers import Enrol, FirstSupervisor, OfficerIntent, Proof
from desk.domain.retention import Applied, ErasePerson, ErasurePlan, Periods, RetentionReport
from desk.domain.rights import (
    Hold,
    LiftHold,
    OpenRequest,
    PlaceHold,
    Request,
    RequestFile,
    RequestIntent,
)
from desk.domain.rules import Rules
from desk.domain.verdict import Verdict
from desk.domain.views import (
    Board,
    DayLoad,
    FoundEver,
    JournalRow,
    NotedLook,
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


@dataclass(frozen=True, slots=True)
class Recovered:
    """A station that was opened by its recovery code.

    Attributes:
        service: the station, at which the new supervisor has signed in.
        recovery_code: the next one, to be shown once and written down.
        confirm: ends the old code, once the new one is on paper; takes its time.
    """

    service: DeskService
    recovery_code: str = field(repr=False)
    confirm: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A new recovery code, where a supervisor asked for one.

    Attributes:
        verdict: whether it could be drawn.
        recovery_code: to be shown once and written down; empty where it could not.
        confirm: ends the old code, once the new one is on paper; takes its time.
    """

    verdict: Verdict
    recovery_code: str = field(default="", repr=False)
    confirm: Callable[[], None] = lambda: None


class Entrance(Protocol):
    """The way into a guarded station. Every method takes its time: call it in a worker.

    Every method raises ``VaultError`` where a secret is wrong or too weak or a badge is locked
    out, and ``StoreError`` where the station cannot be opened.
    """

    def open(self, proof: Proof) -> DeskService:
        """Returns the service of the station, at which the officer has signed in."""
        ...

    def recover(self, code: str, supervisor: FirstSupervisor) -> Recovered:
        """Opens the station by its recovery code, and makes whoever has it a supervisor."""
        ...

    def secure(self, supervisor: FirstSupervisor) -> Secured:
        """Encrypts a station of a time before passphrases, and says what is left in clear."""
        ...


class AccessService(Protocol):
    """Who may act at a guarded station. Every method takes its time: call it in a worker.

    Every method raises ``StoreError`` where the database cannot be read or written, and
    ``VaultError`` where a secret is wrong or too weak, or a badge is locked out.
    """

    def sign_in(self, by: By) -> Verdict:
        """Lets an officer work whose passphrase has opened the slots, unless the record says no."""
        ...

    def sign_out(self, by: By) -> Verdict:
        """Ends an officer's work at this desk."""
        ...

    def lock(self, by: By) -> Verdict:
        """Notes that the screen is covered, by the officer or because nobody touched it."""
        ...

    def unlock(self, by: By, pin: str) -> Verdict:
        """Uncovers the screen for whoever has that badge and that PIN."""
        ...

    def unlock_by_passphrase(self, by: By, passphrase: str) -> Verdict:
        """Uncovers the screen for whoever has that badge and that passphrase."""
        ...

    def officers(self, desk: str) -> tuple[Officer, ...]:
        """Returns everybody who ever belonged to the station, by badge.

        Args:
            desk: where that is asked: whom another desk has locked out meanwhile is noted there.
        """
        ...

    def enrol(self, intent: Enrol, passphrase: str) -> Verdict:
        """Lets somebody belong to the station, with a passphrase of their own."""
        ...

    def change(self, intent: OfficerIntent) -> Verdict:
        """Changes an officer's role, or lets an officer in again or go."""
        ...

    def change_passphrase(self, by: By, old: str, new: str) -> Verdict:
        """Gives the officer, who knows the old passphrase, another one."""
        ...

    def give_passphrase(self, by: By, badge: str, new: str) -> Verdict:
        """Gives another officer, who has forgotten the old one, another passphrase."""
        ...

    def draw_recovery_code(self, by: By) -> Drawn:
        """Draws another recovery code; the old one opens until the new one is confirmed."""
        ...

    def change_pin(self, by: By, passphrase: str, pin: str) -> Verdict:
        """Gives the officer, who knows the passphrase, another PIN."""
        ...


class RightsService(Protocol):
    """What people may ask of the record about themselves, and what keeps it from being erased.

    It raises as ``DeskService`` does.
    """

    def holds(self) -> tuple[Hold, ...]:
        """Returns every hold there ever was, oldest first."""
        ...

    def place_hold(self, intent: PlaceHold) -> Verdict:
        """Holds exchanges, a person or both back from erasing."""
        ...

    def lift_hold(self, intent: LiftHold) -> Verdict:
        """Ends a hold."""
        ...

    def requests(self) -> tuple[Request, ...]:
        """Returns every request there ever was, oldest first."""
        ...

    def request_file(self, number: int) -> RequestFile | None:
        """Returns a request with everything that is known of it, or None where there is none."""
        ...

    def open_request(self, intent: OpenRequest) -> Verdict:
        """Writes a request down; a lawyer's sets a hold at once."""
        ...

    def handle_request(self, intent: RequestIntent) -> Verdict:
        """Does one act about a request: identify, pick, drop, hand out, close."""
        ...


class RetentionService(Protocol):
    """What is kept no longer: reported first, erased when a supervisor says so.

    It raises as ``DeskService`` does, and ``OSError`` where a file cannot be deleted.
    """

    def report(self, periods: Periods, plan: BackupPlan) -> RetentionReport:
        """Returns what is due to go, and what else holds it; nothing is changed."""
        ...

    def apply(self, by: By, report: RetentionReport, periods: Periods) -> Applied:
        """Erases what a report says is due, as far as it still is, and shortens the journal."""
        ...

    def plan(self, number: int, plan: BackupPlan) -> ErasurePlan:
        """Returns what erasing the person of a request would do; nothing is changed."""
        ...

    def erase_person(self, intent: ErasePerson) -> Verdict:
        """Erases the person of a request from the exchanges that were picked, and closes it."""
        ...


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
    def access(self) -> AccessService | None:
        """Who may act here; None where nobody is asked, as on a practice station."""
        ...

    @property
    def rights(self) -> RightsService:
        """What people may ask about themselves."""
        ...

    @property
    def retention(self) -> RetentionService:
        """What is kept no longer."""
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

    def looked(self, by: By, what: LookedAt, refs: Sequence[str] = ()) -> None:
        """Remembers a look at each of these exchanges, or at none in particular; never waits.

        It is written within seconds, and when the service is closed.
        """
        ...

    def write_looks(self) -> None:
        """Writes what was looked at until now, without waiting for another desk."""
        ...

    def looks(self, ref: str | None = None) -> tuple[NotedLook, ...]:
        """Returns who looked at what, oldest first; with a reference only at that exchange."""
        ...

    def back_up(self, plan: BackupPlan, by: By | None = None) -> Backup:
        """Makes a backup of the station while others work, and journals it.

        Args:
            plan: how many are kept, and where else it is put.
            by: who asked for it; None where the program does it by itself.
        """
        ...

    def checkpoint(self, by: By | None = None) -> Checkpoint:
        """Signs where the journal ends, writes it into ``exports/checkpoints``, and journals it.

        Made when an officer signs out; a backup has one of its own.

        Args:
            by: who asked for it; None where the program does it by itself.
        """
        ...

    def inventory(self) -> Inventory:
        """Returns what there is in the database, counted, and how its connections are set."""
        ...

    def verify(self) -> Verification:
        """Recomputes the whole record and returns what is not as it was written."""
        ...
