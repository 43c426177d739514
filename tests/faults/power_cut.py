"""Cuts the power in the middle of real acts: ``python -m tests.faults.power_cut CUTS``.

The acts are done once by desk, then by SQLite on a disk that is told step by step; from its steps
the disk is made anew as it may lie there after a cut, and the record on it is opened as desk opens
it. It runs in a process of its own, because it loads a second SQLite. Prints one JSON document.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlcipher3 import dbapi2

from desk.errors import StoreError
from desk.service import verify_record
from desk.storage.engine import connect
from tests.faults.cut_disk import FATES, CutDisk, Step
from tests.faults.cut_settings import AS_HERE, DURABLE, WEAKER, Settings
from tests.faults.overheard import overheard_acts
from tests.faults.recording import Act, record
from tests.faults.stream import halves_in
from tests.statements import made_once

DATABASE = "desk.db"
ACTS = 60
_PAGES_BETWEEN_CHECKPOINTS = 64
"""Instead of 1000, so that many a checkpoint is cut into."""

_MEMORY = Path("/dev", "shm")
"""A folder in memory, on Linux: what the disk does is modelled here, and need not be waited for."""

_VERIFIED_EVERY = 16
"""How often the whole record is verified, which takes as long as twenty other looks at it."""


@dataclass
class Outcome:
    """What became of the acts over all the cuts.

    Attributes:
        lost: cuts after which an acknowledged act was gone.
        corrupt: what was wrong after a cut: a damaged file, an act half there, a broken chain.
    """

    steps: int = 0
    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    corrupt: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        """Whether nothing was lost and nothing damaged so far."""
        return not self.lost and not self.corrupt


def look(folder: Path, acknowledged: set[str], outcome: Outcome) -> None:
    """Opens the record that a cut has left, and notes what is gone or damaged."""
    outcome.cuts += 1
    path = folder / DATABASE
    try:
        with closing(connect(path)) as connection:
            (sound,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            stored = {intent for (intent,) in connection.execute("SELECT intent_id FROM act")}
            halves = halves_in(connection)
        outcome.lost += not acknowledged <= stored
        if sound != "ok" or halves:
            outcome.corrupt.append(f"{sound}, half there: {halves}")
        elif outcome.cuts % _VERIFIED_EVERY == 0:
            findings = verify_record(path).findings
            outcome.corrupt += [f"{each.table} {each.number}: {each.code}" for each in findings]
    except (StoreError, dbapi2.Error) as error:
        outcome.corrupt.append(str(error))


def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None)


def recorded(settings: Settings, before: bytes, acts: Sequence[Act]) -> list[Step]:
    """Returns what the disk is told while SQLite, so set, does the acts."""
    often = {**settings, "wal_autocheckpoint": _PAGES_BETWEEN_CHECKPOINTS}
    with _folder() as folder:
        path = Path(folder) / DATABASE
        path.write_bytes(before)
        return record(path, often, acts)


def cut_into(steps: Sequence[Step], before: bytes, cuts: int) -> Outcome:
    """Cuts the power so many times, or until an act is lost or damaged; returns the outcome."""
    chance = random.Random(cuts)
    chosen = Counter(chance.choices(range(len(steps)), k=cuts))
    outcome, disk = Outcome(steps=len(steps)), CutDisk({DATABASE: before})
    with _folder() as folder:
        for number, step in enumerate(steps):
            disk.take(step)
            for _cut in range(chosen[number] if outcome.is_well else 0):
                there = Path(folder) / str(outcome.cuts)
                there.mkdir()
                for name, content in disk.cut(chance.choice(FATES), chance).items():
                    (there / name).write_bytes(content)
                look(there, disk.acknowledged, outcome)
    outcome.acknowledged = len(disk.acknowledged)
    return outcome


def main(cuts: int) -> dict[str, Outcome]:
    """Cuts the power under each setting, and returns the outcome of each.

    Args:
        cuts: how often under the setting in which desk runs; a quarter of it under the others.
    """
    with _folder() as folder:
        before, acts = overheard_acts(Path(folder), ACTS)
    return {
        name: cut_into(
            recorded(settings, before, acts), before, cuts if name == AS_HERE else cuts // 4
        )
        for name, settings in {**DURABLE, **WEAKER}.items()
    }


if __name__ == "__main__":
    with made_once():
        outcomes = main(int(sys.argv[1]))
    json.dump({name: asdict(each) for name, each in outcomes.items()}, sys.stdout)
