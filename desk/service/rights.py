"""What people ask about themselves, and what keeps it: holds and requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from desk.domain.days import local_day
from desk.domain.exchange import Side
from desk.domain.intents import Intent
from desk.domain.officers import SUPERVISED
from desk.domain.reference import BadReferenceError, read_slip
from desk.domain.rights import (
    USUAL_DAYS,
    CloseRequest,
    Disclose,
    DropParty,
    Hold,
    Identify,
    LiftHold,
    OpenRequest,
    PickParty,
    PlaceHold,
    Request,
    RequestFile,
    RequestIntent,
    RequestKind,
)
from desk.domain.verdict import Code, Facts, RefusedError, Step, Verdict
from desk.domain.views import Role
from desk.service.acting import Acting
from desk.service.cleaning import cleaned, too_long
from desk.service.performing import actor, officer_acting, record
from desk.storage.aggregate import Stored
from desk.storage.officers import RowsWritten
from desk.storage.store import Store
from desk.storage.unit import UnitOfWork


def answer(
    unit: UnitOfWork, intent: Intent, do: Callable[[], tuple[Verdict, RowsWritten]]
) -> Verdict:
    """Does an act, if whoever asks for it may and nothing refuses it, and records the answer.

    Args:
        unit: the act's transaction.
        intent: what is asked for.
        do: does it and returns the answer with what was written; raises ``RefusedError``.

    Raises:
        UsageError: nobody with the badge of who acts is known to the station.
    """
    by = actor(unit, intent)
    role = officer_acting(unit, intent).officer.role
    try:
        if intent.verb in SUPERVISED and role is not Role.SUPERVISOR:
            raise RefusedError(Code.NOT_ALLOWED, Step.CALL_SUPERVISOR)
        overlong = too_long(intent)
        if overlong is not None:
            facts = {"field": overlong.field, "most": overlong.most, "count": overlong.count}
            raise RefusedError(Code.TOO_LONG, Step.SHORTEN, **facts)
        verdict, written = do()
    except RefusedError as no:
        known: dict[str, Any] = {"verb": intent.verb, "case": getattr(intent, "number", None)}
        ref = no.facts.pop("ref", None)
        return record(
            unit, intent, by, Verdict(no.code, ref, Facts(**(known | no.facts)), no.steps)
        )
    recorded = record(unit, intent, by, verdict, written=written)
    unit.let_go(written.gone)
    return recorded


def done(
    unit: UnitOfWork, intent: Intent, case: int, ref: str | None = None, side: Side | None = None
) -> Verdict:
    """Returns the answer to an act about a hold or a request that was done."""
    return Verdict(Code.ACCEPTED, ref, Facts(verb=intent.verb, case=case, side=side, at=unit.now))


def exchange_named(unit: UnitOfWork, ref: str) -> Stored:
    """Returns the station's exchange with that reference, whether or not a board shows it.

    Raises:
        RefusedError: there is none.
    """
    try:
        found = unit.kept_as(read_slip(ref).ref)
    except BadReferenceError:
        # It may be anything, a name too: the journal does not keep it.
        raise RefusedError(Code.UNKNOWN, Step.CHECK_REFERENCE) from None
    if found is None:
        raise RefusedError(Code.UNKNOWN, Step.CHECK_REFERENCE, ref=read_slip(ref).ref)
    return found


def exchanges_named(unit: UnitOfWork, refs: Iterable[str]) -> list[Stored]:
    """Returns the station's exchanges with these references, each once.

    Raises:
        RefusedError: there is none with one of them.
    """
    return list({found.id: found for found in (exchange_named(unit, ref) for ref in refs)}.values())


def _need_reason(text: str) -> None:
    if not text.strip():
        raise RefusedError(Code.NO_REASON, Step.GIVE_REASON)


def place_hold(unit: UnitOfWork, intent: PlaceHold) -> Verdict:
    """Holds exchanges, a person or both back from erasing."""

    def do() -> tuple[Verdict, RowsWritten]:
        _need_reason(intent.reason)
        named = exchanges_named(unit, intent.refs)
        if not named and intent.person.is_nobody:
            raise RefusedError(Code.NO_PERSON, Step.DESCRIBE_PERSON)
        ids = [each.id for each in named]
        number, written = unit.holds.place(intent.person, intent.reason, ids, unit.now)
        for each in named:
            unit.mention(each)
        return done(unit, intent, number), written

    return answer(unit, intent, do)


def lift_hold(unit: UnitOfWork, intent: LiftHold) -> Verdict:
    """Ends a hold."""

    def do() -> tuple[Verdict, RowsWritten]:
        _need_reason(intent.reason)
        hold = unit.holds.numbered(intent.number)
        if hold is None:
            raise RefusedError(Code.UNKNOWN_HOLD, Step.LIST_HOLDS)
        for each in exchanges_named(unit, hold.refs):
            unit.mention(each)
        why = RowsWritten({}, unit.keep_note(intent.reason))
        return done(unit, intent, hold.number), unit.holds.lift(hold.number, unit.now) + why

    return answer(unit, intent, do)


def open_request(unit: UnitOfWork, intent: OpenRequest, zone: ZoneInfo) -> Verdict:
    """Writes a request down; a lawyer's sets a hold at once, whoever is on duty."""

    def do() -> tuple[Verdict, RowsWritten]:
        named = exchanges_named(unit, intent.refs)
        if intent.person.is_nobody and not named:
            raise RefusedError(Code.NO_PERSON, Step.DESCRIBE_PERSON)
        hold, written = None, RowsWritten()
        if intent.kind is RequestKind.LAWYER:
            ids = [each.id for each in named]
            hold, written = unit.holds.place(intent.person, intent.asker, ids, unit.now)
        for each in named:
            unit.mention(each)
        due_on = intent.due_on or local_day(unit.now, zone) + timedelta(days=USUAL_DAYS)
        number, asked = unit.requests(zone).open(intent, due_on, hold, unit.now)
        return done(unit, intent, number), written + asked

    return answer(unit, intent, do)


def handle_request(unit: UnitOfWork, intent: RequestIntent, zone: ZoneInfo) -> Verdict:
    """Does one act about a request that is open."""

    def do() -> tuple[Verdict, RowsWritten]:
        request = open_request_numbered(unit, intent.number, zone)
        return _HANDLERS[type(intent)](unit, intent, request, zone)

    return answer(unit, intent, do)


def open_request_numbered(unit: UnitOfWork, number: int, zone: ZoneInfo) -> Request:
    """Returns the open request with that number.

    Raises:
        RefusedError: there is none.
    """
    request = unit.requests(zone).numbered(number)
    if request is None or not request.is_open:
        raise RefusedError(Code.UNKNOWN_REQUEST, Step.LIST_REQUESTS)
    return request


def need_identity(request: Request) -> None:
    """Makes sure that whoever asked has shown who they are.

    Raises:
        RefusedError: they have not.
    """
    if not request.is_identified:
        raise RefusedError(Code.NOT_IDENTIFIED, Step.SEE_IDENTITY)


def need_picked(request: Request) -> None:
    """Makes sure that somebody said which parties the person of a request is.

    Raises:
        RefusedError: nobody has.
    """
    if not request.picked:
        raise RefusedError(Code.NOTHING_PICKED, Step.PICK_PARTY)


def _identify(
    unit: UnitOfWork, intent: Identify, request: Request, zone: ZoneInfo
) -> tuple[Verdict, RowsWritten]:
    written = unit.requests(zone).identify(request.number, intent.id_check)
    return done(unit, intent, request.number), written


def _pick(
    unit: UnitOfWork, intent: PickParty | DropParty, request: Request, zone: ZoneInfo
) -> tuple[Verdict, RowsWritten]:
    found = exchange_named(unit, intent.ref)
    party = found.party(intent.side).id
    unit.mention(found)
    requests = unit.requests(zone)
    if isinstance(intent, DropParty):
        written = requests.drop(request.number, party, unit.now)
    else:
        written = requests.pick(request.number, party)
        if request.hold is not None:
            written += unit.holds.add(request.hold, found.id)
    return done(unit, intent, request.number, found.exchange.ref, intent.side), written


def _disclose(
    unit: UnitOfWork, intent: Disclose, request: Request, _zone: ZoneInfo
) -> tuple[Verdict, RowsWritten]:
    if not intent.text.strip():
        raise RefusedError(Code.NO_TEXT, Step.TYPE_TEXT)
    need_identity(request)
    need_picked(request)
    for each in exchanges_named(unit, (picked.ref for picked in request.picked)):
        unit.mention(each)
    return done(unit, intent, request.number), RowsWritten({}, unit.keep_note(intent.text))


def _close(
    unit: UnitOfWork, intent: CloseRequest, request: Request, zone: ZoneInfo
) -> tuple[Verdict, RowsWritten]:
    written = unit.requests(zone).close(request.number, intent.ending, unit.now)
    return done(unit, intent, request.number), written + RowsWritten(
        {}, unit.keep_note(intent.text)
    )


_HANDLERS: Mapping[type[RequestIntent], Callable[..., tuple[Verdict, RowsWritten]]] = {
    Identify: _identify,
    PickParty: _pick,
    DropParty: _pick,
    Disclose: _disclose,
    CloseRequest: _close,
}


class Rights:
    """Implements ``desk.domain.ports.RightsService`` on a store.

    Args:
        store: the record.
        acting: how anything is done to it.
    """

    def __init__(self, store: Store, acting: Acting) -> None:
        self._store = store
        self._acting = acting

    # Holds

    def holds(self) -> tuple[Hold, ...]:
        """Returns every hold there ever was, oldest first."""
        return self._store.rights.holds()

    def place_hold(self, intent: PlaceHold) -> Verdict:
        """Holds exchanges, a person or both back from erasing."""
        return self._acting.act(cleaned(intent), place_hold)

    def lift_hold(self, intent: LiftHold) -> Verdict:
        """Ends a hold."""
        return self._acting.act(cleaned(intent), lift_hold)

    # Requests

    def requests(self) -> tuple[Request, ...]:
        """Returns every request there ever was, oldest first."""
        return self._store.rights.requests()

    def request_file(self, number: int) -> RequestFile | None:
        """Returns a request with everything that is known of it, or None where there is none."""
        return self._store.rights.request_file(number)

    def open_request(self, intent: OpenRequest) -> Verdict:
        """Writes a request down; a lawyer's sets a hold at once."""
        zone = self._store.station.zone
        return self._acting.act(cleaned(intent), lambda unit, said: open_request(unit, said, zone))

    def handle_request(self, intent: RequestIntent) -> Verdict:
        """Does one act about a request: identify, pick, drop, hand out, close."""
        zone = self._store.station.zone
        return self._acting.act(
            cleaned(intent), lambda unit, said: handle_request(unit, said, zone)
        )
