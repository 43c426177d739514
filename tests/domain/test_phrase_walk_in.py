"""A walk-in in words, as it is entered from the paper that it was written on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.booking import MadeAt
from desk.domain.exchange import Kind, Side
from desk.domain.intents import By
from desk.domain.phrase_reader import Fault, PhraseContext, PhraseError
from desk.domain.phrase_walk_in import WalkIn, is_walk_in, read_walk_in
from desk.domain.rules import Rules
from desk.wording import roles
from tests.builders import KENNEWICK, moment

CONTEXT = PhraseContext(
    by=By("4412", "desk 1"),
    now=moment("14:32"),
    zone=KENNEWICK.zone,
    default_ref=None,
    lookup=lambda _ref: None,
    roles=roles,
    bay_reasons=("They share it",),
    bays=[bay.code for bay in KENNEWICK.bays],
)
NAMES = ["walkin", "Ann One", "Bob Two"]
PLAIN = WalkIn(CONTEXT.by, ("Ann One", "Bob Two"))


def fault(*words: str) -> str:
    with pytest.raises(PhraseError) as raised:
        read_walk_in(words, CONTEXT)
    return raised.value.code


@pytest.mark.parametrize("word", ["walkin", "walk_in", "Walk-In", "walkin Ann Bob"])
def test_what_begins_a_walk_in(word: str) -> None:
    assert is_walk_in([word])
    assert not is_walk_in(["walk"])
    assert not is_walk_in([])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], {}),
        (["road", "bike"], {"item": "road bike"}),
        (["at", "13:05"], {"at": moment("13:05")}),
        (["at", "-5"], {"at": moment("14:27")}),
        (["bike", "at", "13:05", "bay", "2"], {"item": "bike", "at": moment("13:05"), "bay": "2"}),
        (["bay", "lobby", "kind", "Vehicle"], {"bay": "Lobby", "kind": Kind.VEHICLE}),
        (["bay", "none"], {"bay": None, "bay_said": True}),
        (["only", "seller"], {"here": (Side.GIVER,)}),
        (["only", "r"], {"here": (Side.RECEIVER,)}),
        (["because", "1"], {"reason": "They share it"}),
        (["because", "it", "rains"], {"reason": "it rains"}),
        (["book", "at", "home"], {"item": "book at home"}),
        (["the", "only", "kind"], {"item": "the only kind"}),
        (["at"], {"item": "at"}),
    ],
)
def test_the_words_after_the_names(words: list[str], said: dict[str, Any]) -> None:
    if "bay" in said:
        said = {**said, "bay_said": True}

    assert read_walk_in([*NAMES, *words], CONTEXT) == replace(PLAIN, **said)


def test_one_argument_has_its_names_in_quotes() -> None:
    assert read_walk_in(["walkin \"Ann One\" 'Bob Two' road bike"], CONTEXT) == replace(
        PLAIN, item="road bike"
    )


def test_a_dash_is_one_who_is_not_named_yet() -> None:
    assert read_walk_in(["walkin", "-", "Bob Two"], CONTEXT).names == (None, "Bob Two")
    assert read_walk_in(["walkin", "Ann One", "–"], CONTEXT).names == ("Ann One", None)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["walkin"], Fault.MISSING_NAMES),
        (["walkin Ann"], Fault.MISSING_NAMES),
        (["walkin", "-", "-"], Fault.MISSING_NAMES),
        (['walkin "Ann One'], Fault.MISSING_NAMES),
        ([*NAMES, "bay", "9"], Fault.UNKNOWN_BAY),
        ([*NAMES, "bay"], Fault.UNKNOWN_BAY),
    ],
)
def test_what_makes_no_walk_in(words: list[str], code: Fault) -> None:
    assert fault(*words) == code


def test_what_is_booked_begins_when_they_came_and_takes_as_long_as_its_kind() -> None:
    walk_in = read_walk_in([*NAMES, "at", "13:05", "bay", "1", "only", "g"], CONTEXT)
    booking = walk_in.booking(Rules(), CONTEXT.now)
    intent = walk_in.intent(booking)

    assert (booking.starts_at, booking.ends_at) == (moment("13:05"), moment("13:25"))
    assert (booking.giver.name, booking.receiver.name, booking.bay) == ("Ann One", "Bob Two", "1")
    assert (intent.at, intent.here, intent.made_at) == (
        moment("13:05"),
        (Side.GIVER,),
        MadeAt.WALK_IN,
    )


@given(st.lists(st.text(max_size=8) | st.sampled_from(["at", "bay", "kind", "only", "because"])))
def test_any_words_are_a_walk_in_or_a_fault(words: list[str]) -> None:
    answer: WalkIn | PhraseError
    try:
        answer = read_walk_in(["walkin", *words], CONTEXT)
    except PhraseError as wrong:
        answer = wrong
    assert isinstance(answer, WalkIn) or answer.code in set(Fault)
