"""The lines of the journal, replayed against the tables they speak of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import BindParameter, Connection, Select, Table, bindparam, or_, text

from desk.domain.views import Finding
from desk.i18n import _
from desk.storage.raw import raw_rows
from desk.storage.reading import in_batches
from desk.storage.tables import DISPUTE, EXCHANGE, PARTY, VISIT
from desk.storage.verify_rows import Key, differences

_LINES = text(
    "SELECT exchange_id, act_number, before, after FROM act_line"
    " WHERE station_id = :station ORDER BY exchange_id, act_number"
)
_UNHEARD_OF = text(
    "SELECT id, ref FROM exchange WHERE station_id = :station AND NOT EXISTS ("
    " SELECT 1 FROM act_line WHERE exchange_id = exchange.id AND after IS NOT NULL)"
)
_AT_ONCE = 500
"""Exchanges whose rows are read together."""

_OTHERWISE: Mapping[str, str] = {"bay": "bay_id", "details": "details_id"}
"""What a snapshot calls a column, where it has a word of its own."""

_VISIT = ("arrived_at", "left_at", "left_observed", "held", "released_at")
"""The columns of a visit, in the order in which a snapshot lists them."""

Rows = dict[Key, Mapping[str, Any]]


class _Said(NamedTuple):
    """What the sound lines on one exchange say of it.

    Attributes:
        after: the last snapshot.
        disputes: the last of every dispute, by its number.
        version: how often it was written; None where a line of it is not to be believed.
    """

    exchange_id: int
    after: str
    disputes: dict[int, Any]
    version: int | None


RESTATED = "restated"
"""The fact under which an act that shortens the journal says what its lines cannot.

It holds, by an exchange's number, how often that was written and every dispute it ever had.
"""

Restated: TypeAlias = Mapping[str, Mapping[str, Any]]


class Told(NamedTuple):
    """What is known of the lines before they are replayed.

    Attributes:
        damaged: the act and exchange of each line that is not to be believed.
        restated: by the number of a sound act that shortened the journal, what it restated.
        began_later: whether there were acts before the first, which were let go of.
    """

    damaged: frozenset[tuple[object, object]] = frozenset()
    restated: Mapping[int, Restated] = MappingProxyType({})
    began_later: bool = False


def replay(connection: Connection, station_id: int, told: Told) -> Iterator[Finding]:
    """Yields where the lines do not follow from each other, or the tables not from the lines.

    Args:
        connection: in one transaction, so that lines and tables are of one moment.
        station_id: whose journal it is.
        told: what is known of them.
    """
    findings: list[Finding] = []
    heard = _heard(connection, station_id, told, findings)
    for batch in in_batches(heard, _AT_ONCE):
        yield from findings
        findings.clear()
        yield from _compare(connection, station_id, batch)
    yield from findings
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
    told: Told,
    findings: list[Finding],
) -> Iterator[_Said]:
    rows = connection.execute(_LINES, {"station": station_id})
    for exchange_id, lines in groupby(rows, key=lambda row: row.exchange_id):
        said = _follow(exchange_id, lines, told, findings)
        if said is not None:
            yield said


def _follow(
    exchange_id: Any,
    lines: Iterable[Any],
    told: Told,
    findings: list[Finding],
) -> _Said | None:
    """Returns what the lines end with, or None where the end is not to be believed."""
    state: str | None = None
    believed = whole = True
    begun = not told.began_later
    disputes: dict[int, Any] = {}
    version = 0
    for line in lines:
        sound = (line.act_number, exchange_id) not in told.damaged
        if not sound or (line.before is None and line.after is None):
            believed = believed and sound
            whole = whole and sound
            continue
        if not begun:
            # What was before is told by nobody any more.
            begun, state, whole = True, line.before, line.before is None
        if believed and line.before != state:
            findings.append(_does_not_follow(line.act_number))
            whole = False
        version += line.before != line.after
        believed, state = True, line.after
        restated = told.restated.get(line.act_number, {}).get(str(exchange_id))
        if restated is not None:
            version, whole = restated["version"], True
            disputes |= {each["number"]: each for each in restated["disputes"]}
        if '"dispute":null' not in state:
            dispute = json.loads(state)["dispute"]
            disputes[dispute["number"]] = dispute
    if state is None or not believed:
        return None
    return _Said(exchange_id, state, disputes, version if whole else None)


def _does_not_follow(number: int) -> Finding:
    sentence = _("Act {number} does not begin where the act before it ended.")
    return Finding(number, "act_line", "does_not_follow", sentence.format(number=number))


def _compare(connection: Connection, station_id: int, batch: list[_Said]) -> Iterator[Finding]:
    rows: dict[Table, Rows] = {EXCHANGE: {}, PARTY: {}, VISIT: {}, DISPUTE: {}}
    for said in batch:
        _add_rows(rows, station_id, said)
    numbers = {
        "station": station_id,
        "exchanges": [said.exchange_id for said in batch],
        "parties": [id_ for (id_,) in rows[PARTY]],
        "disputes": [number for _station, number in rows[DISPUTE]],
    }
    for table, chosen in _rows_spoken_of().items():
        held = connection.execute(chosen, numbers).mappings()
        yield from differences(table, rows[table], held)


@cache
def _rows_spoken_of() -> Mapping[Table, Select[Any]]:
    """Returns, by table, the query for every row that a batch of exchanges could speak of."""
    exchanges: BindParameter[int] = bindparam("exchanges", expanding=True)
    parties: BindParameter[int] = bindparam("parties", expanding=True)
    numbered = DISPUTE.c.number.in_(bindparam("disputes", expanding=True))
    chosen = {
        EXCHANGE: EXCHANGE.c.id.in_(exchanges),
        PARTY: or_(PARTY.c.exchange_id.in_(exchanges), PARTY.c.id.in_(parties)),
        VISIT: VISIT.c.party_id.in_(parties),
        DISPUTE: or_(
            DISPUTE.c.exchange_id.in_(exchanges),
            (DISPUTE.c.station_id == bindparam("station")) & numbered,
        ),
    }
    return {table: raw_rows(table).where(which) for table, which in chosen.items()}


def _add_rows(rows: Mapping[Table, Rows], station_id: int, said: _Said) -> None:
    """Adds the rows that hold an exchange as the journal says it is."""
    station = {"station_id": station_id}
    exchange = json.loads(said.after)
    del exchange["dispute"]
    for party in exchange.pop("parties"):
        for position, visit in enumerate(party.pop("visits"), start=1):
            times = dict(zip(_VISIT, visit, strict=True))
            own = {"party_id": party["id"], "position": position}
            rows[VISIT][party["id"], position] = station | own | times
        of_exchange = {"exchange_id": said.exchange_id}
        rows[PARTY][party["id"],] = station | of_exchange | _columns(party)
    for number, dispute in said.disputes.items():
        rows[DISPUTE][station_id, number] = station | {"exchange_id": said.exchange_id} | dispute
    version = {} if said.version is None else {"version": said.version}
    rows[EXCHANGE][said.exchange_id,] = (
        {"id": said.exchange_id} | station | _columns(exchange) | version
    )


def _columns(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    return {_OTHERWISE.get(word, word): value for word, value in snapshot.items()}
