"""Stages the counted faults, and prints what was tried and lost: ``python -m tests.faults``.

It takes about a minute. The rows are those of the README's table of promises.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeAlias

from desk.domain.verdict import Code
from tests.e2e.stations import a_station_on_disk
from tests.faults.cut_settings import DURABLE
from tests.faults.full_disk import OF_ITS_OWN, can_mount
from tests.faults.garbling import answers
from tests.faults.programs import outcome_of
from tests.faults.racing import ARRIVALS, a_station_to_race_at, race_to_arrive
from tests.faults.test_killed import KILLS
from tests.faults.test_power_cut import CUTS


class Figures(NamedTuple):
    """One row.

    Attributes:
        fault: what was done to desk.
        tried: how often, and to what.
        lost: how many acknowledged acts were gone or half there, or days unlike they were.
    """

    fault: str
    tried: str
    lost: int


def killed(folder: Path) -> Iterator[Figures]:
    """Kills writers in the middle of their acts."""
    if not hasattr(os, "fork"):
        return
    refs = a_station_on_disk(folder).refs.values()
    outcome = outcome_of("stream", folder, KILLS, *refs)["after_the_commit"]
    lost = len(outcome["lost"]) + len(outcome["halves"]) + len(outcome["findings"])
    tried = f"{outcome['kills']} kills, {outcome['acknowledged']} acts acknowledged"
    yield Figures("kill -9", tried, lost)


def cut_off(_folder: Path) -> Iterator[Figures]:
    """Cuts the power, under the settings of desk and under weaker ones."""
    for mode, outcome in outcome_of("power_cut", CUTS).items():
        fault = "power cut" if mode in DURABLE else "power cut, to see that it would show"
        tried = f"{outcome['cuts']} points of {outcome['steps']}, {mode}"
        yield Figures(fault, tried, outcome["lost"] + len(outcome["corrupt"]))


def full(folder: Path) -> Iterator[Figures]:
    """Fills a disk."""
    if can_mount(folder):
        outcome = outcome_of("full_disk", folder, under=OF_ITS_OWN)["acting"]
        done = outcome["before"] + outcome["after"]
        lost = done - outcome["stored"] + outcome["findings"]
        yield Figures("full disk", f"{done} acts, one refused between them", lost)


def garbled(folder: Path) -> Iterator[Figures]:
    """Damages databases."""
    counted = answers(folder)
    told = ", ".join(f"{number} {code}" for code, number in counted.most_common())
    tried = f"{counted.total()} files, plain and encrypted: {told}"
    yield Figures("garbled file", tried, counted["wrong"])


def raced(folder: Path) -> Iterator[Figures]:
    """Lets desks do the same act at the same moment."""
    for count, races in ARRIVALS.items():
        there = folder / str(count)
        there.mkdir()
        finishes = race_to_arrive(a_station_to_race_at(there, races), count)
        winners = [sum(each.verdict.code == Code.ACCEPTED for each in ends) for ends in finishes]
        odd = sum(number != 1 for number in winners)
        yield Figures(f"{count} desks on one file", f"{len(finishes)} races", odd)


Staged: TypeAlias = Callable[[Path], Iterator[Figures]]
STAGED: tuple[Staged, ...] = (killed, cut_off, full, garbled, raced)


def main() -> None:
    """Prints the table."""
    print("| fault | tried | lost |", "|---|---|---|", sep="\n")
    for stage in STAGED:
        with TemporaryDirectory() as folder:
            for row in stage(Path(folder)):
                print(f"| {row.fault} | {row.tried} | {row.lost} |", flush=True)


if __name__ == "__main__":
    main()
