"""Files that anybody can read: how they are told, and how they are destroyed."""

from __future__ import annotations

import os
from pathlib import Path

from desk.paths import DataFolder

_PLAIN = b"SQLite format 3\0"
"""How a file begins that is not encrypted: https://www.sqlite.org/fileformat.html."""

_AT_ONCE = 1 << 20


def is_encrypted(database: Path) -> bool:
    """Returns whether a database file is, by how it begins.

    Raises:
        OSError: it cannot be read.
    """
    with database.open("rb") as file:
        return file.read(len(_PLAIN)) != _PLAIN


def has_lost_slots(folder: DataFolder) -> bool:
    """Returns whether a station is encrypted, and the slots that hold its key are gone.

    A plain database may be damaged where it begins: then its backups are plain, too.
    """
    if folder.key_slots.exists() or not folder.has_station:
        return False
    try:
        backups = list(folder.backups.glob("*.db"))
        was_plain = not folder.kept_slots and any(not is_encrypted(each) for each in backups)
        return is_encrypted(folder.database) and not was_plain
    except OSError:  # Which opening it will tell.
        return False


def destroy(path: Path) -> None:
    """Overwrites a file and deletes it; one that has another name is only deleted.

    Raises:
        OSError: it cannot be written.
    """
    found = path.stat()
    if found.st_nlink == 1:
        with path.open("rb+") as file:
            for place in range(0, found.st_size, _AT_ONCE):
                file.write(bytes(min(_AT_ONCE, found.st_size - place)))
            file.flush()
            os.fsync(file.fileno())
    path.unlink()
