"""Encrypting a database that was kept in plain, in place and whatever happens meanwhile.

The encrypted copy is written beside the database, compared with it row by row, read again, and
then put in its place in one step: at any moment the name belongs to the old whole file or to the
new one. Done again after a crash, it goes on where that has left off.

**What is left.** The plain file is overwritten before it is deleted, and so are plain backups. A
solid-state disk, a file system that keeps snapshots, and the log that SQLite had deleted before
may hold remains nevertheless, which no program can reach: only an encrypted disk, or one that is
destroyed when it is given away, leaves nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select, text
from sqlcipher3 import dbapi2

from desk.errors import StoreError
from desk.i18n import _
from desk.paths import DataFolder, sync_file, sync_folder
from desk.storage.backup_files import copy_file, delete_unfinished, drafts_in, slots_beside
from desk.storage.copying import heads, sound_heads
from desk.storage.engine import APPLICATION_ID, connect_to_read, create
from desk.storage.failures import spoken
from desk.storage.holding import held_alone, swap
from desk.storage.in_clear import destroy, is_encrypted
from desk.storage.places import refuse_network

_APPLICATION_ID_AT = 68  # https://www.sqlite.org/fileformat2.html#the_database_header
_DRAFT, _OLD = ".encrypting", ".plain"


def is_plain(path: Path) -> bool:
    """Returns whether a file is a database of ours that anybody can read.

    It must not be asked of a database that is held.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        header = file.read(100)
    ours = header[_APPLICATION_ID_AT:][:4] == APPLICATION_ID.to_bytes(4, "big")
    return not is_encrypted(path) and ours


def plain_files(folder: DataFolder, others: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Returns what anybody can read of a station, as far as desk has kept it: the database last.

    Args:
        folder: the station's.
        others: further folders with backups in them; those that are away hold none.
    """
    places = [folder.backups, *others]
    return (*plain_drafts(places), *_to_encrypt(folder, places))


def _to_encrypt(folder: DataFolder, places: Iterable[Path]) -> tuple[Path, ...]:
    record = filter(_is_left, filter(Path.is_file, [folder.database]))
    return (*plain_backups(places), *record)


def plain_backups(places: Iterable[Path]) -> tuple[Path, ...]:
    """Returns the backups in these folders that anybody can read."""
    there = (path for each in places for path in sorted(each.glob("*.db")))
    return tuple(filter(_is_left, there))


def plain_drafts(places: Iterable[Path]) -> tuple[Path, ...]:
    """Returns the backups there that were never finished, and that anybody can read."""
    there = (draft for each in places for draft in drafts_in(each))
    return tuple(filter(_is_draft_in_clear, there))


def _is_draft_in_clear(draft: Path) -> bool:
    try:
        return not is_encrypted(draft)
    except FileNotFoundError:  # Another desk has finished it meanwhile.
        return False
    except OSError:
        return True


def _is_left(path: Path) -> bool:
    return _may_be_read(path) or _beside(path, _OLD).exists()


def _may_be_read(path: Path) -> bool:
    """Returns whether anybody can read a file of ours, as far as can be told from here."""
    try:
        return is_plain(path)
    except OSError:
        return True


class Encrypted(NamedTuple):
    """What came of encrypting a station's files.

    Attributes:
        done: those that are encrypted now.
        left: backups, and what was set aside as damaged, that anybody can still read.
    """

    done: tuple[Path, ...]
    left: tuple[Path, ...]


def encrypt_station(folder: DataFolder, key: bytes, others: Iterable[Path] = ()) -> Encrypted:
    """Encrypts a station's plain database and backups; the slots that hold the key are there.

    The database comes last: as long as it is plain, not everything was done. A backup that cannot
    be encrypted does not keep it in clear, and one that was never finished is destroyed.

    Args:
        folder: the station's.
        key: 32 bytes.
        others: further folders with backups in them, those of other stations perhaps, too.

    Raises:
        StoreError: the database is in use, damaged, or cannot be written; it is as it was.
    """
    done: list[Path] = []
    left = [path for path in folder.damaged if not is_encrypted(path)]
    places = [folder.backups, *others]
    left += _destroy_drafts(folder, key, places)
    for path in _to_encrypt(folder, places):
        if path == folder.database:
            encrypt_in_place(path, key)
            done.append(path)
            continue
        try:
            if path.parent != folder.backups and not _is_of(folder, path, key):
                continue
            _encrypt_backup(folder, path, key)
        except StoreError:
            left.append(path)
        else:
            done.append(path)
    return Encrypted(tuple(done), tuple(left))


def _destroy_drafts(folder: DataFolder, key: bytes, places: Iterable[Path]) -> list[Path]:
    """Destroys what backups that were cut short have left in clear; returns what it could not.

    Nobody is writing them: who works with a plain record keeps it from being encrypted.
    """
    left: list[Path] = []
    for draft in plain_drafts(places):
        place = draft.parent.parent
        try:
            # A copy that is not whole tells no station, but its name tells whose copy it is.
            is_own = place == folder.backups or (folder.backups / draft.name).exists()
            if is_own or _is_of(folder, draft, key):
                with _written(place):
                    delete_unfinished(draft.parent)
        except StoreError:
            left.append(draft)
    return left


def _is_of(folder: DataFolder, path: Path, key: bytes) -> bool:
    """Returns whether a backup is the station's: one stick may hold those of several."""
    with _written(path.parent):
        if not is_plain(path):  # Only what a crash left beside it is; the key will tell.
            return True
        own_key = None if is_plain(folder.database) else key
    return _station_in(path, None) == _station_in(folder.database, own_key)


def _station_in(path: Path, key: bytes | None) -> str:
    with closing(connect_to_read(path, key)) as connection:
        return heads(connection)[0].code


def _encrypt_backup(folder: DataFolder, path: Path, key: bytes) -> None:
    # A copy may lie where no database can be worked on.
    refuse_network(path.parent)
    _give_slots(folder, path)
    encrypt_in_place(path, key)


def _give_slots(folder: DataFolder, path: Path) -> None:
    """Puts the slots beside a backup that had none while it was plain."""
    with _written(path.parent), suppress(FileNotFoundError):
        copy_file(folder.key_slots, slots_beside(path))


def encrypt_in_place(path: Path, key: bytes) -> None:
    """Encrypts a database; one that is encrypted already stays as it is.

    Args:
        path: the database, which nobody has open.
        key: SQLCipher's raw 256-bit key.

    Raises:
        BusyError: somebody has it open.
        StoreError: it is damaged or cannot be written, and is as it was; or it is encrypted, and
            with another key.
    """
    with _written(path.parent):
        draft, old = _beside(path, _DRAFT), _beside(path, _OLD)
        draft.unlink(missing_ok=True)
        if is_plain(path):
            _replace(path, draft, old, key)
        else:
            sound_heads(path, key)
        if old.exists():
            destroy(old)
            sync_folder(path.parent)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _replace(path: Path, draft: Path, old: Path, key: bytes) -> None:
    # What a crash before the last step has left is another name of the database itself.
    old.unlink(missing_ok=True)
    with held_alone(path, None) as held:
        create(draft, key)
        with spoken():
            _export(held, draft, key)
        sync_file(draft)
        if sound_heads(draft, key) != heads(held):
            raise _differs()
        with suppress(OSError):  # Where a file can have one name only, it is not overwritten.
            os.link(path, old)
        sync_folder(path.parent)
        swap(held, draft, path)
        sync_folder(path.parent)


def _export(held: dbapi2.Connection, draft: Path, key: bytes) -> None:
    """Copies everything into the empty, encrypted draft, and compares all of it."""
    held.execute("ATTACH DATABASE ? AS encrypted KEY ?", (str(draft), f"x'{key.hex()}'"))
    # It is synced as a whole, and worth nothing before.
    held.execute("PRAGMA encrypted.journal_mode = OFF")
    held.execute("PRAGMA encrypted.synchronous = OFF")
    held.execute("SELECT sqlcipher_export('encrypted')")
    for columns, table in (("type, name, tbl_name, sql", "sqlite_master"), *_tables(held)):
        for missing in _missing(columns, table):
            if held.execute(missing).fetchone() is not None:
                raise _differs()
    held.execute("DETACH DATABASE encrypted")


@lru_cache(maxsize=128)  # Every backup is compared by the same queries.
def _missing(columns: str, table: str) -> tuple[str, str]:
    """Returns the queries for what one of the two files has in a table, and the other has not."""
    main, encrypted = (
        select(text(columns)).select_from(text(f"{schema}.{table}"))
        for schema in ("main", "encrypted")
    )
    return str(main.except_(encrypted)), str(encrypted.except_(main))


def _tables(held: dbapi2.Connection) -> Iterator[tuple[str, str]]:
    """Yields all columns of each table that holds something itself."""
    names = held.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        " AND sql NOT LIKE 'CREATE VIRTUAL TABLE%'"
    ).fetchall()
    yield from (("*", f'"{name}"') for (name,) in names)


def _differs() -> StoreError:
    return StoreError(
        "bad_copy",
        _("The encrypted copy of the database is not what was copied."),
        _("Nothing was changed. Look at the disk and its cable, and do it again."),
    )


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    """Turns what the disk refuses inside into a ``StoreError``."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            "cannot_write",
            _("The database in {folder} could not be encrypted: {reason}.").format(
                folder=folder, reason=error.strerror
            ),
            _("Nothing was lost. Make room there, or let this account write it, and do it again."),
        ) from error
