"""A database that cannot be opened is set aside, never deleted, and the newest backup offered.

Whatever opens a damaged file anew may change it: SQLite plays its log back, and rewrites it. So it
gets a name under which nothing opens it; with it go the logs, in which its newest acts may lie.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.clock import Clock
from desk.domain.backups import BackupKind
from desk.errors import DamagedError, StoreError
from desk.i18n import _
from desk.paths import DataFolder, way_to_slots
from desk.storage.backup_files import backups_in
from desk.storage.copying import fits, sound_heads
from desk.storage.in_clear import is_encrypted

_BESIDE = ("-wal", "-journal", "-shm")

_LOCKED_FROM, _LOCKED_BYTES = 0x40000000, 512
"""Where SQLite locks a file that it has open: https://www.sqlite.org/fileformat2.html#lockbyte."""

_ANY_ZONE = ZoneInfo("UTC")
"""Orders backups as any other would."""


@contextmanager
def quarantining(folder: DataFolder, key: bytes | None, clock: Clock) -> Iterator[None]:
    """Sets the station's database aside if it cannot be opened inside, and offers a backup.

    Raises:
        DamagedError: it could not be opened; the sentence names what it is called now, and the
            next step names the newest good backup. Where nothing says that the key is the
            database's, it keeps its name.
    """
    try:
        yield
    except DamagedError as error:
        best = _newest_of_that_key(folder, key)
        kept = set_aside(folder, key, clock.now())
        raise _with_a_way_out(error, kept, folder, best) from error


@contextmanager
def offering_backup(folder: DataFolder, key: bytes | None) -> Iterator[None]:
    """Offers the newest good backup if the database turns out to be damaged inside.

    It stays where it is, because some of it can be read.

    Raises:
        DamagedError: it is damaged; the next step names the backup.
    """
    try:
        yield
    except DamagedError as error:
        best = _newest_of_that_key(folder, key)
        raise _with_a_way_out(error, None, folder, best) from error


def _newest_of_that_key(folder: DataFolder, key: bytes | None) -> Path | None:
    """Returns the newest good backup, or None.

    A wrong key and a damaged beginning of the file give the same error. The key is right where it
    fits any page, or a backup.

    Raises:
        DamagedError: it fits nothing, so that the slots may be another station's.
    """
    best = newest_good(folder, key)
    if best is None and not fits(folder.database, key):
        raise DamagedError(
            "damaged",
            _(
                "keyslots.json and desk.db do not belong together, or desk.db is damaged. "
                "Nothing was changed."
            ),
            _(
                "{way_to_slots} If that opens nothing either, restore a backup: desk restore FILE."
            ).format(way_to_slots=way_to_slots(folder, next(iter(folder.kept_slots), None))),
        )
    return best


def set_aside(folder: DataFolder, key: bytes | None, now: DateTime) -> Path | None:
    """Gives the database and its logs a name with the moment in it.

    Args:
        folder: the station's.
        key: what it is encrypted with; None for nothing.
        now: the moment that the name tells, in UTC.

    Returns:
        What the database is called now; None where it keeps its name, because another desk works
        with it, it was never encrypted, or this account may not rename it.
    """
    database = folder.database
    with suppress(OSError):
        # What was never encrypted opens with no key, and is no wonder.
        if not _is_held(database) and (key is None or is_encrypted(database)):
            kept = _free_name(folder, now)
            # The database first: a log without one is missed when a new one is made, and a
            # database without its log has lost its newest acts.
            for suffix in ("", *_BESIDE):
                with suppress(FileNotFoundError):
                    database.with_name(database.name + suffix).rename(
                        kept.with_name(kept.name + suffix)
                    )
            return kept
    return None


def _free_name(folder: DataFolder, now: DateTime) -> Path:
    moment = now.in_timezone("UTC")
    while (kept := folder.damaged_at(moment)).exists():
        moment = moment.add(seconds=1)
    return kept


if sys.platform == "win32":

    def _is_held(_database: Path) -> bool:
        """Returns whether another program has the file open: Windows will rename no such file."""
        return False

else:
    import fcntl

    def _is_held(database: Path) -> bool:
        """Returns whether another program has the file open, as far as SQLite's locks tell.

        In write-ahead logging whoever has it open holds one. This program holds none: closing the
        file here would end it.
        """
        with database.open("rb+") as file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKED_BYTES, _LOCKED_FROM)
            except OSError:
                return True
        return False


def newest_good(folder: DataFolder, key: bytes | None) -> Path | None:
    """Returns the newest backup of which every page can be read with that key, or None.

    What a restore has replaced is none.
    """
    for backup in backups_in(folder.backups, _ANY_ZONE):
        if backup.kind is not BackupKind.REPLACED:
            with suppress(StoreError):
                sound_heads(backup.path, key)
                return backup.path
    return None


def _with_a_way_out(
    error: StoreError, kept: Path | None, folder: DataFolder, best: Path | None
) -> DamagedError:
    explanation = error.explanation
    if kept is not None:
        explanation = _("{what_is_wrong} It was set aside as {file}; nothing was deleted.").format(
            what_is_wrong=explanation, file=kept.name
        )
    if best is None:
        way_out = _(
            "There is no good backup in {backups}. Look where copies of them go, and restore the "
            "newest good backup: desk restore FILE."
        ).format(backups=folder.backups)
    else:
        way_out = _("Restore the newest good backup: desk restore {file}").format(file=best)
    return DamagedError(error.code, explanation, way_out)
