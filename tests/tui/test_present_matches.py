"""What was found: one row for each party, the hit marked or named."""

from dataclasses import replace

import pytest

from desk import text
from desk.domain.exchange import Side
from desk.domain.finding import Finder
from desk.domain.views import Board
from desk.spelling import spelling_in
from desk.tui.present import BoardPicture, Key, MatchRow, Tone, matches_picture, picture
from tests.domain.making import DAY
from tests.hostile import HOSTILE, HOSTILE_NAMES
from tests.tui.widgets import saturday


def found(typed: str, board: Board | None = None) -> BoardPicture:
    day = board or saturday.board()
    finder = Finder(day.exchanges, spelling_in("America/Los_Angeles"))
    shown = saturday.scene()
    whole = picture(day, shown, unfolded=False)
    return matches_picture(whole, finder.find(typed, shown.now), day, shown)


def rows(shown: BoardPicture) -> list[MatchRow]:
    return [row for row in shown.rows if isinstance(row, MatchRow)]


def plain(row: MatchRow) -> str:
    return "".join(piece.text for piece in (*row.name, *row.what))


def marked(row: MatchRow) -> list[str]:
    return [piece.text for piece in (*row.name, *row.what) if piece.tone is Tone.MARK]


def test_a_party_found_by_name_has_its_whole_name_with_the_hit_marked() -> None:
    (row,) = rows(found("novak"))

    assert row.key == Key("T5WCBP", Side.GIVER)
    assert plain(row) == "Hana Novák"
    assert marked(row) == ["Novák"]
    assert (row.time, row.state.words, row.role) == ("14:30", "late 2 seller", "seller")


def test_both_parties_of_one_exchange_are_two_rows() -> None:
    keys = [row.key for row in rows(found("roe"))]

    assert sorted(keys) == [Key("Q2MNRP", Side.GIVER), Key("Q2MNRP", Side.RECEIVER)]


def test_custody_shows_a_name_to_who_typed_it_and_the_role_to_everybody_else() -> None:
    assert [plain(row) for row in rows(found("ada"))] == ["Ada Roe"]
    assert [plain(row) for row in rows(found("q2mnrp"))] == ["releasing adult · receiving adult"]


def test_a_hit_that_no_column_shows_is_named() -> None:
    (item,) = rows(found("lego"))
    (plate,) = rows(found("4471"))

    assert plain(item) == "T. Ndiaye · L. Müllerwhat: LEGO 10497"
    assert marked(item) == ["LEGO"]
    assert plain(plate) == "Marie Dupontplate: BRT-4471"
    assert plate.key.side is Side.GIVER


def test_a_reference_is_shown_by_its_column_already() -> None:
    (row,) = rows(found("K7QDM7"))

    assert row.what == ()
    assert row.key == Key("K7QDM7")


def test_the_cursor_begins_on_the_likeliest_and_the_counts_stay_the_days() -> None:
    shown = found("ma")

    assert shown.found
    assert shown.start == rows(shown)[0].key
    assert shown.counts.here == 4
    assert found("nobody of that name").start is None


def test_closed_exchanges_step_back_among_the_found() -> None:
    assert all(row.stepped_back for row in rows(found("lima")))


@pytest.mark.parametrize("name", HOSTILE, ids=HOSTILE_NAMES)
def test_a_found_name_is_safe_with_its_hit_marked(name: str) -> None:
    exchange = saturday.dupont()
    stored = text.clean(f"Zed {name}")
    party = replace(exchange.giver, name=stored)
    (row,) = rows(found("zed", Board(DAY, (exchange.with_party(party),))))

    assert marked(row) == ["Zed"]
    assert all(piece.text == text.safe(piece.text) for piece in row.name)
