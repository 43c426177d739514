"""The store: a station's database, open, and what the service asks of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from pendulum import DateTime
from sqlalchemy import Connection

from desk.clock import Clock
from desk.domain.backups import Backup, BackupPlan
from desk.domain.days import day_bounds, local_day
from desk.domain.drafts import Draft
from desk.domain.exchange import Exchange
from desk.domain.health import Inventory
from desk.domain.intents import By
from desk.domain.lifecycle import Verb
from desk.domain.looks import Look
from desk.domain.officers import FailedAttempt, SignIn
from desk.domain.reference import draw_reference
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
from desk.paths import DataFolder
from desk.spelling import spelling_in
from desk.storage import (
    backup_acts,
    board,
    bookings,
    checkpoints,
    health,
    history,
    journal,
    looks,
    stations,
    undo,
    verify,
)
from desk.storage.backup import back_up
from desk.storage.ballast import BALLAST_BYTES
from desk.storage.copying import Head
from desk.storage.database import (
    Database,
)
from desk.storage.finding_ever import find_ever
from desk.storage.officers import Officers
from desk.storage.rights_store import RightsStore
from desk.storage.unit import UnitOfWork
from desk.storage.week import loads


def _any_station(_station: Station) -> None:
    """Takes every station for the one that was meant."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """What a desk works with.

    Attributes:
        clock: tells when everything is recorded.
        desk: this workstation's name, for the program's own acts.
        draw: draws a new reference; a practice day hands in its own seeded chance.
        key: SQLCipher's raw 256-bit key; None for a database that is not encrypted.
        ballast: how many bytes are kept back for a full disk; 0 for none.
        accept: looks at the station before anything is written, and raises what is wrong with it.
    """

    clock: Clock
    desk: str
    draw: Callable[[], str] = draw_reference
    key: bytes | None = None
    ballast: int = BALLAST_BYTES
    accept: Callable[[Station], None] = _any_station


class Store:
    """One station's rows. Every method may be called from any thread.

    Attributes:
        station: the station that the database was made for.
    """

    def __init__(self, database: Database, workplace: Workplace) -> None:
        self._database = database
        self._workplace = workplace
        with database.reading() as connection:
            self._house, self.station = stations.read(connection)

    @property
    def rights(self) -> RightsStore:
        """What is asked of the record about rights, holds and retention."""
        workplace = self._workplace
        return RightsStore(
            self._database, self._house, self.station, workplace.clock, workplace.key
        )

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        """Opens the unit of work of one act; nothing of it lasts unless it is committed.

        Raises:
            BusyError: another desk held the database for too long.
            StoreError: the database cannot be written.
        """
        with self._database.writing() as connection:
            yield UnitOfWork(connection, self._house, self.now(), self._workplace.draw)

    def notice_rules(self, rules: Rules) -> None:
        """Journals the rules if they are not those that the journal noted last.

        Where that cannot be at once, they are journalled with the first act under them.
        """
        with self._database.reading() as connection:
            if stations.has_rules(connection, self._house.id, rules):
                return

        def note(connection: Connection) -> None:
            desk, now = self._workplace.desk, self.now()
            stations.note_rules(connection, self._house.id, rules, desk, now)

        self._database.leave(note)

    def sign_on(self, badge: str, name: str) -> Officer:
        """Returns the officer with that badge, made known if need be."""
        with self._database.reading() as connection:
            known = Officers(connection, self._house.id).known(badge)
        if known is not None and (known.officer.name or not name):
            return known.officer
        with self._database.writing() as connection:
            desk, now = self._workplace.desk, self.now()
            Officers(connection, self._house.id).know(Officer(badge, name), desk, now)
            connection.commit()
        return self.sign_on(badge, "")

    def officer(self, badge: str) -> Officer | None:
        """Returns the officer with that badge, or None."""
        with self._database.reading() as connection:
            known = Officers(connection, self._house.id).known(badge)
        return None if known is None else known.officer

    def officers(self) -> tuple[Officer, ...]:
        """Returns everybody who ever belonged to the station, by badge."""
        with self._database.reading() as connection:
            return Officers(connection, self._house.id).everyone()

    def pin_of(self, badge: str) -> str | None:
        """Returns what the PIN of the officer with that badge is known by, or None."""
        with self._database.reading() as connection:
            known = Officers(connection, self._house.id).known(badge)
        return None if known is None else known.pin_hash

    def note_sign_in(self, intent: SignIn) -> None:
        """Journals that an officer has signed in: at once, or with the first act written."""

        def note(connection: Connection) -> None:
            Officers(connection, self._house.id).note_sign_in(intent, self.now())

        self._database.leave(note)

    def note_failures(self, attempts: Sequence[FailedAttempt], desk: str) -> None:
        """Journals attempts to come in that failed beside the record, each once."""
        if not attempts:
            return
        with self._database.writing() as connection:
            officers = Officers(connection, self._house.id)
            for attempt in attempts:
                officers.note_failure(attempt, desk, self.now())
            connection.commit()

    def make_supervisor(self, supervisor: Officer, verb: Verb, desk: str) -> None:
        """Makes somebody a supervisor who can come in: the first, or by the recovery code."""
        with self._database.writing() as connection:
            officers = Officers(connection, self._house.id)
            officers.make_supervisor(supervisor, verb, desk, self.now())
            connection.commit()

    def lock_out(self, badges: Collection[str], desk: str) -> None:
        """Keeps these officers out until a supervisor lets them in again."""
        known = {officer.badge: officer for officer in self.officers()}
        if not any(badge in known and known[badge].locked_at is None for badge in badges):
            return
        with self._database.writing() as connection:
            officers = Officers(connection, self._house.id)
            for badge in sorted(badges):
                officers.keep_out(badge, desk, self.now())
            connection.commit()

    def board(self, day: date) -> Board:
        """Returns that local day's board; today's also holds who is here and what was done."""
        zone = self.station.zone
        today = local_day(self.now(), zone)
        choose = board.on_today if day == today else board.on_day
        with self._database.reading() as connection:
            found = choose(connection, self._house.id, day_bounds(day, zone))
            newest = board.last_recorded_at(connection, self._house.id)
        return Board(day, tuple(each.exchange for each in found), newest)

    def exchange(self, ref: str) -> Exchange | None:
        """Returns this station's exchange with that reference, or None."""
        with self._database.reading() as connection:
            found = bookings.of_station(connection, self._house.id, ref)
        return None if found is None else found.exchange

    def timeline(self, ref: str) -> tuple[TimelineEntry, ...]:
        """Returns the acts on an exchange, newest first."""
        with self._database.reading() as connection:
            found = bookings.of_station(connection, self._house.id, ref)
            return () if found is None else history.timeline(connection, found.id)

    def journal(self, ref: str | None) -> tuple[JournalRow, ...]:
        """Returns the journal's rows, oldest first; with a reference only those about it."""
        with self._database.reading() as connection:
            return history.journal(connection, self._house.id, ref)

    def leave_looks(self, seen: Sequence[Look]) -> None:
        """Writes looks at once if that can be, otherwise with the next act.

        Raises:
            StoreError: neither could be for now; they are written all the same once they can be.
        """
        batch = looks.Batch(tuple(seen))

        def note(connection: Connection) -> None:
            looks.note(connection, self._house.id, batch, self._workplace.desk, self.now())

        self._database.leave(note)

    def catch_up(self) -> None:
        """Writes what could not be written before, waiting for other desks as an act does.

        Raises:
            BusyError: another desk held the database for too long.
            StoreError: the database cannot be written.
        """
        if self._database.owes:
            with self._database.writing() as connection:
                connection.commit()

    def looks(self, ref: str | None) -> tuple[NotedLook, ...]:
        """Returns who looked at what, oldest first; with a reference only at that exchange."""
        with self._database.reading() as connection:
            return looks.listed(connection, self._house.id, ref)

    @property
    def folder(self) -> DataFolder:
        """Where the database lies."""
        return DataFolder(self._database.path.parent)

    def note_checkpoint(self, by: By | None) -> Head:
        """Journals that a checkpoint is made, and returns where the journal ended before.

        Raises:
            BusyError: another desk held the database for too long.
            StoreError: the database cannot be written.
        """
        with self._database.writing() as connection:
            head = checkpoints.head_of(connection, self._house.id)
            act = checkpoints.noted(head, self._workplace.desk, by)
            backup_acts.note(connection, self._house.id, act, self.now())
            connection.commit()
        return head

    def leave_checkpoint(self, head: Head, by: By | None) -> None:
        """Journals that a checkpoint was made of that head, at once or with the next act."""
        act = checkpoints.noted(head, self._workplace.desk, by)

        def note(connection: Connection) -> None:
            backup_acts.note(connection, self._house.id, act, self.now())

        self._database.leave(note)

    def undoable(self, by: By, ref: str | None) -> tuple[UndoableAct, ...]:
        """Returns the officer's last ten acts at that desk that still count, nearest first."""
        with self._database.reading() as connection:
            return undo.undoable(connection, self._house.id, by, ref)

    def week(self, first: date) -> tuple[DayLoad, ...]:
        """Returns how much there is to do on each of seven days."""
        with self._database.reading() as connection:
            return loads(connection, self._house.id, first, self.station.zone, self.now())

    def find(self, query: str, most: int) -> tuple[FoundEver, ...]:
        """Returns what was typed wherever it stands on any day, else what is like it."""
        with self._database.reading() as connection:
            spelling = spelling_in(self.station.timezone)
            return find_ever(connection, self._house.id, query, self.now(), most, spelling)

    def open_around(self, begins: DateTime, ends: DateTime) -> tuple[Exchange, ...]:
        """Returns the open exchanges within four hours of that time."""
        with self._database.reading() as connection:
            found = bookings.open_around(connection, self._house.id, begins, ends)
        return tuple(each.exchange for each in found)

    def known_bookings(self, drafts: Sequence[Draft]) -> tuple[Exchange, ...]:
        """Returns the exchanges that these drafts, or their files, may speak of."""
        with self._database.reading() as connection:
            found = bookings.known(connection, self._house.id, drafts, self.station.zone)
        return tuple(each.exchange for each in found)

    def decided_refs(self, refs: Sequence[str]) -> frozenset[str]:
        """Returns which of these exchanges an officer has acted on."""
        with self._database.reading() as connection:
            return bookings.decided(connection, self._house.id, refs)

    def verify(self) -> Verification:
        """Recomputes the whole record and returns what is not as it was written."""
        with self._database.reading() as connection:
            return verify.verify(connection)

    def back_up(self, plan: BackupPlan, by: By | None) -> Backup:
        """Makes a backup, and journals it: at once if that can be, otherwise with the next act.

        Args:
            plan: how many are kept, and where else it is put.
            by: who asked for it; None where the program did it by itself.

        Raises:
            StoreError: none could be made.
        """
        folder, workplace = DataFolder(self._database.path.parent), self._workplace
        made = back_up(folder, workplace.key, plan, self.now(), self.station.zone)
        noted = backup_acts.made(made, workplace.desk, by)

        def note(connection: Connection) -> None:
            backup_acts.note(connection, self._house.id, noted, self.now())

        self._database.leave(note)
        return made

    def inventory(self) -> Inventory:
        """Returns what there is, counted, and how connections are set."""
        with self._database.reading() as connection:
            return health.inventory(connection)

    def answer_to(self, intent_id: str) -> Verdict | None:
        """Returns the verdict that an intent was given, or None where nothing of it lasted."""
        with self._database.reading() as connection:
            return journal.answer_to(connection, intent_id)

    def change_mark(self) -> int:
        """Returns a number that moves when any desk commits."""
        return self._database.change_mark()

    def close(self) -> None:
        """Closes the database."""
        self._database.close()

    def now(self) -> DateTime:
        """Returns what the clock of this workplace shows."""
        return self._workplace.clock.now()
