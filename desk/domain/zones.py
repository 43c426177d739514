"""Which time zones there are, and which of them a new station can be in: those of a place."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_AREAS = frozenset(
    {
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Brazil",
        "Canada",
        "Chile",
        "Europe",
        "Indian",
        "Mexico",
        "Pacific",
        "US",
    }
)
"""What a zone of a place begins with, in https://www.iana.org/time-zones.

What else a PC has in its list is an offset (``Etc/GMT+5``, ``EST``), another name for UTC, not set
(``Factory``), or whatever that PC shows (``localtime``): none of them knows when clocks change.
"""


def names_place(zone: str) -> bool:
    """Returns whether a name of a zone is that of a place, whether or not there is such a zone."""
    area, _slash, place = zone.partition("/")
    return bool(place) and area in _AREAS


def is_zone(zone: str) -> bool:
    """Returns whether there is a zone of exactly that name, with a place or without."""
    try:
        return ZoneInfo(zone).key == zone
    except (OSError, ValueError, ZoneInfoNotFoundError):  # A folder, a way out of it, nothing.
        return False
