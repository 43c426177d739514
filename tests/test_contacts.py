"""desk.contacts: the same phone or plate, however it is written."""

from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.contacts import phone_key, plate_key, region_of


@pytest.mark.parametrize(
    ("given", "region", "key"),
    [
        ("+1 509 555 0142", "US", "+15095550142"),
        ("(509) 555-0142", "US", "+15095550142"),
        ("1-509-555-0142", "US", "+15095550142"),
        ("509.555.0142", "CA", "+15095550142"),
        ("06 99 00 55 41", "FR", "+33699005541"),
        ("+33 (0)6 99 00 55 41", "US", "+33699005541"),
        ("0033 6 99 00 55 41", "FR", "+33699005541"),
        ("+1 509 555 0142", None, "+15095550142"),
        ("509 555 0142", None, "5095550142"),
        ("ask at 12", "US", "ASKAT12"),
        ("", "US", ""),
    ],
)
def test_a_phone_is_known_by_its_number(given: str, region: str | None, key: str) -> None:
    assert phone_key(given, region) == key


@given(st.text(max_size=300), st.sampled_from(["US", "FR", "ZZ", None]))
def test_any_text_has_a_key(text: str, region: str | None) -> None:
    assert isinstance(phone_key(text, region), str)


@pytest.mark.parametrize("written", ["BRT-4471", "brt 4471", " BRT4471 ", "b r t-4471"])
def test_a_plate_is_known_by_its_letters_and_digits(written: str) -> None:
    assert plate_key(written) == "BRT4471"


@pytest.mark.parametrize(
    ("timezone", "region"),
    [
        ("America/Los_Angeles", "US"),
        ("US/Pacific", "US"),
        ("Europe/Paris", "FR"),
        ("Africa/Cairo", "EG"),
        ("UTC", None),
    ],
)
def test_a_zone_lies_in_a_country(timezone: str, region: str | None) -> None:
    assert region_of(timezone) == region


def test_most_zones_lie_in_one() -> None:
    cities = [zone for zone in available_timezones() if zone.startswith(("America/", "Europe/"))]
    assert sum(region_of(zone) is not None for zone in cities) > len(cities) / 2
