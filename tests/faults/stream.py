"""A stream of acts whose writer is killed at random: ``python -m tests.faults.stream FOLDER …``.

The program is loaded once; each round forks a writer, which acknowledges every act on a pipe, and
kills it between 2 and 40 ms later. After each kill the record is opened anew and compared with
what was acknowledged. All of it is done once for each of the ways to acknowledge, on a copy of the
folder. Prints one JSON document: by the way, what became of the acts.
"""

from __future__ import annotations

import gc
import json
import os
import random
import select
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlcipher3 import dbapi2

from desk.clock import SystemClock
from desk.domain.drafts import TakeIn
from desk.domain.exchange import Side
from desk.domain.intents import Arrive, ExchangeIntent, Leave, Note, Undo, new_intent_id
from desk.domain.verdict import Verdict
from desk.service import Desk, Workplace
from tests.builders import DUPONT, a_draft, a_plan
from tests.e2e.stations import opened_there, raw_there
from tests.statements import made_once

ACKNOWLEDGE = ("after_the_commit", "before_the_commit")
"""When the writer says that an act is done; the second is what must never be, to test the test."""


BOOKED_AT_ONCE = 3
"""How many exchanges each import of the stream books; those of the station likewise."""


@dataclass
class Outcome:
    """What became of all the rounds.

    Attributes:
        acknowledged: how many acts the writers said were done.
        lost: the acknowledged acts that the record does not have.
        halves: accepted acts without a line for every exchange they touched.
        findings: what checking the record found.
    """

    kills: int = 0
    acknowledged: int = 0
    stored: int = 0
    lost: list[str] = field(default_factory=list)
    halves: list[int] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


def open_there(folder: Path) -> Desk:
    """Opens the station in the folder."""
    return opened_there(folder, Workplace(SystemClock(), "desk 1", ballast=0))


def acts(refs: list[str]) -> Iterator[ExchangeIntent | Undo | TakeIn]:
    """Yields acts without end: somebody comes, is written about, and goes; bookings come in."""
    while True:
        for ref in refs:
            for side in Side:
                yield Arrive(ref=ref, by=DUPONT, side=side)
                yield Note(ref=ref, by=DUPONT, text="waits at the door")
                yield Undo(ref=ref, by=DUPONT)
                yield Leave(ref=ref, by=DUPONT, side=side)
        drafts = [a_draft(row=row, external_id=new_intent_id()) for row in range(BOOKED_AT_ONCE)]
        yield TakeIn(by=DUPONT, plan=a_plan(*drafts))


def do(service: Desk, intent: ExchangeIntent | Undo | TakeIn) -> Verdict:
    """Does an act of any kind."""
    if isinstance(intent, Undo):
        return service.undo(intent)
    if isinstance(intent, TakeIn):
        return service.take_in(intent)
    return service.perform(intent)


def write(folder: Path, refs: list[str], pipe: int, acknowledge: str) -> None:
    """Does acts until it is killed."""
    with open_there(folder) as service:
        for intent in acts(refs):
            line = f"{intent.intent_id}\n".encode()
            if acknowledge == "before_the_commit":
                os.write(pipe, line)
            verdict = do(service, intent)
            if acknowledge == "after_the_commit" and verdict.accepted:
                os.write(pipe, line)


def kill_one(folder: Path, refs: list[str], acknowledge: str, chance: random.Random) -> list[str]:
    """Starts a writer, kills it, and returns what it acknowledged."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        write(folder, refs, writer, acknowledge)
    os.close(writer)
    said = os.read(reader, 64)  # it writes by now
    deadline = time.monotonic() + chance.uniform(0.002, 0.04)
    while (left := deadline - time.monotonic()) > 0:
        if select.select([reader], [], [], left)[0]:
            said += os.read(reader, 65536)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reader, 65536):
        said += more
    os.close(reader)
    return said.decode().split()


def warm_up(folder: Path, refs: list[str]) -> None:
    """Does an act of each kind, so that no writer has to make its SQL anew after its fork."""
    with open_there(folder) as service:
        for intent in islice(acts(refs), 8 * len(refs) + 1):
            do(service, intent)
    gc.freeze()


def halves_in(raw: dbapi2.Connection) -> list[int]:
    """Returns the accepted acts that have no line for every exchange they touched."""
    halves = raw.execute(
        "SELECT number FROM act"
        " LEFT JOIN act_line ON act_number = number AND after IS NOT NULL"
        " WHERE accepted AND verb IN ('arrive', 'leave', 'note', 'undo', 'import')"
        " GROUP BY number, verb"
        " HAVING count(act_number) <> CASE WHEN verb = 'import' THEN ? ELSE 1 END",
        [BOOKED_AT_ONCE],
    )
    return [number for (number,) in halves]


def compare(folder: Path, acknowledged: set[str], outcome: Outcome) -> None:
    """Opens the record anew, and notes what is missing or half."""
    with raw_there(folder) as raw:
        stored = {intent for (intent,) in raw.execute("SELECT intent_id FROM act")}
        outcome.halves = halves_in(raw)
    outcome.stored = len(stored)
    outcome.lost = sorted(acknowledged - stored)


def main(folder: Path, kills: int, acknowledge: str, refs: list[str]) -> Outcome:
    """Kills so many writers, and returns what became of their acts."""
    chance = random.Random(kills)
    outcome, acknowledged = Outcome(), set[str]()
    warm_up(folder, refs)
    while outcome.kills < kills and not (outcome.lost or outcome.halves):
        acknowledged.update(kill_one(folder, refs, acknowledge, chance))
        outcome.kills += 1
        outcome.acknowledged = len(acknowledged)
        compare(folder, acknowledged, outcome)
    with open_there(folder) as service:
        found = service.verify().findings
    outcome.findings = [f"{each.table} {each.number}: {each.code}" for each in found]
    return outcome


if __name__ == "__main__":
    place, rounds, *references = sys.argv[1:]
    outcomes = {}
    with made_once(), TemporaryDirectory() as copies:
        for when in ACKNOWLEDGE:
            copy = shutil.copytree(place, Path(copies) / when)
            outcomes[when] = asdict(main(copy, int(rounds), when, references))
    json.dump(outcomes, sys.stdout)
