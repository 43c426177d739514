"""How much there is to do on the days of a week: one query, and no words about people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pendulum import DateTime
from sqlalchemy import Connection, Row, exists, select

from desk.domain.days import day_bounds, local_day
from desk.domain.exchange import Outcome
from desk.domain.views import DayLoad
from desk.storage.tables import DISPUTE, EXCHANGE, SHOWN

_DAYS = 7
_HOURS = 24
_DISPUTED = exists().where(DISPUTE.c.exchange_id == EXCHANGE.c.id, DISPUTE.c.settled_at.is_(None))


def loads(
    connection: Connection, station_id: int, first: date, zone: ZoneInfo, now: DateTime
) -> tuple[DayLoad, ...]:
    """Returns how much there is to do on each of seven days.

    Args:
        connection: to read by.
        station_id: whose exchanges.
        first: the first of the days.
        zone: the station's; an hour is one of its clock.
        now: the present.
    """
    days = [first + timedelta(days=ahead) for ahead in range(_DAYS)]
    rows: dict[date, list[Row[Any]]] = {day: [] for day in days}
    chosen = select(
        EXCHANGE.c.starts_at, EXCHANGE.c.ends_at, EXCHANGE.c.outcome, _DISPUTED.label("disputed")
    ).where(
        EXCHANGE.c.station_id == station_id,
        EXCHANGE.c.starts_at >= day_bounds(days[0], zone)[0],
        EXCHANGE.c.starts_at < day_bounds(days[-1], zone)[1],
        SHOWN,
    )
    for row in connection.execute(chosen):
        rows[local_day(row.starts_at, zone)].append(row)
    return tuple(_load(day, rows[day], zone, now) for day in days)


def _load(day: date, rows: list[Row[Any]], zone: ZoneInfo, now: DateTime) -> DayLoad:
    hours = Counter(_hours(rows, zone))
    return DayLoad(
        day=day,
        hours=tuple(hours[hour] for hour in range(_HOURS)),
        unfinished=sum(row.outcome is Outcome.NONE and row.ends_at < now for row in rows),
        disputes=sum(bool(row.disputed) for row in rows),
    )


def _hours(rows: list[Row[Any]], zone: ZoneInfo) -> Iterator[int]:
    for row in rows:
        if row.outcome is not Outcome.CANCELLED:
            yield row.starts_at.astimezone(zone).hour
