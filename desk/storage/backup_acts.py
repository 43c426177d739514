"""What the journal says of backups: that one was made, or that the record comes from one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pendulum import DateTime
from sqlalchemy import Connection, select

from desk.domain.backups import Backup
from desk.domain.intents import By, new_intent_id
from desk.domain.lifecycle import Verb
from desk.domain.verdict import Code
from desk.storage import journal, stations
from desk.storage.database import Database
from desk.storage.journal import Act, Actor
from desk.storage.officers import Officers
from desk.storage.tables import ACT


@dataclass(frozen=True, slots=True)
class Noted:
    """One of these acts.

    Attributes:
        by: the officer who asked for it, or None where the program did it by itself.
        intent_id: noted once more, it changes nothing.
    """

    verb: Verb
    desk: str
    by: By | None
    facts: Mapping[str, Any]
    code: Code = Code.ACCEPTED
    intent_id: str = field(default_factory=new_intent_id)


def made(backup: Backup, desk: str, by: By | None) -> Noted:
    """Returns the act that says which backup was made, and up to which act it holds the record."""
    facts = {
        "file": Path(backup.file).name,
        "head_number": backup.head_number,
        "head_hash": backup.head_hash,
        "second_folder": not backup.trouble,
    }
    return Noted(Verb.BACKUP, desk, by, facts)


def note(connection: Connection, station_id: int, noted: Noted, now: DateTime) -> None:
    """Journals such an act, unless it is in the journal already.

    Of an officer whom this record does not know, perhaps because it is an older one that was
    restored, the act holds the badge among its facts.
    """
    known = select(ACT.c.number).where(ACT.c.intent_id == noted.intent_id)
    if connection.execute(known).first() is not None:
        return
    act = Act(
        intent_id=noted.intent_id,
        verb=noted.verb,
        code=noted.code,
        by=_actor(connection, station_id, noted),
        occurred_at=now,
        recorded_at=now,
        facts=dict(noted.facts) if noted.by is None else {**noted.facts, "badge": noted.by.badge},
    )
    journal.append(connection, station_id, act, ())


def note_in(database: Database, noted: Noted, now: DateTime) -> None:
    """Journals such an act in a database by itself.

    Raises:
        StoreError: it cannot be written.
    """
    with database.writing() as connection:
        house, _station = stations.read(connection)
        note(connection, house.id, noted, now)
        connection.commit()


def _actor(connection: Connection, station_id: int, noted: Noted) -> Actor:
    if noted.by is None:
        return Actor(noted.desk)
    known = Officers(connection, station_id).known(noted.by.badge)
    return Actor(noted.desk) if known is None else Actor(noted.desk, known.id, noted.by.badge)
