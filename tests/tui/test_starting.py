"""From the first frame to a signed-on officer, and what stands in the way."""

from __future__ import annotations

import gc
import threading

import pytest

from desk.domain.exchange import Presence
from desk.errors import DeskError, StoreError
from desk.service import Desk
from desk.tui.app import DeskApp
from tests.builders import StationUnderTest, an_exchange
from tests.hostile import HOSTILE, foreign
from tests.tui.running import Front, launch_of, running, started

DUE = an_exchange().at("14:30").between("Marie Dupont", "Paul Martin")


async def test_who_is_at_the_desk_is_asked_and_signs_every_act(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)

    async with running(station, size=(120, 36), by=None) as front:
        assert front.sheets == ["SignOnSheet"]
        await front.press("enter")
        assert front.answer == "Type your badge number."
        await front.hurry(*"5500", "enter", *"R. Novak", "enter")
        assert front.sheets == []
        assert "5500 · desk 1" in front.drawn()

        await front.hurry(*"dup", "enter", "enter")

    row = station.service.journal(ref)[-1]
    assert (row.officer, row.desk) == ("5500", "desk 1")


async def test_a_name_may_be_left_out_and_a_scanned_badge_will_do(
    station: StationUnderTest,
) -> None:
    async with running(station, size=(120, 36), by=None) as front:
        await front.scan("AB5500")
        await front.press("enter")
        assert front.sheets == []
        assert "AB5500 · desk 1" in front.drawn()


async def test_leaving_without_signing_on(station: StationUnderTest) -> None:
    async with running(station, by=None) as front:
        await front.press("escape")
        assert not front.app.is_running


async def test_a_badge_is_shown_harmless(station: StationUnderTest) -> None:
    async with running(station, size=(120, 36), by=None) as front:
        await front.paste(" ".join(HOSTILE[:-1]))
        assert not foreign(front.drawn().replace("\n", ""))
        await front.press("enter", "enter")
        assert front.sheets in ([], ["SignOnSheet"])
        assert not foreign(front.drawn().replace("\n", ""))


async def test_what_is_typed_before_the_record_is_open_is_found_then(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(DUE)
    may_open = threading.Event()

    def slowly() -> Desk:
        assert may_open.wait(10)
        return station.service

    app = DeskApp(launch_of(station, connect=slowly))
    async with app.run_test():
        front = Front(app)
        for key in (*"dup", "enter"):
            front.send(key)
        await front.when(lambda: front.field == "dup" and not app.gate.busy)
        assert front.notice == "The record is still being opened."
        for key in ("f2", "f4", "f7", "f8", "down"):
            front.send(key)
        await front.when(lambda: not app.gate.busy)
        assert front.sheets == []

        may_open.set()
        await front.until(lambda: front.board.ready)
        assert (front.field, front.cursor) == ("dup", ref)
        await front.press("enter", "enter")

    assert app.failure is None
    assert station.exchange(ref).giver.presence is Presence.HERE


@pytest.mark.parametrize("text", ["desk.db was written by a newer desk.", " ".join(HOSTILE[:-1])])
async def test_what_ends_the_program_is_said_before_it_ends(
    station: StationUnderTest, text: str
) -> None:
    error = StoreError("newer", text, "Start the newer desk.")

    def connect() -> Desk:
        raise error

    async with running(station, connect=connect) as front:
        assert front.sheets == ["ProblemScreen"]
        assert "desk cannot go on" in front.words
        assert "Start the newer desk." in front.words
        assert not foreign(front.drawn().replace("\n", ""))
        await front.type("dup")
        assert front.sheets == ["ProblemScreen"]
        front.send("enter")
        await front.until(lambda: not front.app.is_running)
        assert front.app.problem is error


async def test_an_officer_who_cannot_sign_on_ends_it_too(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_badge: str, _name: str) -> None:
        raise DeskError("busy", "Another desk is writing.", "Start again.")

    monkeypatch.setattr(station.service, "sign_on", refuse)

    async with running(station) as front:
        await front.until(lambda: front.sheets)
        assert front.sheets == ["ProblemScreen"]
        assert "Another desk is writing." in front.words


async def test_a_warning_is_shown_at_start(station: StationUnderTest) -> None:
    async with running(station, warning="station.toml is missing: defaults hold.") as front:
        assert front.notice == "station.toml is missing: defaults hold."


async def test_what_start_up_made_is_spared_from_garbage_collection_once(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen: list[str] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append("frozen"))
    monkeypatch.setattr(gc, "get_freeze_count", lambda: len(frozen))

    async with running(station):
        assert frozen == [], "a test's app has to be collected"

    monkeypatch.setattr(DeskApp, "is_headless", False)
    async with running(station) as front:
        front.board.refresh_board()
        await front.settle()
        assert frozen == ["frozen"]


async def test_a_minute_may_pass_while_the_program_ends(station: StationUnderTest) -> None:
    async with running(station) as front:
        pass

    station.clock.advance(minutes=1)
    front.board.tick()


async def test_what_nobody_foresaw_ends_the_program_wherever_it_happens(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = ZeroDivisionError()

    def fail(*_any: object) -> None:
        raise fault

    with pytest.raises(ZeroDivisionError):
        async with started(launch_of(station, connect=fail)) as front:
            await front.until(lambda: not front.app.is_running)
    monkeypatch.setattr(station.service, "find", fail)
    with pytest.raises(ZeroDivisionError):
        async with running(station) as front:
            await front.type("zzz")


async def test_an_empty_day_says_what_to_do_next(station: StationUnderTest) -> None:
    async with running(station) as front:
        assert "No exchanges on this day. /import takes in a booking file." in front.drawn()
        await front.type("dup")
        assert "Nobody and nothing matches." in front.drawn()
