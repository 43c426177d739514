"""From booking files to a plan: what the screen previews and the command line reports.

Nothing here writes: a plan is applied by ``DeskService.take_in``, all its files in one act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, TypedDict

from desk.domain.drafts import Draft, ImportPlan, Rejection
from desk.domain.exchange import Exchange
from desk.domain.rules import Rules
from desk.domain.views import Station
from desk.errors import BookingFileError
from desk.i18n import _
from desk.intake.checked import Origin, Reader
from desk.intake.compare import Reading, compare
from desk.intake.formats import detect
from desk.intake.problems import Problem, ProblemError
from desk.intake.raw import Format
from desk.intake.read import Limits, file_name, read_document
from desk.intake.table import Record, check_shape
from desk.intake.values import Showing

DEFAULT_LIMITS = Limits()
_ROWS_PER_TICK = 100

Progress = Callable[[int, int], None]
"""Is told how many rows are read, and of how many."""

Showings = Mapping[tuple[str, int], Showing]
"""By file and row: which one is meant of a time that the clock shows twice."""


class StationRecords(Protocol):
    """What a plan is made against: that part of ``DeskService``."""

    @property
    def station(self) -> Station:
        """The station whose bays and zone the files mean."""
        ...

    @property
    def rules(self) -> Rules:
        """How long an exchange takes where a file does not say."""
        ...

    def known_bookings(self, drafts: Sequence[Draft]) -> tuple[Exchange, ...]:
        """Returns every stored exchange that one of the drafts, or its file, may speak of."""
        ...

    def decided_refs(self, refs: Sequence[str]) -> frozenset[str]:
        """Returns which of these exchanges an officer has already acted on."""
        ...


class Policy(StrEnum):
    """What happens to the good rows when others are rejected."""

    ALL_OR_NOTHING = "all_or_nothing"
    GOOD_ROWS = "good_rows"


class Standing(StrEnum):
    """What would come of a plan under a policy."""

    WHOLE = "whole"
    IN_PART = "in_part"
    REFUSED = "refused"


class ImportReport(TypedDict):
    """What ``desk import --json`` prints."""

    files: list[str]
    new: int
    unchanged: int
    changed: int
    cancelled: int
    rejected: int
    applied: int
    rejections: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Table:
    """A file that was recognised, taken apart but not yet understood."""

    file: str
    format: Format
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class _Watch:
    """Tells how far it is, and stops when it is told to."""

    progress: Progress | None
    cancelled: Callable[[], bool] | None

    def tick(self, done: int, total: int) -> None:
        """Says that so many rows are read.

        Raises:
            BookingFileError: it was stopped.
        """
        if self.cancelled is not None and self.cancelled():
            raise BookingFileError(
                "stopped",
                _("The import was stopped, and nothing was changed."),
                _("Start it again when you are ready."),
            )
        if self.progress is not None:
            self.progress(done, total)


@dataclass(frozen=True, slots=True)
class _Import:
    """One reading of some files."""

    reader: Reader
    limits: Limits
    showings: Showings
    watch: _Watch

    def read(self, files: Sequence[Path]) -> Reading:
        """Returns what the files say."""
        tables: list[_Table] = []
        rejections: list[Rejection] = []
        for path in files:
            self.watch.tick(0, sum(len(table.records) for table in tables))
            try:
                tables.append(self._table(path))
            except ProblemError as problem:
                rejections.append(problem.rejection(file_name(path)))
        drafts = list(self._drafts(tables, rejections))
        return Reading(tuple(map(file_name, files)), tuple(drafts), tuple(rejections))

    def _table(self, path: Path) -> _Table:
        document = read_document(path, self.limits)
        found = detect(document)
        _header, *records = islice(found.records(document), self.limits.rows + 2)
        if len(records) > self.limits.rows:
            raise ProblemError(Problem.TOO_MANY_ROWS, limit=self.limits.rows)
        return _Table(document.name, found, tuple(records))

    def _drafts(self, tables: Sequence[_Table], rejections: list[Rejection]) -> Iterator[Draft]:
        """Yields the good rows, and adds the others to the rejections."""
        total = sum(len(table.records) for table in tables)
        rows = ((table, record) for table in tables for record in table.records)
        for done, (table, record) in enumerate(rows):
            if done % _ROWS_PER_TICK == 0:
                self.watch.tick(done, total)
            try:
                yield self._draft(table, record)
            except ProblemError as problem:
                rejections.append(problem.rejection(table.file, record.row))
        self.watch.tick(total, total)

    def _draft(self, table: _Table, record: Record) -> Draft:
        check_shape(record, self.limits)
        reader = replace(self.reader, showing=self.showings.get((table.file, record.row)))
        origin = Origin(table.file, record.row, table.format.source)
        return reader.draft(table.format.draft(record), origin)


def plan(
    files: Sequence[Path],
    service: StationRecords,
    *,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    showings: Showings = MappingProxyType({}),
) -> ImportPlan:
    """Returns what importing the files would do; changes nothing, and may run in any thread.

    A file or a row that cannot be taken is a rejection of the plan.

    Args:
        files: the booking files of one import.
        service: for the station, its rules and what it knows.
        limits: how much of each file is read.
        progress: is told how far it is, every hundred rows.
        cancelled: is asked as often whether to stop.
        showings: the officer's answers about times that the clock shows twice; without one
            such a row is rejected.

    Raises:
        BookingFileError: a file is not there or cannot be read, or the import was stopped.
        StoreError: the database cannot be read.
    """
    watch = _Watch(progress, cancelled)
    reader = Reader(service.station, service.rules)
    reading = _Import(reader, limits, showings, watch).read(files)
    known = service.known_bookings(reading.drafts)
    decided = service.decided_refs([exchange.ref for exchange in known])
    return compare(reading, known, decided, service.station.zone)


def standing(planned: ImportPlan, policy: Policy) -> Standing:
    """Returns whether the plan may be applied as a whole, in part (the good rows) or not at all."""
    if not planned.rejections:
        return Standing.WHOLE
    if policy is Policy.GOOD_ROWS and _good_rows(planned):
        return Standing.IN_PART
    return Standing.REFUSED


def report(planned: ImportPlan, applied: int) -> ImportReport:
    """Returns the import as ``desk import --json`` prints it.

    A booking that an officer has decided counts as unchanged, because it is.

    Args:
        planned: the plan.
        applied: how many exchanges were written; 0 for a dry run or a refused import.
    """
    return ImportReport(
        files=list(planned.files),
        new=len(planned.new),
        unchanged=len(planned.unchanged) + len(planned.decided),
        changed=len(planned.changed),
        cancelled=len(planned.cancelled) + len(planned.cancelled_before),
        rejected=len(planned.rejections),
        applied=applied,
        rejections=[asdict(rejection) for rejection in planned.rejections],
    )


def _good_rows(planned: ImportPlan) -> int:
    known = (planned.unchanged, planned.changed, planned.cancelled, planned.decided)
    return sum(map(len, (planned.new, planned.cancelled_before, *known)))


def find_booking_files(inbox: Path) -> tuple[Path, ...]:
    """Returns the files in the inbox, newest first; none where there is no such folder.

    All of them, whatever they are called: one that desk does not know is refused with a sentence,
    and not in silence. Hidden files and folders are left out.

    Raises:
        BookingFileError: the folder cannot be read.
    """
    try:
        files = [
            (path.stat().st_mtime_ns, path)
            for path in inbox.iterdir()
            if path.is_file() and not path.name.startswith(".")
        ]
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise BookingFileError(
            "unreadable_inbox",
            _("The folder for booking files cannot be read."),
            _("Check that it may be read."),
        ) from error
    return tuple(path for _time, path in sorted(files, reverse=True))
