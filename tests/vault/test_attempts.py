"""Who is locked, what the record still has to be told, and what may be forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.vault.attempts import (
    LIMIT,
    WINDOW,
    Ending,
    Line,
    Means,
    Step,
    Who,
    failures,
    standings,
    who_typed,
    without_recorded,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MARIE, PAUL = Who(badge="4412"), Who(badge="4413")


def line(minute: float, step: Step, attempt: int, who: Who = MARIE) -> Line:
    at = NOON + timedelta(minutes=minute)
    return Line(at=at, attempt=f"{attempt:032x}", step=step, means=Means.PASSPHRASE, who=who)


def tries(*minutes: float, who: Who = MARIE, first: int = 0) -> list[Line]:
    """Attempts of which no end is known."""
    return [line(minute, Step.TRIED, first + n, who) for n, minute in enumerate(minutes)]


def is_locked(lines: list[Line], who: Who = MARIE) -> bool:
    return who in (found := standings(lines)) and found[who].locked


@pytest.mark.parametrize(
    "minutes",
    [
        (0, 1, 2, 3, 4),
        (0, 1, 2, 3, 15),
        (0, 1, 2, 3, 15.1, 15.2),
        (60, 61, 62, 3, 4),  # The clock was set back in between.
    ],
)
def test_five_within_fifteen_minutes_lock(minutes: tuple[float, ...]) -> None:
    assert is_locked(tries(*minutes))


@pytest.mark.parametrize("minutes", [(0, 1, 2, 3), (0, 1, 2, 3, 15.1), (0, 10, 20, 30, 40, 50)])
def test_fewer_do_not(minutes: tuple[float, ...]) -> None:
    assert not is_locked(tries(*minutes))


def test_who_is_locked_stays_locked_however_long_it_is_ago() -> None:
    assert is_locked([*tries(0, 1, 2, 3, 4), *tries(9_999, first=9)])


def test_a_supervisor_unlocks() -> None:
    lifted = Line(at=NOON, attempt="f" * 32, step=Step.LIFTED, who=MARIE)

    assert not is_locked([*tries(0, 1, 2, 3, 4), lifted])
    assert is_locked([*tries(0, 1, 2, 3, 4), lifted, *tries(5, 6, 7, 8, 9, first=9)])


def test_a_success_wipes_out_the_failures_before_it() -> None:
    lines = [*tries(0, 1, 2, 3), line(3, Step.OPENED, 3)]

    assert not is_locked([*lines, *tries(4, 5, 6, 7, first=9)])
    assert is_locked([*lines, *tries(4, 5, 6, 7, 8, first=9)])


def test_the_fifth_may_succeed_though_it_counted_before_it_was_checked() -> None:
    assert not is_locked([*tries(0, 1, 2, 3, 4), line(4, Step.OPENED, 4)])


def test_one_officers_failures_lock_no_other() -> None:
    assert not is_locked(tries(0, 1, 2, 3, 4), PAUL)


def test_the_recovery_code_never_locks() -> None:
    assert standings(tries(0, 1, 2, 3, 4, 5, who=Who())) == {}


def test_of_an_unknown_badge_eight_bits_are_kept() -> None:
    typed = "violet kettle under nine snow"
    who = who_typed(typed, {"4412"})

    assert who == who_typed(typed, {"4412"})
    assert typed not in who.model_dump_json()
    assert len({who_typed(str(badge), ()) for badge in range(2000)}) == 256


@pytest.mark.parametrize(
    ("lines", "ending"),
    [
        ([line(0, Step.TRIED, 1), line(0, Step.WRONG, 1)], Ending.WRONG),
        ([line(0, Step.REFUSED, 1)], Ending.REFUSED),
        ([line(0, Step.TRIED, 1)], Ending.CUT_SHORT),
    ],
)
def test_a_failure_is_told_with_how_it_ended(lines: list[Line], ending: Ending) -> None:
    (failure,) = failures(lines, NOON + timedelta(hours=1))

    assert (failure.badge, failure.ending, failure.at) == ("4412", ending, NOON)


def test_what_another_desk_may_be_checking_now_is_not_told_yet() -> None:
    assert failures(tries(0), NOON + timedelta(seconds=2)) == ()


def test_a_success_and_what_the_record_has_are_not_told() -> None:
    lines = [line(0, Step.TRIED, 1), line(0, Step.OPENED, 1)]
    recorded = [line(0, Step.TRIED, 2), line(0, Step.WRONG, 2), line(0, Step.RECORDED, 2)]

    assert failures([*lines, *recorded], NOON + timedelta(hours=1)) == ()


EVERYBODY = (MARIE, PAUL, Who(unknown=7), Who())
STEPS = [Step.TRIED] * 6 + list(Step)  # Without many attempts nobody is ever locked.
# An attempt is one person's, so every fourth number is everybody's own.
HISTORY = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from(STEPS), st.integers(0, 35)), max_size=40
).map(lambda steps: [line(minute, step, n, EVERYBODY[n % 4]) for minute, step, n in steps])


def soon_locked(lines: list[Line], who: Who, now: datetime) -> list[bool]:
    """Returns whether they are locked after no, one, two … more failures from now on."""
    minute = (now - NOON) / timedelta(minutes=1)
    more = tries(*[minute] * LIMIT, who=who, first=900)
    return [is_locked(lines + more[:count], who) for count in range(LIMIT + 1)]


@given(history=HISTORY, ids=st.sets(st.integers(0, 35)), later=st.integers(22, 60))
def test_forgetting_what_is_recorded_changes_nothing_else(
    history: list[Line], ids: set[int], later: int
) -> None:
    now = NOON + timedelta(minutes=later)
    named = {f"{each:032x}" for each in ids}
    kept = without_recorded(history, named, now)

    for who in EVERYBODY:
        assert soon_locked(kept, who, now) == soon_locked(history, who, now)
    assert failures(kept, now) == tuple(
        each for each in failures(history, now) if each.id not in named
    )


def test_what_is_still_to_be_recorded_locks_nobody_anew() -> None:
    lifted = Line(at=NOON, attempt="f" * 32, step=Step.LIFTED, who=MARIE)
    lines = [*tries(0, 1, 2, 3, 4), lifted]

    assert without_recorded(lines, (), NOON + WINDOW * 2) == lines


def test_what_counts_no_more_is_gone_once_it_is_recorded() -> None:
    lines = [*tries(0, 1), line(1, Step.OPENED, 1), *tries(2, who=PAUL, first=5)]
    now = NOON + WINDOW * 2

    assert without_recorded(lines, [each.id for each in failures(lines, now)], now) == []
