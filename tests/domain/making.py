"""A Saturday at Kennewick: moments, parties and exchanges as the domain's tests need them."""

from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain import intents
from desk.domain.acts import decide
from desk.domain.days import local_moment
from desk.domain.deciding import Decision, Situation
from desk.domain.exchange import Exchange, Kind, Outcome, Party, Presence, Side, Visit
from desk.domain.intents import By, ExchangeIntent
from desk.domain.rules import Rules

ZONE = ZoneInfo("America/Los_Angeles")
DAY = date(2026, 11, 21)
REF = "K7QDM7"
OTHER_REF = "Q2MNRP"
OFFICER = By("4412", "desk 1")


def at(clock: str, day: date = DAY) -> DateTime:
    """The moment at which the station's clock shows ``14:15`` or ``14:15:30`` on that day."""
    return local_moment(day, time.fromisoformat(clock), ZONE)


VISITS = {
    Presence.EXPECTED: (),
    Presence.HELD: (Visit(at("14:10"), held=True),),
    Presence.HERE: (Visit(at("14:10")),),
    Presence.LEFT: (Visit(at("14:10"), at("14:20"), left_observed=True),),
    Presence.ABSENT: (),
}


def a_party(side: Side, presence: Presence = Presence.EXPECTED) -> Party:
    """Somebody with that presence, and with the visit that it takes: from 14:10, left at 14:20."""
    return Party(side, presence=presence, visits=VISITS[presence])


def an_exchange(
    giver: Presence = Presence.EXPECTED,
    receiver: Presence = Presence.EXPECTED,
    outcome: Outcome = Outcome.NONE,
) -> Exchange:
    """An exchange at 14:15 for 20 minutes; one with an outcome got it at 14:25."""
    return Exchange(
        ref=REF,
        kind=Kind.SALE,
        starts_at=at("14:15"),
        ends_at=at("14:35"),
        giver=a_party(Side.GIVER, giver),
        receiver=a_party(Side.RECEIVER, receiver),
        outcome=outcome,
        closed_at=None if outcome is Outcome.NONE else at("14:25"),
    )


def arrived(exchange: Exchange, side: Side, clock: str) -> Exchange:
    """The exchange with that side here since then."""
    party = exchange.party(side)
    visits = (*party.visits, Visit(at(clock)))
    return exchange.with_party(replace(party, presence=Presence.HERE, visits=visits))


def a_situation(now: str = "14:32", holds: frozenset[Side] = frozenset()) -> Situation:
    """The desk at that time."""
    return Situation(at(now), ZONE, Rules(), holds=holds, next_dispute=7)


def done(exchange: Exchange, intent: ExchangeIntent, now: str = "14:32") -> Exchange:
    """What an intent that is accepted makes of the exchange."""
    decision = decide(exchange, intent, a_situation(now))
    assert decision.verdict.accepted, decision.verdict
    return decision.after


def refused(exchange: Exchange, intent: ExchangeIntent, now: str = "14:32") -> Decision:
    """The decision on an intent that is refused, and so changes nothing."""
    decision = decide(exchange, intent, a_situation(now))
    assert not decision.verdict.accepted
    assert decision.after == exchange
    return decision


def all_intents() -> set[type[ExchangeIntent]]:
    """Every kind of intent about an exchange."""
    return {
        each
        for each in vars(intents).values()
        if isinstance(each, type) and issubclass(each, ExchangeIntent)
    } - {ExchangeIntent}
