"""A party that is kept apart: recorded as having come, and here only from its release on."""

from __future__ import annotations

from dataclasses import replace

from desk.domain.exchange import Exchange, Kind, Presence, Side, Visit
from desk.domain.intents import Arrive, Finish, Leave, Release
from desk.domain.verdict import Code
from desk.storage.engine import connect
from tests.builders import StationUnderTest, an_exchange, moment

G, R = Side.GIVER, Side.RECEIVER


def one_is_held(station: StationUnderTest) -> str:
    """Both adults came at 14:32, and the hold on the receiving one was lifted since."""
    ref = station.book_one(an_exchange().of_kind(Kind.CUSTODY))
    raw = connect(station.path)
    raw.execute("UPDATE party SET hold = 1 WHERE side = 'receiver'")
    for side in Side:
        station.did(Arrive, ref, side=side)
    raw.execute("UPDATE party SET hold = 0")
    raw.close()
    station.clock.set("14:40")
    return ref


def unversioned(exchange: Exchange) -> Exchange:
    return replace(exchange, version=0)


def test_who_is_held_has_come_and_met_nobody(station: StationUnderTest) -> None:
    ref = one_is_held(station)

    receiver = station.exchange(ref).receiver
    assert receiver.presence is Presence.HELD
    assert receiver.visits == (Visit(moment("14:32"), held=True),)
    assert station.do(Finish, ref).code is Code.DID_NOT_MEET


def test_from_the_release_on_they_can_meet(station: StationUnderTest) -> None:
    ref = one_is_held(station)

    station.did(Release, ref, side=R)

    (visit,) = station.exchange(ref).receiver.visits
    assert visit == Visit(moment("14:32"), held=True, released_at=moment("14:40"))
    assert station.did(Finish, ref).accepted


def test_but_not_with_who_had_left_before(station: StationUnderTest) -> None:
    ref = one_is_held(station)
    station.did(Leave, ref, side=G)
    station.clock.set("14:41")

    station.did(Release, ref, side=R)

    assert station.do(Finish, ref).code is Code.DID_NOT_MEET


def test_a_release_is_undone_exactly(station: StationUnderTest) -> None:
    ref = one_is_held(station)
    before = station.exchange(ref)
    station.did(Release, ref, side=R)

    station.undo(ref)

    assert unversioned(station.exchange(ref)) == unversioned(before)
