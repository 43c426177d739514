"""Where the journal ends, noted by an act; and a journal held against where it once ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select, type_coerce
from sqlalchemy.types import NullType

from desk.domain.checkpoint import Checkpoint, shortened
from desk.domain.intents import By
from desk.domain.lifecycle import Verb
from desk.domain.views import Finding
from desk.i18n import _
from desk.storage import backup_acts
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


def compared(connection: Connection, checkpoint: Checkpoint) -> Iterator[Finding]:
    """Yields how the record of the file's own station differs from what a checkpoint says."""
    station = connection.execute(
        select(STATION.c.id, STATION.c.code, STATION.c.head_number).order_by(STATION.c.id).limit(1)
    ).one_or_none()
    when = f"{checkpoint.moment:%Y-%m-%d %H:%M}"
    if station is None or station.code != checkpoint.station:
        sentence = _("The checkpoint of {when} is of station {theirs}, and this is {ours}.")
        ours = _("none") if station is None else station.code
        yield _finding(
            checkpoint, "other_station", sentence, when=when, theirs=checkpoint.station, ours=ours
        )
        return
    number = checkpoint.number
    hash_ = _hash_of(connection, station.id, number)
    if hash_ is None and number < started(connection, station.id)[0]:
        sentence = _(
            "Act {number}, at which the checkpoint of {when} was made, went into an archive when "
            "the journal was shortened: compare it there."
        )
        yield _finding(checkpoint, "archived", sentence, when=when, number=number)
    elif hash_ is None:
        sentence = _(
            "The checkpoint of {when} was made at act {number}, and the record ends with "
            "act {newest}: it was cut."
        )
        if station.head_number >= number:
            sentence = _("Act {number}, at which the checkpoint of {when} was made, is gone.")
        yield _finding(
            checkpoint, "cut", sentence, when=when, number=number, newest=station.head_number
        )
    elif hash_ != checkpoint.hash:
        sentence = _(
            "Act {number} was {theirs} when the checkpoint of {when} was made, and is {ours}: "
            "it, or an act before it, was written anew."
        )
        yield _finding(
            checkpoint,
            "rewritten",
            sentence,
            when=when,
            number=number,
            theirs=checkpoint.short_hash,
            ours=shortened(str(hash_)),
        )


def _hash_of(connection: Connection, station_id: int, number: int) -> Any:
    """Returns the hash of an act, if it or the one after it is there."""
    last_gone, hash_ = started(connection, station_id)
    if number == last_gone:
        return hash_
    act = type_coerce(ACT.c.hash, NullType())
    chosen = select(act).where(ACT.c.station_id == station_id, ACT.c.number == number)
    return connection.execute(chosen).scalar()


def _finding(checkpoint: Checkpoint, code: str, sentence: str, **facts: object) -> Finding:
    return Finding(checkpoint.number, TABLE, code, sentence.format(**facts))
