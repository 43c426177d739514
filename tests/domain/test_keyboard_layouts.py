"""Slips that come through another keyboard layout than the scanner's."""

import random

import pytest

from desk.domain.exchange import Side
from desk.domain.keyboard_layouts import slip_scanned
from desk.domain.reference import ALPHABET, Slip, draw_reference

US = "1234567890- qwertyuiop asdfghjkl; zxcvbnm,./"
US_SHIFTED = "!@#$%^&*()_ QWERTYUIOP ASDFGHJKL: ZXCVBNM<>?"
FRENCH = "&é\"'(-è_çà) azertyuiop qsdfghjklm wxcvbn,;:!"
FRENCH_SHIFTED = "1234567890° AZERTYUIOP QSDFGHJKLM WXCVBN?./§"
BELGIAN = "&é\"'(§è!çà) azertyuiop qsdfghjklm wxcvbn,;:="
BELGIAN_SHIFTED = "1234567890° AZERTYUIOP QSDFGHJKLM WXCVBN?./+"
GERMAN = "1234567890ß qwertzuiop asdfghjklö yxcvbnm,.-"
GERMAN_SHIFTED = '!"§$%&/()=? QWERTZUIOP ASDFGHJKLÖ YXCVBNM;:_'
SWISS = "1234567890' qwertzuiop asdfghjklö yxcvbnm,.-"
SWISS_SHIFTED = '+"*ç%&/()=? QWERTZUIOP ASDFGHJKLÖ YXCVBNM;:_'

LAYOUTS = {
    "french": (FRENCH, FRENCH_SHIFTED),
    "belgian": (BELGIAN, BELGIAN_SHIFTED),
    "german": (GERMAN, GERMAN_SHIFTED),
    "swiss": (SWISS, SWISS_SHIFTED),
}


def typed_by(layout: str, scan: str) -> str:
    """Returns what a scanner's US keys type on another layout; a capital is typed with Shift."""
    plain, shifted = LAYOUTS[layout]
    keys = dict(zip(US + US_SHIFTED, plain + shifted, strict=True))
    return "".join(keys[character] for character in scan)


def references(count: int) -> list[str]:
    chance = random.Random(7)
    return [draw_reference(chance.choice) for _ in range(count)]


def test_the_rows_of_every_layout_have_the_same_keys() -> None:
    for plain, shifted in LAYOUTS.values():
        assert len(plain) == len(shifted) == len(US) == len(US_SHIFTED)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("character", ALPHABET)
def test_every_character_is_understood_in_capitals_and_in_small(
    layout: str, character: str
) -> None:
    ref = next(ref for ref in references(400) if character in ref)

    for suffix, side in (("", None), ("-G", Side.GIVER), ("-R", Side.RECEIVER)):
        for scan in (ref + suffix, (ref + suffix).lower()):
            assert slip_scanned(typed_by(layout, scan)) == Slip(ref, side), scan


def test_the_slip_of_the_design_on_a_french_keyboard() -> None:
    assert typed_by("french", "K7QDM7-G") == "KèAD?è)G"
    assert slip_scanned("KèAD?è)G") == Slip("K7QDM7", Side.GIVER)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_not_understood_is_asked_for_and_seldom(layout: str) -> None:
    refs = references(2000)
    read = [slip_scanned(typed_by(layout, f"{ref}-G")) for ref in refs]
    unread = [slip for ref, slip in zip(refs, read, strict=True) if slip != Slip(ref, Side.GIVER)]

    assert unread.count(None) == len(unread) < 10


def test_caps_lock_shifts_a_french_keyboard_as_a_whole() -> None:
    assert slip_scanned("K7AD?7°G") == Slip("K7QDM7", Side.GIVER)


def test_the_plain_reading_comes_first() -> None:
    assert typed_by("german", "Z59TJY") == "Y59TJZ"
    assert slip_scanned("Y59TJZ") == Slip("Y59TJZ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "K7QDM8",
        "K7QDM7-X",
        "KèAD?è)H",
        "KèAD?è-G",
        "Nowhere",
        "441 200",
        "🎉🎉🎉🎉🎉🎉",
        "\udc80éé",
    ],
)
def test_what_is_no_slip_on_any_keyboard(text: str) -> None:
    assert slip_scanned(text) is None


def test_a_pasted_name_is_not_taken_for_a_slip() -> None:
    assert slip_scanned(typed_by("german", "PEZYKN")) == Slip("PEZYKN")
    assert slip_scanned(typed_by("german", "Pezykn")) is None
