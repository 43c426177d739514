"""Programs that do their acts at the same moments, one after another."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from desk.domain.exchange import Side
from desk.domain.intents import Arrive, Book, By, ExchangeIntent
from desk.domain.verdict import Verdict
from desk.storage import engine
from tests.builders import DUPONT
from tests.e2e.stations import Booked, StationOnDisk, a_station_on_disk
from tests.faults.stream import open_there

_FINISH_LINE_PATIENCE = 60


ARRIVALS: Mapping[int, int] = {2: 100, 4: 25}
"""How many races for an arrival so many desks run."""


@dataclass(frozen=True)
class Finish:
    """How one desk fared in one race."""

    race: int
    desk: str
    verdict: Verdict


def desks(count: int) -> list[By]:
    """Returns so many desks, each with the same officer."""
    return [By(DUPONT.badge, f"desk {number}") for number in range(1, 1 + count)]


def a_station_to_race_at(folder: Path, races: int) -> StationOnDisk:
    """Returns a station with as many exchanges of now as there are races."""
    day = [Booked(0, f"Giver{n} One", f"Receiver{n} Two", bay=None) for n in range(races)]
    return a_station_on_disk(folder, day)


def as_it_is() -> None:
    """Leaves desk as it is."""


def without_the_write_lock() -> None:
    """Lets acts begin without the write lock, and take it when they write: a guard is broken."""
    engine.WRITES = "unheard of"


def race(
    folder: Path,
    starters: Sequence[Sequence[ExchangeIntent | Book]],
    prepare: Callable[[], None] = as_it_is,
) -> list[tuple[Finish, ...]]:
    """Lets desks do their intents, one of each at once, and returns how they fared in each race.

    Args:
        folder: the station's.
        starters: the intents of each desk, race by race.
        prepare: done by each program before it opens the station.

    Returns:
        The finishes of each race, whoever was accepted first.
    """
    programs = _programs()
    barrier = programs.Barrier(len(starters))
    out: Queue[list[Finish]] = programs.Queue()
    desks = [
        programs.Process(target=_racer, args=(folder, intents, prepare, barrier, out))
        for intents in starters
    ]
    for desk in desks:
        desk.start()
    finishes = [finish for _desk in desks for finish in out.get(timeout=_FINISH_LINE_PATIENCE)]
    for desk in desks:
        desk.join(_FINISH_LINE_PATIENCE)
    by_race = sorted(finishes, key=lambda each: (each.race, not each.verdict.accepted))
    return [tuple(finishers) for _race, finishers in groupby(by_race, lambda each: each.race)]


def race_to_arrive(
    on_disk: StationOnDisk, count: int, prepare: Callable[[], None] = as_it_is
) -> list[tuple[Finish, ...]]:
    """Lets so many desks check the same party in, of one exchange after another."""
    refs = on_disk.refs.values()
    starters = [[Arrive(ref=ref, by=by, side=Side.GIVER) for ref in refs] for by in desks(count)]
    return race(on_disk.folder, starters, prepare)


def _programs() -> ForkServerContext | SpawnContext:
    """Returns what starts a program, where it can be with all that is slow to load loaded once."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    programs = multiprocessing.get_context("forkserver")
    programs.set_forkserver_preload([__name__])
    return programs


def _racer(
    folder: Path,
    intents: Sequence[ExchangeIntent | Book],
    prepare: Callable[[], None],
    barrier: Barrier,
    out: Queue[list[Finish]],
) -> None:
    """Runs in a process of its own."""
    finishes = []
    prepare()
    with open_there(folder) as service:
        for number, intent in enumerate(intents):
            barrier.wait(_FINISH_LINE_PATIENCE)
            verdict = service.book(intent) if isinstance(intent, Book) else service.perform(intent)
            finishes.append(Finish(number, intent.by.desk, verdict))
    out.put(finishes)
