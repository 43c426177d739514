"""Each format again: the same file, then one in which some rows are not what they were."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desk.domain.drafts import Draft, ImportPlan
from desk.domain.exchange import Exchange
from desk.intake.intake import plan
from desk.intake.opening import glimpse
from desk.intake.terms import Terms
from tests.builders import StationUnderTest
from tests.intake.making import DAY, NOTHING_SAID, SAMPLES, TERMS, Shelf, a_file, stored, the_plan


@dataclass(frozen=True)
class Table:
    """How a table of some format tells that something is otherwise.

    Attributes:
        place: the column of the bay, and another bay in its words.
        off: the column of the state, and the word that calls off; None where such rows vanish.
        own: the column that makes a booking another one, and what to write there.
    """

    delimiter: str
    place: tuple[str, str]
    off: tuple[str, str] | None
    own: tuple[str, str]
    encoding: str = "utf-8-sig"

    def otherwise(self, data: bytes) -> bytes:
        """Three rows changed, two called off, one new, one gone."""
        text = io.StringIO(data.decode(self.encoding), newline="")
        header, *rows = list(csv.reader(text, delimiter=self.delimiter))
        place, own = header.index(self.place[0]), header.index(self.own[0])
        for row in rows[:3]:
            row[place] = self.place[1]
        new = list(rows[5])
        new[own] = self.own[1]
        if self.off is not None:
            for row in rows[3:5]:
                row[header.index(self.off[0])] = self.off[1]
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=self.delimiter).writerows([header, *rows[:-1], new])
        return out.getvalue().encode(self.encoding)


def a_calendar(data: bytes) -> bytes:
    """The same of a calendar: of one with few events fewer are changed and called off."""
    head, *events = re.split(r"(?=BEGIN:VEVENT)", data.decode())
    last = len(events) - 1
    events[last], tail = events[last].split("END:VCALENDAR")
    calm = [number for number, each in enumerate(events) if "CANCELLED" not in each]
    for number in calm[:1] if last < 6 else calm[:3]:
        events[number] = re.sub(r"LOCATION:[^\r]*", "LOCATION:Bay 2", events[number])
    for number in calm[-3:-1] if last < 6 else calm[3:5]:
        events[number] = re.sub(r"STATUS:\w+", "STATUS:CANCELLED", events[number])
    new = re.sub(r"UID:[^\r]*", "UID:another", events[0])
    return "".join([head, *events[:last], new, "END:VCALENDAR", tail]).encode()


AGAIN: dict[str, tuple[Callable[[bytes], bytes], dict[str, int]]] = {
    "plain.csv": (
        Table(",", ("Bay", "2"), None, ("Seller", "Somebody Else")).otherwise,
        {"new": 1, "changed": 2, "missing": 1},
    ),
    "calendly.csv": (
        Table(",", ("Location", "Lobby"), ("Canceled", "true"), ("Invitee UUID", "x")).otherwise,
        {"new": 1, "changed": 3, "cancelled": 2, "missing": 1},
    ),
    "microsoft-bookings.tsv": (
        Table("\t", ("Location", "Lobby"), None, ("Booking Id", "x")).otherwise,
        {"new": 1, "changed": 3, "missing": 1},
    ),
    "acuity.csv": (
        Table(",", ("Calendar", "Bay 1"), None, ("Last Name", "Else")).otherwise,
        {"new": 1, "changed": 3, "missing": 1},
    ),
    "google-calendar.csv": (
        Table(",", ("Location", "Lobby"), None, ("Start Time", "1:00 PM")).otherwise,
        {"new": 1, "changed": 3, "missing": 1},
    ),
    "columns-of-their-own-fr.csv": (
        Table(";", ("Emplacement", "Lobby"), ("État", "Annulé"), ("N°", "9"), "cp1252").otherwise,
        # One of the two is called off already.
        {"new": 1, "changed": 3, "cancelled": 1, "missing": 1},
    ),
    "easyappointments.ics": (a_calendar, {"new": 1, "changed": 3, "cancelled": 2, "missing": 1}),
    "librebooking.ics": (a_calendar, {"new": 1, "changed": 1, "cancelled": 2, "missing": 1}),
    "outlook-no-vtimezone.ics": (
        a_calendar,
        {"new": 1, "changed": 1, "cancelled": 2, "missing": 1},
    ),
}
FATES = ("new", "changed", "cancelled", "cancelled_before", "decided", "missing", "rejections")


def terms_for(name: str) -> Terms:
    """The terms of a station that has mapped the sample, if it is one to be mapped."""
    if not name.startswith("columns"):
        return TERMS
    proposed = glimpse(SAMPLES / name, TERMS, NOTHING_SAID).proposed
    assert proposed is not None
    return replace(TERMS, maps=(proposed.named("mairie"),))


def tally(planned: ImportPlan) -> dict[str, int]:
    """How many there are of each fate, but the unchanged."""
    counts = {fate: len(getattr(planned, fate)) for fate in FATES}
    return {fate: count for fate, count in counts.items() if count}


def known(planned: ImportPlan) -> Shelf:
    """What a station knows once it has taken a file in."""
    drafts: tuple[Draft, ...] = (*planned.new, *planned.cancelled_before)
    exchanges = [stored(draft, f"REF{number:03}") for number, draft in enumerate(drafts)]
    return Shelf(tuple(exchanges))


@pytest.mark.parametrize("name", AGAIN)
def test_the_same_file_again_changes_nothing(name: str) -> None:
    first = the_plan(SAMPLES / name, terms=terms_for(name))
    again = the_plan(SAMPLES / name, known(first), terms=terms_for(name))
    assert tally(again) == {}
    assert len(again.unchanged) == first.writes > 4


@pytest.mark.parametrize("name", AGAIN)
def test_another_file_is_exactly_what_differs(name: str, tmp_path: Path) -> None:
    otherwise, expected = AGAIN[name]
    first = the_plan(SAMPLES / name, terms=terms_for(name))
    path = a_file(tmp_path, otherwise((SAMPLES / name).read_bytes()), "noon.csv")
    again = the_plan(path, known(first), terms=terms_for(name))
    assert tally(again) == expected
    assert {change.fields for change in again.changed} == {("bay",)}
    assert {change.fields for change in again.cancelled} <= {("cancelled",)}
    assert len(again.unchanged) == first.writes - sum(expected.values()) + expected["new"]


@pytest.mark.parametrize("name", ["calendly.csv", "easyappointments.ics"])
def test_undoing_it_gives_back_what_was(
    station: StationUnderTest, name: str, tmp_path: Path
) -> None:
    station.clock.set("08:50", DAY)
    station.take_in(plan([SAMPLES / name], station.service))
    before = board(station)
    path = a_file(tmp_path, AGAIN[name][0]((SAMPLES / name).read_bytes()), "noon.csv")
    assert station.take_in(plan([path], station.service)).accepted
    assert board(station) != before

    assert station.undo().accepted
    assert board(station) == before
    assert station.service.verify().ok
    assert tally(plan([SAMPLES / name], station.service)) == {}


def board(station: StationUnderTest) -> list[Exchange]:
    """The day's exchanges without their versions, which only rise."""
    return [replace(each, version=0) for each in station.board(DAY).exchanges]
