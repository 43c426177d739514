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


def zones_like(text: str) -> tuple[str, ...]:
    """Returns the names of zones that hold a text, whatever its case, those of it first."""
    wanted = text.strip().casefold().replace(" ", "_")
    fitting = (name for name in _known() if wanted and wanted in name.casefold())
    return tuple(sorted(fitting, key=lambda name: (not name.casefold().endswith(wanted), name)))
