"""Time zones by the names that booking files give them."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def zone_named(name: str) -> ZoneInfo | None:
    """Returns the zone with that IANA name, or None."""
    # Asked first, because any other name would be looked for as a file.
    return ZoneInfo(name) if name in _known() else None
