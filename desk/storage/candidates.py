"""Who the person of a request may be: by phone, email and plate; by name only as possible.

Everything that is still written is looked through, hidden exchanges and older versions too: what
an officer replaced yesterday is what somebody asks about today. Names that are nearly the same are
taken from the index (``desk.storage.finding_ever``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pendulum import DateTime
from sqlalchemy import Connection, select

from desk.domain.exchange import Side
from desk.domain.rights import Candidate, Person, Picked, Request, shared
from desk.domain.searchable import Field, Spelling
from desk.storage.aggregate import Stored
from desk.storage.canonical import parsed
from desk.storage.commitments import refs_in
from desk.storage.finding_ever import find_ever
from desk.storage.holds import person_of
from desk.storage.reading import in_batches, load
from desk.storage.tables import ACT_LINE, EXCHANGE, PARTY, PARTY_DETAILS

_MOST_NEAR = 50
"""Exchanges with a name that is nearly the one that was said."""


class _Place(NamedTuple):
    """Where somebody stands: an exchange's row, and the side."""

    exchange_id: int
    side: Side


class Candidates:
    """Looks for people, within one transaction.

    Args:
        connection: to read by.
        station_id: whose.
        spelling: how texts are compared.
    """

    def __init__(self, connection: Connection, station_id: int, spelling: Spelling) -> None:
        self._connection = connection
        self._station_id = station_id
        self._spelling = spelling

    def of(self, request: Request, now: DateTime) -> tuple[Candidate, ...]:
        """Returns who the person of a request may be, the surest and newest first."""
        agreed = self._agreeing(request.person)
        now_there = self._standing(agreed)
        former = {id_ for id_ in agreed if id_ not in now_there}
        by: defaultdict[_Place, frozenset[Field]] = defaultdict(frozenset)
        for id_, places in now_there.items():
            for place in places:
                by[place] |= agreed[id_]
        current = set(by)
        for id_, place in self._having_stood(former):
            by[place] |= agreed[id_]
        for place in self._nearly(request.person.name, now):
            by[place] |= {Field.NAME}
            current.add(place)
        stored = {each.id: each for each in load(self._connection, self._ids(by, request))}
        found = self._candidates(by, current, stored, request)
        return tuple(sorted(found, key=_order))

    def _candidates(
        self,
        by: Mapping[_Place, frozenset[Field]],
        current: set[_Place],
        stored: Mapping[int, Stored],
        request: Request,
    ) -> Iterator[Candidate]:
        picked = set(request.picked)
        for place, agreed in by.items():
            exchange = stored[place.exchange_id].exchange
            mine = Picked(exchange.ref, place.side)
            picked_here = mine in picked
            picked.discard(mine)
            former = place not in current
            yield Candidate(exchange, place.side, agreed, picked_here, former)
        refs = {each.exchange.ref: each.exchange for each in stored.values()}
        for ref, side in ((each.ref, each.side) for each in request.picked if each in picked):
            yield Candidate(refs[ref], side, frozenset(), picked=True)

    def _agreeing(self, person: Person) -> dict[int, frozenset[Field]]:
        """Returns the rows of parties that agree with a description, and in what."""
        table = PARTY_DETAILS
        rows = self._connection.execute(
            select(table.c.id, table.c.name, table.c.phone, table.c.email, table.c.plate).where(
                table.c.station_id == self._station_id
            ),
            execution_options={"yield_per": 1000},
        )
        found = ((row.id, shared(person, person_of(row), self._spelling)) for row in rows)
        return {id_: agreed for id_, agreed in found if agreed}

    def _standing(self, ids: Mapping[int, object]) -> dict[int, list[_Place]]:
        """Returns where these rows are the current ones."""
        places: defaultdict[int, list[_Place]] = defaultdict(list)
        for batch in in_batches(sorted(ids)):
            rows = self._connection.execute(
                select(PARTY.c.details_id, PARTY.c.exchange_id, PARTY.c.side).where(
                    PARTY.c.details_id.in_(batch)
                )
            )
            for id_, exchange_id, side in rows:
                places[id_].append(_Place(exchange_id, side))
        return places

    def _having_stood(self, ids: set[int]) -> Iterator[tuple[int, _Place]]:
        """Yields where these rows were written once."""
        if not ids:
            return
        lines = self._connection.execute(
            select(ACT_LINE.c.exchange_id, ACT_LINE.c.after, ACT_LINE.c.details).where(
                ACT_LINE.c.station_id == self._station_id,
                ACT_LINE.c.details.contains(PARTY_DETAILS.name),
            ),
            execution_options={"yield_per": 500},
        )
        for line in lines:
            written = {id_ for table, id_, _kept in refs_in(line.details)} & ids
            for party in parsed(line.after)["parties"] if written else ():
                if party["details"] in written:
                    yield party["details"], _Place(line.exchange_id, Side(party["side"]))

    def _nearly(self, name: str, now: DateTime) -> Iterator[_Place]:
        """Yields where somebody is called nearly so."""
        if not name:
            return
        found = find_ever(self._connection, self._station_id, name, now, _MOST_NEAR, self._spelling)
        named = {
            (each.exchange.ref, match.side)
            for each in found
            for match in each.matches
            if match.field is Field.NAME and match.side is not None
        }
        for ref, side in named:
            id_ = self._id_of(ref)
            if id_ is not None and side is not None:
                yield _Place(id_, side)

    def _ids(self, by: Mapping[_Place, object], request: Request) -> list[int]:
        picked = (self._id_of(each.ref) for each in request.picked)
        return sorted({place.exchange_id for place in by} | {id_ for id_ in picked if id_})

    def _id_of(self, ref: str) -> int | None:
        own = (EXCHANGE.c.ref == ref) & (EXCHANGE.c.station_id == self._station_id)
        return self._connection.execute(select(EXCHANGE.c.id).where(own)).scalar()


def _order(candidate: Candidate) -> tuple[bool, float, str, str]:
    exchange = candidate.exchange
    return not candidate.is_sure, -exchange.starts_at.timestamp(), exchange.ref, candidate.side
