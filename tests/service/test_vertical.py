"""One whole exchange, from the file to the record."""

from desk.domain.exchange import Outcome, Presence, Side
from desk.domain.intents import Arrive, Finish
from tests.builders import DAY, StationUnderTest, an_exchange


def test_a_booking_is_taken_in_checked_in_finished_verified_and_undone(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(an_exchange().with_seller_here("14:13"))
    station.did(Arrive, ref, side=Side.RECEIVER)
    station.did(Finish, ref)

    assert station.exchange(ref).outcome is Outcome.MET
    assert [each.ref for each in station.board(DAY).exchanges] == [ref]
    assert [each.verb for each in station.service.timeline(ref)] == [
        "finish",
        "arrive",
        "arrive",
        "import",
    ]
    assert station.service.verify().ok

    assert station.undo(ref).accepted
    assert station.exchange(ref).outcome is Outcome.NONE
    assert station.exchange(ref).giver.presence is Presence.HERE
    assert station.service.verify().ok
