"""Column types: a moment as integer microseconds, an enum as its word."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

import pendulum
from pendulum import DateTime
from sqlalchemy import BigInteger, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from desk.storage.failures import damaged

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000
_Enum = TypeVar("_Enum", bound=StrEnum)

ROW_ID = BigInteger().with_variant(Integer, "sqlite")
"""A row's own number: SQLite counts up only in a column declared INTEGER."""


def to_micros(moment: datetime) -> int:
    """Returns whole microseconds since 1970 in UTC.

    Raises:
        ValueError: the moment does not say where on earth it is.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without an offset is not a moment")
    return calendar.timegm(moment.utctimetuple()) * _SECOND + moment.microsecond


def from_micros(micros: int) -> DateTime:
    """Returns the moment in UTC.

    Raises:
        StoreError: no calendar holds it, so the row was not written by us.
    """
    try:
        moment = _EPOCH + timedelta(microseconds=micros)
    except (OverflowError, TypeError):
        raise damaged() from None
    return DateTime(
        moment.year,
        moment.month,
        moment.day,
        moment.hour,
        moment.minute,
        moment.second,
        moment.microsecond,
        tzinfo=pendulum.UTC,
    )


class UtcTime(TypeDecorator[DateTime]):
    """A moment, kept as UTC microseconds: exact, ordered and the same in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Returns the microseconds; refuses a naive moment."""
        del dialect
        return None if value is None else to_micros(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> DateTime | None:
        """Returns the moment in UTC."""
        del dialect
        return None if value is None else from_micros(value)


class Word(TypeDecorator[_Enum], Generic[_Enum]):
    """A member of an enum, kept as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[_Enum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: _Enum | None, dialect: Dialect) -> str | None:
        """Returns the value; refuses a word that the enum does not have."""
        del dialect
        return None if value is None else self.words(value).value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> _Enum | None:
        """Returns the member; a word that is none was not written by us."""
        del dialect
        # Not ``as_written``: a board reads thousands of these.
        try:
            return None if value is None else self.words(value)
        except ValueError:
            raise damaged() from None
