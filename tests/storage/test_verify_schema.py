"""What the database is built of is looked at too, as it is before anything mends it."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from desk.domain.views import Verification
from desk.errors import StoreError
from desk.service import open_desk, verify_record
from desk.storage import verify
from desk.storage.engine import connect
from desk.storage.tables import METADATA
from desk.storage.triggers import create_triggers, triggers
from tests.builders import StationUnderTest
from tests.storage.loose import tampering


def built(loose: Engine, *changes: str) -> Verification:
    """Returns what is found in a copy with its triggers, after these changes to it."""
    with tampering(loose) as connection:
        create_triggers(connection)
        for change in changes:
            connection.exec_driver_sql(change)
        return verify.verify(connection)


def test_a_database_as_desk_makes_it_is_sound(loose: Engine) -> None:
    assert built(loose).ok


@pytest.mark.parametrize("name", sorted(triggers()))
def test_a_dropped_trigger_is_named(loose: Engine, name: str) -> None:
    (found,) = built(loose, f"DROP TRIGGER {name}").findings

    assert (found.number, found.code) == (None, "trigger_missing")
    assert found.table in METADATA.tables
    assert found.explanation == f"The trigger {name} is gone."


ALIEN = "CREATE TRIGGER quiet AFTER INSERT ON act BEGIN DELETE FROM act; END"


@pytest.mark.parametrize(
    ("change", "table", "code", "name"),
    [
        (ALIEN, "act", "trigger_unknown", "quiet"),
        ("CREATE VIEW all_acts AS SELECT * FROM act", "all_acts", "view_unknown", "all_acts"),
        ("CREATE TABLE more (id INTEGER)", "more", "table_unknown", "more"),
        ("CREATE INDEX more ON act (desk)", "act", "index_unknown", "more"),
        ("DROP INDEX ix_party_here", "party", "index_missing", "ix_party_here"),
    ],
)
def test_what_is_more_or_less_than_desk_makes_is_named(
    loose: Engine, change: str, table: str, code: str, name: str
) -> None:
    (found,) = built(loose, change).findings

    assert (found.number, found.table, found.code) == (None, table, code)
    assert name in found.explanation


def test_a_trigger_that_was_made_harmless_is_named(loose: Engine) -> None:
    name = "act_is_never_deleted"
    harmless = f"CREATE TRIGGER {name} BEFORE DELETE ON act WHEN 0 BEGIN SELECT 1; END"

    (found,) = built(loose, f"DROP TRIGGER {name}", harmless).findings

    assert (found.table, found.code) == ("act", "trigger_changed")


@pytest.mark.parametrize("table", METADATA.tables)
def test_a_dropped_table_is_named(loose: Engine, table: str) -> None:
    found = built(loose, f"DROP TABLE {table}").findings

    assert (table, f"The table {table} is gone.") in {
        (each.table, each.explanation) for each in found
    }


def test_a_table_with_another_column_is_named(loose: Engine) -> None:
    (found,) = built(loose, "ALTER TABLE bay RENAME COLUMN label TO words").findings

    assert (found.table, found.code) == ("bay", "table_changed")


@pytest.fixture
def copy(lived: Path, tmp_path: Path) -> Path:
    """A copy of the station's file, with its triggers."""
    return Path(shutil.copy(lived, tmp_path / "desk.db"))


def tampered(copy: Path, *changes: str) -> Verification:
    """Returns what is found in the file after these changes, by somebody whom nothing refuses."""
    with closing(connect(copy)) as raw:
        for name in triggers():
            raw.execute(f"DROP TRIGGER {name}")
        for change in ("PRAGMA ignore_check_constraints = ON", *changes):
            raw.execute(change)
        for sql in triggers().values():
            raw.execute(sql)
    return verify_record(copy)


def test_an_index_that_does_not_hold_what_it_should_is_told(copy: Path) -> None:
    index = "ix_exchange_station_id_starts_at"
    made = f"CREATE INDEX {index} ON exchange (station_id, starts_at)"
    found = tampered(
        copy,
        f"DROP INDEX {index}",
        f"{made} WHERE ref = ''",
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET sql = '{made}' WHERE name = '{index}'",
    ).findings

    assert {each.code for each in found} == {"damaged"}
    assert any(index in each.explanation for each in found)


@pytest.mark.parametrize(
    ("change", "table", "column"),
    [
        ("UPDATE station SET rules_digest = 'x'", "station", "rules_digest"),
        ("UPDATE station SET timezone = 'Nowhere/Atall'", "station", "timezone"),
        ("UPDATE bay SET kinds = 'x' WHERE id = 1", "bay", "kinds"),
        ("UPDATE bay SET cameras = '7' WHERE id = 1", "bay", "cameras"),
        ("UPDATE officer SET role = 'chief' WHERE id = 1", "officer", "role"),
    ],
)
def test_a_file_is_looked_at_before_anything_reads_or_mends_it(
    copy: Path, change: str, table: str, column: str
) -> None:
    found = tampered(copy, change).findings

    assert [(each.number, each.table, each.code) for each in found if each.table == table] == [
        (1, table, "changed")
    ]
    assert any(column in each.explanation for each in found)
    assert verify_record(copy).findings == found


def test_looking_writes_nothing(copy: Path) -> None:
    before = verify_record(copy)
    with closing(connect(copy)) as raw:
        raw.execute("DROP TRIGGER act_is_never_deleted")
    written = copy.read_bytes()

    found = verify_record(copy)

    assert (found.rows, found.head) == (before.rows, before.head)
    assert [each.code for each in found.findings] == ["trigger_missing"]
    assert copy.read_bytes() == written


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE station SET timezone = 'Nowhere/Atall'", "“Nowhere/Atall”, which is none"),
        ("UPDATE bay SET kinds = 'x' WHERE id = 2", "Bay 2 in the database holds"),
        ("DROP TABLE visit", "The table visit is gone"),
        ("DROP TABLE alembic_version", "The table alembic_version is gone"),
        ("DELETE FROM alembic_version", "does not hold one version, but 0"),
    ],
)
def test_a_board_that_cannot_start_names_what_was_touched(
    copy: Path, station: StationUnderTest, change: str, words: str
) -> None:
    with closing(connect(copy)) as raw:
        for name in triggers():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(change)

    with pytest.raises(StoreError) as refused:
        open_desk(copy, station.rules, station.workplace())

    assert refused.value.code == "damaged"
    assert words in refused.value.explanation
    assert "desk verify" in (refused.value.next or "")
