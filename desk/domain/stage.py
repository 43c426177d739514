"""The stage of an exchange: what the board shows, derived and never stored.

The first stage that holds is the one, in the order of the design's table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from pendulum import DateTime

from desk.domain.exchange import Exchange, Outcome, Presence, Side
from desk.domain.rules import Moment, Rules, grace_ends, no_show_proposed, opens_at


class StageName(StrEnum):
    """The stages, in the order in which they are tried."""

    MET = "met"
    NOT_MET = "not_met"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    HELD = "held"
    PARTED = "parted"
    OVER = "over"
    IN_BAY = "in_bay"
    READY = "ready"
    OVERDUE = "overdue"
    LATE = "late"
    WAITING = "waiting"
    DUE = "due"
    UPCOMING = "upcoming"


@dataclass(frozen=True, slots=True)
class Stage:
    """What the board shows of an exchange.

    Attributes:
        name: which stage.
        since: the moment that its minutes count from, or to: the outcome, the arrival, the start.
        sides: the sides that its words name: who waits, who left, who is missing.
    """

    name: StageName
    since: DateTime
    sides: tuple[Side, ...] = ()

    def minutes(self, now: DateTime) -> int:
        """Returns the minutes since, or until, as the clock on the wall counts them.

        From 14:24:50 to 14:32:10 it is eight, as anyone reads it off the board; and no state
        changes between two minutes.
        """
        return abs(int(now.timestamp() // 60) - int(self.since.timestamp() // 60))


@dataclass(frozen=True, slots=True)
class Counts:
    """What the header counts, from the very rows below it.

    Attributes:
        here: people at the station now.
        overdue: exchanges for which a no-show is proposed.
        to_come: exchanges that have not begun and nobody has come to.
    """

    here: int
    overdue: int
    to_come: int


Probe = Callable[[Exchange, Rules, Moment], Stage | None]


def stage_of(exchange: Exchange, rules: Rules, moment: Moment) -> Stage:
    """Returns the first stage that holds."""
    for probe in _PROBES:
        stage = probe(exchange, rules, moment)
        if stage is not None:
            return stage
    return Stage(StageName.UPCOMING, exchange.starts_at)


def count(staged: Iterable[tuple[Exchange, Stage]]) -> Counts:
    """Returns the header's counts for these exchanges, each with its stage."""
    here = overdue = to_come = 0
    for exchange, stage in staged:
        here += sum(party.presence.in_the_building for party in exchange.parties)
        overdue += stage.name is StageName.OVERDUE
        to_come += stage.name in (StageName.DUE, StageName.UPCOMING)
    return Counts(here, overdue, to_come)


def _closed(exchange: Exchange, _rules: Rules, _moment: Moment) -> Stage | None:
    if exchange.outcome is Outcome.NONE:
        return None
    missing = exchange.sides_with(Presence.ABSENT)
    return Stage(StageName(exchange.outcome), exchange.closed_at or exchange.starts_at, missing)


def _held(exchange: Exchange, _rules: Rules, _moment: Moment) -> Stage | None:
    sides = exchange.sides_with(Presence.HELD)
    return Stage(StageName.HELD, _first_arrival(exchange, sides), sides) if sides else None


def _parted(exchange: Exchange, _rules: Rules, _moment: Moment) -> Stage | None:
    sides = exchange.sides_with(Presence.LEFT)
    if not sides:
        return None
    return Stage(StageName.PARTED, max(_last_left(exchange, side) for side in sides), sides)


def _over(exchange: Exchange, _rules: Rules, moment: Moment) -> Stage | None:
    if exchange.started_at is None:
        return None
    due_out = exchange.started_at.add(minutes=exchange.length_minutes)
    return Stage(StageName.OVER, due_out) if due_out <= moment.now else None


def _in_bay(exchange: Exchange, _rules: Rules, _moment: Moment) -> Stage | None:
    return None if exchange.started_at is None else Stage(StageName.IN_BAY, exchange.started_at)


def _ready(exchange: Exchange, _rules: Rules, _moment: Moment) -> Stage | None:
    sides = exchange.sides_with(Presence.HERE)
    if len(sides) < 2:
        return None
    return Stage(StageName.READY, max(_here_from(exchange, side) for side in sides), sides)


def _overdue(exchange: Exchange, rules: Rules, moment: Moment) -> Stage | None:
    missing = no_show_proposed(exchange, rules, moment)
    if not missing:
        return None
    ended = min(grace_ends(exchange, side, rules) for side in missing)
    return Stage(StageName.OVERDUE, ended, missing)


def _late(exchange: Exchange, _rules: Rules, moment: Moment) -> Stage | None:
    if exchange.starts_at > moment.now or not exchange.sides_with(Presence.EXPECTED):
        return None
    return Stage(StageName.LATE, exchange.starts_at, exchange.sides_with(Presence.HERE))


def _waiting(exchange: Exchange, _rules: Rules, _moment: Moment) -> Stage | None:
    sides = exchange.sides_with(Presence.HERE)
    return Stage(StageName.WAITING, _first_arrival(exchange, sides), sides) if sides else None


def _due(exchange: Exchange, rules: Rules, moment: Moment) -> Stage | None:
    if opens_at(exchange, rules) > moment.now:
        return None
    return Stage(StageName.DUE, exchange.starts_at)


_PROBES: tuple[Probe, ...] = (
    _closed,
    _held,
    _parted,
    _over,
    _in_bay,
    _ready,
    _overdue,
    _late,
    _waiting,
    _due,
)


def _arrival(exchange: Exchange, side: Side) -> DateTime:
    visit = exchange.party(side).last_visit
    return exchange.starts_at if visit is None else visit.arrived_at


def _here_from(exchange: Exchange, side: Side) -> DateTime:
    visit = exchange.party(side).last_visit
    return (visit and visit.here_from) or _arrival(exchange, side)


def _first_arrival(exchange: Exchange, sides: tuple[Side, ...]) -> DateTime:
    return min(_arrival(exchange, side) for side in sides)


def _last_left(exchange: Exchange, side: Side) -> DateTime:
    visit = exchange.party(side).last_visit
    return exchange.starts_at if visit is None or visit.left_at is None else visit.left_at
