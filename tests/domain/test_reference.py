"""References: drawn, read, and every common slip of hand or tongue noticed."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from desk.domain.exchange import Side
from desk.domain.reference import (
    ALPHABET,
    LENGTH,
    BadReferenceError,
    Misreading,
    Slip,
    draw_reference,
    own_reference,
    read_slip,
)

REFERENCES = st.integers(0).map(lambda seed: draw_reference(random.Random(seed).choice))
PLACES = st.integers(0, LENGTH - 1)


def misreading(text: str) -> Misreading | None:
    try:
        read_slip(text)
    except BadReferenceError as bad:
        return bad.misreading
    return None


def test_the_alphabet_has_none_of_what_is_misheard_or_misread() -> None:
    assert set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") - set(ALPHABET) == set("0O1ILU")


@given(REFERENCES)
def test_a_reference_is_six_of_the_alphabet_and_checks(ref: str) -> None:
    assert len(ref) == LENGTH
    assert set(ref) <= set(ALPHABET)
    assert mod_37_36.is_valid(ref)
    assert read_slip(ref) == Slip(ref)


@given(REFERENCES, PLACES, st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(ref: str, place: int, wrong: str) -> None:
    slip = ref[:place] + wrong + ref[place + 1 :]

    assert misreading(slip) is (None if slip == ref else Misreading.CHECK)


@given(REFERENCES, st.integers(0, LENGTH - 2))
def test_two_neighbours_that_changed_places_are_noticed(ref: str, place: int) -> None:
    slip = ref[:place] + ref[place + 1] + ref[place] + ref[place + 2 :]

    assert misreading(slip) is (None if slip == ref else Misreading.CHECK)


def test_a_body_that_would_hide_a_swap_is_drawn_again() -> None:
    hiding, next_one = "YB76X", "K7QDM"
    assert mod_37_36.is_valid("YB67XF")
    drawn = iter(hiding + next_one)

    assert draw_reference(lambda _: next(drawn)) == "K7QDM7"


def test_a_body_whose_check_would_be_excluded_is_drawn_again() -> None:
    excluded = next(
        body
        for body in (f"2222{last}" for last in ALPHABET)
        if mod_37_36.calc_check_digit(body) not in ALPHABET
    )
    drawn = iter(excluded + "K7QDM")

    assert draw_reference(lambda _: next(drawn)) == "K7QDM7"


def test_a_seeded_choice_draws_the_same_again() -> None:
    first, second = (random.Random(7) for _ in range(2))

    assert draw_reference(first.choice) == draw_reference(second.choice)


@given(REFERENCES, PLACES, st.sampled_from("0O1ILUoilu"))
def test_a_look_alike_is_refused_and_never_mapped(ref: str, place: int, typed: str) -> None:
    assert misreading(ref[:place] + typed + ref[place + 1 :]) is Misreading.LOOK_ALIKE


@pytest.mark.parametrize(
    "typed", ["k7qdm7", "K7qDm7", " K7QDM7 ", "\tK7QDM7\r\n"], ids=["lower", "mixed", "sp", "tab"]
)
def test_case_and_surrounding_space_do_not_matter(typed: str) -> None:
    assert read_slip(typed) == Slip("K7QDM7")


@pytest.mark.parametrize(
    ("typed", "side"),
    [("K7QDM7-G", Side.GIVER), ("k7qdm7-r", Side.RECEIVER), ("K7QDM7", None)],
)
def test_a_suffix_names_the_side(typed: str, side: Side | None) -> None:
    assert read_slip(typed) == Slip("K7QDM7", side)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "-G",
        "K7QDM",
        "K7QDM77",
        "K7QDM7-",
        "K7QDM7-X",
        "K7QDM7-GR",
        "K7QDM7-G-R",
        "K7QDM7G",
        "K7 QDM7",
        "K7QD-M7",
        "K7QDO!",
        "Ä7QDM7",
        "\N{FULLWIDTH LATIN CAPITAL LETTER K}7QDM7",
        "K7QDM\N{ARABIC-INDIC DIGIT SEVEN}",
        "ﬀQDM7",  # a ligature whose upper case is two letters
    ],
)
def test_another_form_is_no_reference(typed: str) -> None:
    assert misreading(typed) is Misreading.FORM


def test_no_letter_becomes_a_plain_one_by_its_upper_case() -> None:
    long_s = "\N{LATIN SMALL LETTER LONG S}"
    assert long_s.upper() == "S"
    chance = random.Random(3)
    ref = next(ref for ref in iter(lambda: draw_reference(chance.choice), "") if "S" in ref)

    assert misreading(ref.replace("S", long_s)) is Misreading.FORM


@given(st.text(max_size=12))
def test_any_text_is_a_slip_or_a_misreading(text: str) -> None:
    assert misreading(text) in {None, *Misreading}


def test_a_slip_is_written_as_it_is_read() -> None:
    for text in ("K7QDM7", "K7QDM7-G", "K7QDM7-R"):
        assert read_slip(text).text == text


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("K7QDM7@KPD", "K7QDM7"),
        ("K7QDM7@RPD", None),
        ("K7QDM8@KPD", None),
        ("k7qdm7@KPD", "K7QDM7"),
        ("K7QDM7@KPD@KPD", None),
        ("K7QDM7", None),
        ("", None),
    ],
)
def test_what_the_station_called_one_of_its_own(name: str, ref: str | None) -> None:
    assert own_reference(name, "KPD") == ref
