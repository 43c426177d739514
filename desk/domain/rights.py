"""What people may ask of the record about themselves, and what keeps it from being erased.

A request is written down with who asked, whether they showed who they are, and by when it has to
be answered. Which parties of which exchanges it is about is decided by an officer, one by one:
the program proposes, and says how sure it is. A hold keeps everything that it names, and
everybody who may be whom it names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import ClassVar

from pendulum import DateTime

from desk.domain.exchange import Exchange, IdCheck, Party, Side
from desk.domain.intents import Intent
from desk.domain.lifecycle import Verb
from desk.domain.searchable import Field, Spelling, international

USUAL_DAYS = 30
"""Days in which a request is answered where nobody says otherwise (GDPR, article 12: a month)."""

_WHOLE_PHONE = 7
"""Digits from which a phone number is one person's."""


class RequestKind(StrEnum):
    """What is asked for."""

    ACCESS = "access"
    ERASURE = "erasure"
    LAWYER = "lawyer"


class RequestEnd(StrEnum):
    """How a request ended."""

    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody is known by; empty where it is not known."""

    name: str = ""
    phone: str = ""
    email: str = ""
    plate: str = ""

    @classmethod
    def of(cls, party: Party) -> Person:
        """Returns what a party is known by."""
        return cls(party.name or "", party.phone or "", party.email or "", party.plate or "")

    @property
    def is_nobody(self) -> bool:
        """Whether nothing is known."""
        return not (self.name or self.phone or self.email or self.plate)


_CODES = (Field.PHONE, Field.EMAIL, Field.PLATE)


def shared(one: Person, other: Person, spelling: Spelling) -> frozenset[Field]:
    """Returns in what two descriptions agree, however each of them is written.

    Names agree where all the words of one are words of the other.
    """
    found = set()
    if _words(one.name, spelling) and _names_agree(one.name, other.name, spelling):
        found.add(Field.NAME)
    for field_ in _CODES:
        mine, theirs = (_code(each, field_, spelling) for each in (one, other))
        if mine and mine == theirs:
            found.add(field_)
    return frozenset(found)


def surely_one(agreed: frozenset[Field]) -> bool:
    """Returns whether an agreement in these is about one person: a name alone never is."""
    return bool(agreed & set(_CODES))


def _names_agree(one: str, other: str, spelling: Spelling) -> bool:
    mine, theirs = _words(one, spelling), _words(other, spelling)
    return bool(theirs) and (mine <= theirs or theirs <= mine)


def _words(name: str, spelling: Spelling) -> frozenset[str]:
    kept = "".join(each if each.isalnum() else " " for each in spelling.fold(name))
    return frozenset(kept.split())


def _code(person: Person, field_: Field, spelling: Spelling) -> str:
    match field_:
        case Field.PHONE:
            digits = international(person.phone, spelling.dial)
            return digits if len(digits) >= _WHOLE_PHONE else ""
        case Field.EMAIL:
            return spelling.fold(person.email).strip()
    return "".join(filter(str.isalnum, spelling.fold(person.plate)))


@dataclass(frozen=True, slots=True)
class Hold:
    """Something that must not be erased for now.

    Attributes:
        number: by which it is lifted.
        reason: why, in whose words; empty once it was lifted and erased.
        person: whoever may be this one is held, wherever they stand; nobody where only exchanges
            are held.
        refs: the exchanges that it names.
        request: the number of the request that set it, if one did.
    """

    number: int
    placed_at: DateTime
    reason: str
    person: Person
    refs: tuple[str, ...]
    lifted_at: DateTime | None = None
    request: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still holds."""
        return self.lifted_at is None

    def covers(self, exchange: Exchange, spelling: Spelling, former: Iterable[Person] = ()) -> bool:
        """Returns whether it keeps that exchange from being erased.

        Whoever may be the person is held, by a name alone too: what was kept for nothing can go
        later, and what went cannot come back.

        Args:
            exchange: as it is now.
            spelling: how people are compared.
            former: who its parties were, by whatever is still written of them.
        """
        if not self.is_open:
            return False
        people = chain(map(Person.of, exchange.parties), former)
        return exchange.ref in self.refs or any(
            shared(self.person, each, spelling) for each in people
        )


@dataclass(frozen=True, slots=True)
class Picked:
    """A party of an exchange that an officer said is the person of a request."""

    ref: str
    side: Side


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party that may be the person of a request.

    Attributes:
        exchange: as it is now.
        side: where the party stands.
        by: in what it agrees with what was said of the person.
        picked: whether an officer has said that it is.
        former: whether only an older version of the party agrees.
    """

    exchange: Exchange
    side: Side
    by: frozenset[Field]
    picked: bool = False
    former: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether more than the name agrees; otherwise it is only possible."""
        return surely_one(self.by)


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked for.

    Attributes:
        number: by which it is known.
        asker: who asked; empty once it was erased.
        person: whom it is about.
        due_on: the local day by whose end it has to be answered.
        hold: the number of the hold that it set.
        picked: the parties that are that person.
    """

    number: int
    kind: RequestKind
    asked_at: DateTime
    due_on: date
    id_check: IdCheck
    asker: str
    person: Person
    hold: int | None = None
    picked: tuple[Picked, ...] = ()
    closed_at: DateTime | None = None
    ending: RequestEnd | None = None

    @property
    def is_open(self) -> bool:
        """Whether it was not closed yet."""
        return self.closed_at is None

    @property
    def is_identified(self) -> bool:
        """Whether whoever asked has shown who they are."""
        return self.id_check is IdCheck.SEEN


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHold(Intent):
    """Exchanges, a person or both must not be erased from now on."""

    verb: ClassVar[Verb] = Verb.HOLD
    reason: str
    refs: tuple[str, ...] = ()
    person: Person = Person()


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftHold(Intent):
    """A hold ends."""

    verb: ClassVar[Verb] = Verb.LIFT_HOLD
    number: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRequest(Intent):
    """Somebody asks for something; a lawyer's request sets a hold at once.

    Attributes:
        due_on: the local day; None is a month from now.
        refs: exchanges that were named with it.
    """

    verb: ClassVar[Verb] = Verb.REQUEST
    kind: RequestKind
    asker: str
    person: Person
    id_check: IdCheck = IdCheck.NOT_ASKED
    due_on: date | None = None
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestIntent(Intent):
    """An act about a request that was opened before."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Identify(RequestIntent):
    """Whoever asks has shown who they are, or has not."""

    verb: ClassVar[Verb] = Verb.IDENTIFY
    id_check: IdCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class PickParty(RequestIntent):
    """A party of an exchange is the person whom a request is about."""

    verb: ClassVar[Verb] = Verb.PICK
    ref: str
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class DropParty(RequestIntent):
    """A party that was picked is somebody else after all."""

    verb: ClassVar[Verb] = Verb.DROP
    ref: str
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclose(RequestIntent):
    """The sheet with a person's own data was handed out; ``text`` says to whom."""

    verb: ClassVar[Verb] = Verb.DISCLOSE
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRequest(RequestIntent):
    """A request is at its end; ``text`` says why."""

    verb: ClassVar[Verb] = Verb.CLOSE_REQUEST
    ending: RequestEnd
    text: str = ""


@dataclass(frozen=True, slots=True)
class Released:
    """To whom and when a person's data were handed out.

    Attributes:
        number: of the act.
        to: in the officer's words; empty once they were erased.
    """

    number: int
    at: DateTime
    officer: str
    to: str


@dataclass(frozen=True, slots=True)
class RequestFile:
    """A request with everything that is known of it.

    Attributes:
        candidates: who may be the person, the surest first; those who were picked are among them.
    """

    request: Request
    candidates: tuple[Candidate, ...]
    released: tuple[Released, ...] = field(default=())
