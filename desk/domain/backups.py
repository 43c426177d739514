"""When a backup is made, which are kept, and what is said of one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.days import local_day


class BackupKind(StrEnum):
    """Why a backup was made; the first word of its name."""

    ROUTINE = "desk"
    UPGRADE = "upgrade"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Secured:
    """A station whose record is encrypted now, with its backups as far as they could be.

    Attributes:
        recovery_code: to be shown once and written down.
        left: what anybody can still read: backups, or the folder of the day's sheets.
        away: the second folder for backups, where it is not there to be looked into.
    """

    recovery_code: str = field(repr=False)
    left: tuple[str, ...] = ()
    away: str = ""


@dataclass(frozen=True, slots=True)
class BackupPolicy:
    """How often a backup is made, and which are kept.

    Attributes:
        hours: one is made after so many, and at the start of each day.
        last: the newest so many are kept.
        days: of each of the last so many local days the newest is kept.
        months: of each of the last so many local months the newest is kept.
        too_old_hours: after so many without a good one the board says so.
    """

    hours: int = 4
    last: int = 10
    days: int = 14
    months: int = 12
    too_old_hours: int = 24

    def is_due(self, made: Iterable[DateTime], now: DateTime, zone: ZoneInfo) -> bool:
        """Returns whether another backup is to be made."""
        newest = newest_of(made, now)
        return (
            newest is None
            or now - newest >= timedelta(hours=self.hours)
            or local_day(newest, zone) != local_day(now, zone)
        )

    def hours_too_old(self, made: Iterable[DateTime], now: DateTime) -> int | None:
        """Returns how many hours old the newest is, where that is too many; else None.

        Returns:
            The hours; 0 where there is none at all; None where all is well.
        """
        newest = newest_of(made, now)
        if newest is None:
            return 0
        age = now - newest
        return age.in_hours() if age > timedelta(hours=self.too_old_hours) else None

    def superseded(
        self, made: Iterable[DateTime], now: DateTime, zone: ZoneInfo
    ) -> frozenset[DateTime]:
        """Returns which of the backups of these moments are kept no longer."""
        newest_first = sorted(set(made), reverse=True)
        day, month = local_day(now, zone), _months(now, zone)
        kept = {
            *newest_first[: self.last],
            *_newest_of_each(
                (each for each in newest_first if (day - local_day(each, zone)).days < self.days),
                lambda each: local_day(each, zone),
            ),
            *_newest_of_each(
                (each for each in newest_first if month - _months(each, zone) < self.months),
                lambda each: _months(each, zone),
            ),
        }
        return frozenset(newest_first) - kept

    def outlived(self, made: DateTime, now: DateTime, zone: ZoneInfo) -> bool:
        """Returns whether no backup of that moment is kept any more, however few there are since.

        That is asked of those that are not counted among the last.
        """
        age = local_day(now, zone) - local_day(made, zone)
        months = _months(now, zone) - _months(made, zone)
        return age.days >= self.days and months >= self.months


def newest_of(made: Iterable[DateTime], now: DateTime) -> DateTime | None:
    """Returns the newest of these moments; those that a clock set forward has named do not count.

    Otherwise no backup would be due until the clock shows that time again.
    """
    return max((each for each in made if each <= now), default=None)


def _months(moment: DateTime, zone: ZoneInfo) -> int:
    """Returns which month it is, counted from the first year on."""
    day = local_day(moment, zone)
    return day.year * 12 + day.month


def _newest_of_each(
    newest_first: Iterable[DateTime], span: Callable[[DateTime], Hashable]
) -> Iterable[DateTime]:
    newest: dict[Hashable, DateTime] = {}
    for each in newest_first:
        newest.setdefault(span(each), each)
    return newest.values()


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """What backups are made by.

    Attributes:
        policy: when, and which are kept.
        second: another folder that gets a copy of each, such as a stick or a share; None for none.
    """

    policy: BackupPolicy = BackupPolicy()
    second: str | None = None


@dataclass(frozen=True, slots=True)
class Backup:
    """A good backup: written, read again and found whole.

    Attributes:
        file: where the copy of the database lies; slots and settings are beside it.
        head_number: the newest act that it holds.
        head_hash: that act's hash.
        trouble: why the second folder has no copy of it, in a sentence; empty where it has one.
        dropped: the names of older ones that were deleted for it, by the policy.
    """

    file: str
    head_number: int
    head_hash: str
    trouble: str = ""
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of restoring a backup.

    Attributes:
        before: the newest act of the record that was replaced; None where it could not be read.
        after: the newest act of the backup.
        kept_as: where the database that was replaced lies now; None where there was none.
    """

    before: int | None
    after: int
    kept_as: str | None


@dataclass(frozen=True, slots=True)
class Drill:
    """What came of restoring the newest good backup into a folder that is gone again.

    Attributes:
        file: which backup it was; None where none could be restored.
        rows: how many acts it holds.
        behind: how many acts the record has had since.
        counts: by table, how many rows the backup has, and how many the record.
        problems: what was wrong with it, or with newer ones, a sentence each; empty is well.
    """

    file: str | None
    rows: int = 0
    behind: int = 0
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the newest backup can be relied on."""
        return self.file is not None and not self.problems
