"""Verdicts in words: what is so, and what can be done about it."""

from dataclasses import replace

from desk.domain.acts import decide
from desk.domain.exchange import Exchange, Presence, Side
from desk.domain.intents import ExchangeIntent, Expect
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
