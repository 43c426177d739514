"""Local days and typed times, through the nights on which the clocks change."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import DateTime

from desk.domain.days import (
    TimeTextError,
    day_bounds,
    local_day,
    local_moment,
    read_coming_time,
    read_day,
    read_past_time,
    read_time,
)
from tests.domain.making import ZONE, at

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
HAVANA = ZoneInfo("America/Havana")
CAIRO = ZoneInfo("Africa/Cairo")
PARIS = ZoneInfo("Europe/Paris")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
KOLKATA = ZoneInfo("Asia/Kolkata")
ZONES = [LOS_ANGELES, HAVANA, CAIRO, PARIS, LORD_HOWE, KOLKATA]

LATE_EVENING = date(2026, 11, 20)
TODAY = date(2026, 11, 21)  # A Saturday.


def utc(text: str) -> DateTime:
    return pendulum.instance(datetime.fromisoformat(f"{text}+00:00"))


@pytest.mark.parametrize(
    ("zone", "day", "begins", "hours"),
    [
        (LOS_ANGELES, date(2026, 3, 8), "2026-03-08 08:00", 23),
        (LOS_ANGELES, date(2026, 11, 1), "2026-11-01 07:00", 25),
        (LOS_ANGELES, date(2026, 11, 21), "2026-11-21 08:00", 24),
        # The clocks go from midnight to one: the day begins at one.
        (HAVANA, date(2026, 3, 8), "2026-03-08 05:00", 23),
        (CAIRO, date(2026, 4, 24), "2026-04-23 22:00", 23),
        # They go from one to midnight, so that midnight is twice: the day begins at the first.
        (HAVANA, date(2026, 11, 1), "2026-11-01 04:00", 25),
        # They go from midnight to eleven: the day before lasts longer.
        (CAIRO, date(2026, 10, 29), "2026-10-28 21:00", 25),
        (CAIRO, date(2026, 10, 30), "2026-10-29 22:00", 24),
        (PARIS, date(2026, 3, 29), "2026-03-28 23:00", 23),
        (PARIS, date(2026, 10, 25), "2026-10-24 22:00", 25),
        (LORD_HOWE, date(2026, 10, 4), "2026-10-03 13:30", 23.5),
        (LORD_HOWE, date(2026, 4, 5), "2026-04-04 13:00", 24.5),
        (KOLKATA, date(2026, 1, 1), "2025-12-31 18:30", 24),
    ],
)
def test_a_day_lasts_from_midnight_to_midnight(
    zone: ZoneInfo, day: date, begins: str, hours: float
) -> None:
    first, last = day_bounds(day, zone)

    assert first == utc(begins)
    assert last - first == timedelta(hours=hours)
    assert first.timezone_name == last.timezone_name == "UTC"


@given(st.sampled_from(ZONES), st.dates(date(2000, 1, 1), date(2035, 12, 30)))
def test_days_follow_each_other_without_gap_and_hold_their_own_moments(
    zone: ZoneInfo, day: date
) -> None:
    first, last = day_bounds(day, zone)
    tomorrow = day + timedelta(days=1)

    assert day_bounds(tomorrow, zone)[0] == last
    assert local_day(first, zone) == local_day(last.subtract(microseconds=1), zone) == day
    assert local_day(last, zone) == tomorrow
    assert local_day(first.subtract(microseconds=1), zone) == day - timedelta(days=1)


@pytest.mark.parametrize(
    ("zone", "day", "clock", "code"),
    [
        (LOS_ANGELES, date(2026, 3, 8), "02:30", "skipped_time"),
        (LOS_ANGELES, date(2026, 11, 1), "01:30", "repeated_time"),
        (HAVANA, date(2026, 3, 8), "00:00", "skipped_time"),
        (HAVANA, date(2026, 11, 1), "00:00", "repeated_time"),
        (CAIRO, date(2026, 4, 24), "00:59", "skipped_time"),
        (CAIRO, date(2026, 10, 29), "23:15", "repeated_time"),
        (PARIS, date(2026, 3, 29), "02:00", "skipped_time"),
        (PARIS, date(2026, 10, 25), "02:59", "repeated_time"),
        (LORD_HOWE, date(2026, 10, 4), "02:15", "skipped_time"),
        (LORD_HOWE, date(2026, 4, 5), "01:45", "repeated_time"),
    ],
)
def test_a_time_that_the_clocks_skip_or_repeat_is_no_moment(
    zone: ZoneInfo, day: date, clock: str, code: str
) -> None:
    with pytest.raises(TimeTextError) as refusal:
        local_moment(day, time.fromisoformat(clock), zone)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("zone", "day", "clock", "moment"),
    [
        (LOS_ANGELES, date(2026, 3, 8), "01:59", "2026-03-08 09:59"),
        (LOS_ANGELES, date(2026, 3, 8), "03:00", "2026-03-08 10:00"),
        (LOS_ANGELES, date(2026, 11, 1), "00:59", "2026-11-01 07:59"),
        (LOS_ANGELES, date(2026, 11, 1), "02:00", "2026-11-01 10:00"),
        (CAIRO, date(2026, 10, 30), "00:00", "2026-10-29 22:00"),
        (CAIRO, date(2026, 4, 24), "01:00", "2026-04-23 22:00"),
        (HAVANA, date(2026, 11, 1), "01:00", "2026-11-01 06:00"),
    ],
)
def test_the_times_beside_the_change_are_moments(
    zone: ZoneInfo, day: date, clock: str, moment: str
) -> None:
    assert local_moment(day, time.fromisoformat(clock), zone) == utc(moment)


@given(
    st.sampled_from(ZONES),
    st.builds(datetime.combine, st.dates(date(2000, 1, 1), date(2035, 12, 31)), st.times()),
)
def test_a_local_moment_shows_that_time_on_that_day(zone: ZoneInfo, wall: datetime) -> None:
    try:
        moment = local_moment(wall.date(), wall.time(), zone)
    except TimeTextError:
        return
    assert moment.astimezone(zone).replace(tzinfo=None) == wall


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TODAY),
        (" Today ", TODAY),
        ("tomorrow", date(2026, 11, 22)),
        ("yesterday", date(2026, 11, 20)),
        ("sat", TODAY),
        ("sun", date(2026, 11, 22)),
        ("Monday", date(2026, 11, 23)),
        ("mon", date(2026, 11, 23)),
        ("FRI", date(2026, 11, 27)),
        ("-1", date(2026, 11, 20)),
        ("+2", date(2026, 11, 23)),
        ("-30", date(2026, 10, 22)),
        ("23/11", date(2026, 11, 23)),
        ("1.12", date(2026, 12, 1)),
        ("11/23", date(2026, 11, 23)),
        ("11/13", date(2026, 11, 13)),
        ("11/12", date(2026, 12, 11)),
        ("3/11/2025", date(2025, 11, 3)),
        ("2026-11-23", date(2026, 11, 23)),
    ],
)
def test_a_day_is_understood(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", "mo", "mond y", "someday", "31/02", "13/13", "0/1", "2026-02-30", "23", "1/2/26"),
        *("9999-12-31", "0001-01-01", "31/12/9999", "1/1/0001"),
    ],
)
def test_no_such_day(text: str) -> None:
    with pytest.raises(TimeTextError, match="no_such_day"):
        read_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", "14:31:07"),
        ("  ", "14:31:07"),
        ("1428", "14:28"),
        ("14:28", "14:28"),
        ("14h28", "14:28"),
        ("9:05", "09:05"),
        ("905", "09:05"),
        ("0905", "09:05"),
        ("00:00", "00:00"),
        ("-5", "14:26:07"),
        ("\N{MINUS SIGN}5", "14:26:07"),
        ("-0", "14:31:07"),
        ("14:31", "14:31"),
    ],
)
def test_a_past_time_is_understood(text: str, meant: str) -> None:
    assert read_past_time(text, at("14:31:07"), ZONE) == at(meant)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("14:32", "in_the_future"),
        ("23:59", "in_the_future"),
        ("24:00", "no_such_time"),
        ("14:60", "no_such_time"),
        ("14", "no_such_time"),
        ("14:2", "no_such_time"),
        ("+5", "no_such_time"),
        ("2pm", "no_such_time"),
        ("not_observed", "no_such_time"),
    ],
)
def test_a_past_time_is_refused(text: str, code: str) -> None:
    with pytest.raises(TimeTextError) as refusal:
        read_past_time(text, at("14:31:07"), ZONE)

    assert refusal.value.code == code


def test_a_time_to_come_is_today_s_where_it_need_not_be_past() -> None:
    assert read_time("23:59", at("14:31:07"), ZONE) == at("23:59")
    assert read_time("14:20", at("14:31:07"), ZONE) == at("14:20")
    assert read_time("23:50", at("05:50:01"), ZONE) == at("23:50")


def test_a_future_time_is_refused_to_the_second() -> None:
    assert read_past_time("14:32", at("14:32"), ZONE) == at("14:32")
    with pytest.raises(TimeTextError, match="in_the_future"):
        read_past_time("14:32", at("14:31:59"), ZONE)


@pytest.mark.parametrize(
    ("now", "text"), [("00:10", "23:50"), ("05:49", "23:50"), ("05:50", "23:50"), ("00:00", "2359")]
)
def test_just_after_midnight_a_late_hour_is_the_evening_before(now: str, text: str) -> None:
    meant = local_moment(LATE_EVENING, time(23, int(text[-2:])), ZONE)

    assert read_past_time(text, at(now), ZONE) == meant


def test_later_than_that_a_late_hour_is_still_to_come() -> None:
    with pytest.raises(TimeTextError, match="in_the_future"):
        read_past_time("23:50", at("05:50:01"), ZONE)


@pytest.mark.parametrize(
    ("zone", "now", "text", "meant"),
    [
        # Cairo, just after the skipped midnight: it is one o'clock, and 23:50 was 20 minutes ago.
        (CAIRO, "2026-04-23 22:10", "23:50", "2026-04-23 21:50"),
        # Cairo, in the night before the evening that has 23:50 twice.
        (CAIRO, "2026-10-28 21:10", "23:50", "2026-10-28 20:50"),
        # 01:30 comes twice; at the first 01:45 only one of them has been.
        (LOS_ANGELES, "2026-11-01 08:45", "01:30", "2026-11-01 08:30"),
        # Minutes ago know no clock: ten minutes before the second 01:05 was the first 01:55.
        (LOS_ANGELES, "2026-11-01 09:05", "-10", "2026-11-01 08:55"),
    ],
)
def test_a_past_time_around_a_change_of_clocks(
    zone: ZoneInfo, now: str, text: str, meant: str
) -> None:
    assert read_past_time(text, utc(now), zone) == utc(meant)


@pytest.mark.parametrize(
    ("zone", "now", "text", "code"),
    [
        (LOS_ANGELES, "2026-11-01 18:00", "01:30", "repeated_time"),
        (LOS_ANGELES, "2026-03-08 18:00", "02:30", "skipped_time"),
        # At one in the night after the 25-hour day, 01:30 is to come, whatever yesterday had.
        (LOS_ANGELES, "2026-11-02 09:00", "01:30", "in_the_future"),
        (CAIRO, "2026-10-29 22:10", "23:30", "repeated_time"),
        (HAVANA, "2026-03-08 05:30", "00:30", "skipped_time"),
    ],
)
def test_a_past_time_refused_around_a_change_of_clocks(
    zone: ZoneInfo, now: str, text: str, code: str
) -> None:
    with pytest.raises(TimeTextError) as refusal:
        read_past_time(text, utc(now), zone)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("text", "near", "meant"),
    [
        ("1440", "2026-11-21 14:15", "2026-11-21 14:40"),
        ("14:00", "2026-11-21 14:15", "2026-11-21 14:00"),
        ("00:10", "2026-11-21 23:50", "2026-11-22 00:10"),
        ("23:55", "2026-11-21 00:05", "2026-11-20 23:55"),
    ],
)
def test_a_coming_time_is_the_nearest(text: str, near: str, meant: str) -> None:
    moments = [
        local_moment(wall.date(), wall.time(), ZONE)
        for wall in (datetime.fromisoformat(near), datetime.fromisoformat(meant))
    ]

    assert read_coming_time(text, moments[0], ZONE) == moments[1]


@pytest.mark.parametrize("text", ["", "25:00", "soon", "-5"])
def test_no_such_coming_time(text: str) -> None:
    with pytest.raises(TimeTextError, match="no_such_time"):
        read_coming_time(text, at("14:15"), ZONE)


READERS: list[Callable[[str], object]] = [
    lambda text: read_past_time(text, at("14:31"), ZONE),
    lambda text: read_coming_time(text, at("14:31"), ZONE),
    lambda text: read_day(text, TODAY),
]


@given(st.sampled_from(READERS), st.text(max_size=8))
def test_any_text_is_understood_or_refused(read: Callable[[str], object], text: str) -> None:
    with suppress(TimeTextError):
        read(text)
