"""The lines around the board: title, bays, counts and commands, at every width."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.strip import Strip

from desk import text
from desk.domain.stage import Counts
from desk.tui.present import BaySlot, Tone
from desk.tui.widgets.bay_strip import BayStrip
from desk.tui.widgets.command_bar import CommandBar
from desk.tui.widgets.counts_line import CountsLine
from desk.tui.widgets.painted import Painted
from desk.tui.widgets.title_bar import TitleBar
from tests.hostile import HOSTILE
from tests.tui.widgets.board_app import COMMANDS, BoardApp


@asynccontextmanager
async def running(width: int = 80) -> AsyncIterator[tuple[BoardApp, Pilot[None]]]:
    app = BoardApp()
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        yield app, pilot
        await pilot.pause()


def line(app: BoardApp, kind: type[Painted]) -> str:
    return app.query_one(kind).render_line(0).text


# Title


@pytest.mark.parametrize(
    ("width", "day"), [(80, "Sat 21 Nov  14:32"), (120, "Sat 21 Nov 2026   14:32")]
)
async def test_the_title_has_the_day_in_its_middle(width: int, day: str) -> None:
    async with running(width) as (app, _pilot):
        shown = line(app, TitleBar)

        assert shown.startswith(" Kennewick PD")
        assert shown.endswith(" 4412 · desk 1 ")
        assert shown.index(day) == (width - len(day)) // 2
        assert ("exchange desk" in shown) is (width == 120)


async def test_another_day_has_another_ground() -> None:
    async with running() as (app, pilot):
        bar = app.query_one(TitleBar)
        today = bar.styles.background
        told = "YESTERDAY Fri 20 Nov · Esc today"
        bar.show("Kennewick PD", "", (told, told), "14:32", ("4412", "desk 1"), other_day=True)
        await pilot.pause()

        assert bar.styles.background != today
        assert told in line(app, TitleBar)

        bar.show("Kennewick PD", "", (told, told), "14:32", ("4412", "desk 1"), other_day=False)
        await pilot.pause()
        assert bar.styles.background == today


@pytest.mark.parametrize("width", [20, 40, 80, 120])
async def test_no_name_pushes_the_time_out_of_the_title(width: int) -> None:
    async with running(width) as (app, _pilot):
        for name in HOSTILE:
            days = ("Sat 21 Nov 2026", "Sat 21 Nov")
            app.query_one(TitleBar).show(name, name, days, "14:32", (name,), other_day=False)
            shown = line(app, TitleBar)

            assert "14:32" in shown
            assert text.width(shown) == width
            assert shown == text.safe(shown)


@pytest.mark.parametrize(
    ("width", "ending"),
    [
        (80, " 1 parked · 1 scan waiting · 0000 · desk 1 "),
        (66, " 1 parked · 1 scan waiting "),
        (48, " 1 parked "),
    ],
)
async def test_what_waits_is_told_whole_and_who_sits_there_gives_way(
    width: int, ending: str
) -> None:
    async with running(width) as (app, _pilot):
        right = ("1 parked", "1 scan waiting", "0000", "desk 1")
        days = ("Mon 23 Nov 2026", "Mon 23 Nov")
        app.query_one(TitleBar).show("Kennewick PD", "", days, "10:02", right, other_day=False)
        shown = line(app, TitleBar)

        assert shown.startswith(" Kennewick PD  ")
        assert shown.endswith(f"  {ending.strip()} ")
        assert "Mon 23 Nov  10:02" in shown


# Bays


@pytest.mark.parametrize(
    ("width", "strip"),
    [
        (60, ("1  K7QDM7", "2  Q2MNRP", "3  free →14:45", "Lobby  T5WCBP")),
        (80, ("1  K7QDM7 →15:00", "2  Q2MNRP →15:15", "3  free →14:45", "Lobby  T5WCBP →15:45")),
        (
            110,
            (
                "1  K7QDM7 seller 19 min →15:00",
                "2  Q2MNRP both arrived",
                "3  free to 14:45",
                "Lobby  T5WCBP seller 8 min",
            ),
        ),
        (
            120,
            (
                "1  K7QDM7 seller 19 min →15:00",
                "2  Q2MNRP both arrived →15:15",
                "3  free to 14:45",
                "Lobby  T5WCBP seller 8 min →15:45",
            ),
        ),
        (
            200,
            (
                "1  K7QDM7 seller 19 min →R6HDKV 15:00",
                "2  Q2MNRP both arrived →Y9FPM3 15:15",
                "3  free to 14:45 →B4XW7H",
                "Lobby  T5WCBP seller 8 min →C7BKX6 15:45",
            ),
        ),
    ],
)
async def test_the_strip_says_who_is_next_where_there_is_room(
    width: int, strip: tuple[str, ...]
) -> None:
    async with running(width) as (app, _pilot):
        assert line(app, BayStrip).split() == " ".join(strip).split()


def slots(count: int) -> tuple[BaySlot, ...]:
    taken = [BaySlot(str(n), "K7QDM7", "seller 19 min", Tone.ALERT) for n in range(count - 1)]
    return (*taken, BaySlot("Lobby", None, "free to 14:45", Tone.DIM, "free"))


@pytest.mark.parametrize(
    ("count", "has", "has_not"),
    [
        (4, "K7QDM7 seller", "…"),
        (6, "K7QDM7    4 ", "seller"),
        (11, "Lobby", "free"),
        (20, " 18 ", "K7QDM7"),
    ],
)
async def test_many_bays_say_less_each_but_none_is_left_out(
    count: int, has: str, has_not: str
) -> None:
    async with running(120) as (app, _pilot):
        app.query_one(BayStrip).show(slots(count))
        shown = line(app, BayStrip)

        assert has in shown
        assert has_not not in shown
        assert "Lobby" in shown


async def test_no_code_of_a_bay_bends_the_strip() -> None:
    async with running() as (app, _pilot):
        app.query_one(BayStrip).show(
            tuple(BaySlot(text.safe(code), None, "free", Tone.DIM, "free") for code in HOSTILE)
        )

        assert text.width(line(app, BayStrip)) == 80


# Counts


async def test_the_counts_stand_at_the_right() -> None:
    async with running() as (app, pilot):
        counts = app.query_one(CountsLine)
        assert line(app, CountsLine) == "4 here  1 overdue  8 to come "
        assert counts.region.right == 80

        counts.show(Counts(here=12, overdue=0, to_come=108))
        await pilot.pause()
        assert line(app, CountsLine) == "12 here  0 overdue  108 to come "
        assert counts.region.right == 80


async def test_a_count_of_nothing_steps_back() -> None:
    async with running() as (app, _pilot):
        counts = app.query_one(CountsLine)
        colours = []
        for overdue in (1, 0):
            counts.show(Counts(0, overdue, 0))
            (number,) = [each for each in counts.render_line(0) if each.text == str(overdue)][-1:]
            colours.append(number.style)

        assert colours[0] != colours[1]


# Commands


async def test_at_80_columns_the_bar_ends_within_76() -> None:
    async with running() as (app, _pilot):
        shown = line(app, CommandBar)

        assert shown.startswith(" F1 Help F2 Arrive")
        assert shown.rstrip().endswith("F8 Undo")
        assert text.width(shown.rstrip()) <= 77

        app.query_one(CommandBar).show(tuple(("F1", "A", True) for _n in range(20)))
        assert text.width(line(app, CommandBar).rstrip()) <= 77


async def test_where_there_is_room_every_command_is_in_the_bar() -> None:
    async with running(120) as (app, _pilot):
        assert line(app, CommandBar).rstrip().endswith("F9 Handover  F12 Lock")


async def test_a_command_that_makes_no_sense_now_steps_back_and_keeps_its_place() -> None:
    async with running() as (app, _pilot):
        bar = app.query_one(CommandBar)
        before = bar.render_line(0)
        bar.show(((*COMMANDS[0][:2], False), *COMMANDS[1:]))
        after = bar.render_line(0)

        assert after.text == before.text
        assert after != before


# Repainting


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of widget that were drawn."""
    drawn: list[str] = []
    usual = Painted.render_line

    def counted(widget: Painted, y: int) -> Strip:
        drawn.append(type(widget).__name__)
        return usual(widget, y)

    monkeypatch.setattr(Painted, "render_line", counted)
    return drawn


async def test_showing_the_same_again_repaints_nothing(painted: list[str]) -> None:
    async with running() as (app, pilot):
        painted.clear()
        app.draw()
        await pilot.pause()

        assert painted == []


async def test_a_minute_that_passes_repaints_the_title_alone(
    painted: list[str],
) -> None:
    async with running() as (app, pilot):
        painted.clear()
        app.query_one(TitleBar).show(
            "Kennewick PD",
            "exchange desk",
            ("Sat 21 Nov 2026", "Sat 21 Nov"),
            "14:33",
            ("4412", "desk 1"),
            other_day=False,
        )
        await pilot.pause()

        assert painted == ["TitleBar"]
