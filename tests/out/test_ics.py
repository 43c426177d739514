"""Calendars: what a calendar program reads in them, and what nobody does."""

from __future__ import annotations

from typing import Any

from icalendar import Calendar

from desk.domain.exchange import Kind, Outcome, Side
from desk.out.ics import party_calendar, station_calendar
from tests.builders import KENNEWICK, an_exchange, moment
from tests.hostile import HOSTILE

NOW = moment("14:32")


def read(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_an_exchange_is_one_event_in_the_station_s_zone() -> None:
    content = station_calendar(KENNEWICK, [an_exchange().build()], NOW)
    (event,) = read(content)

    assert event["uid"] == "K7QDM7@KPD"
    assert event["summary"] == "Sale K7QDM7"
    assert event["location"] == "Bay 1"
    assert event["status"] == "CONFIRMED"
    assert event["description"] == "Seller: Marie Dupont\nBuyer: Paul Martin\niPhone 13 128 GB"
    assert (event.start, event.end) == (moment("14:15"), moment("14:35"))
    assert event["dtstart"].params["TZID"] == KENNEWICK.timezone
    assert b"BEGIN:VTIMEZONE\r\nTZID:America/Los_Angeles\r\n" in content


def test_the_uid_stays_and_the_sequence_rises() -> None:
    before, after = (
        read(station_calendar(KENNEWICK, [an_exchange().of_version(version).build()], NOW))[0]
        for version in (1, 4)
    )

    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 3)


def test_what_was_called_off_says_so() -> None:
    exchange = an_exchange().ended(Outcome.CANCELLED).in_bay(None).build()
    (event,) = read(station_calendar(KENNEWICK, [exchange], NOW))

    assert event["status"] == "CANCELLED"
    assert "location" not in event


def test_custody_is_named_by_role_only() -> None:
    content = station_calendar(KENNEWICK, [an_exchange().of_kind(Kind.CUSTODY).build()], NOW)

    assert b"Dupont" not in content
    assert b"Martin" not in content


def test_one_party_s_calendar_says_nothing_about_the_other() -> None:
    content = party_calendar(KENNEWICK, an_exchange().build(), Side.GIVER, ["Be early."], NOW)
    (event,) = read(content)

    assert event["summary"] == "Sale K7QDM7-G"
    assert event["location"] == "Bay 1, Kennewick PD"
    assert event["description"] == "Seller\nBe early."
    for hidden in (b"Dupont", b"Martin", b"iPhone", b"Buyer"):
        assert hidden not in content


def test_a_day_without_exchanges_is_a_calendar_too() -> None:
    assert read(station_calendar(KENNEWICK, [], NOW)) == []


def test_hostile_words_are_read_back_as_they_are_shown() -> None:
    exchanges = [
        an_exchange(f"K7QD{number:02}").between(text, None).about(text).build()
        for number, text in enumerate(HOSTILE)
    ]
    content = station_calendar(KENNEWICK, exchanges, NOW)
    events = read(content)

    assert [event["uid"] for event in events] == [f"{each.ref}@KPD" for each in exchanges]
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert not any(code in content for code in (b"\x1b", b"\x00", b"\x9b"))
