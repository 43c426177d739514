"""Two programs want the same at the same moment: one wins, and the loser sees who and when."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from desk.domain.exchange import Presence, Side
from desk.domain.intents import Arrive, By
from desk.domain.verdict import Code, Verdict
from tests.e2e.stations import Booked, StationOnDisk, a_station_on_disk
from tests.faults.stream import open_there

RACES = 100
_FINISH_LINE_PATIENCE = 60


@dataclass(frozen=True)
class Finish:
    """How one desk fared with one exchange."""

    ref: str
    desk: str
    verdict: Verdict


def run(folder: Path, desk: str, refs: Sequence[str], barrier: Barrier) -> list[Finish]:
    """Checks every giver in, each time at the same moment as the other desk."""
    finishes = []
    with open_there(folder) as service:
        for ref in refs:
            barrier.wait(_FINISH_LINE_PATIENCE)
            verdict = service.perform(Arrive(ref=ref, by=By("4412", desk), side=Side.GIVER))
            finishes.append(Finish(ref, desk, verdict))
    return finishes


def racer(
    folder: Path, desk: str, refs: Sequence[str], barrier: Barrier, out: Queue[list[Finish]]
) -> None:
    """Runs in a process of its own."""
    out.put(run(folder, desk, refs, barrier))


def all_races(on_disk: StationOnDisk, refs: Sequence[str]) -> list[Finish]:
    """Returns how both desks fared."""
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(2)
    out: Queue[list[Finish]] = spawn.Queue()
    desks = [
        spawn.Process(target=racer, args=(on_disk.folder, desk, refs, barrier, out))
        for desk in ("desk 1", "desk 2")
    ]
    for desk in desks:
        desk.start()
    finishes = [finish for _desk in desks for finish in out.get(timeout=_FINISH_LINE_PATIENCE)]
    for desk in desks:
        desk.join(_FINISH_LINE_PATIENCE)
    return finishes


def test_a_hundred_races_have_a_hundred_winners(tmp_path: Path) -> None:
    day = [Booked(0, f"Giver{n} One", f"Receiver{n} Two", bay=None) for n in range(RACES)]
    on_disk = a_station_on_disk(tmp_path, day)
    refs = list(on_disk.refs.values())

    finishes = all_races(on_disk, refs)

    with open_there(on_disk.folder) as service:
        recorded = {row.number: row.recorded_at for row in service.journal()}
    for ref in refs:
        won, lost = sorted(
            (one for one in finishes if one.ref == ref), key=lambda one: not one.verdict.accepted
        )
        assert (won.verdict.code, lost.verdict.code) == (Code.ACCEPTED, Code.ALREADY_HERE)
        earlier = lost.verdict.prior
        assert earlier is not None
        assert (earlier.number, earlier.officer, earlier.desk) == (
            won.verdict.number,
            "4412",
            won.desk,
        )
        assert earlier.recorded_at == recorded[earlier.number]
    with open_there(on_disk.folder) as service:
        assert service.verify().ok
        stored = [service.exchange(ref) for ref in refs]
    assert all(one and one.giver.presence is Presence.HERE for one in stored)
    assert all(one and len(one.giver.visits) == 1 for one in stored)
