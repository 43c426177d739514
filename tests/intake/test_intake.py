"""desk.intake.intake: files of one import, progress, what may be applied, the report."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk.domain.exchange import Kind
from desk.domain.rules import KindRules, Rules
from desk.errors import BookingFileError
from desk.intake.dates import Showing
from desk.intake.intake import (
    Policy,
    Standing,
    plan,
    report,
    standing,
)
from desk.intake.terms import Answers
from tests.intake.making import SAMPLES, Shelf, a_file, at, found, plain, stored, the_plan

LAMP = "2026-11-23,09:00,Ann One,Bob Two,Lamp,1"
RUG = "2026-11-23,09:20,Cy Three,Di Four,Rug,2"
BAD = "2026-11-23,25:00,Cy Three,Di Four,Rug,2"


def a_shelf(path: Path) -> Shelf:
    """What a service knows after the file was taken in."""
    planned = the_plan(path)
    drafts = (*planned.new, *planned.cancelled_before)
    return Shelf(tuple(stored(draft, f"REF{number:03}") for number, draft in enumerate(drafts)))


class TestAgainAndAgain:
    @pytest.mark.parametrize("name", ["plain.csv", "calendly.csv", "hostile-names.csv"])
    def test_the_same_file_twice_changes_nothing(self, name: str) -> None:
        again = the_plan(SAMPLES / name, a_shelf(SAMPLES / name))
        assert again.writes == 0
        assert len(again.unchanged) > 10
        assert again.missing == ()
        assert again.decided == ()
        assert again.same_meeting == ()

    def test_a_longer_file_at_noon(self, tmp_path: Path) -> None:
        shelf = a_shelf(a_file(tmp_path, plain(LAMP)))
        again = the_plan(a_file(tmp_path, plain(RUG, LAMP), "noon.csv"), shelf)
        assert [draft.item for draft in again.new] == ["Rug"]
        assert len(again.unchanged) == 1

    def test_changed_cancelled_and_missing(self, tmp_path: Path) -> None:
        text = (SAMPLES / "calendly.csv").read_bytes().decode()
        shelf = a_shelf(a_file(tmp_path, text))
        lines = text.splitlines(keepends=True)
        lines[1] = lines[1].replace("Bay 1", "Bay 2").replace("09:00 am", "09:05 am", 1)
        lines[2] = lines[2].replace(",false,,,Name", ",true,Ravi,Sold,Name")
        del lines[3]
        again = the_plan(a_file(tmp_path, "".join(lines), "noon.csv"), shelf)
        assert [change.fields for change in again.changed] == [("starts_at", "bay")]
        assert [change.known.item for change in again.cancelled] == ["Canon EOS R6"]
        assert [exchange.item for exchange in again.missing] == ["Trek Marlin 7 bike"]
        assert len(again.unchanged) == 21

    def test_what_an_officer_decided_is_left_alone(self, tmp_path: Path) -> None:
        shelf = a_shelf(a_file(tmp_path, plain(LAMP, RUG)))
        acted = replace(shelf, decided=frozenset({"REF000"}))
        text = plain(LAMP, RUG).replace("Lamp", "Lamps").replace("Rug", "Rugs")
        again = the_plan(a_file(tmp_path, text), acted)
        assert [change.draft.item for change in again.decided] == ["Lamps"]
        assert [change.draft.item for change in again.changed] == ["Rugs"]


class TestSeveralFiles:
    def test_are_one_plan(self, tmp_path: Path) -> None:
        one = a_file(tmp_path, plain(LAMP), "one.csv")
        two = a_file(tmp_path, plain(RUG, LAMP), "two.csv")
        planned = plan([one, two, SAMPLES / "calendly.csv"], Shelf())
        assert planned.files == ("one.csv", "two.csv", "calendly.csv")
        assert [(draft.file, draft.row) for draft in planned.new[:2]] == [
            ("one.csv", 2),
            ("two.csv", 2),
        ]
        assert planned.writes == 26

    def test_a_refused_file_leaves_the_others_rows(self, tmp_path: Path) -> None:
        good = a_file(tmp_path, plain(LAMP))
        planned = plan([SAMPLES / "not-a-booking-file.csv", good], Shelf())
        assert found(planned) == [(None, None, "not_text")]
        assert len(planned.new) == 1

    def test_no_file_is_an_empty_plan(self) -> None:
        assert plan([], Shelf()).writes == 0


class TestReading:
    def test_the_length_is_the_rules(self, tmp_path: Path) -> None:
        rules = Rules({kind: KindRules(length=45) for kind in Kind})
        planned = the_plan(a_file(tmp_path, plain(LAMP)), Shelf(rules=rules))
        assert planned.new[0].ends_at == at("09:45")

    def test_an_officers_answer_about_a_repeated_time(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, plain("2026-11-01,01:30,Ann,Bob,Lamp,1"))
        assert found(the_plan(path)) == [(2, "Time", "repeated_time")]
        answer = {("bookings.csv", 2): Showing.SECOND}
        (draft,) = plan([path], Shelf(), answers=Answers(showings=answer)).new
        assert draft.starts_at.isoformat() == "2026-11-01T09:30:00+00:00"

    def test_past_days_are_accepted(self, tmp_path: Path) -> None:
        assert the_plan(a_file(tmp_path, plain(LAMP.replace("2026", "2019")))).writes == 1

    def test_progress_only_rises_and_is_told_to_the_end(self, tmp_path: Path) -> None:
        rows = [f"2026-11-23,09:00,Ann {number},Bob,Lamp,1" for number in range(2_000)]
        path = a_file(tmp_path, plain(*rows))
        told: list[tuple[int, int]] = []
        plan([path], Shelf(), progress=lambda done, total: told.append((done, total)))
        done = [each for each, _total in told]
        assert {total for _done, total in told} == {2 * path.stat().st_size}
        assert (done[0], done[-1]) == (0, 2 * path.stat().st_size)
        assert done == sorted(done)
        assert len(set(done)) > 15

    @pytest.mark.parametrize("questions", [0, 1, 5, 15])
    def test_it_can_be_stopped_at_any_time(self, tmp_path: Path, questions: int) -> None:
        asked = iter([False] * questions + [True])
        rows = [f"2026-11-23,09:00,Ann {number},Bob,Lamp,1" for number in range(2_000)]
        with pytest.raises(BookingFileError) as caught:
            plan([a_file(tmp_path, plain(*rows))], Shelf(), cancelled=lambda: next(asked))
        assert caught.value.code == "stopped"


class TestStanding:
    @pytest.mark.parametrize(
        ("rows", "policy", "expected"),
        [
            ([LAMP], Policy.ALL_OR_NOTHING, Standing.WHOLE),
            ([LAMP], Policy.GOOD_ROWS, Standing.WHOLE),
            ([LAMP, BAD], Policy.ALL_OR_NOTHING, Standing.REFUSED),
            ([LAMP, BAD], Policy.GOOD_ROWS, Standing.IN_PART),
            ([BAD], Policy.ALL_OR_NOTHING, Standing.REFUSED),
            ([BAD], Policy.GOOD_ROWS, Standing.REFUSED),
            ([], Policy.ALL_OR_NOTHING, Standing.WHOLE),
        ],
    )
    def test_of_a_new_file(
        self, tmp_path: Path, rows: list[str], policy: Policy, expected: Standing
    ) -> None:
        assert standing(the_plan(a_file(tmp_path, plain(*rows))), policy) is expected

    def test_a_good_row_may_be_known_already(self, tmp_path: Path) -> None:
        shelf = a_shelf(a_file(tmp_path, plain(LAMP)))
        planned = the_plan(a_file(tmp_path, plain(LAMP, BAD)), shelf)
        assert standing(planned, Policy.GOOD_ROWS) is Standing.IN_PART


class TestReport:
    def test_of_a_first_import(self) -> None:
        assert report(the_plan(SAMPLES / "calendly.csv"), applied=24) == {
            "files": ["calendly.csv"],
            "new": 22,
            "unchanged": 0,
            "changed": 0,
            "cancelled": 2,
            "rejected": 0,
            "applied": 24,
            "rejections": [],
        }

    def test_of_rejected_rows(self, tmp_path: Path) -> None:
        told = report(the_plan(a_file(tmp_path, plain(LAMP, BAD))), applied=0)
        assert (told["new"], told["rejected"], told["applied"]) == (1, 1, 0)
        assert told["rejections"] == [
            {
                "file": "bookings.csv",
                "row": 3,
                "field": "Time",
                "code": "no_such_time",
                "reason": "“25:00” is not a time of day.",
                "remedy": "Write the time as HH:MM, such as 14:15, or as 2:15 pm.",
            }
        ]

    def test_what_an_officer_decided_is_unchanged(self, tmp_path: Path) -> None:
        shelf = a_shelf(a_file(tmp_path, plain(LAMP)))
        acted = replace(shelf, decided=frozenset({"REF000"}))
        told = report(the_plan(a_file(tmp_path, plain(LAMP.replace("Lamp", "X"))), acted), 0)
        assert (told["unchanged"], told["changed"]) == (1, 0)
