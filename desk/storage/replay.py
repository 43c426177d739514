"""The lines of the journal, replayed against the tables they speak of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from desk.domain.views import Finding
from desk.errors import StoreError
from desk.i18n import _
from desk.storage.aggregate import Stored, dispute_snapshot, snapshot
from desk.storage.canonical import canonical
from desk.storage.reading import all_disputes, in_batches, load, visit_ids

_LINES = text(
    "SELECT exchange_id, act_number, before, after FROM act_line"
    " WHERE station_id = :station ORDER BY exchange_id, act_number"
)
_UNHEARD_OF = text(
    "SELECT id, ref FROM exchange WHERE station_id = :station AND NOT EXISTS ("
    " SELECT 1 FROM act_line WHERE exchange_id = exchange.id AND after IS NOT NULL)"
)

_OF_ANOTHER_STATION = {
    "exchange": text(
        "SELECT id FROM exchange WHERE station_id IS NOT :station AND id IN ("
        " SELECT exchange_id FROM act_line WHERE station_id = :station)"
    ),
    "party": text(
        "SELECT party.id FROM party JOIN exchange ON exchange.id = party.exchange_id"
        " WHERE exchange.station_id = :station AND party.station_id IS NOT :station"
    ),
    "visit": text(
        "SELECT visit.id FROM visit JOIN party ON party.id = visit.party_id"
        " JOIN exchange ON exchange.id = party.exchange_id"
        " WHERE exchange.station_id = :station AND visit.station_id IS NOT :station"
    ),
    "dispute": text(
        "SELECT dispute.id FROM dispute JOIN exchange ON exchange.id = dispute.exchange_id"
        " WHERE exchange.station_id = :station AND dispute.station_id IS NOT :station"
    ),
    "officer": text(
        "SELECT DISTINCT officer.id FROM act JOIN officer ON officer.id = act.officer_id"
        " WHERE act.station_id = :station AND officer.station_id IS NOT :station"
    ),
}
"""Rows that the station's journal speaks of, and that were handed to another station."""


class _Said(NamedTuple):
    """What the sound lines on one exchange say of it: the last state, and every dispute's."""

    exchange_id: int
    after: str
    disputes: dict[int, Any]


def replay(
    connection: Connection, station_id: int, damaged: frozenset[tuple[object, object]]
) -> Iterator[Finding]:
    """Yields where the lines do not follow from each other, or the tables not from the lines.

    Args:
        connection: in one transaction, so that lines and tables are of one moment.
        station_id: whose journal it is.
        damaged: the act and exchange of each line that is not to be believed.
    """
    findings: list[Finding] = []
    heard = _heard(connection, station_id, damaged, findings)
    for batch in in_batches(heard, 500):
        yield from findings
        findings.clear()
        yield from _compare(connection, batch)
    yield from findings
    for table, handed_over in _OF_ANOTHER_STATION.items():
        for id_ in connection.execute(handed_over, {"station": station_id}).scalars():
            yield _finding(id_, table, "changed")
    for id_, ref in connection.execute(_UNHEARD_OF, {"station": station_id}):
        yield Finding(
            id_,
            "exchange",
            "uncommitted",
            _("The journal says nothing of exchange {ref}.").format(ref=ref),
        )


def _heard(
    connection: Connection,
    station_id: int,
    damaged: frozenset[tuple[object, object]],
    findings: list[Finding],
) -> Iterator[_Said]:
    rows = connection.execute(_LINES, {"station": station_id})
    for exchange_id, lines in groupby(rows, key=lambda row: row.exchange_id):
        said = _follow(exchange_id, lines, damaged, findings)
        if said is not None:
            yield said


def _follow(
    exchange_id: Any,
    lines: Iterable[Any],
    damaged: frozenset[tuple[object, object]],
    findings: list[Finding],
) -> _Said | None:
    """Returns what the lines end with, or None where the end is not to be believed."""
    state: str | None = None
    believed = True
    disputes: dict[int, Any] = {}
    for line in lines:
        sound = (line.act_number, exchange_id) not in damaged
        if not sound or (line.before is None and line.after is None):
            believed = believed and sound
            continue
        if believed and line.before != state:
            findings.append(
                Finding(
                    line.act_number,
                    "act_line",
                    "does_not_follow",
                    _("Act {number} does not begin where the act before it ended.").format(
                        number=line.act_number
                    ),
                )
            )
        believed, state = True, line.after
        if '"dispute":null' not in state:
            dispute = json.loads(state)["dispute"]
            disputes[dispute["number"]] = dispute
    return _Said(exchange_id, state, disputes) if believed and state is not None else None


def _compare(connection: Connection, batch: list[_Said]) -> Iterator[Finding]:
    stored = {each.id: each for each in _readable(connection, [said.exchange_id for said in batch])}
    disputes = all_disputes(connection, list(stored))
    for said in batch:
        found = stored.get(said.exchange_id)
        if found is None:
            yield _finding(said.exchange_id, "exchange", "missing")
            continue
        kept = canonical(snapshot(found))
        if kept != said.after:
            yield from _differences(connection, found, json.loads(kept), json.loads(said.after))
        for id_, dispute in disputes.get(said.exchange_id, ()):
            now = json.loads(canonical(dispute_snapshot(dispute)))
            if said.disputes.pop(dispute.number, None) != now:
                yield _finding(id_, "dispute", "changed")
        for number in said.disputes:
            yield _finding(number, "dispute", "missing")


def _readable(connection: Connection, ids: list[int]) -> list[Stored]:
    """Returns the exchanges that can be read; one whose rows hold nonsense counts as missing."""
    try:
        return load(connection, ids)
    except StoreError:
        if len(ids) == 1:
            return []
    return [each for id_ in ids for each in _readable(connection, [id_])]


def _differences(
    connection: Connection, stored: Stored, kept: dict[str, Any], said: dict[str, Any]
) -> Iterator[Finding]:
    parties, said_parties = kept.pop("parties"), said.pop("parties")
    # Disputes are compared row by row, the older ones too.
    del kept["dispute"], said["dispute"]
    if kept != said:
        yield _finding(stored.id, "exchange", "changed")
    rows = (stored.giver, stored.receiver)
    for row, party, said_party in zip(rows, parties, said_parties, strict=True):
        visits, said_visits = party.pop("visits"), said_party.pop("visits")
        if visits != said_visits:
            yield from _visit_differences(connection, row.id, visits, said_visits)
        if party != said_party:
            yield _finding(row.id, "party", "changed")


def _visit_differences(
    connection: Connection, party_id: int, visits: list[Any], said: list[Any]
) -> Iterator[Finding]:
    for id_, visit in zip(visit_ids(connection, party_id), visits, strict=True):
        if visit not in said:
            yield _finding(id_, "visit", "changed")
    if len(visits) < len(said):
        yield _finding(party_id, "party", "visit_missing")


def _finding(number: int, table: str, code: str) -> Finding:
    sentence = {
        "changed": _("{table} {number} is not as the journal says."),
        "missing": _("{table} {number} is in the journal, and missing or unreadable here."),
        "visit_missing": _("A visit of {table} {number} is in the journal, and missing here."),
    }[code]
    return Finding(number, table, code, sentence.format(table=table, number=number))
