"""How names, items, plates and phone numbers are made alike before they are compared."""

from __future__ import annotations

from functools import cache, partial

from desk.contacts import phone_key, region_of
from desk.domain.searchable import Spelling
from desk.text import fold, folded_with_map


@cache
def spelling_in(timezone: str) -> Spelling:
    """Returns how texts are compared at a station.

    Args:
        timezone: its IANA zone; a phone number without a country is of the one it lies in.
    """
    return Spelling(fold, folded_with_map, partial(phone_key, region=region_of(timezone)))
