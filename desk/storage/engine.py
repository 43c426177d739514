"""SQLite as a record needs it: which library may do what, and how every connection is set.

The rules and the measurements behind them are those of https://www.sqlite.org/wal.html and
https://www.sqlite.org/pragma.html: a library with the WAL-reset bug can lose committed data when
two connections write and checkpoint at once, so it keeps a rollback journal instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from desk.errors import StoreError
from desk.i18n import _
from desk.paths import make_private_file, make_private_folder
from desk.storage.failures import damaged, spoken

APPLICATION_ID = 0x6465736B
"""Says "desk" in the file's header, so that another program's database is not taken for ours."""

BUSY_TIMEOUT_MS = 2500
"""How long opening and reading wait for a lock.

An officer is answered within five seconds, of which the command line spends up to two on starting.
"""

WRITE_WAIT_MS = 2500
"""How long an act waits for the write lock; likewise."""

WRITES = "desk_writes"
"""The execution option under which a transaction takes the write lock as it begins."""

AT_ONCE = "desk_at_once"
"""The execution option under which it does so at once or not at all."""

_NOT_TO_BE_WRITTEN = frozenset({"read_only", "cannot_open"})
"""What opening fails with where this account may write neither the file nor beside it."""

_Settings: TypeAlias = Mapping[str, int | str]

_FULL, _EXTRA = 2, 3
_ALWAYS: _Settings = {
    "foreign_keys": 1,
    "recursive_triggers": 1,  # Else INSERT OR REPLACE walks past the BEFORE DELETE triggers.
    "secure_delete": 1,
    "cell_size_check": 1,
    "trusted_schema": 0,
    "mmap_size": 0,
}


def keeps_wal_safe(version: tuple[int, ...]) -> bool:
    """Returns whether that SQLite has the fix for the WAL-reset bug.

    Fixed in 3.51.3, and in the branches of 3.50.7 and 3.44.6.
    """
    return version >= (3, 51, 3) or any(
        fixed <= version < (3, fixed[1] + 1) for fixed in ((3, 50, 7), (3, 44, 6))
    )


def durable_mode(version: tuple[int, ...]) -> tuple[str, int]:
    """Returns the journal mode and the synchronous level that lose no acknowledged commit."""
    return ("wal", _FULL) if keeps_wal_safe(version) else ("delete", _EXTRA)


class ReadingConnection(dbapi2.Connection):
    """A connection to a file that this account may only read.

    It may hold no lock, so what it has read is not to be kept: others may write the file.
    """


def _readable() -> _Settings:
    return {"busy_timeout": BUSY_TIMEOUT_MS, **_ALWAYS}


def durable_settings(version: tuple[int, ...]) -> Mapping[str, int | str]:
    """Returns how that SQLite is set where a database is written."""
    journal_mode, synchronous = durable_mode(version)
    return {**_readable(), "journal_mode": journal_mode, "synchronous": synchronous}


def _durable() -> _Settings:
    return durable_settings(dbapi2.sqlite_version_info)


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to open the file: in which mode, as what, and how the connection is set."""

    mode: str
    factory: type[dbapi2.Connection]
    settings: Callable[[], _Settings]


_TO_WRITE = _Way("mode=rw", dbapi2.Connection, _durable)
_TO_READ = _Way("mode=ro", ReadingConnection, _readable)
_SEALED = _Way("mode=ro&immutable=1", ReadingConnection, _readable)


def connect(path: Path, key: bytes | None = None) -> dbapi2.Connection:
    """Returns a connection to an existing database of ours, set and checked.

    Args:
        path: the database file.
        key: SQLCipher's raw 256-bit key; None for a file that is not encrypted.

    Returns:
        The connection; a ``ReadingConnection`` where nothing may be written.

    Raises:
        StoreError: it cannot be opened, is not a database of ours, or cannot be set as it must be.
    """
    for way in (_TO_WRITE, _TO_READ):
        try:
            return _connected(path, key, way)
        except StoreError as error:
            if error.code not in _NOT_TO_BE_WRITTEN:
                raise
    # SQLite reads a WAL database only where it can share an index of its log with others. Where it
    # cannot, and there is no log, the file holds everything: https://www.sqlite.org/wal.html
    _need_no_log(path)
    return _connected(path, key, _SEALED)


def connect_to_read(path: Path, key: bytes | None = None) -> dbapi2.Connection:
    """Returns a connection to a file that is to stay exactly as it is, such as a backup.

    Args:
        path: the database file; it may lie where nothing can be written.
        key: SQLCipher's raw 256-bit key; None for a file that is not encrypted.

    Raises:
        StoreError: it cannot be opened, or is not a database of ours.
    """
    try:
        return _connected(path, key, _TO_READ)
    except StoreError as error:
        if error.code not in _NOT_TO_BE_WRITTEN:
            raise
    _need_no_log(path)
    return _connected(path, key, _SEALED)


def connect_bare(path: Path, key: bytes | None = None) -> dbapi2.Connection:
    """Returns a connection on which nothing is set or checked.

    It is for a new file that counts only once all of it is written and synced.
    """
    return _open(path, key, _TO_WRITE)


def connect_sealed(path: Path, key: bytes | None = None) -> dbapi2.Connection:
    """Returns a connection to a file, whatever it is, that looks at nothing beside it."""
    return _open(path, key, _SEALED)


def _log_beside(path: Path) -> Path | None:
    """Returns the file in which commits, or half of one, lie beside the database, or None."""
    logs = (path.with_name(path.name + suffix) for suffix in ("-wal", "-journal"))
    return next((log for log in logs if log.exists() and log.stat().st_size), None)


def _need_no_log(path: Path) -> None:
    """Makes sure that the file holds everything.

    Raises:
        StoreError: some of it lies beside the file.
    """
    log = _log_beside(path)
    if log is not None:
        raise StoreError(
            "unread_log",
            _("The newest acts lie in {log}, which is only read where it can be written.").format(
                log=log
            ),
            _("Copy the folder to where this account may write, and name that with --data."),
        )


def _connected(path: Path, key: bytes | None, way: _Way) -> dbapi2.Connection:
    with spoken(), ExitStack() as unless_set:
        connection = _open(path, key, way)
        unless_set.callback(connection.close)
        # Asked before anything is set, so that another program's file stays as it is.
        if _read(connection, "application_id") != APPLICATION_ID:
            raise damaged()
        _set(connection, way.settings())
        unless_set.pop_all()
    return connection


def _open(path: Path, key: bytes | None, way: _Way) -> dbapi2.Connection:
    connection = dbapi2.connect(
        f"{path.resolve().as_uri()}?{way.mode}",
        timeout=BUSY_TIMEOUT_MS / 1000,
        isolation_level=None,
        check_same_thread=False,
        factory=way.factory,
        uri=True,
    )
    if key is not None:
        # Else SQLCipher writes what it makes of a damaged page across the officer's screen.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def _read(connection: dbapi2.Connection, pragma: str) -> object:
    return connection.execute(f"PRAGMA {pragma}").fetchone()[0]


def _set(connection: dbapi2.Connection, wanted: _Settings) -> None:
    for name, value in wanted.items():
        connection.execute(f"PRAGMA {name} = {value}")
    for name, value in wanted.items():
        if _read(connection, name) != value:
            raise StoreError(
                "unsafe",
                _(
                    "SQLite did not accept the setting {name}, without which commits can be lost."
                ).format(name=name),
                _("Keep the data folder on a local disk of this PC."),
            )


def create(path: Path, key: bytes | None = None) -> None:
    """Makes an empty database file that only this account may read, and marks it as ours.

    Raises:
        StoreError: there is a file already, or the log of one that is gone, which SQLite would take
            for this one's; or none can be made there.
    """
    if path.exists():
        raise StoreError(
            "already_there",
            _("There is a database already: {path}").format(path=path),
            _("Start desk without init, or name another data folder."),
        )
    log = _log_beside(path)
    if log is not None:
        raise StoreError(
            "log_left",
            _("The database is gone, but its newest acts still lie in {log}.").format(log=log),
            _("Keep that file in another folder: with its desk.db it may be read again."),
        )
    try:
        make_private_folder(path.parent)
        make_private_file(path)
    except OSError as error:
        raise StoreError(
            "cannot_open",
            _("The database file cannot be made: {reason}.").format(reason=error.strerror),
            _("Name a data folder that this account may write."),
        ) from error
    with spoken(), closing(_open(path, key, _TO_WRITE)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def make_engine(creator: Callable[[], dbapi2.Connection]) -> Engine:
    """Returns an engine whose transactions begin as they mean to go on.

    Python's driver would begin a transaction by itself, and late: a read that turns into a write
    then fails at once when another desk wrote in between. So the driver is told to begin nothing,
    and a writer takes the lock first.
    """
    engine = create_engine(
        "sqlite+pysqlite://", creator=creator, module=dbapi2, poolclass=QueuePool, pool_size=4
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get(WRITES, False):
        connection.exec_driver_sql("BEGIN")
        return
    patience = 0 if options.get(AT_ONCE, False) else WRITE_WAIT_MS
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
