"""What may happen: every state with every verb."""

from dataclasses import replace
from itertools import product

import pytest

from desk.domain.exchange import Dispute, DisputeCategory, Exchange, Outcome, Presence, Side
from desk.domain.lifecycle import (
    CLOSING,
    EXCHANGE,
    HELD_ON_ARRIVAL,
    NEXT_OUTCOME,
    NEXT_PRESENCE,
    PARTY,
    PER_SIDE,
    Verb,
    refusal,
)
from desk.domain.verdict import Code
from tests.domain.making import all_intents, an_exchange, at

PARTY_AS_DESIGNED = """
          expected      held          here          left          absent
arrive    here          already_here  already_here  here          here
release   not_arrived   here          not_held      already_left  not_arrived
leave     not_arrived   left          left          already_left  not_arrived
start     not_here      hold          here          not_here      not_here
no_show   absent        not_expected  not_expected  not_expected  not_expected
expect    expected      already_here  already_here  already_left  not_expected
reopen    expected      held          here          left          expected
"""

EXCHANGE_AS_DESIGNED = """
          none          met           not_met       no_show       cancelled
amend     none          closed        closed        closed        cancelled!
swap      none          closed        closed        closed        cancelled!
note      none          met           not_met       no_show       cancelled
expect    none          closed        closed        closed        cancelled!
arrive    none          closed        closed        no_show       cancelled!
release   none          closed        closed        closed        cancelled!
start     none          closed        closed        closed        cancelled!
leave     none          met           not_met       no_show       cancelled
finish    met           closed        closed        closed        cancelled!
not_met   not_met       closed        closed        closed        cancelled!
no_show   no_show       closed        closed        closed        cancelled!
cancel    cancelled     closed        closed        closed        cancelled!
reopen    not_closed    none          none          none          none
dispute   none          met           not_met       no_show       cancelled
settle    none          met           not_met       no_show       cancelled
"""
"""``cancelled!`` is the refusal, ``cancelled`` the outcome."""


def cells(table: str) -> dict[tuple[str, str], str]:
    head, *rows = table.strip().splitlines()
    return {
        (verb, state): cell
        for verb, *row in (line.split() for line in rows)
        for state, cell in zip(head.split(), row, strict=True)
    }


def test_a_presence_follows_or_is_refused_as_designed() -> None:
    written = {
        (verb.value, presence.value): cell.value
        for verb, row in PARTY.items()
        for presence, cell in row.items()
    }

    assert written == cells(PARTY_AS_DESIGNED)


def test_an_outcome_follows_or_is_refused_as_designed() -> None:
    written = {
        (verb.value, outcome.value): "cancelled!" if cell is Code.CANCELLED else cell.value
        for verb, row in EXCHANGE.items()
        for outcome, cell in row.items()
    }

    assert written == cells(EXCHANGE_AS_DESIGNED)


def test_every_cell_exists() -> None:
    assert all(set(row) == set(Presence) for row in PARTY.values())
    assert all(set(row) == set(Outcome) for row in EXCHANGE.values())


def test_every_intent_about_an_exchange_has_a_row() -> None:
    assert {intent.verb for intent in all_intents()} == set(EXCHANGE)


def test_every_verb_about_one_party_has_a_row_of_presences() -> None:
    assert set(PARTY) >= PER_SIDE


def test_what_follows_are_the_cells_that_are_no_refusal() -> None:
    assert len(NEXT_PRESENCE) == sum(
        isinstance(cell, Presence) for row in PARTY.values() for cell in row.values()
    )
    assert len(NEXT_OUTCOME) == sum(
        isinstance(cell, Outcome) for row in EXCHANGE.values() for cell in row.values()
    )
    for (verb, presence), cell in NEXT_PRESENCE.items():
        assert PARTY[verb][presence] is cell
    for (verb, outcome), after in NEXT_OUTCOME.items():
        assert EXCHANGE[verb][outcome] is after


def test_the_closing_verbs_are_those_that_give_an_open_exchange_an_outcome() -> None:
    reaching = {verb for verb, row in EXCHANGE.items() if row[Outcome.NONE] in set(Outcome)}
    assert {
        verb for verb in reaching if EXCHANGE[verb][Outcome.NONE] is not Outcome.NONE
    } == CLOSING


def test_nobody_who_came_is_ever_made_absent() -> None:
    made_absent = {before for (_, before), after in NEXT_PRESENCE.items() if after == "absent"}

    assert made_absent <= {Presence.EXPECTED, Presence.ABSENT}


def test_an_arrival_under_a_hold_is_recorded_and_kept_apart() -> None:
    arrivals = {after for (verb, _), after in NEXT_PRESENCE.items() if verb is Verb.ARRIVE}

    assert {HELD_ON_ARRIVAL[after] for after in arrivals} == {Presence.HELD}


WHOLE_PRODUCT = [
    (verb, an_exchange(giver, receiver, outcome))
    for verb, giver, receiver, outcome in product(EXCHANGE, Presence, Presence, Outcome)
]


@pytest.mark.parametrize("verb", EXCHANGE)
def test_a_closed_exchange_answers_before_its_parties_do(verb: Verb) -> None:
    for each, exchange in WHOLE_PRODUCT:
        blocked = EXCHANGE[verb][exchange.outcome]
        if each is verb and isinstance(blocked, Code):
            assert {refusal(exchange, verb, side) for side in (None, *Side)} == {blocked}


@pytest.mark.parametrize("verb", sorted(PER_SIDE))
def test_one_party_is_answered_by_its_own_presence(verb: Verb) -> None:
    for each, exchange in WHOLE_PRODUCT:
        if each is not verb or isinstance(EXCHANGE[verb][exchange.outcome], Code):
            continue
        for side in Side:
            cell = PARTY[verb][exchange.party(side).presence]
            assert refusal(exchange, verb, side) == (cell if isinstance(cell, Code) else None)


@pytest.mark.parametrize("verb", sorted(PER_SIDE))
def test_no_party_named_asks_whether_the_verb_fits_either(verb: Verb) -> None:
    for each, exchange in WHOLE_PRODUCT:
        if each is verb:
            came_first = sorted(Side, key=lambda side: not exchange.party(side).visits)
            answers = [refusal(exchange, verb, side) for side in came_first]
            assert refusal(exchange, verb) == (None if None in answers else answers[0])


def came(exchange: Exchange) -> bool:
    return bool(exchange.giver.visits or exchange.receiver.visits)


def test_the_whole_exchange_is_looked_at_where_the_verb_is_about_both() -> None:
    for verb, exchange in WHOLE_PRODUCT:
        if verb in PER_SIDE or isinstance(EXCHANGE[verb][exchange.outcome], Code):
            continue
        presences = {party.presence for party in exchange.parties}
        possible = {
            Verb.START: presences == {Presence.HERE},
            Verb.FINISH: exchange.met,
            Verb.NOT_MET: came(exchange),
            Verb.DISPUTE: came(exchange),
            Verb.SETTLE: False,
        }.get(verb, True)
        assert (refusal(exchange, verb) is None) is possible, (verb, exchange)


@pytest.mark.parametrize(
    ("verb", "giver", "receiver", "code"),
    [
        (Verb.START, Presence.HERE, Presence.EXPECTED, Code.NOT_HERE),
        (Verb.START, Presence.HELD, Presence.HERE, Code.HOLD),
        (Verb.START, Presence.HERE, Presence.LEFT, Code.NOT_HERE),
        (Verb.FINISH, Presence.HERE, Presence.EXPECTED, Code.DID_NOT_MEET),
        (Verb.FINISH, Presence.EXPECTED, Presence.EXPECTED, Code.DID_NOT_MEET),
        (Verb.NOT_MET, Presence.EXPECTED, Presence.EXPECTED, Code.NOT_ARRIVED),
        (Verb.DISPUTE, Presence.EXPECTED, Presence.EXPECTED, Code.NOT_ARRIVED),
        (Verb.SETTLE, Presence.HERE, Presence.HERE, Code.NOT_DISPUTED),
    ],
)
def test_the_code_of_a_refusal_about_both(
    verb: Verb, giver: Presence, receiver: Presence, code: Code
) -> None:
    assert refusal(an_exchange(giver, receiver), verb) is code


def test_a_started_exchange_is_not_started_again() -> None:
    started = replace(an_exchange(Presence.HERE, Presence.HERE), started_at=at("14:12"))

    assert refusal(started, Verb.START) is Code.ALREADY_STARTED


@pytest.mark.parametrize("outcome", Outcome)
def test_one_dispute_is_open_at_a_time_in_any_outcome(outcome: Outcome) -> None:
    exchange = an_exchange(Presence.HERE, Presence.LEFT, outcome)
    dispute = Dispute(1, DisputeCategory.THREAT, None, at("14:12"))
    disputed = replace(exchange, dispute=dispute)
    settled = replace(exchange, dispute=replace(dispute, settled_at=at("14:20")))

    assert refusal(exchange, Verb.DISPUTE) is None
    assert refusal(disputed, Verb.DISPUTE) is Code.ALREADY_DISPUTED
    assert refusal(disputed, Verb.SETTLE) is None
    assert refusal(settled, Verb.SETTLE) is Code.NOT_DISPUTED
    assert refusal(settled, Verb.DISPUTE) is None
