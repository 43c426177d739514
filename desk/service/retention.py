"""What is kept no longer: reported first, and erased when a supervisor says so.

An erasure is one act and one transaction, so that it happens or it does not. What lies beside the
database (files, the log of writes) is cleared after it, by what the act says; whoever starts next
goes on with what a kill left undone (``desk.storage.erasure_log``).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from desk.domain.backups import BackupPlan
from desk.domain.intents import By
from desk.domain.retention import (
    Applied,
    EraseDue,
    ErasePerson,
    ErasurePlan,
    Periods,
    RecordClass,
    RetentionReport,
    Shorten,
)
from desk.domain.verdict import Code, Verdict
from desk.errors import StoreError
from desk.service.acting import Acting
from desk.service.checkpoints import Checkpoints
from desk.service.cleaning import cleaned
from desk.service.erasing import erase_due, erase_person, shorten
from desk.storage.archive import digest_of
from desk.storage.store import Store

_AT_ONCE = 500
"""Exchanges that one act erases: other desks wait for it."""


class Retention:
    """Implements ``desk.domain.ports.RetentionService`` on a store.

    Args:
        store: the record.
        acting: how anything is done to it.
        checkpoints: sign for what the journal lets go of.
    """

    def __init__(self, store: Store, acting: Acting, checkpoints: Checkpoints) -> None:
        self._store = store
        self._acting = acting
        self._checkpoints = checkpoints

    def report(self, periods: Periods, plan: BackupPlan) -> RetentionReport:
        """Returns what is due to go, and what else holds it; nothing is changed."""
        return self._store.rights.retention(self._shortenable(periods), plan)

    def apply(self, by: By, report: RetentionReport, periods: Periods) -> Applied:
        """Erases what a report says is due, as far as it still is, and shortens the journal."""
        erased = self._erase_due(by, report, periods)
        if not erased.verdict.accepted and erased.verdict.code is not Code.NOTHING_DUE:
            return erased
        shortened = self._shorten(by, periods)
        if shortened is None:
            return erased
        return replace(shortened, exchanges=erased.exchanges)

    def _shortenable(self, periods: Periods) -> Periods:
        """Returns the periods without the journal's where nobody can sign for what goes."""
        if self._checkpoints.are_signed:
            return periods
        return {each: days for each, days in periods.items() if each is not RecordClass.JOURNAL}

    def _erase_due(self, by: By, report: RetentionReport, periods: Periods) -> Applied:
        refs = report.refs
        batches = [refs[at : at + _AT_ONCE] for at in range(0, max(len(refs), 1), _AT_ONCE)]
        done = Applied(Verdict(Code.NOTHING_DUE))
        for batch in batches:
            files = self._store.rights.digests_of(batch)
            intent = EraseDue(by=by, refs=batch, periods=periods, files=files)
            verdict = self._erase(intent)
            if not verdict.accepted:
                return replace(done, verdict=verdict)
            done = Applied(verdict, done.exchanges + (verdict.facts.count or 0))
        return done

    def _shorten(self, by: By, periods: Periods) -> Applied | None:
        """Archives the acts that are due, signs for them, and lets them go; None where none are."""
        rights, station = self._store.rights, self._store.station
        span = rights.acts_due(self._shortenable(periods))
        if span is None:
            return None
        archive, head = rights.archive(span)
        checkpoint = archive.with_suffix(".checkpoint.txt")
        self._checkpoints.make_of(head, checkpoint)
        intent = Shorten(
            by=by,
            until=head.number,
            periods=periods,
            archive=digest_of(archive),
            checkpoint=digest_of(checkpoint),
        )
        verdict = self._acting.act(cleaned(intent), lambda unit, it: shorten(unit, it, station))
        if not verdict.accepted:
            return Applied(verdict)
        name = archive.relative_to(self._store.folder.path).as_posix()
        return Applied(verdict, acts=verdict.facts.count or 0, archive=name)

    def plan(self, number: int, plan: BackupPlan) -> ErasurePlan:
        """Returns what erasing the person of a request would do; nothing is changed."""
        return self._store.rights.erasure_plan(number, plan)

    def erase_person(self, intent: ErasePerson) -> Verdict:
        """Erases the person of a request from the exchanges that were picked, and closes it."""
        files = self._store.rights.digests_of_person(intent.number)
        return self._erase(replace(intent, files=files))

    def settle(self) -> None:
        """Finishes the erasures that a kill left undone, as far as that can be now."""
        with suppress(StoreError, OSError):
            for intent_id in self._store.rights.unfinished():
                self._store.rights.finish(intent_id)

    def _erase(self, intent: EraseDue | ErasePerson) -> Verdict:
        station, rights = self._store.station, self._store.rights
        rights.begin(intent.intent_id)
        said = cleaned(intent)
        if isinstance(said, EraseDue):
            verdict = self._acting.act(said, lambda unit, it: erase_due(unit, it, station))
        else:
            verdict = self._acting.act(said, lambda unit, it: erase_person(unit, it, station))
        rights.finish(intent.intent_id)
        return verdict
