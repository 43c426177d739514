"""Brings a database's schema to the newest revision, or refuses one that is newer still.

Alembic is slow to import, so it is imported only where there is something to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, func, select, text
from sqlcipher3 import dbapi2

from desk.errors import StoreError
from desk.i18n import _
from desk.storage.engine import WRITES, connect, make_engine
from desk.storage.failures import damaged, no_station, spoken, touched
from desk.storage.search_index import make_index
from desk.storage.tables import METADATA
from desk.storage.triggers import create_triggers, drop_triggers

REVISIONS = ("0001", "0002")
"""Every revision there is, oldest first."""

_VERSIONS = "alembic_version"

MIGRATIONS = Path(__file__).with_name("migrations")


def revision_of(connection: Connection) -> str:
    """Returns the revision that the database says it has.

    Raises:
        StoreError: it has no tables at all, or others than ours.
    """
    names = _tables(connection)
    if not names:
        raise no_station()
    if _VERSIONS not in names:
        raise _gone(_VERSIONS)
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    if len(found) != 1:
        raise touched(
            _("The table {table} does not hold one version, but {count}.").format(
                table=_VERSIONS, count=len(found)
            )
        )
    return str(found[0])


def need_tables(connection: Connection) -> None:
    """Makes sure that a database of the newest revision has every table.

    Raises:
        StoreError: one is gone; the sentence names it.
    """
    names = _tables(connection)
    for table in METADATA.tables:
        if table not in names:
            raise _gone(table)


def _tables(connection: Connection) -> set[str]:
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    return set(names.scalars())


def _gone(table: str) -> StoreError:
    return touched(_("The table {table} is gone from the database.").format(table=table))


def is_current(revision: str) -> bool:
    """Returns whether nothing needs to be done to a database of that revision.

    Raises:
        StoreError: the revision is none of ours, so a newer desk has written it.
    """
    if revision not in REVISIONS:
        raise StoreError(
            "newer_schema",
            _("A newer desk has written this database (its version {theirs}, ours {ours}).").format(
                theirs=revision, ours=REVISIONS[-1]
            ),
            _("Install the newest desk on this PC too."),
        )
    return revision == REVISIONS[-1]


def migrate(path: Path, key: bytes | None = None) -> None:
    """Upgrades the database to the newest revision, in one transaction.

    Foreign keys are off meanwhile: rebuilding a table would follow them and delete its children.
    What that could do unnoticed is looked at before anything lasts: whether every row still has
    its parent, and whether no table has another number of rows than before.

    Raises:
        StoreError: it cannot be done; the database is as it was.
    """

    def without_foreign_keys() -> dbapi2.Connection:
        connection = connect(path, key)
        connection.execute("PRAGMA foreign_keys = OFF")
        return connection

    engine = make_engine(without_foreign_keys)
    try:
        with spoken(), engine.execution_options(**{WRITES: True}).begin() as connection:
            before = _rows(connection, _tables(connection))
            drop_triggers(connection)
            _upgrade(connection)
            create_triggers(connection)
            make_index(connection)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise damaged()
            _lose_nothing(before, _rows(connection, _tables(connection)))
    finally:
        engine.dispose()
    with closing(connect(path, key)) as written, spoken():
        if written.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise damaged()


def _rows(connection: Connection, tables: set[str]) -> dict[str, int]:
    """Returns how many rows each table of the record has."""
    return {
        table: connection.execute(select(func.count()).select_from(text(table))).scalar_one()
        for table in tables & METADATA.tables.keys()
    }


def _lose_nothing(before: Mapping[str, int], after: Mapping[str, int]) -> None:
    """Makes sure that each table has as many rows as it had.

    Raises:
        StoreError: one has not; the sentence names it.
    """
    for table, rows in before.items():
        if after.get(table) != rows:
            raise StoreError(
                "rows_lost",
                _("The upgrade would have left {after} of {before} rows in {table}.").format(
                    after=after.get(table, 0), before=rows, table=table
                ),
                _("Nothing was changed. Go on with the desk you had, and report this."),
            )


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
