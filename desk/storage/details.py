"""Words about people and things: written once, each version under a random key of its own."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, insert, select

from desk.storage.aggregate import PartyWords, Words
from desk.storage.canonical import KEY_BYTES, commitment
from desk.storage.failures import damaged
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


def words_at(connection: Connection, details_id: int, giver_id: int, receiver_id: int) -> Words:
    """Returns what these three details rows say.

    Raises:
        StoreError: one of them is not there.
    """
    about = EXCHANGE_DETAILS.c
    what = connection.execute(
        select(about.item, about.external_id, about.booking_key).where(about.id == details_id)
    ).one_or_none()
    if what is None:
        raise damaged()
    giver, receiver = (_party_words_at(connection, id_) for id_ in (giver_id, receiver_id))
    return Words(what.item, what.external_id, what.booking_key, giver, receiver)


def _party_words_at(connection: Connection, details_id: int) -> PartyWords:
    who = PARTY_DETAILS.c
    row = connection.execute(
        select(who.name, who.phone, who.email, who.plate).where(who.id == details_id)
    ).one_or_none()
    if row is None:
        raise damaged()
    return PartyWords(*row)
