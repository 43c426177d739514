"""How a booking file was read, in words that screen and command line share."""

from __future__ import annotations

from desk.domain.reading import DayOrder, HowRead
from desk.i18n import _
from desk.intake.encoding import ENCODINGS
from desk.intake.table import DELIMITERS


def order_name(order: DayOrder) -> str:
    """Returns what an officer calls an order of day and month."""
    names = {
        DayOrder.DAY_FIRST: _("day before month"),
        DayOrder.MONTH_FIRST: _("month before day"),
    }
    return names[order]


def how_words(how: HowRead) -> str:
    """Returns format, encoding, delimiter, order of the day and zone, as far as they matter."""
    parts = [how.title, ENCODINGS[how.encoding]]
    if how.delimiter is not None:
        parts.append(DELIMITERS[how.delimiter])
    if how.day_order is not None:
        parts.append(order_name(how.day_order))
    parts.append(_("times in {zone}").format(zone=how.zone))
    if how.until is not None:
        parts.append(_("repeated bookings until {day}").format(day=how.until.isoformat()))
    return " · ".join(parts)
