"""The preview of an import: the keys that take it in, and what is in the way."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from desk.domain.drafts import Change, TakeIn
from desk.domain.ports import Watch
from desk.domain.verdict import Code, Step, Verdict
from desk.errors import StoreError
from tests.builders import StationUnderTest, a_draft, a_plan, an_exchange
from tests.tui.previewing import REJECTION, says, sheet_of, verdicts
from tests.tui.sheet_app import drawn, until

# Enter


async def test_enter_takes_a_whole_plan_in(station: StationUnderTest) -> None:
    app = sheet_of(station, a_plan(a_draft()))
    async with app.shown() as pilot:
        assert "Enter takes it in" in drawn(app.screen)
        await pilot.press("enter")
        await until(pilot, lambda: app.ended)

    (verdict,) = verdicts(app)
    assert verdict.accepted
    assert [one.giver.name for one in station.board().exchanges] == ["Marie Dupont"]


async def test_nothing_is_said_to_be_done_before_the_commit(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = threading.Event()
    asked: list[TakeIn] = []
    take_in = station.service.take_in

    def slowly(intent: TakeIn, watch: Watch) -> Verdict:
        asked.append(intent)
        watch(1, 1)
        commits.wait(timeout=10)
        return take_in(intent, watch)

    monkeypatch.setattr(station.service, "take_in", slowly)
    app = sheet_of(station, a_plan(a_draft()))
    async with app.shown() as pilot:
        await pilot.press("enter")
        await until(pilot, says(app, "Saving 1 exchange … this cannot be stopped any more."))
        await pilot.press("enter", "f10", "escape")
        await pilot.pause()
        assert app.ended == []

        commits.set()
        await until(pilot, lambda: app.ended)

    assert len(asked) == 1
    assert [verdict.accepted for verdict in verdicts(app)] == [True]


async def test_escape_changes_nothing(station: StationUnderTest) -> None:
    app = sheet_of(station, a_plan(a_draft()))
    async with app.shown() as pilot:
        await pilot.press("escape")

    assert app.ended == [None]
    assert station.board().exchanges == ()


async def test_typing_leaves_the_list_where_it_is(station: StationUnderTest) -> None:
    app = sheet_of(station, a_plan(a_draft()))
    async with app.shown() as pilot:
        await pilot.press(*"dup 1/?")
        await pilot.pause()

        assert app.screen is app.sheet
    assert app.ended == []


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_a_plan_that_changes_nothing_says_so_and_closes(
    station: StationUnderTest, key: str
) -> None:
    app = sheet_of(station, a_plan(unchanged=(Change(a_draft(), an_exchange().build()),)))
    async with app.shown() as pilot:
        await pilot.pause()
        assert "There is nothing to take in" in drawn(app.screen)
        assert "Enter or Esc goes back" in drawn(app.screen)
        await pilot.press(key)

    assert app.ended == [None]
    assert len(station.service.journal()) == 2


# Rejected rows


async def test_enter_takes_nothing_in_while_rows_are_rejected(station: StationUnderTest) -> None:
    app = sheet_of(station, a_plan(a_draft(), rejections=(REJECTION,)))
    async with app.shown() as pilot:
        await pilot.press("enter", "enter")
        await pilot.pause()

        shown = drawn(app.screen)
        assert "1 row was rejected, so Enter takes nothing in." in shown
        assert "Row 7 · Time" in shown
        assert "“25:70” is not a time of day." in shown
        assert "Write HH:MM." in shown
    assert app.ended == []
    assert station.board().exchanges == ()


@pytest.mark.parametrize("key", ["f10", "alt+0", "alt+à"])
async def test_f10_takes_the_good_rows(station: StationUnderTest, key: str) -> None:
    app = sheet_of(station, a_plan(a_draft(), rejections=(REJECTION, REJECTION)))
    async with app.shown() as pilot:
        await pilot.pause()
        assert "2 rows were rejected" in drawn(app.screen)
        assert "F10 takes in the good rows" in drawn(app.screen)
        await pilot.press(key)
        await until(pilot, lambda: app.ended)

    assert [verdict.accepted for verdict in verdicts(app)] == [True]
    assert len(station.board().exchanges) == 1


async def test_f10_writes_nothing_where_no_row_is_good(station: StationUnderTest) -> None:
    app = sheet_of(station, a_plan(rejections=(replace(REJECTION, row=None),)))
    async with app.shown() as pilot:
        await pilot.press("f10")
        await pilot.pause()

        assert "The whole file · Time" in drawn(app.screen)
        assert "Mend what was rejected" in drawn(app.screen)
    assert app.ended == []
    assert len(station.service.journal()) == 2


# When it cannot be saved


async def test_saving_shows_how_far_it_is_and_stops_at_escape(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = threading.Event()
    take_in = station.service.take_in

    def halfway(intent: TakeIn, watch: Watch) -> Verdict:
        watch(1, 4)
        stopped.wait(timeout=10)
        return take_in(intent, watch)

    monkeypatch.setattr(station.service, "take_in", halfway)
    app = sheet_of(station, a_plan(a_draft()))
    async with app.shown() as pilot:
        await pilot.press("enter")
        await until(pilot, says(app, "Saving 1 exchange … 25 %. Esc stops it"))
        await pilot.press("escape")
        await until(pilot, says(app, "Stopping …"))
        stopped.set()
        await until(pilot, says(app, "Stopped. Nothing was changed."))
        assert app.ended == []
        assert station.board().exchanges == ()

        await pilot.press("enter")
        await until(pilot, lambda: app.ended)

    assert [verdict.accepted for verdict in verdicts(app)] == [True]


async def test_a_busy_database_is_tried_again_by_the_same_key(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    take_in = station.service.take_in

    def busy_at_first(intent: TakeIn, watch: Watch) -> Verdict:
        asked.append(intent.intent_id)
        busy = Verdict(Code.BUSY, next=(Step.TRY_AGAIN,))
        return busy if len(asked) == 1 else take_in(intent, watch)

    monkeypatch.setattr(station.service, "take_in", busy_at_first)
    app = sheet_of(station, a_plan(a_draft()))
    async with app.shown() as pilot:
        await pilot.press("enter")
        await until(pilot, says(app, "Another desk is writing, and nothing was saved."))
        await pilot.press("enter")
        await until(pilot, lambda: app.ended)

    assert len(asked) == 2
    assert len(set(asked)) == 1
    assert len(station.board().exchanges) == 1


async def test_a_full_disk_is_a_sentence(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_intent: TakeIn, _watch: Watch) -> Verdict:
        raise StoreError("disk_full", "The disk is full.", "Make room, then press it again.")

    monkeypatch.setattr(station.service, "take_in", full)
    app = sheet_of(station, a_plan(a_draft()))
    async with app.shown() as pilot:
        await pilot.press("enter")
        await until(pilot, says(app, "The disk is full. Make room, then press it again."))
        assert app.ended == []
        await pilot.press("escape")

    assert app.ended == [None]


async def test_a_fault_of_the_program_lets_the_officer_out(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_intent: TakeIn, _watch: Watch) -> Verdict:
        raise ZeroDivisionError

    monkeypatch.setattr(station.service, "take_in", fails)
    app = sheet_of(station, a_plan(a_draft()))
    async with app.shown() as pilot:
        await pilot.press("enter")
        await until(pilot, says(app, "desk failed while it saved."))
        await pilot.press("escape")

    assert app.ended == [None]


async def test_a_plan_out_of_date_ends_with_the_refusal(station: StationUnderTest) -> None:
    app = sheet_of(station, a_plan(a_draft()))
    async with app.shown() as pilot:
        station.take_in(a_plan(a_draft()))
        await pilot.press("enter")
        await until(pilot, lambda: app.ended)

    assert [verdict.code for verdict in verdicts(app)] == [Code.STALE]
    assert len(station.board().exchanges) == 1
