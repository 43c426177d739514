"""An arrival at a wrong time is refused with its reason, and with ways out of it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from desk.domain.exchange import Exchange, IdCheck, Outcome, Presence
from desk.domain.intents import Cancel
from tests.builders import DUPONT, StationUnderTest, an_exchange, moment
from tests.tui.running import Front, running

MONDAY = date(2026, 11, 23)
ON_MONDAY = an_exchange().at("10:15", MONDAY)
TOO_EARLY = an_exchange().at("16:00")
TOO_LATE = an_exchange().at("12:00")


async def refused(front: Front, ref: str, *keys: str) -> None:
    """Tries to check the seller in, and is refused."""
    await front.scan(f"{ref}-G")
    assert front.sheets == ["ActSheet"]
    await front.press(*keys, "enter")
    assert front.sheets == ["ActSheet", "ChoiceSheet"], front.answer
    assert f"{ref}: not checked in" in front.words


def offers(front: Front) -> list[str]:
    """Returns the numbered lines of the list in front."""
    return [line.strip() for line in front.words.splitlines() if re.match(r" \d  ", line)]


NOTE, MOVE, OVERRIDE = (
    "Note that they came.",
    "Move the exchange to now.",
    "Let them in anyway, with a reason.",
)


def came(exchange: Exchange) -> bool:
    return exchange.giver.presence is Presence.HERE


async def test_a_wrong_day_offers_note_move_override_in_that_order(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(ON_MONDAY)

    async with running(station) as front:
        await refused(front, ref)
        assert f"{ref} is booked for Monday 23 November, 10:15." in front.words
        assert offers(front) == [f"1  {NOTE}", f"2  {MOVE}", f"3  {OVERRIDE}"]

        await front.press("enter", "enter")
        assert front.sheets == ["ActSheet", "ChoiceSheet"]
        await front.press("escape")
        assert front.sheets == ["ActSheet"]

    assert not came(station.exchange(ref))


async def test_typing_over_the_ways_out_finds_what_is_typed_from_its_first_letter(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(ON_MONDAY)

    async with running(station) as front:
        await refused(front, ref)
        await front.type("Wendy")
        assert front.sheets == []
        assert front.field == "Wendy"

    assert not came(station.exchange(ref))


async def test_noting_that_they_came(station: StationUnderTest) -> None:
    ref = station.book_one(ON_MONDAY)

    async with running(station) as front:
        await refused(front, ref)
        await front.press("1")
        assert front.sheets == []

    assert not came(station.exchange(ref))
    text = station.service.timeline(ref)[0].text
    assert text == "Came at this time; booked for Monday 23 November, 10:15."


async def test_moving_the_exchange_to_now(station: StationUnderTest) -> None:
    ref = station.book_one(ON_MONDAY)

    async with running(station) as front:
        await refused(front, ref)
        await front.press("2")
        assert station.exchange(ref).starts_at == moment("14:32")
        assert front.sheets == ["ActSheet"]
        assert "Enter  Arrive: seller" in front.part("#acts")
        await front.press("enter")
        assert front.cursor == ref

    assert came(station.exchange(ref))


async def test_moving_to_now_offers_what_is_free_where_the_bay_is_taken(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(ON_MONDAY)
    taken = station.book_one(an_exchange().at("14:30"))

    async with running(station) as front:
        await refused(front, ref)
        await front.press("2")
        assert front.sheets == ["ActSheet", "ChoiceSheet"]
        assert f"{ref}: not moved" in front.words
        assert f"Bay 1 is taken by {taken} from 14:30 to 14:50." in front.words
        assert offers(front)[0] == "1  bay 2 at 14:32"
        await front.press("1")
        assert front.sheets == ["ActSheet"]
        assert "Enter  Arrive: seller" in front.part("#acts")

    moved = station.exchange(ref)
    assert (moved.starts_at, moved.bay) == (moment("14:32"), "2")


@pytest.mark.parametrize("keys", [("3", "2"), ("down", "down", "down", "enter", "2")])
async def test_one_digit_overrides_with_a_reason(
    station: StationUnderTest, keys: tuple[str, ...]
) -> None:
    ref = station.book_one(ON_MONDAY)

    async with running(station) as front:
        await refused(front, ref, "right")
        await front.press(*keys)
        assert front.sheets == []

    exchange = station.exchange(ref)
    assert came(exchange)
    assert exchange.giver.id_check is IdCheck.SEEN
    assert station.service.journal(ref)[-1].overrode == ("wrong_day",)
    assert station.service.timeline(ref)[0].text == "The booking has the wrong time"


@pytest.mark.parametrize(
    ("builder", "code", "sentence", "ways"),
    [
        (TOO_EARLY, "too_early", "16:00; arrivals open at 15:30.", [OVERRIDE, NOTE]),
        (TOO_LATE, "too_late", "12:00; arrivals ended at 13:20.", [OVERRIDE, MOVE]),
    ],
)
async def test_too_early_and_too_late(
    station: StationUnderTest, builder: object, code: str, sentence: str, ways: list[str]
) -> None:
    assert isinstance(builder, type(TOO_EARLY))
    ref = station.book_one(builder)

    async with running(station) as front:
        await refused(front, ref)
        assert sentence in front.words
        assert [line[3:] for line in offers(front)] == ways

        await front.press("1")
        assert "The reason is kept with the arrival." in front.words
        await front.press("enter")
        assert front.sheets == ["ActSheet"]
        assert not came(station.exchange(ref))

        await front.press("enter", "1", "4")
        assert front.sheets == []

    assert came(station.exchange(ref))
    assert [(row.code, row.overrode) for row in station.service.journal(ref)][-3:] == [
        (code, ()),
        (code, ()),
        ("accepted", (code,)),
    ]
    assert station.service.timeline(ref)[0].text == "Order of a supervisor"


async def test_a_typed_reason_is_parked_and_counts(station: StationUnderTest) -> None:
    ref = station.book_one(TOO_EARLY)

    async with running(station) as front:
        await refused(front, ref)
        await front.press("1")
        await front.write("train leaves at four")
        await front.press("escape", "escape")
        assert "1 parked" in front.drawn()
        await front.say("/back")
        assert front.box("reason").value == "train leaves at four"
        await front.press("f10")
        assert front.sheets == []

    assert came(station.exchange(ref))
    assert station.service.timeline(ref)[0].text == "train leaves at four"


async def test_the_time_and_the_name_go_with_the_override(station: StationUnderTest) -> None:
    ref = station.book_one(TOO_EARLY.between(None, "Paul Martin"))

    async with running(station) as front:
        await front.scan(f"{ref}-G")
        await front.hurry(*"Ann", "tab", *"-3", "enter")
        await front.press("1", "1")

    giver = station.exchange(ref).giver
    assert (giver.name, giver.visits[0].arrived_at) == ("Ann", moment("14:29"))


async def test_an_arrival_that_another_desk_closed_offers_to_reopen(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(an_exchange().at("14:30"))

    async with running(station) as front:
        await front.open(ref)
        with station.another_desk() as other:
            assert other.perform(Cancel(by=DUPONT, ref=ref)).accepted
        await front.press("enter")
        assert "was cancelled at 14:32." in front.words
        assert offers(front) == ["1  Reopen it with a reason if that has changed."]

        await front.press("1", "3")
        assert front.sheets == ["ActSheet"]
        assert station.exchange(ref).outcome is Outcome.NONE
        await front.press("enter")
        assert front.sheets == []

    assert came(station.exchange(ref))


async def test_words_may_give_the_reason_at_once(station: StationUnderTest) -> None:
    ref = station.book_one(TOO_EARLY)

    async with running(station) as front:
        await front.say("/arrive seller")
        assert "arrivals open at 15:30." in front.notice
        assert not came(station.exchange(ref))
        await front.say("/arrive seller because 3")

    assert came(station.exchange(ref))
    assert station.service.timeline(ref)[0].text == "Delayed on the way, and called"
