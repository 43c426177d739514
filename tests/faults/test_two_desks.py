"""Desks want the same at the same moment: one wins, and the losers see who and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.clock import SystemClock
from desk.domain.booking import Booking, PartyDraft
from desk.domain.exchange import Kind, Presence, Side
from desk.domain.intents import Arrive, Book, By
from desk.domain.verdict import Code
from tests.e2e.stations import Booked, StationOnDisk, a_station_on_disk
from tests.faults.racing import race, without_the_write_lock
from tests.faults.stream import open_there

ARRIVALS = {2: 100, 4: 25}
BOOKINGS = {2: 50, 4: 10}
"""How many races so many desks run."""


def desks(count: int) -> list[By]:
    return [By("4412", f"desk {number}") for number in range(1, 1 + count)]


def a_station_with(exchanges: int, folder: Path) -> StationOnDisk:
    day = [Booked(0, f"Giver{n} One", f"Receiver{n} Two", bay=None) for n in range(exchanges)]
    return a_station_on_disk(folder, day)


def arrivals(on_disk: StationOnDisk, by: By) -> list[Arrive]:
    return [Arrive(ref=ref, by=by, side=Side.GIVER) for ref in on_disk.refs.values()]


@pytest.mark.parametrize(("count", "races"), ARRIVALS.items())
def test_each_arrival_at_several_desks_has_one_winner(
    tmp_path: Path, count: int, races: int
) -> None:
    """Promises: of two or four desks one checks a party in; the others see who did, and when."""
    on_disk = a_station_with(races, tmp_path)

    finishes = race(on_disk.folder, [arrivals(on_disk, by) for by in desks(count)])

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
    on_disk = a_station_with(20, tmp_path)

    finishes = race(
        on_disk.folder, [arrivals(on_disk, by) for by in desks(2)], without_the_write_lock
    )

    assert {lost.verdict.code for _won, lost in finishes} != {Code.ALREADY_HERE}
