"""What each intent does to an exchange: pure functions from a state to a verdict and a state.

The checks come in the order of the design: outcome, presence, version, hold, wrong day, too early,
too late. Reading and writing around them is the service's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from pendulum import DateTime

from desk.domain import intents
from desk.domain.booking_acts import amend, move_to_now
from desk.domain.days import local_day
from desk.domain.deciding import Case, Change, Decision, Situation
from desk.domain.exchange import Dispute, Exchange, Outcome, Party, Presence, Side, Visit
from desk.domain.intents import ExchangeIntent, StillHere
from desk.domain.lifecycle import (
    HELD_ON_ARRIVAL,
    NEXT_OUTCOME,
    NEXT_PRESENCE,
    PARTY,
    PER_SIDE,
    Verb,
    refusal,
    refused_side,
)
from desk.domain.order import happened_at, minute_of
from desk.domain.rules import late_until, opens_at
from desk.domain.verdict import Code, Facts, RefusedError, Step, Verdict


def decide(exchange: Exchange, intent: ExchangeIntent, situation: Situation) -> Decision:
    """Returns the verdict on an intent, and the exchange as it is then."""
    at = intent.at or situation.now
    side = _side_named(intent)
    try:
        side = _side_meant(exchange, intent, side)
        _check_state(exchange, intent, side)
        shown, at = at, happened_at(exchange, intent, side, situation.now)
        change = _ACTS[type(intent)](Case(exchange, situation, at, shown, side), intent)
    except RefusedError as no:
        facts = _facts(exchange, at, **({"side": side} | no.facts))
        return Decision(Verdict(no.code, exchange.ref, facts, no.steps), exchange, at, side)
    verdict = Verdict(
        Code.ACCEPTED,
        exchange.ref,
        _facts(exchange, at, side=side, verb=intent.verb, limit=getattr(intent, "comes_at", None)),
        overrode=change.overrode,
    )
    return Decision(verdict, change.after, at, side, change.words)


def _side_named(intent: ExchangeIntent) -> Side | None:
    """Returns the one side that the intent names, if it names one."""
    sides: tuple[Side, ...] = getattr(intent, "sides", ())
    side: Side | None = getattr(intent, "side", None)
    return sides[0] if len(sides) == 1 else side


def _facts(exchange: Exchange, at: DateTime, **more: Any) -> Facts:
    known: dict[str, Any] = {
        "kind": exchange.kind,
        "starts_at": exchange.starts_at,
        "ends_at": exchange.ends_at,
        "at": at,
    }
    return Facts(**(known | more))


def _side_meant(exchange: Exchange, intent: ExchangeIntent, side: Side | None) -> Side | None:
    """Returns the side asked for, or the only one that the act fits."""
    if intent.either_side and refusal(exchange, intent.verb) is None:
        raise RefusedError(Code.WHICH_SIDE, Step.NAME_SIDE)
    if side is not None or intent.verb not in PER_SIDE or isinstance(intent, intents.NoShow):
        return side
    fitting = [one for one in Side if refusal(exchange, intent.verb, one) is None]
    if len(fitting) > 1:
        raise RefusedError(Code.WHICH_SIDE, Step.NAME_SIDE)
    return fitting[0] if fitting else None


_AFTER_REFUSAL: Mapping[Code, tuple[Step, ...]] = {
    Code.CANCELLED: (Step.REOPEN, Step.ADD_NOTE),
    Code.CLOSED: (Step.REOPEN, Step.ADD_NOTE),
    Code.DID_NOT_MEET: (Step.CLOSE_NOT_MET,),
    Code.NOT_ARRIVED: (Step.CHECK_IN_FIRST, Step.CANCEL_INSTEAD),
    Code.NOT_HERE: (Step.CHECK_IN_FIRST,),
    Code.NOT_EXPECTED: (Step.CLOSE_NOT_MET,),
    Code.HOLD: (Step.RELEASE_FIRST,),
    Code.ALREADY_HERE: (Step.LEAVE_INSTEAD,),
}
_AFTER_REFUSAL_OF: Mapping[tuple[Verb, Code], tuple[Step, ...]] = {
    (Verb.EXPECT, Code.ALREADY_HERE): (Step.ADD_NOTE,),
    (Verb.EXPECT, Code.ALREADY_LEFT): (Step.ADD_NOTE,),
}


def _check_state(exchange: Exchange, intent: ExchangeIntent, side: Side | None) -> None:
    code = refusal(exchange, intent.verb, side)
    if code is not None:
        steps = _AFTER_REFUSAL_OF.get((intent.verb, code), _AFTER_REFUSAL.get(code, ()))
        about = side or refused_side(exchange, intent.verb, code)
        raise RefusedError(code, *steps, side=about, since=exchange.closed_at)
    if intent.seen_version is not None and intent.seen_version != exchange.version:
        raise RefusedError(Code.STALE, Step.LOOK_AGAIN)


def _arrive(case: Case, intent: intents.Arrive) -> Change:
    no = _window_refusal(case)
    if no is not None:
        raise no
    return Change(_arrived(case, intent))


def _arrive_anyway(case: Case, intent: intents.ArriveAnyway) -> Change:
    if not intent.reason.strip():
        raise RefusedError(Code.NO_REASON, Step.GIVE_REASON)
    no = _window_refusal(case)
    overrode = () if no is None else (no.code,)
    return Change(_arrived(case, intent), words=intent.reason, overrode=overrode)


def _window_refusal(case: Case) -> RefusedError | None:
    """Returns why the time is wrong for an arrival; being late is not, until the late window.

    Where the clock was set back nobody knows which of its two readings is right: an arrival that
    fits either is let in.
    """
    exchange, situation = case.exchange, case.situation
    opens = opens_at(exchange, situation.rules)
    closes = late_until(exchange, situation.rules)
    if any(opens <= moment <= closes for moment in (case.at, case.shown)):
        return None
    zone = situation.zone
    if local_day(case.at, zone) != local_day(exchange.starts_at, zone):
        steps = (Step.NOTE_CAME, Step.MOVE_TO_NOW, Step.OVERRIDE)
        return RefusedError(Code.WRONG_DAY, *steps)
    if case.at < opens:
        return RefusedError(Code.TOO_EARLY, Step.OVERRIDE, Step.NOTE_CAME, limit=opens)
    return RefusedError(Code.TOO_LATE, Step.OVERRIDE, Step.MOVE_TO_NOW, limit=closes)


def _arrived(case: Case, intent: intents.Arrive | intents.ArriveAnyway) -> Exchange:
    party = case.party
    here = NEXT_PRESENCE[Verb.ARRIVE, party.presence]
    held = party.side in case.situation.holds
    arrived = replace(
        party,
        presence=HELD_ON_ARRIVAL[here] if held else here,
        id_check=intent.id_check or party.id_check,
        name=party.name or intent.name,
        visits=(*party.visits, Visit(case.at, held=held)),
    )
    # Whoever says which side he stands on settles the other side too.
    other = replace(case.exchange.party(party.side.other), assumed=False)
    return case.exchange.with_party(replace(arrived, assumed=False)).with_party(other)


def _release(case: Case, _intent: intents.Release) -> Change:
    if case.side in case.situation.holds:
        raise RefusedError(Code.HOLD)
    party = case.party
    presence = NEXT_PRESENCE[Verb.RELEASE, party.presence]
    visits = (*party.visits[:-1], replace(party.visits[-1], released_at=case.at))
    return Change(case.exchange.with_party(replace(party, presence=presence, visits=visits)))


def _start(case: Case, _intent: intents.Start) -> Change:
    return Change(replace(case.exchange, started_at=case.at))


def _leave(case: Case, intent: intents.Leave) -> Change:
    after = case.exchange.with_party(_gone(case.party, case.at, observed=intent.observed))
    if after.outcome is Outcome.NONE:
        after = replace(after, started_at=None)
    return Change(after)


def _gone(party: Party, at: DateTime, *, observed: bool) -> Party:
    last = replace(party.visits[-1], left_at=at, left_observed=observed)
    gone = NEXT_PRESENCE[Verb.LEAVE, party.presence]
    return replace(party, presence=gone, visits=(*party.visits[:-1], last))


def _closed(case: Case, verb: Verb, still_here: StillHere) -> Exchange:
    """Returns the exchange with the verb's outcome, and whoever leaves with it gone."""
    outcome = NEXT_OUTCOME[verb, case.exchange.outcome]
    closed = replace(case.exchange, outcome=outcome, closed_at=case.at)
    if still_here is StillHere.STAYS:
        return closed
    for side in closed.sides_with(Presence.HERE, Presence.HELD):
        observed = still_here is StillHere.LEAVES
        closed = closed.with_party(_gone(closed.party(side), case.at, observed=observed))
    return closed


def _close(case: Case, intent: intents.Finish | intents.NotMet | intents.Cancel) -> Change:
    return Change(_closed(case, intent.verb, intent.still_here))


def _no_show(case: Case, intent: intents.NoShow) -> Change:
    sides = intent.sides or case.exchange.sides_with(Presence.EXPECTED)
    if not intent.sides and len(sides) > 1:
        raise RefusedError(Code.WHICH_SIDE, Step.NAME_SIDE)
    marked = case.exchange
    for side in sides:
        absent = PARTY[Verb.NO_SHOW][marked.party(side).presence]
        if isinstance(absent, Code):
            raise RefusedError(absent, Step.CLOSE_NOT_MET, side=side)
        marked = marked.with_party(replace(marked.party(side), presence=absent))
    return Change(_closed(replace(case, exchange=marked), intent.verb, intent.still_here))


def _reopen(case: Case, intent: intents.Reopen) -> Change:
    if not intent.reason.strip():
        raise RefusedError(Code.NO_REASON, Step.GIVE_REASON)
    outcome = NEXT_OUTCOME[Verb.REOPEN, case.exchange.outcome]
    reopened = replace(case.exchange, outcome=outcome, closed_at=None, started_at=None)
    for party in reopened.parties:
        presence = NEXT_PRESENCE[Verb.REOPEN, party.presence]
        reopened = reopened.with_party(replace(party, presence=presence))
    return Change(reopened, words=intent.reason)


def _swap(case: Case, _intent: intents.Swap) -> Change:
    exchange = case.exchange
    giver = replace(exchange.receiver, side=Side.GIVER, assumed=False)
    receiver = replace(exchange.giver, side=Side.RECEIVER, assumed=False)
    dispute = exchange.dispute
    if dispute is not None and dispute.reported_by is not None:
        dispute = replace(dispute, reported_by=dispute.reported_by.other)
    return Change(replace(exchange, giver=giver, receiver=receiver, dispute=dispute))


def _note(case: Case, intent: intents.Note) -> Change:
    if not intent.text.strip():
        raise RefusedError(Code.NO_TEXT, Step.TYPE_TEXT)
    return Change(case.exchange, words=intent.text)


def _expect(case: Case, intent: intents.Expect) -> Change:
    if intent.comes_at < minute_of(case.shown):
        raise RefusedError(Code.IN_THE_PAST, Step.TYPE_COMING_TIME, limit=intent.comes_at)
    return Change(case.exchange.with_party(replace(case.party, expected_at=intent.comes_at)))


def _dispute(case: Case, intent: intents.OpenDispute) -> Change:
    if not intent.text.strip():
        raise RefusedError(Code.NO_TEXT, Step.TYPE_TEXT)
    number = case.situation.next_dispute
    dispute = Dispute(number, intent.category, intent.reported_by, case.at)
    return Change(replace(case.exchange, dispute=dispute), words=intent.text)


def _settle(case: Case, intent: intents.Settle) -> Change:
    dispute = case.exchange.dispute
    if dispute is None:
        raise RefusedError(Code.NOT_DISPUTED)
    settled = replace(dispute, settled_at=case.at, settlement=intent.settlement)
    return Change(replace(case.exchange, dispute=settled), words=intent.text)


_ACTS: Mapping[type[ExchangeIntent], Callable[[Case, Any], Change]] = {
    intents.Arrive: _arrive,
    intents.ArriveAnyway: _arrive_anyway,
    intents.Release: _release,
    intents.Start: _start,
    intents.Leave: _leave,
    intents.Finish: _close,
    intents.NotMet: _close,
    intents.NoShow: _no_show,
    intents.Cancel: _close,
    intents.Reopen: _reopen,
    intents.Amend: amend,
    intents.MoveToNow: move_to_now,
    intents.Swap: _swap,
    intents.Note: _note,
    intents.Expect: _expect,
    intents.OpenDispute: _dispute,
    intents.Settle: _settle,
}
