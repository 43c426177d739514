"""What gives somebody away in a text: a name, a number, an address, a plate, however written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desk.domain.rights import Person
from desk.domain.searchable import Dial, Fold, Spelling, international

_SHORTEST_WORD = 3
"""Letters of a name's word that gives somebody away by itself: below there is "de" and "Li"."""

_NATIONAL = 9
"""Digits from the end by which a phone number is known, with or without its country."""

_SHORTEST_PLATE = 4
_NUMBER = re.compile(r"\+?\d[\d\s().\-/]{4,}\d")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_FOLDED_LINE = re.compile(r"\r?\n[ \t]")


@dataclass(frozen=True, slots=True)
class Traces:
    """What is looked for, made alike.

    Attributes:
        names: each name as the set of its words, by the longest of them.
        telling: the words that give somebody away alone.
        phones: the last digits of each number.
        emails: whole addresses.
        plates: letters and digits.
    """

    names: Mapping[str, tuple[frozenset[str], ...]]
    telling: frozenset[str]
    phones: frozenset[str]
    emails: frozenset[str]
    plates: frozenset[str]
    fold: Fold

    @classmethod
    def of(cls, people: Iterable[Person], spelling: Spelling) -> Traces:
        """Returns what gives these people away."""
        known = tuple(people)
        fold = spelling.fold
        names = {words for each in known if (words := _words(fold(each.name)))}
        by_longest: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        for name in names:
            by_longest[max(name, key=len)].append(name)
        plates = {"".join(_words_in(fold(each.plate))) for each in known}
        numbers = {_number(each.phone, spelling.dial) for each in known}
        return cls(
            {word: tuple(each) for word, each in by_longest.items()},
            frozenset(word for name in names for word in name if len(word) >= _SHORTEST_WORD),
            frozenset(filter(None, numbers)),
            frozenset(filter(None, (fold(each.email).strip() for each in known))),
            frozenset(plate for plate in plates if len(plate) >= _SHORTEST_PLATE),
            fold,
        )

    def stand_in(self, text: str) -> bool:
        """Returns whether a short text, such as a note, may be about one of them.

        One word of a name is enough: what is written down speaks of people by half their names.
        """
        folded = self.fold(text)
        words = _words(folded)
        return bool(words & self.telling) or self._named(words) or self._coded(folded)

    def stand_in_file(self, text: str) -> bool:
        """Returns whether a file names one of them: a whole name within a line, or a code."""
        plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), _FOLDED_LINE.sub("", text))
        return any(map(self._stand_in_line, plain.splitlines()))

    def _stand_in_line(self, line: str) -> bool:
        folded = self.fold(line)
        return self._named(_words(folded)) or self._coded(folded)

    def _named(self, words: frozenset[str]) -> bool:
        return any(name <= words for word in words for name in self.names.get(word, ()))

    def _coded(self, folded: str) -> bool:
        if any(address in folded for address in self.emails):
            return True
        numbers = ("".join(filter(str.isdecimal, one[0])) for one in _NUMBER.finditer(folded))
        if any(number.endswith(phone) for number in numbers for phone in self.phones):
            return True
        return bool(self.plates) and not self.plates.isdisjoint(_plates(folded))


def _words_in(folded: str) -> list[str]:
    return "".join(each if each.isalnum() else " " for each in folded).split()


def _words(folded: str) -> frozenset[str]:
    return frozenset(_words_in(folded))


def _plates(folded: str) -> Iterator[str]:
    """Yields what may be plates: up to three words that stand side by side."""
    words = _words_in(folded)
    for count in (1, 2, 3):
        for at in range(len(words) - count + 1):
            yield "".join(words[at : at + count])


def _number(phone: str, dial: Dial) -> str:
    digits = international(phone, dial)
    return digits[-_NATIONAL:] if len(digits) >= _NATIONAL - 2 else ""
