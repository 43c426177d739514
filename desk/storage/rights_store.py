"""What the service asks of the record where it is about rights, holds and retention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from desk.clock import Clock
from desk.domain.backups import BackupPlan
from desk.domain.days import day_bounds, local_day
from desk.domain.retention import (
    ErasurePlan,
    Leftovers,
    Periods,
    RecordClass,
    RetentionReport,
    first_kept,
    is_over,
)
from desk.domain.rights import Hold, Request, RequestFile
from desk.domain.searchable import Spelling
from desk.domain.traces import Traces
from desk.domain.views import Station
from desk.paths import DataFolder
from desk.spelling import spelling_in
from desk.storage import bookings
from desk.storage.archive import write_archive
from desk.storage.candidates import Candidates
from desk.storage.canonical import parsed
from desk.storage.copying import Head
from desk.storage.database import Database
from desk.storage.due import DueRecords
from desk.storage.erasing import ERASED, FILES, Eraser
from desk.storage.erasure_log import ErasureLog, PastErasure
from desk.storage.holds import Holds
from desk.storage.leftovers import delete_known, digests, files_with, kept_backups
from desk.storage.reading import in_batches
from desk.storage.requests import Requests, released
from desk.storage.shortening import Shortening
from desk.storage.stations import House
from desk.storage.tables import ACT, EXCHANGE


class RightsStore:
    """One station's holds, requests and erasures. Every method may be called from any thread."""

    def __init__(
        self,
        database: Database,
        house: House,
        station: Station,
        clock: Clock,
        key: bytes | None,
    ) -> None:
        self._database = database
        self._house = house
        self._station = station
        self._clock = clock
        self._key = key
        self._folder = DataFolder(database.path.parent)
        self._log = ErasureLog(self._folder.erasures)

    @property
    def _spelling(self) -> Spelling:
        return spelling_in(self._station.timezone)

    def holds(self) -> tuple[Hold, ...]:
        """Returns every hold there ever was, oldest first."""
        with self._database.reading() as connection:
            return Holds(connection, self._house.id).everyone()

    def requests(self) -> tuple[Request, ...]:
        """Returns every request there ever was, oldest first."""
        with self._database.reading() as connection:
            return Requests(connection, self._house.id, self._station.zone).everyone()

    def request_file(self, number: int) -> RequestFile | None:
        """Returns the request with that number, and everything that is known of it, or None."""
        with self._database.reading() as connection:
            request = Requests(connection, self._house.id, self._station.zone).numbered(number)
            if request is None:
                return None
            found = Candidates(connection, self._house.id, self._spelling)
            return RequestFile(
                request,
                found.of(request, self._clock.now()),
                released(connection, self._house.id, number),
            )

    # What would go

    def retention(self, periods: Periods, plan: BackupPlan) -> RetentionReport:
        """Returns what is due to go, and what else holds it."""
        now, zone = self._clock.now(), self._station.zone
        with self._database.reading() as connection:
            classes = self._due(connection).report(periods, now)
            span = self._span(connection, periods)
            acts = 0 if span is None else span[1] - span[0] + 1
            classes = tuple(
                replace(each, count=acts) if each.record_class is RecordClass.JOURNAL else each
                for each in classes
            )
            report = RetentionReport(local_day(now, zone), classes)
            traces = self._traces_of(connection, report.refs)
        if report.is_empty:
            return report
        leftovers = self._leftovers(traces, report.refs, plan)
        return RetentionReport(report.today, classes, leftovers)

    def acts_due(self, periods: Periods) -> tuple[int, int] | None:
        """Returns the first and the last act that the journal can let go of; None where none."""
        with self._database.reading() as connection:
            return self._span(connection, periods)

    def _span(self, connection: Connection, periods: Periods) -> tuple[int, int] | None:
        zone = self._station.zone
        kept = first_kept(RecordClass.JOURNAL, periods, local_day(self._clock.now(), zone))
        if kept is None:
            return None
        shortening = Shortening(connection, self._house.id)
        before = day_bounds(kept, zone)[0]
        end = shortening.end(before, self._eraser(connection), self._due(connection))
        start = shortening.start
        return None if end <= start else (start + 1, end)

    def archive(self, span: tuple[int, int]) -> tuple[Path, Head]:
        """Writes these acts into an archive, and returns it with what the last of them was.

        Raises:
            StoreError: it cannot be written.
        """
        with self._database.reading() as connection:
            file = write_archive(connection, self._house.id, self._folder, self._key, span)
            hash_ = Shortening(connection, self._house.id).hash_of(span[1])
        return file, Head(self._station.code, span[1], hash_)

    def erasure_plan(self, number: int, plan: BackupPlan) -> ErasurePlan:
        """Returns what erasing the person of a request would do."""
        now = self._clock.now()
        with self._database.reading() as connection:
            requests = Requests(connection, self._house.id, self._station.zone)
            request = requests.numbered(number)
            refs = () if request is None else tuple(each.ref for each in request.picked)
            due = self._due(connection)
            kept: dict[str, int | None] = {}
            for ref in refs:
                stored = bookings.kept_as(connection, self._house.id, ref)
                hold = None if stored is None else due.hold_on(stored)
                if hold is not None:
                    kept[ref] = hold.number
                elif stored is not None and not is_over(stored.exchange, now):
                    kept[ref] = None
            parties = requests.picked_parties(number)
            traces = self._eraser(connection).of_parties(parties).traces
        going = tuple(ref for ref in refs if ref not in kept)
        return ErasurePlan(going, kept, self._leftovers(traces, (), plan))

    def digests_of(self, refs: Sequence[str]) -> tuple[str, ...]:
        """Returns what tells the files apart that go with these exchanges."""
        with self._database.reading() as connection:
            traces = self._traces_of(connection, refs)
        return tuple(digests(files_with(self._folder, traces, refs).files))

    def digests_of_person(self, number: int) -> tuple[str, ...]:
        """Returns what tells the files apart that go with the person of a request."""
        with self._database.reading() as connection:
            requests = Requests(connection, self._house.id, self._station.zone)
            parties = requests.picked_parties(number)
            traces = self._eraser(connection).of_parties(parties).traces
        return tuple(digests(files_with(self._folder, traces, ()).files))

    def _leftovers(self, traces: Traces, refs: Sequence[str], plan: BackupPlan) -> Leftovers:
        found, zone = files_with(self._folder, traces, refs), self._station.zone
        files, unread, waiting = (
            tuple(path.relative_to(self._folder.path).as_posix() for path in paths)
            for paths in (found.files, found.unread, found.waiting)
        )
        return Leftovers(
            files,
            unread,
            waiting,
            kept_backups(self._folder, plan, zone, local_day(self._clock.now(), zone)),
        )

    def _due(self, connection: Connection) -> DueRecords:
        return DueRecords(connection, self._house.id, self._station.zone, self._spelling)

    def _eraser(self, connection: Connection) -> Eraser:
        return Eraser(connection, self._house.id, self._spelling)

    def _traces_of(self, connection: Connection, refs: Sequence[str]) -> Traces:
        ids: list[int] = []
        for batch in in_batches(refs):
            own = (EXCHANGE.c.station_id == self._house.id) & EXCHANGE.c.ref.in_(batch)
            ids.extend(connection.execute(select(EXCHANGE.c.id).where(own)).scalars())
        return self._eraser(connection).of_exchanges(ids).traces

    # What an erasure does beside the database

    def begin(self, intent_id: str) -> None:
        """Notes beside the database that something is going to be erased.

        Raises:
            StoreError: it cannot be written, and so nothing may be erased.
        """
        self._log.begin(intent_id)

    def unfinished(self) -> tuple[str, ...]:
        """Returns the erasures that the journal has and that were not finished, oldest first.

        One that it does not have may still be under way at another desk.
        """
        begun = self._log.unfinished()
        if not begun:
            return ()
        with self._database.reading() as connection:
            return tuple(each for each in begun if _said(connection, each) is not None)

    def finish(self, intent_id: str) -> None:
        """Does what the journal says of an erasure beside the database; nothing if it says nothing.

        Where another desk is reading, its old pages stay in the log of writes until the next start.

        Raises:
            StoreError: the log cannot be written, or the database not be read.
            OSError: a file cannot be deleted.
        """
        with self._database.reading() as connection:
            said = _said(connection, intent_id)
        if said is not None:
            if intent_id not in {each.intent_id for each in self._log.erasures()}:
                self._log.note(PastErasure(intent_id, said.get(ERASED, {})))
            delete_known(self._folder, said.get(FILES, ()))
            if not self._database.forget_log():
                return
        self._log.finish(intent_id)


def _said(connection: Connection, intent_id: str) -> dict[str, Any] | None:
    """Returns what the act of an intent says, or None where it was refused or never was."""
    chosen = select(ACT.c.facts).where(ACT.c.intent_id == intent_id, ACT.c.accepted.is_(True))
    kept = connection.execute(chosen).scalar()
    return None if kept is None else parsed(kept)
