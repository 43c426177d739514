"""From three letters to a person checked in."""

from __future__ import annotations

import pytest

from desk.domain.exchange import Presence
from tests.builders import StationUnderTest, an_exchange
from tests.tui.running import running


async def test_three_letters_enter_enter(station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().at("14:30").between("Marie Dupont", "Paul Martin"))

    async with running(station) as front:
        await front.type("mar")
        await front.press("backspace", "backspace", "backspace")
        await front.type("dup")
        await front.press("enter", "enter")

        assert station.exchange(ref).giver.presence is Presence.HERE
        assert station.exchange(ref).receiver.presence is Presence.EXPECTED
        assert front.field == ""
        assert front.cursor == ref
        assert ref in front.notice


@pytest.mark.parametrize("at", ["13:40", "14:15", "14:30", "14:32", "14:50"])
async def test_whatever_the_stage(station: StationUnderTest, at: str) -> None:
    ref = station.book_one(an_exchange().at(at).between("Marie Dupont", "Paul Martin"))

    async with running(station) as front:
        await front.type("pau")
        await front.press("enter", "enter")

        assert station.exchange(ref).receiver.presence is Presence.HERE


async def test_typed_ahead_without_looking(station: StationUnderTest) -> None:
    martin, tran = station.book(
        an_exchange().at("14:30").between("Marie Dupont", "Paul Martin"),
        an_exchange().at("14:40").between("Hana Novak", "Jim Tran"),
    )

    async with running(station) as front:
        await front.hurry(*"dup", "enter", "enter", *"tra", "enter", "enter")

        assert station.exchange(martin).giver.presence is Presence.HERE
        assert station.exchange(tran).receiver.presence is Presence.HERE
        assert (front.sheets, front.field, front.cursor) == ([], "", tran)
