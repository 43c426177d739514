"""The index by which all days are searched: SQLite's full-text search, and SQLite's alone.

It is no part of the record: it is made from the tables, with every write that changes a word, and
can be made anew from them at any time. It keeps no text, only which three characters stand in
which exchange, and forgets at once what is taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeAlias

from sqlalchemy import Connection, select, text

from desk.domain.exchange import Exchange
from desk.domain.searchable import SHORTEST_CODE, Dial, Query, international
from desk.spelling import spelling_in
from desk.storage.aggregate import Stored
from desk.storage.reading import load
from desk.storage.tables import EXCHANGE, STATION
from desk.text import fold

_TABLE = """
    CREATE VIRTUAL TABLE search
    USING fts5(words, codes, content='', contentless_delete=1, tokenize='trigram')
"""
# What is taken out leaves no trace in the index's own pages.
_FORGETFUL = "INSERT INTO search (search, rank) VALUES ('secure-delete', 1)"
_THERE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'search'"
_PUT = text("INSERT OR REPLACE INTO search (rowid, words, codes) VALUES (:id, :words, :codes)")
_FIND = text(
    "SELECT exchange.id FROM search JOIN exchange ON exchange.id = search.rowid"
    " WHERE search MATCH :asked AND exchange.station_id = :station"
    " AND NOT exchange.unbooked AND exchange.merged_into IS NULL"
    " ORDER BY exchange.starts_at DESC, exchange.id LIMIT :most"
)
_NEAR = text(
    "SELECT exchange.id FROM search JOIN exchange ON exchange.id = search.rowid"
    " WHERE search MATCH :asked AND exchange.station_id = :station"
    " AND NOT exchange.unbooked AND exchange.merged_into IS NULL"
    " ORDER BY search.rank LIMIT :most"
)
_GRAM = 3
_AT_ONCE = 2000

Put: TypeAlias = tuple[int, Exchange]
"""An exchange and its row's number."""


def has_index(connection: Connection) -> bool:
    """Returns whether the database has the index."""
    return connection.exec_driver_sql(_THERE).first() is not None


def make_index(connection: Connection) -> None:
    """Makes the index from the tables, in place of one that is there."""
    if has_index(connection):
        connection.exec_driver_sql("DROP TABLE search")
    connection.exec_driver_sql(_TABLE)
    connection.exec_driver_sql(_FORGETFUL)
    for station_id in connection.execute(select(STATION.c.id)).scalars().all():
        chosen = select(EXCHANGE.c.id).where(EXCHANGE.c.station_id == station_id)
        ids = iter(connection.execute(chosen).scalars().all())
        while batch := list(islice(ids, _AT_ONCE)):
            put(connection, station_id, _put(load(connection, batch)))


def _put(stored: Iterable[Stored]) -> Iterator[Put]:
    return ((each.id, each.exchange) for each in stored)


def put(connection: Connection, station_id: int, exchanges: Iterable[Put]) -> None:
    """Takes these exchanges of a station up, as they are now."""
    chosen = select(STATION.c.timezone).where(STATION.c.id == station_id)
    dial = spelling_in(connection.execute(chosen).scalar_one()).dial
    rows = [
        {"id": id_, "words": _words(exchange), "codes": _codes(exchange, dial)}
        for id_, exchange in exchanges
    ]
    if rows:
        connection.execute(_PUT, rows)


def _words(exchange: Exchange) -> str:
    """Returns every word that is looked for by its letters, a blank before and after each."""
    told = [exchange.item]
    for party in exchange.parties:
        told += [party.name or "", (party.email or "").partition("@")[0]]
    words = (word for each in told for word in fold(each).split())
    return f" {' '.join(words)} "


def _codes(exchange: Exchange, dial: Dial) -> str:
    codes = [exchange.ref]
    for party in exchange.parties:
        phone = party.phone or ""
        codes += [party.plate or "", phone, international(phone, dial), party.email or ""]
    kept = ("".join(filter(str.isalnum, fold(code))) for code in codes)
    return f" {' '.join(filter(None, dict.fromkeys(kept)))} "


def find(connection: Connection, station_id: int, asked: Query, most: int) -> list[Stored]:
    """Returns the exchanges in which what was typed stands, the newest first.

    Args:
        connection: to read by.
        station_id: whose exchanges.
        asked: what was typed.
        most: how many are returned.
    """
    return _matching(connection, _FIND, station_id, _exactly(asked), most)


def near(connection: Connection, station_id: int, asked: Query, most: int) -> list[Stored]:
    """Returns exchanges that have much in common with what was typed, the most alike first."""
    return _matching(connection, _NEAR, station_id, _nearly(asked), most)


def _matching(
    connection: Connection, query: Any, station_id: int, asked: str, most: int
) -> list[Stored]:
    if not asked:
        return []
    values = {"asked": asked, "station": station_id, "most": most}
    ids = list(connection.execute(query, values).scalars())
    order = {id_: place for place, id_ in enumerate(ids)}
    return sorted(load(connection, ids), key=lambda each: order[each.id])


def _exactly(asked: Query) -> str:
    """Returns the question for every word, or else for the code or the number that it may be."""
    words = [_phrase(_grams(word)) for word in asked.words]
    ways = [f"words : ({' AND '.join(words)})"] if words and all(words) else []
    codes = dict.fromkeys((asked.code, asked.digits.lstrip("0"), asked.phone))
    ways += [f"codes : {_phrase(code)}" for code in codes if len(code) >= SHORTEST_CODE]
    return " OR ".join(ways)


def _nearly(asked: Query) -> str:
    grams = {
        padded[at : at + _GRAM]
        for padded in (f" {word} " for word in asked.words)
        for at in range(len(padded) - _GRAM + 1)
    }
    return f"words : ({' OR '.join(map(_phrase, sorted(grams)))})" if grams else ""


def _grams(word: str) -> str:
    """Returns what stands for a word: one of two letters by how a word begins, one alone not."""
    if len(word) >= _GRAM:
        return word
    return f" {word}" if len(word) == _GRAM - 1 else ""


def _phrase(words: str) -> str:
    return '"{}"'.format(words.replace('"', '""')) if words else ""


def forget(connection: Connection) -> None:
    """Lets go for good of what was taken out or put otherwise.

    The index only marks it as gone, until its parts are merged into one
    (https://www.sqlite.org/fts5.html, contentless-delete tables).
    """
    connection.exec_driver_sql("INSERT INTO search (search) VALUES ('optimize')")
