"""A backup is the whole station, good before it has its name, and one of as many as are kept."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from desk.domain.backups import BackupKind, BackupPlan, BackupPolicy
from desk.domain.drafts import TakeIn
from desk.domain.exchange import Side
from desk.domain.intents import Arrive
from desk.domain.rules import Rules
from desk.errors import StoreError
from desk.paths import DataFolder
from desk.service import Desk, Workplace, found_station, verify_record
from desk.storage import copying
from desk.storage.backup import back_up
from desk.storage.backup_files import BackupFile, backup_named, backups_in, new_backup
from desk.storage.copying import sound_heads
from desk.storage.engine import connect
from tests.builders import (
    DAY,
    DUPONT,
    KENNEWICK,
    StationUnderTest,
    StoppedClock,
    a_draft,
    a_plan,
    an_exchange,
    moment,
)

ZONE = KENNEWICK.zone
NAME = "desk-2026-11-21T143200.db"


@pytest.fixture
def folder(station: StationUnderTest) -> DataFolder:
    """The station's folder, with settings and slots in it."""
    folder = DataFolder(station.path.parent)
    folder.settings.write_text("[looks]\n", encoding="utf-8")
    folder.key_slots.write_text("{}", encoding="utf-8")
    return folder


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_the_whole_station_under_one_stem(
    station: StationUnderTest, folder: DataFolder
) -> None:
    station.did(Arrive, station.book_one(), side=Side.GIVER)

    made = station.service.back_up(BackupPlan())

    assert names_in(folder.backups) == [
        "desk-2026-11-21T143200.checkpoint.txt",
        NAME,
        "desk-2026-11-21T143200.keyslots.json",
        "desk-2026-11-21T143200.station.toml",
    ]
    assert Path(made.file) == folder.backups / NAME
    whole = verify_record(Path(made.file))
    assert whole.ok
    assert (whole.rows, whole.head) == (made.head_number, made.head_hash)
    before, *rows = station.service.journal()[-3:]
    assert (before.number, before.hash) == (made.head_number, made.head_hash)
    assert [(row.verb, row.officer, row.accepted) for row in rows] == [
        ("backup", None, True),
        ("checkpoint", None, True),
    ]
    assert station.service.verify().ok


def test_whoever_asks_for_a_backup_stands_in_the_journal(station: StationUnderTest) -> None:
    station.service.back_up(BackupPlan(), DUPONT)

    rows = station.service.journal()[-2:]
    assert [row.verb for row in rows] == ["backup", "checkpoint"]
    assert {row.officer for row in rows} == {DUPONT.badge}
    assert not station.service.undoable(DUPONT, None)


def test_a_backup_is_made_while_another_desk_is_in_the_middle_of_an_act(
    station: StationUnderTest, folder: DataFolder
) -> None:
    with closing(connect(station.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE station SET name = 'half an act'")
        made = back_up(folder, None, BackupPlan(), station.clock.now(), ZONE)
        other.rollback()

    assert verify_record(Path(made.file)).ok


def test_a_backup_is_one_file_that_reading_does_not_change(
    station: StationUnderTest, folder: DataFolder
) -> None:
    made = station.service.back_up(BackupPlan())
    before, there = Path(made.file).read_bytes(), names_in(folder.backups)

    Path(made.file).chmod(0o400)
    folder.backups.chmod(0o500)
    sound_heads(Path(made.file))
    folder.backups.chmod(0o700)

    assert Path(made.file).read_bytes() == before
    assert names_in(folder.backups) == there


def test_a_copy_that_reads_otherwise_is_called_no_backup(
    station: StationUnderTest, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def a_bad_disk(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(3 * 4096)
            file.write(os.urandom(4096))

    monkeypatch.setattr(copying, "sync_file", a_bad_disk)

    with pytest.raises(StoreError) as refused:
        station.service.back_up(BackupPlan())

    assert refused.value.code == "damaged"
    assert names_in(folder.backups) == []
    assert station.service.journal()[-1].verb != "backup"


def test_a_folder_that_takes_nothing_is_told(station: StationUnderTest, folder: DataFolder) -> None:
    folder.backups.write_text("a file, and no folder", encoding="utf-8")

    with pytest.raises(StoreError) as refused:
        station.service.back_up(BackupPlan())

    assert refused.value.code == "cannot_write"
    assert str(folder.backups) in refused.value.explanation


# The second folder


def test_the_second_folder_gets_the_same_files(
    station: StationUnderTest, folder: DataFolder, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    made = station.service.back_up(BackupPlan(second=str(stick)))

    assert made.trouble == ""
    assert names_in(stick) == names_in(folder.backups)
    for name in names_in(stick):
        assert (stick / name).read_bytes() == (folder.backups / name).read_bytes()


def test_a_second_folder_that_is_away_is_told_and_never_made(
    station: StationUnderTest, tmp_path: Path
) -> None:
    made = station.service.back_up(BackupPlan(second=str(tmp_path / "stick")))

    assert Path(made.file).exists()
    assert "is away" in made.trouble
    assert not (tmp_path / "stick").exists()


def test_a_second_folder_that_takes_nothing_is_told(
    station: StationUnderTest, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    # What is called so cannot be replaced by a file.
    (stick / NAME / "full").mkdir(parents=True)

    made = station.service.back_up(BackupPlan(second=str(stick)))

    assert Path(made.file).exists()
    assert "took no copy" in made.trouble


# Which are kept


def test_older_ones_go_with_all_their_files_and_in_both_folders(
    station: StationUnderTest, folder: DataFolder, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    plan = BackupPlan(BackupPolicy(last=2, days=0, months=0), str(stick))
    made = station.service.back_up(plan)
    for _hour in range(2):
        station.clock.advance(hours=1)
        made = station.service.back_up(plan)

    assert made.dropped == (NAME,)
    stems = [f"desk-2026-11-21T1{hour}3200" for hour in (5, 6)]
    ends = (".checkpoint.txt", ".db", ".keyslots.json", ".station.toml")
    assert names_in(folder.backups) == [stem + end for stem in stems for end in ends]
    assert names_in(stick) == names_in(folder.backups)


def test_what_was_replaced_is_never_deleted_and_what_was_upgraded_only_when_its_time_is_over(
    station: StationUnderTest, folder: DataFolder
) -> None:
    folder.backups.mkdir()
    long_ago, this_month = date(2020, 1, 1), date(2026, 11, 2)
    others = [
        new_backup(folder.backups, kind, moment("10:00", day), ZONE)
        for kind in (BackupKind.REPLACED, BackupKind.UPGRADE)
        for day in (long_ago, this_month)
    ]
    for each in others:
        each.path.touch()
    (folder.backups / "desk-holiday.db").touch()

    made = station.service.back_up(BackupPlan(BackupPolicy(last=1, days=1, months=1)))

    assert made.dropped == ("upgrade-2020-01-01T100000.db",)
    assert (folder.backups / "desk-holiday.db").exists()


def test_what_an_unfinished_backup_has_left_goes_after_a_day(
    station: StationUnderTest, folder: DataFolder
) -> None:
    now = station.clock.now()
    folder.backups.mkdir()
    for name, hours in (("old", 25), ("new", 23)):
        place = folder.backups / f".{name}.partial"
        place.mkdir()
        (place / "desk.db").touch()
        slots = folder.backups / f"desk-2026-11-01T00000{hours % 10}.keyslots.json"
        slots.touch()
        written = now.subtract(hours=hours).timestamp()
        for unfinished in (place, slots):
            os.utime(unfinished, (written, written))

    station.service.back_up(BackupPlan())

    left = [name for name in names_in(folder.backups) if not name.startswith("desk-2026-11-21")]
    assert left == [".new.partial", "desk-2026-11-01T000003.keyslots.json"]


# Their names


def test_a_name_tells_the_moment_in_the_hour_that_comes_twice_too(tmp_path: Path) -> None:
    first = moment("00:30", date(2026, 11, 1)).add(hours=1)
    moments = [first, first.add(hours=1)]

    made = [new_backup(tmp_path, BackupKind.ROUTINE, each, ZONE) for each in moments]

    assert [each.path.name for each in made] == [
        "desk-2026-11-01T013000.db",
        "desk-2026-11-01T013000b.db",
    ]
    for each in made:
        each.path.touch()
    assert [each.made_at for each in backups_in(tmp_path, ZONE)] == moments[::-1]


def test_two_backups_of_one_second_have_two_names(tmp_path: Path) -> None:
    names = []
    for _backup in range(3):
        made = new_backup(tmp_path, BackupKind.ROUTINE, moment("23:59").add(seconds=59), ZONE)
        made.path.touch()
        names.append(made.path.name)

    assert names == [
        "desk-2026-11-21T235959.db",
        "desk-2026-11-22T000000.db",
        "desk-2026-11-22T000001.db",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "desk-2026-11-21T143200.db.partial",
        "desk-2026-13-21T143200.db",
        "desk-2026-11-21T143200.txt",
        "desk-2026-03-08T023000.db",
        "desk.db",
        "other-2026-11-21T143200.db",
    ],
)
def test_another_name_is_no_backup(name: str) -> None:
    assert backup_named(Path(name), ZONE) is None


def test_a_folder_that_is_not_there_has_no_backups(tmp_path: Path) -> None:
    assert backups_in(tmp_path / "stick", ZONE) == ()


def test_a_backup_knows_its_files(tmp_path: Path) -> None:
    made = BackupFile(tmp_path / NAME, BackupKind.ROUTINE, moment("14:32", DAY))

    assert backup_named(made.path, ZONE) == made
    assert made.parts == ()


# Encrypted ones


def an_encrypted_station(folder: Path, key: bytes) -> Desk:
    """Returns the service of a new station with an exchange in it."""
    workplace = Workplace(StoppedClock(moment("14:32")), "desk 1", key=key, ballast=0)
    service = found_station(folder / "desk.db", KENNEWICK, Rules(), workplace)
    service.sign_on(DUPONT.badge, "Dupont")
    service.take_in(TakeIn(by=DUPONT, plan=a_plan(a_draft(an_exchange()))))
    return service


def test_the_backup_of_an_encrypted_station_opens_with_its_key_alone(tmp_path: Path) -> None:
    key = os.urandom(32)
    with an_encrypted_station(tmp_path, key) as service:
        made = service.back_up(BackupPlan())

    assert verify_record(Path(made.file), key).ok
    assert b"Marie" not in Path(made.file).read_bytes()
    for wrong in (os.urandom(32), None):
        with pytest.raises(StoreError) as refused:
            sound_heads(Path(made.file), wrong)
        assert refused.value.code == "damaged"


def test_one_turned_bit_in_an_encrypted_backup_is_seen(tmp_path: Path) -> None:
    key = os.urandom(32)
    with an_encrypted_station(tmp_path, key) as service:
        made = service.back_up(BackupPlan())
    content = bytearray(Path(made.file).read_bytes())
    content[-2000] ^= 1
    Path(made.file).write_bytes(content)

    with pytest.raises(StoreError) as refused:
        sound_heads(Path(made.file), key)

    assert refused.value.code == "damaged"
