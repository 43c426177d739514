"""Whether the words that the journal committed to are there as they were, and no others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection, RowMapping, Table, func, select

from desk.domain.views import Finding
from desk.i18n import _
from desk.storage.details import commit_to
from desk.storage.raw import raw_columns
from desk.storage.tables import DETAILS

_AT_ONCE = 2000
_TABLES: Mapping[str, Table] = {table.name: table for table in DETAILS}


def refs_in(kept: str) -> Iterator[tuple[str, int, str]]:
    """Yields the table, row and commitment of each details row that a sound row speaks of."""
    yield from json.loads(kept)


class Commitments:
    """Gathers commitments from sound rows, and checks them against the details rows in batches."""

    def __init__(self, connection: Connection, station_id: int) -> None:
        self._connection = connection
        self._station_id = station_id
        self._waiting: dict[str, dict[int, str]] = {name: {} for name in _TABLES}
        self._found = dict.fromkeys(_TABLES, 0)

    def add(self, refs: Iterable[tuple[str, int, str]]) -> Iterator[Finding]:
        """Takes commitments in; yields what is wrong with those that were waiting."""
        for table, id_, commitment in refs:
            self._waiting[table][id_] = commitment
            if len(self._waiting[table]) >= _AT_ONCE:
                yield from self._check(table)

    def finish(self) -> Iterator[Finding]:
        """Yields what is wrong with the last of them."""
        for table in _TABLES:
            yield from self._check(table)

    def strangers_possible(self) -> Iterator[Table]:
        """Yields the tables that hold more rows than were committed to."""
        for name, table in _TABLES.items():
            held = self._connection.execute(
                select(func.count()).where(table.c.station_id == self._station_id)
            ).scalar_one()
            if held != self._found[name]:
                yield table

    def _check(self, name: str) -> Iterator[Finding]:
        waiting = self._waiting[name]
        table = _TABLES[name]
        rows = self._connection.execute(
            select(*raw_columns(table)).where(table.c.id.in_(list(waiting)))
        ).mappings()
        for row in rows:
            self._found[name] += 1
            if not _kept(name, row, waiting.pop(row["id"])):
                yield Finding(
                    row["id"],
                    name,
                    "changed",
                    _("The words in {table} {number} are not those that were written.").format(
                        table=name, number=row["id"]
                    ),
                )
        for id_ in waiting:
            yield Finding(
                id_,
                name,
                "missing",
                _("{table} {number} was written, and is gone.").format(table=name, number=id_),
            )
        waiting.clear()


def _kept(name: str, row: RowMapping, commitment: str) -> bool:
    return isinstance(row["key"], bytes) and commit_to(name, dict(row)) == commitment


def strangers(
    connection: Connection, station_id: int, table: Table, committed: set[int]
) -> Iterator[Finding]:
    """Yields the rows of a details table that no sound row of the journal speaks of."""
    ids = connection.execute(
        select(table.c.id).where(table.c.station_id == station_id).order_by(table.c.id)
    ).scalars()
    for id_ in ids:
        if id_ not in committed:
            yield Finding(
                id_,
                table.name,
                "uncommitted",
                _("No sound row of the journal speaks of {table} {number}.").format(
                    table=table.name, number=id_
                ),
            )
