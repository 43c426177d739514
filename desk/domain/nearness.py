"""Finding what was nearly typed: names and items whose words differ by a slip of the finger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from desk.domain.exchange import Exchange
from desk.domain.finding import Match
from desk.domain.searchable import Field, FoldMap, Query, Words, words_of

_ALIKE = 0.75
"""From which likeness on two words may be one: one letter of four may be another."""

_SHORTEST = 4
"""Letters; shorter words are like too many others."""


def near_matches(
    exchanges: Iterable[Exchange], asked: Query, fold_map: FoldMap
) -> tuple[Match, ...]:
    """Returns the parties and items whose words are all like the typed ones, the most alike first.

    Args:
        exchanges: where to look.
        asked: what was typed.
        fold_map: takes case and accents out of a text.
    """
    if not asked.words or len(asked.words[0]) < _SHORTEST:
        return ()
    found = [
        (likeness, match)
        for exchange in exchanges
        for likeness, match in _look(exchange, asked, fold_map)
    ]
    return tuple(match for _likeness, match in sorted(found, key=lambda each: -each[0]))


def _look(exchange: Exchange, asked: Query, fold_map: FoldMap) -> Iterator[tuple[float, Match]]:
    for party in exchange.parties:
        if party.name:
            words = words_of(Field.NAME, party.name, fold_map)
            likeness = _likeness(words, asked)
            if likeness >= _ALIKE:
                yield likeness, Match(exchange.ref, party.side, Field.NAME, party.name, ())
    likeness = _likeness(words_of(Field.ITEM, exchange.item, fold_map), asked)
    if likeness >= _ALIKE:
        yield likeness, Match(exchange.ref, None, Field.ITEM, exchange.item, ())


def _likeness(text: Words, asked: Query) -> float:
    """Returns how like the worst of the typed words is to a word of the text: 1 is the same."""
    words = [text.folded[start:end] for start, end in text.words]
    return min(max((_alike(typed, word) for word in words), default=0.0) for typed in asked.words)


def _alike(typed: str, word: str) -> float:
    """Returns the likeness of a typed word to a whole one, or to how that begins."""
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(typed)
    best = 0.0
    for candidate in dict.fromkeys((word, word[: len(typed)])):
        matcher.set_seq1(candidate)
        best = max(best, matcher.ratio())
    return best
