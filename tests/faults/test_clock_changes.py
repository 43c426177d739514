"""The PC's clock is set back or forward, or the country changes its clocks in the night."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pendulum import DateTime

from desk.domain.days import day_bounds
from desk.domain.drafts import TakeIn
from desk.domain.exchange import Side
from desk.domain.intents import Arrive, Finish, Note, Start
from desk.domain.rules import Moment, Rules, no_show_proposed
from desk.domain.views import Board
from desk.service import Workplace, found_station
from tests.builders import (
    DUPONT,
    KENNEWICK,
    StationUnderTest,
    StoppedClock,
    a_draft,
    a_plan,
    an_exchange,
    moment,
)


def seen_by(board: Board, now: DateTime) -> Moment:
    """Returns the present as a screen takes it from its board."""
    last = board.last_recorded_at
    return Moment(now, set_back=last is not None and last > now)


def overdue(station: StationUnderTest) -> int:
    """Returns of how many exchanges a no-show is proposed."""
    board, now = station.board(), station.clock.now()
    here = seen_by(board, now)
    return sum(bool(no_show_proposed(each, station.rules, here)) for each in board.exchanges)


def test_a_clock_set_back_an_hour_proposes_nothing_until_it_is_right(
    station: StationUnderTest,
) -> None:
    """Promises: no no-show is proposed, and the screen says why, however much is done meanwhile."""
    late = station.book_one(an_exchange().at("13:00").with_seller_here("12:58"))
    station.book_one(an_exchange().at("14:15").with_seller_here("14:10"))
    assert overdue(station) == 2

    station.clock.set("13:40")
    assert overdue(station) == 0
    for _more in range(3):
        station.did(Note, late, text="still waits")
        station.clock.advance(minutes=5)
        assert seen_by(station.board(), station.clock.now()).set_back
        assert overdue(station) == 0

    station.clock.set("14:33")
    assert not seen_by(station.board(), station.clock.now()).set_back
    assert overdue(station) == 2


def test_acts_under_a_clock_set_back_stay_in_the_order_of_their_numbers(
    station: StationUnderTest,
) -> None:
    """Promises: what is done later comes later, in the journal, the timeline and the record."""
    ref = station.book_one()
    station.did(Arrive, ref, side=Side.GIVER)
    station.clock.set("13:32")
    station.did(Arrive, ref, side=Side.RECEIVER)
    station.clock.set("15:32")
    station.did(Start, ref)
    station.clock.set("14:33")
    station.did(Finish, ref)

    rows = station.service.journal(ref)
    numbers = [row.number for row in rows]
    assert numbers == sorted(numbers)
    happened = [row.occurred_at for row in rows]
    assert happened == sorted(happened)
    assert [row.recorded_at for row in rows][-2:] == [moment("15:32"), moment("14:33")]
    assert [each.number for each in station.service.timeline(ref)] == numbers[::-1]
    assert station.exchange(ref).met
    assert station.service.verify().ok


def test_a_clock_that_was_a_year_ahead_is_believed_again(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promises: once set right, a clock is taken to be behind for a day's acts, not for a year."""
    monkeypatch.setattr("desk.storage.board._NEWEST", 5)
    ref = station.book_one()
    station.clock.advance(years=1)
    station.did(Note, ref, text="is that the day?")
    station.clock.set("14:40")
    assert seen_by(station.board(), station.clock.now()).set_back

    for number in range(5):
        station.did(Note, ref, text=f"day's work {number}")

    assert not seen_by(station.board(), station.clock.now()).set_back


# Each zone's two days, and how many hours they have.
DAYS = {
    "America/Los_Angeles": {date(2026, 3, 8): 23, date(2026, 11, 1): 25},
    "Europe/London": {date(2026, 3, 29): 23, date(2026, 10, 25): 25},
    # In these two the clocks change at midnight: once there is none, and once there are two.
    "Africa/Cairo": {date(2026, 4, 24): 23, date(2026, 10, 29): 25},
    "America/Havana": {date(2026, 3, 8): 23, date(2026, 11, 1): 25},
    # Half an hour.
    "Australia/Lord_Howe": {date(2026, 10, 4): 23.5, date(2026, 4, 5): 24.5},
}


def half_hours(day: date, zone: ZoneInfo) -> list[DateTime]:
    """Returns every half hour of the day, by a clock that knows no summer time."""
    first, last = day_bounds(day, zone)
    return [first.add(minutes=30 * n) for n in range((last - first).in_minutes() // 30)]


@pytest.mark.parametrize(("timezone", "days"), DAYS.items())
def test_a_day_of_23_or_25_hours_has_each_exchange_once(
    timezone: str, days: dict[date, float], tmp_path: Path
) -> None:
    """Promises: no exchange is on two days or on none; a grace is as long as on any other day."""
    zone, clock, rules = ZoneInfo(timezone), StoppedClock(moment("14:32")), Rules()
    booked = {day: half_hours(day, zone) for day in days}
    draft = a_draft(an_exchange().in_bay(None))
    drafts = [
        replace(draft, row=row, starts_at=starts, ends_at=starts.add(minutes=20))
        for row, starts in enumerate(chain(*booked.values()), start=2)
    ]
    abroad = replace(KENNEWICK, timezone=timezone)
    workplace = Workplace(clock, DUPONT.desk, ballast=0)
    with found_station(tmp_path / "desk.db", abroad, rules, workplace) as service:
        service.sign_on(DUPONT.badge, "Dupont")
        assert service.take_in(TakeIn(by=DUPONT, plan=a_plan(*drafts))).accepted
        boards = {
            day + timedelta(days=beside): service.board(day + timedelta(days=beside)).exchanges
            for day in days
            for beside in (-1, 0, 1)
        }
        assert service.verify().ok

    for day, exchanges in boards.items():
        starts = [each.starts_at for each in exchanges]
        assert starts == booked.get(day, [])
        assert len(starts) == 2 * days.get(day, 0)
        for each in exchanges:
            over = each.starts_at.add(minutes=rules.of(each.kind).grace)
            assert not no_show_proposed(each, rules, Moment(over.subtract(minutes=1)))
            assert no_show_proposed(each, rules, Moment(over))
