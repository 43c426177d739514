"""What may be seen of a day while the screen is locked: no name, no item, no reference."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desk.domain.stage import Counts, StageName
from desk.domain.views import Board
from desk.tui.present.bays import BaySlot, bay_slots
from desk.tui.present.days import day_title
from desk.tui.present.scene import Scene
from desk.wording import clock_time

CALLING = frozenset({StageName.HELD, StageName.OVERDUE, StageName.READY})
"""The stages in which somebody is needed at once."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a locked screen shows.

    Attributes:
        station: its name.
        day: today at length, and in short.
        time: the time of day.
        counts: people here, overdue, to come.
        bays: how things stand in each bay.
        calling: which exchanges need somebody, and why; to be compared, and never drawn.
    """

    station: str
    day: tuple[str, str]
    time: str
    counts: Counts
    bays: tuple[BaySlot, ...]
    calling: frozenset[tuple[str, StageName]]


def sight(board: Board, scene: Scene) -> Sight:
    """Returns what may be seen of today's board at that moment."""
    stages = [(each.ref, scene.stage(each).name) for each in board.exchanges]
    return Sight(
        scene.station.name,
        day_title(scene.today, scene.today),
        clock_time(scene.now, scene.zone),
        scene.count(board.exchanges),
        tuple(map(_without_refs, bay_slots(board.exchanges, scene))),
        frozenset(each for each in stages if each[1] in CALLING),
    )


def _without_refs(slot: BaySlot) -> BaySlot:
    """Returns the bay as it stands, whoever has it and whoever is next.

    The words of one that is taken stay where there is less room.
    """
    return replace(slot, ref=None, brief=slot.brief or slot.words, then=None)
