"""How a file is read: encoding, delimiter, order of days, zone; detected, said or asked."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk.domain.reading import About, Choice, DayOrder, Doubt, HowRead, Overrules
from desk.errors import UsageError
from desk.intake.encoding import ENCODINGS, encoding_named
from tests.intake.making import HEADER, TERMS, a_file, at, found, plain, the_plan

LAMP = "2026-11-23,09:00,Ann One,Bob Two,Lamp,1"
RUG = "2026-11-23,09:20,Cy Three,Di Four,Rug,2"
SMITHS = "2026-11-23,09:00,Renée Älvström,François Müller,Canapé – «bleu»,1"


def how(path: Path, said: Overrules | None = None) -> HowRead:
    """How a file is read that is taken in whole."""
    planned = the_plan(path, said=said or Overrules())
    assert planned.rejections == ()
    (reading,) = planned.readings
    return reading


def doubt(path: Path, said: Overrules | None = None) -> Doubt:
    """The one thing that a refused file leaves open."""
    planned = the_plan(path, said=said or Overrules())
    assert planned.writes == 0
    assert planned.readings == ()
    (open_question,) = planned.doubts
    return open_question


class TestEncoding:
    @pytest.mark.parametrize(
        ("encoding", "told"),
        [
            ("utf-8", "utf-8"),
            ("utf-8-sig", "utf-8"),
            ("utf-16", "utf-16"),
            ("utf-32", "utf-32"),
            ("cp1252", "cp1252"),
        ],
    )
    def test_is_detected(self, tmp_path: Path, encoding: str, told: str) -> None:
        path = a_file(tmp_path, plain(SMITHS, LAMP).encode(encoding))
        assert how(path).encoding == told
        names = [draft.giver.name for draft in the_plan(path).new]
        assert names == ["Renée Älvström", "Ann One"]

    def test_a_byte_order_mark_on_the_big_end(self, tmp_path: Path) -> None:
        data = "\ufeff".encode("utf-16-be") + plain(SMITHS).encode("utf-16-be")
        assert how(a_file(tmp_path, data)).encoding == "utf-16"

    @pytest.mark.parametrize(
        ("encoding", "row"),
        [
            ("cp1250", "2026-11-23,09:00,Łukasz Wójcik,Świętosława Żółć,Łyżwy,1"),
            ("cp1251", "2026-11-23,09:00,Иван Петров,Мария Смирнова,Велосипед,1"),
            ("cp932", "2026-11-23,09:00,田中太郎,山田花子,自転車,1"),
        ],
    )
    def test_is_detected_by_what_makes_words(self, tmp_path: Path, encoding: str, row: str) -> None:
        path = a_file(tmp_path, plain(row, LAMP).encode(encoding))
        assert how(path).encoding == encoding
        assert the_plan(path).new[0].giver.name == row.split(",")[2]

    def test_a_damaged_place_in_utf_8_rejects_its_row_only(self, tmp_path: Path) -> None:
        data = plain(SMITHS, RUG).encode().replace(b"Rug", b"R\xfcg")
        planned = the_plan(a_file(tmp_path, data))
        assert found(planned) == [(3, "Item", "undecoded")]
        assert [draft.row for draft in planned.new] == [2]
        assert planned.readings[0].encoding == "utf-8"

    def test_a_damaged_place_under_no_column(self, tmp_path: Path) -> None:
        data = plain(SMITHS, LAMP).encode() + b",,,,,,\xff\r\n"
        assert found(the_plan(a_file(tmp_path, data))) == [(4, None, "undecoded")]

    def test_what_makes_different_words_is_asked(self, tmp_path: Path) -> None:
        data = plain(LAMP.replace("Ann", "Zo\x8e")).encode("latin-1")
        open_question = doubt(a_file(tmp_path, data))
        assert (open_question.about, open_question.row) == (About.ENCODING, None)
        answers = {choice.value: choice.example for choice in open_question.choices}
        assert "Zoé" in answers["mac_roman"]
        assert "ZoÄ" in answers["cp850"]
        assert set(answers) <= set(ENCODINGS)

    def test_what_is_asked_can_be_answered(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, plain(LAMP.replace("Ann", "Zo\x8e")).encode("latin-1"))
        planned = the_plan(path, said=Overrules(encoding="mac_roman"))
        assert planned.new[0].giver.name == "Zoé One"
        assert planned.doubts == ()

    def test_the_officers_word_counts(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, plain(LAMP.replace("Ann", "Renée")).encode())
        planned = the_plan(path, said=Overrules(encoding="cp1252"))
        assert planned.new[0].giver.name == "RenÃ©e One"
        assert planned.readings[0].encoding == "cp1252"

    @pytest.mark.parametrize(
        ("encoding", "code"), [("utf-16", "undecoded"), ("utf-32", "undecoded")]
    )
    def test_a_word_that_cannot_be_right_refuses_the_file(
        self, tmp_path: Path, encoding: str, code: str
    ) -> None:
        path = a_file(tmp_path, plain(LAMP))
        assert found(the_plan(path, said=Overrules(encoding=encoding))) == [(None, None, code)]

    def test_bytes_that_an_encoding_does_not_have(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, plain(LAMP.replace("Ann", "\x81\x8d")).encode("latin-1"))
        planned = the_plan(path, said=Overrules(encoding="cp1252"))
        assert found(planned) == [(2, "Seller", "undecoded")]

    def test_utf_16_that_was_cut_off(self, tmp_path: Path) -> None:
        data = plain(LAMP).encode("utf-16")[:-1]
        assert found(the_plan(a_file(tmp_path, data))) == [(None, None, "undecoded")]

    def test_utf_16_without_its_mark_is_no_text(self, tmp_path: Path) -> None:
        data = plain(LAMP).encode("utf-16-le")
        assert found(the_plan(a_file(tmp_path, data))) == [(None, None, "not_text")]

    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("UTF8", "utf-8"),
            ("windows-1252", "cp1252"),
            ("latin-1", "cp1252"),
            ("CP1250", "cp1250"),
        ],
    )
    def test_is_named_in_any_usual_way(self, name: str, meant: str) -> None:
        assert encoding_named(name) == meant

    @pytest.mark.parametrize("name", ["", "rot13", "hex", "\x00", "klingon", "utf-7"])
    def test_no_other_can_be_named(self, name: str) -> None:
        with pytest.raises(UsageError) as caught:
            encoding_named(name)
        assert "cp1252" in str(caught.value.next)


class TestDelimiter:
    @pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
    def test_of_a_known_header(self, tmp_path: Path, sign: str) -> None:
        path = a_file(tmp_path, plain(LAMP).replace(",", sign))
        assert how(path).delimiter == sign

    @pytest.mark.parametrize("sign", [";", "\t", "|"])
    def test_other_signs_inside_quotes_do_not_count(self, tmp_path: Path, sign: str) -> None:
        row = LAMP.replace(",", sign).replace("Lamp", f'"Lamp, a{sign}""red"" one,,,,,"')
        path = a_file(tmp_path, HEADER.replace(",", sign) + f"\n{row}")
        (draft,) = the_plan(path).new
        assert draft.item == f'Lamp, a{sign}"red" one,,,,,'.replace("\t", " ")

    def test_the_officers_word_counts(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, plain(LAMP))
        planned = the_plan(path, said=Overrules(delimiter=";"))
        assert found(planned) == [(None, None, "unknown_format")]
        assert planned.doubts[0].about is About.COLUMNS

    def test_an_open_quote_is_told_under_the_right_one(self, tmp_path: Path) -> None:
        text = plain(LAMP.replace("Lamp", '"Lamp')).replace(",", ";")
        assert found(the_plan(a_file(tmp_path, text))) == [(2, "Item", "open_quote")]


def rows(*days: str) -> str:
    """A plain file with a booking on each of these days."""
    return plain(*(f"{day},09:00,Ann {number},Bob,Lamp,1" for number, day in enumerate(days)))


class TestDayOrder:
    @pytest.mark.parametrize(
        ("days", "order", "first"),
        [
            (["03/04/2026", "23/11/2026"], DayOrder.DAY_FIRST, "2026-04-03"),
            (["03/04/2026", "11/23/2026"], DayOrder.MONTH_FIRST, "2026-03-04"),
            (["7/7/2026", "11/23/2026"], DayOrder.MONTH_FIRST, "2026-07-07"),
            (["2026-04-03", "2026-11-23"], None, "2026-04-03"),
            (["7/7/2026", "2026-11-23"], None, "2026-07-07"),
        ],
    )
    def test_is_decided_over_the_whole_file(
        self, tmp_path: Path, days: list[str], order: DayOrder | None, first: str
    ) -> None:
        planned = the_plan(a_file(tmp_path, rows(*days)))
        assert planned.rejections == ()
        assert planned.readings[0].day_order is order
        assert f"{planned.new[0].starts_at:%Y-%m-%d}" == first

    def test_is_asked_where_no_row_shows_it(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, rows("7/7/2026", "03/04/2026", "05/06/2026"))
        assert doubt(path) == Doubt(
            file="bookings.csv",
            about=About.DAY_ORDER,
            row=3,
            field="Date",
            text="03/04/2026",
            choices=(Choice("day_first", "2026-04-03"), Choice("month_first", "2026-03-04")),
        )
        assert found(the_plan(path)) == [(3, "Date", "ambiguous_day_order")]

    @pytest.mark.parametrize(
        ("order", "first"),
        [(DayOrder.DAY_FIRST, "2026-04-03"), (DayOrder.MONTH_FIRST, "2026-03-04")],
    )
    def test_the_answer_counts(self, tmp_path: Path, order: DayOrder, first: str) -> None:
        path = a_file(tmp_path, rows("03/04/2026"))
        planned = the_plan(path, said=Overrules(day_order=order))
        assert f"{planned.new[0].starts_at:%Y-%m-%d}" == first
        assert planned.readings[0].day_order is order
        assert planned.doubts == ()

    def test_an_answer_that_some_rows_contradict_rejects_these(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, rows("03/04/2026", "11/23/2026"))
        planned = the_plan(path, said=Overrules(day_order=DayOrder.DAY_FIRST))
        assert found(planned) == [(3, "Date", "no_such_day")]

    def test_rows_that_show_both_decide_nothing(self, tmp_path: Path) -> None:
        both = ("23/11/2026", "11/24/2026")
        assert the_plan(a_file(tmp_path, rows(*both))).rejections == ()
        assert doubt(a_file(tmp_path, rows(*both, "03/04/2026"))).row == 4

    def test_what_is_usual_at_the_station_is_not_asked(self, tmp_path: Path) -> None:
        usual = replace(TERMS, day_order=DayOrder.MONTH_FIRST)
        planned = the_plan(a_file(tmp_path, rows("03/04/2026")), terms=usual)
        assert f"{planned.new[0].starts_at:%Y-%m-%d}" == "2026-03-04"
        shown = the_plan(a_file(tmp_path, rows("03/04/2026", "23/11/2026")), terms=usual)
        assert shown.readings[0].day_order is DayOrder.DAY_FIRST

    def test_another_files_answer_does_not_count(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, rows("03/04/2026"), "other.csv")
        assert doubt(path).file == "other.csv"


ACUITY = (
    "Start Time,End Time,Timezone,First Name,Last Name,Phone,Email,Type,Calendar\n"
    '"November 23, 2026 5:00 pm",,{0},Ann,One,,,Sale,\n'
    '"November 23, 2026 6:00 pm",,{1},Bob,Two,,,Sale,\n'
)


class TestZone:
    def test_the_stations_unless_the_officer_says_another(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, plain(LAMP))
        assert how(path).zone == "America/Los_Angeles"
        said = Overrules(zone="America/New_York")
        assert how(path, said).zone == "America/New_York"
        assert the_plan(path, said=said).new[0].starts_at == at("06:00")

    def test_one_that_all_rows_name_and_is_not_the_stations_is_asked(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, ACUITY.format("Europe/Paris", "Europe/Paris"))
        open_question = doubt(path)
        assert (open_question.about, open_question.field) == (About.ZONE, "Timezone")
        values = [choice.value for choice in open_question.choices]
        assert values == ["America/Los_Angeles", "Europe/Paris"]
        planned = the_plan(path, said=Overrules(zone="America/Los_Angeles"))
        assert planned.new[0].starts_at == at("17:00")

    @pytest.mark.parametrize(
        "zones",
        [
            ("America/Los_Angeles", "America/Los_Angeles"),
            ("America/Vancouver", "America/Vancouver"),
            ("Europe/Paris", "America/Los_Angeles"),
            ("nowhere", "nowhere"),
            ("", ""),
        ],
    )
    def test_any_other_is_where_the_visitor_was(
        self, tmp_path: Path, zones: tuple[str, str]
    ) -> None:
        planned = the_plan(a_file(tmp_path, ACUITY.format(*zones)))
        assert planned.rejections == ()
        assert planned.new[0].starts_at == at("17:00")


class TestARepeatedTime:
    def test_is_a_doubt_about_its_row(self, tmp_path: Path) -> None:
        planned = the_plan(a_file(tmp_path, plain("2026-11-01,01:30,Ann,Bob,Lamp,1", LAMP)))
        (open_question,) = planned.doubts
        assert (open_question.about, open_question.row) == (About.REPEATED_TIME, 2)
        assert open_question.choices == (Choice("0", "01:30-07:00"), Choice("1", "01:30-08:00"))
        assert len(planned.new) == 1
