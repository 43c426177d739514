"""Words about people and things: written once, each version under a random key of its own."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, Table, insert, select

from desk.storage.aggregate import PartyWords, Words
from desk.storage.canonical import KEY_BYTES, commitment
from desk.storage.failures import damaged
from desk.storage.reading import in_batches
from desk.storage.tables import EXCHANGE_DETAILS, PARTY_DETAILS


class DetailsRef(NamedTuple):
    """What the journal holds of a details row: where it lies, and a commitment to its words."""

    table: str
    id: int
    commitment: str


def keep(
    connection: Connection, table: Table, station_id: int, rows: Sequence[Mapping[str, Any]]
) -> list[DetailsRef]:
    """Writes new details rows and returns what the journal holds of them, in the same order.

    Args:
        connection: in the act's transaction.
        table: one of the ``*_details`` tables.
        station_id: whose words they are.
        rows: the columns of each row but its number, station and key.
    """
    if not rows:
        return []
    written = [
        {"station_id": station_id, **row, "key": secrets.token_bytes(KEY_BYTES)} for row in rows
    ]
    ids = connection.execute(
        insert(table).returning(table.c.id, sort_by_parameter_order=True), written
    ).scalars()
    return [
        DetailsRef(table.name, id_, commit_to(table.name, {"id": id_, **row}))
        for id_, row in zip(ids, written, strict=True)
    ]


def commit_to(table: str, row: Mapping[str, Any]) -> str:
    """Returns the commitment to a details row: over its table and every column but the key."""
    columns = {name: value for name, value in row.items() if name != "key"}
    return commitment(row["key"], {"table": table, **columns})


class Place(NamedTuple):
    """The details rows that hold the words of one exchange."""

    exchange: int
    giver: int
    receiver: int


def words_at(connection: Connection, places: Sequence[Place]) -> list[Words]:
    """Returns what the details rows say of each exchange.

    Raises:
        StoreError: one of them is not there.
    """
    about, who = EXCHANGE_DETAILS.c, PARTY_DETAILS.c
    whats = _rows_at(
        connection,
        select(about.id, about.item, about.external_id, about.booking_key),
        {place.exchange for place in places},
    )
    people = {
        id_: PartyWords(*words)
        for id_, words in _rows_at(
            connection,
            select(who.id, who.name, who.phone, who.email, who.plate),
            {id_ for place in places for id_ in (place.giver, place.receiver)},
        ).items()
    }
    try:
        return [
            Words(item, external_id, booking_key, people[place.giver], people[place.receiver])
            for place in places
            for item, external_id, booking_key in [whats[place.exchange]]
        ]
    except KeyError:
        raise damaged() from None


def _rows_at(
    connection: Connection, query: Select[Any], ids: Collection[int]
) -> dict[int, tuple[Any, ...]]:
    """Returns the rows with these numbers, without the number, by it."""
    number = query.selected_columns[0]
    return {
        row[0]: tuple(row[1:])
        for batch in in_batches(sorted(ids))
        for row in connection.execute(query.where(number.in_(batch)))
    }
