"""The revisions make exactly the tables of the code, in one transaction, and refuse a newer one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.dialects import registry
from sqlalchemy.schema import CreateIndex, CreateTable

from desk.errors import StoreError
from desk.storage import migrate
from desk.storage.engine import connect, create, make_engine
from desk.storage.migrate import MIGRATIONS, REVISIONS, is_current, revision_of
from desk.storage.tables import METADATA
from desk.storage.verify_schema import held_parts, own_parts
from tests.builders import StationUnderTest


@pytest.fixture
def migrated(tmp_path: Path) -> Engine:
    path = tmp_path / "desk.db"
    create(path)
    migrate.migrate(path)
    return make_engine(lambda: connect(path))


def test_the_revisions_make_the_tables_checks_indices_and_triggers_of_the_code(
    migrated: Engine,
) -> None:
    with migrated.begin() as connection:
        made = held_parts(connection)
    migrated.dispose()

    assert made == own_parts()


def test_alembic_itself_sees_no_difference(migrated: Engine) -> None:
    with migrated.begin() as connection:
        connection.exec_driver_sql("DROP TABLE search")  # Made from the tables, and none itself.
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []
    migrated.dispose()


def test_the_list_of_revisions_is_the_folder_of_them() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)

    assert [each.revision for each in script.walk_revisions()] == list(reversed(REVISIONS))


def test_a_migrated_database_needs_nothing_more(migrated: Engine) -> None:
    with migrated.begin() as connection:
        assert revision_of(connection) == REVISIONS[-1]
        assert is_current(revision_of(connection))
    migrated.dispose()


def test_a_current_database_is_opened_without_alembic(station: StationUnderTest) -> None:
    station.service.close()
    program = (
        "import sys; from pathlib import Path; from desk.clock import SystemClock;"
        " from desk.domain.rules import Rules; from desk.service import Workplace, open_desk;"
        " open_desk(Path(sys.argv[1]), Rules(), Workplace(SystemClock(), 'desk 1', ballast=0))"
        ".close(); print('alembic' in sys.modules)"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program, station.path], capture_output=True, text=True, check=True
    )

    assert ran.stdout.strip() == "False"


def test_a_newer_revision_is_refused_with_both_versions() -> None:
    with pytest.raises(StoreError) as refused:
        is_current("0999")

    assert refused.value.code == "newer_schema"
    assert "0999" in refused.value.explanation
    assert REVISIONS[-1] in refused.value.explanation


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_connection: Connection) -> None:
        raise StoreError("io", "the disk said no")

    path = tmp_path / "desk.db"
    create(path)
    monkeypatch.setattr(migrate, "create_triggers", fail)

    with pytest.raises(StoreError):
        migrate.migrate(path)

    opened = connect(path)
    assert opened.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    opened.close()


def test_every_table_belongs_to_a_station() -> None:
    strangers = [name for name, table in METADATA.tables.items() if "station_id" not in table.c]

    assert strangers == ["station"]


def test_postgresql_could_hold_every_table() -> None:
    dialect = registry.load("postgresql")()
    for table in METADATA.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))
