"""One database file: transactions, a mark that moves with every commit, and what to do on failure.

After an I/O error every connection is closed and opened again, so that nothing is read from a
cache that the disk does not hold.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection, Engine
from sqlcipher3 import dbapi2

from desk.errors import StoreError
from desk.i18n import _
from desk.storage.ballast import BALLAST_BYTES, Ballast
from desk.storage.engine import (
    AT_ONCE,
    WRITES,
    ReadingConnection,
    connect,
    create,
    make_engine,
)
from desk.storage.failures import IO_FAILURES, spoken
from desk.storage.migrate import is_current, migrate, need_tables, revision_of
from desk.storage.places import refuse_network
from desk.storage.search_index import has_index, make_index
from desk.storage.triggers import create_triggers, drop_triggers, has_triggers

Chore: TypeAlias = Callable[[Connection], None]
"""Something to write that is owed; done once more, it must change nothing."""

Upgrade: TypeAlias = Callable[[Path, bytes | None], None]
"""Brings the schema of a file, whose key it is given, to the newest revision."""

_MOST_COMMITS = 1 << 32
"""What SQLite counts commits up to, for one connection."""

_PASSING = frozenset({"busy", "read_only", "disk_full"})
"""Why a chore may have to wait: the record can be read all the same."""


class Database:
    """The file, open. Every method may be called from any thread.

    Args:
        path: the database file.
        key: SQLCipher's raw 256-bit key; None for a file that is not encrypted.
        ballast: how many bytes are kept back for a full disk; 0 for none.
    """

    def __init__(self, path: Path, key: bytes | None = None, ballast: int = BALLAST_BYTES) -> None:
        self.path = path
        self._key = key
        self._ballast = Ballast(path, ballast)
        self._engine = make_engine(self._connect)
        self._writing = self._engine.execution_options(**{WRITES: True})
        self._writing_at_once = self._writing.execution_options(**{AT_ONCE: True})
        self._chores: tuple[Chore, ...] = ()
        self._owing = threading.Lock()
        self._only_reads = False
        self._watch: dbapi2.Connection | None = None
        self._watches = 0
        self._watching = threading.Lock()

    def _connect(self) -> dbapi2.Connection:
        connection = connect(self.path, self._key)
        self._only_reads = isinstance(connection, ReadingConnection)
        return connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Opens a transaction that sees one state of the database.

        Raises:
            StoreError: the database cannot be read.
        """
        with self._mended(), self._engine.begin() as connection:
            yield connection
        if self._only_reads:
            self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Opens a transaction that holds the write lock; rolled back unless it is committed.

        Raises:
            BusyError: another desk held the lock for too long.
            StoreError: the database cannot be written.
        """
        with self._written(self._writing) as connection:
            yield connection

    def leave(self, chore: Chore) -> None:
        """Does what has to be written before anything else is: at once if that can be.

        Otherwise it is done with the first act that is written, for reading must need no lock.
        """
        self.owe(chore)
        self.catch_up()

    def owe(self, chore: Chore) -> None:
        """Leaves a chore for the next time that something is written."""
        with self._owing:
            self._chores = (*self._chores, chore)

    @property
    def owes(self) -> bool:
        """Whether there is a chore that is not done."""
        return bool(self._chores)

    def catch_up(self) -> None:
        """Does what is owed, if that can be at once; otherwise it stays owed.

        Raises:
            StoreError: the database cannot be written, for a reason that does not pass.
        """
        try:
            with self._written(self._writing_at_once) as connection:
                connection.commit()
        except StoreError as error:
            if error.code not in _PASSING:
                raise

    @contextmanager
    def _written(self, engine: Engine) -> Iterator[Connection]:
        with self._mended(), engine.connect() as connection:
            connection.begin()
            chores = self._chores
            for chore in chores:
                chore(connection)
            yield connection
            if not connection.in_transaction():
                self._done(chores)

    def _done(self, chores: tuple[Chore, ...]) -> None:
        with self._owing:
            self._chores = tuple(each for each in self._chores if each not in chores)

    def forget_log(self) -> bool:
        """Writes the log's pages into the file and empties the log, where there is one.

        Returns:
            Whether nothing is left in it; it stays while another desk is reading.

        Raises:
            StoreError: the database cannot be written.
        """
        with self._mended(), closing(connect(self.path, self._key)) as connection:
            # https://www.sqlite.org/pragma.html#pragma_wal_checkpoint
            busy, _frames, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

    def change_mark(self) -> int:
        """Returns a number that moves when any connection commits; it costs microseconds.

        It also moves when everything was closed and opened again: what was read before may not be
        what the disk holds, and SQLite counts anew for each connection.
        """
        with self._mended(), self._watching:
            if self._watch is None:
                self._watch = connect(self.path, self._key)
                self._watches += 1
            (commits,) = self._watch.execute("PRAGMA data_version").fetchone()
            return self._watches * _MOST_COMMITS + int(commits)

    def close(self) -> None:
        """Closes every connection; another use would open new ones."""
        self._engine.dispose()
        with self._watching:
            if self._watch is not None:
                self._watch.close()
            self._watch = None

    def check(self, upgrade: Upgrade = migrate) -> None:
        """Makes sure that the file is a station's, and brings its schema up to date.

        Args:
            upgrade: how, where it is an older one.

        Raises:
            StoreError: it is not ours, is damaged, or was written by a newer desk.
        """
        with self.reading() as connection:
            current = is_current(revision_of(connection))
            if current:
                need_tables(connection)
            guarded = has_triggers(connection)
            searchable = has_index(connection)
        if not current:
            upgrade(self.path, self._key)
        elif not guarded:
            self.leave(_guard)
        elif not searchable:
            self.leave(_index)

    def upgrade(self) -> None:
        """Brings the schema to the newest revision; an empty file gets its first."""
        migrate(self.path, self._key)

    def lay_ballast(self) -> None:
        """Keeps space back for a full disk, if it is not kept already."""
        self._ballast.lay()

    def discard(self) -> None:
        """Closes and deletes a database that never came to hold anything."""
        self.close()
        self._ballast.drop()
        self.path.unlink(missing_ok=True)

    @contextmanager
    def _mended(self) -> Iterator[None]:
        try:
            with spoken():
                yield
        except StoreError as error:
            if error.code in IO_FAILURES:
                self.close()
            if self._ballast.is_needed_after(error):
                raise self._ballast.give_up() from error
            raise


def _guard(connection: Connection) -> None:
    if not has_triggers(connection):
        drop_triggers(connection)
        create_triggers(connection)


def _index(connection: Connection) -> None:
    if not has_index(connection):
        make_index(connection)


@contextmanager
def new_database(
    path: Path, key: bytes | None = None, ballast: int = BALLAST_BYTES
) -> Iterator[Database]:
    """Makes a new database with every table; it is deleted again if what follows fails.

    Raises:
        StoreError: there is one already, or none can be made there.
    """
    refuse_network(path.parent)
    create(path, key)
    database = Database(path, key, ballast)
    with ExitStack() as unless_kept:
        unless_kept.callback(database.discard)
        database.upgrade()
        database.lay_ballast()
        yield database
        unless_kept.pop_all()


@contextmanager
def opened_database(
    path: Path,
    key: bytes | None = None,
    ballast: int = BALLAST_BYTES,
    upgrade: Upgrade = migrate,
) -> Iterator[Database]:
    """Opens the database at that path; it is closed again if what follows fails.

    Args:
        path: the database file.
        key: SQLCipher's raw 256-bit key; None for a file that is not encrypted.
        ballast: how many bytes are kept back for a full disk; 0 for none.
        upgrade: how an older schema is brought up to date.

    Raises:
        StoreError: it is missing, not ours, damaged, or was written by a newer desk.
    """
    with database_as_it_is(path, key, ballast) as database:
        database.check(upgrade)
        database.lay_ballast()
        yield database


@contextmanager
def database_as_it_is(
    path: Path, key: bytes | None = None, ballast: int = BALLAST_BYTES
) -> Iterator[Database]:
    """Opens the same, and neither looks whether it is sound nor mends what is not.

    Raises:
        StoreError: it is missing.
    """
    refuse_network(path)
    if not path.is_file():
        raise StoreError(
            "missing",
            _("There is no database at {path}.").format(path=path),
            _("Run desk init to begin a station there, or name its data folder with --data."),
        )
    database = Database(path, key, ballast)
    with ExitStack() as unless_kept:
        unless_kept.callback(database.close)
        yield database
        unless_kept.pop_all()
