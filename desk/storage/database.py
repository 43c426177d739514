"""One database file: transactions, a mark that moves with every commit, and what to do on failure.

After an I/O error every connection is closed and opened again, so that nothing is read from a
cache that the disk does not hold.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from desk.errors import StoreError
from desk.i18n import _
from desk.storage.ballast import BALLAST_BYTES, Ballast
from desk.storage.engine import WRITES, connect, create, make_engine
from desk.storage.failures import IO_FAILURES, spoken
from desk.storage.migrate import is_current, migrate, revision_of
from desk.storage.places import refuse_network
from desk.storage.search_index import has_index, make_index
from desk.storage.triggers import create_triggers, drop_triggers, has_triggers


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
        self._engine = make_engine(lambda: connect(path, key))
        self._writing = self._engine.execution_options(**{WRITES: True})
        self._watch: dbapi2.Connection | None = None
        self._watching = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Opens a transaction that sees one state of the database.

        Raises:
            StoreError: the database cannot be read.
        """
        with self._mended(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Opens a transaction that holds the write lock; rolled back unless it is committed.

        Raises:
            BusyError: another desk held the lock for too long.
            StoreError: the database cannot be written.
        """
        with self._mended(), self._writing.connect() as connection:
            connection.begin()
            yield connection

    def change_mark(self) -> int:
        """Returns a number that moves when any connection commits; it costs microseconds."""
        with self._mended(), self._watching:
            if self._watch is None:
                self._watch = connect(self.path, self._key)
            return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Closes every connection; another use would open new ones."""
        self._engine.dispose()
        with self._watching:
            if self._watch is not None:
                self._watch.close()
            self._watch = None

    def check(self) -> None:
        """Makes sure that the file is a station's, and brings its schema up to date.

        Raises:
            StoreError: it is not ours, is damaged, or was written by a newer desk.
        """
        with self.reading() as connection:
            current = is_current(revision_of(connection))
            guarded = has_triggers(connection)
            searchable = has_index(connection)
        if not current:
            self.upgrade()
        elif not guarded:
            self._guard()
        elif not searchable:
            self._index()

    def upgrade(self) -> None:
        """Brings the schema to the newest revision; an empty file gets its first."""
        migrate(self.path, self._key)

    def _guard(self) -> None:
        with self.writing() as connection:
            drop_triggers(connection)
            create_triggers(connection)
            connection.commit()

    def _index(self) -> None:
        with self.writing() as connection:
            make_index(connection)
            connection.commit()

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
            if error.code == "disk_full":
                raise self._ballast.give_up(error) from error
            raise


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
    path: Path, key: bytes | None = None, ballast: int = BALLAST_BYTES
) -> Iterator[Database]:
    """Opens the database at that path; it is closed again if what follows fails.

    Raises:
        StoreError: it is missing, not ours, damaged, or was written by a newer desk.
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
        database.check()
        database.lay_ballast()
        yield database
        unless_kept.pop_all()
