"""A name that today's board does not know is kept, and may be one of several people."""

from __future__ import annotations

from desk.domain.exchange import Presence, Side
from tests.builders import StationUnderTest, an_exchange
from tests.hostile import HOSTILE
from tests.tui.running import running

G, R = Side.GIVER, Side.RECEIVER
HALF = an_exchange().between("Marie Dupont", None)


async def test_it_may_be_a_side_not_named_yet_that_is_due(station: StationUnderTest) -> None:
    near, far, *_others = station.book(
        HALF.at("14:30").about("lamp"),
        HALF.at("14:15").between(None, "Paul Martin").about("rug"),
        HALF.at("19:00").about("not due yet"),
        HALF.at("14:20").between("Ann", "Bo").about("both named"),
        HALF.at("14:20").with_buyer_here("14:18").about("here already"),
    )

    async with running(station) as front:
        await front.type("Zoe")
        await front.press("enter")
        assert front.sheets == ["ChoiceSheet"]
        listed = [line for line in front.words.splitlines() if line[:3].strip().isdecimal()]
        first, second, third = (line.split("  ", 1)[1] for line in listed)
        assert "with Marie Dupont" in first
        assert "lamp" in first
        assert "with Paul Martin" in second
        assert third == "walk-in: book “Zoe” now"

        # Nothing is selected, and nothing typed is lost.
        await front.press("enter", "escape")
        assert (front.sheets, front.field) == ([], "Zoe")

        await front.press("enter", "1")
        assert front.sheets == ["ActSheet"]
        assert front.box("name").value == "Zoe"
        assert "Enter  Arrive: buyer" in front.part("#acts")
        await front.press("enter")
        assert (front.sheets, front.field, front.cursor) == ([], "", near)

        await front.type("Zed")
        await front.press("enter", "1")
        assert "Enter  Arrive: seller" in front.part("#acts")
        await front.press("enter")

    assert station.exchange(near).receiver.name == "Zoe"
    assert station.exchange(near).receiver.presence is Presence.HERE
    assert station.exchange(far).giver.name == "Zed"


async def test_it_may_be_a_walk_in(station: StationUnderTest) -> None:
    async with running(station) as front:
        await front.type("zoe park")
        await front.press("enter", "1")
        assert front.sheets == ["BookingSheet"]
        assert front.box("giver-name").value == "zoe park"
        await front.press("escape")
        assert front.field == "zoe park"
        await front.press("enter", "1", "tab")
        await front.type("Al")
        await front.press("enter")
        assert front.field == ""

    (booked,) = station.board().exchanges
    assert [party.name for party in booked.parties] == ["zoe park", "Al"]


async def test_what_is_no_name_is_only_said_to_match_nothing(station: StationUnderTest) -> None:
    station.book_one()

    async with running(station) as front:
        for text in ("K7QDM8", "555 0142", "iphone 15", "#!"):
            await front.type(text)
            await front.press("enter")
            assert front.sheets == []
            assert front.notice.startswith(f"Nothing on this day matches “{text}”.")
            await front.press("escape")
        # A card that was scanned is nobody's name to be written down.
        await front.scan("PARK ZOE LANE")
        assert front.sheets == []
        assert front.notice.startswith("Nothing on this day matches")


async def test_a_name_is_data(station: StationUnderTest) -> None:
    names = [text for text in HOSTILE if any(map(str.isalpha, text)) and text.isprintable()]
    names = [
        text[:40] for text in names if not any(map(str.isdecimal, text)) and text[0] not in "/?"
    ]

    async with running(station) as front:
        for text in names:
            assert text[0] not in "/?"
            front.board.field.value = text
            await front.press("enter")
            assert front.sheets == ["ChoiceSheet"], text
            await front.press("1")
            assert front.box("giver-name").value == text.strip()
            await front.press("escape", "escape")
