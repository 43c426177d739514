"""What of the record is due to go, and what keeps some of it all the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from pendulum import DateTime
from sqlalchemy import Connection, func, select

from desk.domain.days import day_bounds, local_day
from desk.domain.lifecycle import Verb
from desk.domain.retention import (
    OF_EXCHANGES,
    ClassReport,
    Due,
    Periods,
    RecordClass,
    class_of,
    first_kept,
    is_over,
    kept_until,
    last_day,
)
from desk.domain.rights import Hold
from desk.domain.searchable import Spelling
from desk.storage.aggregate import Stored
from desk.storage.erasing import Eraser
from desk.storage.holds import Holds
from desk.storage.reading import in_batches, load
from desk.storage.tables import ACT, EXCHANGE, LOOK

_AT_ONCE = 500


class DueRecords:
    """Finds what is due, within one transaction.

    Args:
        connection: to read by.
        station_id: whose.
        zone: in which the days are meant.
        spelling: how people are compared with those who are held.
    """

    def __init__(
        self, connection: Connection, station_id: int, zone: ZoneInfo, spelling: Spelling
    ) -> None:
        self._connection = connection
        self._station_id = station_id
        self._zone = zone
        self._spelling = spelling
        self._holds = Holds(connection, station_id).open()
        self._eraser = Eraser(connection, station_id, spelling)

    def report(self, periods: Periods, now: DateTime) -> tuple[ClassReport, ...]:
        """Returns every class of record, with what of it is due."""
        due: defaultdict[RecordClass, list[Due]] = defaultdict(list)
        unfinished: defaultdict[RecordClass, list[Due]] = defaultdict(list)
        for stored in self._past(periods, now):
            if self._is_past(stored, periods, now):
                over = is_over(stored.exchange, now)
                found = due if over else unfinished
                found[class_of(stored.exchange)].append(self._as_due(stored))
        counts = {RecordClass.VIEWS: self._looks_until(self.last_looks(periods, now))}
        return tuple(
            ClassReport(
                each,
                periods.get(each),
                _by_day(due[each]),
                _by_day(unfinished[each]),
                counts.get(each, 0),
            )
            for each in RecordClass
        )

    def is_due(self, stored: Stored, periods: Periods, now: DateTime) -> bool:
        """Returns whether the period of an exchange is over, and so is the exchange."""
        return is_over(stored.exchange, now) and self._is_past(stored, periods, now)

    def _is_past(self, stored: Stored, periods: Periods, now: DateTime) -> bool:
        kept = kept_until(stored.exchange, periods, self._zone)
        return kept is not None and kept < local_day(now, self._zone)

    def hold_on(self, stored: Stored) -> Hold | None:
        """Returns the hold that keeps an exchange, or None.

        An erasure takes every version of its parties, so that each of them can be who is held.
        """
        if not self._holds:
            return None
        former = self._eraser.people_ever(stored.id)
        holding = (
            one for one in self._holds if one.covers(stored.exchange, self._spelling, former)
        )
        return next(holding, None)

    def last_looks(self, periods: Periods, now: DateTime) -> int:
        """Returns the number of the last act whose looks are due; 0 where none are.

        Looks go from the oldest on; one at an exchange that is held keeps all later ones.
        """
        kept = first_kept(RecordClass.VIEWS, periods, local_day(now, self._zone))
        if kept is None:
            return 0
        noted = ACT.c.verb == Verb.LOOKS
        newest = self._connection.execute(
            select(func.max(ACT.c.number)).where(
                ACT.c.station_id == self._station_id,
                noted,
                ACT.c.recorded_at < day_bounds(kept, self._zone)[0],
            )
        ).scalar()
        if newest is None or not self._looks_until(newest):
            return 0
        return self.looks_before_held(newest)

    def looks_before_held(self, newest: int) -> int:
        """Returns the last of the acts up to that one before any that saw something held."""
        looked = select(LOOK.c.act_number, LOOK.c.exchange_id).where(
            LOOK.c.station_id == self._station_id,
            LOOK.c.act_number <= newest,
            LOOK.c.exchange_id.is_not(None),
        )
        first: dict[int, int] = {}
        for number, exchange_id in self._connection.execute(looked.order_by(LOOK.c.act_number)):
            first.setdefault(exchange_id, number)
        held = [
            first[stored.id]
            for stored in load(self._connection, list(first))
            if self.hold_on(stored) is not None
        ]
        return min([newest, *(number - 1 for number in held)])

    def _looks_until(self, number: int) -> int:
        chosen = select(func.count()).where(
            LOOK.c.station_id == self._station_id, LOOK.c.act_number <= number
        )
        return self._connection.execute(chosen).scalar_one()

    def _past(self, periods: Periods, now: DateTime) -> Iterator[Stored]:
        """Yields the exchanges with words that may be due, whatever board shows them or not."""
        today = local_day(now, self._zone)
        days = [kept for each in OF_EXCHANGES if (kept := first_kept(each, periods, today))]
        if not days:
            return
        chosen = (
            select(EXCHANGE.c.id)
            .where(
                EXCHANGE.c.station_id == self._station_id,
                EXCHANGE.c.ends_at < day_bounds(max(days), self._zone)[0],
            )
            .order_by(EXCHANGE.c.starts_at, EXCHANGE.c.id)
        )
        ids = self._connection.execute(chosen).scalars().all()
        for batch in in_batches(ids, _AT_ONCE):
            yield from load(self._connection, sorted(self._eraser.with_words(batch)))

    def _as_due(self, stored: Stored) -> Due:
        hold = self.hold_on(stored)
        ended_on: date = last_day(stored.exchange, self._zone)
        return Due(stored.exchange.ref, ended_on, None if hold is None else hold.number)


def _by_day(due: Sequence[Due]) -> tuple[Due, ...]:
    return tuple(sorted(due, key=lambda each: (each.ended_on, each.ref)))
