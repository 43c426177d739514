"""From booking files to a plan: what the screen previews and the command line reports.

Nothing here writes: a plan is applied by ``DeskService.take_in``, all its files in one act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, TypedDict
from zoneinfo import ZoneInfo

from desk.contacts import region_of
from desk.domain.bays import Bays
from desk.domain.days import local_day
from desk.domain.drafts import Draft, ImportPlan, Rejection
from desk.domain.exchange import Exchange
from desk.domain.reading import Doubt, HowRead, Overrules
from desk.domain.rules import Rules
from desk.domain.views import Board, Station
from desk.errors import BookingFileError
from desk.i18n import _
from desk.intake.checked import Origin, Reader
from desk.intake.compare import Reading, compare
from desk.intake.formats import calendar_file, is_calendar
from desk.intake.opening import open_table
from desk.intake.problems import Problem, ProblemError
from desk.intake.raw import RawDraft
from desk.intake.read import Document, file_name, read_document
from desk.intake.room import days_of, without_room
from desk.intake.survey import Survey
from desk.intake.terms import Answers, Terms

USUAL_TERMS = Terms()
NO_ANSWERS = Answers()

Progress = Callable[[int, int], None]
"""Is told how many bytes are read, and of how many."""


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

    def board(self, day: date) -> Board:
        """Returns that local day's board."""
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


class Rows(Protocol):
    """How one file is taken apart."""

    def rows(self, document: Document) -> Iterator[tuple[int, RawDraft | ProblemError]]:
        """Yields each booking, or what is wrong with it, with the line on which it starts."""
        ...


@dataclass(frozen=True, slots=True)
class _Watch:
    """Tells how far it is, and stops when it is told to.

    Attributes:
        total: the bytes to be read; every file is read twice.
    """

    progress: Progress | None
    cancelled: Callable[[], bool] | None
    total: int

    def tick(self, done: int) -> None:
        """Says that so many bytes are read.

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
            self.progress(min(done, self.total), self.total)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file that was looked through, and not yet understood."""

    document: Document
    rows: Rows
    how: HowRead


@dataclass(slots=True)
class _Import:
    """One reading of some files, filled in file by file."""

    service: StationRecords
    terms: Terms
    answers: Answers
    watch: _Watch
    done: int = 0
    drafts: list[Draft] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    readings: list[HowRead] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def read(self, path: Path) -> None:
        """Reads one file: all of its rows, or why it is refused as a whole."""
        name, size = file_name(path), _size_of(path)
        drafts, rejections = len(self.drafts), len(self.rejections)
        doubts = len(self.doubts)
        try:
            self.watch.tick(self.done)
            opened = self._opened(path)
            self._understand(opened)
            self.readings.append(opened.how)
        except ProblemError as problem:
            # What was read of it before counts as little as the rest.
            del self.drafts[drafts:], self.rejections[rejections:], self.doubts[doubts:]
            self._reject(problem, name)
        self.done += 2 * size
        self.watch.tick(self.done)

    def _reject(self, problem: ProblemError, file: str, row: int | None = None) -> None:
        self.rejections.append(problem.rejection(file, row))
        doubt = problem.doubt(file, row)
        if doubt is not None:
            self.doubts.append(doubt)

    def _ticking(self, document: Document, before: int) -> Document:
        return replace(document, tick=lambda position: self.watch.tick(before + position))

    def _opened(self, path: Path) -> _Opened:
        said = self.answers.about(file_name(path))
        chosen = self.terms.map_named(said.source)
        encoding = said.encoding or (chosen.fixed.encoding if chosen else None)
        document = read_document(path, self.terms.limits, encoding)
        if is_calendar(document):
            return self._calendar(document, said)
        return self._table(document, said)

    def _calendar(self, document: Document, said: Overrules) -> _Opened:
        limits = self.terms.limits
        zone = ZoneInfo(said.zone or self.service.station.timezone)
        today = local_day(self.terms.clock.now(), zone)
        calendar = calendar_file(self._ticking(document, self.done), limits, today, zone)
        how = HowRead(
            file=document.name,
            source=calendar.source,
            title=calendar.title,
            encoding=document.encoding,
            delimiter=None,
            day_order=None,
            zone=zone.key,
            until=calendar.window.last if calendar.repeats else None,
        )
        return _Opened(document, calendar, how)

    def _table(self, document: Document, said: Overrules) -> _Opened:
        table = open_table(document, self.terms, said)
        document = table.document
        survey = Survey(table.file.format, self.terms.limits)
        for record in table.file.records(self._ticking(document, self.done)):
            survey.add(record)
        station, fixed = self.service.station, table.fixed
        zone = said.zone or fixed.zone
        if zone is None:
            survey.check_zone(station.zone, self.terms.clock.now().year)
        how = HowRead(
            file=document.name,
            source=table.file.format.source,
            title=table.file.format.title,
            encoding=document.encoding,
            delimiter=table.file.delimiter,
            day_order=said.day_order or fixed.day_order or survey.day_order(self.terms.day_order),
            zone=zone or station.timezone,
        )
        return _Opened(document, table.file, how)

    def _understand(self, opened: _Opened) -> None:
        """Adds the file's good rows to the drafts, and the others to the rejections."""
        how, station = opened.how, self.service.station
        reader = Reader(station, self.service.rules, ZoneInfo(how.zone), how.day_order)
        document = self._ticking(opened.document, self.done + len(opened.document.data))
        showings = self.answers.showings
        most = len(self.drafts) + self.terms.limits.rows
        for row, raw in opened.rows.rows(document):
            try:
                if isinstance(raw, ProblemError):
                    raise raw
                showing = showings.get((how.file, row))
                own = reader if showing is None else replace(reader, showing=showing)
                self.drafts.append(own.draft(raw, Origin(how.file, row, how.source)))
            except ProblemError as problem:
                self._reject(problem, how.file, row)
            if len(self.drafts) > most:
                raise ProblemError(Problem.TOO_MANY_ROWS, limit=self.terms.limits.rows)


def _size_of(path: Path) -> int:
    """Returns a file's size as far as it can be told, for the progress."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def plan(
    files: Sequence[Path],
    service: StationRecords,
    terms: Terms = USUAL_TERMS,
    answers: Answers = NO_ANSWERS,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportPlan:
    """Returns what importing the files would do; changes nothing, and may run in any thread.

    A file or a row that cannot be taken is a rejection of the plan. What an officer could say
    to have it taken is a doubt beside it.

    Args:
        files: the booking files of one import.
        service: for the station, its rules and what it knows.
        terms: what the station has set.
        answers: what the officer said about these files.
        progress: is told how many bytes are read, every few hundred lines.
        cancelled: is asked as often whether to stop.

    Raises:
        BookingFileError: a file is not there or cannot be read, or the import was stopped.
        StoreError: the database cannot be read.
    """
    watch = _Watch(progress, cancelled, 2 * sum(map(_size_of, files)))
    taken = _Import(service, terms, answers, watch)
    for path in files:
        taken.read(path)
    known = service.known_bookings(taken.drafts)
    watch.tick(watch.total)
    decided = service.decided_refs([exchange.ref for exchange in known])
    names = tuple(map(file_name, files))
    reading = Reading(names, tuple(taken.drafts), tuple(taken.rejections))
    station = service.station
    region = region_of(station.timezone)
    compared = compare(reading, known, decided, station.zone, region)
    bays = Bays.of(station, service.rules)
    there = chain.from_iterable(service.board(day).exchanges for day in days_of(compared, bays))
    return replace(
        compared,
        no_room=frozenset(without_room(compared, there, bays)),
        readings=tuple(taken.readings),
        doubts=tuple(taken.doubts),
    )


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
