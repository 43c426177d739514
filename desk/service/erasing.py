"""The act that erases: what is due, or the person of a request."""

from __future__ import annotations

from collections.abc import Sequence

from desk.domain.days import day_bounds, local_day
from desk.domain.retention import (
    EraseDue,
    ErasePerson,
    RecordClass,
    Shorten,
    first_kept,
    is_over,
)
from desk.domain.rights import RequestEnd
from desk.domain.verdict import Code, Facts, RefusedError, Step, Verdict
from desk.domain.views import Station
from desk.service.rights import (
    answer,
    exchange_named,
    need_identity,
    need_picked,
    open_request_numbered,
)
from desk.spelling import spelling_in
from desk.storage.cases import CaseWords
from desk.storage.erasing import ERASED, FILES, LOOKS_ERASED, Erasure, merged
from desk.storage.officers import RowsWritten
from desk.storage.shortening import Archived
from desk.storage.unit import UnitOfWork


def erase_due(unit: UnitOfWork, intent: EraseDue, station: Station) -> Verdict:
    """Erases what is due of what was named, and of the looks; what is held stays."""
    spelling = spelling_in(station.timezone)
    due = unit.due(station.zone, spelling)

    def do() -> tuple[Verdict, RowsWritten]:
        named = [exchange_named(unit, ref) for ref in intent.refs]
        going = [
            each
            for each in named
            if due.is_due(each, intent.periods, unit.now) and due.hold_on(each) is None
        ]
        looks = due.last_looks(intent.periods, unit.now)
        ids = [each.id for each in going]
        erasure = unit.eraser(spelling).of_exchanges(ids)
        if erasure.is_empty and not looks:
            raise RefusedError(Code.NOTHING_DUE)
        words = unit.cases.about_exchanges(ids, unit.eraser(spelling))
        facts = Facts(verb=intent.verb, count=len(going), at=unit.now)
        written = _erased(unit, erasure, words, intent.files, station)
        if looks:
            written += RowsWritten(gone={LOOKS_ERASED: looks})
        return Verdict(Code.ACCEPTED, None, facts), written

    return answer(unit, intent, do)


def erase_person(unit: UnitOfWork, intent: ErasePerson, station: Station) -> Verdict:
    """Erases the person of a request from every exchange that was picked, or from none."""
    spelling = spelling_in(station.timezone)
    due = unit.due(station.zone, spelling)

    def do() -> tuple[Verdict, RowsWritten]:
        requests = unit.requests(station.zone)
        request = open_request_numbered(unit, intent.number, station.zone)
        need_identity(request)
        need_picked(request)
        for picked in request.picked:
            stored = exchange_named(unit, picked.ref)
            hold = due.hold_on(stored)
            if hold is not None:
                raise RefusedError(
                    Code.UNDER_HOLD, Step.LIFT_THE_HOLD, ref=picked.ref, case=hold.number
                )
            if not is_over(stored.exchange, unit.now):
                raise RefusedError(Code.NOT_OVER, Step.CLOSE_IT_FIRST, ref=picked.ref)
        erasure = unit.eraser(spelling).of_parties(requests.picked_parties(request.number))
        words = unit.cases.about_person(erasure.traces, request.number)
        closed = requests.close(request.number, RequestEnd.ANSWERED, unit.now)
        written = closed + _erased(unit, erasure, words, intent.files, station)
        facts = Facts(verb=intent.verb, case=request.number, count=len(request.picked), at=unit.now)
        return Verdict(Code.ACCEPTED, None, facts), written

    return answer(unit, intent, do)


def shorten(unit: UnitOfWork, intent: Shorten, station: Station) -> Verdict:
    """Lets go of the journal's oldest acts, and says anew what of them still holds."""
    spelling, zone = spelling_in(station.timezone), station.zone

    def do() -> tuple[Verdict, RowsWritten]:
        shortening, until = unit.shortening, intent.until
        start = shortening.start
        kept = first_kept(RecordClass.JOURNAL, intent.periods, local_day(unit.now, zone))
        before = unit.now if kept is None else day_bounds(kept, zone)[0]
        end = shortening.end(before, unit.eraser(spelling), unit.due(zone, spelling))
        if kept is None or not start < until <= end:
            raise RefusedError(Code.NOTHING_DUE)
        went = Archived(until, shortening.hash_of(until), intent.archive, intent.checkpoint)
        exchanges = shortening.exchanges(until)
        for each in exchanges:
            unit.restate(each)
        written = shortening.restated(exchanges, until) + shortening.begin_at(went)
        facts = Facts(verb=intent.verb, count=until - start, at=unit.now)
        return Verdict(Code.ACCEPTED, None, facts), written

    return answer(unit, intent, do)


def _erased(
    unit: UnitOfWork,
    erasure: Erasure,
    words: CaseWords,
    files: Sequence[str],
    station: Station,
) -> RowsWritten:
    """Leaves everything without the words that go, and returns what the act says of it."""
    rows = merged(erasure.rows, words.rows)
    written = RowsWritten({}, unit.leave_without(erasure), {ERASED: unit.told(rows), FILES: files})
    for number in words.requests:
        written += unit.requests(station.zone).forget(number)
    for number in words.holds:
        written += unit.holds.forget(number)
    return written
