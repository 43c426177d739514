"""The preview of an import: what would be done, all of it or one fate at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.domain.booking import PartyDraft
from desk.domain.drafts import Change, ImportPlan, Rejection
from desk.domain.exchange import Kind, Outcome
from desk.domain.reading import DayOrder, HowRead
from desk.tui.themes import THEMES
from desk.tui.widgets import plan_view
from desk.tui.widgets.plan_view import PlanView
from tests.builders import StationUnderTest, a_draft, a_plan, an_exchange
from tests.hostile import HOSTILE, foreign
from tests.tui.previewing import one_of_each, says, sheet_of
from tests.tui.sheet_app import drawn, until


def forty_bookings() -> ImportPlan:
    hours = [f"{hour:02}:{minute:02}" for hour in range(8, 18) for minute in (0, 15, 30, 45)]
    return a_plan(*(a_draft(an_exchange().at(hour)) for hour in hours))


# What it shows


async def test_every_fate_is_counted_and_listed(station: StationUnderTest) -> None:
    app = sheet_of(station, one_of_each())
    async with app.shown((80, 100)) as pilot:
        await pilot.pause()
        shown = drawn(app.screen)

    assert "1 all  2 new 1  3 changed 1  4 cancelled 2  5 missing 1  6 rejected 1" in shown
    assert "7 decided at the desk 1  8 may be the same meeting 1  9 unchanged 1" in shown
    headings = [
        "Rejected: 1",
        "May be the same meeting, booked by both: 1",
        "Changed: 1",
        "Cancelled: 2",
        "Decided at the desk, left as they are: 1",
        "Not in the file any more, left as they are: 1",
        "New: 1",
        "Unchanged: 1",
    ]
    assert [line for line in shown.splitlines() if line in headings] == headings
    for name in ("Una", "Cass", "Cal", "Den", "Sam Same", "Toni", "Ned", "Bea", "Mia"):
        assert name in shown


async def test_it_says_how_the_file_is_read(station: StationUnderTest) -> None:
    how = HowRead(
        file="bookings.csv",
        source="plain",
        title="Date,Time",
        encoding="cp1252",
        delimiter=";",
        day_order=DayOrder.DAY_FIRST,
        zone="Europe/Paris",
    )
    plan = a_plan(a_draft(an_exchange().with_sides_assumed()))
    app = sheet_of(station, replace(plan, readings=(how,)))
    async with app.shown() as pilot:
        await pilot.pause()

        assert "Import bookings.csv" in drawn(app.screen)
        read = "Date,Time · Windows-1252 · semicolon · day before month · times in Europe/Paris"
        assert read in drawn(app.screen).replace("\n", " ")
        assert "? marks a side the file does not state" in drawn(app.screen)
        assert "Marie Dupont?" in drawn(app.screen)


@pytest.mark.parametrize(("pause", "made"), [(3600, 50), (0, 202)])
async def test_a_long_list_is_made_slice_by_slice_and_keys_are_answered_meanwhile(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch, pause: int, made: int
) -> None:
    monkeypatch.setattr(plan_view, "_PAUSE", pause)
    forty = forty_bookings()
    app = sheet_of(station, replace(forty, new=forty.new * 5))
    async with app.shown() as pilot:
        view = app.screen.query_one(PlanView)
        await until(pilot, lambda: view.virtual_size.height == made)
        assert "08:00" in drawn(app.screen)
        await pilot.press("end")
        await until(pilot, lambda: view.scroll_offset.y == made - view.size.height)
        await pilot.press("escape")
        assert app.ended == [None]


async def test_it_scrolls_by_pages_and_to_its_ends(station: StationUnderTest) -> None:
    app = sheet_of(station, forty_bookings())
    async with app.shown() as pilot:
        await pilot.pause()
        assert "08:00" in drawn(app.screen)
        assert "17:45" not in drawn(app.screen)

        await pilot.press("pagedown")
        await pilot.pause()
        assert "08:00" not in drawn(app.screen)

        await pilot.press("pageup")
        await pilot.pause()
        assert "08:00" in drawn(app.screen)

        await pilot.press("end")
        await pilot.pause()
        assert "17:45" in drawn(app.screen)


@pytest.mark.parametrize("size", [(120, 36), (200, 60), (40, 12), (20, 5)])
async def test_it_is_drawn_at_every_size(station: StationUnderTest, size: tuple[int, int]) -> None:
    app = sheet_of(station, one_of_each())
    async with app.shown(size) as pilot:
        await pilot.pause()

        assert "Rejected: 1" in drawn(app.screen)


async def test_another_size_and_another_theme_draw_it_anew(station: StationUnderTest) -> None:
    app = sheet_of(station, forty_bookings())
    async with app.shown() as pilot:
        await pilot.pause()
        view = app.screen.query_one(PlanView)
        at_night = view.render_line(2)

        app.theme = THEMES[1].name
        await pilot.pause()
        assert view.render_line(2) != at_night
        assert view.render_line(2).text == at_night.text

        await pilot.resize_terminal(60, 24)
        await pilot.pause()
        assert len(view.render_line(2).text) < len(at_night.text)


def full_of(text: str) -> ImportPlan:
    """A plan in whose every list every word is that text."""
    party = PartyDraft(text, text, text, text, assumed=True)
    draft = a_draft(giver=party, receiver=party, item=text, file=text)
    known = an_exchange().between(text, text).about(text).build()
    change = Change(draft, known, ("giver.name", "giver.phone", "receiver.plate", "item"))
    return ImportPlan(
        files=(text,),
        new=(draft,),
        unchanged=(change,),
        changed=(change,),
        cancelled=(change,),
        cancelled_before=(draft,),
        decided=(change,),
        missing=(known,),
        same_meeting=((draft, draft),),
        rejections=(Rejection(text, 2, text, "code", text, text),),
    )


async def test_hostile_text_is_only_text_in_every_list(station: StationUnderTest) -> None:
    app = sheet_of(station, a_plan())
    async with app.shown((80, 140)) as pilot:
        for text in HOSTILE:
            await app.show(sheet_of(station, full_of(text)).sheet)
            for key, heading in (("home", "Rejected: 1"), ("end", "Unchanged: 1")):
                await pilot.press(key)
                await until(pilot, says(app, heading))
                assert foreign(drawn(app.screen).replace("\n", "")) == [], text


async def test_parents_are_shown_by_their_roles(station: StationUnderTest) -> None:
    app = sheet_of(station, a_plan(a_draft(an_exchange().of_kind(Kind.CUSTODY))))
    async with app.shown() as pilot:
        await pilot.pause()

        assert "releasing adult" in drawn(app.screen)
        assert "Marie" not in drawn(app.screen)


# Filters


async def test_a_digit_or_an_arrow_shows_one_fate(station: StationUnderTest) -> None:
    app = sheet_of(station, one_of_each())
    async with app.shown() as pilot:
        for key, heading, name in (
            ("2", "New: 1", "Ned New"),
            ("3", "Changed: 1", "Cass Changed"),
            ("4", "Cancelled: 2", "Cal Cancelled"),
            ("right", "Not in the file any more, left as they are: 1", "Mia Missing"),
            ("right", "Rejected: 1", "Row 7 · Time"),
            ("7", "Decided at the desk, left as they are: 1", "Den Decided"),
            ("9", "Unchanged: 1", "Una Unchanged"),
            ("left", "May be the same meeting, booked by both: 1", "Sam Same"),
        ):
            await pilot.press(key)
            await until(pilot, says(app, heading))
            assert name in drawn(app.screen)
        assert "New: 1" not in drawn(app.screen)

        await app.show(sheet_of(station, a_plan(a_draft())).sheet)
        await pilot.press("3")
        await until(pilot, says(app, "There is none of these in it."))
        await pilot.press("1")
        await until(pilot, says(app, "New: 1"))


# Two bookings of one meeting


async def test_what_is_closed_is_not_merged(station: StationUnderTest) -> None:
    same = a_draft(an_exchange().between("Sam Same", "Toni Same"))
    other = replace(same, giver=same.receiver, receiver=same.giver)
    closed = an_exchange("V2JX76").ended(Outcome.MET).build()
    plan = replace(
        a_plan(other), decided=(Change(same, closed, ("bay",)),), same_meeting=((same, other),)
    )
    app = sheet_of(station, plan)
    async with app.shown() as pilot:
        await pilot.press("8", "down", "space")
        await until(pilot, says(app, "V2JX76 is closed, and so cannot be merged."))
        assert "[ ] two meetings" in drawn(app.screen)
