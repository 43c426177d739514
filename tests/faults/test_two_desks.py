"""Two programs want the same at the same moment: one wins, and the loser sees who and when."""

from __future__ import annotations

from pathlib import Path

from desk.clock import SystemClock
from desk.domain.booking import Booking, PartyDraft
from desk.domain.exchange import Kind, Presence, Side
from desk.domain.intents import Arrive, Book, By
from desk.domain.verdict import Code
from tests.e2e.stations import Booked, a_station_on_disk
from tests.faults.racing import race
from tests.faults.stream import open_there

RACES = 100
DESKS = [By("4412", "desk 1"), By("4412", "desk 2")]


def test_a_hundred_arrivals_have_a_hundred_winners(tmp_path: Path) -> None:
    day = [Booked(0, f"Giver{n} One", f"Receiver{n} Two", bay=None) for n in range(RACES)]
    on_disk = a_station_on_disk(tmp_path, day)
    refs = list(on_disk.refs.values())

    finishes = race(
        on_disk.folder, [[Arrive(ref=ref, by=by, side=Side.GIVER) for ref in refs] for by in DESKS]
    )

    with open_there(on_disk.folder) as service:
        recorded = {row.number: row.recorded_at for row in service.journal()}
        assert service.verify().ok
        stored = [service.exchange(ref) for ref in refs]
    for won, lost in finishes:
        assert (won.verdict.code, lost.verdict.code) == (Code.ACCEPTED, Code.ALREADY_HERE)
        earlier = lost.verdict.prior
        assert earlier is not None
        assert (earlier.number, earlier.officer, earlier.desk) == (
            won.verdict.number,
            "4412",
            won.desk,
        )
        assert earlier.recorded_at == recorded[earlier.number]
    assert all(one and one.giver.presence is Presence.HERE for one in stored)
    assert all(one and len(one.giver.visits) == 1 for one in stored)


def test_a_hundred_bookings_of_one_bay_have_a_hundred_winners(tmp_path: Path) -> None:
    on_disk = a_station_on_disk(tmp_path, [])
    tomorrow = SystemClock().now().add(days=1).start_of("minute")

    def books(by: By) -> list[Book]:
        wanted = Booking(
            Kind.SALE, tomorrow, tomorrow.add(minutes=20), PartyDraft(by.desk), bay="1"
        )
        return [
            Book(by=by, booking=wanted.moved_to(tomorrow.add(minutes=20 * number)))
            for number in range(RACES)
        ]

    finishes = race(on_disk.folder, [books(by) for by in DESKS])

    for won, lost in finishes:
        assert (won.verdict.code, lost.verdict.code) == (Code.ACCEPTED, Code.BAY_TAKEN)
        assert lost.verdict.facts.other == won.verdict.ref
    with open_there(on_disk.folder) as service:
        assert service.verify().ok
        booked = [service.exchange(won.verdict.ref or "") for won, _lost in finishes]
    assert [one and one.giver.name for one in booked] == [won.desk for won, _lost in finishes]
