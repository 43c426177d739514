"""The PC is suspended: the time that it slept counts."""

from __future__ import annotations

import time

import pytest

from desk.clock import PracticeClock, elapsed
from tests.builders import moment

SLEPT = 3 * 3600.0

pytestmark = pytest.mark.skipif(
    not hasattr(time, "CLOCK_BOOTTIME"), reason="only Linux has a clock that counts a suspended PC"
)


def sleep(patch: pytest.MonkeyPatch) -> None:
    """Lets the PC have slept: of its clocks, only the one that counts it has gone on."""
    counting, told = time.CLOCK_BOOTTIME, time.clock_gettime
    patch.setattr(
        time, "clock_gettime", lambda clock: told(clock) + (SLEPT if clock == counting else 0.0)
    )


def test_time_asleep_is_idle_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Promises: a desk has been idle for as long as the PC slept, too."""
    before = elapsed()

    sleep(monkeypatch)

    assert elapsed() - before >= SLEPT


def test_a_practice_day_goes_on_while_the_pc_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Promises: a practised clock shows what a clock on the wall would."""
    clock = PracticeClock(moment("14:00"))

    sleep(monkeypatch)

    assert clock.now() >= moment("17:00")


def test_a_clock_that_stops_with_the_pc_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has teeth: the nearest other clock does not count the time asleep."""
    with monkeypatch.context() as patch:
        patch.delattr(time, "CLOCK_BOOTTIME")
        before = elapsed()
    sleep(monkeypatch)
    monkeypatch.delattr(time, "CLOCK_BOOTTIME")

    assert elapsed() - before < SLEPT
