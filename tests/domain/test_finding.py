"""Finding parties by a few letters, however they are typed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.exchange import Exchange, Outcome, Party, Presence, Side
from desk.domain.finding import Finder, Match
from desk.domain.searchable import Field
from desk.spelling import spelling_in
from desk.text import fold
from tests.domain.making import an_exchange, at
from tests.hostile import ANY_TEXT, HOSTILE, HOSTILE_NAMES

G, R = Side
NOW = at("14:32")
REFS = ("K7QDM7", "Q2MNRP", "V2JX76", "T5WCBP")


def booked(
    number: int, giver: str | None, receiver: str | None, item: str = "", clock: str = "14:30"
) -> Exchange:
    exchange = replace(an_exchange(), ref=REFS[number], item=item, starts_at=at(clock))
    for side, name in ((G, giver), (R, receiver)):
        exchange = exchange.with_party(replace(exchange.party(side), name=name))
    return exchange


def with_giver(exchange: Exchange, party: Party) -> Exchange:
    return exchange.with_party(replace(party, side=G))


def find(query: str, *exchanges: Exchange) -> tuple[Match, ...]:
    return Finder(exchanges, spelling_in("America/Los_Angeles")).find(query, NOW)


def whom(query: str, *exchanges: Exchange) -> list[tuple[str, Side | None]]:
    return [(match.ref, match.side) for match in find(query, *exchanges)]


def marked(match: Match) -> list[str]:
    return [match.text[start:end] for start, end in match.spans]


MARIE = booked(0, "Marie Dupont", "Paul Martin", "iPhone 13 128 GB")


@pytest.mark.parametrize(
    ("query", "name", "marks"),
    [
        ("mar", "Marie Dupont", ["Mar"]),
        ("MAR", "Marie Dupont", ["Mar"]),
        ("dup mar", "Marie Dupont", ["Mar", "Dup"]),
        ("marie dupont", "Marie Dupont", ["Marie", "Dupont"]),
        ("m. dupont", "Marie Dupont", ["M", "Dupont"]),
        ("dupont, marie", "Marie Dupont", ["Marie", "Dupont"]),
        ("jose", "José García-López", ["José"]),
        ("lopez jose", "José García-López", ["José", "López"]),
        ("garcia-lop", "José García-López", ["García", "Lóp"]),
        ("obr", "Siobhán O'Brien", ["O'Br"]),
        ("o’brien", "Siobhán O'Brien", ["O'Brien"]),
        ("luk", "Łukasz Nowak", ["Łuk"]),
        ("novak", "Nova\u0301k", ["Nova\u0301k"]),
        ("nova", "Nova\u0301k", ["Nova\u0301"]),
        ("strasse", "Ann Straße", ["Straße"]),
        ("stras", "Ann Straße", ["Straß"]),
        ("mar mario", "Mario Marino", ["Mario", "Mar"]),
        ("kim kim", "Kim Kim", ["Kim", "Kim"]),
        ("田中", "田中太郎", ["田中"]),
        ("नाम", "नाम देव", ["नाम"]),
    ],
)
def test_a_name_is_found_by_how_its_words_begin(query: str, name: str, marks: list[str]) -> None:
    (match,) = find(query, booked(0, name, None))

    assert (match.side, match.field, match.text) == (G, Field.NAME, name)
    assert marked(match) == marks


@pytest.mark.parametrize("query", ["kim kim k", "mari pont x", "marie paul", "zzz", "arie dup z"])
def test_every_typed_word_wants_a_word_of_the_same_name(query: str) -> None:
    assert find(query, booked(0, "Marie Dupont", "Kim Lee")) == ()


@pytest.mark.parametrize("query", ["", " ", "-", "[/", "…", "+", "'"])
def test_nothing_typed_finds_nothing(query: str) -> None:
    assert find(query, MARIE) == ()


def test_one_word_of_a_name_answers_for_one_typed_word() -> None:
    assert whom("kim kim", booked(0, "Kim Lee", None), booked(1, "Kim Kim", None)) == [
        ("Q2MNRP", G)
    ]


def test_both_parties_of_an_exchange_are_two_matches() -> None:
    assert whom("mar", MARIE) == [("K7QDM7", G), ("K7QDM7", R)]


def test_a_party_that_is_not_named_is_found_by_no_name() -> None:
    assert whom("none", booked(0, None, None)) == []


def test_letters_within_a_word_count_where_nobody_s_begins_with_them() -> None:
    joanna = booked(0, "Joanna Lee", None)

    (match,) = find("ann", joanna)

    assert marked(match) == ["ann"]
    assert whom("ann", joanna, booked(1, "Ann Kay", None)) == [("Q2MNRP", G)]
    assert find("n", joanna) == ()
    assert find("nna ee", joanna) == find("ee nna", joanna) != ()
    assert find("nna l", joanna) == ()
    assert whom("na", joanna) == [("K7QDM7", G)]


@pytest.mark.parametrize(
    ("query", "mark"), [("oan anna", "oanna"), ("joa nna", "Joanna"), ("oanna nn", "oanna")]
)
def test_what_touches_is_marked_once(query: str, mark: str) -> None:
    (match,) = find(query, booked(0, "Joanna Lee", None))

    assert marked(match) == [mark]


def test_an_item_is_the_exchange_s_and_comes_after_every_name() -> None:
    bike = booked(0, "Ravi Diaz", None, "Trek Marlin 7 bike")

    (match,) = find("bike", bike)

    assert match == Match("K7QDM7", None, Field.ITEM, "Trek Marlin 7 bike", ((14, 18),))
    assert whom("mar", bike) == [("K7QDM7", None)]
    assert whom("mar", bike, booked(1, "Marie Dupont", None)) == [("Q2MNRP", G)]
    assert whom("bike trek", bike) == [("K7QDM7", None)]


def test_a_party_stands_for_its_exchange() -> None:
    assert whom("bik", booked(0, "Ann Bikila", None, "A bike")) == [("K7QDM7", G)]
    assert whom("bik", booked(0, "Ann Abikila", None, "A bike")) == [("K7QDM7", G)]
    assert whom("k7", booked(0, "K7 Lee", None)) == [("K7QDM7", G)]


def test_an_exchange_stands_for_itself_where_its_parties_are_hit_less_closely() -> None:
    mailed = with_giver(booked(0, None, None), Party(G, email="k7q@example.com"))

    assert whom("k7q", mailed) == [("K7QDM7", None)]


@pytest.mark.parametrize(
    ("query", "marks"), [("K7Q", "K7Q"), ("k7", "K7"), ("k7qdm7", "K7QDM7"), ("K7QDM7-", "K7QDM7")]
)
def test_a_reference_is_found_by_its_beginning(query: str, marks: str) -> None:
    (match,) = find(query, MARIE, booked(1, None, None))

    assert (match.ref, match.side, match.field) == ("K7QDM7", None, Field.REF)
    assert marked(match) == [marks]


def test_only_its_beginning() -> None:
    assert find("7QDM7", MARIE) == ()


def test_letters_alone_are_a_name_before_they_are_a_reference() -> None:
    assert whom("tra", booked(0, "Jo Tran", None), booked(3, None, None)) == [("K7QDM7", G)]
    assert whom("v2", booked(0, "V2 Rocket", None), booked(2, None, None)) == [
        ("K7QDM7", G),
        ("V2JX76", None),
    ]
    letters = replace(booked(3, None, None), ref="TRACKS")
    assert whom("trac", letters) == [("TRACKS", None)]
    assert whom("trac", letters, booked(0, "Tracy Lee", None)) == [("K7QDM7", G)]


@pytest.mark.parametrize(
    ("scan", "side"), [("K7QDM7", None), ("k7qdm7-g", G), ("K7QDM7-R", R), (" K7QDM7-R\t", R)]
)
def test_a_slip_is_its_own_exchange_and_nothing_else(scan: str, side: Side | None) -> None:
    trap = booked(1, "K7QDM7 G R", "K7QDM7", "K7QDM7")

    assert find(scan, trap, MARIE) == (Match("K7QDM7", side, Field.REF, "K7QDM7", ((0, 6),)),)


def test_a_slip_of_another_day_is_looked_for_like_any_text() -> None:
    assert find("Q2MNRP", MARIE) == ()
    assert whom("Q2MNRP", booked(0, "Q2MNRP", None)) == [("K7QDM7", G)]


@pytest.mark.parametrize(
    "query", ["BRT-4471", "brt4471", "brt 4471", "4471", "brt-4", "t-44", "T44"]
)
def test_a_plate_is_found_however_it_is_typed(query: str) -> None:
    plated = with_giver(MARIE, replace(MARIE.giver, plate="BRT-4471"))

    (match,) = find(query, plated)

    assert (match.side, match.field, match.text) == (G, Field.PLATE, "BRT-4471")
    assert fold(marked(match)[0]).replace(" ", "") == fold(query).replace(" ", "")


def test_two_characters_are_no_plate() -> None:
    assert find("44", with_giver(MARIE, replace(MARIE.giver, plate="BRT-4471"))) == ()


def test_letters_alone_are_a_name_before_they_are_part_of_a_plate() -> None:
    plated = with_giver(booked(0, "Omar Diaz", None), Party(G, "Omar Diaz", plate="LEE-123"))
    wished = with_giver(booked(0, "Omar Diaz", None), Party(G, "Omar Diaz", plate="LEE"))
    lee = booked(1, "Ann Lee", None)

    assert whom("lee", plated) == [("K7QDM7", G)]
    assert whom("lee", plated, lee) == [("Q2MNRP", G)]
    assert whom("lee", wished, lee) == [("K7QDM7", G), ("Q2MNRP", G)]


@pytest.mark.parametrize(
    ("phone", "query"),
    [
        ("+1 509 555 0142", "509"),
        ("+1 509 555 0142", "0142"),
        ("+1 509 555 0142", "555-01"),
        ("+1 509 555 0142", "(509) 555"),
        ("+1 509 555 0142", "15095550142"),
        ("+1 509 555 0142", "509.555.0142"),
        ("509 555 0142", "+1 509 555 0142"),
        ("+33 6 99 00 55 41", "06 99 00 55 41"),
        ("06 99 00 55 41", "0699"),
        ("+44 (0)20 7946 0018", "+44 20 7946"),
        ("+44 (0)20 7946 0018", "020 7946"),
    ],
)
def test_a_phone_is_found_by_its_digits(phone: str, query: str) -> None:
    (match,) = find(query, with_giver(MARIE, replace(MARIE.giver, phone=phone)))

    assert (match.side, match.field, match.text) == (G, Field.PHONE, phone)
    assert match.spans


@pytest.mark.parametrize("query", ["14", "0", "5551", "509 x", "00000000"])
def test_a_phone_is_not_found_by_two_digits_or_by_others(query: str) -> None:
    called = with_giver(MARIE, replace(MARIE.giver, phone="+1 509 555 0142"))

    assert [match.field for match in find(query, called)] in ([], [Field.ITEM])


@pytest.mark.parametrize(
    ("phone", "query"), [("555-0142", "+1 509 555 0142"), ("509 555 0142", "0015095550142")]
)
def test_a_phone_without_its_prefix_is_found_by_the_whole_number(phone: str, query: str) -> None:
    (match,) = find(query, with_giver(MARIE, replace(MARIE.giver, phone=phone)))

    assert marked(match) == [phone]


def test_a_few_digits_are_no_whole_number() -> None:
    called = with_giver(MARIE, replace(MARIE.giver, phone="55 01 42"))

    assert find("+1 509 555 0142", called) == ()


@pytest.mark.parametrize(
    ("timezone", "phone", "query"),
    [
        ("Europe/Paris", "06 99 00 55 41", "+33 6 99 00 55 41"),
        ("Europe/Paris", "06 99 00 55 41", "0033699005541"),
        ("Europe/Paris", "+33 6 99 00 55 41", "06.99.00.55.41"),
        ("Europe/London", "020 7946 0958", "+44 (0)20 7946 0958"),
        ("Europe/Prague", "+420 601 123 456", "601123456"),
    ],
)
def test_a_phone_is_found_however_it_is_dialled(timezone: str, phone: str, query: str) -> None:
    called = with_giver(MARIE, replace(MARIE.giver, phone=phone))

    (match,) = Finder([called], spelling_in(timezone)).find(query, NOW)

    assert (match.side, match.field, match.text) == (G, Field.PHONE, phone)


def test_what_is_marked_in_a_phone_are_its_digits_and_what_stands_between() -> None:
    (match,) = find("5550", with_giver(MARIE, replace(MARIE.giver, phone="+1 509 555 0142")))

    assert marked(match) == ["555 0"]


def test_an_address_is_found_by_its_name_or_by_its_beginning() -> None:
    mailed = with_giver(booked(0, None, None), Party(G, email="omar.diaz@example.com"))

    assert whom("dia", mailed) == [("K7QDM7", G)]
    assert whom("omar diaz", mailed) == [("K7QDM7", G)]
    assert whom("omar.diaz@exam", mailed) == [("K7QDM7", G)]
    assert whom("exa", mailed) == whom("com", mailed) == whom("diaz@", mailed) == []
    (match,) = find("Omar.Diaz@example.com", mailed)
    assert (match.field, marked(match)) == (Field.EMAIL, ["omar.diaz@example.com"])


def test_a_name_hides_addresses() -> None:
    mailed = with_giver(booked(0, None, None), Party(G, email="diaz@example.com"))

    assert whom("dia", mailed, booked(1, "Ana Diaz", None)) == [("Q2MNRP", G)]


def test_expected_comes_before_open_and_open_before_closed() -> None:
    here = booked(0, "Ann One", None, clock="14:32")
    here = here.with_party(replace(here.giver, presence=Presence.HERE))
    closed = replace(booked(1, "Ann Two", None, clock="14:32"), outcome=Outcome.CANCELLED)
    here = replace(here, starts_at=at("14:00"))
    expected = booked(2, "Ann Three", None, clock="18:00")

    assert whom("ann", closed, here, expected) == [("V2JX76", G), ("K7QDM7", G), ("Q2MNRP", G)]


def test_of_the_expected_the_nearest_to_now_comes_first() -> None:
    rows = [
        booked(0, "Ann One", None, clock="14:00"),
        booked(1, "Ann Two", None, clock="14:45"),
        booked(2, "Ann Three", None, clock="14:30"),
    ]

    assert whom("ann", *rows) == [("V2JX76", G), ("Q2MNRP", G), ("K7QDM7", G)]


def test_a_party_that_called_is_expected_then() -> None:
    called = booked(0, "Ann One", None, clock="13:00")
    called = called.with_party(replace(called.giver, expected_at=at("14:31")))

    assert whom("ann", booked(1, "Ann Two", None, clock="14:28"), called) == [
        ("K7QDM7", G),
        ("Q2MNRP", G),
    ]


def test_an_exchange_is_expected_while_one_of_its_parties_is() -> None:
    both_here = booked(0, None, None, "A bike", clock="14:32")
    for party in both_here.parties:
        both_here = both_here.with_party(replace(party, presence=Presence.HERE))
    one_here = booked(1, None, None, "A bike", clock="18:00")
    one_here = one_here.with_party(replace(one_here.giver, presence=Presence.HERE))

    assert whom("bike", both_here, one_here) == [("Q2MNRP", None), ("K7QDM7", None)]


def test_equals_are_ordered_by_reference_and_side() -> None:
    rows = [booked(number, "Ann Lee", "Ann Lee") for number in (3, 1, 2, 0)]

    assert whom("ann", *rows) == [(ref, side) for ref in sorted(REFS) for side in (G, R)]


@pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_NAMES)
def test_hostile_names_are_data(text: str) -> None:
    for match in find(text, booked(0, text, text, text)):
        assert match.text == text
        assert all(0 <= start < end <= len(text) for start, end in match.spans)


@given(st.lists(ANY_TEXT, min_size=3, max_size=3), ANY_TEXT)
def test_any_text_is_found_or_not_and_marked_within(texts: list[str], query: str) -> None:
    name, item, other = texts
    exchange = booked(0, name, "Paul Martin", item)
    party = Party(G, name, phone=other, email=other, plate=other)

    for match in find(query, with_giver(exchange, party)):
        ends = [0, *(place for span in match.spans for place in span)]
        assert ends == sorted(ends)
        assert all(start < end <= len(match.text) for start, end in match.spans)


@given(st.text(alphabet="abcàçÉ'- ", min_size=1, max_size=12))
def test_who_is_named_is_found_by_the_whole_name(name: str) -> None:
    found = whom(name, booked(0, name, None))

    assert found == ([("K7QDM7", G)] if any(map(str.isalpha, name)) else [])
