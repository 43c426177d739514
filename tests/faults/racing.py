"""Two programs that do their acts at the same moments, one after another."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from desk.domain.intents import Book, ExchangeIntent
from desk.domain.verdict import Verdict
from tests.faults.stream import open_there

_FINISH_LINE_PATIENCE = 60


@dataclass(frozen=True)
class Finish:
    """How one desk fared in one race."""

    race: int
    desk: str
    verdict: Verdict


def race(
    folder: Path, starters: Sequence[Sequence[ExchangeIntent | Book]]
) -> list[tuple[Finish, Finish]]:
    """Lets two desks do their intents, each pair at once, and returns winner and loser of each.

    Args:
        folder: the station's.
        starters: the intents of either desk, race by race.
    """
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(len(starters))
    out: Queue[list[Finish]] = spawn.Queue()
    desks = [
        spawn.Process(target=_racer, args=(folder, intents, barrier, out)) for intents in starters
    ]
    for desk in desks:
        desk.start()
    finishes = [finish for _desk in desks for finish in out.get(timeout=_FINISH_LINE_PATIENCE)]
    for desk in desks:
        desk.join(_FINISH_LINE_PATIENCE)
    by_race = sorted(finishes, key=lambda each: (each.race, not each.verdict.accepted))
    return list(zip(by_race[::2], by_race[1::2], strict=True))


def _racer(
    folder: Path,
    intents: Sequence[ExchangeIntent | Book],
    barrier: Barrier,
    out: Queue[list[Finish]],
) -> None:
    """Runs in a process of its own."""
    finishes = []
    with open_there(folder) as service:
        for number, intent in enumerate(intents):
            barrier.wait(_FINISH_LINE_PATIENCE)
            verdict = service.book(intent) if isinstance(intent, Book) else service.perform(intent)
            finishes.append(Finish(number, intent.by.desk, verdict))
    out.put(finishes)
