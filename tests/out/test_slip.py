"""A slip: everything that one party needs, and nothing about the other."""

from __future__ import annotations

import pytest

from desk.domain.exchange import Exchange, Kind, Outcome, Side
from desk.domain.reference import read_slip
from desk.domain.rules import KindRules
from desk.domain.views import Station
from desk.out.plain_text import wrapped
from desk.out.qr import ascii_blocks, half_blocks, modules
from desk.out.slip import house_rules, printed_slip, slip_lines
from desk.text import width
from tests.builders import KENNEWICK, an_exchange
from tests.hostile import HOSTILE

RULES = house_rules(Kind.SALE, KindRules())


def slip_of(exchange: Exchange, side: Side = Side.GIVER, station: Station = KENNEWICK) -> str:
    return "\n".join(slip_lines(printed_slip(exchange, side, station, RULES)))


def test_a_slip_says_who_where_and_when_in_the_station_s_zone() -> None:
    lines = slip_lines(printed_slip(an_exchange().build(), Side.RECEIVER, KENNEWICK, ["Be kind."]))

    assert lines == (
        "Kennewick PD",
        "K7QDM7-R, Buyer",
        "",
        "Sale",
        "Saturday 21 November 2026",
        "14:15 to 14:35 PST",
        "Bay 1",
        "",
        "- Be kind.",
    )


@pytest.mark.parametrize("side", Side)
def test_a_slip_says_nothing_about_the_other_party_or_the_thing(side: Side) -> None:
    exchange = (
        an_exchange()
        .with_party(Side.GIVER, phone="+1 509 555 0142", email="m@example.org", plate="BRT-4471")
        .with_party(Side.RECEIVER, phone="+1 509 555 0143", email="p@example.org")
        .with_seller_here()
        .build()
    )

    said = slip_of(exchange, side)

    for hidden in ("Dupont", "Martin", "Marie", "Paul", "555", "@", "BRT", "iPhone", "14:13"):
        assert hidden not in said
    assert f"-{'RG'[side is Side.GIVER]}" in said


def test_custody_is_told_by_role_and_comes_apart() -> None:
    exchange = an_exchange().of_kind(Kind.CUSTODY).build()
    slip = printed_slip(exchange, Side.GIVER, KENNEWICK, house_rules(Kind.CUSTODY, KindRules()))

    assert slip.role == "Releasing adult"
    assert any("kept apart" in rule for rule in slip.rules)


def test_the_rules_say_the_station_s_own_minutes() -> None:
    assert house_rules(Kind.SALE, KindRules(early=1))[0].startswith("Come at most 1 minute early")
    assert house_rules(Kind.SALE, KindRules())[0].startswith("Come at most 30 minutes early")


def test_a_slip_that_is_no_longer_good_says_so() -> None:
    said = slip_of(an_exchange().ended(Outcome.CANCELLED).build())

    assert "NOT VALID ANY MORE: CANCELLED." in said
    assert "VALID" not in slip_of(an_exchange().build())


def test_no_bay_yet_and_a_zone_whose_clock_has_no_name() -> None:
    brazil = Station("Centro", "SPC", "America/Sao_Paulo", ())
    said = slip_of(an_exchange().in_bay(None).build(), station=brazil)

    assert "No bay yet" in said
    assert "19:15 to 19:35 UTC-03:00" in said


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_data_and_fit_the_printer(text: str) -> None:
    station = Station(text or "x", "KPD", KENNEWICK.timezone, KENNEWICK.bays)
    lines = slip_lines(printed_slip(an_exchange().build(), Side.GIVER, station, [text]))

    assert all(width(line) <= 48 for line in lines)
    assert all(line.isprintable() or "\u200c" in line or "\u200d" in line for line in lines)


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert list(wrapped("ab " + "c" * 7, 5, "- ")) == ["- ab", "  ccc", "  ccc", "  c"]


# The code


def read_back(lines: tuple[str, ...]) -> list[list[bool]]:
    """Returns the modules that half blocks draw."""
    rows: list[list[bool]] = []
    for line in lines:
        rows.append([sign in "▀█" for sign in line])
        rows.append([sign in "▄█" for sign in line])
    return rows


def test_the_code_is_the_smallest_and_its_half_blocks_are_its_modules() -> None:
    drawn = modules("K7QDM7-G", quiet=4)

    assert len(modules("K7QDM7-G")) == 21
    assert read_back(half_blocks("K7QDM7-G"))[: len(drawn)] == [list(row) for row in drawn]
    assert {len(line) for line in half_blocks("K7QDM7-G")} == {29}
    assert [
        [line.ljust(58)[place : place + 2] == "##" for place in range(0, 58, 2)]
        for line in ascii_blocks("K7QDM7-G")
    ] == [list(row) for row in drawn]


def test_the_three_corners_are_where_a_scanner_looks_for_them() -> None:
    drawn = modules("K7QDM7-G")
    corner = tuple(f"{n:07b}" for n in (127, 65, 93, 93, 93, 65, 127))

    for down, across in ((0, 0), (0, 14), (14, 0)):
        rows = drawn[down : down + 7]
        seen = ["".join("01"[one] for one in row[across : across + 7]) for row in rows]
        assert tuple(seen) == corner


def test_what_is_coded_is_read_as_that_side_s_slip() -> None:
    slip = printed_slip(an_exchange().build(), Side.RECEIVER, KENNEWICK, ())

    assert (read_slip(slip.code).ref, read_slip(slip.code).side) == ("K7QDM7", Side.RECEIVER)
