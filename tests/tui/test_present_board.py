"""The board as rows: order, fold, now-line, counts, what steps back and what needs somebody."""

from dataclasses import replace

import pytest

from desk import text
from desk.domain.exchange import Exchange, Kind, Outcome, Presence, Side
from desk.domain.stage import Counts, StageName
from desk.domain.views import Bay, Board
from desk.tui.present import (
    FOLD,
    BoardPicture,
    ExchangeRow,
    FoldRow,
    Key,
    NowRow,
    Row,
    Scene,
    Tone,
    announcement,
    bay_cells,
    day_title,
    picture,
)
from tests.domain.making import DAY, REF, an_exchange, at
from tests.hostile import HOSTILE, HOSTILE_NAMES
from tests.tui.widgets import saturday

TOMORROW = DAY.replace(day=DAY.day + 1)


def drawn(*exchanges: Exchange, unfolded: bool = False, now: str = "14:32") -> BoardPicture:
    return picture(Board(DAY, exchanges), saturday.scene(now), unfolded=unfolded)


def seen(rows: tuple[Row, ...]) -> list[str]:
    """Each row in a word: its reference, the fold's words, the now-line's time."""
    words = []
    for row in rows:
        match row:
            case FoldRow():
                words.append(row.words)
            case NowRow():
                words.append(row.time)
            case _:
                words.append(str(row.key.ref))
    return words


def exchange_rows(shown: BoardPicture) -> list[ExchangeRow]:
    return [row for row in shown.rows if isinstance(row, ExchangeRow)]


def only_row(exchange: Exchange, now: str = "14:32") -> ExchangeRow:
    (row,) = exchange_rows(drawn(exchange, unfolded=True, now=now))
    return row


def test_the_saturday_of_the_pictures() -> None:
    shown = picture(saturday.board(), saturday.scene(), unfolded=False)

    assert seen(shown.rows)[:7] == [
        "▴ 11 closed",
        "V2JX76",
        "K7QDM7",
        "Q2MNRP",
        "T5WCBP",
        "14:32",
        "B4XW7H",
    ]
    assert shown.counts == Counts(here=4, overdue=1, to_come=8)
    assert shown.start == Key("K7QDM7")


def test_the_counts_equal_the_rows() -> None:
    shown = picture(saturday.board(), saturday.scene(), unfolded=True)
    rows = exchange_rows(shown)
    marks = [cell.mark_tone for row in rows for cell in (row.giver, row.receiver)]

    assert shown.counts.here == marks.count(Tone.HERE)
    assert shown.counts.overdue == sum(row.needs is StageName.OVERDUE for row in rows)
    assert shown.counts.to_come == sum(row.state.words.startswith("in ") for row in rows)


def test_unfolded_the_closed_stand_dim_above_the_others_in_time_order() -> None:
    shown = picture(saturday.board(), saturday.scene(), unfolded=True)
    words = seen(shown.rows)

    assert words[0] == "▾ 11 closed"
    assert words[1:3] == ["A2B3C4", "B2B3C4"]
    assert words[12] == "V2JX76"
    assert all(row.stepped_back for row in exchange_rows(shown)[:11])


def test_nothing_closed_is_no_fold_and_no_exchange_is_no_row() -> None:
    assert seen(drawn(an_exchange()).rows) == [REF, "14:32"]
    assert drawn().rows == ()
    assert drawn().start is None


def test_with_everything_closed_the_cursor_begins_on_the_fold() -> None:
    shown = drawn(an_exchange(Presence.LEFT, Presence.LEFT, Outcome.MET))

    assert seen(shown.rows) == ["▴ 1 closed", "14:32"]
    assert shown.start == FOLD


@pytest.mark.parametrize("giver", [Presence.HERE, Presence.HELD])
def test_a_closed_exchange_with_somebody_here_neither_folds_nor_steps_back(
    giver: Presence,
) -> None:
    shown = drawn(an_exchange(giver, Presence.LEFT, Outcome.MET))

    assert seen(shown.rows) == [REF, "14:32"]
    assert [row.stepped_back for row in exchange_rows(shown)] == [False]


def test_a_closed_exchange_with_an_open_dispute_steps_back_but_does_not_fold() -> None:
    shown = picture(saturday.board(), saturday.scene(), unfolded=False)
    (row,) = [row for row in exchange_rows(shown) if row.ref == "V2JX76"]

    assert row.stepped_back
    assert row.state.words == "disputed"


def test_what_closes_under_the_cursor_stays_until_the_cursor_has_left() -> None:
    closed = an_exchange(Presence.LEFT, Presence.LEFT, Outcome.MET)
    day = Board(DAY, (closed, *saturday.exchanges()))
    kept = picture(day, saturday.scene(), unfolded=False, kept=REF)
    unfolded = picture(day, saturday.scene(), unfolded=True, kept="A2B3C4")

    assert REF in seen(kept.rows)
    assert "A2B3C4" in seen(unfolded.rows)[:2]


def test_the_now_line_stands_before_what_is_to_come() -> None:
    later = replace(an_exchange(), ref="B4XW7H", starts_at=at("14:45"))

    assert seen(drawn(later, an_exchange()).rows) == [REF, "14:32", "B4XW7H"]
    assert seen(drawn(later, now="14:45").rows) == ["B4XW7H", "14:45"]


def test_another_day_has_no_now_line_no_fold_and_no_bays() -> None:
    shown = picture(Board(TOMORROW, saturday.exchanges()), saturday.scene(), unfolded=False)

    assert all(isinstance(row, ExchangeRow) for row in shown.rows)
    assert len(shown.rows) == len(saturday.exchanges())
    assert shown.bays == ()


def test_an_exchange_of_another_day_shows_its_day_in_place_of_its_time() -> None:
    yesterday = replace(an_exchange(Presence.HERE), starts_at=at("14:15").subtract(days=1))

    assert only_row(yesterday).time == "20 Nov"
    assert only_row(an_exchange()).time == "14:15"


@pytest.mark.parametrize(
    ("presence", "mark"),
    [
        (Presence.EXPECTED, "·"),
        (Presence.HELD, "⏸"),
        (Presence.HERE, "✓"),
        (Presence.LEFT, "↩"),
        (Presence.ABSENT, "✗"),
    ],
)
def test_a_party_is_marked_with_its_presence(presence: Presence, mark: str) -> None:
    assert only_row(an_exchange(presence, Presence.HERE)).giver.mark == mark


def test_once_all_is_over_a_mark_says_who_came_at_all() -> None:
    row = only_row(an_exchange(Presence.LEFT, Presence.ABSENT, Outcome.NO_SHOW))

    assert (row.giver.mark, row.receiver.mark) == ("✓", "✗")


def test_a_party_has_its_name_in_two_lengths_and_its_arrival() -> None:
    row = only_row(saturday.dupont())

    assert (row.giver.name, row.giver.short, row.giver.arrived) == (
        "Marie Dupont",
        "M. Dupont",
        "14:13",
    )
    assert row.receiver.arrived == ""


def test_custody_rows_never_show_a_name() -> None:
    giver = replace(an_exchange().giver, name="Ada Roe")
    row = only_row(replace(an_exchange(), kind=Kind.CUSTODY, giver=giver))

    assert (row.giver.name, row.giver.short) == ("releasing", "releasing")
    assert row.item == "Custody"
    assert "Roe" not in repr(row)


def test_nobody_named_and_no_bay_are_said() -> None:
    row = only_row(an_exchange())

    assert row.giver.short == "not named yet"
    assert row.bay == "–"


@pytest.mark.parametrize("name", HOSTILE, ids=HOSTILE_NAMES)
def test_outside_text_is_safe_in_a_row(name: str) -> None:
    exchange = replace(
        an_exchange(Presence.HERE).with_party(saturday.party(Side.GIVER, name)),
        item=name,
        bay=name,
    )
    row = only_row(exchange)

    for shown in (row.giver.name, row.giver.short, row.item, row.bay):
        assert shown == text.safe(shown)


@pytest.mark.parametrize(
    ("exchange", "now", "need"),
    [
        (an_exchange(Presence.HERE), "14:32", StageName.OVERDUE),
        (an_exchange(Presence.HERE), "14:20", StageName.LATE),
        (an_exchange(Presence.HERE), "14:10", None),
        (an_exchange(Presence.HELD), "14:20", StageName.HELD),
        (an_exchange(Presence.LEFT), "14:20", StageName.PARTED),
        (an_exchange(Presence.HERE, Presence.HERE), "14:20", StageName.READY),
        (an_exchange(), "14:10", None),
        (an_exchange(Presence.LEFT, Presence.LEFT, Outcome.MET), "14:32", None),
    ],
)
def test_a_row_knows_whether_it_needs_somebody(
    exchange: Exchange, now: str, need: StageName | None
) -> None:
    assert only_row(exchange, now).needs is need


def test_what_is_out_of_sight_is_announced_the_most_urgent_first() -> None:
    rows = (
        only_row(an_exchange(), "14:20"),
        only_row(an_exchange()),
        only_row(an_exchange()),
        only_row(an_exchange(), "13:00"),
    )

    assert "".join(piece.text for piece in announcement(rows)) == "2 overdue, 1 late"
    assert announcement((rows[3], NowRow("14:32"))) == ()


def test_the_cursor_begins_on_the_most_urgent_row_nearest_to_now() -> None:
    other = replace(an_exchange(), ref="C7BKX6", starts_at=at("14:16"))
    late = replace(an_exchange(), ref="Y9FPM3", starts_at=at("14:30"))

    assert drawn(an_exchange(), other, late).start == Key("C7BKX6")


def test_the_bay_column_is_as_wide_as_the_stations_codes_and_never_absurd() -> None:
    def cells_for(code: str) -> int:
        station = replace(saturday.STATION, bays=(Bay("1", ""), Bay(code, "")))
        return bay_cells(station)

    assert [cells_for(code) for code in ("2", "Lobby", "Entrance", "W" * 99)] == [5, 5, 8, 10]


def test_a_day_is_named_by_how_near_it_is() -> None:
    assert day_title(DAY, DAY) == ("Sat 21 Nov 2026", "Sat 21 Nov")
    assert day_title(DAY, TOMORROW)[0] == "YESTERDAY Sat 21 Nov · Esc today"
    assert day_title(TOMORROW, DAY)[1] == "TOMORROW Sun 22 Nov · Esc today"
    assert day_title(DAY.replace(year=2025), DAY)[0] == "Fri 21 Nov 2025 · Esc today"


def test_a_clock_that_was_set_back_proposes_nothing() -> None:
    usual = saturday.scene()
    back = Scene(usual.station, usual.rules, replace(usual.moment, set_back=True))
    shown = picture(saturday.board(), back, unfolded=False)

    assert shown.counts.overdue == 0
