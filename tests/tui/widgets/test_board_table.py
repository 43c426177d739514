"""The board on a screen: what is repainted, what is announced, how it looks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.color import Color
from textual.strip import Strip

from desk import text
from desk.domain.exchange import Side
from desk.domain.views import Board
from desk.tui.widgets.board_table import BoardTable
from tests.domain.making import DAY
from tests.hostile import HOSTILE
from tests.tui.widgets import saturday
from tests.tui.widgets.boards import (
    a_long_day,
    found,
    lines,
    pointed,
    running,
    with_bay,
    without,
)

# What is repainted


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lines that were drawn, in order."""
    drawn: list[int] = []
    usual = BoardTable.render_line

    def counted(table: BoardTable, y: int) -> Strip:
        drawn.append(y)
        return usual(table, y)

    monkeypatch.setattr(BoardTable, "render_line", counted)
    return drawn


async def test_a_tick_that_changes_nothing_repaints_nothing(painted: list[int]) -> None:
    async with running() as (app, pilot):
        painted.clear()
        app.scene = replace(
            app.scene, moment=replace(app.scene.moment, now=app.scene.now.add(seconds=20))
        )
        app.draw()
        await pilot.pause()

        assert painted == []


async def test_a_change_repaints_its_own_line_only(painted: list[int]) -> None:
    async with running() as (app, pilot):
        painted.clear()
        app.board = with_bay(app.board, "B4XW7H", "1")
        app.draw()
        await pilot.pause()

        assert painted == [7]


async def test_a_cursor_key_repaints_the_line_it_leaves_and_the_line_it_reaches(
    painted: list[int],
) -> None:
    async with running() as (app, pilot):
        painted.clear()
        app.table.move(1)
        await pilot.pause()

        assert sorted(set(painted)) == [3, 4]


async def test_another_theme_repaints_all_of_it_in_its_own_colours(painted: list[int]) -> None:
    async with running() as (app, pilot):
        painted.clear()
        app.theme = "desk-day"
        await pilot.pause()
        assert set(painted) == set(range(app.table.size.height))

        overdue = app.theme_variables["tone-overdue"]
        (state,) = [each for each in app.table.render_line(3) if "overdue" in each.text]
        assert state.style is not None
        assert state.style.color == Color.parse(overdue).rich_color


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


# What it looks like


async def test_what_was_hit_is_cut_after_the_names() -> None:
    async with running() as (app, _pilot):
        app.table.show(found(app, "lego"))

        assert lines(app.table)[1].rstrip().endswith("T. Ndiaye · L.…  what: LEGO 10497")


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
