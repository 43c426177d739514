"""The card: both parties, since when and how, what happened and what the clock brought about."""

from dataclasses import replace
from typing import Any

import pytest

from desk import text
from desk.domain.booking import FieldChange
from desk.domain.exchange import (
    DisputeCategory,
    Exchange,
    IdCheck,
    Kind,
    Outcome,
    Party,
    Presence,
    Settlement,
    Side,
    Visit,
)
from desk.domain.views import TimelineEntry
from desk.tui.present import CardPicture, PartyBlock, TimelineLine, Tone, card
from tests.domain.making import an_exchange, at
from tests.hostile import HOSTILE, HOSTILE_NAMES
from tests.tui.widgets import saturday


def drawn(exchange: Exchange, *entries: TimelineEntry, now: str = "14:32") -> CardPicture:
    return card(exchange, entries, (), saturday.scene(now))


def giver(exchange: Exchange, now: str = "14:32") -> PartyBlock:
    return drawn(exchange, now=now).parties[0]


def presence(exchange: Exchange, now: str = "14:32") -> str:
    return giver(exchange, now).presence.text


def with_giver(**changes: Any) -> Exchange:
    exchange = an_exchange()
    return exchange.with_party(replace(exchange.giver, **changes))


def an_act(**changes: Any) -> TimelineEntry:
    entry = saturday.timeline()[0]
    return replace(entry, **changes)


def test_the_card_of_the_pictures() -> None:
    shown = card(saturday.dupont(), saturday.timeline(), saturday.OFFERS, saturday.scene())

    assert shown.ref == "K7QDM7"
    assert shown.state.piece.text == "‼ overdue 2 min"
    assert shown.item == "iPhone 13 128 GB · 320 USD"
    assert shown.bay == "bay 1"
    assert shown.about == ("Sale", "bay 1", "cameras P-03 P-04")
    seller, buyer = shown.parties
    assert (seller.role, seller.name.text) == ("Seller", "Marie Dupont")
    assert seller.presence.text == "✓ here since 14:13, ID seen"
    assert seller.contacts == ("plate BRT-4471",)
    assert buyer.presence.text == "· not here, grace ended 14:30"
    assert buyer.contacts == ("+1 509 555 0142",)
    assert shown.offers == saturday.OFFERS
    assert shown.timeline == (
        TimelineLine("14:30", "grace ended, no-show proposed", "grace ended"),
        TimelineLine("14:13", "seller arrived", "seller arrived", "4412"),
        TimelineLine("13:05", "booked from calendly.csv", "booked, calendly.csv"),
    )


@pytest.mark.parametrize(
    ("exchange", "now", "words"),
    [
        (an_exchange(), "14:00", "· expected 14:15"),
        (an_exchange(), "14:20", "· not here, grace to 14:30"),
        (an_exchange(), "14:30", "· not here, grace ended 14:30"),
        (with_giver(expected_at=at("14:40")), "14:32", "· called, comes at 14:40"),
        (with_giver(expected_at=at("14:40")), "14:55", "· not here, grace ended 14:55"),
        (an_exchange(outcome=Outcome.CANCELLED), "14:32", "· was expected"),
        (an_exchange(outcome=Outcome.NOT_MET), "14:32", "· did not come"),
        (an_exchange(Presence.HERE), "14:32", "✓ here since 14:10"),
        (an_exchange(Presence.HELD), "14:32", "⏸ kept apart since 14:10"),
        (an_exchange(Presence.LEFT), "14:32", "↩ came 14:10, left 14:20"),
        (an_exchange(Presence.ABSENT), "14:32", "✗ did not come"),
    ],
)
def test_each_presence_is_told_in_words(exchange: Exchange, now: str, words: str) -> None:
    assert presence(exchange, now) == words


def test_a_party_that_left_unseen_has_no_time_of_leaving() -> None:
    unseen = Visit(at("14:10"), at("14:25"), left_observed=False)
    left = with_giver(presence=Presence.LEFT, visits=(unseen,))
    again = with_giver(presence=Presence.HERE, visits=(unseen, Visit(at("14:31"))))

    assert presence(left) == "↩ came 14:10, left, time not observed"
    assert giver(again).earlier == ("14:10–?",)
    assert presence(again) == "✓ here since 14:31"


def test_every_visit_is_told() -> None:
    visits = (
        Visit(at("13:50"), at("14:02"), left_observed=True),
        Visit(at("14:05"), at("14:08"), left_observed=True),
        Visit(at("14:31")),
    )

    assert giver(with_giver(presence=Presence.HERE, visits=visits)).earlier == (
        "13:50–14:02",
        "14:05–14:08",
    )


@pytest.mark.parametrize(
    ("id_check", "words"),
    [
        (IdCheck.NOT_ASKED, "✓ here since 14:10"),
        (IdCheck.SEEN, "✓ here since 14:10, ID seen"),
        (IdCheck.NOT_SHOWN, "✓ here since 14:10, ID not shown"),
    ],
)
def test_an_id_is_mentioned_once_it_was_asked_for(id_check: IdCheck, words: str) -> None:
    exchange = an_exchange(Presence.HERE)

    assert presence(exchange.with_party(replace(exchange.giver, id_check=id_check))) == words


def test_times_on_another_day_than_the_exchanges_name_their_day() -> None:
    early = Visit(at("23:50").subtract(days=1))
    exchange = with_giver(presence=Presence.HERE, visits=(early,))
    booked = an_act(occurred_at=early.arrived_at, recorded_at=early.arrived_at)

    assert presence(exchange) == "✓ here since 20 Nov 23:50"
    assert drawn(exchange, booked).timeline[-1].when == "20 Nov"
    assert drawn(exchange, booked).timeline[-1].words == "23:50 seller arrived"


def test_an_assumed_side_is_asked_and_a_missing_name_is_said() -> None:
    block = giver(with_giver(assumed=True))

    assert block.role == "Seller?"
    assert (block.name.text, block.name.tone) == ("not named yet", Tone.DIM)


@pytest.mark.parametrize(
    ("presence", "contacts"),
    [
        (Presence.HERE, ("plate BRT-4471", "+1 509 555 0142", "m@example.org")),
        (Presence.HELD, ("plate BRT-4471", "+1 509 555 0142", "m@example.org")),
        (Presence.EXPECTED, ("+1 509 555 0142", "plate BRT-4471", "m@example.org")),
        (Presence.LEFT, ("+1 509 555 0142", "plate BRT-4471", "m@example.org")),
    ],
)
def test_who_is_not_here_is_phoned_and_of_who_is_the_car_is_looked_for(
    presence: Presence, contacts: tuple[str, ...]
) -> None:
    exchange = an_exchange(presence)
    known = replace(
        exchange.giver, phone="+1 509 555 0142", email="m@example.org", plate="BRT-4471"
    )

    assert giver(exchange.with_party(known)).contacts == contacts


def test_custody_names_both_adults_in_full_and_has_no_item() -> None:
    parties = [Party(side, name) for side, name in zip(Side, ("Ada Roe", "Bo Roe"), strict=True)]
    exchange = replace(an_exchange(), kind=Kind.CUSTODY, giver=parties[0], receiver=parties[1])
    shown = drawn(replace(exchange, bay="Lobby"))
    said_twice = drawn(replace(exchange, item="custody", bay="Lobby"))

    assert (said_twice.item, said_twice.kind, said_twice.about) == ("custody", "", shown.about)
    assert [block.role for block in shown.parties] == ["Releasing adult", "Receiving adult"]
    assert [block.name.text for block in shown.parties] == ["Ada Roe", "Bo Roe"]
    assert shown.item == "Custody"
    assert shown.about == ("Lobby", "cameras L-01")


def test_an_act_entered_later_says_when() -> None:
    (line,) = drawn(
        an_exchange(Presence.HERE), an_act(recorded_at=at("14:20")), now="14:21"
    ).timeline

    assert line.words == "seller arrived (entered 14:20)"
    assert line.brief == "seller arrived"


@pytest.mark.parametrize(
    ("changes", "words", "brief"),
    [
        ({"id_check": IdCheck.SEEN}, "seller arrived, ID seen", "seller arrived"),
        ({"id_check": IdCheck.NOT_SHOWN}, "seller arrived, ID not shown", "seller arrived"),
        (
            {
                "verb": "dispute",
                "side": None,
                "category": DisputeCategory.COUNTERFEIT,
                "text": "no serial",
            },
            *["dispute filed (counterfeit): no serial"] * 2,
        ),
        (
            {"verb": "settle", "side": None, "settlement": Settlement.ADVISED_CIVIL},
            *["dispute settled (advised: a civil matter)"] * 2,
        ),
    ],
)
def test_an_act_tells_what_it_brought_to_light(
    changes: dict[str, Any], words: str, brief: str
) -> None:
    (line,) = drawn(an_exchange(), an_act(**changes), now="14:21").timeline

    assert (line.words, line.brief) == (words, brief)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"undone": True}, "undone: seller arrived"),
        ({"accepted": False, "code": "too_early"}, "refused: seller arrived"),
    ],
)
def test_what_did_not_count_is_told_dim(changes: dict[str, Any], words: str) -> None:
    (line,) = drawn(an_exchange(), an_act(**changes), now="14:21").timeline

    assert (line.words, line.tone) == (words, Tone.DIM)


def test_the_end_of_grace_stands_where_it_happened() -> None:
    called = an_act(number=10, verb="note", side=None, occurred_at=at("14:31"), text="called back")
    shown = drawn(an_exchange(Presence.HERE), called, an_act())

    assert [line.when for line in shown.timeline] == ["14:31", "14:30", "14:13"]
    assert drawn(an_exchange(Presence.HERE), now="14:29").timeline == ()


def test_an_amendment_tells_what_it_changed_before_why() -> None:
    moved = FieldChange("starts_at", at("14:15"), at("14:30"))
    amended = an_act(verb="amend", side=None, changes=(moved,))
    variants: dict[str, dict[str, Any]] = {
        "amended 14:15 → 14:30": {},
        "amended 14:15 → 14:30: Wrong time": {"text": "Wrong time"},
        "changed by a.csv: 14:15 → 14:30": {"verb": "import", "file": "a.csv"},
    }
    told = [
        drawn(an_exchange(), replace(amended, **more), now="14:21").timeline[0].words
        for more in variants.values()
    ]

    assert told == list(variants)


@pytest.mark.parametrize("words", HOSTILE, ids=HOSTILE_NAMES)
def test_outside_text_is_safe_on_the_card(words: str) -> None:
    exchange = replace(
        with_giver(name=words, phone=words, email=words, plate=words), item=words, bay=words
    )
    file = an_act(number=1, verb="import", side=None, file=words)
    shown = drawn(exchange, an_act(text=words, officer=words), file)
    block = shown.parties[0]
    told = [shown.item, shown.bay, *shown.about, block.name.text, *block.contacts]
    told += [part for line in shown.timeline for part in (line.words, line.brief, line.badge)]

    assert [each for each in told if each != text.safe(each)] == []
