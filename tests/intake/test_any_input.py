"""Whatever a file holds: a plan or a refusal, and never another exception."""

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.domain.drafts import ImportPlan
from desk.domain.reading import DayOrder, Overrules
from desk.errors import BookingFileError
from desk.intake.encoding import ENCODINGS
from desk.intake.intake import report
from desk.intake.maps import SourceMap, Target, load_map
from desk.intake.opening import glimpse
from desk.intake.table import DELIMITERS
from tests.hostile import HOSTILE
from tests.intake.making import HEADER, NOTHING_SAID, SAMPLES, TERMS, a_file, the_plan

ANY_CELL = (
    st.sampled_from([*HOSTILE, "2026-11-23", "09:00", "01:30", "2026-11-01", "Bay 1", "true", '"'])
    | st.text(max_size=20)
    | st.dates().map(str)
    | st.times().map(str)
)
CALENDAR_NAMES = [
    "DTSTART:",
    "DTSTART;TZID=",
    "DTEND:",
    "DURATION:",
    "RRULE:",
    "RRULE:FREQ=MONTHLY;",
    "RDATE:",
    "EXDATE;TZID=",
    "RECURRENCE-ID:",
    "ATTENDEE;CN=",
    "DESCRIPTION:",
    "LOCATION:",
    "UID:",
    "",
]
SAMPLE_NAMES = sorted(path.name for path in SAMPLES.iterdir())

on_any_input = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def is_sound(planned: ImportPlan) -> None:
    """Every row is in one list, every rejection is whole, and all of it can be printed."""
    for draft in planned.new + planned.cancelled_before:
        assert draft.giver.name or draft.receiver.name
        assert draft.starts_at < draft.ends_at
        assert draft.starts_at.offset == draft.ends_at.offset == 0
    for rejection in planned.rejections:
        assert rejection.code
        assert rejection.reason
        assert rejection.remedy
    for doubt in planned.doubts:
        assert any(doubt.file == each.file and doubt.row == each.row for each in planned.rejections)
    printed = json.dumps(report(planned, 0), ensure_ascii=False)
    assert not any(ord(character) < 32 or ord(character) == 127 for character in printed)
    printed.encode()


HEADERS = [
    HEADER,
    "Date Time\tCustomer Name\tService\tDuration (mins.)\tCustom Fields\tLocation",
    "Start Time,End Time,Timezone,First Name,Last Name,Type,Calendar",
    "Subject,Start Date,Start Time,End Time,All Day Event,Description,Location",
    "Quand;Nom;Durée;État",
]
MAP = SourceMap(
    name="map",
    header=("Quand", "Nom", "Durée", "État"),
    columns={
        Target.STARTS: ("Quand",),
        Target.GIVER_NAME: ("Nom",),
        Target.LENGTH: ("Durée",),
        Target.CANCELLED: ("État",),
    },
)
WITH_MAP = replace(TERMS, maps=(MAP,))
CALENDAR_LINES = st.sampled_from(
    [
        "BEGIN:VEVENT",
        "END:VEVENT",
        "BEGIN:VTIMEZONE",
        "END:VTIMEZONE",
        "TZID:X",
        "BEGIN:STANDARD",
        "END:STANDARD",
        "TZOFFSETFROM:-0700",
        "TZOFFSETTO:+0100",
        "DTSTART:20261123T090000",
        "DTSTART;TZID=X:20261123T090000",
        "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
        "RRULE:FREQ=DAILY",
        "EXDATE:20261124T090000",
        "RECURRENCE-ID:20261125T090000",
        "DURATION:P1D",
        "ATTENDEE;CN=Ann:mailto:a@example.com",
        "DESCRIPTION:Ann / Bob",
        "STATUS:CANCELLED",
        "UID:1",
        " folded",
    ]
)


@on_any_input
@given(data=st.binary(max_size=2000))
def test_bytes(tmp_path: Path, data: bytes) -> None:
    is_sound(the_plan(a_file(tmp_path, data)))


@on_any_input
@given(
    data=st.binary(max_size=300),
    said=st.builds(
        Overrules,
        encoding=st.sampled_from([None, *ENCODINGS]),
        delimiter=st.sampled_from([None, *DELIMITERS]),
        day_order=st.sampled_from([None, *DayOrder]),
        source=st.sampled_from([None, "map", "calendly", "acuity", "plain"]),
    ),
    header=st.sampled_from(HEADERS),
)
def test_whatever_an_officer_says_of_it(
    tmp_path: Path, data: bytes, said: Overrules, header: str
) -> None:
    path = a_file(tmp_path, header.encode() + b"\n" + data)
    is_sound(the_plan(path, said=said, terms=WITH_MAP))


@on_any_input
@given(
    header=st.sampled_from(HEADERS),
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=500),
)
def test_text_under_a_header(tmp_path: Path, header: str, text: str) -> None:
    is_sound(the_plan(a_file(tmp_path, f"{header}\n{text}"), terms=WITH_MAP))


@on_any_input
@given(lines=st.lists(CALENDAR_LINES | st.text(max_size=40), max_size=25))
def test_lines_of_a_calendar(tmp_path: Path, lines: list[str]) -> None:
    text = "\r\n".join(["BEGIN:VCALENDAR", *lines]).encode("utf-8", "surrogatepass")
    is_sound(the_plan(a_file(tmp_path, text)))


@on_any_input
@given(value=st.text(max_size=40), name=st.sampled_from(CALENDAR_NAMES))
def test_a_property_of_an_event(tmp_path: Path, value: str, name: str) -> None:
    usual = ["UID:1", "DTSTART:20261123T090000", "RRULE:FREQ=DAILY", "ATTENDEE;CN=Ann:mailto:a@b.c"]
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", f"{name}{value}", *usual, "END:VEVENT"]
    text = "\r\n".join(lines).encode("utf-8", "surrogatepass")
    is_sound(the_plan(a_file(tmp_path, text)))


@on_any_input
@given(
    header=st.sampled_from(HEADERS),
    rows=st.lists(st.lists(ANY_CELL, min_size=7, max_size=7), max_size=8),
)
def test_rows_of_any_cells(tmp_path: Path, header: str, rows: list[list[str]]) -> None:
    sign = next(each for each in "\t;," if each in header)
    width = header.count(sign) + 1
    lines = [sign.join('"' + cell.replace('"', '""') + '"' for cell in row[:width]) for row in rows]
    data = "\n".join([header, *lines]).encode("utf-8", "surrogatepass")
    is_sound(the_plan(a_file(tmp_path, data), terms=WITH_MAP))


@on_any_input
@given(text=st.text(max_size=300), name=st.text(max_size=20))
def test_a_glimpse_and_a_mapping(tmp_path: Path, text: str, name: str) -> None:
    path = a_file(tmp_path, text.encode("utf-8", "surrogatepass"))
    with suppress(BookingFileError):
        shown = glimpse(path, TERMS, NOTHING_SAID)
        if shown.proposed is not None:
            is_sound(the_plan(path, terms=replace(TERMS, maps=(shown.proposed.named(name),))))


@on_any_input
@given(
    data=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_a_mappings_file(tmp_path: Path, data: bytes) -> None:
    path = a_file(tmp_path, data, "any.toml")
    with suppress(BookingFileError):
        load_map(path)


@pytest.mark.parametrize("name", SAMPLE_NAMES)
@settings(on_any_input, max_examples=20)
@given(draw=st.data())
def test_damaged_samples(tmp_path: Path, name: str, draw: st.DataObject) -> None:
    data = bytearray((SAMPLES / name).read_bytes())
    for _ in range(draw.draw(st.integers(1, 6))):
        place = draw.draw(st.integers(0, len(data) - 1))
        length = draw.draw(st.sampled_from([0, 1, 40]))
        data[place : place + length] = draw.draw(st.binary(max_size=3) | st.just(b'"'))
        if not data:
            break
    is_sound(the_plan(a_file(tmp_path, bytes(data))))
