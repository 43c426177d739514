"""Rows to exchanges: four queries for any number of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, select

from desk.domain.exchange import Dispute, Exchange, Party, Side, Visit
from desk.storage.aggregate import Stored, StoredParty
from desk.storage.failures import damaged
from desk.storage.tables import (
    BAY,
    DISPUTE,
    EXCHANGE,
    EXCHANGE_DETAILS,
    PARTY,
    PARTY_DETAILS,
    VISIT,
)

_AT_ONCE = 1000
_Item = TypeVar("_Item")

# Made once, as every act and every board reads by them: to make one takes longer than to run it.
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_EXCHANGES = (
    select(
        EXCHANGE,
        EXCHANGE_DETAILS.c.item,
        EXCHANGE_DETAILS.c.external_id,
        EXCHANGE_DETAILS.c.booking_key,
        BAY.c.code.label("bay"),
    )
    .select_from(
        EXCHANGE.join(EXCHANGE_DETAILS, EXCHANGE.c.details_id == EXCHANGE_DETAILS.c.id).outerjoin(
            BAY, EXCHANGE.c.bay_id == BAY.c.id
        )
    )
    .where(EXCHANGE.c.id.in_(_IDS))
)
_PARTIES = (
    select(
        PARTY,
        PARTY_DETAILS.c.name,
        PARTY_DETAILS.c.phone,
        PARTY_DETAILS.c.email,
        PARTY_DETAILS.c.plate,
    )
    .select_from(PARTY.join(PARTY_DETAILS, PARTY.c.details_id == PARTY_DETAILS.c.id))
    .where(PARTY.c.exchange_id.in_(_IDS))
)
_VISITS = (
    select(VISIT)
    .select_from(VISIT.join(PARTY, VISIT.c.party_id == PARTY.c.id))
    .where(PARTY.c.exchange_id.in_(_IDS))
    .order_by(VISIT.c.party_id, VISIT.c.position)
)
_DISPUTES = select(DISPUTE).where(DISPUTE.c.exchange_id.in_(_IDS)).order_by(DISPUTE.c.number)


def in_batches(items: Iterable[_Item], size: int = _AT_ONCE) -> Iterator[list[_Item]]:
    """Returns the items in lists of at most that size."""
    for _batch, numbered in groupby(enumerate(items), key=lambda each: each[0] // size):
        yield [item for _index, item in numbered]


def load_chosen(connection: Connection, ids: Select[Any]) -> list[Stored]:
    """Returns the exchanges whose row numbers the query gives, by time and reference."""
    found = load(connection, connection.execute(ids).scalars().all())
    return sorted(found, key=lambda each: (each.exchange.starts_at, each.exchange.ref))


def load(connection: Connection, ids: Sequence[int]) -> list[Stored]:
    """Returns the exchanges with these row numbers, in no order."""
    return [stored for batch in in_batches(ids) for stored in _load(connection, batch)]


def _load(connection: Connection, ids: Sequence[int]) -> Iterator[Stored]:
    chosen = {"ids": ids}
    visits: dict[int, list[Visit]] = {}
    for row in connection.execute(_VISITS, chosen):
        visit = Visit(row.arrived_at, row.left_at, row.left_observed, row.held, row.released_at)
        visits.setdefault(row.party_id, []).append(visit)
    parties: dict[tuple[int, Side], tuple[Party, StoredParty]] = {}
    for row in connection.execute(_PARTIES, chosen):
        party = _party(row, tuple(visits.get(row.id, ())))
        rows = StoredParty(row.id, row.details_id, row.hold)
        parties[row.exchange_id, row.side] = (party, rows)
    disputes = {row.exchange_id: _dispute(row) for row in connection.execute(_DISPUTES, chosen)}
    for row in connection.execute(_EXCHANGES, chosen):
        try:
            giver, receiver = (parties[row.id, side] for side in Side)
        except KeyError:
            raise damaged() from None
        yield Stored(
            id=row.id,
            station_id=row.station_id,
            exchange=_exchange(row, (giver[0], receiver[0]), disputes.get(row.id)),
            bay_id=row.bay_id,
            details_id=row.details_id,
            giver=giver[1],
            receiver=receiver[1],
            unbooked=row.unbooked,
            merged_into=row.merged_into,
        )


def _exchange(row: Row[Any], parties: tuple[Party, Party], dispute: Dispute | None) -> Exchange:
    return Exchange(
        ref=row.ref,
        kind=row.kind,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        giver=parties[0],
        receiver=parties[1],
        bay=row.bay,
        item=row.item,
        large=row.large,
        outcome=row.outcome,
        closed_at=row.closed_at,
        started_at=row.started_at,
        dispute=dispute,
        source=row.source,
        external_id=row.external_id,
        booking_key=row.booking_key,
        version=row.version,
    )


def _party(row: Row[Any], visits: tuple[Visit, ...]) -> Party:
    return Party(
        side=row.side,
        name=row.name,
        phone=row.phone,
        email=row.email,
        plate=row.plate,
        assumed=row.assumed,
        presence=row.presence,
        id_check=row.id_check,
        expected_at=row.expected_at,
        visits=visits,
    )


def _dispute(row: Row[Any]) -> Dispute:
    return Dispute(
        number=row.number,
        category=row.category,
        reported_by=row.reported_by,
        opened_at=row.opened_at,
        settled_at=row.settled_at,
        settlement=row.settlement,
    )
