"""Acts on disks that are full: ``python -m tests.faults.full_disk FOLDER``.

Each disk is a small one of its own, mounted in the folder where this program alone sees it. It is
filled up before acting or before opening, and nobody ever makes room on it. Prints one JSON
document: by the stage, what became of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from desk.clock import SystemClock
from desk.domain.intents import Note
from desk.errors import StoreError
from desk.service import Desk, Workplace
from tests.builders import DUPONT
from tests.e2e.stations import a_station_on_disk, opened_there
from tests.statements import made_once

MEBIBYTE = 1024 * 1024
BALLAST = MEBIBYTE
_DISK = 8 * MEBIBYTE
_ROOM = 128 * 1024

OF_ITS_OWN = ("unshare", "--user", "--map-root-user", "--mount")
"""Starts a program that may mount what no other program sees; on Linux, where that is allowed."""


@dataclass
class Outcome:
    """What became of the acts.

    Attributes:
        before: how many were acknowledged until the disk was full.
        code: why the next was not.
        sentence: the same in words.
        after: how many of the next three were acknowledged, without anybody making room.
        stored: how many the record holds.
        ballast: whether it still lies there.
        findings: how much is not as it was written.
    """

    before: int = 0
    code: str | None = None
    sentence: str | None = None
    after: int = 0
    stored: int = 0
    ballast: bool = False
    findings: int = 0


def can_mount(folder: Path) -> bool:
    """Returns whether this account may mount a disk on the folder."""
    try:
        tried = subprocess.run(
            [*OF_ITS_OWN, *_mount(folder)], capture_output=True, check=False, timeout=20
        )
    except OSError:
        return False
    return tried.returncode == 0


def _mount(folder: Path) -> list[str]:
    return ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "none", str(folder)]


def fill(folder: Path, room: int = _ROOM) -> None:
    """Leaves room for a few acts, or as much as is said."""
    with (folder / "others").open("wb", buffering=0) as others:
        with suppress(OSError):
            while others.write(bytes(4096)):
                pass
        os.truncate(others.fileno(), others.tell() - room)


def do(service: Desk, ref: str, outcome: Outcome) -> bool:
    """Writes a note; returns whether that was acknowledged, and notes why not."""
    try:
        return service.perform(Note(ref=ref, by=DUPONT, text="a long note " * 40)).accepted
    except StoreError as error:
        outcome.code, outcome.sentence = error.code, error.explanation
        return False


def acting(folder: Path, workplace: Workplace, ref: str) -> Outcome:
    """Fills the disk, and does acts before and after it is told."""
    outcome = Outcome()
    with opened_there(folder, workplace) as service:
        fill(folder)
        outcome.before = next(n for n in count() if not do(service, ref, outcome))
        go_on(service, ref, outcome)
    return outcome


def opening(folder: Path, workplace: Workplace, ref: str) -> Outcome:
    """Fills the disk to the last byte while nobody has the station open, and opens it twice."""
    outcome = Outcome()
    with opened_there(folder, workplace):
        pass
    fill(folder, room=0)
    try:
        with opened_there(folder, workplace):
            pass
    except StoreError as error:
        outcome.code, outcome.sentence = error.code, error.explanation
    with opened_there(folder, workplace) as service:
        go_on(service, ref, outcome)
    return outcome


def go_on(service: Desk, ref: str, outcome: Outcome) -> None:
    """Does three more acts, and looks at all that is kept."""
    outcome.after = sum(do(service, ref, outcome) for _more in range(3))
    outcome.stored = sum(row.verb == "note" for row in service.journal())
    outcome.findings = len(service.verify().findings)


STAGES: Mapping[str, tuple[Callable[[Path, Workplace, str], Outcome], int]] = {
    "acting": (acting, BALLAST),
    "acting_without_a_ballast": (acting, 0),
    "opening": (opening, BALLAST),
}
"""What is done, and how many bytes are kept back for it."""


def main(folder: Path, act: Callable[[Path, Workplace, str], Outcome], ballast: int) -> Outcome:
    """Does what is done on a full disk, on a disk of its own."""
    folder.mkdir()
    subprocess.run(_mount(folder), check=True)
    on_disk = a_station_on_disk(folder)
    ref = next(iter(on_disk.refs.values()))
    workplace = Workplace(SystemClock(), "desk 1", ballast=ballast)
    outcome = act(folder, workplace, ref)
    outcome.ballast = (folder / "ballast").exists()
    return outcome


if __name__ == "__main__":
    place = Path(sys.argv[1])
    with made_once():
        outcomes = {name: asdict(main(place / name, *stage)) for name, stage in STAGES.items()}
    json.dump(outcomes, sys.stdout)
