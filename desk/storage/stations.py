"""The station, its bays, its officers and its rules, as rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from pendulum import DateTime
from sqlalchemy import Connection, insert, select, update

from desk.domain.exchange import Kind
from desk.domain.intents import new_intent_id
from desk.domain.lifecycle import Verb
from desk.domain.rules import BayRules, Rules
from desk.domain.verdict import Code
from desk.domain.views import Bay, Officer, Station
from desk.storage import journal
from desk.storage.canonical import GENESIS, canonical, canonical_bytes, parsed
from desk.storage.failures import as_written, no_station
from desk.storage.journal import Act, Actor
from desk.storage.tables import BAY, OFFICER, STATION
from desk.storage.unit import House


def found(connection: Connection, station: Station, rules: Rules, desk: str, now: DateTime) -> None:
    """Writes a station, its bays, and the first row of its journal."""
    station_id = connection.execute(
        insert(STATION)
        .values(
            code=station.code,
            name=station.name,
            timezone=station.timezone,
            rules_digest=digest_of(rules),
            head_number=0,
            head_hash=GENESIS,
            founded_at=now,
        )
        .returning(STATION.c.id)
    ).scalar_one()
    for position, bay in enumerate(station.bays):
        row = {"code": bay.code, "label": bay.label, "position": position}
        lists = {"cameras": canonical(bay.cameras), "kinds": canonical(bay.kinds)}
        connection.execute(insert(BAY).values(station_id=station_id, **row, **lists))
    facts = {
        "station": station.code,
        "timezone": station.timezone,
        "bays": [bay.code for bay in station.bays],
        "rules": _plain(rules),
    }
    journal.append(connection, station_id, _own_act(Verb.INIT, facts, desk, now), ())


def read(connection: Connection) -> tuple[House, Station]:
    """Returns the station that the database was made for.

    Raises:
        StoreError: there is none.
    """
    row = connection.execute(select(STATION).order_by(STATION.c.id).limit(1)).one_or_none()
    if row is None:
        raise no_station()
    bays = connection.execute(
        select(BAY).where(BAY.c.station_id == row.id).order_by(BAY.c.position)
    ).all()
    house = House(row.id, {bay.code: bay.id for bay in bays})
    with as_written():
        ZoneInfo(row.timezone)
        return house, Station(row.name, row.code, row.timezone, tuple(_bay(bay) for bay in bays))


def _bay(row: Any) -> Bay:
    cameras, kinds = parsed(row.cameras), parsed(row.kinds)
    return Bay(row.code, row.label, tuple(cameras), tuple(Kind(kind) for kind in kinds))


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
    connection.execute(
        update(STATION).where(STATION.c.id == station_id).values(rules_digest=digest_of(rules))
    )
    facts = {"rules": _plain(rules)}
    journal.append(connection, station_id, _own_act(Verb.RULES, facts, desk, now), ())


def digest_of(rules: Rules) -> str:
    """Returns what tells these rules from others: SHA-256 in hexadecimal."""
    return digest_of_plain(_plain(rules))


def digest_of_plain(rules: Mapping[str, Any]) -> str:
    """Returns the same of rules as the journal notes them."""
    return hashlib.sha256(canonical_bytes(rules)).hexdigest()


def _plain(rules: Rules) -> dict[str, dict[str, Any]]:
    kinds: dict[str, dict[str, Any]] = {kind.value: asdict(rules.of(kind)) for kind in Kind}
    return kinds | {"bays": {code: _plain_bay(bay) for code, bay in sorted(rules.bays.items())}}


def _plain_bay(rules: BayRules) -> dict[str, Any]:
    return asdict(rules) | {
        "kinds": sorted(rules.kinds),
        "opens": None if rules.opens is None else rules.opens.isoformat(),
        "closes": None if rules.closes is None else rules.closes.isoformat(),
    }


def _own_act(verb: Verb, facts: dict[str, Any], desk: str, now: DateTime) -> Act:
    """Returns an act of the program's own, which no officer did and none can undo."""
    return Act(
        intent_id=new_intent_id(),
        verb=verb,
        code=Code.ACCEPTED,
        by=Actor(desk),
        occurred_at=now,
        recorded_at=now,
        facts=facts,
    )


def officer(connection: Connection, station_id: int, badge: str) -> Officer | None:
    """Returns the officer with that badge, or None."""
    row = connection.execute(
        select(OFFICER).where(OFFICER.c.station_id == station_id, OFFICER.c.badge == badge)
    ).one_or_none()
    return None if row is None else Officer(row.badge, row.name, row.role)


def know(connection: Connection, station_id: int, new: Officer, now: DateTime) -> None:
    """Writes an officer down; of a badge that is known only an empty name is filled in."""
    if officer(connection, station_id, new.badge) is None:
        row = {"badge": new.badge, "name": new.name, "role": new.role, "known_since": now}
        connection.execute(insert(OFFICER).values(station_id=station_id, **row))
        return
    connection.execute(
        update(OFFICER)
        .where(
            OFFICER.c.station_id == station_id, OFFICER.c.badge == new.badge, OFFICER.c.name == ""
        )
        .values(name=new.name)
    )
