"""Exchanges as iCalendar (RFC 5545), for whoever keeps the day in a calendar.

An exchange has the same UID in every file, so that a calendar that takes a later one in changes
the event and makes no second. Times name the station's zone, which the file describes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from pendulum import DateTime

import desk
from desk.domain.exchange import Exchange, Kind, Outcome, Side
from desk.domain.reference import Slip, known_everywhere
from desk.domain.views import Station
from desk.out.words import bay_label, party_name
from desk.text import safe
from desk.wording import kind_name, roles

_A_YEAR = timedelta(days=366)
"""How far the zone is described before and after the events: every change of the clocks in it."""


def station_calendar(station: Station, exchanges: Sequence[Exchange], now: DateTime) -> bytes:
    """Returns exchanges as the station's own calendar; custody parties are named by role only."""
    return _calendar([_for_station(each, station, now) for each in exchanges])


def party_calendar(
    station: Station, exchange: Exchange, side: Side, rules: Iterable[str], now: DateTime
) -> bytes:
    """Returns one exchange as the calendar of one party: nothing in it is about the other.

    Args:
        station: where.
        exchange: what.
        side: whose calendar it is for.
        rules: the house rules, a sentence each.
        now: when it is made.
    """
    event = _event(exchange, station, now, Slip(exchange.ref, side))
    place = f"{bay_label(station, exchange.bay)}, {safe(station.name)}"
    event.add("location", place)
    event.add("description", "\n".join((roles(exchange.kind)[side], *map(safe, rules))))
    return _calendar([event])


def _calendar(events: Sequence[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//desk//{desk.version()}//EN")
    calendar.add("version", "2.0")
    for event in events:
        calendar.add_component(event)
    days = [_day(event) for event in events]
    if days:
        calendar.add_missing_timezones(min(days) - _A_YEAR, max(days) + _A_YEAR)
    content: bytes = calendar.to_ical()
    return content


def _day(event: Event) -> date:
    starts: date = event.start
    return date(starts.year, starts.month, starts.day)


def _for_station(exchange: Exchange, station: Station, now: DateTime) -> Event:
    event = _event(exchange, station, now, Slip(exchange.ref))
    if exchange.bay is not None:
        event.add("location", bay_label(station, exchange.bay))
    names = () if exchange.kind is Kind.CUSTODY else _names(exchange)
    lines = (*names, *filter(None, [safe(exchange.item)]))
    if lines:
        event.add("description", "\n".join(lines))
    return event


def _names(exchange: Exchange) -> tuple[str, ...]:
    called = roles(exchange.kind)
    return tuple(f"{called[party.side]}: {party_name(party)}" for party in exchange.parties)


def _event(exchange: Exchange, station: Station, now: DateTime, slip: Slip) -> Event:
    called_off = exchange.outcome is Outcome.CANCELLED
    event = Event()
    event.add("uid", known_everywhere(exchange.ref, station.code))
    event.add("dtstamp", now)
    event.add("dtstart", _local(exchange.starts_at, station.zone))
    event.add("dtend", _local(exchange.ends_at, station.zone))
    event.add("summary", f"{kind_name(exchange.kind)} {slip.text}")
    event.add("status", "CANCELLED" if called_off else "CONFIRMED")
    event.add("sequence", exchange.version - 1)
    return event


def _local(moment: DateTime, zone: ZoneInfo) -> DateTime:
    return moment.astimezone(zone)
