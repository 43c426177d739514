"""A card that an officer opened is written down; one that was passed by is not."""

from __future__ import annotations

from desk.domain.exchange import Kind
from desk.domain.intents import Note
from tests.builders import StationUnderTest, an_exchange
from tests.tui.running import Front, running


async def test_the_cards_of_custody_and_of_disputes_are_noted_where_the_cursor_rests(
    station: StationUnderTest,
) -> None:
    custody = an_exchange().of_kind(Kind.CUSTODY)
    sale, _passed, rested, last = station.book(
        an_exchange(), custody.at("15:00"), custody.at("15:30"), an_exchange().at("16:00")
    )

    async with running(station) as front:
        await rest_on(front, sale)
        await front.hurry("down", "down")
        await front.until(lambda: front.timeline_of == rested)
        station.did(Note, rested, text="the card is drawn anew, which is no new look")
        await front.until(lambda: front.board.timeline and len(front.board.timeline[1]) == 2)
        await rest_on(front, last)
        await rest_on(front, rested)

    station.service.write_looks()
    looks = [(look.officer, look.desk, look.what, look.ref) for look in station.service.looks()]
    assert looks == [("4412", "desk 1", "custody", rested)] * 2


async def rest_on(front: Front, ref: str) -> None:
    await front.point_at(ref)
    await front.until(lambda: front.timeline_of == ref)
