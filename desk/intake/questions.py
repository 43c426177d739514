"""What the questions of a booking page ask, and who is who by the answers.

Most booking tools know one customer. The other party is an answer to a question that the station
worded by itself, in English or French, so words are looked for, not sentences. Every word here is
folded: lower case, without accents and apostrophes ("l'acheteur" is "lacheteur").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from desk.domain.exchange import Side
from desk.intake.raw import RawParty
from desk.intake.table import NOTHING, Cell
from desk.text import fold


class Topic(StrEnum):
    """What is asked."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    PLATE = "plate"
    ITEM = "item"
    ROLE = "role"


class Whose(StrEnum):
    """Of whom it is asked: of the one who booked, of the other, or of the one on a side."""

    BOOKER = "booker"
    OTHER = "other"
    GIVER = "giver"
    RECEIVER = "receiver"


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks, and of whom."""

    topic: Topic
    whose: Whose


@dataclass(frozen=True, slots=True)
class Answered:
    """Both parties and the item, as the booker and the answers tell of them."""

    giver: RawParty
    receiver: RawParty
    item: Cell


_SIDES = {
    Side.GIVER: re.compile(
        r"\b(sellers?|releasing|first party|givers?|(du |le |la )?vende(ur|use)s?)\b"
    ),
    Side.RECEIVER: re.compile(
        r"\b(buyers?|receiving|second party|receivers?|l?achete(ur|use)s?)\b"
    ),
}
_OTHER = re.compile(
    r"\bother (adult|driver|parent|party|person|side)s?\b"
    r"|\bl?autre (adulte|conducteur|parent|partie|personne)s?\b"
)
_MEETING = re.compile(r"\b(meet|meeting|exchanging with|rencontrez)\b")
_YES_OR_NO = re.compile(r"(are|can|did|do|does|has|have|is|will|avez vous|etes vous|est ce que)\b")
_TOPICS = {
    Topic.PHONE: re.compile(r"\b(cell|mobile|phone|telephone|tel|portable)\b"),
    Topic.EMAIL: re.compile(r"\b(e ?mail|mail|courriel|mel)\b"),
    Topic.PLATE: re.compile(r"\b(plates?|registration|plaque|immatriculation)\b"),
    Topic.NAME: re.compile(r"\b(names?|who|whom|noms?|qui)\b"),
    Topic.ITEM: re.compile(
        r"\b(exchanged|goods|items?|selling|what|l?articles?|l?objets?|echange)\b"
    ),
}


@lru_cache(maxsize=256)
def asks(question: str) -> Question | None:
    """Returns what a question asks about, or None where desk has no use for the answer."""
    words = fold(question)
    topic = next((topic for topic, pattern in _TOPICS.items() if pattern.search(words)), None)
    whose = _whose(words, topic)
    if topic in (None, Topic.ITEM) and len(_sides(words)) > 1:
        return Question(Topic.ROLE, Whose.BOOKER)
    if _YES_OR_NO.match(words):
        return None
    if topic is Topic.ITEM:
        return Question(topic, Whose.BOOKER)
    if whose is Whose.BOOKER and topic in (None, Topic.NAME):
        # The booker's own name has a column, and anything else is not about a party.
        return None
    return Question(topic or Topic.NAME, whose)


def _sides(words: str) -> list[Side]:
    return [side for side, pattern in _SIDES.items() if pattern.search(words)]


def _whose(words: str, topic: Topic | None) -> Whose:
    sides = _sides(words)
    if len(sides) == 1:
        return Whose(sides[0])
    met = topic is Topic.NAME and _MEETING.search(words)
    return Whose.OTHER if sides or met or _OTHER.search(words) else Whose.BOOKER


def who_is_who(booker: RawParty, other: RawParty, answers: Iterable[tuple[str, Cell]]) -> Answered:
    """Returns both parties, on the sides that the answers state or else assumed.

    The booker is the giver unless an answer says otherwise: one about the booker's role, or one
    to a question that names a side ("Buyer's name"). Of two answers to one question the first
    counts; an answer goes before what a column says.

    Args:
        booker: what the file's columns say of the one who booked.
        other: what they say of the other.
        answers: each question with the cell of its answer.
    """
    told: dict[Question, Cell] = {}
    for question, answer in answers:
        asked = asks(question)
        if asked is not None and answer.text:
            told.setdefault(asked, answer)
    stated = _stated_side(booker.name, told)
    side = stated or Side.GIVER
    assumed = stated is None
    parties = {
        side: _party(booker, told, (Whose(side), Whose.BOOKER), assumed=assumed),
        side.other: _party(other, told, (Whose(side.other), Whose.OTHER), assumed=assumed),
    }
    item = told.get(Question(Topic.ITEM, Whose.BOOKER), NOTHING)
    return Answered(parties[Side.GIVER], parties[Side.RECEIVER], item)


def _stated_side(booker: Cell, told: Mapping[Question, Cell]) -> Side | None:
    """Returns the booker's side, where an answer states it."""
    role = told.get(Question(Topic.ROLE, Whose.BOOKER), NOTHING)
    roles = _sides(fold(role.text))
    if len(roles) == 1:
        return roles[0]
    names = {
        side: fold(told[asked].text)
        for side in Side
        if (asked := Question(Topic.NAME, Whose(side))) in told
    }
    own = [side for side, name in names.items() if name == fold(booker.text)]
    others = [side for side in names if side not in own]
    return next(iter(own), None) or next((side.other for side in others), None)


def _party(
    columns: RawParty, told: Mapping[Question, Cell], whose: tuple[Whose, ...], *, assumed: bool
) -> RawParty:
    def answer(topic: Topic, column: Cell) -> Cell:
        given = (told.get(Question(topic, one)) for one in whose)
        return next((cell for cell in given if cell is not None), column)

    return RawParty(
        name=answer(Topic.NAME, columns.name),
        phone=answer(Topic.PHONE, columns.phone),
        email=answer(Topic.EMAIL, columns.email),
        plate=answer(Topic.PLATE, columns.plate),
        assumed=assumed,
    )
