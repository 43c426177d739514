"""From three letters to a person checked in."""

from __future__ import annotations

from datetime import date

import pytest

from desk.domain.exchange import Presence
from desk.domain.reference import read_slip
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


@pytest.mark.parametrize("surname", ["Barnes", "Sawyer"])
async def test_a_surname_that_is_a_well_formed_reference(
    station: StationUnderTest, surname: str
) -> None:
    assert read_slip(surname).ref == surname.upper()
    ref = station.book_one(an_exchange().at("14:30").between(f"Ann {surname}", "Paul Martin"))

    async with running(station) as front:
        await front.hurry(*surname.lower(), "enter", "enter")

    assert station.exchange(ref).giver.presence is Presence.HERE


async def test_a_typed_reference_opens_its_exchange_of_any_day(station: StationUnderTest) -> None:
    today, other = station.book(
        an_exchange().at("14:30"), an_exchange().at("10:00", date(2026, 11, 23)).about("bicycle")
    )

    async with running(station) as front:
        for ref in (today, other):
            for typed in (ref, ref.lower(), f"{ref}-r"):
                await front.say(typed)
                assert front.sheets == ["ActSheet"]
                assert ref in front.part("#summary")
                await front.press("escape")


async def test_a_reference_that_is_not_known_says_so(station: StationUnderTest) -> None:
    station.book_one()

    async with running(station) as front:
        await front.say("K7QDM7")
        assert front.notice == "K7QDM7 is not a reference of this station."
        await front.say("K7QDM8")
        assert front.notice.startswith("Nothing on this day matches “K7QDM8”.")
        assert front.notice.endswith("One character is wrong, or two changed places.")
        assert front.field == "K7QDM8"
