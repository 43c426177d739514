"""Desks want the same at the same moment: one wins, and the losers see who and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.clock import SystemClock
from desk.domain.booking import Booking, PartyDraft
from desk.domain.exchange import Kind, Presence
from desk.domain.intents import Book, By
from desk.domain.verdict import Code
from tests.e2e.stations import a_station_on_disk
from tests.faults.racing import (
    ARRIVALS,
    a_station_to_race_at,
    desks,
    race,
    race_to_arrive,
    without_the_write_lock,
)
from tests.faults.stream import open_there

BOOKINGS = {2: 50, 4: 10}
"""How many races for a bay so many desks run."""


@pytest.mark.parametrize(("count", "races"), ARRIVALS.items())
def test_each_arrival_at_several_desks_has_one_winner(
    tmp_path: Path, count: int, races: int
) -> None:
    """Promises: of two or four desks one checks a party in; the others see who did, and when."""
    on_disk = a_station_to_race_at(tmp_path, races)

    finishes = race_to_arrive(on_disk, count)

    with open_there(on_disk.folder) as service:
        recorded = {row.number: row.recorded_at for row in service.journal()}
        assert service.verify().ok
        stored = [service.exchange(ref) for ref in on_disk.refs.values()]
    assert len(finishes) == races
    for won, *lost in finishes:
        assert won.verdict.code == Code.ACCEPTED
        assert {each.verdict.code for each in lost} == {Code.ALREADY_HERE}
        for each in lost:
            earlier = each.verdict.prior
            assert earlier is not None
            assert (earlier.number, earlier.officer, earlier.desk, earlier.recorded_at) == (
                won.verdict.number,
                "4412",
                won.desk,
                recorded[earlier.number],
            )
    assert all(one and one.giver.presence is Presence.HERE for one in stored)
    assert all(one and len(one.giver.visits) == 1 for one in stored)


@pytest.mark.parametrize(("count", "races"), BOOKINGS.items())
def test_each_bay_that_several_desks_book_has_one_winner(
    tmp_path: Path, count: int, races: int
) -> None:
    """Promises: of two or four desks one books the bay; the others see who has it."""
    on_disk = a_station_on_disk(tmp_path, [])
    tomorrow = SystemClock().now().add(days=1).start_of("minute")

    def books(by: By) -> list[Book]:
        wanted = Booking(
            Kind.SALE, tomorrow, tomorrow.add(minutes=20), PartyDraft(by.desk), bay="1"
        )
        return [
            Book(by=by, booking=wanted.moved_to(tomorrow.add(minutes=20 * number)))
            for number in range(races)
        ]

    finishes = race(on_disk.folder, [books(by) for by in desks(count)])

    assert len(finishes) == races
    for won, *lost in finishes:
        assert won.verdict.code == Code.ACCEPTED
        assert {(each.verdict.code, each.verdict.facts.other) for each in lost} == {
            (Code.BAY_TAKEN, won.verdict.ref)
        }
    with open_there(on_disk.folder) as service:
        assert service.verify().ok
        booked = [service.exchange(won.verdict.ref or "") for won, *_lost in finishes]
    assert [one and one.giver.name for one in booked] == [won.desk for won, *_lost in finishes]


def test_desks_that_take_the_lock_too_late_are_caught(tmp_path: Path) -> None:
    """Has teeth: without the write lock from the beginning, a loser does not see who won."""
    on_disk = a_station_to_race_at(tmp_path, 20)

    finishes = race_to_arrive(on_disk, 2, without_the_write_lock)

    assert {lost.verdict.code for _won, lost in finishes} != {Code.ALREADY_HERE}
