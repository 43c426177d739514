"""The texts of an exchange, made ready to be looked in, and what was typed, made ready to look for.

A hit is *sure* where what was typed is how a name's words begin, or a reference, a plate, a phone
number or a whole address; it is *loose* inside a word, in an item or in an address's name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Protocol

from desk.domain.reference import BadReferenceError, Slip, read_slip

Fold = Callable[[str], str]
"""Takes what nobody types out of a text: case, accents, apostrophes."""

FoldMap = Callable[[str], tuple[str, tuple[int, ...]]]
"""Likewise, with the index in the text from which each folded character came; it never falls."""

Dial = Callable[[str], str]
"""Makes a phone number its international form, where it has one."""

Spans = tuple[tuple[int, int], ...]
"""Half-open intervals of a text, in order and apart."""

SHORTEST_CODE = 3
"""How many characters of a plate, or digits of a phone number, are enough to look for."""

_SHORTEST_INSIDE = 2
_WHOLE_PHONE = 7


class Field(StrEnum):
    """Where what was typed was found."""

    NAME = "name"
    REF = "ref"
    PLATE = "plate"
    PHONE = "phone"
    EMAIL = "email"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Spelling:
    """What makes texts alike that are the same and only written otherwise."""

    fold: Fold
    fold_map: FoldMap
    dial: Dial


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, in every form in which it is compared.

    Attributes:
        folded: the whole text.
        words: its words, the longest first.
        code: its letters and digits alone, as plates and references are compared.
        digits: the digits of something that can be a phone number, or nothing.
        phone: the digits of that number's international form, where it can be a whole one.
        slip: the reference that it is, if it is a complete one.
    """

    folded: str
    words: tuple[str, ...]
    code: str
    digits: str
    phone: str
    slip: Slip | None

    def surely_means(self, code: str) -> bool:
        """Tells whether no name is meant: letters alone are one, unless they are the whole code."""
        return code == self.code or any(map(str.isdigit, self.code))


def read_query(text: str, spelling: Spelling) -> Query:
    """Returns what was typed or scanned, ready to look for."""
    folded = spelling.fold(text)
    words = [folded[start:end] for start, end in _word_places(folded)]
    code = "".join(filter(str.isalnum, folded))
    digits = code if code.isdecimal() else ""
    try:
        slip = read_slip(text)
    except BadReferenceError:
        slip = None
    phone = international(text, spelling.dial) if len(digits) >= _WHOLE_PHONE else ""
    return Query(folded, tuple(sorted(words, key=len, reverse=True)), code, digits, phone, slip)


def international(phone: str, dial: Dial) -> str:
    """Returns the digits of a phone number's international form."""
    return "".join(filter(str.isdecimal, dial(phone)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """How something was found in a text.

    Attributes:
        text: the whole text, as it is stored.
        spans: what to mark in it.
        sure: whether it hides hits that are not.
    """

    field: Field
    text: str
    spans: Spans
    sure: bool


class Searchable(Protocol):
    """One text that is ready to be looked in."""

    def look(self, asked: Query) -> Hit | None:
        """Returns how what was typed is found in it, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """A text that is found by its words: a name, an item, the name in an e-mail address."""

    field: Field
    text: str
    folded: str
    origins: tuple[int, ...]
    words: tuple[tuple[int, int], ...]

    def look(self, asked: Query) -> Hit | None:
        """Finds it where every typed word begins a word of its own, or else stands inside."""
        # A word that is nowhere in the text neither begins one of its words nor stands inside.
        if not asked.words or asked.words[0] not in self.folded:
            return None
        found = self._begun(asked.words)
        sure = self.field is Field.NAME and bool(found)
        found = found or self._inside(asked.words)
        if not found:
            return None
        spans = _original(self.text, self.origins, found)
        return Hit(field=self.field, text=self.text, spans=spans, sure=sure)

    def _begun(self, typed: tuple[str, ...]) -> list[tuple[int, int]]:
        # The longest typed word chooses first: whatever begins with it begins with its beginnings.
        free = list(self.words)
        found = []
        for word in typed:
            place = next((one for one in free if self.folded.startswith(word, *one)), None)
            if place is None:
                return []
            free.remove(place)
            found.append((place[0], place[0] + len(word)))
        return found

    def _inside(self, typed: tuple[str, ...]) -> list[tuple[int, int]]:
        places = [(self.folded.find(word), len(word)) for word in typed]
        if any(at < 0 or length < _SHORTEST_INSIDE for at, length in places):
            return []
        return [(at, at + length) for at, length in places]


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address: its name by words, the whole of it by its beginning."""

    name: Words
    folded: str

    def look(self, asked: Query) -> Hit | None:
        """Finds it by what is before the sign: what is behind it is half the town's."""
        if "@" not in asked.folded:
            return self.name.look(asked)
        if not self.folded.startswith(asked.folded):
            return None
        text = self.name.text
        return Hit(field=Field.EMAIL, text=text, spans=((0, len(text)),), sure=True)


@dataclass(frozen=True, slots=True)
class Code:
    """A reference or a plate: letters and digits, whatever stands between them."""

    field: Field
    text: str
    code: str
    origins: tuple[int, ...]

    def look(self, asked: Query) -> Hit | None:
        """Finds a reference by its beginning, a plate by any part that is long enough."""
        at = self._place(asked.code)
        if at < 0:
            return None
        spans = _original(self.text, self.origins, [(at, at + len(asked.code))])
        sure = asked.surely_means(self.code)
        return Hit(field=self.field, text=self.text, spans=spans, sure=sure)

    def _place(self, typed: str) -> int:
        if self.field is Field.REF:
            return 0 if typed and self.code.startswith(typed) else -1
        return self.code.find(typed) if len(typed) >= SHORTEST_CODE else -1


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number: its digits as they were given, and how it is dialled from anywhere."""

    text: str
    dial: Dial
    digits: str
    origins: tuple[int, ...]

    def look(self, asked: Query) -> Hit | None:
        """Finds it by some of its digits, or by the whole number however it is dialled."""
        place = (
            self._place(asked.digits)
            or self._place(asked.digits.lstrip("0"))
            or self._whole(asked.phone)
        )
        if place is None:
            return None
        spans = _original(self.text, self.origins, [place])
        return Hit(field=Field.PHONE, text=self.text, spans=spans, sure=True)

    def _place(self, typed: str) -> tuple[int, int] | None:
        at = self.digits.find(typed) if len(typed) >= SHORTEST_CODE else -1
        if at >= 0:
            return at, at + len(typed)
        # What was given may lack the prefix that was typed.
        whole = len(self.digits) >= _WHOLE_PHONE and typed.endswith(self.digits)
        return (0, len(self.digits)) if whole else None

    def _whole(self, phone: str) -> tuple[int, int] | None:
        same = phone and self.digits and phone == international(self.text, self.dial)
        return (0, len(self.digits)) if same else None


def words_of(field: Field, text: str, fold_map: FoldMap) -> Words:
    """Returns a text that is found by its words."""
    folded, origins = fold_map(text)
    return Words(field, text, folded, origins, tuple(_word_places(folded)))


def email_of(text: str, fold_map: FoldMap) -> Email:
    """Returns an e-mail address, ready to be looked in."""
    folded, origins = fold_map(text.partition("@")[0])
    name = Words(Field.EMAIL, text, folded, origins, tuple(_word_places(folded)))
    return Email(name, fold_map(text)[0])


def code_of(field: Field, text: str, fold_map: FoldMap) -> Code:
    """Returns a reference or a plate, ready to be looked in."""
    return Code(field, text, *_kept(fold_map(text), str.isalnum))


def phone_of(text: str, spelling: Spelling) -> Phone:
    """Returns a phone number, ready to be looked in."""
    # "+44 (0)20": the zero is not dialled after the country; blanks keep the indices.
    kept = _kept(spelling.fold_map(text.replace("(0)", "   ")), str.isdecimal)
    return Phone(text, spelling.dial, *kept)


def _kept(
    mapped: tuple[str, tuple[int, ...]], wanted: Callable[[str], bool]
) -> tuple[str, tuple[int, ...]]:
    """Returns the characters that are compared, and where each came from."""
    pairs = [pair for pair in zip(*mapped, strict=True) if wanted(pair[0])]
    return "".join(character for character, _ in pairs), tuple(origin for _, origin in pairs)


def _word_places(folded: str) -> Iterator[tuple[int, int]]:
    """Yields where each word stands; vowel signs of Indic scripts belong to theirs."""
    for is_word, run in groupby(enumerate(folded), key=lambda each: _in_word(each[1])):
        if is_word:
            places = [at for at, _ in run]
            yield places[0], places[-1] + 1


def _in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) == "Mc"


def _original(text: str, origins: tuple[int, ...], places: Iterable[tuple[int, int]]) -> Spans:
    """Returns what to mark in the text for these places of its folded form.

    Marks that follow a character belong to it, and what overlaps is one.
    """
    spans: list[tuple[int, int]] = []
    for first, last in sorted(places):
        start, end = origins[first], origins[last - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        if spans and start <= spans[-1][1]:
            start, earlier_end = spans.pop()
            end = max(end, earlier_end)
        spans.append((start, end))
    return tuple(spans)
