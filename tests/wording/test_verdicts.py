"""Verdicts in words: what is so, and what can be done about it."""

from dataclasses import replace

import pytest

from desk.domain.acts import decide
from desk.domain.exchange import Exchange, Presence, Side
from desk.domain.intents import Arrive, ExchangeIntent, Expect, Leave, NoShow, NotMet, Release
from desk.domain.verdict import Code, Verdict
from desk.wording import tell
from tests.domain.making import OFFICER, REF, ZONE, a_situation, an_exchange, at

E, HELD, HERE, LEFT, ABSENT = Presence
G, R = Side


def told(exchange: Exchange, intent: ExchangeIntent) -> tuple[str, str | None]:
    """What is said to an attempt at 14:32."""
    words = tell(decide(exchange, intent, a_situation()).verdict, ZONE)
    return words.explanation, words.next


def test_a_call_for_a_time_that_is_past_says_what_to_type() -> None:
    expect = Expect(by=OFFICER, ref=REF, side=R, comes_at=at("02:40"))

    assert told(an_exchange(), expect) == (
        "02:40 was already past at 14:32.",
        "Type when they come, such as 14:47.",
    )
    assert told(an_exchange(), replace(expect, at=at("14:10")))[0].endswith("at 14:10.")


BY_NOBODY_NAMED: list[tuple[ExchangeIntent, Exchange, str]] = [
    (
        Arrive(by=OFFICER, ref=REF),
        an_exchange(HERE, HERE),
        "Both parties of K7QDM7 are already here.",
    ),
    (
        Leave(by=OFFICER, ref=REF),
        an_exchange(LEFT, LEFT),
        "Both parties of K7QDM7 have already left.",
    ),
    (
        Leave(by=OFFICER, ref=REF),
        an_exchange(E, LEFT),
        "The buyer of K7QDM7 has already left.",
    ),
    (Leave(by=OFFICER, ref=REF), an_exchange(), "Nobody has arrived for that yet at K7QDM7."),
    (NotMet(by=OFFICER, ref=REF), an_exchange(), "Nobody has arrived for that yet at K7QDM7."),
    (
        Release(by=OFFICER, ref=REF),
        an_exchange(HERE, HERE),
        "Neither party of K7QDM7 is kept apart.",
    ),
    (
        Release(by=OFFICER, ref=REF),
        an_exchange(E, HERE),
        "The buyer of K7QDM7 is not kept apart.",
    ),
    (
        NoShow(by=OFFICER, ref=REF),
        an_exchange(HERE, LEFT),
        "Both parties of K7QDM7 have come, and so neither is absent.",
    ),
]


@pytest.mark.parametrize(("intent", "exchange", "explanation"), BY_NOBODY_NAMED)
def test_a_refusal_says_whom_it_is_about_where_nobody_was_named(
    intent: ExchangeIntent, exchange: Exchange, explanation: str
) -> None:
    assert told(exchange, intent)[0] == explanation


@pytest.mark.parametrize(
    ("intent", "exchange", "explanation"),
    [
        (
            Leave(by=OFFICER, ref=REF, side=G),
            an_exchange(E, HERE),
            "The seller of K7QDM7 has not arrived yet.",
        ),
        (
            Arrive(by=OFFICER, ref=REF, side=R),
            an_exchange(HERE, HERE),
            "The buyer of K7QDM7 is already here.",
        ),
        (
            NoShow(by=OFFICER, ref=REF, sides=(R,)),
            an_exchange(E, HERE),
            "The buyer of K7QDM7 has come, and so is not absent.",
        ),
    ],
)
def test_or_where_somebody_was(
    intent: ExchangeIntent, exchange: Exchange, explanation: str
) -> None:
    assert told(exchange, intent)[0] == explanation


@pytest.mark.parametrize(
    ("presence", "explanation"),
    [
        (HERE, "The buyer of K7QDM7 is already here."),
        (HELD, "The buyer of K7QDM7 is already here."),
        (LEFT, "The buyer of K7QDM7 has already left."),
    ],
)
def test_a_call_of_somebody_who_came_is_not_about_absence(
    presence: Presence, explanation: str
) -> None:
    expect = Expect(by=OFFICER, ref=REF, side=R, comes_at=at("14:50"))

    assert told(an_exchange(E, presence), expect) == (explanation, "Add a note.")


@pytest.mark.parametrize("typed", ["K7QDM0", "K7QDMO", "K7QDM1", "K7QDMI", "K7QDML", "K7QDMU"])
def test_a_sign_that_no_reference_has_is_named(typed: str) -> None:
    words = tell(Verdict(Code.UNKNOWN, typed), ZONE).explanation

    assert words == (
        f"{typed} is not a reference of this station."
        " A reference never has 0, O, 1, I, L or U in it."
    )
