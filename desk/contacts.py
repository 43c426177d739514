"""Phone numbers and number plates, made alike where they are the same and only written otherwise.

What was given is what is stored and shown; these are keys to compare and to search by.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files


@lru_cache(maxsize=4096)
def phone_key(given: str, region: str | None) -> str:
    """Returns a phone number as E.164, such as ``+15095550142``; else what of it can be dialled.

    Args:
        given: the number as somebody wrote it.
        region: the country by which a number without one is read, such as ``US``.
    """
    import phonenumbers

    try:
        number = phonenumbers.parse(given, region)
    except phonenumbers.NumberParseException:
        return _dialled(given)
    if not phonenumbers.is_possible_number(number):
        return _dialled(given)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _dialled(given: str) -> str:
    return "".join(filter(str.isalnum, given)).upper()


def plate_key(given: str) -> str:
    """Returns a number plate in upper case, its letters and digits alone."""
    return "".join(filter(str.isalnum, given)).upper()


def region_of(timezone: str) -> str | None:
    """Returns the country that a time zone lies in, such as ``US``; None where none is known.

    By the tables of the IANA time zone database: ``zone.tab`` names the country of every zone, and
    ``tzdata.zi`` the zone that an older name, such as ``US/Pacific``, leads to.
    """
    regions = _regions()
    return regions.get(timezone) or regions.get(_older_names().get(timezone, ""))


@cache
def _regions() -> dict[str, str]:
    rows = (line.split("\t") for line in _lines("zone.tab") if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


@cache
def _older_names() -> dict[str, str]:
    links = (line.split() for line in _lines("tzdata.zi") if line.startswith("L "))
    return {older: zone for _link, zone, older in links}


def _lines(table: str) -> list[str]:
    return files("tzdata").joinpath("zoneinfo", table).read_text(encoding="utf-8").splitlines()
