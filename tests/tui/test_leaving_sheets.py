"""How a sheet is left: Esc peels layers, typing leaves and finds, a form is put aside."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from desk.domain.exchange import Outcome, Presence
from desk.domain.intents import Intent
from desk.domain.verdict import Verdict
from tests.builders import StationUnderTest, an_exchange
from tests.tui.running import running

MARTIN = an_exchange().at("14:30").between("Marie Dupont", "Paul Martin")
TRAN = an_exchange().at("15:00").between("Hana Novak", "Jim Tran").about("bicycle")


class Held:
    """Does nothing before it is let go, as a slow disk would."""

    def __init__(self, does: Callable[[Any], Verdict]) -> None:
        self._does = does
        self._free = threading.Event()

    def __call__(self, intent: Intent) -> Verdict:
        assert self._free.wait(10)
        return self._does(intent)

    def let_go(self) -> None:
        self._free.set()


async def test_esc_peels_one_layer_sheet_then_text_then_day(station: StationUnderTest) -> None:
    station.book(MARTIN, an_exchange().at("09:00", date(2026, 11, 22)))

    async with running(station) as front:
        await front.press("f7", "right", "enter")
        await front.type("dup")
        await front.press("enter")
        assert (front.sheets, front.field) == (["ActSheet"], "dup")
        assert front.board.day == date(2026, 11, 22)

        await front.press("escape")
        assert (front.sheets, front.field) == ([], "dup")

        await front.press("escape")
        assert (front.field, front.board.day) == ("", date(2026, 11, 22))

        await front.press("escape")
        assert front.board.day == date(2026, 11, 21)


async def test_typing_leaves_a_sheet_without_a_text_box_and_finds(
    station: StationUnderTest,
) -> None:
    martin, tran = station.book(MARTIN, TRAN)

    async with running(station) as front:
        await front.open(martin)
        await front.type("tran")
        assert (front.sheets, front.field, front.cursor) == ([], "tran", tran)

        await front.press("escape")
        await front.type("mar")
        await front.press("enter")
        assert front.sheets == ["ChoiceSheet"]
        await front.type("novak")
        assert (front.sheets, front.field, front.cursor) == ([], "novak", tran)

        await front.press("escape", "f8")
        assert front.sheets == ["UndoSheet"]
        await front.type("mar")
        assert (front.sheets, front.field, front.cursor) == ([], "mar", martin)

        await front.press("escape", "f4")
        assert front.sheets == ["FormSheet"]
        await front.type("/help")
        assert (front.sheets, front.field) == ([], "/help")

    assert station.exchange(martin).outcome is Outcome.NONE


async def test_typing_goes_into_a_form_that_has_a_text_box(station: StationUnderTest) -> None:
    ref = station.book_one(MARTIN.with_seller_here("14:20"))

    async with running(station) as front:
        await front.point_at(ref)
        await front.press("f5")
        await front.write("the box was empty")
        assert front.box("text").value == "the box was empty"


async def test_a_form_with_typed_text_is_parked_and_comes_back(station: StationUnderTest) -> None:
    ref, other = station.book(MARTIN.with_seller_here("14:20"), TRAN)

    async with running(station, size=(120, 36)) as front:
        await front.point_at(ref)
        await front.press("f5", "2", "2")
        await front.write("paid in fake bills")
        await front.press("escape")
        assert "1 parked" in front.drawn()

        await front.point_at(other)
        await front.type("/back")
        await front.press("enter")
        assert front.sheets == ["FormSheet"]
        assert front.box("text").value == "paid in fake bills"
        assert "1 parked" not in front.drawn()

        await front.press("f5")
        dispute = station.exchange(ref).dispute
        assert dispute is not None
        assert dispute.category == "counterfeit"
        assert dispute.reported_by == "receiver"
        assert front.sheets == []


async def test_nothing_was_put_aside(station: StationUnderTest) -> None:
    async with running(station) as front:
        await front.type("/back")
        await front.press("enter")
        assert front.notice == "No form was put aside."


async def test_a_form_without_words_is_not_parked(station: StationUnderTest) -> None:
    ref = station.book_one(MARTIN.with_seller_here("14:20"))

    async with running(station, size=(120, 36)) as front:
        await front.point_at(ref)
        await front.press("f5", "escape")
        assert "parked" not in front.drawn()


async def test_letters_typed_while_an_act_is_saved_are_found_after_it(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    martin, tran = station.book(MARTIN, TRAN)
    slow = Held(station.service.perform)
    monkeypatch.setattr(station.service, "perform", slow)

    async with running(station) as front:
        for key in ("d", "u", "p", "enter", "enter"):
            front.send(key)
        await front.until_saving()
        for key in ("t", "r", "a"):
            front.send(key)
        slow.let_go()
        await front.settle()

        assert station.exchange(martin).giver.presence is Presence.HERE
        assert (front.sheets, front.field, front.cursor) == ([], "tra", tran)


@pytest.mark.parametrize("key", ["escape", "enter", "f2"])
async def test_nothing_takes_a_sheet_away_while_it_saves(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    ref = station.book_one(MARTIN)
    slow = Held(station.service.perform)
    monkeypatch.setattr(station.service, "perform", slow)

    async with running(station) as front:
        await front.open(ref)
        front.send("enter")
        await front.until_saving()
        front.send(key)
        await front.until_saving()
        slow.let_go()
        await front.settle()

        assert front.app.screen is front.board
        assert ref in front.notice
        assert station.exchange(ref).giver.presence is Presence.HERE
        assert len(station.service.journal(ref)) == 2


async def test_nothing_takes_the_undo_sheet_away_while_it_saves(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = station.book_one(MARTIN.with_seller_here("14:20"))
    slow = Held(station.service.undo)
    monkeypatch.setattr(station.service, "undo", slow)

    async with running(station) as front:
        await front.point_at(ref)
        await front.press("f8")
        front.send("f8")
        await front.until_saving()
        front.send("escape")
        front.send("f8")
        await front.until_saving()
        slow.let_go()
        await front.settle()

        assert front.sheets == [], front.words
        assert station.exchange(ref).giver.presence is Presence.EXPECTED
