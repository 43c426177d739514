"""The board's rows on a screen: the cursor, what is repainted, what is announced, the mouse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.strip import Strip

from desk import text
from desk.domain.exchange import Outcome, Presence, Side
from desk.domain.finding import Finder
from desk.domain.views import Board
from desk.tui.present import FOLD, Key, matches_picture
from desk.tui.widgets.board_table import BoardTable
from tests.domain.making import DAY, an_exchange, at
from tests.hostile import HOSTILE
from tests.tui.widgets import saturday
from tests.tui.widgets.board_app import BoardApp

SMALL = (80, 24)
SALE = "K7QDM7"


@asynccontextmanager
async def running(
    shown: Board | None = None, size: tuple[int, int] = SMALL
) -> AsyncIterator[tuple[BoardApp, Pilot[None]]]:
    app = BoardApp(shown)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot
        await pilot.pause()


def lines(table: BoardTable) -> list[str]:
    return [table.render_line(y).text for y in range(table.size.height)]


def pointed(table: BoardTable) -> list[int]:
    return [y for y, line in enumerate(lines(table)) if line.startswith("▌")]


def a_long_day(count: int = 60) -> Board:
    """One exchange every ten minutes from six o'clock; all but the first to come or overdue."""
    exchanges = tuple(
        replace(
            saturday.expected(f"Z{n:02}ABC", "14:15", "1", "Ian Walsh, Dino Costa", "Lamp"),
            starts_at=at("06:00").add(minutes=10 * n),
        )
        for n in range(count)
    )
    return Board(DAY, exchanges)


def without(board: Board, ref: str) -> Board:
    return replace(board, exchanges=tuple(each for each in board.exchanges if each.ref != ref))


def with_changed(board: Board, ref: str, **changes: str) -> Board:
    changed = tuple(
        replace(each, item=changes.get("item", each.item), bay=changes.get("bay", each.bay))
        if each.ref == ref
        else each
        for each in board.exchanges
    )
    return replace(board, exchanges=changed)


# The cursor


async def test_the_cursor_begins_on_the_row_that_needs_somebody() -> None:
    async with running() as (app, _pilot):
        assert app.table.cursor_ref == SALE
        assert pointed(app.table) == [3]


async def test_the_cursor_stays_on_its_exchange_when_rows_come_and_go_above_it() -> None:
    async with running() as (app, pilot):
        app.said.clear()
        app.board = without(app.board, "V2JX76")
        app.draw()
        await pilot.pause()

        assert app.table.cursor_ref == SALE
        assert pointed(app.table) == [2]
        assert app.said == []


async def test_where_its_row_is_gone_the_cursor_goes_to_the_nearest() -> None:
    async with running() as (app, pilot):
        app.board = without(app.board, SALE)
        app.draw()
        await pilot.pause()

        assert app.table.cursor_ref == "Q2MNRP"
        assert app.said[-1] == BoardTable.Highlighted(Key("Q2MNRP"))

        app.table.end()
        app.board = without(app.board, "J5NXT5")
        app.draw()
        assert app.table.cursor_ref == "F9TRCS"


async def test_the_cursor_steps_over_the_now_line_and_stops_at_both_ends() -> None:
    async with running() as (app, _pilot):
        table = app.table
        table.go_to(Key("T5WCBP"))
        table.move(1)
        assert table.cursor_ref == "B4XW7H"
        table.move(-1)
        assert table.cursor_ref == "T5WCBP"
        table.end()
        table.move(1)
        assert table.cursor_ref == "J5NXT5"
        table.home()
        table.move(-1)
        assert table.cursor_key == FOLD
        assert table.cursor_ref is None


async def test_a_page_is_a_screenful_less_a_row() -> None:
    async with running(a_long_day()) as (app, _pilot):
        table = app.table
        table.home()
        table.page(1)
        body = table.size.height - 1

        assert table.cursor_ref == f"Z{body - 1:02}ABC"
        table.page(-1)
        assert table.cursor_ref == "Z00ABC"


async def test_going_to_a_row_that_is_still_to_come_waits_for_it() -> None:
    async with running() as (app, _pilot):
        app.table.go_to(Key("W7ZZZZ"))
        app.board = replace(
            app.board,
            exchanges=(*app.board.exchanges, replace(an_exchange(), ref="W7ZZZZ")),
        )
        app.draw()

        assert app.table.cursor_ref == "W7ZZZZ"
        assert len(pointed(app.table)) == 1


async def test_an_exchange_that_closes_under_the_cursor_does_not_fold_away() -> None:
    async with running() as (app, _pilot):
        gone = an_exchange(Presence.LEFT, Presence.LEFT, Outcome.MET)
        others = without(app.board, SALE).exchanges
        app.board = replace(app.board, exchanges=(*others, gone))
        app.draw()
        assert app.table.cursor_ref == SALE

        app.table.move(1)
        app.draw()
        assert not any(SALE in line for line in lines(app.table))
        assert "12 closed" in lines(app.table)[1]


async def test_from_a_match_back_to_the_board_the_cursor_stays_on_the_exchange() -> None:
    async with running() as (app, _pilot):
        finder = Finder(app.board.exchanges, text.fold, text.folded_with_map)
        found = matches_picture(finder.find("novak", app.scene.now), app.board, app.scene)
        app.table.show(found)
        assert app.table.cursor_key == Key("T5WCBP", Side.GIVER)

        app.draw()
        assert app.table.cursor_key == Key("T5WCBP")


async def test_a_search_begins_on_its_first_match_whatever_was_highlighted() -> None:
    async with running() as (app, _pilot):
        app.table.go_to(Key("F9TRCS"))
        finder = Finder(app.board.exchanges, text.fold, text.folded_with_map)
        found = matches_picture(finder.find("ma", app.scene.now), app.board, app.scene)
        app.table.show(found)

        assert app.table.cursor_key == found.start
        assert pointed(app.table) == [1]


# What is repainted


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The lines that were drawn, in order."""
    drawn: list[int] = []
    usual = BoardTable.render_line

    def counted(table: BoardTable, y: int) -> Strip:
        drawn.append(y)
        return usual(table, y)

    monkeypatch.setattr(BoardTable, "render_line", counted)
    return iter([drawn])


async def test_a_tick_that_changes_nothing_repaints_nothing(painted: Iterator[list[int]]) -> None:
    drawn = next(painted)
    async with running() as (app, pilot):
        drawn.clear()
        app.scene = replace(
            app.scene, moment=replace(app.scene.moment, now=app.scene.now.add(seconds=20))
        )
        app.draw()
        await pilot.pause()

        assert drawn == []


async def test_a_change_repaints_its_own_line_only(painted: Iterator[list[int]]) -> None:
    drawn = next(painted)
    async with running() as (app, pilot):
        drawn.clear()
        app.board = with_changed(app.board, "B4XW7H", bay="1")
        app.draw()
        await pilot.pause()

        assert drawn == [7]


async def test_a_cursor_key_repaints_the_line_it_leaves_and_the_line_it_reaches(
    painted: Iterator[list[int]],
) -> None:
    drawn = next(painted)
    async with running() as (app, pilot):
        drawn.clear()
        app.table.move(1)
        await pilot.pause()

        assert sorted(set(drawn)) == [3, 4]


async def test_another_theme_repaints_all_of_it(painted: Iterator[list[int]]) -> None:
    drawn = next(painted)
    async with running() as (app, pilot):
        before = app.table.render_line(3)
        drawn.clear()
        app.theme = "desk-day"
        await pilot.pause()

        assert set(drawn) == set(range(app.table.size.height))
        assert app.table.render_line(3) != before


# What is out of sight


def announced(table: BoardTable) -> list[str]:
    return [line.strip() for line in lines(table) if line.rstrip().endswith(("above", "below"))]


async def test_what_needs_somebody_is_announced_where_it_is_out_of_sight() -> None:
    async with running(a_long_day()) as (app, _pilot):
        table = app.table
        table.home()
        at_the_top = announced(table)
        table.end()
        at_the_end = announced(table)

        # Ten of the 50 overdue show at the top; one of the two late ones shows at the end.
        assert at_the_top == ["▾ 40 overdue, 2 late below"]
        assert at_the_end == ["▴ 50 overdue, 1 late above"]


async def test_nothing_is_announced_while_all_that_needs_somebody_shows() -> None:
    async with running() as (app, _pilot):
        app.table.move(1)

        assert announced(app.table) == []


async def test_neither_the_cursor_nor_the_now_line_is_ever_under_an_announcement() -> None:
    async with running(a_long_day()) as (app, _pilot):
        table = app.table
        table.home()
        seen = [table.cursor_ref]
        for _step in range(59):
            table.move(1)
            assert len(pointed(table)) == 1
            seen.append(table.cursor_ref)
        for _step in range(59):
            table.move(-1)
            assert len(pointed(table)) == 1

        assert seen == [f"Z{n:02}ABC" for n in range(60)]
        table.rest()
        assert any("14:32 ─" in line for line in lines(table))


async def test_the_view_follows_now_until_the_cursor_moves() -> None:
    async with running(a_long_day()) as (app, pilot):
        table = app.table
        assert any("14:32 ─" in line for line in lines(table))

        table.home()
        app.draw()
        await pilot.pause()
        assert not any("14:32 ─" in line for line in lines(table))

        table.rest()
        app.draw()
        assert any("14:32 ─" in line for line in lines(table))
        assert table.cursor_ref == "Z00ABC"


async def test_a_refresh_leaves_the_view_where_the_officer_has_put_it() -> None:
    async with running(a_long_day()) as (app, pilot):
        table = app.table
        table.home()
        table.page(1)
        table.page(1)
        before = lines(table)
        app.draw()
        await pilot.pause()
        assert lines(table) == before

        app.board = without(app.board, "Z00ABC")
        app.draw()
        await pilot.pause()
        assert pointed(table) == [y for y, line in enumerate(before) if line.startswith("▌")]


# The mouse and Enter


async def test_a_click_highlights_and_a_click_on_the_highlighted_row_chooses() -> None:
    async with running() as (app, pilot):
        app.said.clear()
        await pilot.click(BoardTable, offset=(30, 4))
        assert app.said == [BoardTable.Highlighted(Key("Q2MNRP"))]

        await pilot.click(BoardTable, offset=(30, 4))
        assert app.said[1:] == [BoardTable.Chosen(Key("Q2MNRP"))]


async def test_a_click_on_the_fold_presses_it_and_on_header_or_now_line_does_nothing() -> None:
    async with running() as (app, pilot):
        app.said.clear()
        await pilot.click(BoardTable, offset=(10, 0))
        await pilot.click(BoardTable, offset=(10, 6))
        assert app.said == []

        await pilot.click(BoardTable, offset=(10, 1))
        assert isinstance(app.said[-1], BoardTable.FoldPressed)


async def test_a_click_on_an_announcement_goes_to_what_it_announces() -> None:
    async with running(a_long_day()) as (app, pilot):
        table = app.table
        table.home()
        await pilot.pause()
        await pilot.click(BoardTable, offset=(10, table.size.height - 1))
        assert table.cursor_ref == f"Z{table.size.height - 2:02}ABC"

        table.end()
        await pilot.pause()
        await pilot.click(BoardTable, offset=(10, 1))
        assert table.cursor_ref == "Z50ABC"


async def test_pressing_is_choosing_or_unfolding() -> None:
    async with running() as (app, pilot):
        app.table.press()
        await pilot.pause()
        assert app.said[-1] == BoardTable.Chosen(Key(SALE))

        app.table.home()
        app.table.press()
        await pilot.pause()
        assert isinstance(app.said[-1], BoardTable.FoldPressed)


async def test_unfolded_the_closed_rows_stand_below_the_fold() -> None:
    async with running() as (app, _pilot):
        app.table.home()
        app.unfolded = True
        app.draw()

        assert lines(app.table)[1:3] == [
            text.fit("▌▾ 11 closed", app.table.size.width),
            text.fit(
                " 09:00  ✓ met 09:20       A2B3C4  2      ✓ A. Lima           ✓ P. Holm",
                app.table.size.width,
            ),
        ]


# What it looks like


async def test_an_empty_day_says_what_to_do_next() -> None:
    async with running(Board(DAY, ())) as (app, _pilot):
        shown = "\n".join(lines(app.table))

        assert "/import takes in a booking file" in shown
        assert app.table.cursor_key is None
        app.table.move(1)
        app.table.press()


@pytest.mark.parametrize("width", [80, 120, 200])
async def test_no_outside_text_bends_a_line(width: int) -> None:
    exchanges = tuple(
        saturday.an_exchange(
            f"Z{n:02}ABC",
            "14:15",
            name,
            saturday.party(Side.GIVER, name, "14:13"),
            saturday.party(Side.RECEIVER, name),
            name,
        )
        for n, name in enumerate(HOSTILE)
    )
    async with running(Board(DAY, exchanges), (width, 60)) as (app, _pilot):
        table = app.table
        drawn = [table.render_line(y) for y in range(table.size.height)]

        assert len(exchanges) < table.size.height
        assert {strip.cell_length for strip in drawn} == {table.size.width}
        assert {text.width(strip.text) for strip in drawn} == {table.size.width}
        assert [strip.text for strip in drawn] == [text.safe(strip.text) for strip in drawn]


@pytest.mark.parametrize(
    ("width", "row"),
    [
        (80, "✓ M. Dupont         · P. Martin"),
        (120, "✓ M. Dupont 14:13  · P. Martin"),
        (200, "✓ Marie Dupont         14:13  · Paul Martin                 iPhone 13 128 GB"),
    ],
)
async def test_arrivals_items_and_whole_names_come_with_the_width(width: int, row: str) -> None:
    async with running(size=(width, 40)) as (app, _pilot):
        assert row in lines(app.table)[3]


async def test_without_colours_the_cursors_row_is_reversed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running() as (app, _pilot):
        styles = [[segment.style for segment in app.table.render_line(y)] for y in (3, 4)]

        assert all(style is not None and style.reverse for style in styles[0])
        assert not any(style is not None and style.reverse for style in styles[1])
