"""Acts about officers: who comes in, who is let in, and who belongs to the station."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desk.domain.intents import Intent
from desk.domain.lifecycle import Verb
from desk.domain.officers import ChangePin, ChangeRole, Enrol, OfficerIntent, refusal
from desk.domain.verdict import Code, Facts, Step, Verdict
from desk.domain.views import Officer
from desk.service.performing import actor, officer_acting, record
from desk.storage.officers import KnownOfficer, RowsWritten
from desk.storage.unit import UnitOfWork

_NEXT = {
    Code.NOT_ALLOWED: (Step.CALL_SUPERVISOR,),
    Code.LOCKED_OUT: (Step.CALL_SUPERVISOR,),
    Code.TAKEN_OFF: (Step.CALL_SUPERVISOR,),
    Code.UNKNOWN_OFFICER: (Step.CHECK_BADGE,),
    Code.LAST_SUPERVISOR: (Step.MAKE_SUPERVISOR,),
}


def kept_out(unit: UnitOfWork, intent: Intent) -> Verdict | None:
    """Records that an officer who may not come in asked for something; None where they may.

    Raises:
        UsageError: nobody with that badge is known to the station.
    """
    acting = officer_acting(unit, intent).officer
    if acting.may_come_in:
        return None
    return note(unit, intent, Code.LOCKED_OUT if acting.left_at is None else Code.TAKEN_OFF)


def note(unit: UnitOfWork, intent: Intent, code: Code) -> Verdict:
    """Records an act of the officer who acts, which changes nothing else.

    Raises:
        UsageError: nobody with that badge is known to the station.
    """
    facts = Facts(badge=intent.by.badge, verb=intent.verb)
    return record(
        unit, intent, actor(unit, intent), Verdict(code, None, facts, _NEXT.get(code, ()))
    )


def note_accepted(unit: UnitOfWork, intent: Intent) -> Verdict:
    """Records an act that is always accepted, and changes nothing else."""
    return note(unit, intent, Code.ACCEPTED)


def change_officer(unit: UnitOfWork, intent: OfficerIntent) -> Verdict:
    """Does an act about an officer, if whoever asks for it may, and records the answer.

    Raises:
        UsageError: nobody with the badge of who acts is known to the station.
    """
    asking = officer_acting(unit, intent).officer
    facts = Facts(badge=intent.badge, verb=intent.verb)
    code = refusal(intent, asking, unit.officers.everyone())
    if code is not None:
        return record(
            unit, intent, actor(unit, intent), Verdict(code, None, facts, _NEXT.get(code, ()))
        )
    written = _written(unit, intent)
    done = Verdict(Code.ACCEPTED, None, facts)
    by = actor(unit, intent)
    return record(unit, intent, by, done, written=written)


def change_pin(unit: UnitOfWork, intent: ChangePin) -> Verdict:
    """Gives the officer who acts another PIN.

    Raises:
        UsageError: nobody with that badge is known to the station.
    """
    written = unit.officers.give_pin(officer_acting(unit, intent), intent.pin_hash, intent.digits)
    done = Verdict(Code.ACCEPTED, None, Facts(badge=intent.by.badge, verb=intent.verb))
    by = actor(unit, intent)
    return record(unit, intent, by, done, written=written)


def _written(unit: UnitOfWork, intent: OfficerIntent) -> RowsWritten:
    about = unit.officers.known(intent.badge)
    if isinstance(intent, Enrol):
        new = Officer(intent.badge, intent.name, intent.role)
        if about is None:
            return unit.officers.enrol(new, unit.now)
        return unit.officers.enrol_again(about, new)
    if about is None:
        raise LookupError(intent.badge)
    if isinstance(intent, ChangeRole):
        return unit.officers.give_role(about, intent.role)
    return _WRITERS[intent.verb](unit, about)


_WRITERS: Mapping[Verb, Callable[[UnitOfWork, KnownOfficer], RowsWritten]] = {
    Verb.DISMISS: lambda unit, about: unit.officers.dismiss(about, unit.now),
    Verb.READMIT: lambda unit, about: unit.officers.readmit(about),
    # The record holds no passphrase and no code.
    Verb.REKEY: lambda _unit, _about: RowsWritten(),
    Verb.RECODE: lambda _unit, _about: RowsWritten(),
}
