"""Looks as rows: written many at a time, each batch noted by one act of the program's own.

The act holds how many they are and a digest over them, so that whoever checks the journal checks
them too, and the chain does not grow by a link for every card that is opened.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pendulum import DateTime
from sqlalchemy import Column, Connection, insert, select

from desk.domain.intents import new_intent_id
from desk.domain.lifecycle import Verb
from desk.domain.looks import Look
from desk.domain.views import NotedLook
from desk.storage import journal
from desk.storage.canonical import looks_digest
from desk.storage.reading import in_batches
from desk.storage.stations import own_act
from desk.storage.tables import ACT, EXCHANGE, LOOK, OFFICER, STATION
from desk.storage.types import to_micros

COUNT, DIGEST = "count", "digest"
"""The facts of an act that notes looks."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Looks that are written together, once.

    Attributes:
        intent_id: of the act that notes them, so that another try writes nothing.
    """

    looks: tuple[Look, ...]
    intent_id: str = field(default_factory=new_intent_id)


def note(connection: Connection, station_id: int, batch: Batch, desk: str, now: DateTime) -> None:
    """Writes looks, and the act that notes them; nothing where that was done before."""
    done = select(ACT.c.number).where(ACT.c.intent_id == batch.intent_id)
    if connection.execute(done).first() is not None:
        return
    head = select(STATION.c.head_number).where(STATION.c.id == station_id)
    number = connection.execute(head).scalar_one() + 1
    rows = _rows(connection, station_id, number, batch.looks)
    digest = looks_digest(row | {"at": to_micros(row["at"])} for row in rows)
    act = own_act(Verb.LOOKS, {COUNT: len(rows), DIGEST: digest}, desk, now)
    journal.append(connection, station_id, replace(act, intent_id=batch.intent_id), ())
    connection.execute(insert(LOOK), rows)


def _rows(
    connection: Connection, station_id: int, number: int, looks: Sequence[Look]
) -> list[dict[str, Any]]:
    officers = _ids(connection, station_id, OFFICER.c.badge, {look.by.badge for look in looks})
    exchanges = _ids(connection, station_id, EXCHANGE.c.ref, {look.ref for look in looks})
    return [
        {
            "station_id": station_id,
            "act_number": number,
            "position": position,
            "officer_id": officers.get(look.by.badge),
            "desk": look.by.desk,
            "at": look.at,
            "what": look.what,
            "exchange_id": exchanges.get(look.ref),
        }
        for position, look in enumerate(looks, start=1)
    ]


def _ids(
    connection: Connection, station_id: int, name: Column[Any], names: Collection[str | None]
) -> dict[str | None, int]:
    """Returns the rows' numbers by what they are called; who is not known has none."""
    table = name.table
    return {
        row.name: row.id
        for batch in in_batches(sorted(each for each in names if each))
        for row in connection.execute(
            select(name.label("name"), table.c.id).where(
                table.c.station_id == station_id, name.in_(batch)
            )
        )
    }


def listed(connection: Connection, station_id: int, ref: str | None) -> tuple[NotedLook, ...]:
    """Returns who looked at what, oldest first; with a reference only at that exchange."""
    found = (
        select(LOOK, OFFICER.c.badge, EXCHANGE.c.ref)
        .select_from(
            LOOK.outerjoin(OFFICER, OFFICER.c.id == LOOK.c.officer_id).outerjoin(
                EXCHANGE, EXCHANGE.c.id == LOOK.c.exchange_id
            )
        )
        .where(LOOK.c.station_id == station_id)
        .order_by(LOOK.c.act_number, LOOK.c.position)
    )
    if ref is not None:
        found = found.where(EXCHANGE.c.ref == ref)
    return tuple(
        NotedLook(row.act_number, row.badge, row.desk, row.at, row.what, row.ref)
        for row in connection.execute(found)
    )
