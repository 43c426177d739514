"""The sheet of a day: what is on it, on paper and as text."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from pymupdf_fonts import FiraGO_Regular

from desk.domain.exchange import Exchange, Kind, Outcome, Side
from desk.domain.views import Board
from desk.errors import DeskError
from desk.out.day_sheet import CustodyParties, DaySheet, day_sheet, sheet_lines
from desk.out.day_sheet_pdf import day_sheet_pdf
from desk.out.paper import Paper, paper_of
from desk.out.pdf import PageStyle, new_pdf
from desk.out.slip import printed_slip
from desk.out.slip_pdf import slip_pdf
from tests.builders import DAY, KENNEWICK, ExchangeBuilder, an_exchange, moment
from tests.hostile import HOSTILE

NOW = moment("14:32")


def sheet_of(
    *builders: ExchangeBuilder, custody: CustodyParties = CustodyParties.BY_ROLE, day: date = DAY
) -> DaySheet:
    exchanges: tuple[Exchange, ...] = tuple(builder.build() for builder in builders)
    return day_sheet(KENNEWICK, Board(day, exchanges), NOW, custody)


def line_of(sheet: DaySheet, ref: str) -> str:
    return next(line for line in sheet_lines(sheet) if ref in line)


def test_a_row_has_what_is_known_ticked_and_boxes_for_the_rest() -> None:
    sheet = sheet_of(an_exchange().with_seller_here("14:13"))

    assert re.sub(" +", " ", line_of(sheet, "K7QDM7")) == (
        "14:15 1 K7QDM7 iPhone 13 128 GB Marie Dupont [x] 14:13 [ ] _____ "
        "Paul Martin [ ] _____ [ ] _____"
    )


def test_a_party_that_left_and_one_that_nobody_saw_leave() -> None:
    gone = an_exchange().with_left(Side.GIVER).with_left(Side.RECEIVER, observed=False)
    line = line_of(sheet_of(gone.ended(Outcome.MET)), "K7QDM7")

    assert "[x] 14:13  [x] 14:30" in line
    assert "[x] 14:13  [x] ?" in line
    assert line.endswith("met")


def test_the_head_says_station_day_and_when_it_was_made() -> None:
    lines = sheet_lines(sheet_of())

    assert lines[0] == "Kennewick PD · Saturday 21 November 2026"
    assert lines[1].startswith("As of 14:32. ")
    tomorrow = sheet_lines(sheet_of(day=date(2026, 11, 22)))
    assert tomorrow[1].startswith("As of Saturday 21 November, 14:32. ")


def test_there_are_lines_for_walk_ins_on_an_empty_day_too() -> None:
    assert sum("__:__" in line for line in sheet_lines(sheet_of())) == 6


def test_custody_is_told_by_role_unless_names_are_wanted() -> None:
    custody = an_exchange().of_kind(Kind.CUSTODY)
    by_role = "\n".join(sheet_lines(sheet_of(custody)))
    by_name = "\n".join(sheet_lines(sheet_of(custody, custody=CustodyParties.BY_NAME)))

    assert "Releasing adult" in by_role
    assert "Dupont" not in by_role
    assert "Martin" not in by_role
    assert "Marie Dupont" in by_name


def test_phones_plates_and_addresses_are_not_on_it() -> None:
    told = an_exchange().with_party(
        Side.GIVER, phone="+1 509 555 0142", email="m@example.org", plate="BRT-4471"
    )
    said = "\n".join(sheet_lines(sheet_of(told)))

    assert not any(hidden in said for hidden in ("555", "@", "BRT"))


def test_a_guest_of_another_day_is_marked() -> None:
    guest = an_exchange().at("23:50", date(2026, 11, 20)).with_both_here("14:00")

    assert line_of(sheet_of(guest), "K7QDM7").endswith("Friday 20 November")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_data_in_text(text: str) -> None:
    lines = sheet_lines(sheet_of(an_exchange().between(text, None).about(text).in_bay(text)))

    assert len(lines) == 4 + 1 + 6
    assert all(line.isprintable() or {"\u200c", "\u200d"} & set(line) for line in lines)


# On paper


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", content))


def letters_of(content: bytes) -> str:
    """Returns every letter that the file's fonts say they draw."""
    maps = re.findall(rb"beginbfchar\n(.*?)endbfchar", content, re.DOTALL)
    codes = re.findall(rb"^<[0-9A-F]+> <([0-9A-F]+)>$", b"\n".join(maps), re.MULTILINE)
    return "".join(bytes.fromhex(code.decode()).decode("utf-16-be") for code in codes)


def many(count: int) -> DaySheet:
    return sheet_of(*(an_exchange(f"K7QD{number:02}") for number in range(count)))


@pytest.mark.parametrize("paper", Paper)
def test_forty_exchanges_fit_one_page_and_eighty_take_two(paper: Paper) -> None:
    sheets = {count: day_sheet_pdf(many(count), NOW, PageStyle(paper)) for count in (0, 40, 80)}

    assert {count: pages(content) for count, content in sheets.items()} == {0: 1, 40: 1, 80: 2}


def test_the_same_day_makes_the_same_file() -> None:
    assert day_sheet_pdf(many(1), NOW, PageStyle()) == day_sheet_pdf(many(1), NOW, PageStyle())


def test_names_have_their_own_letters_and_what_has_none_is_marked() -> None:
    names = ("Łukasz Nguyễn", "Δημήτρης Жуков")
    named = (an_exchange().between(*names), an_exchange().between("田中", "שלום"))
    drawn = letters_of(day_sheet_pdf(sheet_of(*named), NOW, PageStyle()))

    assert set("".join(names)) <= set(drawn)
    assert "\ufffd" in drawn
    assert not set("田中שלום") & set(drawn)


def test_nothing_is_marked_where_nothing_is_missing() -> None:
    assert "\ufffd" not in letters_of(day_sheet_pdf(many(1), NOW, PageStyle()))


def test_a_station_s_own_font_draws_what_the_first_lacks(tmp_path: Path) -> None:
    thai = an_exchange().between("กมล", None)
    font = tmp_path / "more.ttf"
    font.write_bytes(FiraGO_Regular.fontbuffer)

    without = letters_of(day_sheet_pdf(sheet_of(thai), NOW, PageStyle()))
    with_it = letters_of(day_sheet_pdf(sheet_of(thai), NOW, PageStyle(fonts=(font,))))

    assert not set("กมล") & set(without)
    assert set("กมล") <= set(with_it)
    assert "\ufffd" not in with_it


@pytest.mark.parametrize("name", ["nowhere.ttf", "broken.ttf", "broken.doc"])
def test_a_font_that_cannot_be_used_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    (tmp_path / "broken.doc").write_bytes(b"no font")

    with pytest.raises(DeskError) as told:
        day_sheet_pdf(many(1), NOW, PageStyle(fonts=(tmp_path / name,)))

    assert told.value.code == "font_unusable"
    assert name in told.value.explanation


def test_hostile_words_break_no_page() -> None:
    rows = (
        an_exchange(f"K7QD{number:02}").between(text, None).about(text).in_bay(text)
        for number, text in enumerate(HOSTILE)
    )

    assert pages(day_sheet_pdf(sheet_of(*rows), NOW, PageStyle())) == 1


def test_a_slip_on_paper_is_one_page_with_its_code() -> None:
    slip = printed_slip(an_exchange().build(), Side.GIVER, KENNEWICK, ["Zażółć 田"])
    content = slip_pdf(slip, NOW, PageStyle())

    assert pages(content) == 1
    assert set("K7QDM7-GZażółć\ufffd") <= set(letters_of(content))


def test_a_long_word_is_made_smaller_and_then_cut() -> None:
    with new_pdf("x", NOW, PageStyle()) as pdf:
        pdf.page()
        pdf.write("W" * 300, (10, 10), (50, 5), 4)
        pdf.write("", (10, 20), (50, 5), 4)
        drawn = letters_of(pdf.content())

    assert set(drawn) >= {"W", "…"}


@pytest.mark.parametrize(
    ("zone", "paper"),
    [
        ("America/Los_Angeles", Paper.LETTER),
        ("US/Pacific", Paper.LETTER),
        ("America/Mexico_City", Paper.LETTER),
        ("America/Sao_Paulo", Paper.A4),
        ("Europe/Paris", Paper.A4),
        ("UTC", Paper.A4),
    ],
)
def test_the_paper_is_the_region_s(zone: str, paper: Paper) -> None:
    assert paper_of(zone) is paper
