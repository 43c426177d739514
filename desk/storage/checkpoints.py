"""Where the journal ends, noted by an act; and a journal held against where it once ended."""

from __future__ import annotations

from typing import Any

from pendulum import DateTime
from sqlalchemy import Connection, func, select, type_coerce
from sqlalchemy.types import NullType

from desk.domain.checkpoint import Checkpoint, shortened
from desk.domain.intents import By
from desk.domain.lifecycle import Verb
from desk.domain.views import Agreed, Finding
from desk.errors import StoreError
from desk.i18n import _
from desk.storage import backup_acts
from desk.storage.archived import Archives
from desk.storage.copying import Head
from desk.storage.shortening import started
from desk.storage.tables import ACT, STATION

TABLE = "checkpoint"
"""What a finding about a checkpoint names; there is no such table."""


def head_of(connection: Connection, station_id: int) -> Head:
    """Returns where a station's journal ends."""
    row = connection.execute(
        select(STATION.c.code, STATION.c.head_number, STATION.c.head_hash).where(
            STATION.c.id == station_id
        )
    ).one()
    return Head(row.code, row.head_number, row.head_hash)


def noted(head: Head, desk: str, by: By | None) -> backup_acts.Noted:
    """Returns the act that says that a checkpoint was made, and of which head."""
    facts = {"head_number": head.number, "head_hash": head.hash}
    return backup_acts.Noted(Verb.CHECKPOINT, desk, by, facts)


def outdated(connection: Connection, checkpoint: Checkpoint) -> bool:
    """Returns whether a backup was put in the place of the record since a checkpoint was made.

    The record ends earlier then, or otherwise, and says so itself.
    """
    restored = select(func.max(ACT.c.recorded_at)).where(
        ACT.c.verb == Verb.RESTORE, ACT.c.accepted.is_(True)
    )
    last: DateTime | None = connection.execute(restored).scalar()
    return last is not None and last >= checkpoint.moment


def compared(
    connection: Connection, checkpoint: Checkpoint, archives: Archives
) -> Finding | Agreed:
    """Returns how the record of the file's own station differs from what a checkpoint says."""
    station = connection.execute(
        select(STATION.c.id, STATION.c.code, STATION.c.head_number).order_by(STATION.c.id).limit(1)
    ).one_or_none()
    number = checkpoint.number
    if station is None or station.code != checkpoint.station:
        sentence = _("The checkpoint of {when} is of station {theirs}, and this is {ours}.")
        ours = _("none") if station is None else station.code
        facts = {"theirs": checkpoint.station, "ours": ours}
        return _finding(checkpoint, "other_station", sentence, **facts)
    hash_ = _hash_of(connection, station.id, number)
    if hash_ is None:
        last_gone, its_hash = started(connection, station.id)
        if number < last_gone:
            return _compared_in(archives, checkpoint, last_gone, str(its_hash))
        sentence = _(
            "The checkpoint of {when} was made at act {number}, and the record ends with "
            "act {newest}: it was cut."
        )
        if station.head_number >= number:
            sentence = _("Act {number}, at which the checkpoint of {when} was made, is gone.")
        return _finding(checkpoint, "cut", sentence, newest=station.head_number)
    return _told(checkpoint, str(hash_))


def _compared_in(
    archives: Archives, checkpoint: Checkpoint, last_gone: int, its_hash: str
) -> Finding | Agreed:
    """Returns the same of an act that went into an archive when the journal was shortened."""
    try:
        hash_, archive = archives.hash_of(checkpoint.number, last_gone, its_hash)
    except StoreError as error:
        sentence = _(
            "Act {number}, at which the checkpoint of {when} was made, went into an archive when "
            "the journal was shortened. {why} {remedy}"
        )
        told = {"why": error.explanation, "remedy": error.next}
        return _finding(checkpoint, error.code, sentence, **told)
    return _told(checkpoint, hash_, archive)


def _told(checkpoint: Checkpoint, hash_: str, archive: str = "") -> Finding | Agreed:
    if hash_ == checkpoint.hash:
        return Agreed(checkpoint.number, archive)
    sentence = _(
        "Act {number} was {theirs} when the checkpoint of {when} was made, and is {ours}: "
        "it, or an act before it, was written anew."
    )
    both = {"theirs": checkpoint.short_hash, "ours": shortened(hash_)}
    return _finding(checkpoint, "rewritten", sentence, **both)


def _hash_of(connection: Connection, station_id: int, number: int) -> Any:
    """Returns the hash of an act, if it or the one after it is there."""
    last_gone, hash_ = started(connection, station_id)
    if number == last_gone:
        return hash_
    act = type_coerce(ACT.c.hash, NullType())
    chosen = select(act).where(ACT.c.station_id == station_id, ACT.c.number == number)
    return connection.execute(chosen).scalar()


def _finding(checkpoint: Checkpoint, code: str, sentence: str, **facts: object) -> Finding:
    when, number = f"{checkpoint.moment:%Y-%m-%d %H:%M}", checkpoint.number
    return Finding(number, TABLE, code, sentence.format(when=when, number=number, **facts))
