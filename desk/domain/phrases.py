"""The words after ``/`` and after ``desk do``: read into what an officer asks for.

One grammar for screen and command line. A phrase is a verb, the reference (on the board the
highlighted exchange where it is left out), fixed words in any order, and free text at the end::

    arrive K7QDM7-G at 14:05 id seen because 2
    move K7QDM7 mon 10:15 bay 2
    dispute K7QDM7 counterfeit by buyer the box was empty

Only the form is judged here. Whether there is such an exchange, which party can be meant, whether
the time has been and whether it may be is the service's to answer and to journal.

``at`` and a time that begin a free text say when it happened, as they do everywhere: ``note K7QDM7
at 23:00 later`` is refused while 23:00 is still to come. Where they are part of the text, ``--``
stands before it; ``at the door`` needs none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from desk.domain import intents, phrase_bookings
from desk.domain.days import DAY_WORDS, TimeTextError, read_coming_time, read_time
from desk.domain.exchange import DisputeCategory, IdCheck, Settlement, Side
from desk.domain.intents import ExchangeIntent, Undo
from desk.domain.lifecycle import Verb
from desk.domain.phrase_reader import (
    Fault,
    Grammar,
    PhraseContext,
    PhraseError,
    Place,
    Reader,
    Said,
    plain,
    slip_said,
)

__all__ = ["Fault", "PhraseContext", "PhraseError", "read_act", "verb_words"]

_ID_WORDS = {check.value: check for check in (IdCheck.SEEN, IdCheck.NOT_SHOWN)}
_CATEGORY_WORDS = {category.value: category for category in DisputeCategory}
_OUTCOME_WORDS = {settlement.value: settlement for settlement in Settlement}
_NOT_OBSERVED = "not_observed"
_ACT = "act"

Given = TypeVar("Given")


def verb_words() -> Mapping[str, Verb]:
    """Returns every word that begins a phrase, aliases included, and the verb it stands for."""
    return _VERB_WORDS


def read_act(words: Sequence[str], context: PhraseContext) -> ExchangeIntent | Undo:
    """Returns what the words ask for.

    Raises:
        PhraseError: a word is missing or unknown.
    """
    typed = " ".join(words).split()
    if not typed:
        raise PhraseError(Fault.MISSING_VERB)
    verb = _BY_JOINED_WORD.get(_joined(typed[0]))
    if verb is None:
        raise PhraseError(Fault.UNKNOWN_VERB, typed[0])
    if verb is Verb.UNDO:
        return _read_undo(typed[1:], context)
    grammar = _GRAMMAR[verb]
    said = Reader(grammar, typed[1:], context).read()
    return replace(grammar.build(said), either_side=said.either_side)


def _read_undo(words: list[str], context: PhraseContext) -> Undo:
    by_number = bool(words) and plain(words[0]) == _ACT
    meant, *more = (words[1:] if by_number else words) or [""]
    if more:
        raise PhraseError(Fault.UNKNOWN_WORD, more[0])
    if by_number:
        return Undo(by=context.by, number=_act_number(meant))
    return Undo(by=context.by, ref=slip_said(meant).ref if meant else context.default_ref)


def _act_number(word: str) -> int:
    if not re.fullmatch(r"[0-9]{1,15}", word):
        raise PhraseError(Fault.MISSING_NUMBER, word)
    return int(word)


def _joined(word: str) -> str:
    return plain(word).replace("_", "")


# What follows a fixed word


def _at(reader: Reader, word: str) -> None:
    typed = reader.take_value(Fault.MISSING_TIME, word)
    try:
        reader.said.at = read_time(typed, reader.context.now, reader.context.zone)
    except TimeTextError as wrong:
        raise PhraseError(Fault(wrong.code), typed) from None


def _at_or_not_observed(reader: Reader, word: str) -> None:
    if reader.words and plain(reader.words[0]) == _NOT_OBSERVED:
        reader.words.pop(0)
        reader.said.observed = False
    else:
        _at(reader, word)


def _id(reader: Reader, word: str) -> None:
    typed = reader.take_value(Fault.MISSING_ID, word)
    reader.said.id_check = _one_of(_ID_WORDS, typed, Fault.UNKNOWN_ID)


def _because(reader: Reader, _word: str) -> None:
    reader.said.reason = _reason(reader.take_text(), reader.context.reasons)


def _because_reopened(reader: Reader, _word: str) -> None:
    reader.said.reason = _reason(reader.take_text(), reader.context.reopen_reasons)


def _because_booked(reader: Reader, _word: str) -> None:
    reader.said.reason = _reason(reader.take_text(), reader.context.bay_reasons)


def _reason(text: str, numbered: Sequence[str]) -> str:
    """Returns the words of a reason; a number alone picks one of the list, where there is one."""
    if not numbered or not (text.isascii() and text.isdecimal()):
        return text
    if text not in {str(number + 1) for number in range(len(numbered))}:
        raise PhraseError(Fault.UNKNOWN_REASON, text)
    return numbered[int(text) - 1]


def _by(reader: Reader, word: str) -> None:
    typed = reader.take_value(Fault.MISSING_SIDE, word)
    sides = reader.sides_of(typed)
    if not sides:
        raise PhraseError(Fault.UNKNOWN_WORD, typed)
    if len(sides) > 1:
        reader.said.either_side = True
    else:
        (reader.said.reporter,) = sides


def _both(reader: Reader, _word: str) -> None:
    reader.name_both()


# What stands at a place


def _category(reader: Reader, word: str) -> None:
    reader.said.category = _one_of(_CATEGORY_WORDS, word, Fault.UNKNOWN_CATEGORY)


def _outcome(reader: Reader, word: str) -> None:
    reader.said.settlement = _one_of(_OUTCOME_WORDS, word, Fault.UNKNOWN_OUTCOME)


def _coming_time(reader: Reader, word: str) -> None:
    near = reader.context.now if reader.exchange is None else reader.exchange.starts_at
    try:
        reader.said.comes_at = read_coming_time(word, near, reader.context.zone)
    except TimeTextError as wrong:
        raise PhraseError(Fault(wrong.code), word) from None


def _one_of(words: Mapping[str, Given], word: str, unknown: Fault) -> Given:
    meant = words.get(plain(word))
    if meant is None:
        raise PhraseError(unknown, word)
    return meant


# What was said, as an intent


def _given(value: Given | None, missing: Fault) -> Given:
    if value is None:
        raise PhraseError(missing)
    return value


def _arrive(said: Said) -> ExchangeIntent:
    if said.reason is None:
        return intents.Arrive(
            by=said.by, ref=said.ref, at=said.at, side=said.side, id_check=said.id_check
        )
    return intents.ArriveAnyway(
        by=said.by,
        ref=said.ref,
        at=said.at,
        side=said.side,
        id_check=said.id_check,
        reason=said.reason,
    )


def _leave(said: Said) -> ExchangeIntent:
    return intents.Leave(
        by=said.by, ref=said.ref, at=said.at, side=said.side, observed=said.observed
    )


def _no_show(said: Said) -> ExchangeIntent:
    named = () if said.side is None else (said.side,)
    sides = tuple(Side) if said.both else named
    return intents.NoShow(by=said.by, ref=said.ref, at=said.at, sides=sides)


def _note(said: Said) -> ExchangeIntent:
    text = _given(said.text or None, Fault.MISSING_TEXT)
    return intents.Note(by=said.by, ref=said.ref, at=said.at, text=text)


def _expect(said: Said) -> ExchangeIntent:
    comes_at = _given(said.comes_at, Fault.MISSING_TIME)
    return intents.Expect(by=said.by, ref=said.ref, at=said.at, side=said.side, comes_at=comes_at)


def _dispute(said: Said) -> ExchangeIntent:
    return intents.OpenDispute(
        by=said.by,
        ref=said.ref,
        at=said.at,
        category=_given(said.category, Fault.MISSING_CATEGORY),
        reported_by=said.reporter,
        text=_given(said.text or None, Fault.MISSING_TEXT),
    )


def _settle(said: Said) -> ExchangeIntent:
    settlement = _given(said.settlement, Fault.MISSING_OUTCOME)
    return intents.Settle(
        by=said.by, ref=said.ref, at=said.at, settlement=settlement, text=said.text
    )


_WHEN = {"at": _at}

_GRAMMAR: Mapping[Verb, Grammar] = {
    Verb.ARRIVE: Grammar(
        clauses=_WHEN | {"id": _id, "because": _because}, takes_side=True, build=_arrive
    ),
    Verb.RELEASE: Grammar(
        clauses=_WHEN,
        takes_side=True,
        build=lambda said: intents.Release(by=said.by, ref=said.ref, at=said.at, side=said.side),
    ),
    Verb.START: Grammar(
        clauses=_WHEN, build=lambda said: intents.Start(by=said.by, ref=said.ref, at=said.at)
    ),
    Verb.LEAVE: Grammar(clauses={"at": _at_or_not_observed}, takes_side=True, build=_leave),
    Verb.FINISH: Grammar(
        clauses=_WHEN, build=lambda said: intents.Finish(by=said.by, ref=said.ref, at=said.at)
    ),
    Verb.NOT_MET: Grammar(
        clauses=_WHEN, build=lambda said: intents.NotMet(by=said.by, ref=said.ref, at=said.at)
    ),
    Verb.NO_SHOW: Grammar(clauses=_WHEN | {"both": _both}, takes_side=True, build=_no_show),
    Verb.CANCEL: Grammar(
        clauses=_WHEN, build=lambda said: intents.Cancel(by=said.by, ref=said.ref, at=said.at)
    ),
    Verb.REOPEN: Grammar(
        clauses=_WHEN | {"because": _because_reopened},
        build=lambda said: intents.Reopen(
            by=said.by, ref=said.ref, at=said.at, reason=said.reason or ""
        ),
    ),
    Verb.AMEND: Grammar(
        clauses={"bay": phrase_bookings.bay, "because": _because_booked},
        places=(Place(phrase_bookings.when, DAY_WORDS),),
        build=phrase_bookings.amend,
    ),
    Verb.SWAP: Grammar(
        clauses=_WHEN, build=lambda said: intents.Swap(by=said.by, ref=said.ref, at=said.at)
    ),
    Verb.NOTE: Grammar(clauses=_WHEN, takes_text=True, build=_note),
    Verb.EXPECT: Grammar(
        clauses=_WHEN, places=(Place(_coming_time),), takes_side=True, build=_expect
    ),
    Verb.DISPUTE: Grammar(
        clauses=_WHEN | {"by": _by},
        places=(Place(_category, frozenset(_CATEGORY_WORDS)),),
        takes_text=True,
        build=_dispute,
    ),
    Verb.SETTLE: Grammar(
        clauses=_WHEN,
        places=(Place(_outcome, frozenset(_OUTCOME_WORDS)),),
        takes_text=True,
        build=_settle,
    ),
}

_VERB_WORDS: Mapping[str, Verb] = MappingProxyType(
    {verb.value: verb for verb in (*_GRAMMAR, Verb.UNDO)}
    | {
        "in": Verb.ARRIVE,
        "checkin": Verb.ARRIVE,
        "out": Verb.LEAVE,
        "noshow": Verb.NO_SHOW,
        "move": Verb.AMEND,
    }
)

_BY_JOINED_WORD = {_joined(word): verb for word, verb in _VERB_WORDS.items()}
