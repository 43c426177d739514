"""Copying a database whole while others write it: the copy counts once it is read again.

SQLite's online backup (https://www.sqlite.org/backup.html) is run inside a transaction that reads,
so that the copy is of one state, and nobody who writes meanwhile makes it begin anew. The copy is
one file without a log, which can be read on a medium that cannot be written.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from sqlcipher3 import dbapi2

from desk.errors import StoreError
from desk.i18n import _
from desk.paths import sync_file
from desk.storage.engine import connect_bare, connect_sealed, connect_to_read, create
from desk.storage.failures import damaged, spoken
from desk.storage.in_clear import is_encrypted

_PAGE_BYTES = 4096  # https://www.zetetic.net/sqlcipher/sqlcipher-api/#cipher_page_size

_PAGES_AT_ONCE = 256
"""Between so many pages whoever waits has a turn: a mebibyte takes a few milliseconds."""


class Head(NamedTuple):
    """Where a station's journal ends."""

    code: str
    number: int
    hash: str


def heads(connection: dbapi2.Connection) -> tuple[Head, ...]:
    """Returns where the journal of each station ends, the file's own station first.

    Raises:
        StoreError: it cannot be read, or holds no station.
    """
    with spoken():
        rows = connection.execute("SELECT code, head_number, head_hash FROM station ORDER BY id")
        found = tuple(Head(*row) for row in rows)
    if not found:
        raise damaged()
    return found


def copy_whole(source: dbapi2.Connection, target: Path, key: bytes | None = None) -> Head:
    """Copies a database into a new file, and reads that again.

    Args:
        source: an open connection, on which nothing is under way.
        target: a file that is not there yet; it is on the disk when this returns.
        key: what both are encrypted with; None for neither.

    Returns:
        Where the journal ends in the copy.

    Raises:
        StoreError: the source cannot be read or the target not be written, or the copy is not
            what was copied; the target may be left half written.
        OSError: the disk does not take the target.
    """
    create(target, key)
    with spoken():
        source.execute("BEGIN")
        try:
            copied = heads(source)
            _copy_pages(source, target, key)
        finally:
            source.rollback()
    sync_file(target)
    if sound_heads(target, key) != copied:
        raise StoreError(
            "bad_copy",
            _("The copy of the database is not what was copied."),
            _("Look at the disk and its cable; the record itself was not touched."),
        )
    return copied[0]


def _copy_pages(source: dbapi2.Connection, target: Path, key: bytes | None) -> None:
    with closing(connect_bare(target, key)) as copy:
        # It is synced as a whole, and worth nothing before.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        source.backup(copy, pages=_PAGES_AT_ONCE)
        # The first page, which was copied too, says that there is a log.
        copy.execute("PRAGMA journal_mode = DELETE")


def sound_heads(path: Path, key: bytes | None = None) -> tuple[Head, ...]:
    """Returns where the journals in a file end, once every page of it was read and is sound.

    Nothing is written to the file or beside it.

    Raises:
        StoreError: it cannot be opened, is damaged, or the key is another.
    """
    with closing(connect_to_read(path, key)) as connection, spoken():
        if key is not None and connection.execute("PRAGMA cipher_integrity_check").fetchone():
            raise damaged()
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise damaged()
        return heads(connection)


def fits(path: Path, key: bytes | None) -> bool:
    """Returns whether a key can be a file's: where it is encrypted, a page of it says so.

    Each page has a code of its own by which it is known, so that damage to one says nothing of
    the others.

    Raises:
        StoreError: the file cannot be read.
    """
    pages = -(-path.stat().st_size // _PAGE_BYTES)
    if key is None or not pages or not is_encrypted(path):
        return True
    with closing(connect_sealed(path, key)) as connection, spoken():
        wrong = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    return len(wrong) < pages
