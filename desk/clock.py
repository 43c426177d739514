"""The only place where the time is read.

Everything else is handed a ``Clock`` (or the moment itself), so that a test can stop the time and
a practice day can begin at any hour.
"""

from __future__ import annotations

import time
from typing import Protocol

import pendulum
from pendulum import DateTime


class Clock(Protocol):
    """Where the program learns what time it is."""

    def now(self) -> DateTime:
        """Returns the present moment in UTC, to the microsecond."""
        ...


class SystemClock:
    """The station PC's own clock."""

    def now(self) -> DateTime:
        """Returns the present moment in UTC, to the microsecond."""
        return pendulum.now("UTC")


class PracticeClock:
    """A clock that was set to a moment when it was made and runs on from there."""

    def __init__(self, start: DateTime) -> None:
        self._start = start.in_timezone("UTC")
        self._began = elapsed()

    def now(self) -> DateTime:
        """Returns the practised moment in UTC, to the microsecond."""
        return self._start.add(seconds=elapsed() - self._began)


def elapsed() -> float:
    """Returns seconds on a clock that never goes back and counts the time a PC was suspended.

    ``CLOCK_BOOTTIME`` exists on Linux only; elsewhere the monotonic clock is the nearest thing.
    """
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boottime is None else time.clock_gettime(boottime)
