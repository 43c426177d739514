"""The journal's form, fixed from its first row: how an act is written, and read back.

An act's hash covers the hash before it, its own columns with the officer's badge, and a digest of
its lines. The station row holds the head, moved in the same transaction, so that a cut tail shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

from pendulum import DateTime
from sqlalchemy import Connection, bindparam, insert, select, update

from desk.domain.exchange import Side
from desk.domain.lifecycle import Verb
from desk.domain.verdict import Code, Facts, PriorAct, Step, Verdict
from desk.storage.canonical import act_hash, canonical, line_digest, lines_digest, parsed
from desk.storage.details import DetailsRef
from desk.storage.failures import as_written
from desk.storage.reading import in_batches
from desk.storage.tables import ACT, ACT_LINE, OFFICER, STATION
from desk.storage.types import from_micros, to_micros

_Word = TypeVar("_Word", bound=StrEnum)
_FACTS = frozenset(each.name for each in fields(Facts))
_FACT_TIMES = frozenset({"starts_at", "ends_at", "at", "limit", "since"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an officer's row and badge, or the program where both are None."""

    desk: str
    officer_id: int | None = None
    badge: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an act's row says besides its place in the chain.

    Attributes:
        ref: the reference that was asked for, if it has the form of one.
        undoes: the number of the act that this one undoes.
        prior: the number of the act that a refusal is about.
        facts: the verdict's facts, or the program's own.
        details: what the journal holds of the rows written for the act as a whole.
    """

    intent_id: str
    verb: Verb
    code: Code
    by: Actor
    occurred_at: DateTime
    recorded_at: DateTime
    ref: str | None = None
    side: Side | None = None
    undoes: int | None = None
    prior: int | None = None
    overrode: tuple[Code, ...] = ()
    facts: Mapping[str, Any]
    next: tuple[Step, ...] = ()
    details: tuple[DetailsRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What an act did to one exchange; both snapshots are None where it was refused.

    Attributes:
        before: the exchange's snapshot before the act, as canonical JSON; None if it booked it.
        after: likewise after the act.
        details: what the journal holds of the rows written for this exchange, as canonical JSON:
            an import of a year has a hundred thousand lines, and text is the smallest of it.
        file_id: the row that names the booking file it came from.
    """

    exchange_id: int
    before: str | None = None
    after: str | None = None
    details: str = "[]"
    file_id: int | None = None


_HEAD = select(STATION.c.head_number, STATION.c.head_hash).where(
    STATION.c.id == bindparam("station")
)
_NEW_HEAD = (
    update(STATION)
    .where(STATION.c.id == bindparam("station"))
    .values(head_number=bindparam("newest"), head_hash=bindparam("its_hash"))
)
_NEW_ACT = insert(ACT)
_NEW_LINES = insert(ACT_LINE)
_ANSWER = select(ACT).where(ACT.c.intent_id == bindparam("intent"))


def append(connection: Connection, station_id: int, act: Act, lines: Sequence[Line]) -> int:
    """Writes an act, its lines and the new head, and returns the act's number."""
    head = connection.execute(_HEAD, {"station": station_id}).one()
    number = int(head.head_number) + 1
    columns = _act_columns(station_id, number, act)
    ordered = sorted(lines, key=lambda each: each.exchange_id)
    digest = lines_digest(_line_row(station_id, number, line)["digest"] for line in ordered)
    hash_ = act_hash(head.head_hash, columns | {"badge": act.by.badge}, digest)
    chained = {"lines_digest": digest, "prev_hash": head.head_hash, "hash": hash_}
    connection.execute(_NEW_ACT, columns | chained | _typed(act))
    for batch in in_batches(ordered):
        connection.execute(_NEW_LINES, [_line_row(station_id, number, line) for line in batch])
    connection.execute(_NEW_HEAD, {"station": station_id, "newest": number, "its_hash": hash_})
    return number


def _act_columns(station_id: int, number: int, act: Act) -> dict[str, Any]:
    """Returns the columns that the hash covers, as the database keeps them."""
    return {
        "station_id": station_id,
        "number": number,
        "intent_id": act.intent_id,
        "verb": act.verb,
        "accepted": int(act.code is Code.ACCEPTED),
        "code": act.code,
        "ref": act.ref,
        "side": act.side,
        "officer_id": act.by.officer_id,
        "desk": act.by.desk,
        "occurred_at": to_micros(act.occurred_at),
        "recorded_at": to_micros(act.recorded_at),
        "undoes": act.undoes,
        "prior": act.prior,
        "overrode": canonical(act.overrode),
        "facts": canonical(act.facts),
        "next": canonical(act.next),
        "details": canonical(act.details),
    }


def _typed(act: Act) -> dict[str, Any]:
    """Returns the columns that the tables want as more than numbers."""
    return {
        "accepted": act.code is Code.ACCEPTED,
        "occurred_at": act.occurred_at,
        "recorded_at": act.recorded_at,
    }


def _line_row(station_id: int, number: int, line: Line) -> dict[str, Any]:
    row = {
        "station_id": station_id,
        "act_number": number,
        "exchange_id": line.exchange_id,
        "before": line.before,
        "after": line.after,
        "details": line.details,
        "file_id": line.file_id,
    }
    return row | {"digest": line_digest(row)}


def facts_of(verdict: Verdict) -> dict[str, Any]:
    """Returns a verdict's facts as the journal keeps them; what is unknown is left out."""
    known = {name: getattr(verdict.facts, name) for name in sorted(_FACTS)}
    return {name: value for name, value in known.items() if value is not None}


def _facts(kept: str) -> Facts:
    with as_written():
        # What else an act says, such as the rows it left, is no fact of its verdict.
        said: dict[str, Any] = parsed(kept)
        known = {name: said[name] for name in _FACTS & said.keys()}
        moments = {name: from_micros(known[name]) for name in known.keys() & _FACT_TIMES}
        return Facts(**(known | moments))


def _words(words: type[_Word], kept: str) -> tuple[_Word, ...]:
    with as_written():
        return tuple(words(word) for word in parsed(kept))


ACTS = select(ACT, OFFICER.c.badge).select_from(
    ACT.outerjoin(OFFICER, ACT.c.officer_id == OFFICER.c.id)
)
"""Acts with the badge of their officer."""


def prior_act(row: Any) -> PriorAct:
    """Returns a row of ``ACTS`` as another officer may be told of it."""
    return PriorAct(
        number=row.number,
        verb=row.verb,
        side=row.side,
        officer=row.badge or "",
        desk=row.desk,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
    )


def act_numbered(connection: Connection, station_id: int, number: int) -> PriorAct | None:
    """Returns the act with that number, or None."""
    row = connection.execute(
        ACTS.where(ACT.c.station_id == station_id, ACT.c.number == number)
    ).one_or_none()
    return None if row is None else prior_act(row)


def answer_to(connection: Connection, intent_id: str) -> Verdict | None:
    """Returns the verdict that an intent was given, or None where it is new."""
    row = connection.execute(_ANSWER, {"intent": intent_id}).one_or_none()
    if row is None:
        return None
    prior = None if row.prior is None else act_numbered(connection, row.station_id, row.prior)
    return Verdict(
        code=row.code,
        ref=row.ref,
        facts=_facts(row.facts),
        next=_words(Step, row.next),
        prior=prior,
        overrode=_words(Code, row.overrode),
        number=row.number,
    )
