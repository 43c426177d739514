"""Every connection is set as a record needs it, and says so."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from desk.errors import BusyError, StoreError
from desk.storage import engine
from desk.storage.database import Database, new_database, opened_database
from desk.storage.engine import APPLICATION_ID, connect, create, durable_mode, keeps_wal_safe
from desk.storage.failures import spoken
from tests.builders import StationUnderTest


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[dbapi2.Connection]:
    create(tmp_path / "desk.db")
    opened = connect(tmp_path / "desk.db")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("busy_timeout", 2500),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("secure_delete", 1),
        ("cell_size_check", 1),
        ("trusted_schema", 0),
        ("mmap_size", 0),
        ("application_id", APPLICATION_ID),
    ],
)
def test_each_setting_reads_back(
    connection: dbapi2.Connection, pragma: str, value: int | str
) -> None:
    assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_the_driver_begins_no_transaction_by_itself(connection: dbapi2.Connection) -> None:
    assert connection.isolation_level is None


def test_the_library_here_has_the_fix() -> None:
    assert keeps_wal_safe(dbapi2.sqlite_version_info)


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), ("delete", 3)),
        ((3, 44, 5), ("delete", 3)),
        ((3, 44, 6), ("wal", 2)),
        ((3, 45, 0), ("delete", 3)),
        ((3, 50, 6), ("delete", 3)),
        ((3, 50, 7), ("wal", 2)),
        ((3, 51, 0), ("delete", 3)),
        ((3, 51, 2), ("delete", 3)),
        ((3, 51, 3), ("wal", 2)),
        ((3, 53, 4), ("wal", 2)),
    ],
)
def test_a_library_without_the_fix_keeps_a_rollback_journal(
    version: tuple[int, int, int], mode: tuple[str, int]
) -> None:
    assert durable_mode(version) == mode


def test_a_rollback_journal_is_set_and_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dbapi2, "sqlite_version_info", (3, 40, 1))
    create(tmp_path / "desk.db")
    opened = connect(tmp_path / "desk.db")

    assert opened.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert opened.execute("PRAGMA synchronous").fetchone() == (3,)
    opened.close()


def test_a_setting_that_is_not_taken_refuses_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(tmp_path / "desk.db")
    monkeypatch.setattr(engine, "durable_mode", lambda _version: ("memory", 9))

    with pytest.raises(StoreError) as refused:
        connect(tmp_path / "desk.db")

    assert refused.value.code == "unsafe"
    assert "synchronous" in refused.value.explanation


@pytest.mark.parametrize("name", ["a b.db", "50%.db", "what?.db", "a#b.db", "ümlaut.db"])
def test_any_name_of_a_file_is_opened_as_that_file(tmp_path: Path, name: str) -> None:
    create(tmp_path / name)
    connect(tmp_path / name).close()

    assert {path.name for path in tmp_path.iterdir()} == {name}


def test_only_this_account_may_read_the_file(tmp_path: Path) -> None:
    create(tmp_path / "folder" / "desk.db")

    mode = stat.S_IMODE((tmp_path / "folder" / "desk.db").stat().st_mode)
    # Windows has no such bits; there the folder's own rights hold.
    assert mode == 0o600 or sys.platform == "win32"


def test_a_key_encrypts_the_file_and_opens_it_again(tmp_path: Path) -> None:
    path, key = tmp_path / "desk.db", os.urandom(32)
    with new_database(path, key, ballast=0) as database:
        database.close()

    assert b"SQLite format 3" not in path.read_bytes()
    with opened_database(path, key, ballast=0) as database, database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM act").scalar() == 0
    database.close()


@pytest.mark.parametrize("key", [None, bytes(32)])
def test_a_wrong_key_says_that_it_may_be_the_key(tmp_path: Path, key: bytes | None) -> None:
    path = tmp_path / "desk.db"
    with new_database(path, os.urandom(32), ballast=0) as database:
        database.close()

    with pytest.raises(StoreError) as refused, opened_database(path, key, ballast=0):
        pass

    assert refused.value.code == "damaged"
    assert "wrong key" in refused.value.explanation


def test_a_reader_sees_one_state_while_another_desk_writes(station: StationUnderTest) -> None:
    ref = station.book_one()
    database = Database(station.path, ballast=0)
    count = "SELECT count(*) FROM act"
    with database.reading() as connection:
        before = connection.exec_driver_sql(count).scalar_one()
        station.undo()
        assert connection.exec_driver_sql(count).scalar_one() == before
    with database.reading() as connection:
        assert connection.exec_driver_sql(count).scalar_one() == before + 1
    database.close()
    assert station.service.exchange(ref) is None


def test_a_writer_takes_the_lock_as_it_begins(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "WRITE_WAIT_MS", 50)
    first = Database(station.path, ballast=0)
    second = Database(station.path, ballast=0)
    with first.writing(), pytest.raises(BusyError) as refused, second.writing():
        pass

    assert refused.value.code == "busy"
    first.close()
    second.close()


def test_the_mark_moves_with_every_commit_and_only_then(station: StationUnderTest) -> None:
    ref = station.book_one()
    with station.another_desk() as other:
        marks = [other.change_mark(), other.change_mark()]
        station.undo(ref)
        marks.append(other.change_mark())
        other.sign_on("7", "Seven")
        marks.append(other.change_mark())

    assert marks[0] == marks[1]
    assert len(set(marks)) == 3


def test_the_mark_survives_a_reopening(station: StationUnderTest) -> None:
    database = Database(station.path, ballast=0)
    before = database.change_mark()
    database.close()

    assert isinstance(database.change_mark(), int)
    assert isinstance(before, int)
    database.close()


def test_what_the_driver_raises_is_spoken_with_its_cause(connection: dbapi2.Connection) -> None:
    with pytest.raises(StoreError) as refused, spoken():
        connection.execute("SELECT * FROM nowhere")

    assert refused.value.code == "database"
    assert "no such table" in str(refused.value.__cause__)
