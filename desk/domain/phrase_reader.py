"""How a phrase is read: the reference, fixed words in any order, places, and free text at the end.

The grammar of each verb is data (``desk.domain.phrases``); this reads any of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.booking import Booking
from desk.domain.exchange import DisputeCategory, Exchange, IdCheck, Kind, Settlement, Side
from desk.domain.intents import By, ExchangeIntent
from desk.domain.reference import BadReferenceError, Misreading, Slip, read_slip
from desk.errors import UsageError

_LONGEST_REF = 32
_SHORTEST_ROLE = 3
_REST_IS_TEXT = "--"
_SUFFIXES = {"G": Side.GIVER, "R": Side.RECEIVER}
_SIDE_WORDS = {
    "g": Side.GIVER,
    "giver": Side.GIVER,
    "r": Side.RECEIVER,
    "receiver": Side.RECEIVER,
}


class Fault(StrEnum):
    """What is wrong with a phrase; the last three are those of ``TimeTextError``.

    A phrase that can be read, but whose time is still to come or whose side may be either, is no
    fault: what it asks for is refused, and so journalled, by the service.
    """

    MISSING_VERB = "missing_verb"
    UNKNOWN_VERB = "unknown_verb"
    MISSING_REF = "missing_ref"
    MISSING_SIDE = "missing_side"
    MISSING_TIME = "missing_time"
    MISSING_ID = "missing_id"
    UNKNOWN_ID = "unknown_id"
    MISSING_CATEGORY = "missing_category"
    UNKNOWN_CATEGORY = "unknown_category"
    MISSING_OUTCOME = "missing_outcome"
    UNKNOWN_OUTCOME = "unknown_outcome"
    MISSING_TEXT = "missing_text"
    MISSING_NUMBER = "missing_number"
    UNKNOWN_REASON = "unknown_reason"
    MISSING_CHANGE = "missing_change"
    MISSING_NAMES = "missing_names"
    UNKNOWN_BAY = "unknown_bay"
    NO_SUCH_MOMENT = "no_such_moment"
    UNKNOWN_WORD = "unknown_word"
    NO_SUCH_TIME = "no_such_time"
    SKIPPED_TIME = "skipped_time"
    REPEATED_TIME = "repeated_time"


_IN_A_TEXT = frozenset(
    {Fault.MISSING_TIME, Fault.NO_SUCH_TIME, Fault.MISSING_SIDE, Fault.UNKNOWN_WORD}
)
"""What is wrong where a word of free text only happens to be a fixed one."""

_LIKE_A_TIME = re.compile(r"\d+:\d+")


class PhraseError(UsageError):
    """A phrase that cannot be read; the sentence is made from the code and the word.

    Attributes:
        code: the value of a ``Fault``.
        word: the word it is about, as it was typed; empty where nothing was typed.
    """

    def __init__(self, fault: Fault, word: str = "") -> None:
        super().__init__(fault.value, fault.value)
        self.word = word


@dataclass(frozen=True, slots=True)
class PhraseContext:
    """What a phrase is read by.

    Attributes:
        by: who says it, and where.
        now: when.
        zone: the station's.
        default_ref: the highlighted exchange; None on the command line.
        lookup: returns the exchange with a reference, or None; its kind names the sides.
        roles: returns what the two sides of such an exchange are called.
        reasons: the numbered reasons for an arrival at a wrong time: ``because 2`` is the second.
        reopen_reasons: likewise for reopening.
        bay_reasons: likewise for a bay that is taken, or not meant for that.
        bays: the codes of the station's bays.
    """

    by: By
    now: DateTime
    zone: ZoneInfo
    default_ref: str | None
    lookup: Callable[[str], Exchange | None]
    roles: Callable[[Kind], Mapping[Side, str]]
    reasons: Sequence[str] = ()
    reopen_reasons: Sequence[str] = ()
    bay_reasons: Sequence[str] = ()
    bays: Sequence[str] = ()


@dataclass(slots=True)
class Said:
    """What a phrase has said so far; None and the empty text where it said nothing.

    Attributes:
        sides: those that its words for a party leave.
        both: whether it said ``both``.
        either_side: whether such a word fits both parties, or contradicts another.
    """

    by: By
    ref: str = ""
    at: DateTime | None = None
    observed: bool = True
    sides: frozenset[Side] = frozenset(Side)
    both: bool = False
    either_side: bool = False
    id_check: IdCheck | None = None
    reason: str | None = None
    category: DisputeCategory | None = None
    reporter: Side | None = None
    settlement: Settlement | None = None
    comes_at: DateTime | None = None
    booking: Booking | None = None
    text: str = ""

    @property
    def side(self) -> Side | None:
        """The one side that was named, or None."""
        return next(iter(self.sides)) if len(self.sides) == 1 else None


def plain(word: str) -> str:
    """Returns a word as words are compared: without case and accents, hyphens as underscores."""
    bare = unicodedata.normalize("NFKD", word)
    kept = "".join(character for character in bare if not unicodedata.combining(character))
    return kept.casefold().replace("-", "_")


def slip_said(word: str) -> Slip:
    """Returns the reference in a word, well-formed or not: the service answers for both.

    Raises:
        PhraseError: nothing of the word can be shown.
    """
    try:
        return read_slip(word)
    except BadReferenceError:
        shown = "".join(filter(str.isprintable, word))[:_LONGEST_REF]
        # Upper case would make a plain letter of one that is none, and another's reference of it.
        typed = shown.upper() if shown.isascii() else shown
    body, _dash, suffix = typed.rpartition("-")
    if body and suffix in _SUFFIXES:
        return Slip(body, _SUFFIXES[suffix])
    if not typed:
        raise PhraseError(Fault.MISSING_REF, word)
    return Slip(typed)


def _may_begin_text(wrong: PhraseError) -> bool:
    """Tells whether a fixed word that went wrong is only a word of the text: ``at the door``.

    What looks like a time is meant as one, in a text too: ``at 25:00`` is a mistake in it.
    """
    return wrong.code in _IN_A_TEXT and not _LIKE_A_TIME.fullmatch(wrong.word)


def _misreading(word: str) -> Misreading | None:
    try:
        read_slip(word)
    except BadReferenceError as bad:
        return bad.misreading
    return None


def sides_meant(word: str, roles: Iterable[Mapping[Side, str]]) -> frozenset[Side]:
    """Returns the sides that a word can mean: none where it is no word for a side.

    Args:
        word: as it was typed.
        roles: what the two sides are called in each kind that counts.
    """
    bare = plain(word)
    if bare in _SIDE_WORDS:
        return frozenset({_SIDE_WORDS[bare]})
    if len(bare) < _SHORTEST_ROLE:
        return frozenset()
    return frozenset(
        side
        for called in roles
        for side, role in called.items()
        if any(part.startswith(bare) for part in plain(role).split())
    )


class Reader:
    """Reads the words after the verb, from left to right.

    Attributes:
        said: what they have said so far.
        words: those that are left.
        exchange: the exchange that they are about, where it is known.
    """

    def __init__(self, grammar: Grammar, words: Sequence[str], context: PhraseContext) -> None:
        self.context = context
        self.said = Said(context.by)
        self.words = list(words)
        self.exchange: Exchange | None = None
        self._grammar = grammar
        self._clauses = dict(grammar.clauses)
        self._places = list(grammar.places)
        self._names_a_side = False

    def read(self) -> Said:
        """Returns everything that the phrase says.

        Raises:
            PhraseError: a word is missing or unknown.
        """
        self._read_ref()
        while self.words:
            self._read_next()
        if self._names_a_side and self.said.side is None:
            self.said.either_side = True
        return self.said

    def _read_ref(self) -> None:
        default = self.context.default_ref
        self.exchange = None if default is None else self.context.lookup(default)
        if self.words and self._is_ref(self.words[0]):
            word = self.words.pop(0)
            slip = slip_said(word)
            self.said.ref = slip.ref
            self.exchange = self.context.lookup(slip.ref)
            if slip.side is not None and self._grammar.takes_side:
                self.name(frozenset({slip.side}))
        elif default is not None:
            self.said.ref = default
        else:
            raise PhraseError(Fault.MISSING_REF)

    def _is_ref(self, word: str) -> bool:
        """Tells whether the first word is the reference; fixed words and sides are none.

        Where the reference may be left out, only what looks like one is; where free text may
        follow, only what is one.
        """
        if self._is_fixed(word):
            return False
        if self.context.default_ref is None:
            return True
        misreading = _misreading(word)
        if self._grammar.takes_text:
            return misreading is None
        return misreading is not Misreading.FORM

    def _is_fixed(self, word: str) -> bool:
        bare = plain(word)
        fixed = bare in self._clauses or any(bare in place.words for place in self._places)
        a_side = self._grammar.takes_side and bool(self.sides_of(word))
        return fixed or a_side or word == _REST_IS_TEXT

    def _read_next(self) -> None:
        word = self.words[0]
        clause = self._clauses.pop(plain(word), None)
        sides = self.sides_of(word) if self._grammar.takes_side else frozenset()
        if clause is not None:
            self._read_clause(clause)
        elif sides:
            self.words.pop(0)
            self.name(sides)
        elif self._places and word != _REST_IS_TEXT:
            self._places.pop(0).read(self, self.words.pop(0))
        elif self._grammar.takes_text:
            self.said.text = self.take_text()
        else:
            raise PhraseError(Fault.UNKNOWN_WORD, word)

    def _read_clause(self, clause: Clause) -> None:
        """Reads a fixed word and what it wants, unless it turns out to begin the free text."""
        kept = list(self.words)
        try:
            clause(self, self.words.pop(0))
        except PhraseError as wrong:
            if self._places or not self._grammar.takes_text or not _may_begin_text(wrong):
                raise
            self.words = kept
            self.said.text = self.take_text()

    def name(self, sides: frozenset[Side]) -> None:
        """Takes a word for these sides; all such words together must leave one."""
        self._names_a_side = True
        self.said.sides &= sides
        self.said.either_side |= self.said.both

    def name_both(self) -> None:
        """Takes the word ``both``, which contradicts any word for one side."""
        self.said.both = True
        self.said.either_side |= self._names_a_side

    def sides_of(self, word: str) -> frozenset[Side]:
        """Returns the sides that a word can mean: none where it is no word for a side.

        Where the exchange is not known, the names of every kind count.
        """
        kinds: Iterable[Kind] = Kind if self.exchange is None else (self.exchange.kind,)
        return sides_meant(word, map(self.context.roles, kinds))

    def take_value(self, missing: Fault, after: str) -> str:
        """Returns the next word, which a fixed word wants.

        Raises:
            PhraseError: there is none.
        """
        if not self.words:
            raise PhraseError(missing, after)
        return self.words.pop(0)

    def take_text(self) -> str:
        """Returns all the words that are left; ``--`` before them is no part of them."""
        text, self.words = self.words, []
        return " ".join(text[1:] if text and text[0] == _REST_IS_TEXT else text)


Clause = Callable[[Reader, str], None]
"""Reads what follows a fixed word, or the word at a place; it is given that word."""


@dataclass(frozen=True, slots=True)
class Place:
    """A word that must come, and is known by its place alone.

    Attributes:
        words: all that it can be, where that is fixed.
    """

    read: Clause
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """What may follow a verb.

    Attributes:
        clauses: fixed words, each once.
        takes_side: whether it is about one party.
        takes_text: whether free text may stand at the end.
        build: makes the intent of what was said; raises ``PhraseError`` where something is missing.
    """

    build: Callable[[Said], ExchangeIntent]
    clauses: Mapping[str, Clause]
    places: tuple[Place, ...] = ()
    takes_side: bool = False
    takes_text: bool = False
