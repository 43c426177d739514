"""A station on disk for whole programs, with bookings around now, whatever the hour is.

The program's clock is the PC's own. So the station lies in the zone where it is now noon: no test
runs into midnight, and every booking is of today.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlcipher3 import dbapi2

from desk.cli.station_file import station_file
from desk.clock import SystemClock
from desk.domain.booking import PartyDraft
from desk.domain.drafts import Draft, TakeIn
from desk.domain.exchange import Exchange, Kind
from desk.domain.intents import By
from desk.domain.rules import Rules
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
from desk.vault import LEAST, Choice, new_station, open_slots
from tests.builders import DUPONT, KENNEWICK, a_plan, seeded_draw
from tests.e2e.terminal import DESK, Terminal
from tests.guarded import WORDS

OFFICER = f"{DUPONT.badge} M. Dupont"


WITHOUT_SUMMER_TIME = (
    *("Pacific/Pago_Pago", "Pacific/Honolulu", "Pacific/Gambier", "Pacific/Pitcairn"),
    *("America/Phoenix", "America/Costa_Rica", "America/Bogota", "America/Puerto_Rico"),
    *("America/Cayenne", "Atlantic/South_Georgia", "Atlantic/Cape_Verde", "Africa/Abidjan"),
    *("Africa/Lagos", "Africa/Maputo", "Africa/Nairobi", "Asia/Dubai"),
    *("Asia/Tashkent", "Asia/Thimphu", "Asia/Bangkok", "Asia/Singapore"),
    *("Asia/Tokyo", "Pacific/Guam", "Pacific/Guadalcanal", "Pacific/Tarawa"),
)
"""One place for each whole hour from 11 behind UTC to 12 ahead of it."""


def noon_zone() -> str:
    """Returns the zone of a place where it is now between 12:00 and 13:00."""
    return WITHOUT_SUMMER_TIME[23 - SystemClock().now().hour]


@dataclass(frozen=True)
class Booked:
    """One booking: how many minutes from now, who sells what to whom, in which bay."""

    minutes: int
    seller: str
    buyer: str
    item: str = "a lamp"
    bay: str | None = "1"

    def draft(self, row: int) -> Draft:
        starts = SystemClock().now().start_of("minute").add(minutes=self.minutes)
        return Draft(
            file="bookings.csv",
            row=row,
            source="plain",
            external_id=None,
            kind=Kind.SALE,
            starts_at=starts,
            ends_at=starts.add(minutes=20),
            giver=PartyDraft(self.seller),
            receiver=PartyDraft(self.buyer),
            bay=self.bay,
            item=self.item,
        )


A_DAY = (
    Booked(-5, "Ana Silva", "Bram Visser", "a lamp", "1"),
    Booked(5, "Chloe Dubois", "Dev Patel", "a bicycle", "2"),
    Booked(20, "Emil Novak", "Farah Haddad", "a camera", "3"),
)


@dataclass
class StationOnDisk:
    """A data folder with a station in it, and the programs that work there."""

    folder: Path
    refs: dict[str, str] = field(default_factory=dict)
    """The references by the seller's first name."""

    @property
    def database(self) -> Path:
        return self.folder / "desk.db"

    def command(self, *arguments: str) -> list[str]:
        """Returns the command that starts the program there."""
        words = ("--officer", OFFICER, "--passphrase-file", str(self.folder / "words"))
        return [DESK, "--data", str(self.folder), *words, *arguments]

    def board(self, *arguments: str, columns: int = 80, rows: int = 24) -> Terminal:
        """Starts the board in a terminal."""
        return Terminal(self.command(*arguments), columns, rows)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end."""
        command = self.command(*arguments)
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    def document(self, *arguments: str) -> Any:
        """Runs a command that must succeed, and returns the document it prints."""
        ended = self.run(*arguments, "--json")
        assert ended.returncode == 0, ended
        return json.loads(ended.stdout)

    def opened(self, desk: str = "desk 9") -> Desk:
        """Opens the database beside the running programs; close it when done."""
        return opened_there(self.folder, Workplace(SystemClock(), desk, ballast=0))

    @contextmanager
    def raw(self) -> Iterator[dbapi2.Connection]:
        """Opens the database as a hand that has its key and nothing of desk's."""
        with raw_there(self.folder) as connection:
            yield connection

    def exchange(self, seller: str) -> Exchange:
        """Returns the exchange as it is stored now."""
        with self.opened() as service:
            found = service.exchange(self.refs[seller])
        assert found is not None
        return found


def a_station_on_disk(folder: Path, day: Sequence[Booked] = A_DAY) -> StationOnDisk:
    """Returns a new station with these bookings."""
    for name, content in _founded(noon_zone()).items():
        (folder / name).write_bytes(content)
    drafts = [booked.draft(row) for row, booked in enumerate(day, start=2)]
    workplace = Workplace(SystemClock(), "desk 9", draw=seeded_draw(), ballast=0)
    with opened_there(folder, workplace) as service:
        assert service.take_in(TakeIn(by=DUPONT, plan=a_plan(*drafts))).accepted
        found = service.known_bookings(drafts)
    refs = {(each.giver.name or "").split()[0]: each.ref for each in found}
    return StationOnDisk(folder, refs)


_KEY = "the-key-for-tests"


@cache
def _founded(zone: str) -> Mapping[str, bytes]:
    """Returns the files of a station that was just founded there, by their names."""
    with TemporaryDirectory() as place:
        folder, made = DataFolder(Path(place)), replace(KENNEWICK, timezone=zone)
        text = station_file(made.name, made.code, made.timezone)
        folder.settings.write_text(text, encoding="utf-8")
        (folder.path / "words").write_text(f"{WORDS}\n", encoding="utf-8")
        choice = Choice(DUPONT.badge, WORDS, ())
        held = new_station(folder, SystemClock(), made.code, choice, LEAST)
        (folder.path / _KEY).write_bytes(held.data_key)
        founding = Founding(
            Keys(held.slots, held.data_key), Officer(DUPONT.badge, "M. Dupont", Role.SUPERVISOR)
        )
        workplace = Workplace(SystemClock(), "desk 9", ballast=0)
        found_guarded_station(folder.database, made, Rules(), workplace, founding).close()
        return {each.name: each.read_bytes() for each in folder.path.iterdir()}


def opened_there(folder: Path, workplace: Workplace) -> Desk:
    """Opens the station in a folder, with Dupont signed in; close it when done."""
    key = (folder / _KEY).read_bytes()
    keys = Keys(open_slots(DataFolder(folder), workplace.clock), key)
    service = open_guarded_desk(folder / "desk.db", Rules(), workplace, keys)
    assert service.guarded_access.sign_in(By(DUPONT.badge, workplace.desk)).accepted
    return service


@contextmanager
def raw_there(folder: Path) -> Iterator[dbapi2.Connection]:
    """Opens its database as a hand that has its key and nothing of desk's."""
    connection = dbapi2.connect(str(folder / "desk.db"), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{(folder / _KEY).read_bytes().hex()}'\"")
    with closing(connection):
        yield connection
