"""A dozen parties share three surnames: the habitual Enter Enter never checks in a wrong one."""

from __future__ import annotations

import pytest

from desk.domain.exchange import Presence, Side
from tests.builders import ExchangeBuilder, StationUnderTest, an_exchange, moment
from tests.tui.running import Front, running

FIRST = ["Ana", "Ben", "Cleo", "Dan", "Eve", "Finn"]
SURNAMES = ["Garcia", "Nguyen", "Smith"]
TIMES = ["13:50", "14:05", "14:20", "14:35", "14:50", "15:00"]


NAMES = [
    f"{first} {SURNAMES[(n + half) % 3]}" for half in range(2) for n, first in enumerate(FIRST)
]
"""Every first name has two surnames, and every surname four first names."""


def a_crowded_day() -> list[ExchangeBuilder]:
    """Six exchanges of these twelve parties."""
    return [
        an_exchange().at(at).between(*pair)
        for at, pair in zip(TIMES, zip(NAMES[0::2], NAMES[1::2], strict=True), strict=True)
    ]


def here(station: StationUnderTest) -> set[str]:
    """The names of all who are here."""
    return {
        party.name or ""
        for exchange in station.board().exchanges
        for party in exchange.parties
        if party.presence is Presence.HERE
    }


async def enter_enter(front: Front, typed: str) -> None:
    """Types, and presses Enter twice without looking."""
    await front.press("escape", "escape", "escape")
    await front.hurry(*typed, "enter", "enter", "enter")


@pytest.fixture
def crowded(station: StationUnderTest) -> StationUnderTest:
    station.book(*a_crowded_day())
    return station


async def test_a_shared_surname_never_checks_anybody_in(crowded: StationUnderTest) -> None:
    async with running(crowded) as front:
        for surname in SURNAMES:
            for typed in (surname[:3].lower(), surname.lower(), surname.upper()):
                await enter_enter(front, typed)
                assert front.sheets == ["ChoiceSheet"], typed
                assert "“" in front.words

    assert here(crowded) == set()


async def test_letters_that_are_nobody_elses_check_in_their_owner(
    crowded: StationUnderTest,
) -> None:
    arrived: set[str] = set()

    async with running(crowded) as front:
        for name in NAMES:
            first, surname = name.split()
            await front.hurry(*f"{first[:2]} {surname[:2]}".lower(), "enter", "enter")
            assert front.sheets == [], name
            arrived.add(name)
            assert here(crowded) == arrived


async def test_the_list_is_numbered_expected_now_first_and_a_digit_picks(
    crowded: StationUnderTest,
) -> None:
    async with running(crowded) as front:
        await front.hurry(*"smith", "enter")
        lines = [line for line in front.words.splitlines() if "Smith" in line]
        assert [line.split()[0] for line in lines] == ["1", "2", "3", "4"]
        times = [line.split()[1] for line in lines]
        assert times == sorted(times, key=lambda at: abs(moment(at) - moment("14:32")))

        second = next(name for name in (f"{first} Smith" for first in FIRST) if name in lines[1])
        await front.press("2")
        assert front.sheets == ["ActSheet"]
        assert second in front.words
        await front.press("enter")

    assert here(crowded) == {second}


async def test_an_arrow_and_enter_pick_too(crowded: StationUnderTest) -> None:
    async with running(crowded) as front:
        await front.hurry(*"garcia", "enter")
        lines = [line for line in front.words.splitlines() if "Garcia" in line]
        await front.press("enter", "down", "down", "up", "enter")
        assert front.sheets == ["ActSheet"]
        await front.press("enter")

    (arrived,) = here(crowded)
    assert arrived in lines[0]


async def test_a_row_chosen_by_arrow_on_the_board_is_meant(crowded: StationUnderTest) -> None:
    async with running(crowded) as front:
        await front.type("nguyen")
        await front.press("down")
        key = front.board.table.cursor_key
        assert key is not None
        assert key.side is not None
        meant = crowded.exchange(str(key.ref)).party(key.side).name
        await front.press("enter", "enter")

    assert here(crowded) == {meant}


async def test_whoever_is_here_already_is_not_checked_in_twice(
    crowded: StationUnderTest,
) -> None:
    async with running(crowded) as front:
        await front.hurry(*"ana gar", "enter", "enter")
        assert here(crowded) == {"Ana Garcia"}
        await front.hurry(*"ana gar", "enter")
        assert "Enter  Leave: seller" in front.part("#acts")


async def test_both_parties_of_one_exchange_share_a_name(station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().at("14:30").between("Ana Garcia", "Ana Garcia"))

    async with running(station) as front:
        await front.hurry(*"ana garcia", "enter", "enter", "enter")
        assert front.sheets == ["ChoiceSheet"]
        await front.press("2", "enter")

    presences = [station.exchange(ref).party(side).presence for side in Side]
    assert sorted(presences) == sorted([Presence.EXPECTED, Presence.HERE])


def test_the_day_is_as_crowded_as_it_says() -> None:
    assert len(set(NAMES)) == 12
    assert {name.split()[1] for name in NAMES} == set(SURNAMES)
