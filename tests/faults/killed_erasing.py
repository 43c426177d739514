"""Kills a desk before each step of an erasure: ``python -m tests.faults.killed_erasing FOLDER``.

The program is loaded once; each desk is forked from it. Prints one JSON document: for each step,
what is there after the kill, and what after the next start.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from desk.domain.exchange import IdCheck
from desk.domain.intents import Cancel
from desk.domain.retention import ErasePerson
from desk.domain.rights import Identify, RequestKind
from desk.service import open_desk
from desk.storage import rights_store
from desk.storage.database import Database
from desk.storage.erasure_log import ErasureLog
from desk.storage.unit import UnitOfWork
from tests.builders import StationUnderTest, a_station
from tests.rights.making import CHIEF, ZELDA, ask, pick, with_supervisor, zeldas

STEPS: dict[str, tuple[Any, str]] = {
    "begin": (ErasureLog, "begin"),
    "leave_without": (UnitOfWork, "leave_without"),
    "record": (UnitOfWork, "record"),
    "let_go": (UnitOfWork, "let_go"),
    "commit": (UnitOfWork, "commit"),
    "note": (ErasureLog, "note"),
    "delete_known": (rights_store, "delete_known"),
    "forget_log": (Database, "forget_log"),
    "finish": (ErasureLog, "finish"),
}
"""What is done, one after the other; the desk is killed before it."""


def prepared(folder: Path) -> tuple[StationUnderTest, int]:
    """Makes a station with a request that can be granted; returns it with the request's number."""
    station = with_supervisor(a_station(folder))
    ref = station.book_one(zeldas())
    station.did(Cancel, ref)
    number = ask(station, RequestKind.ERASURE)
    seen = Identify(by=station.by, number=number, id_check=IdCheck.SEEN)
    assert station.service.rights.handle_request(seen).accepted
    assert pick(station, number, ref).accepted
    station.clock.advance(hours=1)
    exports = folder / "exports"
    exports.mkdir()
    (exports / "day.txt").write_text(f"{ZELDA.name}\n")
    station.service.close()
    return station, number


def kill(station: StationUnderTest, number: int, step: str) -> None:
    """Erases in a process of its own, which is killed before that step."""
    child = os.fork()
    if child == 0:
        owner, name = STEPS[step]
        with open_desk(station.path, station.rules, station.workplace()) as service:
            setattr(owner, name, lambda *_given: os.kill(os.getpid(), signal.SIGKILL))
            service.retention.erase_person(ErasePerson(by=CHIEF, number=number))
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), step


def left(station: StationUnderTest) -> bool:
    """Returns whether any file still has the name."""
    files = [path for path in station.path.parent.rglob("*") if path.is_file()]
    return any(b"Quispe" in path.read_bytes() for path in files)


def started_again(station: StationUnderTest) -> dict[str, Any]:
    """Returns what the next start finds."""
    with open_desk(station.path, station.rules, station.workplace()) as service:
        (exchange,) = service.board(station.clock.now().date()).exchanges
        journal = [row.verb for row in service.journal() if row.accepted]
        findings = [each.explanation for each in service.verify().findings]
    return {
        "erased": exchange.giver.name is None,
        "journalled": "erase" in journal,
        "left": left(station),
        "findings": findings,
        "unfinished": len(ErasureLog(station.path.parent / "erasures.log").unfinished()),
    }


def main(folder: Path) -> None:
    """Kills before every step, each time on a copy of the same station."""
    original = folder / "original"
    original.mkdir()
    station, number = prepared(original)
    told = {}
    for step in STEPS:
        copy = folder / step
        shutil.copytree(original, copy)
        killed = replace(station, path=copy / "desk.db")
        kill(killed, number, step)
        told[step] = started_again(killed)
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
