"""Which exchanges stand on a day's board."""

from __future__ import annotations

from pendulum import DateTime
from sqlalchemy import Connection, Select, func, select, text, union

from desk.domain.lifecycle import UNDOABLE, Verb
from desk.storage.aggregate import Stored
from desk.storage.history import STILL_COUNTS
from desk.storage.reading import load_chosen
from desk.storage.tables import ACT, ACT_LINE, EXCHANGE, PARTY, SHOWN, SOMEBODY_HERE

Bounds = tuple[DateTime, DateTime]
"""A half-open interval in UTC."""

_NEWEST = 200
"""How many acts are asked for their time: about a day's."""

_BY_HAND = sorted(UNDOABLE - {Verb.IMPORT, Verb.BOOK})


def on_day(connection: Connection, station_id: int, day: Bounds) -> list[Stored]:
    """Returns the exchanges that are booked for that day, by time."""
    return load_chosen(connection, _booked(station_id, day))


def on_today(connection: Connection, station_id: int, today: Bounds) -> list[Stored]:
    """Returns today's exchanges, those with a person here, and those acted on today, by time."""
    chosen = union(
        _booked(station_id, today), _with_somebody_here(station_id), _acted_on(station_id, today)
    ).subquery()
    shown = select(chosen.c.id).join(EXCHANGE, EXCHANGE.c.id == chosen.c.id)
    return load_chosen(connection, shown.where(SHOWN))


def _booked(station_id: int, day: Bounds) -> Select[int]:
    return select(EXCHANGE.c.id).where(
        EXCHANGE.c.station_id == station_id,
        EXCHANGE.c.starts_at >= day[0],
        EXCHANGE.c.starts_at < day[1],
        SHOWN,
    )


def _with_somebody_here(station_id: int) -> Select[int]:
    here = text(SOMEBODY_HERE)
    return select(PARTY.c.exchange_id.label("id")).where(PARTY.c.station_id == station_id, here)


def _acted_on(station_id: int, day: Bounds) -> Select[int]:
    """Taking a file in is no act on each of its exchanges: next month's would crowd the board."""
    return (
        select(ACT_LINE.c.exchange_id.label("id"))
        .join(
            ACT,
            (ACT.c.station_id == ACT_LINE.c.station_id) & (ACT.c.number == ACT_LINE.c.act_number),
        )
        .where(
            ACT.c.station_id == station_id,
            ACT.c.recorded_at >= day[0],
            ACT.c.recorded_at < day[1],
            ACT.c.verb.in_(_BY_HAND),
            STILL_COUNTS,
        )
    )


def last_recorded_at(connection: Connection, station_id: int) -> DateTime | None:
    """Returns the latest time at which one of the newest acts was recorded.

    Not of the newest alone: one act under a clock that was set back would hide that it was. Nor of
    all: a clock that was once a year ahead would be behind for a year.
    """
    newest = (
        select(ACT.c.recorded_at)
        .where(ACT.c.station_id == station_id)
        .order_by(ACT.c.number.desc())
        .limit(_NEWEST)
        .subquery()
    )
    moment: DateTime | None = connection.execute(select(func.max(newest.c.recorded_at))).scalar()
    return moment
