"""Broken files: what is refused, where it stands, and what is said about it."""

from pathlib import Path

import pytest

from desk.errors import BookingFileError
from desk.intake.intake import plan
from desk.intake.read import Limits
from desk.intake.terms import Terms
from tests.intake.making import SAMPLES, Shelf, a_file, found, plain, the_plan

LAMP = "2026-11-23,09:00,Ann One,Bob Two,Lamp,1"
RUG = "2026-11-23,09:20,Cy Three,Di Four,Rug,2"


class TestTheSamples:
    def test_each_broken_row_is_named_and_the_good_one_is_there(self) -> None:
        planned = the_plan(SAMPLES / "broken-rows.csv")
        assert found(planned) == [
            (3, "Date", "no_such_day"),
            (4, "Time", "no_such_time"),
            (6, "Seller", "no_names"),
            (7, "Bay", "unknown_bay"),
            (8, None, "surplus_cells"),
            (9, "Time", "skipped_time"),
            (10, "Time", "repeated_time"),
        ]
        assert [draft.row for draft in planned.new] == [2]

    def test_the_remedy_for_a_repeated_time_is_its_offset(self) -> None:
        repeated = the_plan(SAMPLES / "broken-rows.csv").rejections[-1]
        assert "01:30-07:00 or 01:30-08:00" in repeated.remedy

    @pytest.mark.parametrize(
        ("name", "row", "field", "code"),
        [
            ("broken-nul-and-latin1.csv", 2, "Buyer", "nul_byte"),
            ("broken-open-quote.csv", 2, "Item", "open_quote"),
            ("columns-of-their-own-fr.csv", None, None, "unknown_format"),
            ("not-a-booking-file.csv", None, None, "not_text"),
        ],
    )
    def test_others_are_refused_as_a_whole(
        self, name: str, row: int | None, field: str | None, code: str
    ) -> None:
        planned = the_plan(SAMPLES / name)
        assert found(planned) == [(row, field, code)]
        assert planned.writes == 0
        (refused,) = planned.rejections
        assert refused.file == name
        assert refused.reason.endswith(".")
        assert refused.remedy.endswith(".")


class TestText:
    @pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b" \t\r\n", b",,,\n,"])
    def test_nothing_is_refused(self, tmp_path: Path, data: bytes) -> None:
        assert found(the_plan(a_file(tmp_path, data))) == [(None, None, "empty_file")]

    def test_a_zero_byte_rejects_its_row_only(self, tmp_path: Path) -> None:
        planned = the_plan(a_file(tmp_path, plain(LAMP.replace("Bob", "B\0b"), RUG)))
        assert found(planned) == [(2, "Buyer", "nul_byte")]
        assert [draft.row for draft in planned.new] == [3]

    def test_a_workbook_is_not_text(self, tmp_path: Path) -> None:
        data = b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(256)) * 8
        assert found(the_plan(a_file(tmp_path, data))) == [(None, None, "not_text")]


class TestRows:
    def test_a_row_is_where_its_record_starts(self, tmp_path: Path) -> None:
        text = plain('2026-11-23,09:00,Ann,Bob,"A lamp\r\nin two\r\nlines",1', "", ",,,,,", "x")
        planned = the_plan(a_file(tmp_path, text))
        assert planned.new[0].item == "A lamp in two lines"
        assert found(planned) == [(7, None, "missing_cells")]

    def test_the_header_may_come_after_blank_lines(self, tmp_path: Path) -> None:
        planned = the_plan(a_file(tmp_path, "\n\n" + plain(LAMP)))
        assert [draft.row for draft in planned.new] == [4]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_lines_end_in_any_usual_way(self, tmp_path: Path, end: str) -> None:
        text = plain(LAMP, RUG, "2026-11-31,09:00,Ann,Bob,Lamp,1").replace("\r\n", end)
        planned = the_plan(a_file(tmp_path, text))
        assert [draft.row for draft in planned.new] == [2, 3]
        assert found(planned) == [(4, "Date", "no_such_day")]

    def test_an_open_quote_is_named_where_it_is_opened(self, tmp_path: Path) -> None:
        text = plain(LAMP, '2026-11-23,09:20,"Cy\nThree","Di,Rug,2', LAMP)
        assert found(the_plan(a_file(tmp_path, text))) == [(4, "Buyer", "open_quote")]

    def test_a_quote_that_another_row_seems_to_close(self, tmp_path: Path) -> None:
        text = plain('2026-11-23,09:00,Ann,Bob,"Lamp,1', '2026-11-23,09:20,"Cy",Di,Rug,2')
        assert found(the_plan(a_file(tmp_path, text))) == [(2, "Item", "open_quote")]

    def test_an_open_quote_in_the_header(self, tmp_path: Path) -> None:
        planned = the_plan(a_file(tmp_path, 'Date,Time,"Seller,Buyer,Item,Bay\n' + LAMP))
        assert found(planned) == [(1, None, "open_quote")]

    def test_a_quote_within_a_cell_is_only_a_sign(self, tmp_path: Path) -> None:
        planned = the_plan(a_file(tmp_path, plain('2026-11-23,09:00,Ann,Bob,27" screen,1')))
        assert planned.new[0].item == '27" screen'

    def test_a_stray_carriage_return(self, tmp_path: Path) -> None:
        text = plain(LAMP.replace("Lamp", "La\rmp"))
        assert found(the_plan(a_file(tmp_path, text))) == [(2, "Item", "stray_break")]

    def test_a_cell_that_is_too_long_for_a_spreadsheet(self, tmp_path: Path) -> None:
        planned = the_plan(a_file(tmp_path, plain(LAMP.replace("Lamp", "x" * 40_000), RUG)))
        assert found(planned) == [(2, "Item", "cell_too_long")]
        assert [draft.row for draft in planned.new] == [3]

    def test_a_text_that_is_too_long_to_keep_is_not_cut(self, tmp_path: Path) -> None:
        lamp = LAMP.replace("Lamp", "x" * 201)
        (rejection,) = the_plan(a_file(tmp_path, plain(lamp, RUG))).rejections
        assert (rejection.code, rejection.field) == ("cell_too_long", "Item")
        assert "200 characters" in rejection.reason

    @pytest.mark.parametrize(
        "cell", ["x" * 140_000, '"' + "x\n" * 70_000 + '"'], ids=["bare", "quoted"]
    )
    def test_a_cell_that_is_too_long_for_the_csv_module(self, tmp_path: Path, cell: str) -> None:
        planned = the_plan(a_file(tmp_path, plain(RUG, LAMP.replace("Lamp", cell))))
        assert found(planned) == [(3, "Item", "cell_too_long")]

    def test_a_row_that_was_cut_off(self, tmp_path: Path) -> None:
        text = plain(LAMP, RUG).removesuffix(",Rug,2\r\n")
        assert found(the_plan(a_file(tmp_path, text))) == [(3, None, "missing_cells")]


def limited(**limits: int) -> Terms:
    """The terms of a station with one limit of its own."""
    return Terms(limits=Limits(**limits))


class TestLimits:
    def test_a_cell_that_is_longer_than_the_station_allows(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, plain(LAMP.replace("Lamp", "x" * 101), RUG))
        planned = plan([path], Shelf(), limited(cell=100))
        assert found(planned) == [(2, "Item", "cell_too_long")]
        assert "100" in planned.rejections[0].reason

    def test_a_file_that_is_too_large(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, plain(LAMP) + (" " * 1023 + "\n") * 1024)
        assert found(plan([path], Shelf(), limited(mebibytes=1))) == [(None, None, "too_large")]
        assert found(plan([path], Shelf(), limited(mebibytes=2))) == []

    def test_too_many_rows(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, plain(LAMP, "", RUG))
        assert found(plan([path], Shelf(), limited(rows=1))) == [(None, None, "too_many_rows")]
        assert found(plan([path], Shelf(), limited(rows=2))) == []


class TestPlaces:
    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(BookingFileError) as caught:
            the_plan(tmp_path / "no\x1b[2Jsuch.csv")
        assert caught.value.code == "no_such_file"
        assert "no[2Jsuch.csv" in caught.value.explanation

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(BookingFileError) as caught:
            the_plan(tmp_path)
        assert caught.value.code == "no_such_file"
        assert caught.value.next

    def test_a_path_that_cannot_be_one(self) -> None:
        with pytest.raises(BookingFileError):
            the_plan(Path("x" * 5000))

    def test_a_file_name_is_text_from_outside(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, plain(LAMP, "x"), name="\x1b]0;pwn\x07.csv")
        planned = the_plan(path)
        assert planned.files == ("]0;pwn.csv",)
        assert planned.new[0].file == "]0;pwn.csv"
        assert planned.rejections[0].file == "]0;pwn.csv"
