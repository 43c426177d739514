"""The exchange and its parties: visits that overlap, sides, presences."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.exchange import Dispute, DisputeCategory, Exchange, Presence, Side, Visit
from tests.domain.making import a_party, an_exchange, at


def visit(arrived: str, left: str | None = None) -> Visit:
    return Visit(at(arrived)) if left is None else Visit(at(arrived), at(left), left_observed=True)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (visit("14:10"), visit("14:20")),
        (visit("14:10", "14:20:01"), visit("14:20")),
        (visit("14:10", "14:30"), visit("14:15", "14:20")),
        (visit("14:10", "14:30"), visit("14:15", "14:15")),
        (visit("14:10"), visit("14:10")),
    ],
)
def test_two_visits_share_a_moment(mine: Visit, theirs: Visit) -> None:
    assert mine.overlaps(theirs)
    assert theirs.overlaps(mine)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (visit("14:10", "14:15"), visit("14:20")),
        (visit("14:10", "14:19:59"), visit("14:20", "14:30")),
        (visit("14:10", "14:20"), visit("14:20")),
        (visit("14:10", "14:20"), visit("14:20", "14:21")),
    ],
)
def test_two_visits_share_no_moment(mine: Visit, theirs: Visit) -> None:
    assert not mine.overlaps(theirs)
    assert not theirs.overlaps(mine)


@given(*[st.integers(0, 30)] * 2, *[st.integers(1, 10)] * 2)
def test_an_overlap_is_a_minute_in_both(a: int, b: int, c: int, d: int) -> None:
    mine, theirs = (a, a + c), (b, b + d)
    start = at("14:00")
    visits = [
        Visit(start.add(minutes=first), start.add(minutes=last), left_observed=True)
        for first, last in (mine, theirs)
    ]

    shared = bool(set(range(*mine)) & set(range(*theirs)))

    assert visits[0].overlaps(visits[1]) is shared
    assert visits[1].overlaps(visits[0]) is shared


def held(arrived: str, released: str | None = None, left: str | None = None) -> Visit:
    return replace(
        visit(arrived, left), held=True, released_at=None if released is None else at(released)
    )


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (visit("14:10"), held("14:15")),
        (visit("14:10"), held("14:15", left="14:30")),
        (visit("14:10", "14:20"), held("14:15", "14:20", "14:30")),
        (visit("14:16", "14:18"), held("14:15", "14:20")),
        (held("14:10", "14:12"), held("14:10")),
    ],
)
def test_who_is_held_is_not_here_to_meet_anybody(mine: Visit, theirs: Visit) -> None:
    assert not mine.overlaps(theirs)
    assert not theirs.overlaps(mine)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (visit("14:10"), held("14:15", "14:20")),
        (visit("14:10", "14:25"), held("14:15", "14:20", "14:30")),
        (held("14:10", "14:12", "14:18"), held("14:10", "14:17")),
    ],
)
def test_who_was_released_is_here_from_then_on(mine: Visit, theirs: Visit) -> None:
    assert mine.overlaps(theirs)
    assert theirs.overlaps(mine)


def test_any_two_of_several_visits_make_a_meeting() -> None:
    exchange = an_exchange(Presence.LEFT, Presence.HERE)
    early = replace(exchange.giver, visits=(visit("14:00", "14:05"), visit("14:20", "14:25")))
    apart = replace(exchange.receiver, visits=(visit("14:10", "14:15"),))
    together = replace(exchange.receiver, visits=(*apart.visits, visit("14:24")))

    assert not exchange.with_party(early).with_party(apart).met
    assert exchange.with_party(early).with_party(together).met


def test_nobody_came_nobody_met() -> None:
    assert not an_exchange().met


def test_only_held_and_here_are_in_the_building() -> None:
    inside = {presence for presence in Presence if presence.in_the_building}

    assert inside == {Presence.HELD, Presence.HERE}


def test_a_party_goes_to_its_own_side() -> None:
    giver, receiver = a_party(Side.GIVER, Presence.HERE), a_party(Side.RECEIVER, Presence.LEFT)

    exchange = an_exchange().with_party(giver).with_party(receiver)

    assert exchange.parties == (giver, receiver)
    assert [exchange.party(side) for side in Side] == [giver, receiver]
    assert exchange.sides_with(Presence.HERE, Presence.HELD) == (Side.GIVER,)
    assert exchange.sides_with(Presence.LEFT, Presence.HERE) == tuple(Side)


def test_each_side_has_the_other() -> None:
    assert [side.other for side in Side] == [Side.RECEIVER, Side.GIVER]


def test_the_length_is_the_booked_one() -> None:
    assert an_exchange().length_minutes == 20


def test_the_newest_visit_is_the_last() -> None:
    back = replace(a_party(Side.GIVER), visits=(visit("14:00", "14:05"), visit("14:20")))

    assert back.last_visit == visit("14:20")
    assert back.visits[1].is_open
    assert not back.visits[0].is_open
    assert a_party(Side.GIVER).last_visit is None


def test_a_settled_dispute_is_no_longer_open() -> None:
    def disputed(dispute: Dispute | None) -> Exchange:
        return replace(an_exchange(), dispute=dispute)

    dispute = Dispute(1, DisputeCategory.OTHER, None, at("14:20"))

    assert disputed(dispute).disputed
    assert not disputed(replace(dispute, settled_at=at("14:25"))).disputed
    assert not disputed(None).disputed
