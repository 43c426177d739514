"""When an act happened: not before what it follows, and not in the future.

Two clocks tell it. What an officer types is good to the minute: ``14:10`` is some moment of that
minute. So a time typed in the very minute of what it follows is taken for the first moment that it
can have been, and only an earlier minute is refused.

What the PC says is good until somebody sets its clock back. Then an exchange already holds times
that are still to come, and what came first is told by the order of the acts alone. An act that
happens now is never refused for that: it is given the next moment after all that its exchange
holds, so that sorting by time and by number stays the same. The journal keeps what the clock
showed beside it, which is then the earlier of the two and so gives the clock away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from pendulum import DateTime

from desk.domain.exchange import Exchange, Presence, Side
from desk.domain.intents import ExchangeIntent
from desk.domain.lifecycle import MEETINGS, Verb
from desk.domain.verdict import Code, RefusedError, Step

_RESOLUTION = timedelta(microseconds=1)
"""What the record can tell apart."""

_TAKES_TEXT = frozenset({Verb.NOTE, Verb.DISPUTE, Verb.SETTLE})
"""The verbs whose own words may begin like a time: ``at 18:00 he comes back``."""

_Moments = Iterable[DateTime | None]


def happened_at(
    exchange: Exchange, intent: ExchangeIntent, side: Side | None, now: DateTime
) -> DateTime:
    """Returns when an act on an exchange happened.

    Args:
        exchange: as it is before the act.
        intent: what is asked for; ``at`` is what was typed, None is now.
        side: the party meant, where one is.
        now: what the clock shows.

    Raises:
        RefusedError: ``in_the_future`` or ``before_arrival``, for a typed time only.
    """
    follows = _latest(_FOLLOWS.get(intent.verb, _nothing)(exchange, side))
    if intent.at is None:
        return _after_all(exchange, follows, now)
    if intent.at > now:
        steps = (Step.TEXT_AFTER_DASHES,) if intent.verb in _TAKES_TEXT else ()
        raise RefusedError(Code.IN_THE_FUTURE, Step.CORRECT_TIME, *steps, limit=now)
    if follows is None or follows <= intent.at:
        return intent.at
    if minute_of(follows) == minute_of(intent.at):
        return follows
    instead = (Step.REOPEN,) if _marked_absent(exchange, side) else ()
    raise RefusedError(Code.BEFORE_ARRIVAL, *instead, Step.CORRECT_TIME, limit=follows)


def minute_of(moment: DateTime) -> DateTime:
    """Returns when the minute of that moment began: all that a typed time says of it."""
    return moment.replace(second=0, microsecond=0)


def _after_all(exchange: Exchange, follows: DateTime | None, now: DateTime) -> DateTime:
    held = _latest(_times_of(exchange))
    known = held + _RESOLUTION if held is not None and now < held else None
    return max(moment for moment in (known, follows, now) if moment is not None)


def _latest(moments: _Moments) -> DateTime | None:
    return max((moment for moment in moments if moment is not None), default=None)


def _times_of(exchange: Exchange) -> _Moments:
    """Returns every time that something happened to an exchange, as far as it shows."""
    yield from _movements(exchange, None)
    yield exchange.closed_at
    if exchange.dispute is not None:
        yield exchange.dispute.opened_at
        yield exchange.dispute.settled_at


# What each act follows


def _nothing(_exchange: Exchange, _side: Side | None) -> _Moments:
    return ()


def _leavings(exchange: Exchange, _side: Side | None) -> _Moments:
    """Returns the first moment at which both parties have left, or can leave."""
    for party in exchange.parties:
        yield from _own_leaving(exchange, party.side)
    yield exchange.started_at


def _own_leaving(exchange: Exchange, side: Side | None) -> _Moments:
    """Nobody comes and goes at one moment: an exchange can be finished as soon as both are here."""
    for moment in _own_movement(exchange, side):
        here = side is not None and exchange.party(side).presence.in_the_building
        yield moment + _RESOLUTION if here and moment else moment


def _movements(exchange: Exchange, _side: Side | None) -> _Moments:
    """Returns when both parties last came, went or were sent to the bay."""
    for party in exchange.parties:
        visit = party.last_visit
        yield None if visit is None else visit.last_movement
    yield exchange.started_at


def _own_movement(exchange: Exchange, side: Side | None) -> _Moments:
    visit = None if side is None else exchange.party(side).last_visit
    yield None if visit is None else visit.last_movement


def _last_visit_or_absence(exchange: Exchange, side: Side | None) -> _Moments:
    """Whoever was said never to have come has come after that, or the saying is wrong."""
    yield from _own_movement(exchange, side)
    yield exchange.closed_at if _marked_absent(exchange, side) else None


def _marked_absent(exchange: Exchange, side: Side | None) -> bool:
    return side is not None and exchange.party(side).presence is Presence.ABSENT


def _stay(exchange: Exchange, side: Side | None) -> _Moments:
    yield from _own_leaving(exchange, side)
    yield exchange.started_at
    yield _meeting(exchange, side)


def _meeting(exchange: Exchange, side: Side | None) -> DateTime | None:
    """Returns the moment that proves a meeting, where only the visit that now ends does."""
    if side is None or exchange.outcome not in MEETINGS:
        return None
    mine = exchange.party(side)
    earlier = exchange.with_party(replace(mine, visits=mine.visits[:-1]))
    if earlier.met or not exchange.met:
        return None
    met_at = min(
        visit.here_from
        for visit in exchange.party(side.other).visits
        if visit.here_from is not None and visit.overlaps(mine.visits[-1])
    )
    return met_at + _RESOLUTION


def _closing(exchange: Exchange, side: Side | None) -> _Moments:
    yield from _movements(exchange, side)
    yield exchange.closed_at


def _arrival_and_settlement(exchange: Exchange, _side: Side | None) -> _Moments:
    """A dispute can begin as soon as one party has come, and one after the other is settled."""
    arrivals = [party.visits[0].arrived_at for party in exchange.parties if party.visits]
    yield min(arrivals, default=None)
    yield None if exchange.dispute is None else exchange.dispute.settled_at


def _filing(exchange: Exchange, _side: Side | None) -> _Moments:
    yield None if exchange.dispute is None else exchange.dispute.opened_at


_FOLLOWS: Mapping[Verb, Callable[[Exchange, Side | None], _Moments]] = {
    Verb.ARRIVE: _last_visit_or_absence,
    Verb.RELEASE: _own_movement,
    Verb.START: _movements,
    Verb.LEAVE: _stay,
    Verb.FINISH: _leavings,
    Verb.NOT_MET: _leavings,
    Verb.NO_SHOW: _leavings,
    Verb.CANCEL: _leavings,
    Verb.REOPEN: _closing,
    Verb.DISPUTE: _arrival_and_settlement,
    Verb.SETTLE: _filing,
}
"""What must have happened before an act of each verb; the others follow nothing but the booking."""
