"""Finding on the day that is shown: from a few letters to the people who may stand at the desk.

Matches are parties, not rows. Loose hits (see ``desk.domain.searchable``) are shown only where
nothing is sure, so that the letters of one person's name are nobody else's because of something
that somebody sells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pendulum import DateTime

from desk.domain.exchange import Exchange, Outcome, Party, Presence, Side
from desk.domain.searchable import (
    Field,
    Hit,
    Query,
    Searchable,
    Spans,
    Spelling,
    code_of,
    email_of,
    phone_of,
    read_query,
    words_of,
)


@dataclass(frozen=True, slots=True)
class Match:
    """One party, or a whole exchange, that what was typed may mean.

    Attributes:
        ref: the exchange.
        side: the party; None where the hit is about the exchange.
        text: the whole text that was hit, as it is stored.
        spans: what to mark in it: half-open intervals, in order and apart.
    """

    ref: str
    side: Side | None
    field: Field
    text: str
    spans: Spans


class Finder:
    """Finds on one board; built once per load, asked with every key."""

    def __init__(self, exchanges: Iterable[Exchange], spelling: Spelling) -> None:
        self._spelling = spelling
        self._ready = {exchange.ref: _ready(exchange, spelling) for exchange in exchanges}

    def find(self, query: str, now: DateTime) -> tuple[Match, ...]:
        """Returns what the typed or scanned text may mean, likeliest first.

        Expected parties come first, the nearest to now before the others: there the cursor stands.
        Then comes what is open, then what is closed. A complete slip means its own exchange and
        nothing else.
        """
        asked = read_query(query, self._spelling)
        if asked.slip is not None and asked.slip.ref in self._ready:
            ref = asked.slip.ref
            return (Match(ref, asked.slip.side, Field.REF, ref, ((0, len(ref)),)),)
        moment = now.timestamp()
        found = [one for ready in self._ready.values() for one in ready.look(asked)]
        sure = [one for one in found if one.hit.sure]
        ordered = sorted(sure or found, key=lambda one: one.order(moment))
        return tuple(one.match for one in ordered)


@dataclass(frozen=True, slots=True)
class _Subject:
    """A party, or an exchange as a whole, and its texts.

    Attributes:
        side: None for the exchange.
        standing: 0 where somebody is expected, 1 where it is open, 2 where it is closed.
        due: when somebody is expected, else when it begins, as seconds of the epoch.
    """

    ref: str
    side: Side | None
    standing: int
    due: tuple[float, ...]
    texts: tuple[Searchable, ...]

    def look(self, asked: Query) -> _Found | None:
        """Returns the first sure hit, else the first."""
        hits = [hit for text in self.texts if (hit := text.look(asked)) is not None]
        if not hits:
            return None
        return _Found(self, next((hit for hit in hits if hit.sure), hits[0]))


@dataclass(frozen=True, slots=True)
class _Found:
    """A hit, and whom it is about."""

    subject: _Subject
    hit: Hit

    @property
    def match(self) -> Match:
        hit = self.hit
        return Match(self.subject.ref, self.subject.side, hit.field, hit.text, hit.spans)

    def order(self, now: float) -> tuple[int, float, str, str]:
        """Returns what the matches are sorted by."""
        subject = self.subject
        away = min(abs(moment - now) for moment in subject.due)
        return subject.standing, away, subject.ref, subject.side or ""


@dataclass(frozen=True, slots=True)
class _Ready:
    """An exchange that is ready to be looked in."""

    parties: tuple[_Subject, ...]
    whole: _Subject

    def look(self, asked: Query) -> list[_Found]:
        """Returns the parties that are hit, and the exchange where it is hit closer than they."""
        found = [one for party in self.parties if (one := party.look(asked)) is not None]
        whole = self.whole.look(asked)
        if whole is not None and not any(one.hit.sure or not whole.hit.sure for one in found):
            found.append(whole)
        return found


def _ready(exchange: Exchange, spelling: Spelling) -> _Ready:
    parties = (
        _subject(exchange, party.side, _texts(party, spelling)) for party in exchange.parties
    )
    ref = code_of(Field.REF, exchange.ref, spelling.fold_map)
    item = words_of(Field.ITEM, exchange.item, spelling.fold_map)
    return _Ready(tuple(parties), _subject(exchange, None, (ref, item)))


def _subject(exchange: Exchange, side: Side | None, texts: Iterable[Searchable]) -> _Subject:
    expected = [
        (party.expected_at or exchange.starts_at).timestamp()
        for party in exchange.parties
        if party.presence is Presence.EXPECTED and side in (None, party.side)
    ]
    closed = exchange.outcome is not Outcome.NONE
    standing = 2 if closed else 0 if expected else 1
    due = expected or [exchange.starts_at.timestamp()]
    return _Subject(exchange.ref, side, standing, tuple(due), tuple(texts))


def _texts(party: Party, spelling: Spelling) -> Iterator[Searchable]:
    if party.name:
        yield words_of(Field.NAME, party.name, spelling.fold_map)
    if party.plate:
        yield code_of(Field.PLATE, party.plate, spelling.fold_map)
    if party.phone:
        yield phone_of(party.phone, spelling)
    if party.email:
        yield email_of(party.email, spelling.fold_map)
