"""The card in both its forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from desk import text
from desk.domain.exchange import Exchange, Presence, Side, Visit
from desk.tui.present import CardPicture, Line, Offer, Tone, card, cells
from desk.tui.widgets.card import Card
from desk.tui.widgets.card_layout import narrow_card, wide_card
from tests.domain.making import at
from tests.hostile import HOSTILE
from tests.tui.widgets import saturday
from tests.tui.widgets.board_app import BoardApp


def drawn(
    exchange: Exchange | None = None, offers: tuple[Offer, ...] = saturday.OFFERS
) -> CardPicture:
    shown = exchange or saturday.dupont()
    return card(shown, saturday.timeline(), offers, saturday.scene())


def words(lines: Iterable[Line]) -> list[str]:
    return ["".join(piece.text for piece in line).rstrip() for line in lines]


def test_the_narrow_form_is_the_pictures_five_lines() -> None:
    assert words(narrow_card(drawn(), 80)) == [
        " K7QDM7 iPhone 13 128 GB · 320 USD · bay 1   ‼ overdue 2 min",
        " Seller Marie Dupont  ✓ here since 14:13, ID seen  plate BRT-4471",
        " Buyer  Paul Martin   · not here, grace ended 14:30  +1 509 555 0142",
        " 14:30 grace ended  14:13 seller arrived 4412  13:05 booked, calendly.csv",
        "  Enter  Arrive: buyer, 17 min late    F4  No-show proposed: buyer",
    ]


def test_the_wide_form_is_the_pictures_column() -> None:
    assert words(wide_card(drawn(), 42, 30)) == [
        "",
        "  K7QDM7   ‼ overdue 2 min",
        "  iPhone 13 128 GB · 320 USD",
        "  Sale · bay 1 · cameras P-03 P-04",
        "",
        "  Seller  Marie Dupont",
        "          ✓ here since 14:13, ID seen",
        "          plate BRT-4471",
        "",
        "  Buyer   Paul Martin",
        "          · not here, grace ended 14:30",
        "          +1 509 555 0142",
        "",
        "   Enter  Arrive: buyer, 17 min late",
        "   F4     No-show proposed: buyer",
        "",
        "  14:30  grace ended, no-show proposed",
        "  14:13  seller arrived  4412",
        "  13:05  booked from calendly.csv",
    ]


def test_custody_has_its_long_roles_above_the_names() -> None:
    (exchange,) = [each for each in saturday.exchanges() if each.ref == "Q2MNRP"]

    assert words(wide_card(drawn(exchange, ()), 42, 30))[4:9] == [
        "",
        "  Releasing adult",
        "    Ada Roe",
        "    ✓ here since 14:14",
        "",
    ]


def test_what_happened_longest_ago_gives_way_and_is_counted() -> None:
    full = wide_card(drawn(), 42, 19)
    short = wide_card(drawn(), 42, 18)

    assert len(full) == 19
    assert words(short)[-2:] == ["  14:30  grace ended, no-show proposed", "  2 earlier"]


def test_a_long_item_leaves_bay_and_state_whole() -> None:
    (head, *_rest) = words(narrow_card(drawn(replace(saturday.dupont(), item="Lamp " * 40)), 80))

    assert head.endswith("… · bay 1   ‼ overdue 2 min")
    assert text.width(head) <= 79


def test_a_contact_or_an_offer_that_does_not_fit_is_left_out_whole() -> None:
    exchange = saturday.dupont()
    reachable = exchange.with_party(
        replace(exchange.giver, email="marie.dupont@example.org", phone="+1 509 555 0188")
    )
    offers = (*saturday.OFFERS, Offer("F8", "Undo: seller arrived", Tone.PLAIN))
    shown = words(narrow_card(drawn(reachable, offers), 80))

    assert shown[1].endswith("plate BRT-4471")
    assert shown[4].endswith("No-show proposed: buyer")
    assert any(
        "marie.dupont@example.org" in line for line in words(wide_card(drawn(reachable), 42, 40))
    )


def test_earlier_visits_are_told_in_both_forms() -> None:
    first = Visit(at("13:50"), at("14:02"), left_observed=True)
    giver = saturday.dupont().giver
    came_back = saturday.dupont().with_party(replace(giver, visits=(first, *giver.visits)))

    assert "earlier 13:50–14:02" in words(narrow_card(drawn(came_back), 80))[1]
    assert "          earlier 13:50–14:02" in words(wide_card(drawn(came_back), 42, 30))


def test_words_that_go_on_stand_beside_their_glyph() -> None:
    lines = words(wide_card(drawn(), 38, 30))

    assert lines[6:8] == ["          ✓ here since 14:13, ID", "            seen"]


@pytest.mark.parametrize("width", [24, 42, 80, 109])
def test_no_outside_text_bends_the_card(width: int) -> None:
    for name in HOSTILE:
        giver = replace(saturday.party(Side.GIVER, name, "14:13"), phone=name, plate=name)
        receiver = replace(saturday.party(Side.RECEIVER, name), presence=Presence.ABSENT)
        shown = drawn(saturday.an_exchange("K7QDM7", "14:15", name, giver, receiver, name))
        for lines in (narrow_card(shown, width), wide_card(shown, width, 40)):
            assert max(map(cells, lines)) <= width
            assert [each for each in words(lines) if each != text.safe(each)] == []


async def test_the_card_takes_its_form_from_its_place() -> None:
    app = BoardApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = app.query_one(Card)
        assert shown.size.height == 6
        assert shown.render_line(0).text == "─" * 80
        assert shown.render_line(1).text.startswith(" K7QDM7 iPhone")

        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert shown.size.width == 42
        assert shown.render_line(1).text.rstrip() == "  K7QDM7   ‼ overdue 2 min"

        shown.show(None)
        assert shown.render_line(1).text.strip() == ""
