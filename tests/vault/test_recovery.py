"""The recovery code: random enough not to be guessed, and forgiving to type."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.reference import ALPHABET
from desk.vault.recovery import BITS, draw_recovery_code, read_recovery_code
from tests.hostile import ANY_TEXT
from tests.vault.making import answer, refused

CODE = draw_recovery_code()


def test_it_has_more_than_128_random_bits_in_seven_groups_of_four() -> None:
    assert BITS >= 128
    assert [len(group) for group in CODE.split("-")] == [4] * 7
    assert set(CODE) <= {*ALPHABET, "-"}


def test_no_two_are_the_same() -> None:
    assert len({draw_recovery_code() for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "type_it",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: code.replace("-", " \u2013 "),
        lambda code: f"  {code}\n",
        lambda code: code.replace("-", "\t").swapcase(),
    ],
    ids=["lower", "no dashes", "blanks", "long dashes", "blanks around", "tabs"],
)
def test_case_blanks_and_dashes_do_not_matter(type_it: Callable[[str], str]) -> None:
    assert read_recovery_code(type_it(CODE)) == read_recovery_code(CODE)


@pytest.mark.parametrize("at", [0, 6, 20, 33])
def test_one_character_misread_is_noticed_before_anything_is_tried(at: int) -> None:
    other = next(each for each in ALPHABET if each != CODE[at])

    refused(read_recovery_code, CODE[:at] + other + CODE[at + 1 :])


@pytest.mark.parametrize("look_alike", "0O1ILUo")
def test_a_look_alike_is_named_and_never_mapped(look_alike: str) -> None:
    assert "0, O, 1" in refused(read_recovery_code, look_alike + CODE[1:]).explanation


def test_a_letter_whose_capital_is_a_plain_one_is_not_mapped() -> None:
    with_s = next(code for code in iter(draw_recovery_code, "") if "S" in code)

    refused(read_recovery_code, with_s.replace("S", "\u017f"))


@given(st.text(max_size=40) | ANY_TEXT | st.text(ALPHABET, min_size=28, max_size=28))
def test_anything_typed_is_a_code_or_is_refused_with_a_sentence(text: str) -> None:
    assert answer(read_recovery_code, text) in {"", "bad_recovery_code"}
