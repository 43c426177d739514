"""Arrivals: the windows at their borders, overrides, holds, returns and latecomers."""

from dataclasses import replace
from datetime import date

import pytest
from pendulum import DateTime

from desk.domain.acts import decide
from desk.domain.deciding import Decision
from desk.domain.exchange import Exchange, IdCheck, Kind, Outcome, Presence, Side, Visit
from desk.domain.intents import Arrive, ArriveAnyway, MoveToNow
from desk.domain.rules import KindRules, Rules
from desk.domain.verdict import OVERRIDABLE, Code, Step
from tests.domain.making import OFFICER, OTHER_REF, REF, a_situation, an_exchange, at, done, refused

E, HELD, HERE, LEFT, ABSENT = Presence


def arrive(
    clock: str | None = None, side: Side | None = Side.GIVER, *, id_check: IdCheck | None = None
) -> Arrive:
    when = None if clock is None else at(clock)
    return Arrive(by=OFFICER, ref=REF, side=side, at=when, id_check=id_check)


def anyway(reason: str = "Order of a supervisor") -> ArriveAnyway:
    return ArriveAnyway(by=OFFICER, ref=REF, side=Side.GIVER, reason=reason)


def decide_at(moment: DateTime, exchange: Exchange | None = None) -> Decision:
    situation = replace(a_situation(), now=moment)
    return decide(exchange or an_exchange(), arrive(), situation)


def test_an_arrival_opens_a_visit_now() -> None:
    after = done(an_exchange(), arrive(), now="14:13")

    assert after.giver.presence is HERE
    assert after.giver.visits == (Visit(at("14:13")),)
    assert after.receiver == an_exchange().receiver


def test_an_arrival_is_dated_when_it_happened() -> None:
    assert done(an_exchange(), arrive("14:05")).giver.visits == (Visit(at("14:05")),)


@pytest.mark.parametrize("clock", ["13:45", "14:15", "14:35", "15:35"])
def test_inside_the_windows_an_arrival_is_accepted(clock: str) -> None:
    assert decide_at(at(clock)).verdict.accepted


@pytest.mark.parametrize(
    ("clock", "code", "limit"),
    [
        ("00:00", Code.TOO_EARLY, "13:45"),
        ("13:44:59.999999", Code.TOO_EARLY, "13:45"),
        ("15:35:00.000001", Code.TOO_LATE, "15:35"),
        ("23:59:59", Code.TOO_LATE, "15:35"),
    ],
)
def test_outside_the_windows_it_is_refused_with_the_border(
    clock: str, code: Code, limit: str
) -> None:
    verdict = decide_at(at(clock)).verdict

    assert verdict.code is code
    assert verdict.facts.limit == at(limit)
    assert verdict.facts.starts_at == at("14:15")
    assert verdict.facts.at == at(clock)
    assert verdict.next[0] is Step.OVERRIDE


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 11, 22), date(2026, 12, 21)])
def test_another_local_day_is_the_wrong_day(day: date) -> None:
    verdict = decide_at(at("14:15", day)).verdict

    assert verdict.code is Code.WRONG_DAY
    assert verdict.next == (Step.NOTE_CAME, Step.MOVE_TO_NOW, Step.OVERRIDE)


@pytest.mark.parametrize(
    ("clock", "day", "code"),
    [
        # Booked from 00:10 to 00:30: the evening before is inside the early window from 23:40.
        ("23:40", date(2026, 11, 20), Code.ACCEPTED),
        ("23:39:59", date(2026, 11, 20), Code.WRONG_DAY),
        ("01:30", date(2026, 11, 21), Code.ACCEPTED),
        ("01:30:01", date(2026, 11, 21), Code.TOO_LATE),
    ],
)
def test_the_windows_reach_over_midnight(clock: str, day: date, code: Code) -> None:
    exchange = replace(an_exchange(), starts_at=at("00:10"), ends_at=at("00:30"))

    assert decide_at(at(clock, day), exchange).verdict.code is code


def test_the_late_window_reaches_over_midnight() -> None:
    exchange = replace(an_exchange(), starts_at=at("23:30"), ends_at=at("23:50"))
    tomorrow = date(2026, 11, 22)

    assert decide_at(at("00:50", tomorrow), exchange).verdict.accepted
    assert decide_at(at("00:50:01", tomorrow), exchange).verdict.code is Code.WRONG_DAY


def test_the_windows_are_those_of_the_kind() -> None:
    rules = Rules({kind: KindRules() for kind in Kind} | {Kind.CUSTODY: KindRules(early=5)})
    custody = replace(an_exchange(), kind=Kind.CUSTODY)
    early = replace(a_situation("14:05"), rules=rules)

    assert decide(an_exchange(), arrive(), early).verdict.accepted
    assert decide(custody, arrive(), early).verdict.code is Code.TOO_EARLY


def test_the_window_is_asked_for_the_time_it_happened_not_for_now() -> None:
    assert done(an_exchange(), arrive("15:30"), now="18:00").giver.presence is HERE
    assert refused(an_exchange(), arrive("13:30"), now="14:15").verdict.code is Code.TOO_EARLY


@pytest.mark.parametrize(("clock", "code"), [("13:30", Code.TOO_EARLY), ("16:00", Code.TOO_LATE)])
def test_a_reason_overrides_the_time_and_the_code_is_recorded(clock: str, code: Code) -> None:
    decision = decide(an_exchange(), anyway(), a_situation(clock))

    assert decision.verdict.accepted
    assert decision.verdict.overrode == (code,)
    assert decision.words == "Order of a supervisor"
    assert decision.after.giver.presence is HERE


def test_a_wrong_day_is_overridden_too() -> None:
    tomorrow = replace(a_situation(), now=at("09:00", date(2026, 11, 22)))

    assert decide(an_exchange(), anyway(), tomorrow).verdict.overrode == (Code.WRONG_DAY,)


def test_where_nothing_is_refused_nothing_is_overridden() -> None:
    decision = decide(an_exchange(), anyway(), a_situation("14:15"))

    assert decision.verdict.accepted
    assert decision.verdict.overrode == ()


@pytest.mark.parametrize("reason", ["", "  ", "\t"])
def test_an_override_wants_a_reason(reason: str) -> None:
    decision = refused(an_exchange(), anyway(reason), now="13:00")

    assert decision.verdict.code is Code.NO_REASON
    assert decision.verdict.next == (Step.GIVE_REASON,)


def test_only_rules_of_time_are_overridden() -> None:
    assert refused(an_exchange(HERE), anyway()).verdict.code is Code.ALREADY_HERE
    assert {Code.WRONG_DAY, Code.TOO_EARLY, Code.TOO_LATE} == OVERRIDABLE


def test_moved_to_now_the_exchange_keeps_its_length() -> None:
    moved = done(an_exchange(), MoveToNow(by=OFFICER, ref=REF), now="16:03:41")

    assert (moved.starts_at, moved.ends_at) == (at("16:03"), at("16:23"))
    assert done(moved, arrive(), now="16:04").giver.presence is HERE


def test_moved_to_now_onto_a_taken_bay_it_is_refused() -> None:
    move = MoveToNow(by=OFFICER, ref=REF)
    exchange = replace(an_exchange(), bay="1")
    other = replace(exchange, ref=OTHER_REF, starts_at=at("16:00"), ends_at=at("16:20"))
    situation = replace(a_situation("16:03"), neighbours=(exchange, other))

    decision = decide(exchange, move, situation)

    assert decision.verdict.code is Code.BAY_TAKEN
    assert decision.verdict.next == (Step.OTHER_PLACE, Step.OVERRIDE)
    assert decision.verdict.facts.other == OTHER_REF


@pytest.mark.parametrize(
    ("exchange", "side"),
    [
        (an_exchange(HERE), Side.RECEIVER),
        (an_exchange(E, HELD), Side.GIVER),
        (an_exchange(E, ABSENT, Outcome.NO_SHOW), None),
        (an_exchange(LEFT, E), None),
        (an_exchange(), None),
    ],
)
def test_without_a_side_the_only_one_that_fits_is_meant(
    exchange: Exchange, side: Side | None
) -> None:
    decision = decide(exchange, arrive(side=None), a_situation())

    assert decision.side is side
    if side is None:
        assert decision.verdict.code is Code.WHICH_SIDE
        assert decision.verdict.next == (Step.NAME_SIDE,)
    else:
        assert decision.after.party(side).presence is HERE
        assert decision.verdict.facts.side == side


def test_where_both_are_here_already_no_side_is_asked_for() -> None:
    decision = refused(an_exchange(HERE, HERE), arrive(side=None))

    assert decision.verdict.code is Code.ALREADY_HERE
    assert decision.verdict.next == (Step.LEAVE_INSTEAD,)


def test_who_left_comes_back_in_a_new_visit() -> None:
    after = done(an_exchange(LEFT), arrive("14:20"))

    assert after.giver.presence is HERE
    assert after.giver.visits == (*an_exchange(LEFT).giver.visits, Visit(at("14:20")))


def test_nobody_comes_back_before_going() -> None:
    decision = refused(an_exchange(LEFT), arrive("14:19:59"))

    assert decision.verdict.code is Code.BEFORE_ARRIVAL
    assert decision.verdict.facts.limit == at("14:20")


def test_who_comes_after_a_no_show_is_here_and_the_outcome_stays() -> None:
    no_show = an_exchange(ABSENT, LEFT, Outcome.NO_SHOW)

    after = done(no_show, arrive())

    assert after.giver.presence is HERE
    assert (after.outcome, after.closed_at) == (Outcome.NO_SHOW, no_show.closed_at)


def test_a_hold_never_refuses_an_arrival_but_keeps_it_apart() -> None:
    decision = decide(an_exchange(), arrive(), a_situation("14:15", frozenset(Side)))

    assert decision.verdict.accepted
    assert decision.after.giver.presence is HELD
    assert decision.after.giver.visits == (Visit(at("14:15"), held=True),)


def test_a_hold_of_the_other_side_keeps_nobody_apart() -> None:
    decision = decide(an_exchange(), arrive(), a_situation("14:15", frozenset({Side.RECEIVER})))

    assert decision.after.giver.presence is HERE


def test_the_id_is_recorded_and_never_forgotten() -> None:
    assert done(an_exchange(), arrive()).giver.id_check is IdCheck.NOT_ASKED

    seen = done(an_exchange(LEFT), arrive(id_check=IdCheck.SEEN))

    assert seen.giver.id_check is IdCheck.SEEN
    left = seen.with_party(an_exchange(LEFT).giver)
    again = left.with_party(replace(left.giver, id_check=IdCheck.SEEN))
    assert done(again, arrive()).giver.id_check is IdCheck.SEEN


def test_a_party_that_was_not_named_is_named_on_arrival() -> None:
    named = replace(arrive(), name="Marie Dupont")
    known = an_exchange().with_party(replace(an_exchange().giver, name="M. Dupont-Roy"))

    assert done(an_exchange(), named).giver.name == "Marie Dupont"
    assert done(known, named).giver.name == "M. Dupont-Roy"


def test_an_arrival_confirms_both_sides() -> None:
    guessed = an_exchange()
    for party in guessed.parties:
        guessed = guessed.with_party(replace(party, assumed=True))

    after = done(guessed, arrive(side=Side.RECEIVER))

    assert [party.assumed for party in after.parties] == [False, False]


def test_an_arrival_is_never_in_the_future() -> None:
    decision = refused(an_exchange(), arrive("14:32:01"))

    assert decision.verdict.code is Code.IN_THE_FUTURE
    assert decision.verdict.facts.limit == at("14:32")
    assert decision.verdict.next == (Step.CORRECT_TIME,)


@pytest.mark.parametrize(
    ("exchange", "code"),
    [
        # Everything is wrong at once, and then one thing less at a time.
        (an_exchange(HERE, outcome=Outcome.CANCELLED), Code.CANCELLED),
        (an_exchange(HERE, outcome=Outcome.MET), Code.CLOSED),
        (an_exchange(HERE), Code.ALREADY_HERE),
        (an_exchange(LEFT), Code.STALE),
    ],
)
def test_the_closest_rule_answers_first(exchange: Exchange, code: Code) -> None:
    intent = replace(arrive("16:00"), seen_version=exchange.version + 1)

    assert refused(exchange, intent, now="13:00").verdict.code is code


def test_after_the_state_come_the_version_the_clock_the_reason_and_the_windows() -> None:
    exchange = an_exchange()
    late = replace(anyway(""), at=at("16:00"), seen_version=9)

    codes = [
        refused(exchange, late, now="13:00").verdict.code,
        refused(exchange, replace(late, seen_version=1), now="13:00").verdict.code,
        refused(exchange, replace(late, seen_version=1), now="16:00").verdict.code,
        refused(exchange, arrive("16:00"), now="16:00").verdict.code,
    ]

    assert codes == [Code.STALE, Code.IN_THE_FUTURE, Code.NO_REASON, Code.TOO_LATE]


def test_a_version_that_was_seen_or_not_asked_for_is_no_hindrance() -> None:
    exchange = replace(an_exchange(), version=3)

    assert done(exchange, replace(arrive(), seen_version=3)).giver.presence is HERE
    assert done(exchange, arrive()).giver.presence is HERE
