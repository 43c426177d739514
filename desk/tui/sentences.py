"""Sentences that only the screen says."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from desk.domain.exchange import Exchange, Side
from desk.domain.lifecycle import Verb, refusal, refused_side
from desk.domain.verdict import Code, Facts, Step, Verdict
from desk.domain.views import UndoableAct
from desk.errors import DeskError
from desk.wording import tell


def failure_words(answer: Verdict | DeskError, zone: ZoneInfo) -> str:
    """Returns why something was not done, and what can be done about it."""
    if isinstance(answer, DeskError):
        return error_words(answer)
    told = tell(answer, zone)
    return _both(told.explanation, told.next)


def error_words(error: DeskError) -> str:
    """Likewise, of what needs no time zone."""
    return _both(error.explanation, error.next)


def _both(explanation: str, next_step: str | None) -> str:
    return f"{explanation} {next_step or ''}".strip()


def need_accepted(verdict: Verdict, zone: ZoneInfo) -> Verdict:
    """Returns a verdict that is one of acceptance.

    Raises:
        DeskError: it is a refusal; the error says it in words.
    """
    if not verdict.accepted:
        told = tell(verdict, zone)
        raise DeskError(verdict.code, told.explanation, told.next)
    return verdict


def impossible_words(
    exchange: Exchange, verb: Verb, zone: ZoneInfo, side: Side | None = None
) -> str:
    """Returns why the table does not allow an act now; nothing where it does."""
    code = refusal(exchange, verb, side)
    if code is None:
        return ""
    about = side or refused_side(exchange, verb, code)
    facts = Facts(side=about, kind=exchange.kind, since=exchange.closed_at)
    return tell(Verdict(code, exchange.ref, facts), zone).explanation


def touches_others(ref: str, undoable: UndoableAct) -> Verdict:
    """Returns why an act on many exchanges is not undone by the reference of one."""
    act = undoable.act
    facts = Facts(verb=act.verb, count=len(undoable.refs))
    return Verdict(Code.TOUCHES_OTHERS, ref, facts, (Step.UNDO_WHOLE,), act)
