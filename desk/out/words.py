"""What days, times, places and people are called on paper, which is carried away and outlives them.

So the year is there, and the clock that is meant.
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.exchange import Party
from desk.domain.views import Station
from desk.i18n import _
from desk.text import safe
from desk.wording import clock_time, day_name


def whole_day(day: date) -> str:
    """Returns ``Saturday 21 November 2026``."""
    return f"{day_name(day)} {day.year}"


def time_span(starts: DateTime, ends: DateTime, zone: ZoneInfo) -> str:
    """Returns ``14:15 to 14:35 PST``."""
    return _("{start} to {end} {clock}").format(
        start=clock_time(starts, zone), end=clock_time(ends, zone), clock=_clock(starts, zone)
    )


def _clock(moment: DateTime, zone: ZoneInfo) -> str:
    """Returns ``PST``, or ``UTC-03:00`` where the clock of a zone has no name."""
    local = moment.astimezone(zone)
    name = local.strftime("%Z")
    return name if name.isalpha() else f"UTC{local.isoformat()[-6:]}"


def bay_label(station: Station, code: str | None) -> str:
    """Returns the bay's label; its code where the station knows it no more."""
    if code is None:
        return _("No bay yet")
    bay = station.bay(code)
    return safe(code if bay is None else bay.label)


def party_name(party: Party) -> str:
    """Returns the party's whole name."""
    return safe(party.name) if party.name else _("not named yet")
