"""What a sheet offers in every stage, and in which order: the harmless likeliest first."""

from __future__ import annotations

import pytest

from desk.domain.exchange import Outcome, Side
from desk.domain.lifecycle import Verb
from desk.domain.rules import Moment
from desk.tui.offers import HARMLESS, acts_for
from desk.tui.present.places import OtherBay
from tests.builders import ExchangeBuilder, an_exchange, moment

G, R = Side.GIVER, Side.RECEIVER
NOW = Moment(moment("14:32"))

STAGES: dict[str, tuple[ExchangeBuilder, list[str]]] = {
    "upcoming": (
        an_exchange().at("16:00"),
        ["arrive giver", "arrive receiver", "no_show", "cancel", "amend", "note", "expect", "swap"],
    ),
    "due": (
        an_exchange().at("14:45"),
        ["arrive giver", "arrive receiver", "no_show", "cancel", "amend", "note", "expect", "swap"],
    ),
    "waiting for the buyer": (
        an_exchange().at("14:45").with_seller_here("14:30"),
        ["arrive receiver", "leave giver"],
    ),
    "waiting for the seller": (
        an_exchange().at("14:45").with_buyer_here("14:30"),
        ["arrive giver", "leave receiver"],
    ),
    "late": (
        an_exchange().at("14:30"),
        ["arrive giver", "arrive receiver"],
    ),
    "overdue": (
        an_exchange().at("14:15").with_seller_here("14:13"),
        ["arrive receiver", "leave giver", "no_show", "not_met", "cancel", "dispute"],
    ),
    "ready": (
        an_exchange().at("14:30").with_both_here("14:29"),
        ["start", "finish", "leave giver", "leave receiver", "not_met", "cancel", "dispute"],
    ),
    "in the bay": (
        an_exchange().at("14:30").with_both_here("14:29").started("14:31"),
        ["finish", "leave giver", "leave receiver"],
    ),
    "over": (
        an_exchange().at("14:00").with_both_here("13:58").started("14:02"),
        ["finish", "leave giver", "leave receiver"],
    ),
    "parted before they met": (
        an_exchange().at("14:15").with_left(G),
        ["arrive receiver", "arrive giver", "no_show", "not_met", "cancel", "dispute"],
    ),
    "parted after they met": (
        an_exchange().at("14:15").with_left(G, "14:13", "14:30").with_buyer_here("14:20"),
        ["finish", "leave receiver", "arrive giver"],
    ),
    "held": (
        an_exchange().at("14:15").with_held(G).with_buyer_here(),
        ["release giver", "leave giver", "leave receiver", "not_met"],
    ),
    "met": (
        an_exchange()
        .with_left(G, "14:13", "14:30")
        .with_left(R, "14:13", "14:30")
        .ended(Outcome.MET),
        ["reopen", "dispute", "note"],
    ),
    "met, and the seller still here": (
        an_exchange().with_seller_here().with_left(R, "14:13", "14:30").ended(Outcome.MET),
        ["leave giver", "reopen", "dispute", "note"],
    ),
    "not met": (
        an_exchange().with_left(G).ended(Outcome.NOT_MET),
        ["reopen", "dispute", "note"],
    ),
    "cancelled": (an_exchange().ended(Outcome.CANCELLED), ["reopen", "note"]),
    "disputed": (
        an_exchange().with_left(G).ended(Outcome.NOT_MET).disputed(),
        ["reopen", "settle", "note"],
    ),
}


def offered(builder: ExchangeBuilder, side: Side | None = None) -> list[str]:
    """Returns the verbs and sides that are offered, likeliest first."""
    acts = acts_for(builder.build(), side, NOW)
    return [f"{act.verb} {act.side}" if act.side else str(act.verb) for act in acts]


@pytest.mark.parametrize("stage", STAGES)
def test_the_order_of_offers(stage: str) -> None:
    builder, expected = STAGES[stage]

    assert offered(builder)[: len(expected)] == expected


@pytest.mark.parametrize("stage", STAGES)
def test_careful_acts_never_come_before_harmless_ones(stage: str) -> None:
    acts = acts_for(STAGES[stage][0].build(), None, NOW)

    careful = [n for n, act in enumerate(acts) if act.verb not in HARMLESS]
    assert careful == list(range(len(acts) - len(careful), len(acts)))


@pytest.mark.parametrize("side", Side)
def test_whoever_stands_at_the_desk_comes_first(side: Side) -> None:
    expected = an_exchange().at("14:30")

    assert offered(expected, side)[:2] == [f"arrive {side}", f"arrive {side.other}"]


def test_one_who_is_here_and_found_is_leaving() -> None:
    waiting = an_exchange().at("14:45").with_seller_here("14:30")

    assert offered(waiting, G)[:2] == ["leave giver", "arrive receiver"]


def test_one_of_two_in_the_bay_who_is_found_comes_to_finish() -> None:
    in_bay = an_exchange().at("14:30").with_both_here("14:29").started("14:31")

    assert offered(in_bay, G)[:2] == ["finish", "leave giver"]


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("14:15", "Arrive: buyer, 17 min late"),
        ("13:00", "Arrive: buyer, 1 h 32 late"),
        ("14:31", "Arrive: buyer, 1 min late"),
        ("14:32", "Arrive: buyer"),
        ("14:33", "Arrive: buyer"),
        ("14:45", "Arrive: buyer, 13 min early"),
    ],
)
def test_an_arrival_says_how_late_it_is(at: str, words: str) -> None:
    (arrive, *_rest) = acts_for(an_exchange().at(at).build(), R, NOW)

    assert arrive.words == words


def test_late_after_a_no_show_the_outcome_stays_or_it_is_reopened() -> None:
    absent = an_exchange().at("14:15").with_seller_here().with_absent(R, closed="14:31")

    came_late, _leave, reopen, *_rest = acts_for(absent.build(), R, NOW)

    assert (came_late.verb, came_late.side, came_late.harmless) == (Verb.ARRIVE, R, True)
    assert came_late.words == "Came late: buyer, 17 min late; the no-show stays"
    assert (reopen.verb, reopen.side, reopen.harmless) == (Verb.REOPEN, R, False)
    assert reopen.words == "Reopen and check in: buyer"


def test_a_free_bay_is_offered_before_what_is_asked_for_seldom() -> None:
    elsewhere = OtherBay("3", "bay 3", "free to 15:15")
    acts = acts_for(an_exchange().at("14:30").build(), None, NOW, elsewhere)

    words = [act.words for act in acts]
    assert words.index("Move to bay 3 (free to 15:15)") == 2
    assert not acts[2].harmless
