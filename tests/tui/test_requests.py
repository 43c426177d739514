"""`/request` on the board: who asked, who it is, what is handed out, and what is erased."""

from __future__ import annotations

import pytest

from desk.domain.exchange import IdCheck, Side
from desk.domain.intents import Cancel
from desk.domain.rights import RequestKind
from desk.printing import Press
from desk.settings import Settings
from tests.builders import StationUnderTest, an_exchange
from tests.rights.making import CHIEF, ZELDA, with_supervisor, zeldas
from tests.tui.running import Front, running


def press_of(station: StationUnderTest) -> Press:
    exports = station.path.with_name("exports")
    return Press(station.service, Settings(), station.clock, exports)


async def written_down(front: Front) -> None:
    """Writes an access request of Zelda's down, with her phone number."""
    await front.say("/request")
    await front.press("1")
    for words in (ZELDA.name, ZELDA.name, "509 555 0142", "", "", "21/12"):
        if words:
            await front.write(words)
        await front.press("enter")
    await front.press("right", "enter")


@pytest.fixture
def refs(station: StationUnderTest) -> list[str]:
    """Hers, and that of somebody who is called so; both are over."""
    refs = station.book(zeldas(), an_exchange().at("15:00").between("Bo Two", "Quispe Zelda"))
    for ref in refs:
        station.did(Cancel, ref)
    station.clock.advance(hours=1)
    return refs


async def test_a_request_is_written_down_and_its_person_picked_one_by_one(
    station: StationUnderTest, refs: list[str]
) -> None:
    async with running(station) as front:
        await written_down(front)
        (request,) = station.service.rights.requests()
        said = (request.kind, request.asker, request.id_check)
        assert said == (RequestKind.ACCESS, ZELDA.name, IdCheck.SEEN)
        assert request.due_on.isoformat() == "2026-12-21"
        assert front.sheets == ["ChoiceSheet"]
        assert "Mark each [ ] that is this person" in front.words
        assert f"[ ] {refs[0]}-G" in front.words
        assert "by name, phone" in front.words
        assert "possible: only by name" in front.words

        await front.press("enter")
        assert station.service.rights.requests()[0].picked == ()
        await front.press("1")
        await front.write("herself")
        await front.press("enter")
        assert "No party was picked" in front.answer
        await front.press("escape", "4")
        (picked,) = station.service.rights.requests()[0].picked
        assert (picked.ref, picked.side) == (refs[0], Side.GIVER)
        assert f"[x] {refs[0]}-G" in front.words


async def test_her_own_data_are_handed_out_and_she_is_erased(
    station: StationUnderTest, refs: list[str]
) -> None:
    with_supervisor(station)
    sheet = station.path.with_name("exports") / "request-1.txt"
    async with running(station, by=CHIEF, printer=lambda _service: press_of(station)) as front:
        await written_down(front)
        await front.press("4", "1")
        await front.write("herself, on paper")
        await front.press("enter")
        assert "Written: request-1.txt, request-1.pdf." in front.words
        assert ZELDA.name in sheet.read_text("utf-8")

        await front.press("2")
        assert f"{refs[0]} loses them" in front.words
        assert "exports/request-1.txt goes with it" in front.words
        await front.press("enter")
        assert station.exchange(refs[0]).giver.name == ZELDA.name
        await front.press("2", "f10")
        assert station.exchange(refs[0]).giver.name is None
        assert station.exchange(refs[1]).receiver.name == "Quispe Zelda"
        assert not sheet.exists()
        await front.press("escape", "escape")
        assert front.sheets == []


async def test_an_officer_is_told_what_only_a_supervisor_does_and_closes_what_was_asked(
    station: StationUnderTest, refs: list[str]
) -> None:
    async with running(station) as front:
        await written_down(front)
        await front.press("4", "2", "f10")
        assert "Only a supervisor can do that." in front.words
        await front.press("3", "3")
        assert not station.service.rights.requests()[0].is_open
        assert station.exchange(refs[0]).giver.name == ZELDA.name
        await front.press("escape")
        assert front.sheets == []
