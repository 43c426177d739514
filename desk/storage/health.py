"""What a check-up asks of the database's library and of a database as it is set."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from desk.storage.engine import connect, keeps_wal_safe
from desk.storage.failures import spoken

_TOLD = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema")


@dataclass(frozen=True, slots=True)
class Library:
    """SQLite as it is loaded.

    Attributes:
        keeps_wal_safe: whether it has the fix for the WAL-reset bug.
    """

    version: str
    keeps_wal_safe: bool


def library() -> Library:
    """Returns which SQLite is loaded."""
    return Library(dbapi2.sqlite_version, keeps_wal_safe(dbapi2.sqlite_version_info))


def settings_read_back(path: Path) -> Mapping[str, str]:
    """Returns the settings that commits depend on, as a connection to the database has them.

    Raises:
        StoreError: it cannot be opened, or does not accept them.
    """
    with closing(connect(path)) as connection, spoken():
        return {name: str(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in _TOLD}
