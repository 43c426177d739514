"""The board's cursor: kept by reference, moved by keys and by the mouse."""

from __future__ import annotations

from dataclasses import replace

from desk import text
from desk.domain.exchange import Outcome, Presence, Side
from desk.tui.present import FOLD, Key
from desk.tui.widgets.board_table import BoardTable
from tests.domain.making import an_exchange
from tests.tui.widgets.boards import (
    SALE,
    a_long_day,
    found,
    lines,
    pointed,
    running,
    without,
)

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
        # A minute passes before it comes.
        app.draw()
        assert app.table.cursor_ref == SALE
        app.board = replace(
            app.board,
            exchanges=(*app.board.exchanges, replace(an_exchange(), ref="W7ZZZZ")),
        )
        app.draw()

        assert app.table.cursor_ref == "W7ZZZZ"
        assert len(pointed(app.table)) == 1

        # Nor does it wait for ever: whoever has moved on stays there.
        app.table.go_to(Key("X8YYYY"))
        app.table.home()
        app.board = replace(
            app.board,
            exchanges=(*app.board.exchanges, replace(an_exchange(), ref="X8YYYY")),
        )
        app.draw()
        assert app.table.cursor_key == FOLD


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
        app.table.show(found(app, "novak"))
        assert app.table.cursor_key == Key("T5WCBP", Side.GIVER)

        app.draw()
        assert app.table.cursor_key == Key("T5WCBP")


async def test_finding_nothing_and_giving_up_leaves_the_cursor_where_it_was() -> None:
    async with running() as (app, pilot):
        app.table.go_to(Key("F9TRCS"))
        app.table.show(found(app, "nobody of that name"))
        await pilot.pause()
        assert app.table.cursor_key is None
        assert app.said[-1] == BoardTable.Highlighted(None)

        app.draw()
        assert app.table.cursor_key == Key("F9TRCS")


async def test_a_search_begins_on_its_first_match_whatever_was_highlighted() -> None:
    async with running() as (app, _pilot):
        app.table.go_to(Key("F9TRCS"))
        matches = found(app, "ma")
        app.table.show(matches)

        assert app.table.cursor_key == matches.start
        assert pointed(app.table) == [1]


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
