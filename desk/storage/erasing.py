"""Erasing: which details rows go, what stands in their place, and the one delete there is.

An erasure is decided by rows: whatever they were part of is left without words. So the same
erasure can be done to a backup that still has them (``desk.storage.reapplying``). What the act
says of it are the rows' numbers; their keys go with them, so that the commitments to them in the
journal can be checked against nothing any more, and say nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, Select, Table, delete, select, update

from desk.domain.exchange import Exchange, Party, Side
from desk.domain.rights import Person
from desk.domain.searchable import Spelling
from desk.domain.traces import Traces
from desk.storage.aggregate import PartyWords, Stored, about_words, party_words
from desk.storage.canonical import KEY_BYTES, parsed
from desk.storage.commitments import refs_in
from desk.storage.details import DetailsRef, commit_to, keep
from desk.storage.reading import in_batches, load
from desk.storage.search_index import forget
from desk.storage.tables import (
    ACT_LINE,
    DETAILS,
    EXCHANGE,
    EXCHANGE_DETAILS,
    FILE_DETAILS,
    LOOK,
    NOTE_DETAILS,
    PARTY,
    PARTY_DETAILS,
)

Rows: TypeAlias = Mapping[str, Collection[int]]
"""Numbers of details rows, by table."""

ERASED = "erased"
"""The fact under which an act says which details rows it erased, by table."""

LOOKS_ERASED = "looks"
"""The fact under which it says up to which act the looks are gone."""

FILES = "files"
"""The fact under which it says which files go with it, by their digests."""

_TABLES: Mapping[str, Table] = {table.name: table for table in DETAILS}
_BLANK_PARTY: Mapping[str, Any] = {"name": None, "phone": None, "email": None, "plate": None}
_BLANK_EXCHANGE: Mapping[str, Any] = {"item": "", "external_id": None, "booking_key": None}


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is to be erased.

    Attributes:
        rows: the details rows that go.
        traces: what gives away whoever is erased.
    """

    rows: Mapping[str, frozenset[int]]
    traces: Traces = field(repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to erase."""
        return not any(self.rows.values())


class Eraser:
    """Finds out what an erasure is, within one transaction.

    Args:
        connection: to read by.
        station_id: whose.
        spelling: how the station's texts are compared.
    """

    def __init__(self, connection: Connection, station_id: int, spelling: Spelling) -> None:
        self._connection = connection
        self._station_id = station_id
        self._spelling = spelling

    def of_exchanges(self, ids: Sequence[int]) -> Erasure:
        """Returns everything that is written of these exchanges."""
        rows: defaultdict[str, set[int]] = defaultdict(set)
        for line in self._lines(ids):
            for table, id_, _commitment in refs_in(line.details):
                rows[table].add(id_)
        there = self._there(rows)
        traces = self.traces_of(there.get(PARTY_DETAILS.name, ()))
        return Erasure(there | self._files(ids, traces), traces)

    def of_parties(self, party_ids: Sequence[int]) -> Erasure:
        """Returns what is written of these parties, and what else there gives them away."""
        chosen = select(PARTY.c.exchange_id).where(PARTY.c.id.in_(party_ids))
        ids = list(self._connection.execute(chosen).scalars())
        lines = list(self._lines(ids))
        own = self._versions(party_ids, lines)
        traces = self.traces_of(own)
        texts: defaultdict[str, set[int]] = defaultdict(set)
        for line in lines:
            for table, id_, _commitment in refs_in(line.details):
                texts[table].add(id_)
        rows = {
            PARTY_DETAILS.name: own,
            NOTE_DETAILS.name: self._telling(NOTE_DETAILS, texts, traces),
            EXCHANGE_DETAILS.name: self._telling(EXCHANGE_DETAILS, texts, traces),
        }
        return Erasure(self._there(rows) | self._files(ids, traces), traces)

    def with_words(self, ids: Sequence[int]) -> frozenset[int]:
        """Returns which of these exchanges there still are words of."""
        rows: defaultdict[str, set[int]] = defaultdict(set)
        written: defaultdict[int, set[tuple[str, int]]] = defaultdict(set)
        for line in self._lines(ids):
            for table, id_, _commitment in refs_in(line.details):
                rows[table].add(id_)
                written[line.exchange_id].add((table, id_))
        there = {(table, id_) for table, kept in self._there(rows).items() for id_ in kept}
        return frozenset(id_ for id_, own in written.items() if own & there)

    def traces_in(self, rows: Rows) -> Traces:
        """Returns what gives away whoever these rows are about."""
        return self.traces_of(rows.get(PARTY_DETAILS.name, ()))

    def traces_of(self, party_rows: Collection[int]) -> Traces:
        """Returns what gives away whoever stands in these rows."""
        return Traces.of(list(self._people(party_rows)), self._spelling)

    def people_ever(self, exchange_id: int) -> list[Person]:
        """Returns whoever the parties of an exchange are or were, as far as it is written."""
        written = {
            id_
            for line in self._lines([exchange_id])
            for table, id_, _commitment in refs_in(line.details)
            if table == PARTY_DETAILS.name
        }
        return list(self._people(written))

    def _people(self, party_rows: Collection[int]) -> Iterator[Person]:
        for row in self._rows(PARTY_DETAILS, party_rows):
            yield Person(row.name or "", row.phone or "", row.email or "", row.plate or "")

    def _lines(self, exchange_ids: Sequence[int]) -> Iterator[Row[Any]]:
        for batch in in_batches(exchange_ids):
            yield from self._connection.execute(
                select(ACT_LINE)
                .where(ACT_LINE.c.exchange_id.in_(batch))
                # Newest first, so that a party's rows are followed to where they came from.
                .order_by(ACT_LINE.c.exchange_id, ACT_LINE.c.act_number.desc())
            )

    def _versions(self, party_ids: Sequence[int], lines: Iterable[Row[Any]]) -> frozenset[int]:
        """Returns every version of these parties: whoever changes sides takes them along."""
        chosen = select(PARTY.c.details_id).where(PARTY.c.id.in_(party_ids))
        own = set(self._connection.execute(chosen).scalars())
        for line in lines:
            if line.before is None or line.after is None:
                continue
            was, then = (
                {party["id"]: party["details"] for party in parsed(state)["parties"]}
                for state in (line.before, line.after)
            )
            came_from = {was[id_] for id_, details in then.items() if details in own}
            own |= came_from - set(then.values())
        return frozenset(own)

    def _telling(
        self, table: Table, rows: Mapping[str, Collection[int]], traces: Traces
    ) -> frozenset[int]:
        """Returns which of these rows give somebody away."""
        return frozenset(
            row.id
            for row in self._rows(table, rows.get(table.name, ()))
            if any(isinstance(text, str) and traces.stand_in(text) for text in tuple(row))
        )

    def _files(self, exchange_ids: Sequence[int], traces: Traces) -> dict[str, frozenset[int]]:
        """Returns the names of booking files that give somebody away."""
        ids: set[int] = set()
        for batch in in_batches(exchange_ids):
            chosen = select(ACT_LINE.c.file_id).where(
                ACT_LINE.c.exchange_id.in_(batch), ACT_LINE.c.file_id.is_not(None)
            )
            ids.update(self._connection.execute(chosen.distinct()).scalars())
        return {FILE_DETAILS.name: self._telling(FILE_DETAILS, {FILE_DETAILS.name: ids}, traces)}

    def _rows(self, table: Table, ids: Collection[int]) -> Iterator[Row[Any]]:
        for batch in in_batches(sorted(ids)):
            yield from self._connection.execute(select(table).where(table.c.id.in_(batch)))

    def _there(self, rows: Rows) -> dict[str, frozenset[int]]:
        """Returns which of these rows were not erased before."""
        found = there(self._connection, rows)
        return {name: frozenset(kept) for name, kept in found.items()}


def there(connection: Connection, rows: Rows) -> dict[str, dict[int, dict[str, Any]]]:
    """Returns those of these details rows that there are, by their numbers."""
    return {
        name: {
            row["id"]: dict(row)
            for batch in in_batches(sorted(ids))
            for row in connection.execute(_chosen(name, batch)).mappings()
        }
        for name, ids in rows.items()
    }


def whoever_loses(connection: Connection, rows: Rows) -> list[Stored]:
    """Returns the exchanges that would lose words of theirs."""
    about, who = (rows.get(each.name, ()) for each in (EXCHANGE_DETAILS, PARTY_DETAILS))
    ids: set[int] = set()
    for batch in in_batches(sorted(about)):
        chosen = select(EXCHANGE.c.id).where(EXCHANGE.c.details_id.in_(batch))
        ids.update(connection.execute(chosen).scalars())
    for batch in in_batches(sorted(who)):
        chosen = select(PARTY.c.exchange_id).where(PARTY.c.details_id.in_(batch))
        ids.update(connection.execute(chosen).scalars())
    return load(connection, sorted(ids))


@dataclass(frozen=True, slots=True)
class Blanks:
    """The rows without words that stand in the place of those that go."""

    exchange: DetailsRef
    party: DetailsRef

    @classmethod
    def kept(cls, connection: Connection, station_id: int) -> Blanks:
        """Writes them."""
        (exchange,) = keep(connection, EXCHANGE_DETAILS, station_id, [_BLANK_EXCHANGE])
        (party,) = keep(connection, PARTY_DETAILS, station_id, [_BLANK_PARTY])
        return cls(exchange, party)

    @property
    def refs(self) -> tuple[DetailsRef, ...]:
        """What the act that erases holds of them."""
        return (self.exchange, self.party)


def emptied(
    connection: Connection, stored: Stored, erasure: Erasure, blanks: Blanks
) -> tuple[Stored, tuple[DetailsRef, ...]]:
    """Returns an exchange without the words that go, and what its line holds of new rows.

    Where one party stays, so does what is exchanged, as far as it gives nobody away.
    """
    gone = erasure.rows.get(PARTY_DETAILS.name, frozenset())
    exchange = stored.exchange
    rows = {side: stored.party(side) for side in Side}
    for side in Side:
        if rows[side].details_id in gone:
            exchange = exchange.with_party(_nobody(exchange.party(side)))
            rows[side] = replace(rows[side], details_id=blanks.party.id)
    after = replace(stored, giver=rows[Side.GIVER], receiver=rows[Side.RECEIVER])
    if stored.details_id not in erasure.rows.get(EXCHANGE_DETAILS.name, ()):
        return replace(after, exchange=exchange), ()
    exchange = _bare(exchange, erasure.traces)
    if all(party_words(party) == PartyWords() for party in exchange.parties):
        exchange = replace(exchange, **_BLANK_EXCHANGE)
        return replace(after, exchange=exchange, details_id=blanks.exchange.id), ()
    (kept,) = keep(connection, EXCHANGE_DETAILS, stored.station_id, [about_words(exchange)])
    return replace(after, exchange=exchange, details_id=kept.id), (kept,)


def _nobody(party: Party) -> Party:
    return replace(party, **_BLANK_PARTY)


def _bare(exchange: Exchange, traces: Traces) -> Exchange:
    """Returns the exchange without those of its own words that give somebody away."""
    told = {
        name: _BLANK_EXCHANGE[name]
        for name, text in about_words(exchange).items()
        if text and traces.stand_in(text)
    }
    return replace(exchange, **told)


def erase_rows(connection: Connection, rows: Rows) -> None:
    """Deletes details rows, with their keys, once the act that erases them is written.

    The name of a booking file is emptied instead: lines of the journal point at its row.
    """
    for name, ids in rows.items():
        table = _TABLES[name]
        for batch in in_batches(sorted(ids)):
            its = table.c.id.in_(batch)
            if table is FILE_DETAILS:
                empty = {"name": "", "key": bytes(KEY_BYTES)}
                connection.execute(update(table).where(its).values(empty))
            else:
                connection.execute(delete(table).where(its))
    forget(connection)


def erase_looks(connection: Connection, station_id: int, until: int) -> None:
    """Deletes the looks that acts up to that one noted, once the act that says so is written."""
    its = (LOOK.c.station_id == station_id) & (LOOK.c.act_number <= until)
    connection.execute(delete(LOOK).where(its))


def merged(*several: Rows) -> dict[str, frozenset[int]]:
    """Returns the rows of all of them."""
    tables = dict.fromkeys(name for rows in several for name in rows)
    return {
        name: frozenset(id_ for rows in several for id_ in rows.get(name, ())) for name in tables
    }


def told(connection: Connection, rows: Rows) -> dict[str, list[tuple[int, str]]]:
    """Returns the rows as the act that erases them says them: each with its commitment.

    By the commitment it is told, in a backup that still has it, from another of its number.
    """
    return {
        name: [
            (row["id"], commit_to(name, dict(row)))
            for batch in in_batches(sorted(ids))
            for row in connection.execute(_chosen(name, batch)).mappings()
        ]
        for name, ids in sorted(rows.items())
        if ids
    }


def fitting(
    connection: Connection, said: Mapping[str, Sequence[tuple[int, str]]]
) -> dict[str, frozenset[int]]:
    """Returns which of these rows a database has, with the very words that were erased."""
    found: dict[str, frozenset[int]] = {}
    for name in said.keys() & _TABLES.keys():
        wanted = dict(said[name])
        found[name] = frozenset(
            row["id"]
            for batch in in_batches(sorted(wanted))
            for row in connection.execute(_chosen(name, batch)).mappings()
            if commit_to(name, dict(row)) == wanted[row["id"]]
        )
    return found


def ids_in(said: Mapping[str, Iterable[Sequence[Any]]]) -> dict[str, frozenset[int]]:
    """Returns the rows that an act says it erased."""
    return {name: frozenset(each[0] for each in rows) for name, rows in said.items()}


def _chosen(name: str, ids: Sequence[int]) -> Select[Any]:
    table = _TABLES[name]
    return select(table).where(table.c.id.in_(ids)).order_by(table.c.id)
