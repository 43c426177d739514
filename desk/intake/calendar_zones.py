"""The time zones of an iCalendar file: IANA's, Windows', or defined in the file itself.

Windows' names are those of CLDR's table in the icalendar library. A zone that nobody knows is
None, so that what happens in it is refused: a guess would be hours off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from desk.intake.components import Component
from desk.intake.zones import zone_named

_NAME = re.compile(r"TZID[^:]*:(?P<name>.*)", re.IGNORECASE)
_LOCATION = re.compile(r"X-LIC-LOCATION:(?P<name>.*)", re.IGNORECASE)
_RULE_PART = (
    r"(?:FREQ=YEARLY|INTERVAL=1|UNTIL=\d{8}T\d{6}Z?|WKST=[A-Z]{2}|BYMONTH=\d{1,2}"
    r"|BYDAY=[+-]?[1-5]?[A-Z]{2}|BYMONTHDAY=\d{1,2}(?:,\d{1,2})*)"
)
_TELLING = re.compile(
    r"(?:BEGIN|END):(?:STANDARD|DAYLIGHT)|DTSTART:\d{8}T\d{6}|TZOFFSET(?:FROM|TO):[+-]?\d{4}(?:\d\d)?"
    rf"|RDATE:[\dT,]+|RRULE:{_RULE_PART}(?:;{_RULE_PART})*",
    re.IGNORECASE | re.ASCII,
)
"""The lines that say when clocks change, in the form in which every calendar writes them.

Rules by day or second are none: they could be followed for ever.
"""

_MOST_LINES = 2_000
_PROBE = datetime(2026, 7, 1, tzinfo=UTC).replace(tzinfo=None)


class Zones:
    """Every zone that a file's times may name.

    Args:
        definitions: the file's own ``VTIMEZONE`` components.
    """

    def __init__(self, definitions: Iterable[Component] = ()) -> None:
        self._own: dict[str, tzinfo] = {}
        for definition in definitions:
            name = _said(_NAME, definition)
            zone = _library_zone(_said(_LOCATION, definition)) or _defined(definition)
            if name and zone is not None:
                self._own.setdefault(name, zone)

    def named(self, name: str) -> tzinfo | None:
        """Returns the zone of that name, or None."""
        return _library_zone(name) or self._own.get(name)


def _library_zone(name: str) -> tzinfo | None:
    """Returns the zone where the name is IANA's, Windows' or ends in one of IANA's."""
    plain = name.strip("/ ")
    found = zone_named(plain) or zone_named(WINDOWS_TO_OLSON.get(plain, ""))
    while found is None and name.startswith("/") and "/" in plain:
        # "/citadel.org/20210210_1/Europe/Berlin": RFC 5545, 3.2.19.
        plain = plain.partition("/")[2]
        found = zone_named(plain)
    return found


def _said(pattern: re.Pattern[str], definition: Component) -> str:
    found = next(filter(None, map(pattern.fullmatch, definition.lines)), None)
    return found["name"].strip() if found else ""


def _defined(definition: Component) -> tzinfo | None:
    """Returns the zone that the component defines; None where it makes no sense."""
    lines = [line.strip() for line in definition.lines]
    told = [line for line in lines if _TELLING.fullmatch(line)]
    rules = [line for line in lines if line.upper().startswith("RRULE")]
    if len(told) > _MOST_LINES or not set(rules) <= set(told):
        return None
    text = "\r\n".join(["BEGIN:VTIMEZONE", "TZID:own", *told, "END:VTIMEZONE", ""])
    try:
        component = Timezone.from_ical(text)
        if not isinstance(component, Timezone):
            return None
        zone: tzinfo = component.to_tz(lookup_tzid=False)
        zone.utcoffset(_PROBE)
    except ValueError:
        return None
    return zone
