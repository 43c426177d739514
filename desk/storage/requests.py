"""Requests as rows: who asked for what, by when, and which parties that person is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from pendulum import DateTime
from sqlalchemy import ColumnElement, Connection, select, true, update

from desk.domain.days import day_bounds, local_day
from desk.domain.exchange import IdCheck
from desk.domain.lifecycle import Verb
from desk.domain.rights import OpenRequest, Person, Picked, Released, Request, RequestEnd
from desk.storage.canonical import parsed
from desk.storage.commitments import refs_in
from desk.storage.details import keep
from desk.storage.holds import person_of
from desk.storage.journal import ACTS
from desk.storage.officers import RowsWritten
from desk.storage.rights_tables import PICKED_PARTY, REQUEST, REQUEST_DETAILS
from desk.storage.stations import insert_row
from desk.storage.tables import ACT, EXCHANGE, NOTE_DETAILS, PARTY


class Requests:
    """A station's requests, within one transaction.

    Args:
        connection: in the transaction.
        station_id: whose.
        zone: in which the days by which they are answered are meant.
    """

    def __init__(self, connection: Connection, station_id: int, zone: ZoneInfo) -> None:
        self._connection = connection
        self._station_id = station_id
        self._zone = zone

    def everyone(self) -> tuple[Request, ...]:
        """Returns every request there ever was, oldest first."""
        return self._read(true())

    def numbered(self, number: int) -> Request | None:
        """Returns the request with that number, open or not, or None."""
        return next(iter(self._read(REQUEST.c.id == number)), None)

    def open(
        self, said: OpenRequest, due_on: date, hold: int | None, now: DateTime
    ) -> tuple[int, RowsWritten]:
        """Writes a request; returns its number, and what the act says."""
        words = {"asker": said.asker, **asdict(said.person)}
        (kept,) = keep(self._connection, REQUEST_DETAILS, self._station_id, [words])
        row: dict[str, Any] = {
            "station_id": self._station_id,
            "kind": said.kind,
            "asked_at": now,
            "due_at": day_bounds(due_on, self._zone)[0],
            "id_check": said.id_check,
            "hold_id": hold,
            "closed_at": None,
            "ending": None,
            "details_id": kept.id,
        }
        number = insert_row(self._connection, REQUEST, row)
        return number, RowsWritten({REQUEST.name: [{"id": number, **row}]}, (kept,))

    def identify(self, number: int, id_check: IdCheck) -> RowsWritten:
        """Writes whether whoever asked has shown who they are."""
        return self._change(number, {"id_check": id_check})

    def close(self, number: int, ending: RequestEnd, now: DateTime) -> RowsWritten:
        """Ends a request."""
        return self._change(number, {"closed_at": now, "ending": ending})

    def forget(self, number: int) -> RowsWritten:
        """Takes the words of a request away, which are erased with it."""
        return self._change(number, {"details_id": None})

    def pick(self, number: int, party_id: int) -> RowsWritten:
        """Writes that a party is the person of a request."""
        return self._put(number, party_id, None)

    def drop(self, number: int, party_id: int, now: DateTime) -> RowsWritten:
        """Writes that it is somebody else after all."""
        return self._put(number, party_id, now)

    def picked_parties(self, number: int) -> tuple[int, ...]:
        """Returns the rows of the parties that are the person of a request."""
        chosen = select(PICKED_PARTY.c.party_id).where(
            PICKED_PARTY.c.request_id == number, PICKED_PARTY.c.dropped_at.is_(None)
        )
        return tuple(self._connection.execute(chosen.order_by(PICKED_PARTY.c.id)).scalars())

    def _put(self, number: int, party_id: int, dropped_at: DateTime | None) -> RowsWritten:
        columns = {"dropped_at": dropped_at}
        its = (PICKED_PARTY.c.request_id == number) & (PICKED_PARTY.c.party_id == party_id)
        id_ = self._connection.execute(select(PICKED_PARTY.c.id).where(its)).scalar()
        if id_ is not None:
            self._connection.execute(update(PICKED_PARTY).where(its).values(columns))
            return RowsWritten({PICKED_PARTY.name: [{"id": id_, **columns}]})
        own = {"station_id": self._station_id, "request_id": number, "party_id": party_id}
        id_ = insert_row(self._connection, PICKED_PARTY, own | columns)
        return RowsWritten({PICKED_PARTY.name: [{"id": id_, **own, **columns}]})

    def _change(self, number: int, columns: Mapping[str, Any]) -> RowsWritten:
        self._connection.execute(update(REQUEST).where(REQUEST.c.id == number).values(columns))
        return RowsWritten({REQUEST.name: [{"id": number, **columns}]})

    def _read(self, chosen: ColumnElement[bool]) -> tuple[Request, ...]:
        rows = self._connection.execute(
            select(REQUEST, REQUEST_DETAILS)
            .outerjoin(REQUEST_DETAILS, REQUEST_DETAILS.c.id == REQUEST.c.details_id)
            .where(REQUEST.c.station_id == self._station_id, chosen)
            .order_by(REQUEST.c.id)
        ).all()
        picked = self._picked()
        return tuple(
            Request(
                number=row.id,
                kind=row.kind,
                asked_at=row.asked_at,
                due_on=local_day(row.due_at, self._zone),
                id_check=row.id_check,
                asker=row.asker or "",
                person=person_of(row) if row.details_id is not None else Person(),
                hold=row.hold_id,
                picked=tuple(picked[row.id]),
                closed_at=row.closed_at,
                ending=row.ending,
            )
            for row in rows
        )

    def _picked(self) -> defaultdict[int, list[Picked]]:
        rows = self._connection.execute(
            select(PICKED_PARTY.c.request_id, EXCHANGE.c.ref, PARTY.c.side)
            .join(PARTY, PARTY.c.id == PICKED_PARTY.c.party_id)
            .join(EXCHANGE, EXCHANGE.c.id == PARTY.c.exchange_id)
            .where(
                PICKED_PARTY.c.station_id == self._station_id, PICKED_PARTY.c.dropped_at.is_(None)
            )
            .order_by(PICKED_PARTY.c.id)
        )
        picked: defaultdict[int, list[Picked]] = defaultdict(list)
        for request_id, ref, side in rows:
            picked[request_id].append(Picked(ref, side))
        return picked


def released(connection: Connection, station_id: int, number: int) -> tuple[Released, ...]:
    """Returns to whom the data of a request's person were handed out, oldest first."""
    acts = connection.execute(
        ACTS.where(
            ACT.c.station_id == station_id, ACT.c.verb == Verb.DISCLOSE, ACT.c.accepted.is_(True)
        ).order_by(ACT.c.number)
    ).all()
    own = [act for act in acts if parsed(act.facts).get("case") == number]
    notes = {act.number: next(refs_in(act.details), (None, 0, None))[1] for act in own}
    chosen = select(NOTE_DETAILS.c.id, NOTE_DETAILS.c.text).where(
        NOTE_DETAILS.c.id.in_(notes.values())
    )
    texts = {row.id: row.text for row in connection.execute(chosen)}
    return tuple(
        Released(act.number, act.occurred_at, act.badge or "", texts.get(notes[act.number], ""))
        for act in own
    )
