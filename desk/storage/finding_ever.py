"""Finding on all days: by the index, then looked at as the board's own finding does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pendulum import DateTime
from sqlalchemy import Connection

from desk.domain.exchange import Exchange
from desk.domain.finding import Finder, Match
from desk.domain.nearness import near_matches
from desk.domain.searchable import Query, Spelling, read_query
from desk.domain.views import FoundEver
from desk.storage import bookings, search_index
from desk.storage.aggregate import Stored


def find_ever(
    connection: Connection,
    station_id: int,
    query: str,
    now: DateTime,
    most: int,
    spelling: Spelling,
) -> tuple[FoundEver, ...]:
    """Returns what was typed wherever it stands, the newest first.

    Where it stands nowhere, what is like it comes instead, the most alike first.

    Args:
        connection: to read by.
        station_id: whose exchanges.
        query: what was typed or scanned; a complete reference means the exchange it leads to.
        now: the present.
        most: how many exchanges are looked at.
        spelling: how the station's texts are compared.
    """
    asked = read_query(query, spelling)
    led_to = (
        None if asked.slip is None else bookings.of_station(connection, station_id, asked.slip.ref)
    )
    if led_to is not None:
        matches = Finder([led_to.exchange], spelling).find(led_to.exchange.ref, now)
        return _found([led_to], matches)
    found = search_index.find(connection, station_id, asked, most)
    matches = Finder(_exchanges(found), spelling).find(query, now)
    return _found(found, matches) or _near(connection, station_id, asked, most, spelling)


def _near(
    connection: Connection, station_id: int, asked: Query, most: int, spelling: Spelling
) -> tuple[FoundEver, ...]:
    found = search_index.near(connection, station_id, asked, most)
    return _found(found, near_matches(_exchanges(found), asked, spelling.fold_map))


def _exchanges(found: Iterable[Stored]) -> list[Exchange]:
    return [each.exchange for each in found]


def _found(found: Iterable[Stored], matches: Iterable[Match]) -> tuple[FoundEver, ...]:
    """Returns the exchanges that really match, in the order in which they were found."""
    by_ref: defaultdict[str, list[Match]] = defaultdict(list)
    for match in matches:
        by_ref[match.ref].append(match)
    return tuple(
        FoundEver(exchange, tuple(by_ref[exchange.ref]))
        for exchange in _exchanges(found)
        if exchange.ref in by_ref
    )
