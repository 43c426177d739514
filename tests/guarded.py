"""A station that nobody enters without a passphrase, in a temp file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlcipher3 import dbapi2

from desk.domain.booking import Booking, PartyDraft
from desk.domain.exchange import Kind
from desk.domain.intents import Book, By, Undo
from desk.domain.officers import Enrol
from desk.domain.rules import Rules
from desk.domain.verdict import Verdict
from desk.domain.views import Officer, Role
from desk.paths import DataFolder
from desk.service import (
    Desk,
    Founding,
    Keys,
    Workplace,
    found_guarded_station,
    open_guarded_desk,
)
from desk.service.access import Access
from desk.vault import LEAST, Choice, Slots, new_station, open_slots
from tests.builders import (
    DUPONT,
    KENNEWICK,
    StationUnderTest,
    StoppedClock,
    moment,
    seeded_draw,
)

CHIEF = By("1000", "desk 1")
CHIEFS_WORDS = "nine tall ships at anchor"
WORDS = "quiet lamps over harbour"
"""What opens the station for Dupont, where Dupont is enrolled."""


@dataclass(frozen=True)
class GuardedStation:
    """A guarded station: its service, its slots, and what they hold."""

    path: Path
    clock: StoppedClock
    service: Desk
    slots: Slots
    key: bytes = field(repr=False)
    recovery_code: str = field(repr=False)
    rules: Rules = field(default_factory=Rules)

    @property
    def access(self) -> Access:
        """Who may act."""
        access = self.service.access
        assert access is not None
        return access

    def workplace(self) -> Workplace:
        return Workplace(self.clock, "desk 1", ballast=0)

    def sign_in(self, by: By) -> None:
        """Lets an officer work, whose passphrase has been checked."""
        verdict = self.access.sign_in(by)
        assert verdict.accepted, verdict

    def book(self, by: By, seller: str = "Ann One") -> Verdict:
        """Books an exchange for now."""
        starts = self.clock.now().add(minutes=5)
        parties = PartyDraft(seller), PartyDraft("Bo Two")
        booking = Booking(Kind.SALE, starts, starts.add(minutes=20), *parties, item="lamp")
        return self.service.book(Book(by=by, booking=booking))

    def undo(self, by: By) -> Verdict:
        """Undoes the officer's last act."""
        return self.service.undo(Undo(by=by))


@dataclass
class StaffedStation(StationUnderTest):
    """A guarded station at which Dupont has signed in, for tests that are about something else."""

    key: bytes = field(default=b"", repr=False)

    def workplace(self, desk: str = "desk 1") -> Workplace:
        return replace(super().workplace(desk), key=self.key)


@dataclass(frozen=True)
class _Files:
    """A guarded station's files, and what opens them."""

    database: bytes
    key_slots: bytes
    key: bytes = field(repr=False)
    recovery_code: str = field(repr=False)

    def put(self, folder: Path) -> DataFolder:
        """Puts them into a folder."""
        data = DataFolder(folder)
        data.database.write_bytes(self.database)
        data.key_slots.write_bytes(self.key_slots)
        return data


@cache
def _founded() -> _Files:
    """Founds a guarded station once: the migrations and the derivations take their time."""
    with TemporaryDirectory() as folder:
        data, clock = DataFolder(Path(folder)), StoppedClock(moment("14:32"))
        choice = Choice(CHIEF.badge, CHIEFS_WORDS, ())
        made = new_station(data, clock, KENNEWICK.code, choice, LEAST)
        founding = Founding(
            Keys(made.slots, made.data_key), Officer(CHIEF.badge, "Ito", Role.SUPERVISOR)
        )
        workplace = Workplace(clock, "desk 1", ballast=0)
        found_guarded_station(data.database, KENNEWICK, Rules(), workplace, founding).close()
        return _files(data, made.data_key, made.recovery_code)


@cache
def _staffed() -> _Files:
    """Enrols Dupont there, once."""
    with TemporaryDirectory() as folder:
        guarded = a_guarded_station(Path(folder))
        guarded.sign_in(CHIEF)
        enrol = Enrol(by=CHIEF, badge=DUPONT.badge, name="Marie Dupont")
        assert guarded.access.enrol(enrol, WORDS).accepted
        guarded.service.close()
        return _files(DataFolder(Path(folder)), guarded.key, guarded.recovery_code)


def _files(data: DataFolder, key: bytes, recovery_code: str) -> _Files:
    return _Files(data.database.read_bytes(), data.key_slots.read_bytes(), key, recovery_code)


def a_guarded_station(folder: Path) -> GuardedStation:
    """Returns a station with one supervisor, whose service is open and nobody signed in."""
    files, clock = _founded(), StoppedClock(moment("14:32"))
    data = files.put(folder)
    service, slots = _opened(data, clock, files.key)
    return GuardedStation(data.database, clock, service, slots, files.key, files.recovery_code)


def a_staffed_station(folder: Path) -> StaffedStation:
    """Returns a station at which Dupont has signed in, on Saturday 21 November 2026 at 14:32."""
    files, clock = _staffed(), StoppedClock(moment("14:32"))
    data = files.put(folder)
    service, _slots = _opened(data, clock, files.key)
    assert service.guarded_access.sign_in(DUPONT).accepted
    return StaffedStation(data.database, clock, service, key=files.key)


def _opened(data: DataFolder, clock: StoppedClock, key: bytes) -> tuple[Desk, Slots]:
    slots = open_slots(data, clock)
    workplace = Workplace(clock, "desk 1", ballast=0, draw=seeded_draw())
    return open_guarded_desk(data.database, Rules(), workplace, Keys(slots, key)), slots


@contextmanager
def tampering(station: StationUnderTest) -> Iterator[dbapi2.Connection]:
    """Opens a station's file as a hand that has its key and nothing of desk's."""
    connection = dbapi2.connect(str(station.path), isolation_level=None)
    key = station.workplace().key
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    with closing(connection):
        yield connection
