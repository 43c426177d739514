"""Restoring a backup: who may, and what the record says where somebody may not."""

from __future__ import annotations

from dataclasses import replace

from pendulum import DateTime

from desk.domain.backups import Drill, Restored
from desk.domain.lifecycle import Verb
from desk.domain.verdict import Code, Facts, Step, Verdict
from desk.domain.views import Officer, Role
from desk.errors import DeskError
from desk.paths import DataFolder
from desk.service.cleaning import cleaned_by
from desk.storage import drill, restoring
from desk.storage.restoring import RestoreOrder


class _NotAllowedError(DeskError):
    """The officer is no supervisor who may come in."""


def restore_backup(folder: DataFolder, order: RestoreOrder, now: DateTime) -> Restored | Verdict:
    """Puts a backup in the place of the record, which nobody may have open.

    At a guarded station only a supervisor does that, as the record says, or where no record can be
    read the backup.

    Returns:
        What came of it, or why the officer may not.

    Raises:
        BusyError: a desk has the record open.
        StoreError: the backup is damaged, of another key, of another station or of a newer desk,
            or the folder cannot be written; the record is as it was.
    """
    asked = replace(order, by=cleaned_by(order.by))
    if order.key is not None:
        asked = replace(asked, permit=_need_supervisor)
    try:
        return restoring.restore(folder, asked, now)
    except _NotAllowedError:
        restoring.note_refusal(folder, asked, Code.NOT_ALLOWED, now)
        facts = Facts(badge=asked.by.badge, verb=Verb.RESTORE)
        return Verdict(Code.NOT_ALLOWED, None, facts, (Step.CALL_SUPERVISOR,))


def _need_supervisor(officer: Officer | None) -> None:
    if officer is None or officer.role is not Role.SUPERVISOR or not officer.may_come_in:
        raise _NotAllowedError(Code.NOT_ALLOWED, Code.NOT_ALLOWED)


def prove_backup(folder: DataFolder, key: bytes | None) -> Drill:
    """Restores the newest good backup into a folder that is gone again, and compares it.

    Raises:
        StoreError: the record cannot be read, or no folder be made among the backups.
    """
    return drill.drill(folder, key)
