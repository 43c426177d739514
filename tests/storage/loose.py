"""A database on which nothing is refused, as somebody with the file and a tool would have it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlcipher3 import dbapi2

from desk.storage.engine import WRITES, connect, make_engine
from desk.storage.tables import METADATA
from desk.storage.triggers import create_triggers, drop_triggers


def a_loose_copy(original: Path, folder: Path, key: bytes | None = None) -> Engine:
    """Returns an engine on a copy without triggers, foreign keys and checks."""
    copy = folder / "desk.db"
    shutil.copy(original, copy)

    def loose() -> dbapi2.Connection:
        connection = connect(copy, key)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        return connection

    engine = make_engine(loose)
    with engine.begin() as connection:
        drop_triggers(connection)
    return engine


@contextmanager
def tampering(engine: Engine) -> Iterator[Connection]:
    """Opens a transaction of which nothing is kept."""
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        yield connection


def rows_of(connection: Connection, table: str) -> list[dict[str, object]]:
    """Returns a table's rows as the driver hands them over."""
    result = connection.exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY rowid')
    return [dict(row) for row in result.mappings()]


@contextmanager
def covered(connection: Connection) -> Iterator[None]:
    """Lets the file say for a while that the triggers are there: somebody covers the traces.

    The connection goes on without them. To make all fifty for each look takes as long as the look.
    """
    _write_schema(connection, f"INSERT INTO sqlite_master VALUES {_triggers_as_kept()}")
    yield
    _write_schema(connection, "DELETE FROM sqlite_master WHERE type = 'trigger'")


def _write_schema(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.exec_driver_sql(statement)
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")


@cache
def _triggers_as_kept() -> str:
    """Returns the triggers as rows of a database's schema, in SQL."""
    engine = make_engine(lambda: dbapi2.connect(":memory:", isolation_level=None))
    with engine.begin() as connection:
        METADATA.create_all(connection)
        create_triggers(connection)
        rows = connection.exec_driver_sql(
            "SELECT format('(%Q, %Q, %Q, %d, %Q)', type, name, tbl_name, rootpage, sql)"
            " FROM sqlite_master WHERE type = 'trigger'"
        )
        kept = ", ".join(rows.scalars())
    engine.dispose()
    return kept
