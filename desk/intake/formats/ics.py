"""Calendars: what Easy!Appointments, LibreBooking, Google and Outlook export (RFC 5545).

Times are in UTC, in a named zone, or floating, which means the file's zone. Days without a time
are refused. What is tentative is booked; what is cancelled is called off. A repeated event is
written out only inside a window, and each of its days has an id of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from desk.intake.calendar_zones import Zones
from desk.intake.components import ZONE, Calendar, Component, Property, components, lines_of
from desk.intake.descriptions import service_and_item, told_by
from desk.intake.formats.tables import first_of
from desk.intake.problems import Problem, ProblemError
from desk.intake.raw import RawDraft, RawParty
from desk.intake.read import Document, Limits
from desk.intake.recurrence import Rule
from desk.intake.stamps import Stamp, read_duration, read_stamp, read_stamps
from desk.intake.table import NOTHING, Cell
from desk.intake.values import kind_by_word

PRODUCTS = {
    "easyappointments": ("easyappointments", "Easy!Appointments"),
    "librebooking": ("librebooking", "LibreBooking"),
    "google": ("google_calendar", "Google Calendar"),
    "microsoft": ("outlook", "Outlook"),
}
"""A word of ``PRODID``: the source and the title."""
ANY = ("ics", "iCalendar")
"""The source and the title of any other."""

_LISTS = frozenset({"ATTENDEE", "EXDATE", "RDATE"})
_READ = _LISTS | {
    "CATEGORIES",
    "DESCRIPTION",
    "DTEND",
    "DTSTART",
    "DURATION",
    "LOCATION",
    "ORGANIZER",
    "RECURRENCE-ID",
    "RRULE",
    "STATUS",
    "SUMMARY",
    "UID",
}
_REPEATS = lines_of("RRULE", "RDATE")
_MOVED = lines_of("RECURRENCE-ID")
_NO_PERSON = frozenset({"RESOURCE", "ROOM", "GROUP"})
_ADDRESS = re.compile(r"(?:mailto:)?(?P<address>[^@\s]+@[^@\s]+)", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d ().-]{7,20}", re.ASCII)

Row = tuple[int, RawDraft | ProblemError]


@dataclass(frozen=True, slots=True)
class _Event:
    """One event: its properties by name, those that can come several times in lists."""

    row: int
    single: dict[str, Property]
    several: dict[str, list[Property]]

    @classmethod
    def of(cls, component: Component, limits: Limits, encoding: str) -> _Event:
        """Returns what is read of a component.

        Raises:
            ProblemError: it does not end, is damaged, or one of its lines is too long.
        """
        if not component.ended:
            raise ProblemError(Problem.UNENDED_EVENT)
        event = cls(component.row, {}, {name: [] for name in _LISTS})
        for given in component.properties(encoding):
            if given.name not in _READ:
                continue
            if len(given.value) > limits.cell:
                raise ProblemError(Problem.CELL_TOO_LONG, given.name, limit=limits.cell)
            if given.name in _LISTS:
                event.several[given.name].append(given)
            else:
                event.single.setdefault(given.name, given)
        return event

    def cell(self, name: str) -> Cell:
        """Returns a property's text; ``NOTHING`` where there is none."""
        found = self.single.get(name)
        return NOTHING if found is None else found.cell


@dataclass(frozen=True, slots=True)
class Window:
    """In which days repeated events are written out, both ends included.

    Attributes:
        zone: of those days, and of times that name no zone.
    """

    first: date
    last: date
    zone: tzinfo

    def holds(self, moment: datetime) -> bool:
        """Tells whether the moment is on one of those days."""
        return self.first <= moment.astimezone(self.zone).date() <= self.last


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """How one calendar is taken apart, once it has been looked through.

    Attributes:
        source: the stable word that is stored with each exchange.
        title: what an officer knows it by.
        repeats: whether any event of it does.
    """

    source: str
    title: str
    limits: Limits
    window: Window
    zones: Zones
    called_off: bool
    replaced: frozenset[tuple[str, datetime]]
    repeats: bool

    @classmethod
    def look_through(cls, document: Document, limits: Limits, window: Window) -> CalendarFile:
        """Reads a calendar once, for what its events need to know of each other.

        Raises:
            ProblemError: it has too many events.
        """
        calendar = Calendar()
        definitions: list[Component] = []
        moved: list[Component] = []
        events, repeats = 0, False
        for component in components(document, calendar):
            if component.kind == ZONE:
                definitions.append(component)
                continue
            events += 1
            if events > limits.rows:
                raise ProblemError(Problem.TOO_MANY_ROWS, limit=limits.rows)
            repeats = repeats or component.has(_REPEATS)
            if component.has(_MOVED):
                moved.append(component)
        zones = Zones(definitions)
        product = calendar.product.lower().replace("!", "")
        known = (said for word, said in PRODUCTS.items() if word in product)
        source, title = next(known, ANY)
        return cls(
            source=source,
            title=title,
            limits=limits,
            window=window,
            zones=zones,
            called_off=calendar.method == "CANCEL",
            replaced=frozenset(_replaced(moved, limits, document.encoding, zones, window.zone)),
            repeats=repeats,
        )

    def rows(self, document: Document) -> Iterator[Row]:
        """Yields each booking, or what is wrong with it, with the line on which it starts."""
        for component in components(document, Calendar()):
            if component.kind == ZONE:
                continue
            try:
                event = _Event.of(component, self.limits, document.encoding)
                for raw in self._drafts(event):
                    yield component.row, raw
            except ProblemError as problem:
                yield component.row, problem

    def _drafts(self, event: _Event) -> Iterator[RawDraft]:
        if "DTSTART" not in event.single:
            raise ProblemError(Problem.EMPTY_CELL, "DTSTART")
        start = read_stamp(event.single["DTSTART"], self.zones)
        raw = self._described(event, start)
        uid = event.cell("UID")
        if "RECURRENCE-ID" in event.single:
            instance = _instance(event, self.zones).moment(self.window.zone)
            yield self._timed(event, replace(raw, external_id=_id_of(uid, instance)))
        elif "RRULE" in event.single or event.several["RDATE"]:
            length = self._length(event, start)
            for each in self._instances(event, start):
                external_id = _id_of(uid, each.moment(self.window.zone))
                yield replace(raw, starts=each.raw(), length=length, external_id=external_id)
        else:
            yield self._timed(event, replace(raw, external_id=uid))

    def _timed(self, event: _Event, raw: RawDraft) -> RawDraft:
        """Returns the booking with its end, or with its length where the event has that."""
        if "DTEND" in event.single:
            return replace(raw, ends=read_stamp(event.single["DTEND"], self.zones).raw())
        if "DURATION" in event.single:
            given = event.single["DURATION"]
            return replace(raw, length=_minutes(given.name, read_duration(given)))
        return raw

    def _length(self, event: _Event, start: Stamp) -> Cell:
        if "DTEND" in event.single:
            end = read_stamp(event.single["DTEND"], self.zones)
            taken = end.wall_in(start.zone, self.window.zone) - start.wall
            return _minutes("DTEND", taken)
        if "DURATION" in event.single:
            given = event.single["DURATION"]
            return _minutes(given.name, read_duration(given))
        return NOTHING

    def _instances(self, event: _Event, start: Stamp) -> Iterator[Stamp]:
        """Yields the times at which a repeated event takes place, inside the window."""
        floating = self.window.zone
        excluded = {
            each if not isinstance(each, Stamp) else each.wall_in(start.zone, floating)
            for given in event.several["EXDATE"]
            for each in read_stamps(given, self.zones)
        }
        uid = event.cell("UID").text
        walls = {start.wall: start} | dict(self._added(event, start))
        walls |= {each.wall: each for each in self._by_rule(event, start)}
        for wall in sorted(walls):
            stamp = walls[wall]
            moment = stamp.moment(floating)
            if (
                self.window.holds(moment)
                and not {wall, wall.date()} & excluded
                and (uid, moment) not in self.replaced
            ):
                yield stamp

    def _added(self, event: _Event, start: Stamp) -> Iterator[tuple[datetime, Stamp]]:
        for given in event.several["RDATE"]:
            for each in read_stamps(given, self.zones):
                if not isinstance(each, Stamp):
                    raise ProblemError(Problem.ALL_DAY, given.name)
                wall = each.wall_in(start.zone, self.window.zone)
                yield wall, replace(start, day=wall.date(), at=wall.time())

    def _by_rule(self, event: _Event, start: Stamp) -> Iterator[Stamp]:
        given = event.single.get("RRULE")
        if given is None:
            return
        try:
            rule = Rule.read(given.value.strip())
        except ValueError:
            raise ProblemError(Problem.UNREADABLE_RULE, given.name, text=given.value) from None
        # A day of the event's zone can be another one at the station.
        days = timedelta(days=1)
        for day in rule.days(start.day, (self.window.first - days, self.window.last + days)):
            stamp = start.on(day)
            if rule.until is None or _not_after(stamp, rule.until, self.window.zone):
                yield stamp

    def _described(self, event: _Event, start: Stamp) -> RawDraft:
        """Returns the booking without its end and its id."""
        service, item = service_and_item(event.cell("SUMMARY"))
        description = event.cell("DESCRIPTION")
        booker, other = _people(event)
        if not booker.phone.text:
            booker = replace(booker, phone=_phone_below(booker, description))
        told = told_by(description, booker, other)
        called_off = self.called_off or event.cell("STATUS").text.upper() == "CANCELLED"
        return RawDraft(
            starts=start.raw(),
            giver=told.giver,
            receiver=told.receiver,
            kind=kind_by_word(f"{service} {event.cell('CATEGORIES').text}"),
            bay=event.cell("LOCATION"),
            item=first_of(item, told.item),
            cancelled=Cell("STATUS", "true" if called_off else ""),
        )


def property_rows(document: Document) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yields the names of the properties that are read as row 0, then what each event has there.

    They are raw lines, so that what is wrong with one can be seen.
    """
    names = sorted(_READ)
    yield 0, tuple(names)
    patterns = [lines_of(name) for name in names]
    for component in components(document, Calendar()):
        if component.kind != ZONE:
            lines = component.lines
            told = (
                "; ".join(line for line in lines if pattern.match(line)) for pattern in patterns
            )
            yield component.row, tuple(told)


def _not_after(stamp: Stamp, until: date | datetime, floating: tzinfo) -> bool:
    if not isinstance(until, datetime):
        return stamp.day <= until
    if until.tzinfo is None:
        return stamp.wall <= until
    return stamp.moment(floating) <= until


def _replaced(
    moved: Iterable[Component], limits: Limits, encoding: str, zones: Zones, floating: tzinfo
) -> Iterator[tuple[str, datetime]]:
    """Yields which instances of repeated events have an event of their own."""
    for component in moved:
        try:
            event = _Event.of(component, limits, encoding)
            yield event.cell("UID").text, _instance(event, zones).moment(floating)
        except ProblemError:
            # Told when the event itself is read.
            continue


def _instance(event: _Event, zones: Zones) -> Stamp:
    """Returns which instance of a repeated event this one takes the place of."""
    given = event.single["RECURRENCE-ID"]
    if "RANGE" in given.parameters:
        raise ProblemError(Problem.UNREADABLE_RULE, given.name, text=given.parameters["RANGE"])
    return read_stamp(given, zones)


def _id_of(uid: Cell, moment: datetime) -> Cell:
    return Cell(uid.field, f"{uid.text}/{moment:%Y%m%dT%H%M%SZ}" if uid.text else "")


def _minutes(field: str, length: timedelta) -> Cell:
    minutes = length // timedelta(minutes=1)
    return Cell(field, str(minutes) if minutes > 0 else "")


def _people(event: _Event) -> tuple[RawParty, RawParty]:
    """Returns the first two who are invited; whoever invites them is the desk itself."""
    organizer = _address(event.single.get("ORGANIZER"))
    invited = [
        given
        for given in event.several["ATTENDEE"]
        if given.parameters.get("CUTYPE", "").upper() not in _NO_PERSON
        and (not organizer or _address(given).lower() != organizer.lower())
    ]
    people = [_person(given) for given in invited[:2]]
    one, other, *_rest = [*people, RawParty(), RawParty()]
    return one, other


def _person(given: Property) -> RawParty:
    name, address = given.parameters.get("CN", ""), _address(given)
    # Google writes the address where it knows no name.
    return RawParty(
        name=Cell(given.name, "" if "@" in name else name.strip()),
        email=Cell(given.name, address),
    )


def _address(given: Property | None) -> str:
    found = None if given is None else _ADDRESS.fullmatch(given.value.strip())
    return found["address"] if found else ""


def _phone_below(person: RawParty, description: Cell) -> Cell:
    """Returns the phone number in a description that follows the person's name or address."""
    lines = [line.strip() for line in description.text.splitlines()]
    own = {text for text in (person.name.text, person.email.text) if text}
    places = [number for number, line in enumerate(lines) if line in own]
    if not places:
        return NOTHING
    below = lines[places[-1] + 1 : places[-1] + 4]
    found = next((line for line in below if _PHONE.fullmatch(line)), "")
    return Cell(description.field, found)
