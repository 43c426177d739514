"""The station PC's clock is set back: nobody is kept from working, and the record shows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desk.domain.exchange import DisputeCategory, Outcome, Settlement, Side
from desk.domain.intents import (
    Arrive,
    Cancel,
    Finish,
    Leave,
    NotMet,
    OpenDispute,
    Reopen,
    Settle,
    Start,
    StillHere,
)
from desk.domain.verdict import Code, Verdict
from tests.builders import StationUnderTest, an_exchange, moment

G, R = Side.GIVER, Side.RECEIVER
LAST = moment("14:32")
JUST_AFTER = LAST.add(microseconds=1)
Tried = Callable[[StationUnderTest, str], Verdict]

TRIED: dict[str, Tried] = {
    "start": lambda s, r: s.did(Start, r),
    "leave": lambda s, r: s.did(Leave, r, side=G),
    "finish": lambda s, r: s.did(Finish, r),
    "not met": lambda s, r: s.did(NotMet, r, still_here=StillHere.LEAVES),
    "cancel": lambda s, r: s.did(Cancel, r, still_here=StillHere.NOT_OBSERVED),
    "settle": lambda s, r: s.did(Settle, r, settlement=Settlement.NO_ACTION),
}


def disputed_and_set_back(station: StationUnderTest) -> str:
    """An exchange of both parties, the last act on it at 14:32; then the clock shows 13:10."""
    ref = station.book_one(an_exchange().with_both_here("14:13"))
    station.did(OpenDispute, ref, category=DisputeCategory.OTHER, text="x")
    station.clock.set("13:10")
    return ref


@pytest.mark.parametrize("tried", TRIED.values(), ids=TRIED)
def test_an_act_now_is_done_and_kept_in_order(station: StationUnderTest, tried: Tried) -> None:
    ref = disputed_and_set_back(station)

    tried(station, ref)

    row = station.service.journal()[-1]
    assert (row.occurred_at, row.recorded_at) == (JUST_AFTER, moment("13:10"))
    assert station.service.timeline(ref)[0].occurred_at == JUST_AFTER
    assert station.service.verify().ok


def test_a_day_goes_on_after_it_and_its_acts_stay_in_order(station: StationUnderTest) -> None:
    ref = disputed_and_set_back(station)

    station.did(Leave, ref, side=G)
    station.clock.advance(minutes=5)
    station.did(Arrive, ref, side=G)
    station.did(Start, ref)
    station.did(Finish, ref)
    station.did(Reopen, ref, reason="They are still talking")

    newest = station.service.timeline(ref)[:5]
    times = [entry.occurred_at for entry in newest]
    assert times == [LAST.add(microseconds=n) for n in (5, 4, 3, 2, 1)]
    assert station.service.verify().ok
    assert station.undo(ref).accepted
    assert station.exchange(ref).outcome is Outcome.MET


def test_who_came_and_went_one_after_the_other_still_did_not_meet(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(an_exchange().with_seller_here("14:13"))
    station.did(Leave, ref, side=G)
    station.clock.set("14:05")

    station.did(Arrive, ref, side=R)

    assert station.do(Finish, ref).code is Code.DID_NOT_MEET


def test_who_was_here_when_the_other_came_still_met(station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().with_seller_here("14:13"))
    station.did(Arrive, ref, side=R)
    station.clock.set("14:05")

    station.did(Leave, ref, side=G)

    assert station.did(Finish, ref).accepted
    assert station.exchange(ref).met
    assert station.service.verify().ok


def test_what_is_typed_is_read_by_the_clock_as_it_is(station: StationUnderTest) -> None:
    ref = disputed_and_set_back(station)

    assert station.do(Leave, ref, side=G, at=moment("14:20")).code is Code.IN_THE_FUTURE
    assert station.do(Leave, ref, side=G, at=moment("13:05")).code is Code.BEFORE_ARRIVAL


def test_once_the_clock_is_right_again_it_is_believed(station: StationUnderTest) -> None:
    ref = disputed_and_set_back(station)
    station.did(Start, ref)
    station.clock.set("14:40")

    station.did(Finish, ref)

    assert station.exchange(ref).closed_at == moment("14:40")
