"""Undo: an own act at this desk, of this shift, never happened, unless something depends on it.

An act and what the officer saw standing on it are undone together, in one transaction: each has its
own undoing in the journal, newest first, and all of them are committed or none is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desk.domain.intents import Undo
from desk.domain.lifecycle import NEVER_UNDONE, OF_ONE_MEETING
from desk.domain.verdict import Code, Facts, PriorAct, Step, Verdict
from desk.service.performing import actor, lookup, record
from desk.storage.aggregate import Stored
from desk.storage.unit import UnitOfWork


def undo(unit: UnitOfWork, intent: Undo) -> Verdict:
    """Undoes an act and those named with it, or says why not, and records the answer.

    Raises:
        UsageError: nobody with that badge is known to the station.
        StoreError: the tables do not hold what the journal says.
    """
    by = actor(unit, intent)
    asked = None if intent.ref is None else lookup(unit, intent.ref)
    if isinstance(asked, Verdict):
        return record(unit, intent, by, asked)
    act = _meant(unit, intent, asked)
    if act is None:
        return _nothing(unit, intent, asked)
    if asked is not None and intent.number is None:
        count = unit.reach(act.number)
        if count > 1 and act.verb not in OF_ONE_MEETING:
            return _not_by_one(unit, intent, asked, act, count)
    return _undo(unit, intent, act)


def _meant(unit: UnitOfWork, intent: Undo, asked: Stored | None) -> PriorAct | None:
    """Returns the act that is to be undone: the one named, else the officer's last."""
    if intent.number is None:
        return unit.own_last(intent.by, None if asked is None else asked.exchange.ref)
    act = unit.own_act(intent.by, intent.number)
    if act is None or asked is None:
        return act
    touched = {line.exchange_id for line in unit.lines_of(act.number)}
    return act if asked.id in touched else None


def _nothing(unit: UnitOfWork, intent: Undo, asked: Stored | None) -> Verdict:
    """Refuses where nothing is the officer's own of this shift, and says whose it is."""
    ref = facts = None
    if asked is not None:
        unit.refuse(asked)
        ref, facts = asked.exchange.ref, Facts(kind=asked.exchange.kind)
    act = unit.standing(intent.by, ref, intent.number)
    code = Code.NOTHING_TO_UNDO
    if act is not None:
        mine = (act.officer, act.desk) == (intent.by.badge, intent.by.desk)
        code = Code.SHIFT_ENDED if mine else Code.NOT_YOURS
    verdict = Verdict(code, ref, facts or Facts(), (Step.CORRECT_IT,), act)
    return record(unit, intent, actor(unit, intent), verdict)


def _not_by_one(
    unit: UnitOfWork, intent: Undo, asked: Stored, act: PriorAct, count: int
) -> Verdict:
    """Refuses to undo, by one exchange's reference, what was done to others with it."""
    unit.refuse(asked)
    facts = Facts(at=unit.now, verb=act.verb, count=count)
    ref = asked.exchange.ref
    verdict = Verdict(Code.TOUCHES_OTHERS, ref, facts, (Step.UNDO_WHOLE,), act)
    return record(unit, intent, actor(unit, intent), verdict)


def _undo(unit: UnitOfWork, intent: Undo, act: PriorAct) -> Verdict:
    later = unit.later_than(act.number)
    refusal = _refusal(intent, act, later)
    if refusal is None:
        for one in reversed(later):
            _take_back(unit, replace(intent, intent_id=f"{intent.intent_id}.{one.number}"), one)
        return _take_back(unit, intent, act)
    lines = unit.lines_of(act.number)
    only = unit.touched_by(lines)[0] if len(lines) == 1 else None
    if only is not None:
        unit.refuse(only)
    code, steps, prior = refusal
    verdict = Verdict(
        code,
        None if only is None else only.exchange.ref,
        _facts(unit, act, only, len(later) or 1),
        steps,
        prior,
    )
    return record(unit, intent, actor(unit, intent), verdict)


def _refusal(
    intent: Undo, act: PriorAct, later: Sequence[PriorAct]
) -> tuple[Code, tuple[Step, ...], PriorAct] | None:
    """Returns why it cannot be undone, what to do, and the newest act in the way."""
    if act.verb in NEVER_UNDONE:
        return Code.NOT_UNDOABLE, (Step.ADD_NOTE,), act
    in_the_way = [
        each
        for each in later
        if each.verb in NEVER_UNDONE
        or (each.officer, each.desk) != (intent.by.badge, intent.by.desk)
    ]
    if in_the_way:
        return Code.DEPENDED_ON, (), in_the_way[-1]
    unseen = [each for each in later if each.number not in intent.also]
    return (Code.DEPENDED_ON, (Step.UNDO_BOTH,), unseen[-1]) if unseen else None


def _take_back(unit: UnitOfWork, intent: Undo, act: PriorAct) -> Verdict:
    """Restores what was before an act on which nothing stands any more."""
    lines = unit.lines_of(act.number)
    touched = unit.touched_by(lines)
    only = touched[0] if len(touched) == 1 else None
    unit.put_back(touched, lines)
    ref = None if only is None else only.exchange.ref
    verdict = Verdict(Code.ACCEPTED, ref, _facts(unit, act, only, len(lines)), prior=act)
    return record(unit, intent, actor(unit, intent), verdict, undoes=act.number)


def _facts(unit: UnitOfWork, act: PriorAct, only: Stored | None, count: int) -> Facts:
    if only is None:
        return Facts(side=act.side, at=unit.now, verb=act.verb, count=count)
    return Facts(
        side=act.side,
        kind=only.exchange.kind,
        starts_at=only.exchange.starts_at,
        ends_at=only.exchange.ends_at,
        at=unit.now,
        verb=act.verb,
        count=count,
    )
