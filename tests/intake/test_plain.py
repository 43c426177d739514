"""desk.intake.formats.plain: the format that a station types by itself."""

from collections import Counter
from pathlib import Path

import pytest

from desk.domain.exchange import Kind
from tests.hostile import HOSTILE, HOSTILE_NAMES
from tests.intake.making import HEADER, SAMPLES, a_file, at, found, plain, the_plan


def test_the_sample_is_a_whole_day() -> None:
    planned = the_plan(SAMPLES / "plain.csv")
    assert planned.rejections == ()
    assert [draft.row for draft in planned.new] == list(range(2, 17))
    assert Counter(draft.bay for draft in planned.new) == {"1": 5, "2": 4, "3": 3, "L": 2, None: 1}
    assert planned.new[0].item == "Oak bookcase, 6 ft"
    assert planned.new[4].receiver.name is None


def test_a_row_is_a_sale_with_both_sides_stated(tmp_path: Path) -> None:
    path = a_file(tmp_path, plain("2026-11-23,09:00,Ann One,Bob Two,Lamp,1"))
    (draft,) = the_plan(path).new
    assert (draft.file, draft.row, draft.source) == ("bookings.csv", 2, "plain")
    assert draft.kind is Kind.SALE
    assert (draft.starts_at, draft.ends_at) == (at("09:00"), at("09:20"))
    assert (draft.giver.name, draft.receiver.name) == ("Ann One", "Bob Two")
    assert not draft.giver.assumed
    assert not draft.receiver.assumed
    assert (draft.item, draft.bay, draft.external_id) == ("Lamp", "1", None)


@pytest.mark.parametrize(
    "header",
    [
        "date,time,seller,buyer,item,bay",
        " DATE , Time ,SELLER,Buyer,Item,Bay",
        "\ufeffDate,Time,Seller,Buyer,Item,Bay",
        "Date,Time,Seller,Buyer,Item,Bay,",
        "Date,Time,Seller,Buyer",
    ],
)
def test_headers_that_are_this_format(tmp_path: Path, header: str) -> None:
    cells = ["2026-11-23", "9:00", "Ann One", "Bob Two", "", "", ""][: header.count(",") + 1]
    (draft,) = the_plan(a_file(tmp_path, f"{header}\n{','.join(cells)}")).new
    assert draft.giver.name == "Ann One"


def test_columns_may_come_in_any_order(tmp_path: Path) -> None:
    path = a_file(tmp_path, "Buyer,Seller,Bay,Item,Time,Date\nBob,Ann,2,Lamp,9:00 am,2026-11-23")
    (draft,) = the_plan(path).new
    assert (draft.giver.name, draft.receiver.name, draft.bay) == ("Ann", "Bob", "2")


@pytest.mark.parametrize("header", [f"{HEADER},Phone", "Date,Time,Seller,Item,Bay", "Date", "x,y"])
def test_headers_that_are_not(tmp_path: Path, header: str) -> None:
    planned = the_plan(a_file(tmp_path, f"{header}\n2026-11-23,09:00,Ann,Bob,Lamp,1"))
    assert found(planned) == [(None, None, "unknown_format")]
    assert "Calendly" in planned.rejections[0].remedy


@pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_NAMES)
def test_hostile_names_are_taken_in_cleaned(tmp_path: Path, text: str) -> None:
    cell = text.replace("\x00", "").replace("\ud800", "").replace('"', '""')
    path = a_file(tmp_path, plain(f'2026-11-23,09:00,"{cell}",Plain Person,"{cell}",1'))
    planned = the_plan(path)
    if len(text) > 200:
        assert found(planned) == [(2, "Seller", "cell_too_long")]
        return
    assert planned.rejections == ()
    (draft,) = planned.new
    assert draft.giver.name
    assert draft.giver.name == draft.item
    assert draft.giver.name.isprintable() or "\u200c" in text or "\u200d" in text


def test_the_hostile_sample_goes_in_but_for_the_name_that_would_be_cut() -> None:
    planned = the_plan(SAMPLES / "hostile-names.csv")
    assert found(planned) == [(27, "Seller", "cell_too_long")]
    assert "200 characters" in planned.rejections[0].reason
    assert len(planned.new) == 25
    names = {draft.row: draft.giver.name for draft in planned.new}
    assert names[2] == "[bold]Bob[/bold]"
    assert names[10] == "A]0;pwn\\"
    assert names[14] == "A B"
    assert names[15] == "abc\ufffdgpj.exe"
    assert names[22] == "O'Brien\"; DROP TABLE"


def test_a_row_whose_name_is_nothing_visible_names_nobody(tmp_path: Path) -> None:
    path = a_file(tmp_path, plain('2026-11-23,09:00,"\x1b\x07",Bob Two,Lamp,1'))
    (draft,) = the_plan(path).new
    assert (draft.giver.name, draft.receiver.name) == (None, "Bob Two")
