"""What a check-up asks of the database's library, and of a database as it lies there."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlcipher3 import dbapi2

from desk.domain.health import Inventory
from desk.storage.engine import keeps_wal_safe
from desk.storage.migrate import revision_of
from desk.storage.tables import METADATA

_TOLD = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema")


@dataclass(frozen=True, slots=True)
class Library:
    """SQLite as it is loaded.

    Attributes:
        cipher: the version of SQLCipher; None where it is plain SQLite.
        keeps_wal_safe: whether it has the fix for the WAL-reset bug.
    """

    version: str
    cipher: str | None
    keeps_wal_safe: bool


def library() -> Library:
    """Returns which SQLite is loaded."""
    with closing(dbapi2.connect(":memory:")) as connection:
        said = connection.execute("PRAGMA cipher_version").fetchone()
    safe = keeps_wal_safe(dbapi2.sqlite_version_info)
    return Library(dbapi2.sqlite_version, None if said is None else str(said[0]), safe)


def inventory(connection: Connection) -> Inventory:
    """Returns what there is in an open database, counted, and how its connections are set."""
    return Inventory(
        revision=revision_of(connection),
        rows={
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in sorted(METADATA.tables.items())
        },
        settings={
            name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()) for name in _TOLD
        },
    )
