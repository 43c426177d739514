"""When a backup is made, who may restore one, and what the record says where somebody may not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pendulum import DateTime

from desk.clock import Clock
from desk.domain.backups import Backup, BackupKind, BackupPlan, Drill, Restored
from desk.domain.intents import By
from desk.domain.lifecycle import Verb
from desk.domain.ports import DeskService
from desk.domain.verdict import Code, Facts, Step, Verdict
from desk.domain.views import Officer, Role
from desk.errors import DeskError
from desk.paths import DataFolder
from desk.service.cleaning import cleaned_by
from desk.storage import drill, restoring
from desk.storage.backup_files import backups_in
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


@dataclass(frozen=True, slots=True)
class BackupKeeper:
    """Makes a station's backups when they are due; implements ``desk.tui.launch.Keeper``.

    Attributes:
        service: the station's.
        folder: where its backups lie.
        plan: when they are due, and which are kept.
    """

    service: DeskService
    folder: Path
    plan: BackupPlan
    clock: Clock

    def is_due(self) -> bool:
        """Returns whether a backup is to be made by now."""
        zone = self.service.station.zone
        return self.plan.policy.is_due(self._made(), self.clock.now(), zone)

    def make(self, by: By | None) -> Backup:
        """Makes one.

        Raises:
            StoreError: none could be made.
        """
        return self.service.back_up(self.plan, by)

    def hours_too_old(self) -> int | None:
        """Returns how many hours old the newest is, where that is too many; 0 without any."""
        return self.plan.policy.hours_too_old(self._made(), self.clock.now())

    def _made(self) -> list[DateTime]:
        there = backups_in(self.folder, self.service.station.zone)
        return [each.made_at for each in there if each.kind is BackupKind.ROUTINE]


def prove_backup(folder: DataFolder, key: bytes | None) -> Drill:
    """Restores the newest good backup into a folder that is gone again, and compares it.

    Raises:
        StoreError: the record cannot be read, or no folder be made among the backups.
    """
    return drill.drill(folder, key)
