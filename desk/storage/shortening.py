"""The journal shortened: its oldest acts go as a whole, and what they said that still holds stays.

Only a prefix goes, so that no act is missing between two others, and only one that says nothing of
anything that still has words. The act that shortens it says anew what the rest of the journal
would otherwise have nobody to tell: the station's own rows, each exchange that was spoken of, and
the commitments to the details rows that are there still. Where the journal begins then stands in a
row of its own, which names what went, the archive that holds it and the signed word for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pendulum import DateTime
from sqlalchemy import Connection, bindparam, delete, func, or_, select, update

from desk.storage.aggregate import Stored
from desk.storage.canonical import GENESIS
from desk.storage.commitments import refs_in
from desk.storage.details import DetailsRef, commit_to
from desk.storage.due import DueRecords
from desk.storage.erasing import Eraser, there
from desk.storage.officers import RowsWritten
from desk.storage.raw import raw_rows
from desk.storage.reading import in_batches, load
from desk.storage.replay import RESTATED
from desk.storage.rights_tables import JOURNAL_START
from desk.storage.stations import insert_row
from desk.storage.tables import (
    ACT,
    ACT_LINE,
    DISPUTE,
    LOOK,
    NOTE_DETAILS,
    OF_THE_STATION,
    STATION,
)

SHORTENED = "until"
"""The fact under which an act says which was the last that went."""

_STARTED = raw_rows(JOURNAL_START).where(JOURNAL_START.c.station_id == bindparam("station"))
_HEAD = ("head_number", "head_hash")
_OWN = ("station_id", "exchange_id")


@dataclass(frozen=True, slots=True)
class Archived:
    """What went: the last act's number and hash, and the digests of the files that have it."""

    number: int
    hash: str
    archive: str
    checkpoint: str


def started(connection: Connection, station_id: int) -> tuple[Any, Any]:
    """Returns the number and the hash of the act before the first that is there."""
    row = connection.execute(_STARTED, {"station": station_id}).one_or_none()
    return (0, GENESIS) if row is None else (row.number, row.hash)


class Shortening:
    """Finds out how far the journal can be shortened, and does it, within one transaction."""

    def __init__(self, connection: Connection, station_id: int) -> None:
        self._connection = connection
        self._station_id = station_id

    def end(self, before: DateTime, eraser: Eraser, due: DueRecords) -> int:
        """Returns the last act that can go; the one before the first where none can.

        Args:
            before: only acts that were recorded earlier go.
            eraser: knows what still has words.
            due: knows what is held.
        """
        start = self.start
        newest: int = self._one(select(func.max(ACT.c.number)).where(self._own)) or start
        kept: int | None = self._one(
            select(func.min(ACT.c.number)).where(self._own, ACT.c.recorded_at >= before)
        )
        end = newest if kept is None else kept - 1
        for limit in (self._before_words, self._before_notes):
            end = limit(end, eraser)
        end = due.looks_before_held(end)
        return max(self._before_what_is_referred_to(end), start)

    @property
    def start(self) -> int:
        """The number of the act before the first that is there."""
        return int(started(self._connection, self._station_id)[0])

    @property
    def _own(self) -> Any:
        return ACT.c.station_id == self._station_id

    def _one(self, query: Any) -> Any:
        return self._connection.execute(query).scalar()

    def _before_words(self, end: int, eraser: Eraser) -> int:
        """Returns the last act before the first that is about an exchange with words."""
        line = ACT_LINE.c
        rows = self._connection.execute(
            select(line.exchange_id, func.min(line.act_number).label("first"))
            .where(line.station_id == self._station_id, line.act_number <= end)
            .group_by(line.exchange_id)
        )
        first = {row.exchange_id: row.first for row in rows}
        for batch in in_batches(sorted(first)):
            end = min([end, *(first[id_] - 1 for id_ in eraser.with_words(batch))])
        return end

    def _before_notes(self, end: int, _eraser: Eraser) -> int:
        """Returns the last act before the first with words of its own that are still there."""
        acts = self._connection.execute(
            select(ACT.c.number, ACT.c.details).where(
                self._own, ACT.c.number <= end, ACT.c.details.contains(NOTE_DETAILS.name)
            )
        )
        notes: dict[int, int] = {
            id_: act.number
            for act in acts
            for table, id_, _kept in refs_in(act.details)
            if table == NOTE_DETAILS.name
        }
        kept = there(self._connection, {NOTE_DETAILS.name: notes})[NOTE_DETAILS.name]
        return min([end, *(notes[id_] - 1 for id_ in kept)])

    def _before_what_is_referred_to(self, end: int) -> int:
        """Returns the last act to which, or before which, no later one refers."""
        while True:
            referred = self._connection.execute(
                select(func.min(ACT.c.undoes), func.min(ACT.c.prior)).where(
                    self._own,
                    ACT.c.number > end,
                    or_(ACT.c.undoes <= end, ACT.c.prior <= end),
                )
            ).one()
            known = [int(each) for each in referred if each is not None and each <= end]
            if not known:
                return end
            end = min(known) - 1

    def hash_of(self, number: int) -> str:
        """Returns the hash of an act."""
        return str(self._one(select(ACT.c.hash).where(self._own, ACT.c.number == number)))

    # What is said anew

    def exchanges(self, until: int) -> list[Stored]:
        """Returns the exchanges of which the acts up to that one speak."""
        line = ACT_LINE.c
        chosen = select(line.exchange_id).where(
            line.station_id == self._station_id, line.act_number <= until
        )
        ids = self._connection.execute(chosen.distinct().order_by(line.exchange_id)).scalars()
        return load(self._connection, list(ids))

    def restated(self, exchanges: Sequence[Stored], until: int) -> RowsWritten:
        """Returns what the act that shortens the journal says of what stays."""
        disputes: dict[int, list[dict[str, Any]]] = {each.id: [] for each in exchanges}
        for batch in in_batches(sorted(disputes)):
            chosen = raw_rows(DISPUTE).where(DISPUTE.c.exchange_id.in_(batch))
            for row in self._connection.execute(chosen.order_by(DISPUTE.c.number)).mappings():
                said = {name: value for name, value in row.items() if name not in _OWN}
                disputes[row["exchange_id"]].append(said)
        kept = {
            str(each.id): {"version": each.exchange.version, "disputes": disputes[each.id]}
            for each in exchanges
        }
        rows = {table.name: list(self._rows(table)) for table in OF_THE_STATION}
        details = tuple(self._commitments(until))
        return RowsWritten(
            {name: each for name, each in rows.items() if each},
            details,
            {RESTATED: kept, SHORTENED: until},
        )

    def _rows(self, table: Any) -> Iterator[dict[str, Any]]:
        own = table.c.id if table is STATION else table.c.station_id
        rows = self._connection.execute(raw_rows(table).where(own == self._station_id))
        for row in rows.mappings():
            yield {name: value for name, value in row.items() if name not in _HEAD}

    def _commitments(self, until: int) -> Iterator[DetailsRef]:
        """Yields the commitments of these acts to rows that are there still."""
        written: dict[str, set[int]] = {}
        for details in self._details(until):
            for table, id_, _kept in refs_in(details):
                written.setdefault(table, set()).add(id_)
        for name, rows in sorted(there(self._connection, written).items()):
            for row in rows.values():
                yield DetailsRef(name, row["id"], commit_to(name, row))

    def _details(self, until: int) -> Iterator[str]:
        line = ACT_LINE.c
        some = "[]"
        yield from self._connection.execute(
            select(ACT.c.details).where(self._own, ACT.c.number <= until, ACT.c.details != some)
        ).scalars()
        yield from self._connection.execute(
            select(line.details).where(
                line.station_id == self._station_id,
                line.act_number <= until,
                line.details != some,
            )
        ).scalars()

    # What goes

    def begin_at(self, went: Archived) -> RowsWritten:
        """Writes where the journal begins from now on."""
        table = JOURNAL_START
        row: dict[str, Any] = {
            "station_id": self._station_id,
            "number": went.number,
            "hash": went.hash,
            "archive": went.archive,
            "checkpoint": went.checkpoint,
        }
        id_ = self._one(select(table.c.id).where(table.c.station_id == self._station_id))
        if id_ is None:
            id_ = insert_row(self._connection, table, row)
        else:
            self._connection.execute(update(table).where(table.c.id == id_).values(row))
        return RowsWritten({table.name: [{"id": id_, **row}]})

    def let_go(self, until: int) -> None:
        """Deletes the acts up to that one; the act that says so has to be the newest."""
        for table, number in ((LOOK, "act_number"), (ACT_LINE, "act_number"), (ACT, "number")):
            its = (table.c.station_id == self._station_id) & (table.c[number] <= until)
            self._connection.execute(delete(table).where(its))
