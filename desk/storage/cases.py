"""The words of requests and holds, which go with the people and exchanges they are about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, select

from desk.domain.lifecycle import Verb
from desk.domain.traces import Traces
from desk.storage.canonical import parsed
from desk.storage.commitments import refs_in
from desk.storage.erasing import Eraser, Rows
from desk.storage.rights_tables import (
    HELD_EXCHANGE,
    HOLD,
    HOLD_DETAILS,
    PICKED_PARTY,
    REQUEST,
    REQUEST_DETAILS,
)
from desk.storage.tables import ACT, NOTE_DETAILS, PARTY

_OF_REQUESTS = (Verb.DISCLOSE, Verb.CLOSE_REQUEST)
_OF_HOLDS = (Verb.LIFT_HOLD,)


@dataclass(frozen=True, slots=True)
class CaseWords:
    """Requests and holds that lose their words.

    Attributes:
        rows: the details rows that hold them, by table.
    """

    requests: tuple[int, ...] = ()
    holds: tuple[int, ...] = ()
    rows: dict[str, frozenset[int]] = field(default_factory=dict)


class Cases:
    """Finds them, within one transaction."""

    def __init__(self, connection: Connection, station_id: int) -> None:
        self._connection = connection
        self._station_id = station_id

    def about_person(self, traces: Traces, request: int) -> CaseWords:
        """Returns that request, and whatever closed request or lifted hold gives somebody away."""
        requests = [
            row.case
            for row in self._with_words(REQUEST, REQUEST_DETAILS)
            if row.case == request or (row.closed_at is not None and _tells(row, traces))
        ]
        holds = [
            row.case
            for row in self._with_words(HOLD, HOLD_DETAILS)
            if row.lifted_at is not None and _tells(row, traces)
        ]
        return self._words(requests, holds)

    def about_exchanges(self, ids: Collection[int], eraser: Eraser) -> CaseWords:
        """Returns the closed requests and lifted holds of which no other exchange has words."""
        picked = select(PICKED_PARTY.c.request_id, PARTY.c.exchange_id).join(
            PARTY, PARTY.c.id == PICKED_PARTY.c.party_id
        )
        picked = picked.join(REQUEST, REQUEST.c.id == PICKED_PARTY.c.request_id).where(
            REQUEST.c.station_id == self._station_id, REQUEST.c.closed_at.is_not(None)
        )
        held = (
            select(HELD_EXCHANGE.c.hold_id, HELD_EXCHANGE.c.exchange_id)
            .join(HOLD, HOLD.c.id == HELD_EXCHANGE.c.hold_id)
            .where(HOLD.c.station_id == self._station_id, HOLD.c.lifted_at.is_not(None))
        )
        found = []
        for query in (picked, held):
            pairs = [tuple(row) for row in self._connection.execute(query)]
            others = {exchange_id for _number, exchange_id in pairs} - set(ids)
            staying = eraser.with_words(sorted(others))
            stay = {number for number, exchange_id in pairs if exchange_id in staying}
            found.append({number for number, _exchange_id in pairs} - stay)
        return self._words(*found)

    def in_rows(self, rows: Rows) -> CaseWords:
        """Returns the requests and holds whose words these rows are."""
        requests, holds = (
            self._connection.execute(
                select(table.c.id).where(table.c.details_id.in_(rows.get(details.name, ())))
            ).scalars()
            for table, details in ((REQUEST, REQUEST_DETAILS), (HOLD, HOLD_DETAILS))
        )
        return CaseWords(tuple(requests), tuple(holds))

    def _words(self, requests: Iterable[int], holds: Iterable[int]) -> CaseWords:
        cases, held = frozenset(requests), frozenset(holds)
        notes = self._notes(_OF_REQUESTS, cases) | self._notes(_OF_HOLDS, held)
        rows = {
            REQUEST_DETAILS.name: self._details(REQUEST, cases),
            HOLD_DETAILS.name: self._details(HOLD, held),
            NOTE_DETAILS.name: notes,
        }
        return CaseWords(tuple(sorted(cases)), tuple(sorted(held)), rows)

    def _with_words(self, table: Table, details: Table) -> Iterable[Any]:
        words = [column for column in details.c if column.name not in ("id", "station_id", "key")]
        ended = [column for column in table.c if column.name in ("closed_at", "lifted_at")]
        return self._connection.execute(
            select(table.c.id.label("case"), *ended, *words)
            .join(details, details.c.id == table.c.details_id)
            .where(table.c.station_id == self._station_id)
        )

    def _details(self, table: Table, numbers: Collection[int]) -> frozenset[int]:
        chosen = select(table.c.details_id).where(
            table.c.id.in_(numbers), table.c.details_id.is_not(None)
        )
        return frozenset(self._connection.execute(chosen).scalars())

    def _notes(self, verbs: Collection[Verb], numbers: Collection[int]) -> frozenset[int]:
        """Returns what officers wrote in acts about these requests or holds."""
        if not numbers:
            return frozenset()
        acts = self._connection.execute(
            select(ACT.c.facts, ACT.c.details).where(
                ACT.c.station_id == self._station_id, ACT.c.verb.in_(verbs), ACT.c.details != "[]"
            )
        )
        found = {
            id_
            for act in acts
            if parsed(act.facts).get("case") in numbers
            for table, id_, _commitment in refs_in(act.details)
            if table == NOTE_DETAILS.name
        }
        there = select(NOTE_DETAILS.c.id).where(NOTE_DETAILS.c.id.in_(found))
        return frozenset(self._connection.execute(there).scalars())


def _tells(row: Any, traces: Traces) -> bool:
    return traces.stand_in_file("\n".join(text for text in row if isinstance(text, str)))
