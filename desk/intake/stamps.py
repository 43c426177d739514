"""Times as iCalendar writes them: ``20261123T150000``, in a zone, in UTC or in neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from desk.intake.calendar_zones import Zones
from desk.intake.components import Property
from desk.intake.dates import YEARS
from desk.intake.problems import Problem, ProblemError
from desk.intake.raw import RawMoment
from desk.intake.table import Cell

_STAMP = re.compile(r"(?P<day>\d{8})(?:T(?P<time>\d{6})(?P<utc>Z)?)?", re.ASCII | re.IGNORECASE)
_DURATION = re.compile(
    r"\+?P(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,8})S)?)?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day and a time of day.

    Attributes:
        field: the property that it stands in.
        zone: None for a floating time, which is the wall clock's wherever one is.
    """

    field: str
    day: date
    at: time
    zone: tzinfo | None

    @property
    def wall(self) -> datetime:
        """What the zone's clock shows, without the zone."""
        return datetime.combine(self.day, self.at)

    def moment(self, floating: tzinfo) -> datetime:
        """Returns the moment in UTC; one that the clock skips or repeats is any of both."""
        return self.wall.replace(tzinfo=self.zone or floating).astimezone(UTC)

    def wall_in(self, zone: tzinfo | None, floating: tzinfo) -> datetime:
        """Returns what another zone's clock shows then, without that zone."""
        if self.zone == zone:
            return self.wall
        return self.moment(floating).astimezone(zone or floating).replace(tzinfo=None)

    def on(self, day: date) -> Stamp:
        """Returns the same time of another day."""
        return Stamp(self.field, day, self.at, self.zone)

    def raw(self) -> RawMoment:
        """Returns it as every format gives its times."""
        day, at = Cell(self.field, self.day.isoformat()), Cell(self.field, self.at.isoformat())
        return RawMoment(day, at, self.zone)


def read_stamp(given: Property, zones: Zones) -> Stamp:
    """Returns the one time of a property.

    Raises:
        ProblemError: it is a day without a time, no time at all, or in a zone nobody knows.
    """
    return _stamp(given, given.value.strip(), _zone(given, zones))


def read_stamps(given: Property, zones: Zones) -> Iterator[Stamp | date]:
    """Yields each time of a property that lists several, or each day where it lists days.

    Raises:
        ProblemError: as for one.
    """
    zone = _zone(given, zones)
    for value in given.value.split(","):
        # A period begins with a time: "20261123T150000Z/PT1H".
        text = value.partition("/")[0].strip()
        found = _STAMP.fullmatch(text)
        if found is not None and found["time"] is None:
            yield _day(given, found["day"])
        else:
            yield _stamp(given, text, zone)


def read_duration(given: Property) -> timedelta:
    """Returns how long an event takes.

    Raises:
        ProblemError: it is not a length of time.
    """
    found = _DURATION.fullmatch(given.value.strip())
    if found is None:
        raise ProblemError(Problem.NO_SUCH_LENGTH, given.name, text=given.value)
    return timedelta(**{unit: int(number or 0) for unit, number in found.groupdict().items()})


def _zone(given: Property, zones: Zones) -> tzinfo | None:
    name = given.parameters.get("TZID")
    if name is None:
        return None
    zone = zones.named(name)
    if zone is None:
        raise ProblemError(Problem.UNKNOWN_ZONE, given.name, text=name)
    return zone


def _stamp(given: Property, text: str, zone: tzinfo | None) -> Stamp:
    found = _STAMP.fullmatch(text)
    if not text:
        raise ProblemError(Problem.EMPTY_CELL, given.name)
    if found is None:
        raise ProblemError(Problem.NO_SUCH_TIME, given.name, text=text)
    day = _day(given, found["day"])
    if found["time"] is None:
        raise ProblemError(Problem.ALL_DAY, given.name)
    digits = found["time"]
    try:
        at = time(int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        raise ProblemError(Problem.NO_SUCH_TIME, given.name, text=text) from None
    return Stamp(given.name, day, at, UTC if found["utc"] else zone)


def _day(given: Property, digits: str) -> date:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise ProblemError(Problem.NO_SUCH_DAY, given.name, text=digits) from None
    if day.year not in YEARS:
        raise ProblemError(Problem.NO_SUCH_DAY, given.name, text=digits)
    return day
