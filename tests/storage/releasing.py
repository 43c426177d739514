"""Keeps a station of this release for the tests of later ones.

Run ``python -m tests.storage.releasing`` once, when a release brings a new schema, by that
release's own code: it lives a day with every kind of act in it, and writes the database to
``released/``, named for its newest revision. What lies there is never made anew.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from desk.domain.booking import Booking
from desk.domain.exchange import Side
from desk.domain.intents import Amend, Arrive, Book, Merge, NoShow, NotMet
from desk.storage.migrate import REVISIONS
from tests.builders import DUPONT, StationUnderTest, an_exchange
from tests.storage.lived import a_lived_station

RELEASED = Path(__file__).with_name("released")


def go_on(station: StationUnderTest) -> None:
    """Lives on: what is booked, moved and made one at the desk, and what came of it."""
    walk_in = Book(by=DUPONT, booking=_booking("18:00", "kayak"), here=(Side.GIVER,))
    assert station.service.book(walk_in).accepted
    one, same, missed, moved = station.book(
        an_exchange().at("18:30").about("chess set").from_file("plain", "c-1"),
        an_exchange().at("18:35").about("a chess set").from_file("plain", "c-2"),
        an_exchange().at("16:40").in_bay("2").about("mirror").from_file("plain", "c-3"),
        an_exchange().at("19:00").in_bay("3").about("clock").from_file("plain", "c-4"),
    )
    assert station.service.merge(Merge(by=DUPONT, ref=one, other=same)).accepted
    station.did(Amend, moved, booking=_booking("16:40", "wall clock"))
    station.clock.advance(minutes=40)
    station.did(NoShow, missed, sides=tuple(Side))
    station.did(Arrive, moved, side=Side.RECEIVER)
    station.did(NotMet, moved)


def _booking(at: str, item: str) -> Booking:
    return Booking.of(an_exchange().at(at).in_bay("3").about(item).build())


def main() -> None:
    """Writes the file of the newest revision."""
    file = RELEASED / f"{REVISIONS[-1]}.db.gz"
    if file.exists():
        sys.exit(f"{file.name} was released, and stays what it is.")
    with TemporaryDirectory() as folder:
        station = a_lived_station(Path(folder))
        go_on(station)
        station.service.close()
        file.write_bytes(gzip.compress(station.path.read_bytes(), mtime=0))


if __name__ == "__main__":
    main()
