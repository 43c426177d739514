"""Finish, not met, no-show and cancel: the outcome, and whoever is still here."""

from dataclasses import replace

import pytest

from desk.domain.acts import decide
from desk.domain.exchange import Exchange, Outcome, Presence, Side
from desk.domain.intents import Cancel, Finish, NoShow, NotMet, StillHere
from desk.domain.verdict import Code, Step
from tests.domain.making import OFFICER, REF, a_situation, an_exchange, arrived, at, done, refused

E, HELD, HERE, LEFT, ABSENT = Presence
Closing = Finish | NotMet | NoShow | Cancel

FINISH = Finish(by=OFFICER, ref=REF)
NOT_MET = NotMet(by=OFFICER, ref=REF)
NO_SHOW = NoShow(by=OFFICER, ref=REF)
CANCEL = Cancel(by=OFFICER, ref=REF)

POSSIBLE: list[tuple[Closing, Exchange, Outcome]] = [
    (FINISH, an_exchange(HERE, HERE), Outcome.MET),
    (FINISH, an_exchange(LEFT, HERE), Outcome.MET),
    (FINISH, an_exchange(LEFT, LEFT), Outcome.MET),
    (NOT_MET, an_exchange(HERE, E), Outcome.NOT_MET),
    (NOT_MET, an_exchange(LEFT, HELD), Outcome.NOT_MET),
    (NO_SHOW, an_exchange(HERE, E), Outcome.NO_SHOW),
    (NO_SHOW, an_exchange(E, LEFT), Outcome.NO_SHOW),
    (CANCEL, an_exchange(), Outcome.CANCELLED),
    (CANCEL, an_exchange(HERE, HELD), Outcome.CANCELLED),
]


@pytest.mark.parametrize(("intent", "exchange", "outcome"), POSSIBLE)
def test_a_closing_act_reaches_its_outcome(
    intent: Closing, exchange: Exchange, outcome: Outcome
) -> None:
    after = done(exchange, intent)

    assert (after.outcome, after.closed_at) == (outcome, at("14:32"))


@pytest.mark.parametrize(("intent", "exchange", "_"), POSSIBLE)
def test_it_is_dated_when_it_happened(intent: Closing, exchange: Exchange, _: Outcome) -> None:
    assert done(exchange, replace(intent, at=at("14:30"))).closed_at == at("14:30")


@pytest.mark.parametrize(("intent", "exchange", "_"), POSSIBLE)
@pytest.mark.parametrize("still_here", StillHere)
def test_whoever_is_still_here_leaves_or_stays(
    intent: Closing, exchange: Exchange, _: Outcome, still_here: StillHere
) -> None:
    after = done(exchange, replace(intent, still_here=still_here))

    for before, party in zip(exchange.parties, after.parties, strict=True):
        if not before.presence.in_the_building:
            assert party.visits == before.visits
        elif still_here is StillHere.STAYS:
            assert party == before
        else:
            observed = still_here is StillHere.LEAVES
            assert party.presence is LEFT
            (visit,) = before.visits
            assert party.visits == (replace(visit, left_at=at("14:32"), left_observed=observed),)


def test_who_finishes_leaves_and_who_is_let_down_may_wait_unless_told_otherwise() -> None:
    usual = [intent.still_here for intent in (FINISH, NOT_MET, NO_SHOW, CANCEL)]

    assert usual == [StillHere.LEAVES, StillHere.STAYS, StillHere.STAYS, StillHere.STAYS]


@pytest.mark.parametrize("intent", [FINISH, NOT_MET, NO_SHOW, CANCEL])
@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.NONE])
def test_what_is_closed_is_not_closed_again(intent: Closing, outcome: Outcome) -> None:
    decision = refused(an_exchange(HERE, E, outcome), intent)

    expected = Code.CANCELLED if outcome is Outcome.CANCELLED else Code.CLOSED
    assert decision.verdict.code is expected
    assert decision.verdict.facts.since == at("14:25")
    assert decision.verdict.next == (Step.REOPEN, Step.ADD_NOTE)


def test_who_did_not_meet_is_closed_as_not_met() -> None:
    apart = arrived(an_exchange(LEFT), Side.RECEIVER, "14:20:01")

    decision = refused(apart, FINISH)

    assert decision.verdict.code is Code.DID_NOT_MEET
    assert decision.verdict.next == (Step.CLOSE_NOT_MET,)
    assert done(apart, NOT_MET).outcome is Outcome.NOT_MET


def test_leaving_in_the_minute_in_which_the_other_comes_is_no_meeting() -> None:
    apart = arrived(an_exchange(LEFT), Side.RECEIVER, "14:20")

    assert refused(apart, FINISH).verdict.code is Code.DID_NOT_MEET


@pytest.mark.parametrize("finished", ["14:20", "14:21", None])
def test_who_is_still_here_when_the_other_comes_meets_even_within_the_minute(
    finished: str | None,
) -> None:
    both = arrived(an_exchange(HERE), Side.RECEIVER, "14:20")

    after = done(both, replace(FINISH, at=None if finished is None else at(finished)))

    assert after.outcome is Outcome.MET
    assert after.met


def test_where_nobody_came_there_is_nothing_that_was_not_met() -> None:
    decision = refused(an_exchange(), NOT_MET)

    assert decision.verdict.code is Code.NOT_ARRIVED
    assert decision.verdict.next == (Step.CHECK_IN_FIRST, Step.CANCEL_INSTEAD)


@pytest.mark.parametrize(
    ("exchange", "sides", "absent"),
    [
        (an_exchange(HERE, E), (), (Side.RECEIVER,)),
        (an_exchange(HERE, E), (Side.RECEIVER,), (Side.RECEIVER,)),
        (an_exchange(), (Side.GIVER,), (Side.GIVER,)),
        (an_exchange(), tuple(Side), tuple(Side)),
    ],
)
def test_the_sides_that_did_not_come_are_absent(
    exchange: Exchange, sides: tuple[Side, ...], absent: tuple[Side, ...]
) -> None:
    after = done(exchange, replace(NO_SHOW, sides=sides))

    assert after.sides_with(ABSENT) == absent
    assert [party.visits for party in after.parties] == [party.visits for party in exchange.parties]


def test_with_both_expected_a_no_show_names_its_side() -> None:
    decision = refused(an_exchange(), NO_SHOW)

    assert decision.verdict.code is Code.WHICH_SIDE
    assert decision.verdict.next == (Step.NAME_SIDE,)


@pytest.mark.parametrize("presence", [HELD, HERE, LEFT])
@pytest.mark.parametrize("sides", [(Side.GIVER,), tuple(Side)])
def test_nobody_who_came_is_marked_absent(presence: Presence, sides: tuple[Side, ...]) -> None:
    decision = refused(an_exchange(presence), replace(NO_SHOW, sides=sides))

    assert decision.verdict.code is Code.NOT_EXPECTED
    assert decision.verdict.facts.side == Side.GIVER
    assert decision.verdict.next == (Step.CLOSE_NOT_MET,)


def test_where_both_came_nobody_can_be_absent() -> None:
    assert refused(an_exchange(HERE, LEFT), NO_SHOW).verdict.code is Code.NOT_EXPECTED


@pytest.mark.parametrize(
    ("intent", "exchange"),
    [
        (FINISH, an_exchange(HERE, HERE)),
        (NOT_MET, an_exchange(HERE, E)),
        (replace(NO_SHOW, still_here=StillHere.LEAVES), an_exchange(HERE, E)),
        (replace(CANCEL, still_here=StillHere.NOT_OBSERVED), an_exchange(HERE, E)),
    ],
)
def test_nobody_leaves_with_the_closing_before_arriving(
    intent: Closing, exchange: Exchange
) -> None:
    decision = refused(exchange, replace(intent, at=at("14:09")))

    assert decision.verdict.code is Code.BEFORE_ARRIVAL
    just_after = at("14:10").add(microseconds=1)
    assert decision.verdict.facts.limit == just_after
    assert decision.verdict.next == (Step.CORRECT_TIME,)
    assert done(exchange, replace(intent, at=at("14:10"))).closed_at == just_after


def test_a_meeting_is_not_over_before_the_last_movement() -> None:
    one_left = arrived(an_exchange(LEFT), Side.RECEIVER, "14:12")

    decision = refused(one_left, replace(FINISH, at=at("14:19")))

    assert decision.verdict.code is Code.BEFORE_ARRIVAL
    assert decision.verdict.facts.limit == at("14:20")


def test_a_decision_names_the_one_side_it_was_about() -> None:
    one = decide(an_exchange(), replace(NO_SHOW, sides=(Side.GIVER,)), a_situation())
    both = decide(an_exchange(), replace(NO_SHOW, sides=tuple(Side)), a_situation())

    assert (one.side, both.side) == (Side.GIVER, None)
