"""How long an act takes to be on disk, and whether years of history slow a day's board."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from desk.domain.intents import Note
from tests.builders import (
    DAY,
    DUPONT,
    StationUnderTest,
    a_draft,
    a_plan,
    a_station,
    an_exchange,
)

ACTS = 500
BOARDS = 50
YEARS = 10
DAYS = 30
PER_DAY = 15


def milliseconds(times: int, do: Callable[[], object]) -> float:
    """Returns the median time of doing something so many times."""
    taken = []
    for _time in range(times):
        began = perf_counter()
        do()
        taken.append((perf_counter() - began) * 1000)
    return statistics.median(taken)


def an_act(folder: Path, acts: int = ACTS) -> float:
    """Measures one act: from the intent to the answer, the commit included."""
    station = a_station(folder)
    with station.service:
        ref = station.book_one()
        return milliseconds(
            acts, lambda: station.service.perform(Note(ref=ref, by=DUPONT, text="waits"))
        )


def a_board(folder: Path, years: int, boards: int = BOARDS) -> float:
    """Measures reading one day's board of 15 exchanges, with so many years behind it."""
    station = a_station(folder)
    with station.service:
        for month in range(years * 12 + 1):
            _book_a_month(station, month)
        return milliseconds(boards, lambda: station.board(DAY))


def _book_a_month(station: StationUnderTest, months_ago: int) -> None:
    days = [DAY - timedelta(days=months_ago * DAYS + n) for n in range(DAYS)]
    minutes = [f"{9 + n // 4:02}:{n % 4 * 15:02}" for n in range(PER_DAY)]
    drafts = (
        a_draft(an_exchange().at(at, day).about(f"{day} {at}")) for day in days for at in minutes
    )
    verdict = station.take_in(a_plan(*drafts))
    assert verdict.accepted, verdict
