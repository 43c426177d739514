"""A database that is missing, garbled, foreign, newer, locked, full or read-only: a sentence."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlcipher3 import dbapi2

from desk.domain.intents import Note
from desk.errors import BusyError, DeskError, StoreError
from desk.service import Desk, Workplace, found_station, open_desk
from desk.storage import engine
from desk.storage.ballast import Ballast
from desk.storage.database import Database
from desk.storage.failures import failure
from tests.builders import DAY, KENNEWICK, StationUnderTest


def opening(station: StationUnderTest) -> Desk:
    return open_desk(station.path, station.rules, station.workplace())


def refused(station: StationUnderTest) -> StoreError:
    with pytest.raises(StoreError) as raised:
        opening(station).close()
    assert raised.value.explanation
    assert raised.value.next
    return raised.value


class Reported(dbapi2.OperationalError):
    def __init__(self, code: int) -> None:
        super().__init__("reported")
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("reported", "code"),
    [
        (5, "busy"),
        (517, "busy"),
        (6, "busy"),
        (8, "read_only"),
        (10, "io"),
        (778, "io"),
        (11, "damaged"),
        (13, "disk_full"),
        (14, "cannot_open"),
        (19, "inconsistent"),
        (1811, "inconsistent"),
        (26, "damaged"),
        (1, "database"),
    ],
)
def test_each_result_code_has_a_word_a_sentence_and_a_next_step(reported: int, code: str) -> None:
    found = failure(Reported(reported))

    assert found.code == code
    assert found.explanation
    assert found.next
    assert isinstance(found, BusyError) == (code == "busy")


def test_a_missing_database(station: StationUnderTest) -> None:
    station.service.close()
    station.path.unlink()

    assert refused(station).code == "missing"


def test_a_second_founding_changes_nothing(station: StationUnderTest) -> None:
    workplace = station.workplace()

    with pytest.raises(StoreError) as raised:
        found_station(station.path, KENNEWICK, station.rules, workplace)

    assert raised.value.code == "already_there"
    assert station.service.verify().ok


def test_a_founding_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, station: StationUnderTest
) -> None:
    def fail(*_rows: object) -> None:
        raise StoreError("io", "the disk said no")

    monkeypatch.setattr("desk.storage.stations.found", fail)
    folder = tmp_path / "new"
    workplace = Workplace(station.clock, "desk 1", ballast=1000)

    with pytest.raises(StoreError):
        found_station(folder / "desk.db", KENNEWICK, station.rules, workplace)

    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path, station: StationUnderTest) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StoreError) as raised:
        found_station(tmp_path / "file" / "desk.db", KENNEWICK, station.rules, station.workplace())

    assert raised.value.code == "cannot_open"


@pytest.mark.parametrize("content", [b"no database at all " * 100, b"\0" * 4096, b"x"])
def test_a_file_that_is_no_database(station: StationUnderTest, content: bytes) -> None:
    station.service.close()
    station.path.write_bytes(content)

    assert refused(station).code == "damaged"


def test_an_empty_file_is_not_taken_for_a_station(station: StationUnderTest) -> None:
    station.service.close()
    station.path.write_bytes(b"")

    assert refused(station).code == "damaged"
    assert station.path.read_bytes() == b""


def test_a_database_that_came_no_further_than_its_first_page(station: StationUnderTest) -> None:
    station.service.close()
    station.path.unlink()
    engine.create(station.path)

    assert refused(station).code == "no_station"


def test_another_programs_database_is_left_alone(station: StationUnderTest) -> None:
    station.service.close()
    station.path.unlink()
    other = dbapi2.connect(str(station.path))
    other.execute("CREATE TABLE theirs (a)")
    other.commit()
    other.close()
    before = station.path.read_bytes()

    assert refused(station).code == "damaged"
    assert station.path.read_bytes() == before


def test_a_newer_desks_database_names_its_version(station: StationUnderTest) -> None:
    raw = dbapi2.connect(str(station.path), isolation_level=None)
    raw.execute("UPDATE alembic_version SET version_num = '0999'")
    raw.close()

    error = refused(station)
    assert error.code == "newer_schema"
    assert "0999" in error.explanation


@pytest.mark.parametrize("seed", range(40))
def test_a_garbled_file_is_a_sentence_never_a_traceback(
    station: StationUnderTest, seed: int
) -> None:
    chance = random.Random(seed)
    station.book_one()
    station.service.close()
    content = bytearray(station.path.read_bytes())
    for _each in range(chance.randint(1, 30)):
        chance.choice((cut_short, flip, blank_a_page))(content, chance)
    station.path.write_bytes(bytes(content))

    with contextlib.suppress(DeskError), opening(station) as service:
        service.board(DAY)
        service.journal()
        service.verify()
        service.sign_on("77", "Late")


def cut_short(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(1, len(content) + 1) :]


def flip(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def blank_a_page(content: bytearray, chance: random.Random) -> None:
    first = 4096 * chance.randrange(1 + len(content) // 4096)
    content[first : first + 4096] = bytes(len(content[first : first + 4096]))


def test_a_database_that_may_only_be_read(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = station.book_one()
    connect = engine.connect

    def read_only(path: Path, key: bytes | None = None) -> dbapi2.Connection:
        connection = connect(path, key)
        connection.execute("PRAGMA query_only = ON")
        return connection

    monkeypatch.setattr("desk.storage.database.connect", read_only)
    with opening(station) as service:
        assert service.exchange(ref) is not None
        with pytest.raises(StoreError) as raised:
            service.perform(Note(by=station.by, ref=ref, text="kept in the form"))

    assert raised.value.code == "read_only"


def test_a_database_that_another_program_holds(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "WRITE_WAIT_MS", 50)
    holder = dbapi2.connect(str(station.path), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with opening(station) as service, pytest.raises(BusyError) as raised:
        service.sign_on("77", "Late")
    holder.execute("ROLLBACK")
    holder.close()

    assert raised.value.code == "busy"


def reporting(database: Database, code: int, statement: str) -> None:
    """Makes the disk fail a statement, once."""
    failing = [code]

    def fail(_connection: object, _cursor: object, sql: str, *_rest: object) -> None:
        if failing and sql.startswith(statement):
            raise Reported(failing.pop())

    with database.reading() as connection:
        event.listen(connection.engine, "before_cursor_execute", fail)


def test_a_full_disk_gives_up_the_ballast_and_says_so(tmp_path: Path) -> None:
    database = Database(tmp_path / "desk.db", ballast=1000)
    engine.create(tmp_path / "desk.db")
    database.lay_ballast()
    assert (tmp_path / "ballast").stat().st_size == 1000
    reporting(database, 13, "CREATE")

    with pytest.raises(StoreError) as raised, database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE more (a)")

    assert raised.value.code == "disk_full"
    assert "given up" in raised.value.explanation
    assert not (tmp_path / "ballast").exists()
    database.close()


def test_a_full_disk_without_a_ballast_promises_nothing(tmp_path: Path) -> None:
    engine.create(tmp_path / "desk.db")
    database = Database(tmp_path / "desk.db", ballast=0)
    reporting(database, 13, "CREATE")

    with pytest.raises(StoreError) as raised, database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE more (a)")

    assert raised.value.code == "disk_full"
    assert "given up" not in raised.value.explanation
    database.close()


def test_the_ballast_is_laid_once_and_never_on_a_disk_without_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ballast = Ballast(tmp_path / "desk.db", 1000)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: type("Usage", (), {"free": 4000})())
    ballast.lay()
    assert not (tmp_path / "ballast").exists()

    monkeypatch.undo()
    ballast.lay()
    (tmp_path / "ballast").write_bytes(b"kept")
    ballast.lay()
    assert (tmp_path / "ballast").read_bytes() == b"kept"


def test_after_an_error_of_the_disk_every_connection_is_a_new_one(tmp_path: Path) -> None:
    engine.create(tmp_path / "desk.db")
    database = Database(tmp_path / "desk.db", ballast=0)
    with database.reading() as connection:
        before = connection.connection.driver_connection
    reporting(database, 778, "CREATE")

    with pytest.raises(StoreError) as raised, database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE more (a)")

    assert raised.value.code == "io"
    with database.reading() as connection:
        assert connection.connection.driver_connection is not before
    database.close()
