"""desk.intake.formats.ics: events that repeat, inside the window."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desk.domain.drafts import ImportPlan
from desk.intake.intake import plan
from desk.intake.read import Limits
from desk.intake.terms import Answers
from tests.builders import StoppedClock
from tests.intake.calendars import calendar, event, read
from tests.intake.making import TERMS, Shelf, a_file, at, found, the_plan


def days(planned: ImportPlan) -> list[str]:
    """The local starts of all that is new."""
    starts = sorted(draft.starts_at for draft in planned.new)
    return [f"{each.in_timezone('America/Los_Angeles'):%m-%d %H:%M}" for each in starts]


class TestRepeated:
    """The clock stands at Saturday 21 November 2026; the window is sixty days."""

    START = "DTSTART;TZID=America/Los_Angeles:20261019T090000"

    def test_only_inside_the_window(self, tmp_path: Path) -> None:
        planned = read(tmp_path, event("RRULE:FREQ=WEEKLY", start=self.START))
        assert days(planned)[0] == "11-23 09:00"
        assert days(planned)[-1] == "01-18 09:00"
        assert len(planned.new) == 9
        assert planned.readings[0].until == date(2027, 1, 20)

    def test_from_yesterday_on_and_as_far_as_the_setting_says(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, calendar(event("RRULE:FREQ=DAILY", start=self.START)), "f.ics")
        planned = the_plan(path, terms=replace(TERMS, limits=Limits(days_ahead=2)))
        assert days(planned) == ["11-20 09:00", "11-21 09:00", "11-22 09:00", "11-23 09:00"]

    def test_each_has_an_id_of_its_own(self, tmp_path: Path) -> None:
        planned = read(
            tmp_path, event("RRULE:FREQ=WEEKLY;UNTIL=20261201T000000Z", start=self.START)
        )
        ids = [draft.external_id for draft in planned.new]
        assert ids == ["1/20261123T170000Z", "1/20261130T170000Z"]
        assert {draft.row for draft in planned.new} == {3}

    def test_the_wall_clock_stays(self, tmp_path: Path) -> None:
        start = "DTSTART;TZID=America/Los_Angeles:20261024T090000"
        path = a_file(tmp_path, calendar(event("RRULE:FREQ=WEEKLY;COUNT=6", start=start)), "f.ics")
        assert days(the_plan(path)) == ["11-21 09:00", "11-28 09:00"]

    def test_its_length_stays(self, tmp_path: Path) -> None:
        lines = ("RRULE:FREQ=WEEKLY", "DTEND;TZID=America/Los_Angeles:20261019T094500")
        planned = read(tmp_path, event(*lines, start=self.START))
        assert planned.new[0].ends_at == at("09:45")

    def test_days_taken_out_and_put_in(self, tmp_path: Path) -> None:
        lines = (
            "RRULE:FREQ=WEEKLY;UNTIL=20261215",
            "EXDATE;TZID=America/Los_Angeles:20261130T090000",
            "EXDATE:20261214T170000Z",
            "RDATE;TZID=America/New_York:20261202T130000,20291202T130000",
            "RDATE;VALUE=PERIOD:20261203T170000Z/PT1H",
        )
        planned = read(tmp_path, event(*lines, start=self.START))
        assert days(planned) == ["11-23 09:00", "12-02 10:00", "12-03 09:00", "12-07 09:00"]

    def test_a_whole_day_taken_out(self, tmp_path: Path) -> None:
        lines = ("RRULE:FREQ=WEEKLY;UNTIL=20261208", "EXDATE;VALUE=DATE:20261130")
        planned = read(tmp_path, event(*lines, start=self.START))
        assert days(planned) == ["11-23 09:00", "12-07 09:00"]

    def test_one_that_was_moved_and_one_that_was_called_off(self, tmp_path: Path) -> None:
        series = event("RRULE:FREQ=WEEKLY;UNTIL=20261208", start=self.START)
        moved = event(
            "RECURRENCE-ID;TZID=America/Los_Angeles:20261123T090000",
            start="DTSTART;TZID=America/Los_Angeles:20261123T150000",
        )
        off = event(
            "RECURRENCE-ID:20261130T170000Z",
            "STATUS:CANCELLED",
            start="DTSTART;TZID=America/Los_Angeles:20261130T090000",
        )
        planned = read(tmp_path, moved, series, off)
        assert days(planned) == ["11-23 15:00", "12-07 09:00"]
        ids = {draft.external_id for draft in planned.new + planned.cancelled_before}
        assert ids == {f"1/202611{day}T170000Z" for day in (23, 30)} | {"1/20261207T170000Z"}
        assert len(planned.cancelled_before) == 1

    @pytest.mark.parametrize(
        "line",
        [
            "RRULE:FREQ=SECONDLY",
            "RRULE:FREQ=HOURLY;COUNT=3",
            "RRULE:FREQ=YEARLY;BYWEEKNO=48",
            "RRULE:FREQ=WEEKLY;INTERVAL=0",
            "RRULE:FREQ=WEEKLY;COUNT=-1",
            "RRULE:often",
            "RRULE:",
        ],
    )
    def test_a_rule_that_no_booking_needs_is_rejected(self, tmp_path: Path, line: str) -> None:
        planned = read(tmp_path, event(line, start=self.START), event(uid="UID:2"))
        assert found(planned) == [(3, "RRULE", "unreadable_rule")]
        assert len(planned.new) == 1

    def test_a_rule_for_all_that_follows_is_rejected(self, tmp_path: Path) -> None:
        line = "RECURRENCE-ID;RANGE=THISANDFUTURE:20261123T170000Z"
        assert found(read(tmp_path, event(line))) == [(3, "RECURRENCE-ID", "unreadable_rule")]

    def test_an_hour_that_the_clocks_skip_rejects_that_day_only(self, tmp_path: Path) -> None:
        start = "DTSTART;TZID=America/Los_Angeles:20260301T023000"
        path = a_file(tmp_path, calendar(event("RRULE:FREQ=WEEKLY;COUNT=3", start=start)), "f.ics")
        clock = StoppedClock(at("09:00", date(2026, 3, 1)))
        planned = plan([path], Shelf(), replace(TERMS, clock=clock), Answers())
        assert found(planned) == [(3, "DTSTART", "skipped_time")]
        assert len(planned.new) == 2

    def test_a_file_in_which_nothing_repeats_has_no_window(self, tmp_path: Path) -> None:
        assert read(tmp_path, event()).readings[0].until is None

    def test_what_does_not_repeat_may_lie_anywhere(self, tmp_path: Path) -> None:
        planned = read(tmp_path, event(start="DTSTART:20310101T170000Z"))
        assert len(planned.new) == 1
