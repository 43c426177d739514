"""Whether the words that the journal committed to are there as they were, and no others."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, bindparam, func, select

from desk.domain.views import Finding
from desk.i18n import _
from desk.storage.canonical import KEY_BYTES
from desk.storage.details import commit_to
from desk.storage.raw import raw_rows_by_id
from desk.storage.reading import in_batches
from desk.storage.tables import DETAILS

_AT_ONCE = 2000
_TABLES: Mapping[str, Table] = {table.name: table for table in DETAILS}


def refs_in(kept: str) -> Iterator[tuple[str, int, str]]:
    """Yields the table, row and commitment of each details row that a sound row speaks of."""
    yield from json.loads(kept)


class Commitments:
    """Gathers commitments from sound rows, and checks them against the details rows in batches.

    What is missing or otherwise is told at the end: an act that erased it comes after the one that
    wrote it.
    """

    def __init__(self, connection: Connection, station_id: int) -> None:
        self._connection = connection
        self._station_id = station_id
        self._waiting: dict[str, dict[int, str]] = {name: {} for name in _TABLES}
        self._found = dict.fromkeys(_TABLES, 0)
        self._missing: dict[str, dict[int, None]] = {name: {} for name in _TABLES}
        self._changed: dict[str, dict[int, None]] = {name: {} for name in _TABLES}
        self._erased: dict[str, set[int]] = {name: set() for name in _TABLES}

    def add(self, refs: Iterable[tuple[str, int, str]]) -> None:
        """Takes commitments in."""
        for table, id_, commitment in refs:
            self._waiting[table][id_] = commitment
            if len(self._waiting[table]) >= _AT_ONCE:
                self._check(table)

    def erase(self, rows: Mapping[str, Iterable[int]]) -> None:
        """Takes in what a sound act erased."""
        for name, ids in rows.items():
            self._erased[name].update(ids)

    def finish(self) -> Iterator[Finding]:
        """Yields what is wrong with the rows that were committed to, and with those erased."""
        for name in _TABLES:
            self._check(name)
            emptied, left = self._left_of(name)
            for id_ in self._changed[name]:
                if id_ not in emptied:
                    sentence = _("The words in {table} {number} are not those that were written.")
                    yield _finding(name, id_, "changed", sentence)
            for id_ in self._missing[name]:
                if id_ not in self._erased[name]:
                    yield _finding(
                        name, id_, "missing", _("{table} {number} was written, and is gone.")
                    )
            for id_ in left:
                sentence = _("{table} {number} was erased, and is still there.")
                yield _finding(name, id_, "not_erased", sentence)

    def strangers_possible(self) -> Iterator[Table]:
        """Yields the tables that hold more rows than were committed to."""
        for name, table in _TABLES.items():
            held = self._connection.execute(_count_of(table), {"station": self._station_id})
            if held.scalar_one() != self._found[name]:
                yield table

    def _check(self, name: str) -> None:
        waiting = self._waiting[name]
        for row in self._rows(name, waiting):
            self._found[name] += 1
            if not _kept(name, row, waiting.pop(row["id"])):
                self._changed[name][row["id"]] = None
        self._missing[name] |= dict.fromkeys(waiting)
        waiting.clear()

    def _left_of(self, name: str) -> tuple[set[int], list[int]]:
        """Returns which erased rows were emptied, and which are still there with words."""
        emptied, left = set(), []
        for batch in in_batches(sorted(self._erased[name])):
            for row in self._rows(name, batch):
                if _is_empty(row):
                    emptied.add(row["id"])
                else:
                    left.append(row["id"])
        return emptied, left

    def _rows(self, name: str, ids: Collection[int]) -> Sequence[RowMapping]:
        if not ids:
            return ()
        chosen = raw_rows_by_id(_TABLES[name])
        return self._connection.execute(chosen, {"ids": list(ids)}).mappings().all()


@cache
def _count_of(table: Table) -> Select[Any]:
    return select(func.count()).where(table.c.station_id == bindparam("station"))


def _finding(name: str, number: int, code: str, sentence: str) -> Finding:
    return Finding(number, name, code, sentence.format(table=name, number=number))


def _is_empty(row: RowMapping) -> bool:
    """Returns whether nothing is left of a row but its numbers, as of a booking file's name."""
    own = ("id", "station_id", "key")
    words = (value for name, value in row.items() if name not in own)
    return row["key"] == bytes(KEY_BYTES) and not any(words)


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
