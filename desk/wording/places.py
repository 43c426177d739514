"""What bays are called, and what else there is where one cannot be had."""

from __future__ import annotations

from collections.abc import Iterable

from desk.domain.bays import Place
from desk.domain.booking import Booking
from desk.domain.days import local_day
from desk.domain.views import Station
from desk.i18n import _
from desk.text import safe
from desk.wording.acts import clock_time, short_day


def bay_name(station: Station, code: str | None) -> str:
    """Returns ``bay 1``, a bay's own name such as ``Lobby``, or ``no bay yet``."""
    if code is None:
        return _("no bay yet")
    bay = station.bay(code)
    if code.isdigit():
        return _("bay {code}").format(code=code)
    return safe(bay.label if bay and bay.label else code)


def place_words(place: Place, booking: Booking, station: Station) -> str:
    """Returns ``bay 3 at 14:15``, with the day where that is another than was wanted."""
    words = _("{bay} at {time}").format(
        bay=bay_name(station, place.bay), time=clock_time(place.starts_at, station.zone)
    )
    days = [local_day(each, station.zone) for each in (place.starts_at, booking.starts_at)]
    return words if days[0] == days[1] else f"{words}, {short_day(days[0])}"


def free_places_words(places: Iterable[Place], booking: Booking, station: Station) -> str:
    """Returns ``Free: bay 3 at 14:15, bay 2 at 14:30.``, or that nothing is."""
    told = ", ".join(place_words(place, booking, station) for place in places)
    return _("Free: {places}.").format(places=told) if told else _("Nothing is free near then.")
