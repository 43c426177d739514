"""A day's bays as a grid: who has which quarter, how it is walked, and what a cell says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from itertools import pairwise

import pytest

from desk.domain.exchange import Exchange, Outcome, Presence
from desk.domain.rules import BayRules, Rules
from desk.domain.views import Board
from desk.tui.present import ASCII, Scene
from desk.tui.present.bay_grid import BayGrid, Spot, bay_grid
from desk.tui.widgets.bay_grid_layout import cell_line, grid_columns, header
from tests.builders import moment
from tests.domain.making import DAY, an_exchange, at
from tests.tui.widgets import saturday

NOWHERE = Spot("1", at("00:00"))


def booked(
    ref: str,
    clock: str,
    bay: str | None = "1",
    minutes: int = 20,
    here: Presence = Presence.EXPECTED,
) -> Exchange:
    starts = at(clock)
    return replace(
        an_exchange(here, here),
        ref=ref,
        bay=bay,
        starts_at=starts,
        ends_at=starts.add(minutes=minutes),
        item="lamp",
    )


def grid(*exchanges: Exchange, now: str = "14:32", rules: Rules | None = None) -> BayGrid:
    scene = saturday.scene(now)
    scene = replace(scene, rules=rules or scene.rules)
    return bay_grid(Board(DAY, exchanges), scene)


def said(shown: BayGrid, row: str, column: int = 0, spot: Spot = NOWHERE, cells: int = 16) -> str:
    index = shown.times.index(row)
    line = cell_line(shown, column, index, spot, cells)
    return "".join(piece.text for piece in line).rstrip()


def column(shown: BayGrid, *rows: str, cells: int = 16) -> list[str]:
    return [said(shown, row, cells=cells) for row in rows]


class TestWhatStandsWhere:
    def test_an_exchange_has_the_quarters_that_it_reaches_into(self) -> None:
        shown = grid(booked("K7QDM7", "14:45"))

        assert column(shown, "14:30", "14:45", "15:00", "15:15") == [
            " ·",
            "│○ K7QDM7",
            "│in 13 min",
            " ·",
        ]
        assert said(shown, "14:45", cells=30) == "│○ K7QDM7 in 13 min"
        assert said(shown, "15:00", cells=30) == "│to 15:05"

    def test_whoever_begins_is_told_before_whoever_has_not_ended(self) -> None:
        shown = grid(booked("K7QDM7", "14:45"), booked("Q2MNRP", "15:05"))

        assert column(shown, "14:45", "15:00", "15:15") == [
            "│○ K7QDM7",
            "│· Q2MNRP",
            "│in 33 min",
        ]
        assert not any(block.clash for block in shown.blocks)

    def test_two_at_one_time_are_both_seen_and_both_say_so(self) -> None:
        shown = grid(booked("K7QDM7", "15:00"), booked("Q2MNRP", "15:10"))
        second = shown.blocks[1].spot

        assert [block.clash for block in shown.blocks] == ["Q2MNRP", "K7QDM7"]
        assert said(shown, "15:00", cells=18) == "│○K7QDM7 ·Q2MNRP"
        assert said(shown, "15:00", cells=12) == "│○K7QDM7+1"
        assert said(shown, "15:00", spot=second, cells=12) == "▌·Q2MNRP+1"
        assert said(shown, "15:15") == "│clash K7QDM7"
        assert said(shown, "15:15", cells=10) == "│clash"
        apart = grid(booked("K7QDM7", "15:00"), booked("Q2MNRP", "15:15"))
        assert said(apart, "15:15") == "│· Q2MNRP!"

    def test_a_buffer_stays_free_and_closed_quarters_are_told_from_free_ones(self) -> None:
        hours = BayRules(buffer=30, opens=time(9), closes=time(16))
        shown = grid(booked("K7QDM7", "14:45"), rules=Rules(bays={"1": hours}))

        assert column(shown, "15:00", "15:15", "15:30", "15:45") == [
            "│in 13 min",
            " buffer",
            " buffer",
            " ·",
        ]
        assert shown.times[0] == "09:00"
        assert shown.times[-1] == "15:45"
        late = grid(booked("K7QDM7", "17:15"), rules=Rules(bays={"1": hours}))
        assert said(late, "16:45") == " –"
        too_soon = grid(
            booked("K7QDM7", "14:45"), booked("Q2MNRP", "15:15"), rules=Rules(bays={"1": hours})
        )
        assert too_soon.blocks[1].clash == "K7QDM7"

    def test_people_who_are_still_in_the_bay_have_it_to_now(self) -> None:
        in_it, due = booked("Q2MNRP", "14:00", here=Presence.HERE), booked("K7QDM7", "14:30")
        shown = grid(replace(in_it, started_at=at("14:02")), due, now="14:50")

        assert (shown.blocks[0].ends - shown.blocks[0].begins) == 4
        assert shown.blocks[1].user == "Q2MNRP"

    def test_what_was_cancelled_has_no_bay_and_what_is_over_has_its_own(self) -> None:
        cancelled = replace(booked("K7QDM7", "15:00"), outcome=Outcome.CANCELLED)
        met = replace(booked("Q2MNRP", "13:00"), outcome=Outcome.MET, closed_at=at("13:12"))
        shown = grid(cancelled, met)

        assert [block.ref for block in shown.blocks] == ["Q2MNRP"]
        assert said(shown, "13:00", cells=26) == "│✓ Q2MNRP met 13:12"

    def test_only_references_stand_in_it(self) -> None:
        shown = bay_grid(saturday.board(), saturday.scene())
        told = {
            piece.text
            for n in range(len(shown.columns))
            for row in range(len(shown.rows))
            for piece in cell_line(shown, n, row, NOWHERE, 34)
        }

        assert len(shown.blocks) == len(
            [one for one in saturday.exchanges() if one.outcome is not Outcome.CANCELLED]
        )
        names = {name for one in saturday.exchanges() for p in one.parties if (name := p.name)}
        assert not any(name in words for name in names for words in told)


class TestColumnsAndRows:
    def test_bays_that_only_bookings_know_come_last_and_none_comes_after_all(self) -> None:
        shown = grid(booked("K7QDM7", "15:00", None), booked("Q2MNRP", "15:00", "9"))

        names = [one.name for one in shown.columns]
        assert names == ["1", "2", "3", "Lobby", "9", "no bay yet"]
        assert [one.name for one in grid().columns] == names[:4]

    def test_the_hours_are_whole_and_reach_as_far_as_the_day_does(self) -> None:
        assert (grid().times[0], grid().times[-1]) == ("08:00", "19:45")
        shown = grid(booked("K7QDM7", "06:50"), booked("Q2MNRP", "23:50", minutes=60))
        assert (shown.times[0], shown.times[-1]) == ("06:00", "23:45")
        night = grid(now="03:10")
        assert (night.times[0], night.now_time) == ("03:00", "03:10")
        assert night.times[night.now or 0] == "03:00"

    def test_another_day_has_no_now_and_shows_what_reaches_into_it(self) -> None:
        over_night = booked("K7QDM7", "23:50", minutes=60)
        shown = bay_grid(Board(DAY.replace(day=22), (over_night,)), saturday.scene())

        assert shown.now is None
        assert shown.times[0] == "00:00"
        assert said(shown, "00:30", cells=26) == "│"
        assert shown.blocks[0].span == ("23:50", "00:50")

    @pytest.mark.parametrize(
        ("day", "quarters"), [(date(2026, 3, 8), 92), (date(2026, 11, 1), 100)]
    )
    def test_a_day_on_which_the_clocks_change_keeps_its_order(
        self, day: date, quarters: int
    ) -> None:
        early = replace(
            booked("K7QDM7", "00:00"),
            starts_at=moment("00:00", day),
            ends_at=moment("00:20", day),
        )
        late = replace(
            booked("Q2MNRP", "23:30"),
            starts_at=moment("23:30", day),
            ends_at=moment("23:50", day),
        )
        shown = bay_grid(Board(day, (early, late)), saturday.scene())

        assert len(shown.rows) == quarters
        assert all(before < after for before, after in pairwise(shown.rows))
        assert said(shown, "23:30") == "│‼ Q2MNRP"

    def test_as_many_columns_as_fit_with_the_marked_one_among_them(self) -> None:
        shown = grid(*(booked("K7QDM7", "15:00", str(n)) for n in range(4, 12)))
        first = grid_columns(len(shown.columns), 78, pointed=0, first=0)
        last = grid_columns(len(shown.columns), 78, pointed=11, first=first.first)
        back = grid_columns(len(shown.columns), 78, pointed=8, first=last.first)

        assert (first.first, first.count, first.cells) == (0, 6, 11)
        assert (last.first, back.first) == (6, 6)
        seen = [next(iter(header(shown, each, 0)))[0].text.strip() for each in (first, last)]
        assert seen == ["1-6→", "←7-12"]
        assert grid_columns(4, 78, pointed=3, first=0).cells == 17


class TestWalking:
    SHOWN = grid(
        booked("K7QDM7", "14:45"), booked("Q2MNRP", "14:30", "2", 45), booked("B4XW7H", "15:30")
    )

    def walk(self, spot: Spot, *steps: int) -> list[str]:
        told = []
        for step in steps:
            spot = self.SHOWN.down(spot, step)
            told.append(spot.ref or self.SHOWN.times[self.SHOWN.place(spot)[1]])
        return told

    def test_down_a_bay_over_exchanges_and_free_quarters(self) -> None:
        start = Spot("1", at("14:30"))

        assert self.walk(start, 1, 1, 1, 1) == ["K7QDM7", "15:15", "B4XW7H", "16:00"]
        assert self.walk(start, 3, -2, -1, -99, 99) == [
            "B4XW7H",
            "K7QDM7",
            "14:30",
            "08:00",
            "19:45",
        ]

    def test_two_in_one_quarter_are_walked_one_after_the_other(self) -> None:
        shown = grid(booked("K7QDM7", "15:00"), booked("Q2MNRP", "15:00"))
        first = shown.down(Spot("1", at("14:45")), 1)

        assert (first.ref, shown.down(first, 1).ref) == ("K7QDM7", "Q2MNRP")

    def test_aside_is_whatever_is_there_at_that_time(self) -> None:
        row = self.SHOWN.times.index("15:00")

        assert self.SHOWN.spot_at(0, row).ref == "K7QDM7"
        assert self.SHOWN.spot_at(1, row).ref == "Q2MNRP"
        assert self.SHOWN.spot_at(2, row) == Spot("3", at("15:00"))

    def test_the_cursor_is_kept_by_reference_else_by_bay_and_time(self) -> None:
        on_it = Spot("1", at("14:45"), "K7QDM7")
        moved = grid(booked("K7QDM7", "16:15", "3"))

        assert moved.nearest(on_it) == Spot("3", at("16:15"), "K7QDM7")
        assert grid().nearest(on_it) == Spot("1", on_it.at)
        assert grid().nearest(Spot("9", at("03:00"), "V2JX76")) == Spot("1", at("08:00"))

    def test_a_free_quarter_knows_how_long_it_stays_so(self) -> None:
        assert self.SHOWN.free_until(Spot("1", at("15:15"))) == "15:30"
        assert self.SHOWN.free_until(Spot("3", at("15:15"))) == ""


def test_every_sign_has_a_plain_form() -> None:
    scene = Scene(saturday.STATION, Rules(), saturday.scene().moment, ASCII)
    shown = bay_grid(saturday.board(), scene)

    for n in range(len(shown.columns)):
        for row in range(len(shown.rows)):
            line = cell_line(shown, n, row, shown.blocks[0].spot, 16)
            assert all(piece.text.isascii() for piece in line)
