"""The files of a backup, and their names.

A backup is up to four files with one stem: the database `desk-2026-11-21T143200.db`, and beside it
`….keyslots.json` and `….station.toml`, as they were, and `….checkpoint.txt`. The database gets its
name last and loses it first, so a backup is there where its database is. The name tells the
station's local time; in the hour that the clocks show twice, a `b` behind it is the second one.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.backups import BackupKind, BackupPolicy
from desk.domain.days import local_moments
from desk.paths import DataFolder, sync_file, sync_folder
from desk.storage.in_clear import destroy, is_encrypted

_Result = TypeVar("_Result")

_NAME = re.compile(r"(?P<kind>desk|upgrade|replaced)-(?P<at>\d{4}-\d\d-\d\dT\d{6})(?P<second>b?)")
_WRITTEN = "%Y-%m-%dT%H%M%S"
_DATABASE, _SLOTS, _SETTINGS = ".db", ".keyslots.json", ".station.toml"
_CHECKPOINT = ".checkpoint.txt"
UNFINISHED = ".partial"
"""How a folder ends in which something is made that is to have another name, or none."""

_GIVEN_UP_AFTER = timedelta(days=1)
"""Until then a file that is not finished may still be: another desk is writing it."""


def logs_of(database: Path) -> tuple[Path, ...]:
    """Returns where SQLite keeps what is not in the file yet, or half of it."""
    return tuple(database.with_name(database.name + end) for end in ("-wal", "-journal"))


def slots_beside(database: Path) -> Path:
    """Returns where the slots of a backup lie."""
    return database.with_name(database.stem + _SLOTS)


def settings_beside(database: Path) -> Path:
    """Returns where the settings of a backup lie."""
    return database.with_name(database.stem + _SETTINGS)


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup in a folder; nothing says yet whether it is good."""

    path: Path
    kind: BackupKind
    made_at: DateTime

    @property
    def key_slots(self) -> Path:
        """The slots that hold its key, where it was encrypted."""
        return slots_beside(self.path)

    @property
    def settings(self) -> Path:
        """The settings of that day, if there were any."""
        return settings_beside(self.path)

    @property
    def checkpoint(self) -> Path:
        """Where its record ended, signed."""
        return checkpoint_beside(self.path)

    @property
    def parts(self) -> tuple[Path, ...]:
        """Its files as far as they are there, the database last.

        Only what was put aside together with a damaged database has logs among them.
        """
        beside = (self.checkpoint, self.key_slots, self.settings, *logs_of(self.path))
        return tuple(part for part in (*beside, self.path) if part.is_file())

    def delete(self) -> None:
        """Deletes it, the database first.

        Raises:
            OSError: the folder cannot be written.
        """
        for part in reversed(self.parts):
            part.unlink(missing_ok=True)


def checkpoint_beside(database: Path) -> Path:
    """Returns where the checkpoint of the backup with that database lies."""
    return database.with_name(database.stem + _CHECKPOINT)


def new_backup(folder: Path, kind: BackupKind, now: DateTime, zone: ZoneInfo) -> BackupFile:
    """Returns what a backup of that moment is called in a folder, where none is called so."""
    moment = now.replace(microsecond=0)
    while (made := BackupFile(folder / _name(kind, moment, zone), kind, moment)).path.exists():
        moment = moment.add(seconds=1)
    return made


def _name(kind: BackupKind, moment: DateTime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    wall = datetime.combine(local.date(), local.time())
    both = local_moments(wall.date(), wall.time(), zone)
    second = "b" if len(both) > 1 and both[1] == moment else ""
    return f"{kind}-{wall.strftime(_WRITTEN)}{second}{_DATABASE}"


def backup_named(path: Path, zone: ZoneInfo) -> BackupFile | None:
    """Returns the backup that a file is, by its name, or None."""
    name = _NAME.fullmatch(path.stem)
    if name is None or path.suffix != _DATABASE:
        return None
    try:
        wall = datetime.fromisoformat(name["at"])
    except ValueError:
        return None
    moments = local_moments(wall.date(), wall.time(), zone)
    if not moments:
        return None
    return BackupFile(path, BackupKind(name["kind"]), moments[-1 if name["second"] else 0])


def backups_in(folder: Path, zone: ZoneInfo) -> tuple[BackupFile, ...]:
    """Returns the backups in a folder, the newest first; none where there is no such folder."""
    try:
        found = [backup_named(path, zone) for path in folder.iterdir()]
    except OSError:
        return ()
    return tuple(
        sorted(
            (each for each in found if each is not None),
            key=lambda each: each.made_at,
            reverse=True,
        )
    )


def put(backup: BackupFile, write: Callable[[BackupFile], _Result]) -> _Result:
    """Lets a backup's files be written, and gives them their names once all are on the disk.

    Args:
        backup: what it is to be; nothing is called so yet.
        write: writes and syncs the files of the draft that it is handed; returns what it likes.

    Raises:
        OSError: the folder cannot be written; nothing has the backup's name.
    """
    folder = backup.path.parent
    with TemporaryDirectory(prefix=".", suffix=UNFINISHED, dir=folder) as place:
        draft = replace(backup, path=Path(place) / backup.path.name)
        written = write(draft)
        for part in draft.parts:
            part.replace(folder / part.name)
    sync_folder(folder)
    return written


def copy_beside(folder: DataFolder, draft: BackupFile) -> None:
    """Copies the station's slots and settings to where a backup's database lies.

    Raises:
        OSError: they cannot be read or written.
    """
    for original, copy in ((folder.key_slots, draft.key_slots), (folder.settings, draft.settings)):
        # A station need have neither.
        with suppress(FileNotFoundError):
            copy_file(original, copy)


def copy_backup(backup: BackupFile, folder: Path) -> None:
    """Puts a copy of a good backup into another folder, which has to be there.

    The bytes are copied and read again: where they come to lie need be no place for a database.

    Raises:
        OSError: it cannot be written there, or reads otherwise than it was written.
    """

    def write(draft: BackupFile) -> None:
        for part in backup.parts:
            copy_file(part, draft.path.with_name(part.name))

    put(replace(backup, path=folder / backup.path.name), write)


def copy_file(original: Path, copy: Path) -> None:
    """Copies a file; the copy is on the disk, and reads as the original, when this returns.

    Raises:
        OSError: it cannot be read or written, or reads otherwise than it was written.
    """
    shutil.copyfile(original, copy)
    copy.chmod(0o600)
    sync_file(copy)
    if _digest(original) != _digest(copy):
        raise OSError(0, "it reads otherwise than it was written", str(copy))


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def rotate(
    folder: Path, policy: BackupPolicy, now: DateTime, zone: ZoneInfo, made: BackupFile
) -> tuple[str, ...]:
    """Deletes the backups that the policy keeps no longer, and what unfinished ones have left.

    Of those from before an upgrade each is kept as long as any other of its day could be. What a
    restore has replaced is never deleted, nor is the backup that was just made.

    Returns:
        The names of those that are gone.

    Raises:
        OSError: the folder cannot be written.
    """
    there = [each for each in backups_in(folder, zone) if each.path.name != made.path.name]
    routine = [each.made_at for each in (*there, made) if each.kind is BackupKind.ROUTINE]
    superseded = policy.superseded(routine, now, zone)
    gone = [
        each
        for each in there
        if (each.kind is BackupKind.ROUTINE and each.made_at in superseded)
        or (each.kind is BackupKind.UPGRADE and policy.outlived(each.made_at, now, zone))
    ]
    for each in gone:
        each.delete()
    _sweep(folder, now)
    return tuple(each.path.name for each in gone)


def _sweep(folder: Path, now: DateTime) -> None:
    for left in list(_unfinished(folder)):
        with suppress(OSError):  # Another desk may be sweeping, too.
            if now.timestamp() - left.stat().st_mtime > _GIVEN_UP_AFTER.total_seconds():
                delete_unfinished(left)


def delete_unfinished(left: Path) -> None:
    """Deletes a folder in which a backup was being made, or one of its files.

    Raises:
        OSError: it cannot be deleted, or what anybody can read not be overwritten.
    """
    if not left.is_dir():
        left.unlink()
        return
    for database in left.glob(f"*{_DATABASE}"):
        if not is_encrypted(database):
            destroy(database)
    shutil.rmtree(left)


def drafts_in(folder: Path) -> tuple[Path, ...]:
    """Returns the databases of backups that were never finished there, or are being made."""
    return tuple(sorted(folder.glob(f".*{UNFINISHED}/*{_DATABASE}")))


def _unfinished(folder: Path) -> Iterator[Path]:
    """Yields what a backup that was never finished may have left."""
    yield from folder.glob(f".*{UNFINISHED}")
    for suffix in (_CHECKPOINT, _SLOTS, _SETTINGS):
        for part in folder.glob(f"*{suffix}"):
            if not part.with_name(part.name.removesuffix(suffix) + _DATABASE).exists():
                yield part
