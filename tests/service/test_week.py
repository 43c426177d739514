"""How much there is to do on the days of a week."""

from __future__ import annotations

from datetime import timedelta

from desk.domain.exchange import DisputeCategory
from desk.domain.intents import Cancel, OpenDispute
from tests.builders import DAY, StationUnderTest, an_exchange


def test_each_day_says_its_hours_and_what_is_open(station: StationUnderTest) -> None:
    tomorrow = DAY + timedelta(days=1)
    station.book(an_exchange().at("14:00"), an_exchange().at("14:50").about("b"))
    station.book(an_exchange().at("00:00", tomorrow), an_exchange().at("23:59", tomorrow))
    called_off = station.book_one(an_exchange().at("09:00", tomorrow))
    station.did(Cancel, called_off)
    disputed = station.book_one(an_exchange().at("14:30").about("c").with_seller_here("14:30"))
    station.did(OpenDispute, disputed, category=DisputeCategory.OTHER, text="x")

    yesterday, today, next_day, *others = station.service.week(DAY - timedelta(days=1))

    assert yesterday.exchanges == 0
    assert (today.day, today.exchanges, today.hours[14]) == (DAY, 3, 3)
    assert (today.unfinished, today.disputes) == (1, 1)
    assert (next_day.exchanges, next_day.hours[0], next_day.hours[23]) == (2, 1, 1)
    assert (next_day.unfinished, next_day.disputes) == (0, 0)
    assert [day.exchanges for day in others] == [0] * 4


def test_a_week_with_a_change_of_clocks_is_seven_days(station: StationUnderTest) -> None:
    first = DAY.replace(month=10, day=29)
    station.book(an_exchange().at("23:30", DAY.replace(month=11, day=1)))

    days = station.service.week(first)

    assert len(days) == 7
    assert [day.exchanges for day in days] == [0, 0, 0, 1, 0, 0, 0]
