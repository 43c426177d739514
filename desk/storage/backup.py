"""Making a backup: a copy of the whole station, read again before it has its name.

It is made while other desks write, into `backups/`; slots and settings travel with it. A second
folder, such as a stick or a share, gets a copy of its files, and may be away.
"""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.backups import Backup, BackupKind, BackupPlan
from desk.errors import StoreError
from desk.i18n import _
from desk.paths import DataFolder, make_private_folder
from desk.storage.backup_files import (
    BackupFile,
    copy_backup,
    copy_beside,
    new_backup,
    put,
    rotate,
)
from desk.storage.copying import Head, copy_whole
from desk.storage.engine import connect


def back_up(
    folder: DataFolder, key: bytes | None, plan: BackupPlan, now: DateTime, zone: ZoneInfo
) -> Backup:
    """Makes a backup by the plan, and lets go of those that the policy keeps no longer.

    Args:
        folder: the station's.
        key: what its database is encrypted with, and the backup then is; None for neither.
        plan: what is kept, and where else it is put.
        now: the moment that its name tells, in the station's time.
        zone: the station's.

    Raises:
        StoreError: it could not be made; nothing is called a backup that is none, and none of the
            older ones was deleted.
    """
    file, head = _made(folder, key, BackupKind.ROUTINE, now, zone)
    dropped: tuple[str, ...] = ()
    with suppress(OSError):  # The new one is good, though an old one stayed.
        dropped = rotate(folder.backups, plan.policy, now, zone, file)
    trouble = "" if plan.second is None else _copied(file, Path(plan.second), plan, now, zone)
    return Backup(str(file.path), head.number, head.hash, trouble, dropped)


def back_up_before_upgrade(
    folder: DataFolder, key: bytes | None, now: DateTime, zone: ZoneInfo
) -> Path:
    """Makes a backup of a database whose schema is to be changed, and deletes none for it.

    Raises:
        StoreError: it could not be made.
    """
    file, _head = _made(folder, key, BackupKind.UPGRADE, now, zone)
    return file.path


def _made(
    folder: DataFolder, key: bytes | None, kind: BackupKind, now: DateTime, zone: ZoneInfo
) -> tuple[BackupFile, Head]:
    def write(draft: BackupFile) -> Head:
        copy_beside(folder, draft)
        with closing(connect(folder.database, key)) as source:
            return copy_whole(source, draft.path, key)

    try:
        make_private_folder(folder.backups)
        file = new_backup(folder.backups, kind, now, zone)
        return file, put(file, write)
    except OSError as error:
        raise not_written(folder.backups, error) from error


def not_written(folder: Path, error: OSError) -> StoreError:
    """Returns the failure for a backup that a folder does not take."""
    return StoreError(
        "cannot_write",
        _("No backup could be written to {folder}: {reason}.").format(
            folder=folder, reason=error.strerror
        ),
        _("Make room there, or let this account write it; the record itself is well."),
    )


def _copied(file: BackupFile, second: Path, plan: BackupPlan, now: DateTime, zone: ZoneInfo) -> str:
    """Puts a copy into the second folder; returns why it could not, or nothing."""
    # It is never made: where a stick is away, its folder would come to lie on this disk.
    if not second.is_dir():
        return _("{folder} is away, so this backup lies on this PC alone.").format(folder=second)
    try:
        copy_backup(file, second)
        copied = replace(file, path=second / file.path.name)
        rotate(second, plan.policy, now, zone, copied)
    except OSError as error:
        return _("{folder} took no copy of the backup: {reason}.").format(
            folder=second, reason=error.strerror
        )
    return ""
