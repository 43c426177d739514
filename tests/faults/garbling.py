"""Damaged copies of a station's database, plain and encrypted, and what a desk makes of them."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from desk.domain.backups import BackupPlan
from desk.domain.exchange import Side
from desk.domain.intents import Arrive
from desk.domain.rules import Rules
from desk.errors import StoreError
from desk.paths import DataFolder
from desk.service import Workplace, found_station, open_desk
from desk.storage.backup import back_up
from desk.storage.quarantine import offering_backup, quarantining
from tests.builders import (
    DAY,
    DUPONT,
    KENNEWICK,
    StationUnderTest,
    StoppedClock,
    an_exchange,
    moment,
    seeded_draw,
)

PAGE = 4096
EACH = 50
"""How many files are garbled in each way, plain and encrypted each."""

KEYS: Mapping[str, bytes | None] = {"plain": None, "encrypted": bytes(range(32))}

Damage: TypeAlias = Callable[[bytearray, random.Random], None]


def _cut(data: bytearray, chance: random.Random) -> None:
    """Cuts the end off."""
    del data[chance.randrange(len(data)) :]


def _flip(data: bytearray, chance: random.Random) -> None:
    """Turns a few bits over."""
    for _bit in range(8):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _zero(data: bytearray, chance: random.Random) -> None:
    """Blanks a page."""
    start = chance.randrange(len(data) // PAGE) * PAGE
    data[start : start + PAGE] = bytes(PAGE)


DAMAGES: Mapping[str, Damage] = {"cut": _cut, "flip": _flip, "zero": _zero}


@dataclass(frozen=True)
class Original:
    """A station's closed database, and a good backup of it."""

    database: bytes
    backup: Path
    key: bytes | None

    def copied(self, folder: Path, database: bytes) -> DataFolder:
        """Returns a new data folder with that database, and with the good backup."""
        copy = DataFolder(folder)
        copy.backups.mkdir(parents=True)
        copy.database.write_bytes(database)
        os.link(self.backup, copy.backups / self.backup.name)
        return copy


def an_original(folder: Path, key: bytes | None) -> Original:
    """Makes a station with a day's acts in it, and a backup."""
    data, clock = DataFolder(folder), StoppedClock(moment("14:32"))
    workplace = Workplace(clock, DUPONT.desk, draw=seeded_draw(), key=key, ballast=0)
    service = found_station(data.database, KENNEWICK, Rules(), workplace)
    with service:
        service.sign_on(DUPONT.badge, "Dupont")
        station = StationUnderTest(data.database, clock, service)
        for ref in station.book(*(an_exchange().at(f"14:{n}") for n in range(10, 30))):
            station.did(Arrive, ref, side=Side.GIVER)
    backup = back_up(data, key, BackupPlan(), clock.now(), KENNEWICK.zone)
    return Original(data.database.read_bytes(), Path(backup.file), key)


@dataclass(frozen=True)
class Answer:
    """What an officer and a supervisor get of a file.

    Attributes:
        code: ``whole``, ``findings``, or the code of the failure.
        said: what they read, where nothing failed.
        told: the failure's sentence and next step.
    """

    code: str
    said: object = None
    told: tuple[str, str] = ("", "")


def look(folder: DataFolder, key: bytes | None) -> Answer:
    """Opens the station, and reads all there is."""
    clock = StoppedClock(moment("14:32"))
    workplace = Workplace(clock, DUPONT.desk, key=key, ballast=0)
    try:
        with quarantining(folder, key, clock):
            service = open_desk(folder.database, Rules(), workplace)
        with service, offering_backup(folder, key):
            service.sign_on(DUPONT.badge, "Dupont")
            said = (service.board(DAY).exchanges, service.journal(), service.station)
            return Answer("whole" if service.verify().ok else "findings", said)
    except StoreError as error:
        return Answer(error.code, told=(error.explanation, error.next or ""))


def garbled(original: Original, damage: str, folder: Path) -> Iterator[tuple[DataFolder, bytes]]:
    """Yields data folders with a garbled database each, and its bytes."""
    chance = random.Random(damage)
    for number in range(EACH):
        data = bytearray(original.database)
        DAMAGES[damage](data, chance)
        yield original.copied(folder / str(number), bytes(data)), bytes(data)


def answers(folder: Path) -> Counter[str]:
    """Returns how many files of all kinds got which answer; ``wrong`` is a day unlike it was."""
    counted = Counter[str]()
    for name, key in KEYS.items():
        original = an_original(folder / name, key)
        as_written = look(original.copied(folder / name / "whole", original.database), key)
        for damage in DAMAGES:
            for there, _data in garbled(original, damage, folder / name / damage):
                answer = look(there, key)
                is_wrong = answer.code == "whole" and answer.said != as_written.said
                counted["wrong" if is_wrong else answer.code] += 1
    return counted
