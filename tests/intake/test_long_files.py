"""Long files: nothing of them is held twice, and they can be stopped at once."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.errors import BookingFileError
from desk.intake.intake import plan
from desk.intake.read import Limits
from tests.intake.making import TERMS, Shelf, a_file

HEADER = "Date Time\tCustomer Name\tService\tDuration (mins.)\tBooking Id\tTracking Data"
MEBIBYTE = 1 << 20


def bookings(count: int) -> Iterator[str]:
    """Rows of twenty kilobytes, of which desk needs a hundred bytes."""
    yield HEADER
    for number in range(count):
        yield f"2026-11-23 09:00\tAnn {number}\tSale\t20\t{number}\t{'x' * 20_000}"


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    return a_file(tmp_path, "\r\n".join(bookings(300)), "long.tsv")


@pytest.fixture
def long_calendar(tmp_path: Path) -> Path:
    event = "BEGIN:VEVENT\nUID:{0}\nDTSTART:20261123T090000Z\nATTENDEE;CN=A:mailto:a@b.c\nX-X:{1}\n"
    events = (event.format(number, "x" * 20_000) + "END:VEVENT\n" for number in range(300))
    return a_file(tmp_path, f"BEGIN:VCALENDAR\n{''.join(events)}END:VCALENDAR\n", "long.ics")


@pytest.mark.parametrize("fixture", ["long_file", "long_calendar"])
def test_only_its_bytes_and_its_bookings_are_held(
    fixture: str, request: pytest.FixtureRequest
) -> None:
    path: Path = request.getfixturevalue(fixture)
    plan([path], Shelf(), TERMS)  # What is loaded once does not count.
    tracemalloc.start()
    try:
        planned = plan([path], Shelf(), TERMS)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(planned.new) == 300
    assert peak < path.stat().st_size + 4 * MEBIBYTE


@pytest.mark.parametrize("fixture", ["long_file", "long_calendar"])
def test_it_stops_where_it_is_told_to(fixture: str, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(fixture)
    told: list[int] = []
    with pytest.raises(BookingFileError) as caught:
        plan(
            [path],
            Shelf(),
            TERMS,
            progress=lambda done, _total: told.append(done),
            cancelled=lambda: len(told) > 2,
        )
    assert caught.value.code == "stopped"
    assert len(told) == 3
    assert told[-1] < path.stat().st_size


def test_fifty_thousand_bookings_are_within_the_usual_limits() -> None:
    assert Limits().rows >= 50_000
    # A row of Calendly's has some 450 bytes, an event some 400.
    assert Limits().mebibytes * MEBIBYTE >= 50_000 * 500
