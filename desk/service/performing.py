"""One act on one exchange: read, decide, write, journal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pendulum import DateTime

from desk.domain.acts import decide
from desk.domain.bays import Bays
from desk.domain.deciding import Situation
from desk.domain.exchange import Exchange, Side
from desk.domain.intents import Amend, ExchangeIntent, Intent, MoveToNow
from desk.domain.reference import BadReferenceError, read_slip
from desk.domain.rules import Rules
from desk.domain.verdict import Code, Step, Verdict
from desk.domain.views import Station
from desk.errors import UsageError
from desk.i18n import _
from desk.service.cleaning import too_long
from desk.service.prior import explain
from desk.storage.aggregate import Stored
from desk.storage.journal import Act, Actor, facts_of
from desk.storage.officers import KnownOfficer, RowsWritten
from desk.storage.unit import UnitOfWork

_NOTHING = RowsWritten()


@dataclass(frozen=True, slots=True)
class Ground:
    """What every act at a station is decided by, whatever it is about."""

    station: Station
    rules: Rules

    def situation(self, now: DateTime, **more: Any) -> Situation:
        """Returns what an act is decided by at that moment."""
        return Situation(now, self.station.zone, self.rules, self.bays, **more)

    @property
    def bays(self) -> Bays:
        """The station's bays, and what each allows."""
        return Bays.of(self.station, self.rules)


def perform(unit: UnitOfWork, intent: ExchangeIntent, ground: Ground) -> Verdict:
    """Decides an intent on the exchange as it is now, and records the answer.

    Raises:
        UsageError: nobody with that badge is known to the station.
    """
    by = actor(unit, intent)
    found = lookup(unit, intent.ref)
    if isinstance(found, Verdict):
        return record(unit, intent, by, found)
    overlong = too_long(intent)
    if overlong is not None:
        unit.refuse(found)
        ref = found.exchange.ref
        return record(unit, intent, by, Verdict(Code.TOO_LONG, ref, overlong, (Step.SHORTEN,)))
    situation = ground.situation(
        unit.now,
        holds=found.holds,
        next_dispute=unit.next_dispute(),
        neighbours=_neighbours(unit, intent, found.exchange),
    )
    decision = decide(found.exchange, intent, situation)
    verdict = decision.verdict
    if verdict.accepted:
        unit.save(found, decision.after, note=decision.words)
    else:
        unit.refuse(found)
        verdict = replace(verdict, prior=explain(unit, found, verdict))
    return record(unit, intent, by, verdict)


def _neighbours(
    unit: UnitOfWork, intent: ExchangeIntent, exchange: Exchange
) -> tuple[Exchange, ...]:
    """Returns the exchanges that may be in the way of where one is to be moved."""
    if isinstance(intent, Amend):
        return unit.open_around(intent.booking.starts_at, intent.booking.ends_at)
    if isinstance(intent, MoveToNow):
        starts = intent.at or unit.now
        return unit.open_around(starts, starts.add(minutes=exchange.length_minutes))
    return ()


def actor(unit: UnitOfWork, intent: Intent) -> Actor:
    """Returns who acts.

    Raises:
        UsageError: nobody with that badge is known to the station.
    """
    return Actor(intent.by.desk, officer_acting(unit, intent).id, intent.by.badge)


def officer_acting(unit: UnitOfWork, intent: Intent) -> KnownOfficer:
    """Returns the officer who acts.

    Raises:
        UsageError: nobody with that badge is known to the station.
    """
    known = unit.officers.known(intent.by.badge)
    if known is None:
        raise UsageError(
            "unknown_officer",
            _("Nobody with the badge {badge} is known at this station.").format(
                badge=intent.by.badge
            ),
            _("Start again with --officer, giving badge and name."),
        )
    return known


def lookup(unit: UnitOfWork, ref: str) -> Stored | Verdict:
    """Returns the station's exchange with that reference, or why there is none."""
    try:
        known_form: str | None = read_slip(ref).ref
    except BadReferenceError:
        # Not a reference, so it might be anything, a name too: the journal does not keep it.
        known_form = None
    stored = None if known_form is None else unit.find(known_form)
    if stored is None:
        return Verdict(Code.UNKNOWN, known_form, next=(Step.CHECK_REFERENCE,))
    if stored.station_id != unit.station_id:
        return Verdict(Code.WRONG_STATION, known_form, next=(Step.CALL_OTHER_STATION,))
    return stored


def record(
    unit: UnitOfWork,
    intent: Intent,
    by: Actor,
    verdict: Verdict,
    *,
    undoes: int | None = None,
    written: RowsWritten = _NOTHING,
) -> Verdict:
    """Writes the act, and returns the verdict with its number.

    Args:
        unit: the act's transaction.
        intent: what was asked for.
        by: who asked for it.
        verdict: the answer.
        undoes: the act that it undoes.
        written: the rows that it wrote besides those of exchanges.
    """
    facts = verdict.facts
    number = unit.record(
        Act(
            intent_id=intent.intent_id,
            verb=intent.verb,
            code=verdict.code,
            by=by,
            occurred_at=facts.at or unit.now,
            recorded_at=unit.now,
            ref=verdict.ref,
            side=None if facts.side is None else Side(facts.side),
            undoes=undoes,
            prior=None if verdict.prior is None else verdict.prior.number,
            overrode=verdict.overrode,
            facts=facts_of(verdict) | written.facts,
            next=verdict.next,
            details=written.details,
        )
    )
    return replace(verdict, number=number)
