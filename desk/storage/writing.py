"""Exchanges to rows: new ones in bulk, changed ones by what differs.

The order of the writes keeps the triggers' invariants true after every statement: visits that
never happened go first, then the presences change, then visits are added, and the outcome last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update

from desk.domain.exchange import Dispute, Exchange, Party, Side, Visit
from desk.storage import search_index
from desk.storage.aggregate import Stored, StoredParty, about_words, party_words
from desk.storage.details import DetailsRef, keep
from desk.storage.tables import (
    DISPUTE,
    EXCHANGE,
    EXCHANGE_DETAILS,
    PARTY,
    PARTY_DETAILS,
    VISIT,
)

_PARTY = update(PARTY).where(PARTY.c.id == bindparam("row"))
_EXCHANGE_AS_SEEN = update(EXCHANGE).where(
    EXCHANGE.c.id == bindparam("row"), EXCHANGE.c.version == bindparam("seen")
)


class StaleError(Exception):
    """Somebody changed the exchange since it was read; nothing was written."""


def insert_new(
    connection: Connection,
    station_id: int,
    booked: Sequence[tuple[Exchange, int | None]],
) -> list[tuple[Stored, tuple[DetailsRef, ...]]]:
    """Writes new exchanges, on which nothing has happened yet but a cancellation.

    Args:
        connection: in the act's transaction.
        station_id: whose exchanges they are.
        booked: each exchange with its bay's row number.

    Returns:
        Each exchange as it is stored, with what the journal holds of its words.
    """
    whats = [about_words(each) for each, _bay in booked]
    about = keep(connection, EXCHANGE_DETAILS, station_id, whats)
    rows = [
        _exchange_row(exchange, bay, ref.id)
        | {"station_id": station_id, "ref": exchange.ref, "source": exchange.source}
        | {"unbooked": False, "merged_into": None, "version": 1}
        for (exchange, bay), ref in zip(booked, about, strict=True)
    ]
    ids = _insert_rows(connection, EXCHANGE, rows)
    people = [party for exchange, _bay in booked for party in exchange.parties]
    parties, who = _insert_parties(connection, station_id, people, ids)
    search_index.put(connection, station_id, zip(ids, (each for each, _bay in booked), strict=True))
    return [
        (
            Stored(
                id=ids[n],
                station_id=station_id,
                exchange=replace(exchange, version=1),
                bay_id=bay,
                details_id=about[n].id,
                giver=parties[2 * n],
                receiver=parties[2 * n + 1],
            ),
            (about[n], who[2 * n], who[2 * n + 1]),
        )
        for n, (exchange, bay) in enumerate(booked)
    ]


def _insert_parties(
    connection: Connection, station_id: int, people: Sequence[Party], exchange_ids: Sequence[int]
) -> tuple[list[StoredParty], list[DetailsRef]]:
    """Writes the parties, two to an exchange, and what they are called."""
    names = [asdict(party_words(party)) for party in people]
    who = keep(connection, PARTY_DETAILS, station_id, names)
    rows = [
        _party_row(party, who[index].id)
        | {"station_id": station_id, "exchange_id": exchange_ids[index // 2], "hold": False}
        for index, party in enumerate(people)
    ]
    ids = _insert_rows(connection, PARTY, rows)
    return [StoredParty(id_, ref.id) for id_, ref in zip(ids, who, strict=True)], who


def _insert_rows(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> list[int]:
    if not rows:
        return []
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(connection.execute(statement, rows).scalars())


def with_new_words(
    connection: Connection, before: Stored, after: Exchange, bay_id: int | None
) -> tuple[Stored, tuple[DetailsRef, ...]]:
    """Returns what is to be stored: new details rows where words changed, else the ones there are.

    People who change sides keep their details rows.
    """
    refs: list[DetailsRef] = []
    details_id = before.details_id
    was = before.exchange
    about = about_words(after)
    if about != about_words(was):
        refs += keep(connection, EXCHANGE_DETAILS, before.station_id, [about])
        details_id = refs[-1].id
    parties = {}
    for party in after.parties:
        words = party_words(party)
        known = {
            party_words(was.party(side)): before.party(side).details_id
            for side in (party.side.other, party.side)
        }
        if words not in known:
            refs += keep(connection, PARTY_DETAILS, before.station_id, [asdict(words)])
            known[words] = refs[-1].id
        parties[party.side] = replace(before.party(party.side), details_id=known[words])
    stored = replace(
        before,
        exchange=after,
        bay_id=bay_id,
        details_id=details_id,
        giver=parties[Side.GIVER],
        receiver=parties[Side.RECEIVER],
    )
    return stored, tuple(refs)


def write(connection: Connection, before: Stored, after: Stored) -> Stored:
    """Writes what differs, and returns the exchange with its new version.

    Raises:
        StaleError: the version that was read is no longer the current one.
    """
    (written,) = write_all(connection, [(before, after)])
    return written


def write_all(
    connection: Connection, changes: Sequence[tuple[Stored, Stored]]
) -> tuple[Stored, ...]:
    """Writes what differs in each exchange before and after, one statement for all of a kind.

    Returns:
        The exchanges with their new versions.

    Raises:
        StaleError: a version that was read is no longer the current one.
    """
    changed = [(before, after) for before, after in changes if before != after]
    for before, after in changed:
        for side in Side:
            _take_visits(connection, before, after, side)
    _update_parties(connection, changed)
    for before, after in changed:
        for side in Side:
            _give_visits(connection, before, after, side)
        _write_dispute(connection, before, after.exchange.dispute)
    _update_exchanges(connection, changed)
    _index_again(connection, changed)
    return tuple(after if before == after else _risen(before, after) for before, after in changes)


def _index_again(connection: Connection, changed: Sequence[tuple[Stored, Stored]]) -> None:
    """Takes up what was given other words."""
    told = [after for before, after in changed if _words_ids(after) != _words_ids(before)]
    for station_id in {each.station_id for each in told}:
        theirs = ((each.id, each.exchange) for each in told if each.station_id == station_id)
        search_index.put(connection, station_id, theirs)


def _risen(before: Stored, after: Stored) -> Stored:
    return replace(after, exchange=replace(after.exchange, version=before.exchange.version + 1))


def _update_parties(connection: Connection, changed: Sequence[tuple[Stored, Stored]]) -> None:
    rows = [
        _party_row(after.exchange.party(side), after.party(side).details_id)
        | {"row": before.party(side).id}
        for before, after in changed
        for side in Side
        if (before.exchange.party(side), before.party(side))
        != (after.exchange.party(side), after.party(side))
    ]
    if rows:
        connection.execute(_PARTY, rows)


def _update_exchanges(connection: Connection, changed: Sequence[tuple[Stored, Stored]]) -> None:
    rows = [
        _exchange_row(after.exchange, after.bay_id, after.details_id)
        | {"unbooked": after.unbooked, "merged_into": after.merged_into}
        | {"version": before.exchange.version + 1}
        | {"row": before.id, "seen": before.exchange.version}
        for before, after in changed
    ]
    if not rows:
        return
    if connection.execute(_EXCHANGE_AS_SEEN, rows).rowcount != len(rows):
        raise StaleError


def _words_ids(stored: Stored) -> tuple[int, int, int]:
    """Returns the rows that hold an exchange's words: they change with every word."""
    return stored.details_id, stored.giver.details_id, stored.receiver.details_id


def _exchange_row(exchange: Exchange, bay_id: int | None, details_id: int) -> dict[str, Any]:
    return {
        "kind": exchange.kind,
        "starts_at": exchange.starts_at,
        "ends_at": exchange.ends_at,
        "bay_id": bay_id,
        "large": exchange.large,
        "outcome": exchange.outcome,
        "closed_at": exchange.closed_at,
        "started_at": exchange.started_at,
        "details_id": details_id,
    }


def _party_row(party: Party, details_id: int) -> dict[str, Any]:
    return {
        "side": party.side,
        "presence": party.presence,
        "assumed": party.assumed,
        "id_check": party.id_check,
        "expected_at": party.expected_at,
        "details_id": details_id,
    }


def _visit_row(visit: Visit) -> Mapping[str, Any]:
    return {
        "arrived_at": visit.arrived_at,
        "left_at": visit.left_at,
        "left_observed": visit.left_observed,
        "held": visit.held,
        "released_at": visit.released_at,
    }


def _take_visits(connection: Connection, before: Stored, after: Stored, side: Side) -> None:
    kept = len(after.exchange.party(side).visits)
    if kept < len(before.exchange.party(side).visits):
        of_party = VISIT.c.party_id == before.party(side).id
        connection.execute(delete(VISIT).where(of_party, VISIT.c.position > kept))


def _give_visits(connection: Connection, before: Stored, after: Stored, side: Side) -> None:
    was, now = before.exchange.party(side).visits, after.exchange.party(side).visits
    party_id = before.party(side).id
    for position, (old, new) in enumerate(zip(was, now, strict=False), start=1):
        if old != new:
            same = (VISIT.c.party_id == party_id, VISIT.c.position == position)
            connection.execute(update(VISIT).where(*same).values(_visit_row(new)))
    own = {"station_id": before.station_id, "party_id": party_id}
    added = [
        own | {"position": position, **_visit_row(visit)}
        for position, visit in enumerate(now[len(was) :], start=len(was) + 1)
    ]
    if added:
        connection.execute(insert(VISIT), added)


def _write_dispute(connection: Connection, before: Stored, dispute: Dispute | None) -> None:
    was = before.exchange.dispute
    if dispute is None or dispute == was:
        return
    row = asdict(dispute) | {"exchange_id": before.id, "station_id": before.station_id}
    if was is not None and was.number == dispute.number:
        same = (DISPUTE.c.station_id == before.station_id, DISPUTE.c.number == dispute.number)
        connection.execute(update(DISPUTE).where(*same).values(row))
    else:
        connection.execute(insert(DISPUTE).values(row))
