"""What may be a passphrase or a PIN, and what everybody tries first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.vault.passphrase import SHORTEST, Choice, as_secret, check_passphrase, check_pin
from tests.hostile import ANY_TEXT, HOSTILE
from tests.vault.making import BADGE, answer, refused

AROUND = ("Kennewick PD", "Marie Dupont")


def checked(passphrase: str) -> None:
    check_passphrase(Choice(BADGE, passphrase, AROUND), "KPD")


@pytest.mark.parametrize(
    "passphrase",
    [
        "violet kettle under nine snow",
        "my dog likes the river bank",  # Words that everybody knows, and more beside them.
        "queen of spades eats pizza",
        "gj3kslw0q8dn",
        "летний дождь над рекой",
        "🐸🐻🐼🐨🐯🦁🐮🐷🐵🐔🐧🐦",
        "no upper case no digits no signs",
        "pasted\twith a tab and a blank ",
        "x" + "violet kettle" * 5,
    ],
)
def test_a_passphrase_of_ones_own_is_taken(passphrase: str) -> None:
    checked(passphrase)


@pytest.mark.parametrize(
    "passphrase",
    [
        "password12345",
        "P@ssw0rd1234!",
        "correct horse battery staple",
        "iloveyoumichael",
        "Winter2026Winter2026",
        "Motdepasse2026",
        "qwertyuiop123",
        "poiuytrewq99!",
        "1q2w3e4r5t6y",
        "aaaaaaaaaaaaaa",
        "xkxkxkxkxkxkxk",
        "            ",
        "Kennewick 2026",
        "Kennewick Police!",
        "KPD-4412-KPD-4412",
        "marie.dupont.4412",
    ],
)
def test_what_everybody_tries_first_is_refused(passphrase: str) -> None:
    assert refused(checked, passphrase).code == "weak_passphrase"


@pytest.mark.parametrize("passphrase", ["", "gj3kslw0q8d", "\ufdfa" * 2])
def test_fewer_than_twelve_characters_are_refused(passphrase: str) -> None:
    assert str(SHORTEST) in refused(checked, passphrase).explanation


def test_the_same_letters_are_the_same_secret_whichever_way_they_are_composed() -> None:
    assert as_secret("Zoe\u0308 ﬁnds") == as_secret("Zo\xeb finds")


def test_case_and_blanks_are_part_of_the_secret() -> None:
    assert len({as_secret(typed) for typed in ("a b", "A b", "ab", "a b ")}) == 4


@given(st.text(max_size=40) | ANY_TEXT)
def test_any_text_is_a_secret_and_is_taken_or_refused_with_a_sentence(text: str) -> None:
    as_secret(text)

    assert answer(checked, text) in {"", "weak_passphrase"}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_a_secret(text: str) -> None:
    assert isinstance(as_secret(text), bytes)


@pytest.mark.parametrize("pin", ["820193", "902109", "1048576203"])
def test_a_pin_without_a_pattern_is_taken(pin: str) -> None:
    check_pin(pin, BADGE)


@pytest.mark.parametrize(
    "pin",
    [
        "",
        "82019",
        "82019a",
        "\uff18\uff12\uff10\uff11\uff19\uff13",
        "123456",
        "987654",
        "135791",
        "000000",
        "121212",
        "123123",
        "111222",
        "441200",
        "994412",
    ],
)
def test_a_pin_that_is_short_or_follows_a_pattern_is_refused(pin: str) -> None:
    assert refused(check_pin, pin, BADGE).code == "weak_pin"


def test_a_short_badge_may_stand_in_a_pin() -> None:
    check_pin("820193", "82")
