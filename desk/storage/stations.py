"""The station, its bays and its rules, as rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pendulum import DateTime
from sqlalchemy import Connection, Table, bindparam, insert, select, update

from desk.domain.exchange import Kind
from desk.domain.intents import new_intent_id
from desk.domain.lifecycle import Verb
from desk.domain.rules import BayRules, Rules
from desk.domain.verdict import Code
from desk.domain.views import Bay, Station
from desk.errors import StoreError
from desk.i18n import _
from desk.storage import journal
from desk.storage.canonical import GENESIS, canonical, canonical_bytes, parsed
from desk.storage.details import DetailsRef
from desk.storage.failures import as_written, no_station, touched
from desk.storage.journal import Act, Actor
from desk.storage.tables import BAY, STATION
from desk.text import cut

ROWS = "rows"
"""The fact under which an act of the program's own says which rows it left, and how.

It holds a table's name, and of each row the number and the columns that the act wrote. What an act
does to exchanges stands in its lines instead.
"""

_SHOWN = 40
"""Cells of a value that was never ours, which a sentence repeats."""


@dataclass(frozen=True, slots=True)
class House:
    """A station's row, and the rows of its bays by their codes."""

    id: int
    bays: Mapping[str, int]


def found(connection: Connection, station: Station, rules: Rules, desk: str, now: DateTime) -> int:
    """Writes a station, its bays and the first row of its journal; returns the station's number."""
    founded = {
        "code": station.code,
        "name": station.name,
        "timezone": station.timezone,
        "rules_digest": digest_of(rules),
        "founded_at": now,
    }
    head = {"head_number": 0, "head_hash": GENESIS}
    station_id = insert_row(connection, STATION, founded | head)
    bays = [
        {
            "station_id": station_id,
            "position": position,
            "code": bay.code,
            "label": bay.label,
            "cameras": canonical(bay.cameras),
            "kinds": canonical(bay.kinds),
        }
        for position, bay in enumerate(station.bays)
    ]
    rows = {
        STATION.name: [{"id": station_id, **founded}],
        BAY.name: [{"id": insert_row(connection, BAY, bay), **bay} for bay in bays],
    }
    facts = {ROWS: rows, "rules": _plain(rules)}
    journal.append(connection, station_id, own_act(Verb.INIT, facts, desk, now), ())
    return station_id


def insert_row(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Writes a row, and returns its number."""
    written = connection.execute(insert(table).values(row).returning(table.c.id))
    return int(written.scalar_one())


_FIRST = select(STATION).order_by(STATION.c.id).limit(1)
_BAYS = select(BAY).where(BAY.c.station_id == bindparam("station")).order_by(BAY.c.position)


def read(connection: Connection) -> tuple[House, Station]:
    """Returns the station that the database was made for.

    Raises:
        StoreError: there is none.
    """
    row = connection.execute(_FIRST).one_or_none()
    if row is None:
        raise no_station()
    bays = connection.execute(_BAYS, {"station": row.id}).all()
    house = House(row.id, {bay.code: bay.id for bay in bays})
    return house, Station(row.name, row.code, _zone(row), tuple(_bay(bay) for bay in bays))


def _zone(row: Any) -> str:
    try:
        return ZoneInfo(row.timezone).key
    except (OSError, TypeError, ValueError, ZoneInfoNotFoundError):
        raise touched(
            _("The database says that the station's time zone is “{zone}”, which is none.").format(
                zone=cut(str(row.timezone), _SHOWN)
            )
        ) from None


def _bay(row: Any) -> Bay:
    try:
        with as_written():
            cameras, kinds = parsed(row.cameras), parsed(row.kinds)
            return Bay(row.code, row.label, tuple(cameras), tuple(Kind(kind) for kind in kinds))
    except StoreError:
        raise touched(
            _("Bay {code} in the database holds what desk never wrote there.").format(
                code=cut(str(row.code), _SHOWN)
            )
        ) from None


def has_rules(connection: Connection, station_id: int, rules: Rules) -> bool:
    """Returns whether these are the rules that the journal noted last."""
    known = connection.execute(
        select(STATION.c.rules_digest).where(STATION.c.id == station_id)
    ).scalar_one()
    return bool(known == digest_of(rules))


def note_rules(
    connection: Connection, station_id: int, rules: Rules, desk: str, now: DateTime
) -> None:
    """Journals the rules that are in force from now on, unless another desk just has."""
    if has_rules(connection, station_id, rules):
        return
    digest = digest_of(rules)
    connection.execute(
        update(STATION).where(STATION.c.id == station_id).values(rules_digest=digest)
    )
    rows = {STATION.name: [{"id": station_id, "rules_digest": digest}]}
    facts = {ROWS: rows, "rules": _plain(rules)}
    journal.append(connection, station_id, own_act(Verb.RULES, facts, desk, now), ())


def digest_of(rules: Rules) -> str:
    """Returns what tells these rules from others: SHA-256 in hexadecimal."""
    return hashlib.sha256(canonical_bytes(_plain(rules))).hexdigest()


def _plain(rules: Rules) -> dict[str, dict[str, Any]]:
    kinds: dict[str, dict[str, Any]] = {kind.value: asdict(rules.of(kind)) for kind in Kind}
    return kinds | {"bays": {code: _plain_bay(bay) for code, bay in sorted(rules.bays.items())}}


def _plain_bay(rules: BayRules) -> dict[str, Any]:
    return asdict(rules) | {
        "kinds": sorted(rules.kinds),
        "opens": None if rules.opens is None else rules.opens.isoformat(),
        "closes": None if rules.closes is None else rules.closes.isoformat(),
    }


def own_act(
    verb: Verb,
    facts: Mapping[str, Any],
    desk: str,
    now: DateTime,
    details: tuple[DetailsRef, ...] = (),
) -> Act:
    """Returns an act of the program's own, which no officer did and none can undo."""
    return Act(
        intent_id=new_intent_id(),
        verb=verb,
        code=Code.ACCEPTED,
        by=Actor(desk),
        occurred_at=now,
        recorded_at=now,
        facts=facts,
        details=details,
    )
