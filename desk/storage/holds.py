"""Holds as rows: what must not be erased, and since when.

As with officers, every change returns what the act that makes it says of the rows it left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from pendulum import DateTime
from sqlalchemy import ColumnElement, Connection, select, true, update

from desk.domain.rights import Hold, Person
from desk.storage.details import keep
from desk.storage.officers import RowsWritten
from desk.storage.rights_tables import HELD_EXCHANGE, HOLD, HOLD_DETAILS, REQUEST
from desk.storage.stations import insert_row
from desk.storage.tables import EXCHANGE


class Holds:
    """A station's holds, within one transaction."""

    def __init__(self, connection: Connection, station_id: int) -> None:
        self._connection = connection
        self._station_id = station_id

    def everyone(self) -> tuple[Hold, ...]:
        """Returns every hold there ever was, oldest first."""
        return self._read(true())

    def open(self) -> tuple[Hold, ...]:
        """Returns the holds that were not lifted, oldest first."""
        return self._read(HOLD.c.lifted_at.is_(None))

    def numbered(self, number: int) -> Hold | None:
        """Returns the open hold with that number, or None."""
        return next(iter(self._read((HOLD.c.id == number) & HOLD.c.lifted_at.is_(None))), None)

    def place(
        self, person: Person, reason: str, exchange_ids: Iterable[int], now: DateTime
    ) -> tuple[int, RowsWritten]:
        """Writes a hold; returns its number, and what the act says."""
        words = {"reason": reason, **asdict(person)}
        (kept,) = keep(self._connection, HOLD_DETAILS, self._station_id, [words])
        row: dict[str, Any] = {
            "station_id": self._station_id,
            "placed_at": now,
            "lifted_at": None,
            "details_id": kept.id,
        }
        number = insert_row(self._connection, HOLD, row)
        written = RowsWritten({HOLD.name: [{"id": number, **row}]}, (kept,))
        for exchange_id in exchange_ids:
            written += self.add(number, exchange_id)
        return number, written

    def add(self, number: int, exchange_id: int) -> RowsWritten:
        """Lets a hold name one more exchange."""
        held = select(HELD_EXCHANGE.c.id).where(
            HELD_EXCHANGE.c.hold_id == number, HELD_EXCHANGE.c.exchange_id == exchange_id
        )
        if self._connection.execute(held).first() is not None:
            return RowsWritten()
        row = {"station_id": self._station_id, "hold_id": number, "exchange_id": exchange_id}
        id_ = insert_row(self._connection, HELD_EXCHANGE, row)
        return RowsWritten({HELD_EXCHANGE.name: [{"id": id_, **row}]})

    def lift(self, number: int, now: DateTime) -> RowsWritten:
        """Ends a hold."""
        return self._change(number, {"lifted_at": now})

    def forget(self, number: int) -> RowsWritten:
        """Takes the words of a hold away, which are erased with it."""
        return self._change(number, {"details_id": None})

    def _change(self, number: int, columns: dict[str, Any]) -> RowsWritten:
        self._connection.execute(update(HOLD).where(HOLD.c.id == number).values(columns))
        return RowsWritten({HOLD.name: [{"id": number, **columns}]})

    def _read(self, chosen: ColumnElement[bool]) -> tuple[Hold, ...]:
        rows = self._connection.execute(
            select(HOLD, HOLD_DETAILS, REQUEST.c.id.label("request"))
            .outerjoin(HOLD_DETAILS, HOLD_DETAILS.c.id == HOLD.c.details_id)
            .outerjoin(REQUEST, REQUEST.c.hold_id == HOLD.c.id)
            .where(HOLD.c.station_id == self._station_id, chosen)
            .order_by(HOLD.c.id)
        ).all()
        refs = self._refs()
        return tuple(
            Hold(
                number=row.id,
                placed_at=row.placed_at,
                reason=row.reason or "",
                person=person_of(row),
                refs=tuple(refs[row.id]),
                lifted_at=row.lifted_at,
                request=row.request,
            )
            for row in rows
        )

    def _refs(self) -> defaultdict[int, list[str]]:
        rows = self._connection.execute(
            select(HELD_EXCHANGE.c.hold_id, EXCHANGE.c.ref)
            .join(EXCHANGE, EXCHANGE.c.id == HELD_EXCHANGE.c.exchange_id)
            .where(HELD_EXCHANGE.c.station_id == self._station_id)
            .order_by(HELD_EXCHANGE.c.id)
        )
        refs: defaultdict[int, list[str]] = defaultdict(list)
        for hold_id, ref in rows:
            refs[hold_id].append(ref)
        return refs


def person_of(row: Any) -> Person:
    """Returns the person whom a row of details describes; nobody where it was erased."""
    return Person(row.name or "", row.phone or "", row.email or "", row.plate or "")
