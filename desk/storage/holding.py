"""Holding a database that is to be replaced, so that nothing is written there unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from desk.errors import BusyError, StoreError
from desk.i18n import _
from desk.storage.engine import WRITE_WAIT_MS, connect
from desk.storage.failures import spoken


@contextmanager
def held_alone(path: Path, key: bytes | None) -> Iterator[dbapi2.Connection]:
    """Holds a database that nobody else has open, as one file that holds everything.

    Leaving write-ahead logging is what SQLite allows only to whoever is alone, and it moves what
    lies in the log into the file (https://www.sqlite.org/pragma.html#pragma_journal_mode). From
    then on the file stays locked until the connection is closed. It must not be opened and closed
    past SQLite meanwhile, which would end the lock.

    Raises:
        BusyError: somebody else has it open.
        StoreError: it cannot be opened or written.
    """
    with closing(connect(path, key)) as connection:
        try:
            with spoken():
                _hold(connection)
        except BusyError:
            raise _in_use() from None
        yield connection


def _hold(connection: dbapi2.Connection) -> None:
    connection.execute(f"PRAGMA busy_timeout = {WRITE_WAIT_MS}")
    connection.execute("PRAGMA main.journal_mode = DELETE")
    # Only now: a journal that is written under a lasting lock would lie there as long as the lock.
    connection.execute("PRAGMA main.locking_mode = EXCLUSIVE")
    # Where nothing may be written, the mode has stayed as it was, and this says so.
    connection.execute("BEGIN EXCLUSIVE")
    connection.rollback()
    if connection.execute("PRAGMA main.journal_mode").fetchone() != ("delete",):
        raise _in_use()


def _in_use() -> StoreError:
    return BusyError(
        "in_use",
        _("Another desk has the record open, so it cannot be replaced."),
        _("Leave the board on every desk with Ctrl+Q, and do it again."),
    )


def swap(held: dbapi2.Connection, new: Path, path: Path) -> None:
    """Puts a file in the place of the one that is held, in one step.

    Raises:
        OSError: the folder cannot be written; nothing was changed.
    """
    try:
        new.replace(path)
    except PermissionError:
        # Windows replaces no file that is open; whoever opens it now keeps it from us.
        held.close()
        new.replace(path)
