"""The desk's service: what an officer does and sees, one method, one transaction, one act."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from types import TracebackType
from typing import Self

from desk.domain.backups import Backup, BackupPlan
from desk.domain.bays import Place, without
from desk.domain.booking import Booking
from desk.domain.checkpoint import Checkpoint
from desk.domain.drafts import Draft, TakeIn
from desk.domain.exchange import Exchange
from desk.domain.health import Inventory
from desk.domain.intents import Book, By, ExchangeIntent, Merge, Undo
from desk.domain.looks import LookedAt
from desk.domain.ports import Watch, unwatched
from desk.domain.rules import Rules
from desk.domain.verdict import Verdict
from desk.domain.views import (
    Board,
    DayLoad,
    FoundEver,
    JournalRow,
    NotedLook,
    Officer,
    Station,
    TimelineEntry,
    UndoableAct,
    Verification,
)
from desk.errors import StoreError, UsageError
from desk.i18n import _
from desk.service.access import Access, Keys
from desk.service.acting import Acting
from desk.service.booking import book, merge
from desk.service.checkpoints import Checkpoints
from desk.service.cleaning import (
    LONGEST_NAME,
    cleaned,
    cleaned_by,
    cleaned_plan,
)
from desk.service.looking import Looking
from desk.service.performing import Ground, perform
from desk.service.retention import Retention
from desk.service.rights import Rights
from desk.service.taking_in import take_in
from desk.service.undoing import undo
from desk.storage.store import Store
from desk.text import NO_LIMIT, clean

_LONGEST_QUERY = 200
_MOST_PLACES = 5
"""How many other places are offered; a digit picks one."""


class Desk:
    """Implements ``desk.domain.ports.DeskService`` on a store; close it when the program ends."""

    def __init__(self, store: Store, rules: Rules, keys: Keys | None = None) -> None:
        self._store = store
        self._rules = rules
        self.access = None if keys is None else Access(store, keys)
        self._acting = Acting(store, None) if self.access is None else self.access.acting
        self._looking = Looking(store)
        self._checkpoints = Checkpoints(store, keys)
        self.rights = Rights(store, self._acting)
        self.retention = Retention(store, self._acting, self._checkpoints)

    @property
    def guarded_access(self) -> Access:
        """Who may act at a guarded station.

        Raises:
            UsageError: it is not one.
        """
        if self.access is None:
            raise UsageError("not_guarded", _("Nobody is asked for a passphrase at this station."))
        return self.access

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
        """Closes the database, in which by then stands who looked at what."""
        self._looking.close()
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
        if self.access is None:
            return self._store.sign_on(badge, name)
        return self._known(badge)

    def _known(self, badge: str) -> Officer:
        """Returns an officer of a guarded station, where a supervisor enrols."""
        officer = self._store.officer(badge)
        if officer is None:
            raise UsageError(
                "unknown_officer",
                _("Nobody with the badge {badge} is known at this station.").format(badge=badge),
                _("A supervisor enrols officers: desk officers add."),
            )
        return officer

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
        verdict = self._acting.act(said, lambda unit, said: perform(unit, said, ground))
        return _with_ref(verdict, said.ref)

    def book(self, intent: Book) -> Verdict:
        """Writes a new exchange, and checks in whoever stands at the desk."""
        ground = Ground(self.station, self._rules)
        return self._acting.act(cleaned(intent), lambda unit, said: book(unit, said, ground))

    def merge(self, intent: Merge) -> Verdict:
        """Makes two bookings of one meeting one."""
        return self._acting.act(cleaned(intent), merge)

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
        return _with_ref(self._acting.act(said, undo), said.ref)

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
        return self._acting.act(
            cleaned_plan(intent), lambda unit, said: take_in(unit, said, zone, watch)
        )

    def journal(self, ref: str | None = None) -> tuple[JournalRow, ...]:
        """Returns the journal, oldest first; with a reference only its acts."""
        return self._store.journal(ref)

    def looked(self, by: By, what: LookedAt, refs: Sequence[str] = ()) -> None:
        """Remembers a look at each of these exchanges, or at none in particular; never waits."""
        self._looking.saw(cleaned_by(by), what, refs)

    def write_looks(self) -> None:
        """Writes what was looked at until now, without waiting for another desk."""
        self._looking.write()

    def looks(self, ref: str | None = None) -> tuple[NotedLook, ...]:
        """Returns who looked at what, oldest first; with a reference only at that exchange."""
        return self._store.looks(ref)

    def back_up(self, plan: BackupPlan, by: By | None = None) -> Backup:
        """Makes a backup of the station while others work, and journals it.

        A checkpoint of it lies beside it, unless that could not be written.
        """
        asked = self._asking(by)
        made = self._store.back_up(plan, asked)
        with suppress(StoreError):
            self._checkpoints.make_beside(made, plan.second, asked)
        return made

    def checkpoint(self, by: By | None = None) -> Checkpoint:
        """Signs where the journal ends, writes it into ``exports/checkpoints``, and journals it."""
        return self._checkpoints.make(self._asking(by))

    def _asking(self, by: By | None) -> By | None:
        if by is None:
            return None
        self._acting.need_proof(by.badge)
        return cleaned_by(by)

    def inventory(self) -> Inventory:
        """Returns what there is in the database, counted, and how its connections are set."""
        return self._store.inventory()

    def verify(self) -> Verification:
        """Recomputes the whole record and returns what is not as it was written."""
        return self._store.verify()


def _with_ref(verdict: Verdict, typed: str | None) -> Verdict:
    """Says what was typed where it is no reference: the journal does not keep it."""
    return verdict if verdict.ref else replace(verdict, ref=typed)
