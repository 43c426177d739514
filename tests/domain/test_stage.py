"""Stages at their borders, in their order; grace, proposals and the header's counts."""

from dataclasses import replace
from itertools import product

import pytest

from desk.domain.exchange import Dispute, DisputeCategory, Exchange, Kind, Outcome, Presence, Side
from desk.domain.intents import Arrive, Leave, Release, Start
from desk.domain.rules import (
    KindRules,
    Moment,
    Rules,
    grace_ends,
    late_until,
    no_show_proposed,
    opens_at,
)
from desk.domain.stage import Counts, Stage, StageName, count, stage_of
from tests.domain.making import OFFICER, REF, an_exchange, arrived, at, done

E, HELD, HERE, LEFT, ABSENT = Presence
G, R = Side
RULES = Rules()
IN_BAY = replace(an_exchange(HERE, HERE), started_at=at("14:12"))


def stage(exchange: Exchange, clock: str, *, set_back: bool = False) -> Stage:
    return stage_of(exchange, RULES, Moment(at(clock), set_back))


def calls(exchange: Exchange, side: Side, clock: str) -> Exchange:
    return exchange.with_party(replace(exchange.party(side), expected_at=at(clock)))


@pytest.mark.parametrize(
    ("exchange", "clock", "name", "since", "sides"),
    [
        (an_exchange(), "13:44:59", "upcoming", "14:15", ()),
        (an_exchange(), "13:45", "due", "14:15", ()),
        (an_exchange(), "14:14:59", "due", "14:15", ()),
        (an_exchange(), "14:15", "late", "14:15", ()),
        (an_exchange(), "14:29:59", "late", "14:15", ()),
        (an_exchange(), "14:30", "overdue", "14:30", (G, R)),
        (an_exchange(), "23:00", "overdue", "14:30", (G, R)),
        (an_exchange(HERE), "14:14:59", "waiting", "14:10", (G,)),
        (an_exchange(E, HERE), "14:11", "waiting", "14:10", (R,)),
        (an_exchange(HERE), "14:15", "late", "14:15", (G,)),
        (an_exchange(HERE), "14:29:59", "late", "14:15", (G,)),
        (an_exchange(HERE), "14:30", "overdue", "14:30", (R,)),
        (an_exchange(E, HERE), "14:30", "overdue", "14:30", (G,)),
        (arrived(an_exchange(HERE), R, "14:13"), "14:40", "ready", "14:13", (G, R)),
        (IN_BAY, "14:12", "in_bay", "14:12", ()),
        (IN_BAY, "14:31:59", "in_bay", "14:12", ()),
        (IN_BAY, "14:32", "over", "14:32", ()),
        (an_exchange(LEFT), "14:25", "parted", "14:20", (G,)),
        (an_exchange(LEFT, E), "15:00", "parted", "14:20", (G,)),
        (an_exchange(LEFT, HERE), "14:25", "parted", "14:20", (G,)),
        (an_exchange(LEFT, LEFT), "14:25", "parted", "14:20", (G, R)),
        (an_exchange(HELD), "15:00", "held", "14:10", (G,)),
        (an_exchange(HELD, LEFT), "14:25", "held", "14:10", (G,)),
        (an_exchange(HERE, HELD), "14:25", "held", "14:10", (R,)),
        (an_exchange(LEFT, LEFT, Outcome.MET), "14:30", "met", "14:25", ()),
        (an_exchange(LEFT, HERE, Outcome.NOT_MET), "14:30", "not_met", "14:25", ()),
        (an_exchange(HERE, ABSENT, Outcome.NO_SHOW), "14:30", "no_show", "14:25", (R,)),
        (an_exchange(ABSENT, ABSENT, Outcome.NO_SHOW), "14:30", "no_show", "14:25", (G, R)),
        (an_exchange(outcome=Outcome.CANCELLED), "13:00", "cancelled", "14:25", ()),
    ],
)
def test_a_stage_begins_and_ends_at_its_border(
    exchange: Exchange, clock: str, name: str, since: str, sides: tuple[Side, ...]
) -> None:
    assert stage(exchange, clock) == Stage(StageName(name), at(since), sides)


ORDER = [
    an_exchange(HELD, LEFT, Outcome.CANCELLED),
    replace(an_exchange(HELD, LEFT), started_at=at("14:00")),
    replace(an_exchange(HERE, LEFT), started_at=at("14:00")),
    replace(an_exchange(HERE, HERE), started_at=at("14:00")),
    replace(an_exchange(HERE, HERE), started_at=at("14:30")),
    an_exchange(HERE, HERE),
    an_exchange(HERE, E),
    calls(an_exchange(HERE, E), R, "14:50"),
    replace(an_exchange(HERE, E), starts_at=at("14:45")),
    replace(an_exchange(), starts_at=at("14:45")),
    replace(an_exchange(), starts_at=at("15:15")),
]


def test_the_first_stage_that_holds_is_the_one() -> None:
    """Each of these would be the next one's stage, were it not for what comes before it."""
    names = [stage(exchange, "14:35").name for exchange in ORDER]

    assert names == list(StageName)[list(StageName).index(StageName.CANCELLED) :]


def test_every_state_has_a_stage_in_every_minute() -> None:
    clocks = ["13:00", "14:00", "14:20", "14:35"]
    for giver, receiver, outcome, clock in product(Presence, Presence, Outcome, clocks):
        found = stage(an_exchange(giver, receiver, outcome), clock)
        assert (found.name.value == outcome.value) is (outcome is not Outcome.NONE)


def test_an_outcome_without_its_time_counts_from_the_start() -> None:
    unknown = replace(an_exchange(outcome=Outcome.CANCELLED), closed_at=None)

    assert stage(unknown, "14:30").since == at("14:15")


def test_a_dispute_is_no_stage() -> None:
    disputed = replace(IN_BAY, dispute=Dispute(1, DisputeCategory.OTHER, None, at("14:13")))

    assert stage(disputed, "14:20") == stage(IN_BAY, "14:20")


def test_who_came_back_to_the_bay_is_in_it_since_the_new_start() -> None:
    started = done(an_exchange(HERE, HERE), Start(by=OFFICER, ref=REF), now="14:10")
    parted = done(started, Leave(by=OFFICER, ref=REF, side=G), now="14:20")
    back = done(parted, Arrive(by=OFFICER, ref=REF, side=G), now="14:31")
    again = done(back, Start(by=OFFICER, ref=REF), now="14:33")

    stages = [stage(each, "14:34") for each in (parted, back, again)]

    assert [each.name.value for each in stages] == ["parted", "ready", "in_bay"]
    assert [each.since for each in stages] == [at("14:20"), at("14:31"), at("14:33")]


def test_who_was_released_is_ready_since_the_release() -> None:
    released = done(an_exchange(HELD, HERE), Release(by=OFFICER, ref=REF, side=G), now="14:20")

    assert stage(released, "14:25") == Stage(StageName.READY, at("14:20"), (G, R))


def test_who_came_back_waits_since_then() -> None:
    back = arrived(an_exchange(LEFT), G, "14:05")

    assert stage(back, "14:06") == Stage(StageName.WAITING, at("14:05"), (G,))


@pytest.mark.parametrize(
    ("clock", "minutes"),
    [("14:14:01", 1), ("14:14", 1), ("14:13:59", 2), ("14:15", 0), ("14:15:59", 0), ("14:16", 1)],
)
def test_minutes_until_round_up_and_minutes_since_down(clock: str, minutes: int) -> None:
    assert Stage(StageName.DUE, at("14:15")).minutes(at(clock)) == minutes


# Grace and proposals


@pytest.mark.parametrize(
    ("called", "ends"),
    [(None, "14:30"), ("14:40", "14:55"), ("14:00", "14:30"), ("14:15", "14:30")],
)
def test_grace_counts_from_the_start_or_from_a_later_time_that_was_called(
    called: str | None, ends: str
) -> None:
    exchange = an_exchange() if called is None else calls(an_exchange(), R, called)

    assert grace_ends(exchange, R, RULES) == at(ends)
    assert grace_ends(exchange, G, RULES) == at("14:30")


def test_a_call_moves_the_proposal_of_that_side_only() -> None:
    called = calls(an_exchange(), R, "14:40")

    assert stage(called, "14:30") == Stage(StageName.OVERDUE, at("14:30"), (G,))
    assert stage(called, "14:55") == Stage(StageName.OVERDUE, at("14:30"), (G, R))
    assert stage(arrived(called, G, "14:20"), "14:54:59").name is StageName.LATE


@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.NONE])
def test_nothing_is_proposed_for_what_is_closed(outcome: Outcome) -> None:
    assert no_show_proposed(an_exchange(outcome=outcome), RULES, Moment(at("15:00"))) == ()


def test_a_clock_that_was_set_back_proposes_nothing() -> None:
    moment = Moment(at("15:00"), set_back=True)

    assert no_show_proposed(an_exchange(), RULES, moment) == ()
    assert stage(an_exchange(HERE), "15:00", set_back=True).name is StageName.LATE
    assert stage(an_exchange(), "15:00", set_back=True).name is StageName.LATE


def test_the_rules_are_those_of_the_kind() -> None:
    rules = Rules({kind: KindRules() for kind in Kind} | {Kind.CUSTODY: KindRules(5, 10, 20, 30)})
    custody = replace(an_exchange(), kind=Kind.CUSTODY)

    assert opens_at(custody, rules) == at("14:10")
    assert grace_ends(custody, G, rules) == at("14:25")
    assert late_until(custody, rules) == at("15:05")
    assert opens_at(an_exchange(), rules) == at("13:45")
    assert late_until(an_exchange(), rules) == at("15:35")


def test_the_defaults_are_the_design_s() -> None:
    usual = KindRules(early=30, grace=15, length=20, late_window=60, stagger=0)

    assert {kind: RULES.of(kind) for kind in Kind} == {
        Kind.SALE: usual,
        Kind.VEHICLE: usual,
        Kind.CUSTODY: replace(usual, stagger=15),
        Kind.OTHER: usual,
    }


# The header


def test_the_header_counts_the_rows_below_it() -> None:
    rows = [
        an_exchange(HERE, HERE),
        an_exchange(HERE, E),
        an_exchange(HELD, LEFT),
        an_exchange(LEFT, HERE, Outcome.NOT_MET),
        an_exchange(),
        replace(an_exchange(), starts_at=at("14:50")),
        replace(an_exchange(), starts_at=at("17:00")),
        an_exchange(outcome=Outcome.CANCELLED),
    ]

    stages = [stage(row, "14:35") for row in rows]
    counts = count(zip(rows, stages, strict=True))

    names = [each.name for each in stages]
    assert counts == Counts(here=5, overdue=2, to_come=2)
    assert counts.overdue == names.count(StageName.OVERDUE)
    assert counts.to_come == sum(name in {"due", "upcoming"} for name in names)


def test_an_empty_board_counts_nothing() -> None:
    assert count([]) == Counts(0, 0, 0)
