"""A walk-in in words, as it is entered after an outage from the paper that it was written on.

``walkin "Ann One" "Bob Two" road bike kind vehicle bay 2 at 13:05``: the giver, the receiver (a
dash for one who is not named yet), what it is about, and fixed words in any order. A name of
several words is one argument, or stands in quotes.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pendulum import DateTime

from desk.domain.booking import Booking, MadeAt, PartyDraft
from desk.domain.days import TimeTextError, is_clock, read_time
from desk.domain.exchange import Kind, Side
from desk.domain.intents import Book, By
from desk.domain.phrase_reader import Fault, PhraseContext, PhraseError, plain, sides_meant
from desk.domain.rules import Rules

WORD = "walkin"
_UNNAMED = frozenset({"-", "\N{EN DASH}"})
_NO_BAY = frozenset({"none", "no"})
_MINUS = ("-", "\N{MINUS SIGN}")


@dataclass(slots=True)
class WalkIn:
    """What was said of a walk-in.

    Attributes:
        names: of giver and receiver; None for one who is not named yet.
        bay: the bay's code, or None for no bay yet.
        bay_said: whether anything was said of the bay; else the best free one is meant.
        here: the sides that came.
        at: when; None is now.
        reason: overrides what the bay refuses.
    """

    by: By
    names: tuple[str | None, str | None]
    item: str = ""
    kind: Kind = Kind.SALE
    bay: str | None = None
    bay_said: bool = False
    here: tuple[Side, ...] = tuple(Side)
    at: DateTime | None = None
    reason: str = ""

    def booking(self, rules: Rules, now: DateTime) -> Booking:
        """Returns what is booked, as long as such exchanges take."""
        starts_at = (self.at or now).replace(second=0, microsecond=0)
        giver, receiver = map(PartyDraft, self.names)
        return Booking(
            kind=self.kind,
            starts_at=starts_at,
            ends_at=starts_at.add(minutes=rules.of(self.kind).length),
            giver=giver,
            receiver=receiver,
            bay=self.bay,
            item=self.item,
        )

    def intent(self, booking: Booking) -> Book:
        """Returns the intent to book it, and to check in who came."""
        return Book(
            by=self.by,
            booking=booking,
            made_at=MadeAt.WALK_IN,
            at=self.at,
            here=self.here,
            reason=self.reason,
        )


def is_walk_in(words: Sequence[str]) -> bool:
    """Tells whether a phrase is about a walk-in."""
    first = (words[0].split() if words else []) or [""]
    return plain(first[0]).replace("_", "") == WORD


def read_walk_in(words: Sequence[str], context: PhraseContext) -> WalkIn:
    """Returns what the words say of a walk-in.

    Raises:
        PhraseError: a word is missing, or unknown.
    """
    _word, *said = _unquoted(words[0]) if len(words) == 1 else words
    if len(said) < 2 or all(name in _UNNAMED for name in said[:2]):
        raise PhraseError(Fault.MISSING_NAMES)
    giver, receiver = (None if name in _UNNAMED else name for name in said[:2])
    walk_in = WalkIn(context.by, (giver, receiver))
    item: list[str] = []
    left = said[2:]
    while left:
        clause = _CLAUSES.get(plain(left[0]))
        # Anything else is what it is about: a book on clocks is "at" no time.
        if clause is None or not clause(walk_in, left, context):
            item.append(left.pop(0))
    walk_in.item = " ".join(item)
    return walk_in


def _unquoted(phrase: str) -> list[str]:
    try:
        return shlex.split(phrase)
    except ValueError:
        raise PhraseError(Fault.MISSING_NAMES) from None


# What follows a fixed word: each takes its words away, or returns False where it is none.


def _at(walk_in: WalkIn, left: list[str], context: PhraseContext) -> bool:
    typed = left[1] if len(left) > 1 else ""
    if not (is_clock(typed) or (typed[:1] in _MINUS and typed[1:].isdecimal())):
        return False
    try:
        walk_in.at = read_time(typed, context.now, context.zone)
    except TimeTextError as wrong:
        raise PhraseError(Fault(wrong.code), typed) from None
    del left[:2]
    return True


def _kind(walk_in: WalkIn, left: list[str], _context: PhraseContext) -> bool:
    kinds = {kind.value: kind for kind in Kind}
    typed = plain(left[1]) if len(left) > 1 else ""
    if typed not in kinds:
        return False
    walk_in.kind = kinds[typed]
    del left[:2]
    return True


def _bay(walk_in: WalkIn, left: list[str], context: PhraseContext) -> bool:
    codes = {plain(code): code for code in context.bays}
    typed = plain(left[1]) if len(left) > 1 else ""
    if typed not in codes and typed not in _NO_BAY:
        raise PhraseError(Fault.UNKNOWN_BAY, left[1] if len(left) > 1 else left[0])
    walk_in.bay, walk_in.bay_said = codes.get(typed), True
    del left[:2]
    return True


def _only(walk_in: WalkIn, left: list[str], context: PhraseContext) -> bool:
    sides = sides_meant(left[1], map(context.roles, Kind)) if len(left) > 1 else frozenset()
    if len(sides) != 1:
        return False
    walk_in.here = tuple(sides)
    del left[:2]
    return True


def _because(walk_in: WalkIn, left: list[str], context: PhraseContext) -> bool:
    text = " ".join(left[1:])
    numbers = {str(number + 1): reason for number, reason in enumerate(context.bay_reasons)}
    walk_in.reason = numbers.get(text, text)
    left.clear()
    return True


_CLAUSES: Mapping[str, Callable[[WalkIn, list[str], PhraseContext], bool]] = {
    "at": _at,
    "kind": _kind,
    "bay": _bay,
    "only": _only,
    "because": _because,
}
