"""What stands on a day's board, and that finding it stays quick however long the record is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlcipher3 import dbapi2

from desk.domain.exchange import Side
from desk.domain.intents import Arrive, ArriveAnyway, Cancel, Leave, Note
from desk.domain.views import Station
from desk.service import Workplace, found_station
from desk.storage.engine import connect
from tests.builders import (
    DAY,
    KENNEWICK,
    StationUnderTest,
    StoppedClock,
    a_draft,
    a_plan,
    an_exchange,
    moment,
)

TOMORROW, YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)


def refs(station: StationUnderTest, day: date = DAY) -> list[str]:
    return [each.ref for each in station.board(day).exchanges]


def test_a_day_holds_its_own_exchanges_by_time(station: StationUnderTest) -> None:
    late, early = station.book(an_exchange().at("23:59"), an_exchange().at("00:00"))
    (tomorrow,) = station.book(an_exchange().at("00:00", TOMORROW))

    assert refs(station) == [early, late]
    assert refs(station, TOMORROW) == [tomorrow]
    assert refs(station, YESTERDAY) == []


def test_today_also_holds_whoever_is_here(station: StationUnderTest) -> None:
    (ref,) = station.book(an_exchange().at("23:30", YESTERDAY))
    station.clock.set("23:45", YESTERDAY)
    station.did(Arrive, ref, side=Side.GIVER)
    station.clock.set("00:10")
    assert refs(station) == [ref]

    station.did(Leave, ref, side=Side.GIVER, at=moment("23:50", YESTERDAY))
    station.clock.set("00:10", TOMORROW)
    assert refs(station, TOMORROW) == []
    assert refs(station, YESTERDAY) == [ref]


def test_today_also_holds_whatever_was_acted_on_today(station: StationUnderTest) -> None:
    noted, refused, undone, other = station.book(
        an_exchange().at("10:00", TOMORROW).about("noted"),
        an_exchange().at("10:20", TOMORROW).about("refused"),
        an_exchange().at("10:40", TOMORROW).about("undone"),
        an_exchange().at("11:00", TOMORROW).about("left alone"),
    )
    station.did(Note, noted, text="they came a day early")
    assert not station.do(Arrive, refused, side=Side.GIVER).accepted
    station.did(Cancel, undone)
    station.undo(undone)

    assert refs(station) == [noted]
    assert refs(station, TOMORROW) == [noted, refused, undone, other]
    station.clock.set("09:00", TOMORROW + timedelta(days=1))
    assert refs(station, TOMORROW + timedelta(days=1)) == []


def test_a_booking_that_was_undone_is_nowhere(station: StationUnderTest) -> None:
    ref = station.book_one()
    station.undo(ref)

    assert refs(station) == []
    assert station.service.exchange(ref) is None
    assert station.service.timeline(ref) == ()


def test_the_newest_acts_times_show_a_clock_that_was_set_back(station: StationUnderTest) -> None:
    assert station.board().last_recorded_at == moment("14:32")
    station.book_one()
    station.clock.set("13:00")
    assert station.board().last_recorded_at == moment("14:32")

    station.book_one(an_exchange().at("15:00"))
    assert station.board().last_recorded_at == moment("14:32")

    station.clock.set("14:40")
    station.book_one(an_exchange().at("15:30"))
    assert station.board().last_recorded_at == moment("14:40")


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Africa/Cairo", date(2026, 4, 24), 23),
        ("America/Havana", date(2026, 11, 1), 25),
        ("America/Los_Angeles", date(2026, 3, 8), 23),
        ("America/Los_Angeles", date(2026, 11, 1), 25),
        ("America/Los_Angeles", DAY, 24),
    ],
)
def test_a_day_is_the_stations_own_however_long(
    station: StationUnderTest, zone: str, day: date, hours: int
) -> None:
    here = Station("Elsewhere", "ELS", zone, KENNEWICK.bays)
    path = station.path.with_name("elsewhere.db")
    workplace = Workplace(station.clock, "desk 1", ballast=0)
    with found_station(path, here, station.rules, workplace) as service:
        elsewhere = StationUnderTest(path, station.clock, service)
        service.sign_on(elsewhere.by.badge, "")
        noon = moment("12:00", day - timedelta(days=1))
        first = [
            each
            for hour in range(72)
            if (each := noon.add(hours=hour)).astimezone(here.zone).date() == day
        ]
        drafts = [
            a_draft(starts_at=each, ends_at=each.add(minutes=20), item=str(each)) for each in first
        ]
        elsewhere.take_in(a_plan(*drafts))

        assert len(drafts) == hours
        assert len(elsewhere.board(day).exchanges) == hours


# However long the record


@contextmanager
def statements() -> Iterator[list[tuple[str, object]]]:
    """Gathers what is sent to any database."""
    sent: list[tuple[str, object]] = []

    def gather(_connection: object, _cursor: object, sql: str, given: object, *_: object) -> None:
        sent.append((sql, given))

    event.listen(Engine, "before_cursor_execute", gather)
    yield sent
    event.remove(Engine, "before_cursor_execute", gather)


LONG = r"act|act_line|later|touched|exchange|party|visit|dispute|\w+_details"
FULL_SCAN = re.compile(rf"SCAN ({LONG})\b")
READS: dict[str, Callable[[StationUnderTest, str], object]] = {
    "today's board": lambda station, _ref: station.board(),
    "another day's board": lambda station, _ref: station.board(TOMORROW),
    "an exchange": lambda station, ref: station.service.exchange(ref),
    "a timeline": lambda station, ref: station.service.timeline(ref),
    "an exchange's journal": lambda station, ref: station.service.journal(ref),
    "what can be undone": lambda station, ref: station.service.undoable(station.by, ref),
    "known bookings": lambda station, _ref: station.service.known_bookings(
        [a_draft(an_exchange().from_file("plain", "x-1"))]
    ),
    "decided": lambda station, ref: station.service.decided_refs([ref]),
    "an arrival": lambda station, ref: station.did(Arrive, ref, side=Side.RECEIVER),
    "a refusal": lambda station, ref: station.do(Arrive, ref, side=Side.GIVER),
    "a stale act": lambda station, ref: station.do(Note, ref, text="x", seen_version=99),
    "an undoing": lambda station, ref: station.undo(ref),
    "an override": lambda station, ref: station.do(
        ArriveAnyway, ref, side=Side.RECEIVER, reason="x"
    ),
    "an import": lambda station, _ref: station.take_in(a_plan(a_draft(item="x"))),
}


@pytest.mark.parametrize("read", READS)
def test_nothing_but_verifying_walks_through_a_whole_table(
    station: StationUnderTest, read: str
) -> None:
    ref = station.book_one(an_exchange().with_seller_here())
    with statements() as sent:
        READS[read](station, ref)

    raw = connect(station.path)
    plans = [
        (step[3], sql)
        for sql, given in sent
        if sql.startswith(("SELECT", "UPDATE", "DELETE"))
        for step in raw.execute(f"EXPLAIN QUERY PLAN {sql}", parameters(given))
    ]
    raw.close()
    assert plans
    assert [each for each in plans if FULL_SCAN.match(each[0])] == []


def parameters(given: object) -> tuple[int | float | str | bytes | None, ...]:
    assert isinstance(given, tuple)
    return given


def test_a_scan_would_be_seen(station: StationUnderTest) -> None:
    raw: dbapi2.Connection = connect(station.path)
    steps = raw.execute("EXPLAIN QUERY PLAN SELECT * FROM act WHERE desk = 'desk 1'").fetchall()
    raw.close()

    assert [bool(FULL_SCAN.match(step[3])) for step in steps] == [True]


def test_a_board_is_loaded_in_a_few_queries_however_many_exchanges(
    station: StationUnderTest, clock: StoppedClock
) -> None:
    station.book(*(an_exchange().about(f"thing {n}") for n in range(60)))
    clock.advance(minutes=1)

    with statements() as sent:
        assert len(station.board().exchanges) == 60

    assert len([sql for sql, _given in sent if sql.startswith("SELECT")]) <= 7
