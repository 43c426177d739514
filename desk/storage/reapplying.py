"""Erasing again, from a backup, what was erased since it was made."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from pendulum import DateTime
from sqlalchemy import Connection

from desk.domain.lifecycle import Verb
from desk.domain.reference import draw_reference
from desk.spelling import spelling_in
from desk.storage import stations
from desk.storage.database import Database
from desk.storage.erasing import ERASED, Eraser, Erasure, fitting
from desk.storage.erasure_log import ErasureLog, PastErasure
from desk.storage.officers import RowsWritten
from desk.storage.stations import own_act
from desk.storage.unit import UnitOfWork


def reapply_erasures(path: Path, key: bytes | None, log: Path, desk: str, now: DateTime) -> int:
    """Erases from a database what its station's list of erasures says was erased.

    Each is an act of the program's own, with the id of the one that erased it first, so that what
    the database knows already is left alone. A row goes only where its words are those that were
    erased: numbers are given anew after a restoring.

    Args:
        path: a database of the newest schema, which no desk has open.
        key: what it is encrypted with; None for one that is not.
        log: ``erasures.log`` of the station; nothing is done where there is none.
        desk: this workstation's name.
        now: when it is recorded.

    Returns:
        How many erasures there were to do.

    Raises:
        StoreError: the database cannot be read or written; erasures that were done last.
    """
    done = 0
    past = ErasureLog(log).erasures()
    if not past:
        return done
    with closing(Database(path, key, ballast=0)) as database:
        for erasure in past:
            with database.writing() as connection:
                done += _reapply(connection, erasure, desk, now)
                connection.commit()
        database.forget_log()
    return done


def _reapply(connection: Connection, past: PastErasure, desk: str, now: DateTime) -> bool:
    house, station = stations.read(connection)
    unit = UnitOfWork(connection, house, now, draw_reference)
    if unit.answer_to(past.intent_id) is not None:
        return False
    rows = fitting(connection, past.rows)
    if not any(rows.values()):
        return False
    traces = Eraser(connection, house.id, spelling_in(station.timezone)).traces_in(rows)
    written = RowsWritten({}, unit.leave_without(Erasure(rows, traces)), {ERASED: unit.told(rows)})
    written += _forgotten(unit, rows, station.zone)
    act = own_act(Verb.ERASE, written.facts, desk, now, written.details)
    unit.record(replace(act, intent_id=past.intent_id))
    unit.let_go(written.gone)
    return True


def _forgotten(unit: UnitOfWork, rows: dict[str, frozenset[int]], zone: ZoneInfo) -> RowsWritten:
    words, written = unit.cases.in_rows(rows), RowsWritten()
    for number in words.requests:
        written += unit.requests(zone).forget(number)
    for number in words.holds:
        written += unit.holds.forget(number)
    return written
