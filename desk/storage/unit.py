"""One act, one transaction: everything is written together, or nothing is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from pendulum import DateTime
from sqlalchemy import Connection, bindparam, func, select

from desk.domain.drafts import Draft
from desk.domain.exchange import Exchange, Side
from desk.domain.intents import By
from desk.domain.searchable import Spelling
from desk.domain.verdict import PriorAct, Verdict
from desk.errors import StoreError
from desk.i18n import _
from desk.storage import bookings, history, journal, undo
from desk.storage.aggregate import Snapshot, Stored, Words, exchange_of, snapshot
from desk.storage.canonical import canonical, parsed
from desk.storage.cases import Cases
from desk.storage.details import DetailsRef, Place, keep, words_at
from desk.storage.due import DueRecords
from desk.storage.erasing import (
    ERASED,
    LOOKS_ERASED,
    Blanks,
    Eraser,
    Erasure,
    Rows,
    emptied,
    erase_looks,
    erase_rows,
    ids_in,
    told,
    whoever_loses,
)
from desk.storage.failures import as_written
from desk.storage.holds import Holds
from desk.storage.journal import Act, Line
from desk.storage.officers import Officers
from desk.storage.reading import in_batches, load
from desk.storage.requests import Requests
from desk.storage.shortening import SHORTENED, Shortening
from desk.storage.stations import House
from desk.storage.tables import DISPUTE, EXCHANGE, FILE_DETAILS, NOTE_DETAILS
from desk.storage.writing import insert_new, with_new_words, write, write_all

_NEWEST_DISPUTE = select(func.max(DISPUTE.c.number)).where(
    DISPUTE.c.station_id == bindparam("station")
)


class UnitOfWork:
    """The writes of one act; they end when it is recorded and committed, else never happened.

    Attributes:
        now: the one moment at which all of it is recorded.
        station_id: the station whose journal it is.
    """

    def __init__(
        self, connection: Connection, house: House, now: DateTime, draw: Callable[[], str]
    ) -> None:
        self.now = now
        self.station_id = house.id
        self._connection = connection
        self._bays = house.bays
        self._draw = draw
        self._lines: list[Line] = []

    def answer_to(self, intent_id: str) -> Verdict | None:
        """Returns the verdict that this intent was given before, or None."""
        return journal.answer_to(self._connection, intent_id)

    @property
    def officers(self) -> Officers:
        """The station's officers."""
        return Officers(self._connection, self.station_id)

    @property
    def holds(self) -> Holds:
        """What must not be erased."""
        return Holds(self._connection, self.station_id)

    def requests(self, zone: ZoneInfo) -> Requests:
        """What people asked for about themselves, with days in that zone."""
        return Requests(self._connection, self.station_id, zone)

    @property
    def cases(self) -> Cases:
        """The words of requests and holds."""
        return Cases(self._connection, self.station_id)

    @property
    def shortening(self) -> Shortening:
        """The beginning of the journal, and what may go of it."""
        return Shortening(self._connection, self.station_id)

    def restate(self, stored: Stored) -> None:
        """Says anew how an exchange is, in an act that changes nothing of it."""
        self._line(stored, stored, (), None)

    def eraser(self, spelling: Spelling) -> Eraser:
        """Finds out what there is to erase."""
        return Eraser(self._connection, self.station_id, spelling)

    def due(self, zone: ZoneInfo, spelling: Spelling) -> DueRecords:
        """Finds out what is due, and what is held."""
        return DueRecords(self._connection, self.station_id, zone, spelling)

    def kept_as(self, ref: str) -> Stored | None:
        """Returns the station's exchange with exactly that reference, hidden ones too, or None."""
        return bookings.kept_as(self._connection, self.station_id, ref)

    def find(self, ref: str) -> Stored | None:
        """Returns the exchange to which that reference leads, of whichever station, or None."""
        return bookings.by_ref(self._connection, ref)

    def open_around(self, begins: DateTime, ends: DateTime) -> tuple[Exchange, ...]:
        """Returns the station's open exchanges within four hours of that time."""
        found = bookings.open_around(self._connection, self.station_id, begins, ends)
        return tuple(each.exchange for each in found)

    def find_all(self, refs: Sequence[str]) -> list[Stored]:
        """Returns the exchanges with these references, of whichever station, in no order."""
        return bookings.by_refs(self._connection, refs)

    def known_bookings(self, drafts: Sequence[Draft], zone: ZoneInfo) -> list[Stored]:
        """Returns the exchanges that these drafts may speak of."""
        return bookings.known(self._connection, self.station_id, drafts, zone)

    def decided_refs(self, refs: Sequence[str]) -> frozenset[str]:
        """Returns which of these exchanges an officer has acted on."""
        return bookings.decided(self._connection, self.station_id, refs)

    def next_dispute(self) -> int:
        """Returns the number that a new dispute of this station gets."""
        newest = self._connection.execute(_NEWEST_DISPUTE, {"station": self.station_id}).scalar()
        return 1 if newest is None else int(newest) + 1

    def save(
        self, before: Stored, after: Exchange, note: str = "", file_id: int | None = None
    ) -> Stored:
        """Writes what an accepted act changed, and what the officer wrote about it.

        Raises:
            StaleError: the exchange was changed since it was read.
        """
        changed, refs = with_new_words(self._connection, before, after, self._bay_id(after.bay))
        stored = write(self._connection, before, changed)
        self._line(before, stored, (*refs, *self.keep_note(note)), file_id)
        return stored

    def keep_note(self, text: str) -> tuple[DetailsRef, ...]:
        """Keeps what the officer wrote, if anything."""
        rows = [{"text": text}] if text else []
        return tuple(keep(self._connection, NOTE_DETAILS, self.station_id, rows))

    def merge(self, other: Stored, kept: Stored) -> None:
        """Lets one exchange lead to another from now on.

        Raises:
            StaleError: it was changed since it was read.
        """
        merged = replace(other, merged_into=kept.id)
        self._line(other, write(self._connection, other, merged), (), None)

    def refuse(self, stored: Stored) -> None:
        """Notes that an act on this exchange was refused."""
        self._lines.append(Line(stored.id))

    def mention(self, stored: Stored) -> None:
        """Notes that an act is about this exchange, and changes nothing of it."""
        self._lines.append(Line(stored.id))

    def leave_without(self, erasure: Erasure) -> tuple[DetailsRef, ...]:
        """Leaves exchanges without the words that are erased; returns what the act holds of it.

        Raises:
            StaleError: an exchange was changed meanwhile.
        """
        blanks = Blanks.kept(self._connection, self.station_id)
        losing = whoever_loses(self._connection, erasure.rows)
        bare = [emptied(self._connection, each, erasure, blanks) for each in losing]
        changes = [(before, after) for before, (after, _refs) in zip(losing, bare, strict=True)]
        written = write_all(self._connection, changes)
        for before, after, (_bare, refs) in zip(losing, written, bare, strict=True):
            self._line(before, after, refs, None)
        return blanks.refs

    def told(self, rows: Rows) -> dict[str, list[tuple[int, str]]]:
        """Returns these details rows as the act that erases them says them."""
        return told(self._connection, rows)

    def let_go(self, gone: Mapping[str, Any]) -> None:
        """Deletes what the newest act, in these facts of its, says is gone."""
        if gone.get(ERASED):
            erase_rows(self._connection, ids_in(gone[ERASED]))
        if gone.get(SHORTENED):
            self.shortening.let_go(gone[SHORTENED])
        if gone.get(LOOKS_ERASED):
            erase_looks(self._connection, self.station_id, gone[LOOKS_ERASED])

    def add(
        self, exchanges: Sequence[Exchange], file_ids: Sequence[int | None] = (), note: str = ""
    ) -> list[Stored]:
        """Writes new exchanges; one without a reference is given a new one.

        Args:
            exchanges: what is booked.
            file_ids: the file that each came from; empty where none came from a file.
            note: what the officer wrote about them.
        """
        refs = iter(self._new_refs(sum(not each.ref for each in exchanges)))
        booked = [
            (
                exchange if exchange.ref else replace(exchange, ref=next(refs)),
                self._bay_id(exchange.bay),
            )
            for exchange in exchanges
        ]
        added = insert_new(self._connection, self.station_id, booked)
        for (stored, refs_kept), file_id in zip(
            added, file_ids or [None] * len(added), strict=True
        ):
            self._line(None, stored, (*refs_kept, *self.keep_note(note)), file_id)
        return [stored for stored, _refs in added]

    def put_back(self, touched: Sequence[Stored], lines: Sequence[undo.LineBack]) -> None:
        """Restores exchanges to what they were before an act that nothing depends on.

        Args:
            touched: the exchanges as they are, which must be as the act left them.
            lines: what the act did to each; with no state before, it was booked by it.

        Raises:
            StoreError: the tables do not hold what the journal says.
        """
        for stored, line in zip(touched, lines, strict=True):
            _need_as_recorded(stored, line)
        states = [None if line.before is None else parsed(line.before) for line in lines]
        known = words_at(self._connection, [_place_of(state) for state in states if state])
        words = iter(known)
        changes = [
            (stored, self._restored(stored, state, next(words)) if state else _unbooked(stored))
            for stored, state in zip(touched, states, strict=True)
        ]
        written = write_all(self._connection, changes)
        self._lines.extend(
            Line(restored.id, line.after, _kept(restored))
            for line, restored in zip(lines, written, strict=True)
        )

    def keep_files(self, names: Sequence[str]) -> tuple[DetailsRef, ...]:
        """Writes down the names of booking files."""
        rows = [{"name": name} for name in names]
        return tuple(keep(self._connection, FILE_DETAILS, self.station_id, rows))

    def record(self, act: Act) -> int:
        """Writes the act with the lines gathered since the one before, and returns its number."""
        lines, self._lines = self._lines, []
        return journal.append(self._connection, self.station_id, act, lines)

    def commit(self) -> None:
        """Makes all of it last; from here on it has happened."""
        self._connection.commit()

    def past_of(self, stored: Stored) -> list[history.Past]:
        """Returns what still counts of an exchange's acts, newest first."""
        return list(history.past_of(self._connection, stored.id))

    def last_act_on(self, stored: Stored) -> PriorAct | None:
        """Returns the newest accepted act on an exchange."""
        return history.last_act_on(self._connection, stored.id)

    def own_act(self, by: By, number: int) -> PriorAct | None:
        """Returns that act if it still counts and is this officer's own at this desk."""
        return undo.own_act(self._connection, self.station_id, by, number)

    def own_last(self, by: By, ref: str | None) -> PriorAct | None:
        """Returns the officer's last act at this desk that still counts, on one exchange or any."""
        if ref is not None:
            return undo.own_last_on(self._connection, self.station_id, by, ref)
        acts = undo.own_acts(self._connection, self.station_id, by, limit=1)
        return acts[0] if acts else None

    def standing(self, by: By, ref: str | None, number: int | None) -> PriorAct | None:
        """Returns the act that somebody who has nothing to undo may have meant."""
        return undo.standing(self._connection, self.station_id, by, ref, number)

    def reach(self, number: int) -> int:
        """Returns how many exchanges an act touched."""
        return undo.reach(self._connection, self.station_id, number)

    def later_than(self, number: int) -> list[PriorAct]:
        """Returns the acts that would have to go before that one could, oldest first."""
        return undo.later_than(self._connection, self.station_id, number)

    def lines_of(self, number: int) -> list[undo.LineBack]:
        """Returns what an act did to each exchange it touched."""
        return undo.lines_of(self._connection, self.station_id, number)

    def touched_by(self, lines: Sequence[undo.LineBack]) -> list[Stored]:
        """Returns the exchanges of these lines, in their order."""
        found = load(self._connection, [line.exchange_id for line in lines])
        by_id = {stored.id: stored for stored in found}
        with as_written():
            return [by_id[line.exchange_id] for line in lines]

    def _line(
        self,
        before: Stored | None,
        after: Stored,
        refs: Sequence[DetailsRef],
        file_id: int | None,
    ) -> None:
        was = None if before is None else _kept(before)
        self._lines.append(Line(after.id, was, _kept(after), canonical(tuple(refs)), file_id))

    def _restored(self, stored: Stored, before: Snapshot, words: Words) -> Stored:
        place, bay = _place_of(before), self._bay_code(before["bay"])
        return replace(
            stored,
            exchange=exchange_of(before, words, bay, stored.exchange.version),
            bay_id=before["bay"],
            details_id=place.exchange,
            giver=replace(stored.giver, details_id=place.giver),
            receiver=replace(stored.receiver, details_id=place.receiver),
            unbooked=bool(before["unbooked"]),
            merged_into=before["merged_into"],
        )

    def _bay_id(self, code: str | None) -> int | None:
        if code is None:
            return None
        if code not in self._bays:
            raise StoreError(
                "unknown_bay",
                _("This station has no bay {code}.").format(code=code),
                _("Correct the booking, or add the bay to the station."),
            )
        return self._bays[code]

    def _bay_code(self, bay_id: int | None) -> str | None:
        return next((code for code, id_ in self._bays.items() if id_ == bay_id), None)

    def _new_refs(self, count: int) -> list[str]:
        """Returns references that no exchange has, of whichever station."""
        refs: dict[str, None] = {}
        while len(refs) < count:
            drawn = dict.fromkeys(self._draw() for _each in range(count - len(refs)))
            for batch in in_batches(drawn):
                taken = select(EXCHANGE.c.ref).where(EXCHANGE.c.ref.in_(batch))
                for ref in self._connection.execute(taken).scalars():
                    drawn.pop(ref)
            refs |= drawn
        return list(refs)


def _kept(stored: Stored) -> str:
    """Returns an exchange's snapshot as the journal keeps it."""
    return canonical(snapshot(stored))


def _need_as_recorded(stored: Stored, line: undo.LineBack) -> None:
    if _kept(stored) != line.after:
        raise StoreError(
            "not_as_recorded",
            _("Exchange {ref} is not as the journal says, so it cannot be put back.").format(
                ref=stored.exchange.ref
            ),
            _("Run desk verify: it names what was changed."),
        )


def _unbooked(stored: Stored) -> Stored:
    return replace(stored, unbooked=True)


def _place_of(state: Snapshot) -> Place:
    details = {party["side"]: party["details"] for party in state["parties"]}
    return Place(state["details"], details[Side.GIVER], details[Side.RECEIVER])
