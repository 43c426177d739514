"""Looking back: what was done to an exchange, and what of it still counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, or_, select

from desk.domain.booking import Booking, FieldChange, differences
from desk.domain.exchange import Exchange
from desk.domain.lifecycle import Verb
from desk.domain.verdict import PriorAct
from desk.domain.views import JournalRow, TimelineEntry
from desk.storage.aggregate import PartyWords, Snapshot, Words, exchange_of
from desk.storage.canonical import parsed
from desk.storage.journal import ACTS, prior_act
from desk.storage.reading import in_batches
from desk.storage.tables import (
    ACT,
    ACT_LINE,
    BAY,
    EXCHANGE,
    EXCHANGE_DETAILS,
    FILE_DETAILS,
    NOTE_DETAILS,
    PARTY_DETAILS,
)

_LATER = ACT.alias("later")

IS_UNDONE: ColumnElement[bool] = exists().where(
    _LATER.c.station_id == ACT.c.station_id, _LATER.c.undoes == ACT.c.number
)
"""Whether a later act says that this one never happened."""

STILL_COUNTS: ColumnElement[bool] = and_(
    ACT.c.accepted.is_(True), ACT.c.verb != Verb.UNDO, ~IS_UNDONE
)
"""Accepted, not undone, and no undoing itself: what is left when both cancel each other out."""

ON_LINE = (ACT_LINE.c.station_id == ACT.c.station_id) & (ACT_LINE.c.act_number == ACT.c.number)
"""Joins an act to its lines."""


class Past(NamedTuple):
    """One act that still counts, and the exchange before and after it, without words."""

    act: PriorAct
    before: Exchange | None
    after: Exchange | None


def _with_lines(columns: Select[Any]) -> Select[Any]:
    return columns.join(ACT_LINE, ON_LINE)


def past_of(connection: Connection, exchange_id: int) -> Iterator[Past]:
    """Yields what still counts of an exchange's acts, newest first."""
    rows = connection.execute(
        _with_lines(ACTS.add_columns(ACT_LINE.c.before, ACT_LINE.c.after))
        .where(ACT_LINE.c.exchange_id == exchange_id, STILL_COUNTS)
        .order_by(ACT_LINE.c.act_number.desc())
    )
    for row in rows:
        yield Past(prior_act(row), _wordless(row.before), _wordless(row.after))


def _wordless(kept: str | None) -> Exchange | None:
    return None if kept is None else exchange_of(parsed(kept), Words(), None, version=1)


def last_act_on(connection: Connection, exchange_id: int) -> PriorAct | None:
    """Returns the newest accepted act on an exchange, an undoing too."""
    row = connection.execute(
        _with_lines(ACTS)
        .where(ACT_LINE.c.exchange_id == exchange_id, ACT.c.accepted.is_(True))
        .order_by(ACT_LINE.c.act_number.desc())
        .limit(1)
    ).first()
    return None if row is None else prior_act(row)


def refs_of(
    connection: Connection, station_id: int, numbers: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    """Returns the references of the exchanges that each of these acts touched."""
    found: dict[int, list[str]] = {number: [] for number in numbers}
    for batch in in_batches(numbers):
        rows = connection.execute(
            select(ACT_LINE.c.act_number, EXCHANGE.c.ref)
            .join(EXCHANGE, EXCHANGE.c.id == ACT_LINE.c.exchange_id)
            .where(ACT_LINE.c.station_id == station_id, ACT_LINE.c.act_number.in_(batch))
            .order_by(ACT_LINE.c.act_number, ACT_LINE.c.exchange_id)
        )
        for number, ref in rows:
            found[number].append(ref)
    return {number: tuple(refs) for number, refs in found.items()}


def timeline(connection: Connection, exchange_id: int) -> tuple[TimelineEntry, ...]:
    """Returns the acts on an exchange, newest first, refused and undone ones included."""
    rows = connection.execute(
        _with_lines(
            ACTS.add_columns(
                ACT_LINE.c.before,
                ACT_LINE.c.after,
                ACT_LINE.c.details.label("written"),
                FILE_DETAILS.c.name.label("file"),
                IS_UNDONE.label("undone"),
            )
        )
        .outerjoin(FILE_DETAILS, FILE_DETAILS.c.id == ACT_LINE.c.file_id)
        .where(ACT_LINE.c.exchange_id == exchange_id)
        .order_by(ACT_LINE.c.act_number.desc())
    ).all()
    notes = {row.number: _note_id(row.written) for row in rows}
    texts = _texts(connection, [id_ for id_ in notes.values() if id_ is not None])
    changes = _changes(connection, rows)
    return tuple(
        _entry(row, texts.get(notes[row.number] or 0), changes.get(row.number, ())) for row in rows
    )


def _entry(row: Any, text: str | None, changes: tuple[FieldChange, ...]) -> TimelineEntry:
    return TimelineEntry(
        number=row.number,
        verb=row.verb,
        accepted=row.accepted,
        code=row.code,
        side=row.side,
        officer=row.badge or "",
        desk=row.desk,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        text=text,
        file=row.file,
        undone=row.undone,
        changes=changes,
        **_learned(row),
    )


def _learned(row: Any) -> dict[str, Any]:
    """Returns what an act has brought to light that its own row does not say, by field."""
    find = _FINDS.get(row.verb)
    after = _wordless(row.after) if find is not None and row.accepted else None
    return {} if find is None or after is None else find(row, after)


def _called_in(row: Any, after: Exchange) -> dict[str, Any]:
    return {"comes_at": after.party(row.side).expected_at}


def _identified(row: Any, after: Exchange) -> dict[str, Any]:
    # An ID that was looked at on an earlier visit was not looked at again.
    before, known = _wordless(row.before), after.party(row.side).id_check
    was_known = before is not None and before.party(row.side).id_check is known
    return {"id_check": None if was_known else known}


def _filed(_row: Any, after: Exchange) -> dict[str, Any]:
    return {"category": after.dispute.category} if after.dispute else {}


def _settled(_row: Any, after: Exchange) -> dict[str, Any]:
    return {"settlement": after.dispute.settlement} if after.dispute else {}


_FINDS: Mapping[Verb, Callable[[Any, Exchange], dict[str, Any]]] = {
    Verb.EXPECT: _called_in,
    Verb.ARRIVE: _identified,
    Verb.DISPUTE: _filed,
    Verb.SETTLE: _settled,
}


_REWRITES = frozenset({Verb.AMEND, Verb.IMPORT})
"""The acts that change what is booked; a swap only changes who stands on which side."""


def _changes(connection: Connection, rows: Sequence[Any]) -> dict[int, tuple[FieldChange, ...]]:
    """Returns what these acts changed of the booking, by their numbers: old beside new."""
    kept = {
        row.number: (parsed(row.before), parsed(row.after))
        for row in rows
        if row.verb in _REWRITES and row.accepted and row.before is not None
    }
    if not kept:
        return {}
    told = _Told.of(connection, list(chain.from_iterable(kept.values())))
    return {
        number: differences(told.booking(before), told.booking(after))
        for number, (before, after) in kept.items()
    }


class _Told(NamedTuple):
    """What the rows say to which snapshots point, by their numbers.

    A person's words may have been erased since; then a snapshot's booking is without them.
    """

    items: Mapping[int, str]
    people: Mapping[int, PartyWords]
    bays: Mapping[int, str]

    @classmethod
    def of(cls, connection: Connection, kept: Sequence[Snapshot]) -> _Told:
        about, who = EXCHANGE_DETAILS.c, PARTY_DETAILS.c
        parties = {party["details"] for each in kept for party in each["parties"]}
        items = select(about.id, about.item).where(about.id.in_({one["details"] for one in kept}))
        people = select(who.id, who.name, who.phone, who.email, who.plate).where(
            who.id.in_(parties)
        )
        bays = select(BAY.c.id, BAY.c.code).where(BAY.c.id.in_({one["bay"] for one in kept}))
        return cls(
            {row.id: row.item for row in connection.execute(items)},
            {id_: PartyWords(*words) for id_, *words in connection.execute(people)},
            {row.id: row.code for row in connection.execute(bays)},
        )

    def booking(self, kept: Snapshot) -> Booking:
        """Returns what was booked when the snapshot was taken."""
        giver, receiver = (
            self.people.get(party["details"], PartyWords()) for party in kept["parties"]
        )
        words = Words(item=self.items.get(kept["details"], ""), giver=giver, receiver=receiver)
        return Booking.of(exchange_of(kept, words, self.bays.get(kept["bay"]), version=1))


def _note_id(written: str) -> int | None:
    refs = parsed(written)
    return next((id_ for table, id_, _kept in refs if table == NOTE_DETAILS.name), None)


def _texts(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    rows = connection.execute(
        select(NOTE_DETAILS.c.id, NOTE_DETAILS.c.text).where(NOTE_DETAILS.c.id.in_(ids))
    )
    return {row.id: row.text for row in rows}


def journal(connection: Connection, station_id: int, ref: str | None) -> tuple[JournalRow, ...]:
    """Returns the journal's rows, oldest first; with a reference only those about it.

    An exchange whose booking was undone still has its rows, and so has every attempt at it since.
    """
    acts = ACTS.where(ACT.c.station_id == station_id).order_by(ACT.c.number)
    if ref is not None:
        on_it = select(ACT_LINE.c.act_number).join(
            EXCHANGE, EXCHANGE.c.id == ACT_LINE.c.exchange_id
        )
        on_it = on_it.where(EXCHANGE.c.ref == ref, EXCHANGE.c.station_id == station_id)
        acts = acts.where(or_(ACT.c.number.in_(on_it), ACT.c.ref == ref))
    rows = connection.execute(acts).all()
    refs = refs_of(connection, station_id, [row.number for row in rows])
    return tuple(_journal_row(row, refs[row.number]) for row in rows)


def _journal_row(row: Any, refs: tuple[str, ...]) -> JournalRow:
    asked_for = () if row.ref is None else (row.ref,)
    return JournalRow(
        number=row.number,
        verb=row.verb,
        accepted=row.accepted,
        code=row.code,
        refs=refs or asked_for,
        side=row.side,
        officer=row.badge,
        desk=row.desk,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        undoes=row.undoes,
        overrode=tuple(parsed(row.overrode)),
        hash=row.hash,
    )
