"""The desk's service: what an officer does and sees, one method, one transaction, one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from desk.domain.bays import Place, without
from desk.domain.booking import Booking
from desk.domain.drafts import Draft, TakeIn
from desk.domain.exchange import Exchange
from desk.domain.intents import Book, By, ExchangeIntent, Intent, Merge, Undo
from desk.domain.ports import Watch, unwatched
from desk.domain.rules import Rules
from desk.domain.verdict import Code, Step, Verdict
from desk.domain.views import (
    Board,
    DayLoad,
    FoundEver,
    JournalRow,
    Officer,
    Station,
    TimelineEntry,
    UndoableAct,
    Verification,
)
from desk.errors import BusyError, StoreError, UsageError
from desk.i18n import _
from desk.service.booking import book, merge
from desk.service.cleaning import (
    LONGEST_NAME,
    cleaned,
    cleaned_by,
    cleaned_plan,
    cleaned_station,
    cleaned_workplace,
)
from desk.service.performing import Ground, perform
from desk.service.taking_in import take_in
from desk.service.undoing import undo
from desk.storage.failures import IO_FAILURES
from desk.storage.store import Store, Workplace, found_store, open_store, verify_store
from desk.storage.unit import UnitOfWork
from desk.storage.writing import StaleError
from desk.text import NO_LIMIT, clean

_Intent = TypeVar("_Intent", bound=Intent)
_LONGEST_QUERY = 200
_MOST_PLACES = 5
"""How many other places are offered; a digit picks one."""


class Desk:
    """Implements ``desk.domain.ports.DeskService`` on a store; close it when the program ends."""

    def __init__(self, store: Store, rules: Rules) -> None:
        self._store = store
        self._rules = rules

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the database."""
        self._store.close()

    @property
    def station(self) -> Station:
        """The station whose desk this is."""
        return self._store.station

    @property
    def rules(self) -> Rules:
        """The station's rules, as they were when the program started."""
        return self._rules

    def sign_on(self, badge: str, name: str) -> Officer:
        """Returns the officer with that badge, made known to the station if need be.

        Raises:
            UsageError: the badge is empty, or one of them is too long to be kept.
        """
        badge, name = clean(badge, NO_LIMIT), clean(name, NO_LIMIT)
        if max(len(badge), len(name)) > LONGEST_NAME:
            raise UsageError(
                "too_long",
                _("A badge or a name has {most} characters at most.").format(most=LONGEST_NAME),
                _("Shorten it."),
            )
        if not badge:
            raise UsageError(
                "no_badge",
                _("An officer without a badge cannot be written down."),
                _('Give badge and name: --officer "4412 Dupont".'),
            )
        return self._store.sign_on(badge, name)

    def board(self, day: date) -> Board:
        """Returns that local day's board."""
        return self._store.board(day)

    def exchange(self, ref: str) -> Exchange | None:
        """Returns the exchange with that reference, or None."""
        return self._store.exchange(ref)

    def find(self, query: str, most: int) -> tuple[FoundEver, ...]:
        """Returns what was typed or scanned wherever it stands on any day, the newest first."""
        return self._store.find(clean(query, _LONGEST_QUERY), most)

    def week(self, first: date) -> tuple[DayLoad, ...]:
        """Returns how much there is to do on each of seven days."""
        return self._store.week(first)

    def timeline(self, ref: str) -> tuple[TimelineEntry, ...]:
        """Returns the acts on an exchange, newest first, refused and undone ones included."""
        return self._store.timeline(ref)

    def change_mark(self) -> int:
        """Returns a number that changes when any desk commits."""
        return self._store.change_mark()

    def perform(self, intent: ExchangeIntent) -> Verdict:
        """Does one act in one transaction, and journals the answer."""
        ground = Ground(self.station, self._rules)
        said = cleaned(intent)
        verdict = self._act(said, lambda unit, said: perform(unit, said, ground))
        return _with_ref(verdict, said.ref)

    def book(self, intent: Book) -> Verdict:
        """Writes a new exchange, and checks in whoever stands at the desk."""
        ground = Ground(self.station, self._rules)
        return self._act(cleaned(intent), lambda unit, said: book(unit, said, ground))

    def merge(self, intent: Merge) -> Verdict:
        """Makes two bookings of one meeting one."""
        return self._act(cleaned(intent), merge)

    def free_places(self, booking: Booking, ref: str = "") -> tuple[Place, ...]:
        """Returns the nearest places and times that are free for a booking."""
        around = self._store.open_around(booking.starts_at, booking.ends_at)
        own = {Place(each.bay, each.starts_at) for each in around if each.ref == ref and each.bay}
        places = Ground(self.station, self._rules).bays.free_places(
            booking, without(around, ref), _MOST_PLACES + len(own), self._store.now()
        )
        return tuple(place for place in places if place not in own)[:_MOST_PLACES]

    def best_bay(self, booking: Booking) -> str | None:
        """Returns the bay that suits a booking and stays free longest, or None."""
        others = self._store.open_around(booking.starts_at, booking.ends_at)
        return Ground(self.station, self._rules).bays.free_now(booking, others)

    def undo(self, intent: Undo) -> Verdict:
        """Undoes an own act and those named with it, all of them or none; else says why not."""
        said = cleaned(intent)
        return _with_ref(self._act(said, undo), said.ref)

    def undoable(self, by: By, ref: str | None) -> tuple[UndoableAct, ...]:
        """Returns the officer's last ten acts at that desk that F8 can walk, nearest first."""
        return self._store.undoable(cleaned_by(by), ref)

    def known_bookings(self, drafts: Sequence[Draft]) -> tuple[Exchange, ...]:
        """Returns every stored exchange that one of these drafts, or its file, may speak of."""
        return self._store.known_bookings(drafts)

    def decided_refs(self, refs: Sequence[str]) -> frozenset[str]:
        """Returns which of these exchanges an officer has already acted on."""
        return self._store.decided_refs(refs)

    def take_in(self, intent: TakeIn, watch: Watch = unwatched) -> Verdict:
        """Applies an import plan: all its files, one act, one transaction.

        Raises:
            DeskError: what ``watch`` raised to stop it; nothing was written.
        """
        zone = self.station.zone
        watch(0, intent.plan.writes)
        return self._act(cleaned_plan(intent), lambda unit, said: take_in(unit, said, zone, watch))

    def journal(self, ref: str | None = None) -> tuple[JournalRow, ...]:
        """Returns the journal, oldest first; with a reference only its acts."""
        return self._store.journal(ref)

    def verify(self) -> Verification:
        """Recomputes the whole record and returns what is not as it was written."""
        return self._store.verify()

    def _act(self, intent: _Intent, do: Callable[[UnitOfWork, _Intent], Verdict]) -> Verdict:
        """Gives the first answer again, or does the act and commits it.

        A commit that the disk failed may have lasted all the same: then the journal, read anew,
        holds the answer.
        """
        try:
            with self._store.unit() as unit:
                verdict = unit.answer_to(intent.intent_id)
                if verdict is None:
                    verdict = do(unit, intent)
                    unit.commit()
                return verdict
        except BusyError:
            return Verdict(Code.BUSY, getattr(intent, "ref", None), next=(Step.TRY_AGAIN,))
        except StaleError:
            return Verdict(Code.STALE, getattr(intent, "ref", None), next=(Step.LOOK_AGAIN,))
        except StoreError as error:
            lasting = self._store.answer_to(intent.intent_id) if error.code in IO_FAILURES else None
            if lasting is None:
                raise
            return lasting


def _with_ref(verdict: Verdict, typed: str | None) -> Verdict:
    """Says what was typed where it is no reference: the journal does not keep it."""
    return verdict if verdict.ref else replace(verdict, ref=typed)


def found_station(path: Path, station: Station, rules: Rules, workplace: Workplace) -> Desk:
    """Makes a station's database, whose journal begins with the founding, and opens it.

    Args:
        path: the database file; its folder is made if need be.
        station: its name, code, time zone and bays.
        rules: the rules in force, which the journal notes.
        workplace: the clock, the desk's name, and where references come from.

    Raises:
        StoreError: there is a database already, or none can be made there.
    """
    made = found_store(path, cleaned_station(station), rules, cleaned_workplace(workplace))
    return Desk(made, rules)


def open_desk(path: Path, rules: Rules, workplace: Workplace) -> Desk:
    """Opens a station's database, and journals its rules if they changed since the last start.

    Args:
        path: the database file.
        rules: the rules in force.
        workplace: the clock, the desk's name, and where references come from.

    Raises:
        StoreError: it is missing, not ours, damaged, or was written by a newer desk.
    """
    return Desk(open_store(path, rules, cleaned_workplace(workplace)), rules)


def verify_record(path: Path) -> Verification:
    """Checks the record in a database file as it is, before anything opens and mends it.

    Raises:
        StoreError: it is missing, not ours, damaged, or was written by a newer desk.
    """
    return verify_store(path)
