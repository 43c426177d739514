"""A station of any release is upgraded with nothing lost, or stays as it was."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from desk.domain.backups import BackupPlan, BackupPolicy
from desk.errors import StoreError
from desk.paths import DataFolder
from desk.service import Desk, open_desk
from desk.storage import migrate
from desk.storage.engine import connect
from desk.storage.migrate import REVISIONS
from desk.storage.search_index import make_index
from desk.storage.triggers import drop_triggers
from tests.builders import DAY, DUPONT, StationUnderTest, StoppedClock, moment
from tests.storage.releasing import RELEASED

SCHEMAS = sorted(file.name.partition(".")[0] for file in RELEASED.glob("*.db.gz"))
BACKUP = "upgrade-2026-11-22T090000.db"


def released(folder: Path, schema: str) -> StationUnderTest:
    """Returns a station of that release, which nobody has opened yet."""
    path = folder / "desk.db"
    path.write_bytes(gzip.decompress((RELEASED / f"{schema}.db.gz").read_bytes()))
    clock = StoppedClock(moment("09:00", DAY.replace(day=22)))
    unopened: Any = None
    return StationUnderTest(path, clock, unopened)


@pytest.fixture
def older(tmp_path: Path) -> StationUnderTest:
    """A station of the first release."""
    return released(tmp_path, SCHEMAS[0])


def opened(station: StationUnderTest) -> Desk:
    return open_desk(station.path, station.rules, station.workplace())


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Returns every table of the record, row by row, past anything that desk makes of it."""
    with closing(dbapi2.connect(str(path))) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'search%' AND name <> 'alembic_version'"
        ).fetchall()
        return {
            table: connection.execute(f"SELECT * FROM {table}").fetchall() for (table,) in tables
        }


def revision_of(path: Path) -> str:
    with closing(connect(path)) as connection:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(revision)


def test_every_schema_but_the_newest_was_kept_when_it_was_released() -> None:
    assert set(REVISIONS[:-1]) <= set(SCHEMAS) <= set(REVISIONS)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_station_of_every_release_is_upgraded_with_nothing_lost(
    schema: str, tmp_path: Path
) -> None:
    station = released(tmp_path, schema)
    before = rows_of(station.path)
    assert all(before.values()), "the station of a release has every kind of row"

    with opened(station) as service:
        whole = service.verify()
        journal = service.journal()
        board = service.board(DAY)

    assert whole.ok, whole.findings
    assert revision_of(station.path) == REVISIONS[-1]
    after = rows_of(station.path)
    # Opening it may note the rules, whose defaults may be others in another release.
    assert after["act"][: len(before["act"])] == before["act"]
    for table in before.keys() - {"station", "act"}:
        assert after[table] == before[table], table
    assert len(journal) - len(before["act"]) in (0, 1)
    assert len(board.exchanges) == len(before["exchange"]) - 1  # Two of them are one meeting.


def test_a_backup_of_the_older_schema_is_made_before_anything_is_changed(
    older: StationUnderTest,
) -> None:
    before = rows_of(older.path)
    folder = DataFolder(older.path.parent)

    with opened(older) as service:
        # The rotation that follows does not take it away, however few are kept.
        service.back_up(BackupPlan(BackupPolicy(last=1, days=1, months=1)))

    assert rows_of(folder.backups / BACKUP) == before
    assert revision_of(folder.backups / BACKUP) == SCHEMAS[0]


def test_a_current_station_gets_no_such_backup(station: StationUnderTest) -> None:
    with station.another_desk():
        pass

    assert not DataFolder(station.path.parent).backups.exists()


def test_no_upgrade_is_begun_where_no_backup_can_be_made(older: StationUnderTest) -> None:
    DataFolder(older.path.parent).backups.touch()

    with pytest.raises(StoreError) as refused:
        opened(older)

    assert refused.value.code == "cannot_write"
    assert revision_of(older.path) == SCHEMAS[0]


def lose_a_note(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM dispute WHERE number = 1")


def lose_a_parent(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE officer SET station_id = 99")


def fail(_connection: Connection) -> None:
    raise StoreError("io", "The disk said no.")


def write_twice(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT INTO bay SELECT * FROM bay")


WRONGS: Mapping[str, Callable[[Connection], None]] = {
    "rows_lost": lose_a_note,
    "damaged": lose_a_parent,
    "io": fail,
    "inconsistent": write_twice,
}


@pytest.mark.parametrize("code", WRONGS)
def test_an_upgrade_that_goes_wrong_changes_nothing_and_names_the_backup(
    code: str, older: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows_of(older.path)

    def and_something_wrong(connection: Connection) -> None:
        # What it does is not refused here by a trigger, but found by what is looked at.
        drop_triggers(connection)
        WRONGS[code](connection)
        make_index(connection)

    monkeypatch.setattr(migrate, "make_index", and_something_wrong)

    with pytest.raises(StoreError) as refused:
        opened(older)

    assert refused.value.code == code
    assert BACKUP in refused.value.explanation
    assert rows_of(older.path) == before
    assert revision_of(older.path) == SCHEMAS[0]
    monkeypatch.undo()
    with opened(older) as service:
        assert service.verify().ok


def test_a_file_that_is_damaged_once_it_is_written_is_told(
    older: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Misread:
        """A connection to a disk that returns something else."""

        def execute(self, _sql: str) -> Misread:
            return self

        def fetchone(self) -> tuple[str]:
            return ("*** in database main ***",)

        def close(self) -> None:
            pass

    asked: list[Path] = []

    def connect_once(path: Path, key: bytes | None) -> object:
        asked.append(path)
        return connect(path, key) if len(asked) == 1 else Misread()

    monkeypatch.setattr(migrate, "connect", connect_once)

    with pytest.raises(StoreError) as refused:
        opened(older)

    assert refused.value.code == "damaged"
    assert BACKUP in refused.value.explanation


def test_a_newer_schema_is_refused_and_nothing_is_made(older: StationUnderTest) -> None:
    with closing(connect(older.path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")

    with pytest.raises(StoreError) as refused:
        opened(older)

    assert refused.value.code == "newer_schema"
    assert "0999" in refused.value.explanation
    assert not DataFolder(older.path.parent).backups.exists()


def test_an_officer_works_on_after_the_upgrade(older: StationUnderTest) -> None:
    with opened(older) as service:
        undoable = service.undoable(DUPONT, None)

    assert undoable[0].act.verb == "not_met"
