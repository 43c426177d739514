"""When a backup is due, and which of many are kept."""

from __future__ import annotations

from datetime import date, timedelta

from pendulum import DateTime

from desk.domain.backups import BackupPolicy
from desk.domain.days import local_day
from tests.builders import DAY, KENNEWICK, moment

ZONE = KENNEWICK.zone
NOW = moment("14:32")
POLICY = BackupPolicy(hours=4, last=3, days=7, months=6)


def kept(made: list[DateTime], policy: BackupPolicy = POLICY) -> list[DateTime]:
    dropped = policy.superseded(made, NOW, ZONE)
    return sorted(set(made) - dropped, reverse=True)


def test_one_is_due_where_there_is_none_after_the_hours_and_on_a_new_day() -> None:
    assert POLICY.is_due([], NOW, ZONE)
    assert POLICY.is_due([moment("10:32")], NOW, ZONE)
    assert POLICY.is_due([moment("23:59", DAY - timedelta(days=1))], moment("00:01"), ZONE)
    assert not POLICY.is_due([moment("08:00"), moment("10:33")], NOW, ZONE)


def test_one_that_was_made_in_the_future_is_not_waited_for() -> None:
    later = moment("14:32", DAY + timedelta(days=300))

    assert POLICY.is_due([later], NOW, ZONE)
    assert not POLICY.is_due([later, moment("14:30")], NOW, ZONE)


def test_the_newest_one_tells_how_old_the_backup_is() -> None:
    day_ago = moment("14:32", DAY - timedelta(days=1))

    assert POLICY.hours_too_old([], NOW) == 0
    assert POLICY.hours_too_old([day_ago], NOW) is None
    assert POLICY.hours_too_old([day_ago.subtract(hours=6)], NOW) == 30
    assert POLICY.hours_too_old([day_ago.subtract(hours=6), moment("14:00")], NOW) is None


def test_the_last_ones_one_a_day_and_one_a_month_are_kept() -> None:
    hours = [NOW.subtract(hours=4 * n) for n in range(6 * 400)]

    left = kept(hours)

    assert left[:3] == hours[:3]
    by_day = [local_day(each, ZONE) for each in left]
    assert by_day[:9] == [DAY] * 3 + [DAY - timedelta(days=n) for n in range(1, 7)]
    months = [(day.year, day.month) for day in by_day[9:]]
    assert months == [(2026, 10), (2026, 9), (2026, 8), (2026, 7), (2026, 6)]


def test_the_one_that_is_kept_of_a_day_or_a_month_is_its_newest() -> None:
    yesterday = DAY - timedelta(days=1)
    of_october = [moment("23:30", date(2026, 10, day)) for day in (30, 31)]
    made = [NOW, *(moment(at, yesterday) for at in ("06:00", "22:00")), *of_october]

    assert kept(made, BackupPolicy(last=1, days=7, months=6)) == [
        NOW,
        moment("22:00", yesterday),
        of_october[1],
    ]


def test_the_newest_is_kept_whatever_the_policy_says() -> None:
    nothing = BackupPolicy(last=1, days=0, months=0)

    assert kept([NOW, NOW.subtract(hours=1)], nothing) == [NOW]


def test_one_beyond_all_days_and_months_has_outlived_them() -> None:
    assert not POLICY.outlived(moment("10:00", date(2026, 6, 1)), NOW, ZONE)
    assert POLICY.outlived(moment("10:00", date(2026, 5, 31)), NOW, ZONE)
    assert not BackupPolicy(days=7, months=0).outlived(NOW.subtract(days=6), NOW, ZONE)
