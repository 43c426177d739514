"""Every intent in every state: always answered, and nothing is ever broken."""

from dataclasses import replace

import pytest

from desk.domain.acts import decide
from desk.domain.booking import Booking
from desk.domain.exchange import DisputeCategory, Outcome, Presence, Settlement, Side
from desk.domain.intents import (
    Amend,
    Arrive,
    ArriveAnyway,
    Cancel,
    ExchangeIntent,
    Expect,
    Finish,
    Leave,
    MoveToNow,
    NoShow,
    Note,
    NotMet,
    OpenDispute,
    Release,
    Reopen,
    Settle,
    Start,
    Swap,
)
from desk.domain.lifecycle import refusal
from desk.domain.verdict import Code
from tests.domain.making import OFFICER, REF, a_situation, all_intents, an_exchange, at, refused

EVERY_INTENT: list[ExchangeIntent] = [
    Arrive(by=OFFICER, ref=REF),
    ArriveAnyway(by=OFFICER, ref=REF, reason="Order of a supervisor"),
    Release(by=OFFICER, ref=REF),
    Start(by=OFFICER, ref=REF),
    Leave(by=OFFICER, ref=REF),
    Finish(by=OFFICER, ref=REF),
    NotMet(by=OFFICER, ref=REF),
    NoShow(by=OFFICER, ref=REF),
    Cancel(by=OFFICER, ref=REF),
    Reopen(by=OFFICER, ref=REF, reason="Came back after all"),
    Amend(by=OFFICER, ref=REF, booking=Booking.of(an_exchange()).in_bay("2")),
    MoveToNow(by=OFFICER, ref=REF),
    Swap(by=OFFICER, ref=REF),
    Note(by=OFFICER, ref=REF, text="Waits outside"),
    Expect(by=OFFICER, ref=REF, comes_at=at("14:50")),
    OpenDispute(by=OFFICER, ref=REF, category=DisputeCategory.THREAT, text="Shouted"),
    Settle(by=OFFICER, ref=REF, settlement=Settlement.NO_ACTION),
]
STATES = [
    an_exchange(giver, receiver, outcome)
    for giver in Presence
    for receiver in Presence
    for outcome in Outcome
]


def test_no_intent_is_forgotten() -> None:
    assert {type(intent) for intent in EVERY_INTENT} == all_intents()


@pytest.mark.parametrize("intent", EVERY_INTENT)
def test_every_intent_is_decided_in_every_state_and_breaks_nothing(intent: ExchangeIntent) -> None:
    for exchange in STATES:
        decision = decide(exchange, intent, a_situation())
        after = decision.after
        assert decision.at == at("14:32")
        assert decision.verdict.accepted or after == exchange
        assert not any(party.visits for party in after.parties if party.presence is Presence.ABSENT)
        newly_met = after.outcome is Outcome.MET and exchange.outcome is not Outcome.MET
        assert after.met or not newly_met


@pytest.mark.parametrize("intent", EVERY_INTENT)
def test_no_act_is_in_the_future(intent: ExchangeIntent) -> None:
    early = replace(intent, at=at("14:32:01"))
    answers = {decide(exchange, early, a_situation()).verdict.code for exchange in STATES}

    assert Code.ACCEPTED not in answers


@pytest.mark.parametrize("intent", EVERY_INTENT)
def test_no_act_is_done_where_its_words_fit_either_party(intent: ExchangeIntent) -> None:
    unclear = replace(intent, either_side=True)

    for exchange in STATES:
        code = decide(exchange, unclear, a_situation()).verdict.code
        assert code is (refusal(exchange, intent.verb) or Code.WHICH_SIDE)


def test_the_facts_say_what_is_meant() -> None:
    verdict = refused(
        an_exchange(Presence.HERE), Arrive(by=OFFICER, ref=REF, side=Side.GIVER)
    ).verdict

    assert verdict.ref == REF
    assert (verdict.facts.side, verdict.facts.kind) == ("giver", "sale")
    assert (verdict.facts.starts_at, verdict.facts.ends_at) == (at("14:15"), at("14:35"))
