"""Two desks on one file: the loser of a race sees who and when, and looks again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from desk.domain.exchange import Presence, Side
from desk.domain.intents import Arrive, By, Leave, MoveToNow, Note
from desk.domain.views import Board
from desk.errors import StoreError
from desk.service import Desk
from desk.storage import engine
from desk.storage.database import Database
from tests.builders import StationUnderTest, an_exchange
from tests.tui.running import running

DUE = an_exchange().at("14:30").between("Marie Dupont", "Paul Martin")
NOVAK = By("5500", "desk 2")


@pytest.fixture
def other(station: StationUnderTest) -> Iterator[Desk]:
    """The same file, open at another desk where another officer works."""
    with station.another_desk() as service:
        service.sign_on(NOVAK.badge, "Novak")
        yield service


async def test_the_same_party_checked_in_by_another_desk(
    station: StationUnderTest, other: Desk
) -> None:
    ref = station.book_one(DUE)

    async with running(station) as front:
        await front.open(ref)
        station.clock.set("14:33")
        assert other.perform(Arrive(by=NOVAK, ref=ref, side=Side.GIVER)).accepted
        await front.press("enter")

        assert front.answer.startswith(f"The seller of {ref} is already here. ")
        assert "Seller arrived 14:33 by 5500 at desk 2." in front.answer
        assert "✓ here since 14:33" in front.part("#summary")
        assert "Enter" not in front.part("#acts")

        await front.press("enter")
        assert station.exchange(ref).receiver.presence is Presence.EXPECTED
        await front.press("1", "enter")

    assert station.exchange(ref).receiver.presence is Presence.HERE


async def test_something_else_was_changed_meanwhile(station: StationUnderTest, other: Desk) -> None:
    ref = station.book_one(DUE.with_seller_here("14:20"))

    async with running(station) as front:
        await front.open(ref)
        assert other.perform(Leave(by=NOVAK, ref=ref, side=Side.GIVER)).accepted
        await front.press("enter")

        assert front.answer.startswith(f"{ref} was changed while you looked at it. ")
        assert "Seller left 14:32 by 5500 at desk 2." in front.answer
        assert "Look at it again" in front.answer
        assert station.exchange(ref).receiver.presence is Presence.EXPECTED
        assert "left 14:32" in front.part("#summary")

        await front.press("down", "enter")
        assert front.sheets == []

    assert station.exchange(ref).receiver.presence is Presence.HERE


async def test_a_note_by_another_desk_is_in_nobodys_way(
    station: StationUnderTest, other: Desk
) -> None:
    ref = station.book_one(DUE)

    async with running(station) as front:
        await front.open(ref)
        assert other.perform(Note(by=NOVAK, ref=ref, text="called")).accepted
        await front.press("enter")

    assert station.exchange(ref).giver.presence is Presence.HERE


async def test_a_stale_form_keeps_what_was_typed_until_it_fits(
    station: StationUnderTest, other: Desk
) -> None:
    ref = station.book_one(DUE.with_seller_here("14:20"))

    async with running(station) as front:
        await front.point_at(ref)
        await front.press("f5", "1")
        await front.write("the box was empty")
        assert other.perform(Leave(by=NOVAK, ref=ref, side=Side.GIVER)).accepted
        await front.press("f5")
        assert front.answer.startswith(f"{ref} was changed while you looked at it. ")
        assert "by 5500 at desk 2" in front.answer
        assert front.box("text").value == "the box was empty"

        await front.press("escape")
        await front.type("/back")
        await front.press("enter", "f5")
        assert front.sheets == []

    assert station.exchange(ref).disputed


async def test_what_another_desk_writes_appears(
    station: StationUnderTest, other: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.tui.screens.board.connected._WATCH_EVERY", 0.005)
    first, second = station.book(DUE, an_exchange().at("15:00").between("Hana Novak", "Jim Tran"))

    async with running(station, size=(120, 36)) as front:
        await front.point_at(second)
        await front.type("nov")
        assert "0 here" in front.drawn()

        assert other.perform(Arrive(by=NOVAK, ref=first, side=Side.GIVER)).accepted
        await front.until(lambda: "1 here" in front.drawn())

        assert (front.field, front.cursor, front.sheets) == ("nov", second, [])


async def test_the_cursor_stays_on_its_exchange_when_rows_move(
    station: StationUnderTest, other: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.tui.screens.board.connected._WATCH_EVERY", 0.005)
    first, second = station.book(
        an_exchange().at("14:40"),
        an_exchange().at("15:00").in_bay("2").between("Hana Novak", "Jim Tran"),
    )

    async with running(station) as front:
        await front.point_at(second)
        assert other.perform(MoveToNow(by=NOVAK, ref=second)).accepted
        await front.until(lambda: front.board.exchanges[0].ref == second)
        assert front.cursor == second

        await front.point_at(first)
        assert other.perform(Arrive(by=NOVAK, ref=second, side=Side.GIVER)).accepted
        await front.until(lambda: front.board.exchanges[0].giver.presence is Presence.HERE)
        assert front.cursor == first


async def test_a_busy_store_says_so_and_keeps_what_was_typed(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = station.book_one(DUE.with_seller_here("14:20"))
    monkeypatch.setattr(engine, "WRITE_WAIT_MS", 5)
    busy = "Another desk is writing, and nothing was saved. Try again in a moment."

    with (
        station.another_desk("desk 1") as waiting,
        closing(Database(station.path, ballast=0)) as holder,
    ):
        async with running(station, connect=lambda: waiting) as front:
            await front.point_at(ref)
            await front.press("f5", "1")
            await front.write("the box was empty")
            with holder.writing():
                await front.press("f5")
            assert (front.answer, front.box("text").value) == (busy, "the box was empty")
            await front.press("f5")
            assert front.sheets == []

            await front.press("enter", "1")
            with holder.writing():
                await front.press("enter")
            assert front.answer == busy
            await front.press("enter")

            with holder.writing():
                await front.say("/note came back")
            assert (front.notice, front.field) == (busy, "/note came back")
            await front.press("enter")

            await front.press("f8")
            with holder.writing():
                await front.press("f8")
            assert front.answer == busy
            await front.press("f8")
            assert front.sheets == []

    exchange = station.exchange(ref)
    assert exchange.disputed
    assert exchange.receiver.presence is Presence.HERE
    assert [row.verb for row in station.service.journal(ref)][-2:] == ["note", "undo"]


async def test_a_board_that_cannot_be_read_says_why_and_stays(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = station.book_one(DUE)

    def damaged(_day: date) -> Board:
        raise StoreError("garbled", "desk.db is damaged.", "Restore the last backup.")

    async with running(station) as front:
        monkeypatch.setattr(station.service, "board", damaged)
        await front.type("dup")
        await front.press("enter", "enter")

        assert front.notice == "desk.db is damaged. Restore the last backup."
        assert (front.cursor, front.sheets) == (ref, [])
