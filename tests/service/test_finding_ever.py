"""Anything is found on any day: names, references, plates, phones, items; slips of the finger."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.domain.booking import Booking
from desk.domain.exchange import Side
from desk.domain.intents import Amend, Cancel
from desk.storage.database import Database
from desk.storage.search_index import make_index
from tests.builders import DAY, StationUnderTest, an_exchange
from tests.hostile import HOSTILE

MANY = 50
LAST_YEAR = DAY - timedelta(days=365)


@pytest.fixture
def refs(station: StationUnderTest) -> dict[str, str]:
    """Three exchanges: of last year, of last month, of today."""
    old = (
        an_exchange()
        .at("10:00", LAST_YEAR)
        .between("Siobhán O'Brien", "Łukasz Nowak")
        .about("Fender Stratocaster")
        .with_party(Side.GIVER, phone="+1 (509) 555-0142", plate="BRT-4471")
    )
    month = an_exchange().at("10:00", DAY - timedelta(days=30)).between("Bo Li", "Paul Martin")
    month = month.with_party(Side.RECEIVER, phone="509-555-0199")
    today = an_exchange().between("Marie Dupont", "Paula Martinez")
    return dict(zip(("old", "month", "today"), station.book(old, month, today), strict=True))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("siobhan", ["old"]),
        ("obrien sio", ["old"]),
        ("LUKASZ", ["old"]),
        ("martin", ["today", "month"]),
        ("paul martin", ["today", "month"]),
        ("strato", ["old"]),
        ("brt4471", ["old"]),
        ("BRT 44-71", ["old"]),
        ("509 555 0142", ["old"]),
        ("5095550142", ["old"]),
        ("0142", ["old"]),
        ("+1 509 555 0199", ["month"]),
        ("1 (509) 555-0199", ["month"]),
        ("011 1 509 555 0199", ["month"]),
        ("li", ["month"]),
        ("siobahn", ["old"]),
        ("stratocastor", ["old"]),
        ("duppont", ["today"]),
        ("xyzzy", []),
        ("", []),
        ("-", []),
    ],
)
def test_what_is_typed_is_found(
    station: StationUnderTest, refs: dict[str, str], query: str, found: list[str]
) -> None:
    hits = station.service.find(query, MANY)

    assert [hit.exchange.ref for hit in hits] == [refs[name] for name in found]


def test_a_reference_leads_to_its_exchange(station: StationUnderTest, refs: dict[str, str]) -> None:
    ref = refs["old"]

    for typed in (ref, ref.lower(), f"{ref}-G"):
        (hit,) = station.service.find(typed, MANY)
        assert hit.exchange.ref == ref


def test_the_index_follows_what_is_written(station: StationUnderTest, refs: dict[str, str]) -> None:
    booking = Booking.of(station.exchange(refs["today"]))
    station.did(
        Amend,
        refs["today"],
        booking=Booking(booking.kind, booking.starts_at, booking.ends_at, item="Kayak"),
    )

    assert [hit.exchange.ref for hit in station.service.find("kayak", MANY)] == [refs["today"]]
    assert station.service.find("dupont", MANY) == ()
    assert station.undo(refs["today"]).accepted
    assert [hit.exchange.ref for hit in station.service.find("dupont", MANY)] == [refs["today"]]
    assert station.service.find("kayak", MANY) == ()


def test_what_was_cancelled_is_found_and_what_was_unbooked_is_not(
    station: StationUnderTest, refs: dict[str, str]
) -> None:
    station.did(Cancel, refs["today"])
    assert station.service.find("dupont", MANY)
    station.undo(refs["today"])
    station.undo()

    assert station.service.find("dupont", MANY) == ()


def test_the_index_is_made_anew_from_the_tables(
    station: StationUnderTest, refs: dict[str, str]
) -> None:
    database = Database(station.path, ballast=0)
    with database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM search")
        connection.commit()
    assert station.service.find("dupont", MANY) == ()
    with database.writing() as connection:
        make_index(connection)
        connection.commit()
    database.close()

    assert [hit.exchange.ref for hit in station.service.find("dupont", MANY)] == [refs["today"]]


@pytest.mark.parametrize("query", [*HOSTILE, '"', "a OR b", "words:x", "NEAR(a b)", "* ^ ( )"])
def test_nothing_that_is_typed_is_a_question_of_its_own(
    station: StationUnderTest, refs: dict[str, str], query: str
) -> None:
    assert len(station.service.find(query, MANY)) <= len(refs)
