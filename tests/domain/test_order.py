"""When an act happened: after what it follows, whatever was typed and whatever the clock shows."""

from dataclasses import replace

import pytest
from pendulum import DateTime

from desk.domain.acts import decide
from desk.domain.exchange import (
    Dispute,
    DisputeCategory,
    Exchange,
    Outcome,
    Presence,
    Settlement,
    Side,
)
from desk.domain.intents import (
    Arrive,
    Cancel,
    ExchangeIntent,
    Expect,
    Finish,
    Leave,
    NoShow,
    Note,
    NotMet,
    OpenDispute,
    Release,
    Reopen,
    Settle,
    Start,
    Swap,
)
from desk.domain.order import minute_of
from desk.domain.verdict import Code, Step
from tests.domain.making import OFFICER, REF, a_situation, an_exchange, arrived, at, done, refused

E, HELD, HERE, LEFT, ABSENT = Presence
G, R = Side
ARRIVE = Arrive(by=OFFICER, ref=REF, side=G)
RELEASE = Release(by=OFFICER, ref=REF, side=G)
LEAVE = Leave(by=OFFICER, ref=REF, side=G)
REOPEN = Reopen(by=OFFICER, ref=REF, reason="Came back")
DISPUTE = OpenDispute(by=OFFICER, ref=REF, category=DisputeCategory.THREAT, text="Shouted")
SETTLE = Settle(by=OFFICER, ref=REF, settlement=Settlement.NO_ACTION)
CLOSING: list[ExchangeIntent] = [
    Finish(by=OFFICER, ref=REF),
    NotMet(by=OFFICER, ref=REF),
    Cancel(by=OFFICER, ref=REF),
]
BOTH = arrived(an_exchange(HERE), R, "14:20:30")
IN_BAY = replace(BOTH, started_at=at("14:22:30"))
NO_SHOW = an_exchange(ABSENT, LEFT, Outcome.NO_SHOW)
FILED = replace(BOTH, dispute=Dispute(1, DisputeCategory.THREAT, None, at("14:24:30")))
SETTLED = done(FILED, SETTLE, now="14:26:30")


def just_after(clock: str) -> DateTime:
    """The first moment after that one which the record can tell from it."""
    return at(clock).add(microseconds=1)


FOLLOWS: list[tuple[ExchangeIntent, Exchange, DateTime]] = [
    (ARRIVE, an_exchange(LEFT), at("14:20")),
    (ARRIVE, NO_SHOW, at("14:25")),
    (RELEASE, an_exchange(HELD), at("14:10")),
    (Start(by=OFFICER, ref=REF), BOTH, at("14:20:30")),
    (LEAVE, an_exchange(HERE, HERE), just_after("14:10")),
    (LEAVE, done(an_exchange(HELD), RELEASE, now="14:12:30"), just_after("14:12:30")),
    (LEAVE, IN_BAY, at("14:22:30")),
    *((closing, BOTH, just_after("14:20:30")) for closing in CLOSING),
    *((closing, IN_BAY, at("14:22:30")) for closing in CLOSING),
    (NotMet(by=OFFICER, ref=REF), an_exchange(LEFT, LEFT), at("14:20")),
    (NoShow(by=OFFICER, ref=REF), arrived(an_exchange(), R, "14:20:30"), just_after("14:20:30")),
    (NoShow(by=OFFICER, ref=REF, sides=(G,)), an_exchange(E, LEFT), at("14:20")),
    (REOPEN, an_exchange(outcome=Outcome.CANCELLED), at("14:25")),
    (REOPEN, arrived(NO_SHOW, G, "14:28:30"), at("14:28:30")),
    (DISPUTE, BOTH, at("14:10")),
    (DISPUTE, SETTLED, at("14:26:30")),
    (SETTLE, FILED, at("14:24:30")),
]


@pytest.mark.parametrize(("intent", "exchange", "limit"), FOLLOWS)
def test_no_act_is_dated_before_what_it_follows(
    intent: ExchangeIntent, exchange: Exchange, limit: DateTime
) -> None:
    before = minute_of(limit).subtract(seconds=1)

    decision = refused(exchange, replace(intent, at=before))

    assert decision.verdict.code is Code.BEFORE_ARRIVAL
    assert decision.verdict.facts.limit == limit
    assert decision.verdict.next[-1] is Step.CORRECT_TIME


@pytest.mark.parametrize(("intent", "exchange", "limit"), FOLLOWS)
def test_the_minute_of_what_it_follows_is_early_enough(
    intent: ExchangeIntent, exchange: Exchange, limit: DateTime
) -> None:
    same, later = minute_of(limit), minute_of(limit).add(minutes=1)

    assert decided(exchange, replace(intent, at=same)) == ("accepted", limit)
    assert decided(exchange, replace(intent, at=later)) == ("accepted", later)


def decided(exchange: Exchange, intent: ExchangeIntent, now: str = "14:32") -> tuple[str, object]:
    decision = decide(exchange, intent, a_situation(now))
    return decision.verdict.code.value, decision.at


def test_who_came_before_the_no_show_needs_a_reopening() -> None:
    decision = refused(NO_SHOW, replace(ARRIVE, at=at("14:24")))

    assert decision.verdict.next == (Step.REOPEN, Step.CORRECT_TIME)


@pytest.mark.parametrize(
    "intent",
    [
        Note(by=OFFICER, ref=REF, text="Waits outside"),
        Expect(by=OFFICER, ref=REF, side=G, comes_at=at("14:50")),
        Swap(by=OFFICER, ref=REF),
    ],
)
def test_what_follows_nothing_may_be_entered_late(intent: ExchangeIntent) -> None:
    exchange = arrived(an_exchange(), R, "14:20:30")

    assert decided(exchange, replace(intent, at=at("13:00"))) == ("accepted", at("13:00"))


# The clock


BACK: list[tuple[ExchangeIntent, Exchange]] = [
    *((intent, exchange) for intent, exchange, _ in FOLLOWS),
    (Note(by=OFFICER, ref=REF, text="Waits outside"), BOTH),
    (Swap(by=OFFICER, ref=REF), BOTH),
]


@pytest.mark.parametrize(("intent", "exchange"), BACK)
def test_an_act_now_comes_after_all_that_was_done_though_the_clock_went_back(
    intent: ExchangeIntent, exchange: Exchange
) -> None:
    times = [exchange.closed_at, exchange.started_at]
    times += [visit.last_movement for each in exchange.parties for visit in each.visits]
    if exchange.dispute is not None:
        times += [exchange.dispute.opened_at, exchange.dispute.settled_at]
    newest = max(time for time in times if time is not None)

    assert decided(exchange, intent, now="14:05") == ("accepted", newest.add(microseconds=1))


def test_what_was_typed_is_held_to_the_clock_though_it_went_back() -> None:
    assert decided(BOTH, replace(LEAVE, at=at("14:25")), now="14:05")[0] == "in_the_future"
    assert decided(BOTH, replace(LEAVE, at=at("14:04")), now="14:05")[0] == "before_arrival"


def test_nobody_leaves_in_the_instant_of_an_arrival() -> None:
    decision = decide(BOTH, Finish(by=OFFICER, ref=REF), a_situation("14:20:30"))

    assert decision.after.met
    assert [party.visits[-1].left_at for party in decision.after.parties] == [
        just_after("14:20:30")
    ] * 2


def test_other_acts_in_the_same_instant_of_the_clock_are_all_of_that_instant() -> None:
    assert decided(BOTH, LEAVE, now="14:20:30") == ("accepted", at("14:20:30"))


@pytest.mark.parametrize("shows", ["13:10", "14:05"])
def test_an_arrival_is_not_too_early_by_a_clock_that_went_back(shows: str) -> None:
    assert decided(an_exchange(E, HERE), ARRIVE, now=shows)[0] == "accepted"


def test_nor_too_late_by_what_was_done_while_the_clock_was_ahead() -> None:
    ahead = arrived(an_exchange(), R, "19:00")

    assert decided(ahead, ARRIVE, now="14:20") == ("accepted", just_after("19:00"))
    assert decided(ahead, ARRIVE, now="13:20")[0] == "too_late"
