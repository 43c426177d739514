"""desk.intake.values: single values, read without guessing."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desk.domain.views import Bay
from desk.intake.dates import Showing, read_day, read_moment
from desk.intake.problems import Problem, ProblemError
from desk.intake.raw import RawMoment
from desk.intake.table import Cell
from desk.intake.values import read_bay, read_yes_or_no
from tests.intake.making import BAYS, ZONE


def cell(text: str) -> Cell:
    return Cell("Field", text)


def moment(day: str, time: str, showing: Showing | None = None, zone: ZoneInfo = ZONE) -> str:
    """The moment as UTC, without its own offset."""
    read = read_moment(RawMoment(cell(day), cell(time)), zone, showing)
    assert read.offset == 0
    return f"{read:%Y-%m-%d %H:%M:%S}"


class TestDays:
    @pytest.mark.parametrize(
        "text",
        [
            "2026-11-23",
            " 2026-11-23 ",
            "2026/11/23",
            "2026.11.23",
            "23/11/2026",
            "23.11.2026",
            "23-11-2026",
            "11/23/2026",
        ],
    )
    def test_certain_ones(self, text: str) -> None:
        assert read_day(cell(text)) == date(2026, 11, 23)

    def test_a_single_digit_and_a_day_equal_to_its_month(self) -> None:
        assert read_day(cell("2026-3-8")) == date(2026, 3, 8)
        assert read_day(cell("7/7/2026")) == date(2026, 7, 7)

    def test_one_that_can_be_read_two_ways(self) -> None:
        with pytest.raises(ProblemError) as caught:
            read_day(cell("03/04/2026"))
        assert caught.value.problem is Problem.AMBIGUOUS_DAY
        remedy = caught.value.rejection("f.csv", 2).remedy
        assert "2026-04-03 or 2026-03-04" in remedy

    @pytest.mark.parametrize(
        "text",
        [
            "2026-11-31",
            "2026-13-01",
            "31/11/2026",
            "20261123",
            "2026-W48-1",
            "2026-11/23",
            "23/11/26",
            "1999-12-31",
            "9999-12-31",
            "0000-01-01",
            "\u0662\u0660\u0662\u0666-11-23",
            "tomorrow",
            "2026-11-23 09:00",
        ],
    )
    def test_none(self, text: str) -> None:
        with pytest.raises(ProblemError) as caught:
            read_day(cell(text))
        assert caught.value.problem is Problem.NO_SUCH_DAY
        assert caught.value.field == "Field"

    def test_an_empty_cell(self) -> None:
        with pytest.raises(ProblemError) as caught:
            read_day(cell("  "))
        assert caught.value.problem is Problem.EMPTY_CELL


class TestTimes:
    @pytest.mark.parametrize(
        ("text", "utc"),
        [
            ("09:00", "17:00:00"),
            ("9:00", "17:00:00"),
            ("09:00:30", "17:00:30"),
            ("9.00", "17:00:00"),
            ("9h00", "17:00:00"),
            ("9:00 am", "17:00:00"),
            ("9:00AM", "17:00:00"),
            ("9 a.m.", "17:00:00"),
            ("9:00\u202fAM", "17:00:00"),
            ("12:15 am", "08:15:00"),
            ("12:15 pm", "20:15:00"),
            ("1:05 PM", "21:05:00"),
            ("00:00", "08:00:00"),
            ("09:00-08:00", "17:00:00"),
            ("09:00 -0800", "17:00:00"),
            ("09:00 am -08:00", "17:00:00"),
            ("09:00Z", "09:00:00"),
            ("09:00+05:30", "03:30:00"),
        ],
    )
    def test_of_that_day(self, text: str, utc: str) -> None:
        assert moment("2026-11-23", text) == f"2026-11-23 {utc}"

    @pytest.mark.parametrize(
        "text",
        [
            "25:70",
            "24:00",
            "9",
            "0900",
            "9:5",
            "13:00 pm",
            "0:30 am",
            "9:00 xm",
            "noon",
            "9:00+15:00",
        ],
    )
    def test_none(self, text: str) -> None:
        with pytest.raises(ProblemError) as caught:
            moment("2026-11-23", text)
        assert caught.value.problem is Problem.NO_SUCH_TIME

    def test_a_skipped_time(self) -> None:
        with pytest.raises(ProblemError) as caught:
            moment("2026-03-08", "02:30", Showing.FIRST)
        assert caught.value.problem is Problem.SKIPPED_TIME

    def test_a_repeated_time_is_asked_about(self) -> None:
        with pytest.raises(ProblemError) as caught:
            moment("2026-11-01", "1:30 am")
        assert caught.value.problem is Problem.REPEATED_TIME
        assert caught.value.facts["first"] == "01:30-07:00"
        assert caught.value.facts["second"] == "01:30-08:00"

    def test_a_repeated_time_with_the_answer(self) -> None:
        assert moment("2026-11-01", "01:30", Showing.FIRST) == "2026-11-01 08:30:00"
        assert moment("2026-11-01", "01:30", Showing.SECOND) == "2026-11-01 09:30:00"

    def test_the_remedys_own_words_are_understood(self) -> None:
        assert moment("2026-11-01", "01:30-07:00") == "2026-11-01 08:30:00"
        assert moment("2026-11-01", "01:30-08:00") == "2026-11-01 09:30:00"

    def test_a_midnight_that_is_repeated(self) -> None:
        with pytest.raises(ProblemError) as caught:
            moment("2026-11-01", "00:30", zone=ZoneInfo("America/Havana"))
        assert caught.value.problem is Problem.REPEATED_TIME


class TestBays:
    @pytest.mark.parametrize("text", ["1", "Bay 1", "bay 1", "BAY  1", "Parking bay 1"])
    def test_by_code_or_label(self, text: str) -> None:
        assert read_bay(cell(text), BAYS) == "1"

    def test_a_label_without_the_word(self) -> None:
        assert read_bay(cell("LOBBY"), BAYS) == "L"
        assert read_bay(cell("l"), BAYS) == "L"

    def test_accents_do_not_count(self) -> None:
        assert read_bay(cell("entree"), [Bay("E", "Entrée")]) == "E"

    def test_a_word_that_only_holds_the_prefix(self) -> None:
        assert read_bay(cell("north bay 2"), [Bay("N2", "North bay 2")]) == "N2"

    def test_empty_is_no_bay_yet(self) -> None:
        assert read_bay(cell(""), BAYS) is None

    @pytest.mark.parametrize("text", ["99", "bay", "-", "12"])
    def test_an_unknown_one(self, text: str) -> None:
        with pytest.raises(ProblemError) as caught:
            read_bay(cell(text), BAYS)
        assert caught.value.problem is Problem.UNKNOWN_BAY


@pytest.mark.parametrize(
    ("text", "said"), [("true", True), ("Yes", True), ("FALSE", False), ("", False), ("no", False)]
)
def test_yes_or_no(text: str, *, said: bool) -> None:
    assert read_yes_or_no(cell(text)) is said


class TestSentences:
    FACTS = (
        "text limit known count columns first second bays file row_of_first "
        "encoding encodings title other zone ref"
    )

    @pytest.mark.parametrize("problem", list(Problem))
    def test_every_problem_has_a_reason_and_a_remedy(self, problem: Problem) -> None:
        facts: dict[str, Any] = dict.fromkeys(self.FACTS.split(), "\x1b[2J{x}")
        rejection = ProblemError(problem, "Field", **facts).rejection("f.csv", 2)
        assert (rejection.row, rejection.field, rejection.code) == (2, "Field", problem.value)
        for sentence in (rejection.reason, rejection.remedy):
            assert sentence.endswith(".")
            assert "\x1b" not in sentence

    def test_a_cell_is_repeated_in_short(self) -> None:
        reason = ProblemError(Problem.NO_SUCH_DAY, text="x" * 500).rejection("f.csv", 2).reason
        assert "x" * 60 + "…" in reason
        assert len(reason) < 100
