"""A station's rules: how early, how late and how long, per kind of exchange."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time
from types import MappingProxyType

from pendulum import DateTime

from desk.domain.exchange import Exchange, Kind, Side
from desk.domain.lifecycle import Verb, refusal


@dataclass(frozen=True, slots=True)
class KindRules:
    """The rules of one kind, all in minutes.

    Attributes:
        early: how long before the start a party may arrive.
        grace: how long after the start a party is still waited for.
        length: how long an exchange takes where a booking does not say.
        late_window: how long past the end an arrival is still accepted.
        stagger: how far apart the two sides of a custody exchange come and go.
    """

    early: int = 30
    grace: int = 15
    length: int = 20
    late_window: int = 60
    stagger: int = 0


@dataclass(frozen=True, slots=True)
class BayRules:
    """What one bay allows.

    Attributes:
        buffer: minutes that stay free after an exchange.
        kinds: what it may be used for; empty for anything.
        opens: from when on it may be used, by the station's clock; None for always.
        closes: until when, likewise.
        large: whether a large item can be handed over there.
    """

    buffer: int = 0
    kinds: frozenset[Kind] = frozenset()
    opens: time | None = None
    closes: time | None = None
    large: bool = True


def _default_kinds() -> Mapping[Kind, KindRules]:
    kinds = {kind: KindRules() for kind in Kind} | {Kind.CUSTODY: KindRules(stagger=15)}
    return MappingProxyType(kinds)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a station, by kind and by the bay's code."""

    kinds: Mapping[Kind, KindRules] = field(default_factory=_default_kinds)
    bays: Mapping[str, BayRules] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, kind: Kind) -> KindRules:
        """Returns the rules of that kind."""
        return self.kinds[kind]

    def of_bay(self, code: str) -> BayRules:
        """Returns the rules of that bay."""
        return self.bays.get(code, BayRules())


@dataclass(frozen=True, slots=True)
class Moment:
    """The present, and whether it can be trusted.

    Attributes:
        now: in UTC.
        set_back: whether the journal already holds a later time, so that the PC's clock was set
            back: then nothing is proposed that depends on how late it is.
    """

    now: DateTime
    set_back: bool = False


def opens_at(exchange: Exchange, rules: Rules) -> DateTime:
    """Returns the first moment at which a party may arrive."""
    return exchange.starts_at.subtract(minutes=rules.of(exchange.kind).early)


def late_until(exchange: Exchange, rules: Rules) -> DateTime:
    """Returns the last moment at which an arrival is accepted without a reason."""
    return exchange.ends_at.add(minutes=rules.of(exchange.kind).late_window)


def grace_ends(exchange: Exchange, side: Side, rules: Rules) -> DateTime:
    """Returns when the grace of a side is over; a call that it comes later moves it."""
    called = exchange.party(side).expected_at
    counts_from = exchange.starts_at if called is None else max(called, exchange.starts_at)
    return counts_from.add(minutes=rules.of(exchange.kind).grace)


def nameless_due(
    exchanges: Iterable[Exchange], rules: Rules, now: DateTime
) -> tuple[tuple[Exchange, Side], ...]:
    """Returns the sides not named yet whose party may come now, the nearest to now first."""
    found = [
        (exchange, party.side)
        for exchange in exchanges
        if opens_at(exchange, rules) <= now <= late_until(exchange, rules)
        for party in exchange.parties
        if party.name is None
        and not party.visits
        and refusal(exchange, Verb.ARRIVE, party.side) is None
    ]
    return tuple(sorted(found, key=lambda one: abs(one[0].starts_at - now)))


def no_show_proposed(exchange: Exchange, rules: Rules, moment: Moment) -> tuple[Side, ...]:
    """Returns the sides whose grace is over: a proposal, never a decision of the clock's."""
    if moment.set_back or exchange.starts_at > moment.now:  # No grace ends before the start.
        return ()
    return tuple(
        side
        for side in Side
        if refusal(exchange, Verb.NO_SHOW, side) is None
        and grace_ends(exchange, side, rules) <= moment.now
    )
