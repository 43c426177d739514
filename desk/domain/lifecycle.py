"""What may happen: one table for a party's presence, one for an exchange's outcome.

Nothing else in the program compares presences or outcomes to decide what is legal. A cell holds
the state that follows, or the code of the refusal; together the cells cover every state and verb.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from desk.domain.exchange import Exchange, Outcome, Presence, Side
from desk.domain.verdict import Code


class Verb(StrEnum):
    """What an officer, or the program, can do; the journal's word for it."""

    BOOK = "book"
    AMEND = "amend"
    MERGE = "merge"
    SWAP = "swap"
    NOTE = "note"
    EXPECT = "expect"
    ARRIVE = "arrive"
    RELEASE = "release"
    START = "start"
    LEAVE = "leave"
    FINISH = "finish"
    NOT_MET = "not_met"
    NO_SHOW = "no_show"
    CANCEL = "cancel"
    REOPEN = "reopen"
    DISPUTE = "dispute"
    SETTLE = "settle"
    UNDO = "undo"
    IMPORT = "import"
    INIT = "init"
    RULES = "rules"
    ENROL = "enrol"
    CHANGE_ROLE = "change_role"
    DISMISS = "dismiss"
    READMIT = "readmit"
    LOCK_OUT = "lock_out"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    LOCK = "lock"
    UNLOCK = "unlock"
    REKEY = "rekey"
    CHANGE_PIN = "change_pin"
    RECOVER = "recover"
    RECODE = "recode"
    LOOKS = "looks"
    CHECKPOINT = "checkpoint"
    BACKUP = "backup"
    RESTORE = "restore"
    HOLD = "hold"
    LIFT_HOLD = "lift_hold"
    REQUEST = "request"
    IDENTIFY = "identify"
    PICK = "pick"
    DROP = "drop"
    DISCLOSE = "disclose"
    CLOSE_REQUEST = "close_request"
    ERASE = "erase"
    SHORTEN = "shorten"


_E, _HELD, _HERE, _L, _A = Presence
_NONE, _MET, _NOT_MET, _NO_SHOW, _CANCELLED = Outcome

PARTY: Mapping[Verb, Mapping[Presence, Presence | Code]] = {
    Verb.ARRIVE: {
        _E: _HERE,
        _HELD: Code.ALREADY_HERE,
        _HERE: Code.ALREADY_HERE,
        _L: _HERE,
        _A: _HERE,
    },
    Verb.RELEASE: {
        _E: Code.NOT_ARRIVED,
        _HELD: _HERE,
        _HERE: Code.NOT_HELD,
        _L: Code.ALREADY_LEFT,
        _A: Code.NOT_ARRIVED,
    },
    Verb.LEAVE: {
        _E: Code.NOT_ARRIVED,
        _HELD: _L,
        _HERE: _L,
        _L: Code.ALREADY_LEFT,
        _A: Code.NOT_ARRIVED,
    },
    Verb.START: {
        _E: Code.NOT_HERE,
        _HELD: Code.HOLD,
        _HERE: _HERE,
        _L: Code.NOT_HERE,
        _A: Code.NOT_HERE,
    },
    Verb.NO_SHOW: {
        _E: _A,
        _HELD: Code.NOT_EXPECTED,
        _HERE: Code.NOT_EXPECTED,
        _L: Code.NOT_EXPECTED,
        _A: Code.NOT_EXPECTED,
    },
    Verb.EXPECT: {
        _E: _E,
        _HELD: Code.ALREADY_HERE,
        _HERE: Code.ALREADY_HERE,
        _L: Code.ALREADY_LEFT,
        _A: Code.NOT_EXPECTED,
    },
    Verb.REOPEN: {_E: _E, _HELD: _HELD, _HERE: _HERE, _L: _L, _A: _E},
}
"""Presence and verb to the presence that follows, or to the refusal."""

HELD_ON_ARRIVAL: Mapping[Presence, Presence] = {_HERE: _HELD}
"""What an arrival becomes under a safety hold: recorded, never refused, and kept apart."""

OPEN_ONLY: Mapping[Outcome, Outcome | Code] = {
    _NONE: _NONE,
    _MET: Code.CLOSED,
    _NOT_MET: Code.CLOSED,
    _NO_SHOW: Code.CLOSED,
    _CANCELLED: Code.CANCELLED,
}
_IN_ANY: Mapping[Outcome, Outcome | Code] = {outcome: outcome for outcome in Outcome}

EXCHANGE: Mapping[Verb, Mapping[Outcome, Outcome | Code]] = {
    Verb.AMEND: OPEN_ONLY,
    Verb.SWAP: OPEN_ONLY,
    Verb.NOTE: _IN_ANY,
    Verb.EXPECT: OPEN_ONLY,
    # Whoever comes after a no-show is recorded; the outcome stays until it is reopened.
    Verb.ARRIVE: {**OPEN_ONLY, _NO_SHOW: _NO_SHOW},
    Verb.RELEASE: OPEN_ONLY,
    Verb.START: OPEN_ONLY,
    Verb.LEAVE: _IN_ANY,
    Verb.FINISH: {**OPEN_ONLY, _NONE: _MET},
    Verb.NOT_MET: {**OPEN_ONLY, _NONE: _NOT_MET},
    Verb.NO_SHOW: {**OPEN_ONLY, _NONE: _NO_SHOW},
    Verb.CANCEL: {**OPEN_ONLY, _NONE: _CANCELLED},
    Verb.REOPEN: dict.fromkeys(Outcome, _NONE) | {_NONE: Code.NOT_CLOSED},
    Verb.DISPUTE: _IN_ANY,
    Verb.SETTLE: _IN_ANY,
}
"""Outcome and verb to the outcome that follows, or to the refusal."""

NEXT_PRESENCE: Mapping[tuple[Verb, Presence], Presence] = {
    (verb, presence): cell
    for verb, row in PARTY.items()
    for presence, cell in row.items()
    if isinstance(cell, Presence)
}
"""The cells of ``PARTY`` that are no refusal: where an accepted act leads."""

NEXT_OUTCOME: Mapping[tuple[Verb, Outcome], Outcome] = {
    (verb, outcome): cell
    for verb, row in EXCHANGE.items()
    for outcome, cell in row.items()
    if isinstance(cell, Outcome)
}
"""The cells of ``EXCHANGE`` that are no refusal: where an accepted act leads."""

CLOSING = frozenset({Verb.FINISH, Verb.NOT_MET, Verb.NO_SHOW, Verb.CANCEL})
"""The verbs that reach an outcome, and so ask about anyone still here."""

MEETINGS = frozenset({Outcome.MET})
"""The outcomes that say both parties were here at one moment; no later act may deny it."""

OF_ONE_MEETING = frozenset({Verb.MERGE})
"""The verbs that are about several references of what is one meeting."""

UNDOABLE = frozenset({*EXCHANGE, Verb.BOOK, Verb.MERGE, Verb.IMPORT})
"""The verbs that are about exchanges; what was done about officers is done again otherwise."""

NEVER_UNDONE = frozenset({Verb.DISPUTE, Verb.ERASE})
"""What no undoing takes back: a dispute is withdrawn by a note, and what is erased is gone."""

LATER = UNDOABLE | NEVER_UNDONE
"""The verbs of the acts that stand on an earlier one about the same exchange."""

PER_SIDE = frozenset(
    {Verb.ARRIVE, Verb.RELEASE, Verb.LEAVE, Verb.NO_SHOW, Verb.EXPECT},
)
"""The verbs that are about one party."""


def refusal(exchange: Exchange, verb: Verb, side: Side | None = None) -> Code | None:
    """Returns why the verb is not possible in this state, or None where it is.

    Only the states are looked at: times, holds, reasons and versions are checked by
    ``desk.domain.acts``. The screen greys out by the same answer.

    Args:
        exchange: as it is now.
        verb: what is asked for.
        side: the party meant; for a verb about one party None asks whether it fits either.
    """
    blocked = EXCHANGE[verb][exchange.outcome]
    if isinstance(blocked, Code):
        return blocked
    if verb in PER_SIDE:
        return _party_refusal(exchange, verb, side)
    return _WHOLE_CHECKS.get(verb, _nothing)(exchange)


def refused_side(exchange: Exchange, verb: Verb, code: Code) -> Side | None:
    """Returns the one party that a refusal is about, or None where it is about both or neither."""
    if verb not in PER_SIDE:
        return None
    sides = [side for side in Side if PARTY[verb][exchange.party(side).presence] is code]
    return sides[0] if len(sides) == 1 else None


def _party_refusal(exchange: Exchange, verb: Verb, side: Side | None) -> Code | None:
    parties = exchange.parties if side is None else (exchange.party(side),)
    # Whoever has come explains better why nobody fits than somebody who never did.
    parties_that_came_first = sorted(parties, key=lambda party: not party.visits)
    cells = [PARTY[verb][party.presence] for party in parties_that_came_first]
    if any(isinstance(cell, Presence) for cell in cells):
        return None
    return next(cell for cell in cells if isinstance(cell, Code))


def _nothing(_exchange: Exchange) -> Code | None:
    return None


def _start_refusal(exchange: Exchange) -> Code | None:
    if exchange.started_at is not None:
        return Code.ALREADY_STARTED
    cells = [PARTY[Verb.START][party.presence] for party in exchange.parties]
    return next((cell for cell in cells if isinstance(cell, Code)), None)


def _finish_refusal(exchange: Exchange) -> Code | None:
    return None if exchange.met else Code.DID_NOT_MEET


def _anyone_came(exchange: Exchange) -> Code | None:
    return None if any(party.visits for party in exchange.parties) else Code.NOT_ARRIVED


def _dispute_refusal(exchange: Exchange) -> Code | None:
    return Code.ALREADY_DISPUTED if exchange.disputed else _anyone_came(exchange)


def _settle_refusal(exchange: Exchange) -> Code | None:
    return None if exchange.disputed else Code.NOT_DISPUTED


_WHOLE_CHECKS = {
    Verb.START: _start_refusal,
    Verb.FINISH: _finish_refusal,
    Verb.NOT_MET: _anyone_came,
    Verb.DISPUTE: _dispute_refusal,
    Verb.SETTLE: _settle_refusal,
}
