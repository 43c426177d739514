"""What a bay allows, whether it is free, and where else there is room."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.bays import Bays, Place, busy_with, in_use, without
from desk.domain.booking import Booking
from desk.domain.exchange import Exchange, Kind, Outcome, Presence
from desk.domain.rules import BayRules
from desk.domain.verdict import Code
from tests.domain.making import OTHER_REF, ZONE, an_exchange, at

ANYTHING = BayRules()
THREE = Bays({"1": ANYTHING, "2": ANYTHING, "3": ANYTHING}, ZONE)
NOON = at("12:00")
WANTED = Booking(Kind.SALE, at("14:15"), at("14:35"), bay="1")


def in_bay(bay: str, starts: str, ends: str, ref: str = OTHER_REF) -> Exchange:
    """An open exchange that has a bay from then to then."""
    return replace(an_exchange(), ref=ref, bay=bay, starts_at=at(starts), ends_at=at(ends))


def one_bay(rules: BayRules) -> Bays:
    return Bays({"1": rules}, ZONE)


@pytest.mark.parametrize(
    ("starts", "ends", "taken"),
    [
        ("13:55", "14:15", False),
        ("13:55", "14:16", True),
        ("14:20", "14:25", True),
        ("14:34", "14:54", True),
        ("14:35", "14:55", False),
    ],
)
def test_two_exchanges_want_one_bay_where_their_times_overlap(
    starts: str, ends: str, *, taken: bool
) -> None:
    other = in_bay("1", starts, ends)

    assert (THREE.taken_by(WANTED, [other]) is not None) is taken
    assert THREE.taken_by(WANTED.in_bay("2"), [other]) is None
    assert THREE.taken_by(WANTED.in_bay(None), [other]) is None


@pytest.mark.parametrize(("buffer", "taken"), [(4, False), (5, False), (6, True)])
def test_the_buffer_stays_free_before_and_after(buffer: int, *, taken: bool) -> None:
    bays = one_bay(BayRules(buffer=buffer))

    for other in (in_bay("1", "13:50", "14:10"), in_bay("1", "14:40", "15:00")):
        assert (bays.taken_by(WANTED, [other]) is not None) is taken


@given(
    st.lists(
        st.tuples(st.sampled_from(["1", "2", None]), st.integers(0, 40), st.integers(1, 15)),
        max_size=12,
    ),
    st.integers(0, 6),
)
def test_whoever_clashes_with_anybody_is_among_those_that_clash(
    stays: list[tuple[str | None, int, int]], buffer: int
) -> None:
    bays = Bays({code: BayRules(buffer=buffer) for code in ("1", "2")}, ZONE)
    there = [
        replace(
            an_exchange(),
            ref=str(number),
            bay=bay,
            starts_at=NOON.add(minutes=start),
            ends_at=NOON.add(minutes=start + length),
        )
        for number, (bay, start, length) in enumerate(stays)
    ]
    pairs = list(bays.clashes(there))

    assert {each.ref for pair in pairs for each in pair} == {
        one.ref for one in there if bays.taken_by(Booking.of(one), without(there, one.ref))
    }
    assert all(bays.taken_by(Booking.of(one), [other]) for one, other in pairs)


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.NONE])
def test_what_is_closed_takes_no_bay(outcome: Outcome) -> None:
    closed = replace(in_bay("1", "14:15", "14:35"), outcome=outcome)

    assert THREE.taken_by(WANTED, [closed]) is None


@pytest.mark.parametrize(
    ("rules", "wanted", "code"),
    [
        (BayRules(kinds=frozenset({Kind.CUSTODY})), WANTED, Code.BAY_KIND),
        (BayRules(kinds=frozenset({Kind.SALE})), WANTED, None),
        (BayRules(large=False), replace(WANTED, large=True), Code.BAY_LARGE),
        (BayRules(large=False), WANTED, None),
        (BayRules(opens=time(14, 30)), WANTED, Code.BAY_CLOSED),
        (BayRules(opens=time(14, 15), closes=time(14, 35)), WANTED, None),
        (BayRules(closes=time(14, 30)), WANTED, Code.BAY_CLOSED),
        (BayRules(), replace(WANTED, ends_at=at("14:35").add(days=1)), None),
        (
            BayRules(opens=time(8)),
            replace(WANTED, ends_at=at("14:35").add(days=1)),
            Code.BAY_CLOSED,
        ),
    ],
)
def test_a_bay_is_meant_for_some_things(
    rules: BayRules, wanted: Booking, code: Code | None
) -> None:
    assert one_bay(rules).unfit(wanted) is code
    assert one_bay(rules).unfit(wanted.in_bay(None)) is None


def test_other_bays_at_the_same_time_come_before_other_times() -> None:
    others = [in_bay("1", "14:15", "14:35"), in_bay("2", "14:00", "14:20")]

    assert THREE.free_places(WANTED, others, 3, NOON) == (
        Place("3", at("14:15")),
        Place("2", at("14:20")),
        Place("3", at("14:20")),
    )


def test_the_bay_that_was_wanted_comes_first_among_equals() -> None:
    wanted = WANTED.in_bay("3")

    assert THREE.free_places(wanted, [], 2, NOON) == (
        Place("3", at("14:15")),
        Place("1", at("14:15")),
    )


def test_no_time_is_offered_that_has_passed() -> None:
    taken = [in_bay(bay, "14:15", "14:35") for bay in ("1", "2", "3")]
    times = {
        now: [place.starts_at for place in THREE.free_places(WANTED, taken, 3, at(now))]
        for now in ("12:00", "14:10", "14:32")
    }

    assert times["12:00"] == [at("14:35"), at("14:35"), at("14:35")]
    assert times["14:10"] == times["14:32"] == times["12:00"]
    assert THREE.free_places(WANTED, taken[1:], 2, at("14:32")) == (
        Place("1", at("14:15")),
        Place("1", at("14:35")),
    )
    first = in_bay("1", "14:20", "14:55")
    assert THREE.free_places(WANTED, [*taken[1:], first], 1, at("12:00")) == (
        Place("1", at("14:00")),
    )
    assert THREE.free_places(WANTED, [*taken[1:], first], 1, at("14:01")) == (
        Place("2", at("14:35")),
    )


def test_where_nothing_is_free_nothing_is_offered() -> None:
    all_day = [in_bay(bay, "08:00", "20:00") for bay in ("1", "2", "3")]

    assert THREE.free_places(WANTED, all_day, 3, NOON) == ()
    assert THREE.free_now(WANTED, all_day) is None


def test_the_best_bay_stays_free_longest_and_has_nobody_in_it() -> None:
    late = replace(
        in_bay("3", "13:00", "13:20"),
        giver=an_exchange(Presence.HERE).giver,
        receiver=an_exchange(receiver=Presence.HERE).receiver,
    )
    others = [in_bay("1", "15:00", "15:20"), in_bay("2", "16:00", "16:20"), late]

    assert [bay for bay, _user in in_use(others)] == ["3"]
    places = THREE.free_places(WANTED, others, 5, at("14:15"))
    assert Place("2", WANTED.starts_at) in places
    assert Place("3", WANTED.starts_at) not in places
    assert Place("3", WANTED.starts_at.add(minutes=5)) in places
    assert THREE.free_now(WANTED, others) == "2"


def test_the_best_bay_has_nobody_waiting_at_it() -> None:
    waits = replace(in_bay("1", "13:50", "14:10"), giver=an_exchange(Presence.HERE).giver)
    others = [waits, in_bay("2", "14:40", "15:00")]
    three = in_bay("3", "14:10", "14:30")

    assert THREE.free_now(WANTED, [*others, three]) == "2"
    assert THREE.free_now(WANTED, [waits, three, in_bay("2", "14:20", "14:40")]) == "1"


def test_a_bay_is_busy_while_the_ones_before_are_still_in_it() -> None:
    user = replace(
        an_exchange(Presence.HERE, Presence.HERE), ref=OTHER_REF, bay="1", starts_at=at("13:50")
    )
    due = replace(an_exchange(), bay="1")

    assert busy_with(due, [user, due], at("14:15")) == user
    assert busy_with(due, [user, due], at("14:14")) is None
    assert busy_with(replace(due, bay="2"), [user], at("14:15")) is None
    assert busy_with(replace(due, started_at=at("14:20")), [user], at("14:20")) is None
    left = replace(user, giver=an_exchange(Presence.LEFT).giver)
    assert busy_with(due, [left], at("14:15")) is None
