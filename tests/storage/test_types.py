"""Moments are kept to the microsecond and words by value; nothing naive or unknown gets in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import DateTime
from sqlalchemy.dialects import sqlite

from desk.domain.exchange import Kind
from desk.errors import StoreError
from desk.storage.types import UtcTime, Word, from_micros, to_micros

DIALECT = sqlite.dialect()
ZONES = st.timezones() | st.just(timezone(timedelta(hours=5, minutes=45)))


@given(
    st.datetimes(
        min_value=pendulum.naive(1900, 1, 1), max_value=pendulum.naive(2200, 1, 1), timezones=ZONES
    )
)
def test_every_moment_comes_back_to_the_microsecond_in_utc(moment: datetime) -> None:
    back = from_micros(to_micros(moment))

    assert back == moment.astimezone(UTC)
    assert back.microsecond == moment.microsecond
    assert isinstance(back, DateTime)
    assert back.timezone_name == "UTC"


def test_microseconds_count_from_1970() -> None:
    assert to_micros(datetime(1970, 1, 1, tzinfo=UTC)) == 0
    assert to_micros(pendulum.datetime(2026, 11, 21, 22, 32, tz="UTC")) == 1_795_300_320_000_000
    assert to_micros(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == -1


def test_the_second_half_past_one_of_a_long_night_is_an_hour_later() -> None:
    first = pendulum.instance(datetime.fromisoformat("2026-11-01T01:30:00-07:00"))
    second = pendulum.instance(datetime.fromisoformat("2026-11-01T01:30:00-08:00"))

    assert to_micros(second) - to_micros(first) == 3_600_000_000


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        UtcTime().process_bind_param(pendulum.naive(2026, 11, 21), DIALECT)


@pytest.mark.parametrize("kept", [10**18, -(10**18), "soon"])
def test_a_number_that_no_calendar_holds_is_damage(kept: object) -> None:
    with pytest.raises(StoreError) as refused:
        UtcTime().process_result_value(kept, DIALECT)

    assert refused.value.code == "damaged"


def test_nothing_stays_nothing() -> None:
    assert UtcTime().process_bind_param(None, DIALECT) is None
    assert UtcTime().process_result_value(None, DIALECT) is None
    assert Word(Kind).process_bind_param(None, DIALECT) is None
    assert Word(Kind).process_result_value(None, DIALECT) is None


@pytest.mark.parametrize("kind", Kind)
def test_a_word_is_kept_by_its_value(kind: Kind) -> None:
    assert Word(Kind).process_bind_param(kind, DIALECT) == kind.value
    assert Word(Kind).process_result_value(kind.value, DIALECT) is kind


def test_a_word_that_is_none_is_damage() -> None:
    with pytest.raises(StoreError) as refused:
        Word(Kind).process_result_value("gift", DIALECT)

    assert refused.value.code == "damaged"
