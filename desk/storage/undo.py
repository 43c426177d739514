"""What can be undone: an officer's own acts that still count, and what depends on each.

Until the officer's shift ends, that is: what was done before stands, and is corrected by further
acts. A shift ends where the journal says that the officer signed out, at whatever desk, and nowhere
else. The board signs out everybody who worked there when it is left. The command line signs in for
each run and signs nobody out, so that one run undoes what another has done, or what was done on a
board that is still open under the same desk's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, literal, select, text

from desk.domain.intents import By
from desk.domain.lifecycle import LATER, UNDOABLE, Verb
from desk.domain.verdict import PriorAct
from desk.domain.views import UndoableAct
from desk.storage.history import STILL_COUNTS, refs_of
from desk.storage.journal import ACTS, prior_act
from desk.storage.journal_tables import SIGNED_OUT
from desk.storage.tables import ACT, ACT_LINE, EXCHANGE, OFFICER

_WALKED = 10


def _badge(station_id: int, by: By) -> Select[Any]:
    return select(OFFICER.c.id).where(
        OFFICER.c.station_id == station_id, OFFICER.c.badge == by.badge
    )


def _own(station_id: int, by: By) -> Select[Any]:
    officer_id = _badge(station_id, by)
    signed_out = ACT.alias("signed_out")
    last_shift = select(func.max(signed_out.c.number)).where(
        signed_out.c.station_id == station_id,
        signed_out.c.officer_id == officer_id.scalar_subquery(),
        text(f"signed_out.{SIGNED_OUT}"),
    )
    return ACTS.where(
        ACT.c.station_id == station_id,
        ACT.c.officer_id == officer_id.scalar_subquery(),
        ACT.c.desk == by.desk,
        ACT.c.verb.in_(sorted(UNDOABLE)),
        ACT.c.number > func.coalesce(last_shift.scalar_subquery(), 0),
        STILL_COUNTS,
    )


def own_acts(connection: Connection, station_id: int, by: By, limit: int) -> list[PriorAct]:
    """Returns the officer's last acts at that desk that still count, newest first."""
    rows = connection.execute(_own(station_id, by).order_by(ACT.c.number.desc()).limit(limit))
    return [prior_act(row) for row in rows]


def own_act(connection: Connection, station_id: int, by: By, number: int) -> PriorAct | None:
    """Returns that act if it still counts and is the officer's own, at that desk."""
    row = connection.execute(_own(station_id, by).where(ACT.c.number == number)).one_or_none()
    return None if row is None else prior_act(row)


def own_last_on(connection: Connection, station_id: int, by: By, ref: str) -> PriorAct | None:
    """Returns the officer's last act at that desk on that exchange that still counts."""
    row = connection.execute(
        _own(station_id, by)
        .where(ACT.c.number.in_(_on(ref)))
        .order_by(ACT.c.number.desc())
        .limit(1)
    ).first()
    return None if row is None else prior_act(row)


def _on(ref: str) -> Select[Any]:
    """Returns the query for the numbers of the acts on an exchange."""
    return (
        select(ACT_LINE.c.act_number)
        .join(EXCHANGE, EXCHANGE.c.id == ACT_LINE.c.exchange_id)
        .where(EXCHANGE.c.ref == ref)
    )


def standing(
    connection: Connection, station_id: int, by: By, ref: str | None, number: int | None
) -> PriorAct | None:
    """Returns the act that somebody who has nothing to undo may have meant.

    It still counts, and is the one of that number, or else the newest on that exchange, or else
    the officer's own newest, whenever and wherever it was done.
    """
    chosen = ACTS.where(
        ACT.c.station_id == station_id, ACT.c.verb.in_(sorted(UNDOABLE)), STILL_COUNTS
    )
    if ref is None and number is None:
        chosen = chosen.where(ACT.c.officer_id == _badge(station_id, by).scalar_subquery())
    if ref is not None:
        chosen = chosen.where(ACT.c.number.in_(_on(ref)))
    if number is not None:
        chosen = chosen.where(ACT.c.number == number)
    row = connection.execute(chosen.order_by(ACT.c.number.desc()).limit(1)).first()
    return None if row is None else prior_act(row)


def reach(connection: Connection, station_id: int, number: int) -> int:
    """Returns how many exchanges an act touched."""
    line = ACT_LINE.c
    counted = select(func.count()).where(line.station_id == station_id, line.act_number == number)
    return connection.execute(counted).scalar_one()


def later_than(connection: Connection, station_id: int, number: int) -> list[PriorAct]:
    """Returns the acts that would have to go before that one could, oldest first.

    They still count and touch, after it, what it touched, or what another of them touched: an
    import stands on each act on its exchanges, and each later act on them on the import.
    """
    standing = select(literal(number).label("number")).cte("standing", recursive=True)
    touched, line = ACT_LINE.alias("touched"), ACT_LINE.alias("line")
    above = (
        select(line.c.act_number)
        .join(touched, touched.c.exchange_id == line.c.exchange_id)
        .join(standing, standing.c.number == touched.c.act_number)
        .join(ACT, (ACT.c.station_id == line.c.station_id) & (ACT.c.number == line.c.act_number))
        .where(
            touched.c.station_id == station_id,
            line.c.station_id == station_id,
            line.c.act_number > touched.c.act_number,
            ACT.c.verb.in_(sorted(LATER)),
            STILL_COUNTS,
        )
    )
    numbers = select(standing.union(above).c.number)
    rows = connection.execute(
        ACTS.where(
            ACT.c.station_id == station_id, ACT.c.number.in_(numbers), ACT.c.number > number
        ).order_by(ACT.c.number)
    )
    return [prior_act(row) for row in rows]


def _import_behind(
    connection: Connection, station_id: int, by: By, acts: Sequence[PriorAct]
) -> list[PriorAct]:
    """Returns the import that made so many merges at once that these acts do not reach it."""
    if not acts or acts[-1].verb != Verb.MERGE:
        return []
    last = acts[-1]
    rows = connection.execute(
        _own(station_id, by).where(
            ACT.c.verb == Verb.IMPORT,
            ACT.c.recorded_at == last.recorded_at,
            ACT.c.number < last.number,
        )
    )
    return [prior_act(row) for row in rows]


def undoable(
    connection: Connection, station_id: int, by: By, ref: str | None
) -> tuple[UndoableAct, ...]:
    """Returns the officer's last ten acts at that desk, newest first, but one on ``ref`` before.

    An act that touched other exchanges too, such as an import, keeps its place: nobody undoes a
    whole day from one of its rows. Where the last ones were merged by an import, it follows.
    """
    acts = own_acts(connection, station_id, by, _WALKED)
    meant = None if ref is None else own_last_on(connection, station_id, by, ref)
    if meant is not None and reach(connection, station_id, meant.number) == 1:
        acts = [meant, *(act for act in acts if act.number != meant.number)][:_WALKED]
    acts += _import_behind(connection, station_id, by, acts)
    refs = refs_of(connection, station_id, [act.number for act in acts])
    return tuple(
        UndoableAct(act, refs[act.number], tuple(later_than(connection, station_id, act.number)))
        for act in acts
    )


class LineBack(NamedTuple):
    """A line of an act to undo: the exchange, and its snapshots as they were kept."""

    exchange_id: int
    before: str | None
    after: str | None


def lines_of(connection: Connection, station_id: int, number: int) -> list[LineBack]:
    """Returns what an act did to each exchange it touched."""
    line = ACT_LINE.c
    rows = connection.execute(
        select(line.exchange_id, line.before, line.after)
        .where(line.station_id == station_id, line.act_number == number)
        .order_by(line.exchange_id)
    )
    return [LineBack(*row) for row in rows]
