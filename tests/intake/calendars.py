"""Calendars, as the tests of their reader need them."""

from pathlib import Path

from desk.domain.drafts import Draft, ImportPlan
from desk.domain.reading import Overrules
from tests.intake.making import NOTHING_SAID, a_file, the_plan

ANN = "ATTENDEE;CN=Ann One:mailto:ann@example.com"
BOB = "ATTENDEE;CN=Bob Two:mailto:bob@example.com"


def event(*lines: str, start: str = "DTSTART:20261123T170000Z", uid: str = "UID:1") -> str:
    """An event at nine, unless it is told otherwise."""
    return "\n".join(["BEGIN:VEVENT", *filter(None, (uid, start)), ANN, *lines, "END:VEVENT"])


def calendar(*parts: str, product: str = "-//Somebody//EN") -> str:
    """A calendar of these events and zones; the first begins on line 3."""
    body = "".join(f"{part.strip()}\n" for part in parts)
    text = f"BEGIN:VCALENDAR\nPRODID:{product}\n{body}END:VCALENDAR\n"
    return text.replace("\n", "\r\n")


def read(folder: Path, *parts: str, said: Overrules = NOTHING_SAID) -> ImportPlan:
    """The plan for such a calendar."""
    return the_plan(a_file(folder, calendar(*parts), "bookings.ics"), said=said)


def the_draft(folder: Path, *lines: str, start: str = "DTSTART:20261123T170000Z") -> Draft:
    """The one new booking of a calendar with one event."""
    planned = read(folder, event(*lines, start=start))
    assert planned.rejections == ()
    (draft,) = planned.new
    return draft
