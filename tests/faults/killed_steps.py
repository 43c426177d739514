"""Kills what replaces a database: ``python -m tests.faults.killed_steps EVERY``.

Whatever is killed, and before whichever step: under the database's name lies a whole database, the
old one or the new one, or none at all where the old one was damaged and lies aside; no act is lost;
and done once more, it comes to its end. Prints one JSON document: by the act, what was found.
"""

from __future__ import annotations

import gc
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlcipher3 import dbapi2

from desk.domain.backups import BackupPlan, BackupPolicy
from desk.domain.exchange import Side
from desk.domain.intents import Arrive
from desk.errors import StoreError
from desk.paths import DataFolder
from desk.storage import encrypting
from desk.storage.backup import back_up
from desk.storage.backup_files import backups_in
from desk.storage.copying import sound_heads
from desk.storage.encrypting import encrypt_station, plain_files
from desk.storage.engine import connect
from desk.storage.restoring import RestoreOrder, restore
from desk.storage.upgrading import upgrade
from tests.builders import DUPONT, KENNEWICK, a_station, an_exchange, moment
from tests.faults.each_step import kill_at_each_step
from tests.statements import made_once
from tests.storage.test_upgrading import SCHEMAS, released

KEY = bytes(range(32))
NOW = moment("15:00")
_ROOMY = Path("/", "dev", "shm")
"""Where there is no disk to wait for; being killed is the same there."""


@dataclass
class Outcome:
    """What became of the folder over all the kills.

    Attributes:
        found: how often the database was the old one, the new one, or gone.
        wrong: what was not as promised, by the step.
    """

    kills: int = 0
    found: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Stage:
    """Something that is done to a folder.

    Attributes:
        set_up: makes the folder as it is before.
        act: does it; done again, it goes on.
        look: returns what is found afterwards; raises what is wrong.
    """

    set_up: Callable[[DataFolder], None]
    act: Callable[[DataFolder], object]
    look: Callable[[DataFolder], str]


def acts_in(path: Path, key: bytes | None = None) -> int:
    """Returns how many acts a sound database holds; all of them, or there would be fewer."""
    sound_heads(path, key)
    with closing(connect(path, key)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM act").fetchone()
    return int(count)


# Encrypting


def set_up_plain(folder: DataFolder) -> None:
    """Makes a plain station with a backup."""
    station = a_station(folder.path)
    with station.service:
        station.book(an_exchange())
        station.service.back_up(BackupPlan())
    folder.key_slots.write_text("{}", encoding="utf-8")


def look_at_encrypted(folder: DataFolder) -> str:
    """Looks whether each file is plain or encrypted, and holds everything."""
    plain = plain_files(folder)
    for each in (folder.database, *folder.backups.glob("*.db")):
        expected = 4 if each == folder.database else 3
        try:
            found, said = acts_in(each), "old"
        except StoreError:
            found, said = acts_in(each, KEY), "new"
        assert found >= expected, each
        assert (said == "new") or each in plain
    if folder.database not in plain:
        assert not list(folder.backups.glob("*.encrypting"))
        return "new"
    return "old"


def encrypt_carelessly(folder: DataFolder) -> object:
    """Encrypts it in two steps where there has to be one."""

    def in_two_steps(_held: dbapi2.Connection, new: Path, path: Path) -> None:
        path.unlink()
        new.rename(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encrypting, "swap", in_two_steps)
        return encrypt_station(folder, KEY)


# Backing up


def set_up_backups(folder: DataFolder) -> None:
    """Makes a station with two backups, of which one is kept."""
    station = a_station(folder.path)
    with station.service:
        for _backup in range(2):
            station.service.back_up(BackupPlan())
    folder.settings.write_text("[looks]\n", encoding="utf-8")


def back_up_again(folder: DataFolder) -> object:
    """Makes a backup, and lets go of all but two."""
    policy = BackupPolicy(last=2, days=0, months=0)
    return back_up(folder, None, BackupPlan(policy), NOW, KENNEWICK.zone)


def look_at_backups(folder: DataFolder) -> str:
    """Looks whether whatever is called a backup is a good one."""
    there = backups_in(folder.backups, KENNEWICK.zone)
    assert len(there) >= 2
    for each in there:
        sound_heads(each.path)
    if there[0].made_at < NOW:
        return "old"
    assert there[0].settings.exists()
    return "new"


# Upgrading


def set_up_older(folder: DataFolder) -> None:
    """Makes a station of the first release."""
    released(folder.path, SCHEMAS[0])


def look_at_upgraded(folder: DataFolder) -> str:
    """Looks whether the database has one schema or the other, and every act."""
    with closing(connect(folder.database)) as connection:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        triggers = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
        ).fetchone()
    assert acts_in(folder.database) == 35
    assert triggers > (20,)
    if revision == SCHEMAS[0]:
        return "old"
    (kept, *_earlier) = backups_in(folder.backups, KENNEWICK.zone)
    assert acts_in(kept.path) == 35
    return "new"


# Restoring


def set_up_gone_on(folder: DataFolder) -> None:
    """Makes a station with a backup behind which it has gone on."""
    station = a_station(folder.path)
    with station.service:
        ref = station.book_one()
        station.service.back_up(BackupPlan())
        station.did(Arrive, ref, side=Side.GIVER)
    folder.settings.write_text("[looks]\n", encoding="utf-8")


def set_up_damaged(folder: DataFolder) -> None:
    """Makes the same, whose record cannot be read."""
    set_up_gone_on(folder)
    content = folder.database.read_bytes()
    folder.database.write_bytes(bytes(4096) + content[4096:])
    folder.database.with_name("desk.db-wal").write_bytes(b"what may be left")


def restore_it(folder: DataFolder) -> object:
    """Restores the backup."""
    (backup,) = (each for each in folder.backups.glob("desk-*.db"))
    return restore(folder, RestoreOrder(backup, None, "desk 1", DUPONT), NOW)


def look_at_restored(folder: DataFolder) -> str:
    """Looks which record is there, and whether the other lies aside."""
    if acts_in(folder.database) > 4:
        return "old"
    (aside, *_more) = sorted(folder.backups.glob("replaced-*.db"))
    assert acts_in(aside) > 4
    return "new"


def look_at_mended(folder: DataFolder) -> str:
    """Looks the same of a record that was damaged, and is kept with its log."""
    log = folder.database.with_name("desk.db-wal")
    there = folder.database.is_file()
    if there and folder.database.read_bytes()[:16] == bytes(16):
        assert log.read_bytes() == b"what may be left"
        return "old"
    (aside, *_more) = sorted(folder.backups.glob("replaced-*.db"))
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"what may be left"
    assert aside.read_bytes()[:16] == bytes(16)
    if not there:
        return "gone"
    assert not log.exists()
    assert acts_in(folder.database) == 4
    return "new"


STAGES: Mapping[str, Stage] = {
    "encrypt": Stage(set_up_plain, lambda folder: encrypt_station(folder, KEY), look_at_encrypted),
    "encrypt_carelessly": Stage(set_up_plain, encrypt_carelessly, look_at_encrypted),
    "back_up": Stage(set_up_backups, back_up_again, look_at_backups),
    "upgrade": Stage(
        set_up_older, lambda folder: upgrade(folder.database, None, NOW), look_at_upgraded
    ),
    "restore": Stage(set_up_gone_on, restore_it, look_at_restored),
    "mend": Stage(set_up_damaged, restore_it, look_at_mended),
}


def main(stage: Stage, every: int) -> Outcome:
    """Kills an act at its steps, does it once more each time, and returns what was found."""
    outcome = Outcome()
    there = _ROOMY if _ROOMY.is_dir() else None
    with TemporaryDirectory(dir=there) as place:
        before, folder = Path(place) / "before", DataFolder(Path(place) / "folder")
        before.mkdir()
        stage.set_up(DataFolder(before))
        warm = Path(place) / "warm"
        shutil.copytree(before, warm)
        stage.act(DataFolder(warm))  # So that no child has to import and to make SQL anew.
        gc.freeze()
        for step in _stopped(stage, every, before, folder):
            outcome.kills += 1
            try:
                found = stage.look(folder)
                outcome.found[found] = outcome.found.get(found, 0) + 1
                stage.act(folder)
                if stage.look(folder) != "new":
                    outcome.wrong.append(f"{step}: not done the second time")
            except (AssertionError, StoreError, ValueError, dbapi2.Error, OSError) as error:
                outcome.wrong.append(f"{step}: {error!r}")
            if outcome.wrong:
                break
    return outcome


def _stopped(stage: Stage, every: int, before: Path, folder: DataFolder) -> Iterator[int]:
    """Yields each step before which the act was killed, with the folder as that has left it."""

    def act() -> None:
        stage.act(folder)

    shutil.copytree(before, folder.path)
    for step in kill_at_each_step(act, every):
        yield step
        shutil.rmtree(folder.path)
        shutil.copytree(before, folder.path)


if __name__ == "__main__":
    with made_once():
        every = int(sys.argv[1])
        json.dump({act: asdict(main(stage, every)) for act, stage in STAGES.items()}, sys.stdout)
