"""Which earlier act explains a refusal: the last one that changed what the refusal is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desk.domain.exchange import Exchange, Presence, Side
from desk.domain.verdict import Code, PriorAct, Verdict
from desk.storage.aggregate import Stored
from desk.storage.unit import UnitOfWork

_Aspect = Callable[[Exchange, tuple[Side, ...]], object]


def _arrivals(exchange: Exchange, sides: tuple[Side, ...]) -> object:
    visits = [exchange.party(side).last_visit for side in sides]
    return [None if visit is None else visit.arrived_at for visit in visits]


def _departures(exchange: Exchange, sides: tuple[Side, ...]) -> object:
    visits = [exchange.party(side).last_visit for side in sides]
    return [None if visit is None else visit.left_at for visit in visits]


def _presences(exchange: Exchange, sides: tuple[Side, ...]) -> object:
    return [exchange.party(side).presence for side in sides]


def _kept_apart(exchange: Exchange, sides: tuple[Side, ...]) -> object:
    return [exchange.party(side).presence is Presence.HELD for side in sides]


def _outcome(exchange: Exchange, _sides: tuple[Side, ...]) -> object:
    return exchange.outcome


def _started(exchange: Exchange, _sides: tuple[Side, ...]) -> object:
    return exchange.started_at


def _dispute(exchange: Exchange, _sides: tuple[Side, ...]) -> object:
    return exchange.dispute


_ABOUT: Mapping[Code, _Aspect] = {
    Code.CANCELLED: _outcome,
    Code.CLOSED: _outcome,
    Code.ALREADY_HERE: _arrivals,
    Code.ALREADY_LEFT: _departures,
    Code.ALREADY_STARTED: _started,
    Code.ALREADY_DISPUTED: _dispute,
    Code.NOT_DISPUTED: _dispute,
    Code.NOT_HELD: _presences,
    Code.NOT_EXPECTED: _presences,
    Code.NOT_CLOSED: _outcome,
    Code.HOLD: _kept_apart,
}
"""What each refusal is about, where an earlier act explains it."""


def explain(unit: UnitOfWork, stored: Stored, verdict: Verdict) -> PriorAct | None:
    """Returns the act that a refusal is about, or None where no act explains it."""
    if verdict.code is Code.STALE:
        return unit.last_act_on(stored)
    aspect = _ABOUT.get(verdict.code)
    if aspect is None:
        return None
    side = verdict.facts.side
    sides = tuple(Side) if side is None else (Side(side),)
    for past in unit.past_of(stored):
        if past.before is None or past.after is None:
            continue
        if aspect(past.before, sides) != aspect(past.after, sides):
            return past.act
    return None
