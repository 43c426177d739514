"""What every other intent does to an exchange, or why it is refused."""

from dataclasses import replace

import pytest

from desk.domain.acts import decide
from desk.domain.exchange import (
    Dispute,
    DisputeCategory,
    Exchange,
    Outcome,
    Presence,
    Settlement,
    Side,
    Visit,
)
from desk.domain.intents import (
    Arrive,
    ExchangeIntent,
    Expect,
    Finish,
    Leave,
    MoveToNow,
    Note,
    OpenDispute,
    Release,
    Reopen,
    Settle,
    Start,
    StillHere,
    Swap,
)
from desk.domain.order import minute_of
from desk.domain.verdict import Code, Step
from tests.domain.making import OFFICER, REF, a_situation, an_exchange, arrived, at, done, refused

E, HELD, HERE, LEFT, ABSENT = Presence


def leave(side: Side | None = Side.GIVER, clock: str | None = None) -> Leave:
    return Leave(by=OFFICER, ref=REF, side=side, at=None if clock is None else at(clock))


def dispute(text: str = "The phone is locked") -> OpenDispute:
    category = DisputeCategory.NOT_AS_DESCRIBED
    return OpenDispute(by=OFFICER, ref=REF, category=category, reported_by=Side.RECEIVER, text=text)


def settle(clock: str | None = None) -> Settle:
    when = None if clock is None else at(clock)
    return Settle(by=OFFICER, ref=REF, settlement=Settlement.ADVISED_CIVIL, text="Went", at=when)


def reopen(reason: str = "Came back after all") -> Reopen:
    return Reopen(by=OFFICER, ref=REF, reason=reason)


def note(text: str = "Waits outside") -> Note:
    return Note(by=OFFICER, ref=REF, text=text)


def expect(side: Side | None = Side.RECEIVER) -> Expect:
    return Expect(by=OFFICER, ref=REF, side=side, comes_at=at("14:50"))


START = Start(by=OFFICER, ref=REF)
FINISH_AND_STAY = Finish(by=OFFICER, ref=REF, still_here=StillHere.STAYS)
MOVE = MoveToNow(by=OFFICER, ref=REF)
SWAP = Swap(by=OFFICER, ref=REF)
RELEASE = Release(by=OFFICER, ref=REF, side=Side.GIVER)


# Coming and going


@pytest.mark.parametrize("presence", [HERE, HELD])
@pytest.mark.parametrize("outcome", Outcome)
def test_who_is_here_leaves_in_any_outcome(presence: Presence, outcome: Outcome) -> None:
    exchange = an_exchange(presence, outcome=outcome)

    after = done(exchange, leave())

    assert after.giver.presence is LEFT
    (visit,) = exchange.giver.visits
    assert after.giver.visits == (replace(visit, left_at=at("14:32"), left_observed=True),)
    assert after.outcome is outcome


def test_a_leaving_that_nobody_saw_was_over_by_now() -> None:
    after = done(an_exchange(HERE), replace(leave(), observed=False))

    assert after.giver.visits == (Visit(at("14:10"), at("14:32"), left_observed=False),)


def test_a_leaving_ends_the_newest_visit_only() -> None:
    back = arrived(an_exchange(LEFT), Side.GIVER, "14:25")

    after = done(back, leave(clock="14:30"))

    assert after.giver.visits == (
        *an_exchange(LEFT).giver.visits,
        Visit(at("14:25"), at("14:30"), left_observed=True),
    )


@pytest.mark.parametrize("presence", [E, LEFT, ABSENT])
def test_who_is_not_here_does_not_leave(presence: Presence) -> None:
    code = refused(an_exchange(presence), leave()).verdict.code

    assert code is (Code.ALREADY_LEFT if presence is LEFT else Code.NOT_ARRIVED)


def test_nobody_leaves_before_arriving() -> None:
    decision = refused(an_exchange(HERE), leave(clock="14:09:59"))

    assert decision.verdict.code is Code.BEFORE_ARRIVAL
    assert decision.verdict.facts.limit == at("14:10").add(microseconds=1)
    assert done(an_exchange(HERE), leave(clock="14:10")).giver.presence is LEFT


def test_who_met_did_not_leave_before_the_other_came() -> None:
    met = replace(
        arrived(an_exchange(HERE), Side.RECEIVER, "14:20"),
        outcome=Outcome.MET,
        closed_at=at("14:25"),
    )

    decision = refused(met, leave(clock="14:19"))

    assert decision.verdict.code is Code.BEFORE_ARRIVAL
    assert decision.verdict.facts.limit is not None
    assert minute_of(decision.verdict.facts.limit) == at("14:20")
    assert done(met, leave(clock="14:20")).met
    assert done(replace(met, outcome=Outcome.NONE), leave(clock="14:19")).giver.presence is LEFT


def test_only_the_own_coming_limits_a_leaving_also_where_the_side_is_not_named() -> None:
    exchange = an_exchange(LEFT, HERE)
    assert exchange.giver.visits[0].left_at == at("14:20")

    decision = decide(exchange, leave(None, "14:15"), a_situation())

    assert decision.verdict.accepted
    assert decision.side is Side.RECEIVER
    assert decision.after.receiver.visits[0].left_at == at("14:15")


def test_with_both_here_a_leaving_names_its_side() -> None:
    assert refused(an_exchange(HERE, HERE), leave(None)).verdict.code is Code.WHICH_SIDE


def test_who_was_kept_apart_is_released_without_a_new_visit() -> None:
    after = done(an_exchange(HELD), RELEASE)

    assert after.giver.presence is HERE
    assert after.giver.visits == (Visit(at("14:10"), held=True, released_at=at("14:32")),)


def test_who_is_kept_apart_meets_nobody_before_the_release() -> None:
    apart = an_exchange(HELD, HERE)
    gone = done(apart, leave(Side.RECEIVER), now="14:25")

    assert refused(apart, FINISH_AND_STAY).verdict.code is Code.DID_NOT_MEET
    assert refused(done(gone, RELEASE), FINISH_AND_STAY).verdict.code is Code.DID_NOT_MEET
    assert done(done(apart, RELEASE), FINISH_AND_STAY).outcome is Outcome.MET


def test_a_hold_refuses_the_release() -> None:
    decision = decide(an_exchange(HELD), RELEASE, a_situation(holds=frozenset({Side.GIVER})))

    assert decision.verdict.code is Code.HOLD
    assert decision.after == an_exchange(HELD)


@pytest.mark.parametrize(
    ("presence", "code"),
    [(E, Code.NOT_ARRIVED), (HERE, Code.NOT_HELD), (LEFT, Code.ALREADY_LEFT)],
)
def test_only_who_is_held_is_released(presence: Presence, code: Code) -> None:
    assert refused(an_exchange(presence), RELEASE).verdict.code is code


def test_both_here_are_sent_to_the_bay() -> None:
    after = done(an_exchange(HERE, HERE), START)

    assert after.started_at == at("14:32")
    assert [party.presence for party in after.parties] == [HERE, HERE]


def test_nobody_is_sent_to_the_bay_before_both_came() -> None:
    both = arrived(an_exchange(HERE), Side.RECEIVER, "14:20")

    decision = refused(both, replace(START, at=at("14:19")))

    assert decision.verdict.code is Code.BEFORE_ARRIVAL
    assert decision.verdict.facts.limit == at("14:20")


@pytest.mark.parametrize(
    ("exchange", "code"),
    [
        (an_exchange(HERE), Code.NOT_HERE),
        (an_exchange(HERE, HELD), Code.HOLD),
        (replace(an_exchange(HERE, HERE), started_at=at("14:20")), Code.ALREADY_STARTED),
    ],
)
def test_the_bay_is_refused(exchange: Exchange, code: Code) -> None:
    assert refused(exchange, START).verdict.code is code


def test_who_came_apart_can_be_sent_to_the_bay_again() -> None:
    in_the_bay = done(an_exchange(HERE, HERE), START, now="14:20")

    apart = done(in_the_bay, leave(), now="14:25")
    back = done(apart, Arrive(by=OFFICER, ref=REF, side=Side.GIVER), now="14:28")

    assert apart.started_at is None
    assert done(back, START).started_at == at("14:32")


def test_a_reopened_exchange_can_be_sent_to_the_bay_again() -> None:
    met = done(done(an_exchange(HERE, HERE), START, now="14:20"), FINISH_AND_STAY, now="14:25")

    again = done(met, reopen(), now="14:30")

    assert met.started_at == at("14:20")
    assert again.started_at is None
    assert done(again, START).started_at == at("14:32")


def test_leaving_after_the_outcome_keeps_when_the_meeting_began() -> None:
    met = done(done(an_exchange(HERE, HERE), START, now="14:20"), FINISH_AND_STAY, now="14:25")

    assert done(met, leave()).started_at == at("14:20")


# Words and calls


@pytest.mark.parametrize("outcome", Outcome)
def test_a_note_changes_nothing_and_keeps_its_words(outcome: Outcome) -> None:
    exchange = an_exchange(outcome=outcome)

    decision = decide(exchange, note(), a_situation())

    assert decision.verdict.accepted
    assert decision.after == exchange
    assert decision.words == "Waits outside"


@pytest.mark.parametrize("intent", [note("  "), dispute("")])
def test_what_is_said_in_words_wants_words(intent: ExchangeIntent) -> None:
    decision = refused(an_exchange(HERE), intent)

    assert decision.verdict.code is Code.NO_TEXT
    assert decision.verdict.next == (Step.TYPE_TEXT,)


def test_a_call_says_when_a_side_comes() -> None:
    after = done(an_exchange(), expect())

    assert after.receiver.expected_at == at("14:50")
    assert after.receiver.presence is E
    assert after.giver.expected_at is None


def test_a_call_names_a_time_that_is_still_to_come() -> None:
    decision = refused(an_exchange(), replace(expect(), comes_at=at("14:31")))

    assert decision.verdict.code is Code.IN_THE_PAST
    assert (decision.verdict.facts.limit, decision.verdict.facts.at) == (at("14:31"), at("14:32"))
    assert decision.verdict.next == (Step.TYPE_COMING_TIME,)


def test_the_present_minute_and_what_was_to_come_when_they_called_will_do() -> None:
    this_minute = replace(expect(), comes_at=at("14:32"))
    entered_late = replace(expect(), at=at("14:10"), comes_at=at("14:30"))

    assert decide(an_exchange(), this_minute, a_situation("14:32:59")).verdict.accepted
    assert done(an_exchange(), entered_late).receiver.expected_at == at("14:30")


def test_a_call_is_for_who_is_still_expected() -> None:
    assert refused(an_exchange(E, HERE), expect()).verdict.code is Code.ALREADY_HERE
    assert refused(an_exchange(E, LEFT), expect()).verdict.code is Code.ALREADY_LEFT
    assert refused(an_exchange(), expect(None)).verdict.code is Code.WHICH_SIDE
    assert done(an_exchange(HERE), expect(None)).receiver.expected_at == at("14:50")


def test_swapping_changes_the_sides_and_confirms_them() -> None:
    exchange = an_exchange(HERE)
    giver = replace(exchange.giver, name="Marie", plate="BRT-4471", assumed=True)
    receiver = replace(exchange.receiver, name="Paul", expected_at=at("14:50"), assumed=True)

    after = done(exchange.with_party(giver).with_party(receiver), SWAP)

    assert after.receiver == replace(giver, side=Side.RECEIVER, assumed=False)
    assert after.giver == replace(receiver, side=Side.GIVER, assumed=False)


def test_swapping_twice_restores_all_but_the_guess() -> None:
    exchange = an_exchange(HERE, LEFT)

    assert done(done(exchange, SWAP), SWAP) == exchange


def test_who_reported_a_dispute_stays_the_same_person_when_sides_are_swapped() -> None:
    disputed = done(an_exchange(HERE), dispute())

    after = done(disputed, SWAP)

    assert after.dispute is not None
    assert after.dispute.reported_by is Side.GIVER


def test_the_desk_reported_it_whatever_the_sides() -> None:
    disputed = done(an_exchange(HERE), replace(dispute(), reported_by=None))

    assert done(disputed, SWAP).dispute == disputed.dispute


# Disputes


@pytest.mark.parametrize("outcome", Outcome)
def test_a_dispute_is_opened_in_any_outcome_once_somebody_came(outcome: Outcome) -> None:
    decision = decide(an_exchange(LEFT, outcome=outcome), dispute(), a_situation())

    assert decision.after.dispute == Dispute(
        7, DisputeCategory.NOT_AS_DESCRIBED, Side.RECEIVER, at("14:32")
    )
    assert decision.after.outcome is outcome
    assert decision.words == "The phone is locked"


def test_a_dispute_needs_an_arrival_and_that_no_other_is_open() -> None:
    assert refused(an_exchange(), dispute()).verdict.code is Code.NOT_ARRIVED
    disputed = done(an_exchange(HERE), dispute())
    assert refused(disputed, dispute()).verdict.code is Code.ALREADY_DISPUTED


def test_a_dispute_is_settled_and_may_be_followed_by_another() -> None:
    disputed = done(an_exchange(HERE), dispute(), now="14:25")

    decision = decide(disputed, settle(), a_situation())
    settled = decision.after.dispute

    assert settled is not None
    assert (settled.settled_at, settled.settlement) == (at("14:32"), Settlement.ADVISED_CIVIL)
    assert decision.words == "Went"
    assert not decision.after.disputed
    assert done(decision.after, dispute()).disputed


def test_a_dispute_is_not_settled_before_it_was_opened() -> None:
    disputed = done(an_exchange(HERE), dispute(), now="14:25")

    decision = refused(disputed, settle("14:24"))

    assert decision.verdict.code is Code.BEFORE_ARRIVAL
    assert decision.verdict.facts.limit == at("14:25")
    assert not done(disputed, settle("14:25")).disputed


def test_without_a_dispute_there_is_nothing_to_settle() -> None:
    assert refused(an_exchange(HERE), settle()).verdict.code is Code.NOT_DISPUTED


# Reopening and moving


@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.NONE])
def test_a_closed_exchange_is_reopened_with_a_reason(outcome: Outcome) -> None:
    exchange = an_exchange(LEFT, ABSENT, outcome)

    decision = decide(exchange, reopen(), a_situation())

    assert decision.after == replace(an_exchange(LEFT, E), outcome=Outcome.NONE)
    assert decision.words == "Came back after all"


@pytest.mark.parametrize("presence", Presence)
def test_reopening_makes_the_absent_expected_and_leaves_the_others(presence: Presence) -> None:
    after = done(an_exchange(presence, outcome=Outcome.NO_SHOW), reopen())

    assert after.giver.presence is (E if presence is ABSENT else presence)
    assert after.giver.visits == an_exchange(presence).giver.visits


def test_reopening_is_refused() -> None:
    assert refused(an_exchange(), reopen()).verdict.code is Code.NOT_CLOSED
    decision = refused(an_exchange(LEFT, outcome=Outcome.MET), reopen(" "))
    assert decision.verdict.code is Code.NO_REASON
    assert decision.verdict.next == (Step.GIVE_REASON,)


def test_what_is_closed_is_not_moved() -> None:
    assert refused(an_exchange(outcome=Outcome.CANCELLED), MOVE).verdict.code is Code.CANCELLED
