"""Which time zones a station can be in: those of a place on earth, by the names of IANA."""

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


def is_zone_of_place(zone: str) -> bool:
    """Returns whether that is the name of a zone with a place: ``America/Los_Angeles``."""
    if not names_place(zone):
        return False
    try:
        return ZoneInfo(zone).key == zone
    except (OSError, ValueError, ZoneInfoNotFoundError):  # A folder, a way out of it, nothing.
        return False
