"""A scan is only ever a search: it replaces text, presses nothing, and waits where it must."""

from __future__ import annotations

from datetime import date

import pytest

from desk.domain.exchange import Outcome, Presence
from desk.tui.scanner import LARGEST_GAP
from tests.builders import StationUnderTest, an_exchange
from tests.tui.running import Front, running

DUE = an_exchange().at("14:30").between("Marie Dupont", "Paul Martin")
TRAN = an_exchange().at("14:40").between("Hana Novak", "Jim Tran")
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize("ends", [["enter"], ["tab"], ["enter", "ctrl+j"], ["ctrl+j"]])
async def test_a_slip_and_one_more_enter(station: StationUnderTest, ends: list[str]) -> None:
    ref = station.book_one(DUE)

    async with running(station) as front:
        await front.type("nov")
        front.burst(f"{ref}-R", *ends)
        await front.settle()
        assert (front.field, front.sheets) == (f"{ref}-R", ["ActSheet"])
        assert station.exchange(ref).receiver.presence is Presence.EXPECTED
        await front.press("enter")

    assert station.exchange(ref).receiver.presence is Presence.HERE
    assert station.exchange(ref).giver.presence is Presence.EXPECTED


async def test_a_burst_in_the_field_replaces_what_is_there(station: StationUnderTest) -> None:
    station.book(DUE, TRAN)

    async with running(station) as front:
        await front.type("nov")
        await front.scan("MARTIN")
        assert front.field == "MARTIN"
        assert front.sheets == ["ActSheet"]
        assert "Paul Martin" in front.words


@pytest.mark.parametrize("spelt", ["/quit", "/cancel", "/no-show both", "/theme day", "?help1"])
async def test_what_spells_a_command_is_only_searched(
    station: StationUnderTest, spelt: str
) -> None:
    ref = station.book_one(DUE)
    before = station.exchange(ref)

    async with running(station) as front:
        theme = front.app.theme
        await front.app.scanned(spelt)
        await front.settle()
        assert front.field == spelt
        assert front.notice.startswith(f"Nothing on this day matches “{spelt}”.")
        await front.press("enter", "tab", "enter")
        assert (front.sheets, front.field) == ([], spelt)
        assert front.app.is_running
        assert front.app.theme == theme

    assert station.exchange(ref) == before


async def test_real_bursts_that_spell_a_command(station: StationUnderTest) -> None:
    station.book_one(DUE)

    async with running(station) as front:
        await front.scan("/cancel")
        await front.press("enter")
        assert (front.sheets, front.field) == ([], "/cancel")

        await front.press("escape")
        await front.type("/help")
        await front.press("enter")
        assert front.sheets == ["HelpScreen"]


async def test_typing_after_a_scan_is_typing(station: StationUnderTest) -> None:
    station.book_one(DUE)

    async with running(station) as front:
        await front.scan("/abcdef")
        await front.press(*["backspace"] * 7)
        await front.type("/help")
        await front.press("enter")
        assert front.sheets == ["HelpScreen"]


async def test_slow_characters_are_typing_and_fast_ones_too_few_as_well(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(DUE)

    async with running(station) as front:
        await front.type("paul")
        for character in " mar":
            front.send(character, LARGEST_GAP / 10)
        await front.settle()
        assert front.field == "paul mar"
        await front.press("enter", "enter")

    assert station.exchange(ref).receiver.presence is Presence.HERE


async def test_one_slip_read_twice_does_one_thing(station: StationUnderTest) -> None:
    here, other = station.book(DUE, DUE.at("10:00", MONDAY).about("bicycle"))

    async with running(station) as front:
        for ref in (here, other):
            front.burst(f"{ref}-G", "enter")
            front.burst(f"{ref}-G", "enter")
            await front.settle()
            assert front.sheets == ["ActSheet"]
            assert station.exchange(ref).giver.presence is Presence.EXPECTED
            await front.press("escape")
            assert front.sheets == []
            await front.press("escape")

        await front.app.scanned(f"{other}-G")
        await front.app.scanned(f"{other}-G")
        await front.settle()
        assert front.sheets == ["ActSheet"]


OVER = {
    "ActSheet": ["enter"],
    "FormSheet": ["f4"],
    "ChoiceSheet": [*"mar", "enter"],
    "UndoSheet": ["f8"],
    "HelpScreen": ["f1"],
    "CommandPalette": ["ctrl+p"],
}


async def open_sheet(front: Front, sheet: str) -> None:
    await front.press(*OVER[sheet])
    assert front.sheets[-1] == sheet


@pytest.mark.parametrize("sheet", OVER)
async def test_a_slip_over_a_sheet_presses_nothing_and_waits(
    station: StationUnderTest, sheet: str
) -> None:
    first, second = station.book(DUE, TRAN)
    before = [station.exchange(ref) for ref in (first, second)]

    async with running(station, size=(120, 36)) as front:
        await front.point_at(first)
        await open_sheet(front, sheet)
        await front.scan(f"{second}-R")
        assert front.sheets == [sheet]
        assert "1 scan waiting" in front.drawn()
        assert [station.exchange(ref) for ref in (first, second)] == before

        await front.press("escape")
        assert front.sheets == ["ActSheet"]
        assert second in front.part("#summary")
        assert "1 scan waiting" not in front.drawn()
        await front.press("enter")

    assert station.exchange(second).receiver.presence is Presence.HERE


async def test_the_same_slip_over_its_own_sheet_says_so(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)

    async with running(station, size=(120, 36)) as front:
        await front.scan(f"{ref}-G")
        await front.scan(f"{ref}-R")
        assert front.answer == "That slip is this exchange."
        assert "1 scan waiting" not in front.drawn()

        await front.press("f4")
        await front.scan(ref.lower())
        assert front.sheets == ["ActSheet", "FormSheet"]
        assert front.answer == "That slip is this exchange."

    assert station.exchange(ref).outcome is Outcome.NONE
    assert station.exchange(ref).giver.presence is Presence.EXPECTED


async def test_a_burst_of_digits_presses_no_act(station: StationUnderTest) -> None:
    ref = station.book_one(DUE.with_seller_here("14:20").with_buyer_here("14:21"))
    before = station.exchange(ref)

    async with running(station) as front:
        await front.open(ref)
        await front.scan("2222222")
        assert front.sheets == ["ActSheet"]
        assert "Enter  Start" in front.part("#acts")

    assert station.exchange(ref) == before


async def test_a_digit_typed_just_before_a_scan_is_kept(station: StationUnderTest) -> None:
    first, second = station.book(DUE, TRAN)

    async with running(station) as front:
        await front.open(first)
        front.send("2")
        front.burst(f"{second}-R", "enter")
        await front.settle()
        assert "Enter  Arrive: buyer" in front.part("#acts")
        await front.press("enter")
        assert second in front.part("#summary")

    assert station.exchange(first).receiver.presence is Presence.HERE


async def test_a_burst_into_a_text_box_is_typed_without_its_enter(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(DUE.between(None, "Paul Martin"))

    async with running(station) as front:
        await front.scan(f"{ref}-G")
        await front.scan("Bobby Fast")
        assert front.box("name").value == "Bobby Fast"
        assert front.sheets == ["ActSheet"]
        assert station.exchange(ref).giver.presence is Presence.EXPECTED


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t"])
async def test_a_paste_that_ends_is_a_scan(station: StationUnderTest, end: str) -> None:
    ref = station.book_one(DUE)

    async with running(station) as front:
        await front.type("/quit")
        await front.paste(f"{ref}-G{end}")
        assert (front.field, front.sheets) == (f"{ref}-G", ["ActSheet"])
        await front.paste(f"222222{end}")
        assert "Enter  Arrive: seller" in front.part("#acts")

    assert station.exchange(ref).giver.presence is Presence.EXPECTED


async def test_a_paste_without_an_end_is_text(station: StationUnderTest) -> None:
    ref = station.book_one(DUE)

    async with running(station) as front:
        await front.type("pa")
        await front.paste("ul mar")
        assert (front.field, front.cursor, front.sheets) == ("paul mar", ref, [])


async def test_what_is_pasted_with_control_codes_is_shown_without(
    station: StationUnderTest,
) -> None:
    async with running(station) as front:
        await front.paste("A\x1b]0;pwn\x1b\\\x9b31mB\n")
        assert "\x1b" not in front.field + front.notice
        assert "\x9b" not in front.field + front.notice


async def test_a_scan_while_an_act_is_saved_is_looked_at_after_it(
    station: StationUnderTest,
) -> None:
    first, second = station.book(DUE, TRAN)

    async with running(station) as front:
        front.burst(f"{first}-G", "enter")
        front.send("enter")
        front.burst(f"{second}-R", "enter")
        await front.settle()
        assert front.sheets == ["ActSheet"]
        assert second in front.part("#summary")
        assert front.part(".news") == f"✓ {first} seller arrived, 14:32."
        assert (front.cursor, front.field) == (second, f"{second}-R")

        await front.press("escape")
        await front.open(second)
        assert not front.app.screen.query(".news"), "it was read on the board"

    assert station.exchange(first).giver.presence is Presence.HERE
    assert station.exchange(second).receiver.presence is Presence.EXPECTED


async def test_a_slip_of_another_station_or_none(station: StationUnderTest) -> None:
    station.book_one(DUE)

    async with running(station) as front:
        await front.scan("K7QDM7-G")
        assert front.notice == "K7QDM7 is not a reference of this station."
        assert front.field == "K7QDM7-G"
        assert front.sheets == []


FRENCH = str.maketrans("QAZWM1234567890-", "AQWZ?&é\"'(-è_çà)")
GERMAN = str.maketrans("YZ-", "ZYß")


@pytest.mark.parametrize("layout", [FRENCH, GERMAN])
async def test_a_slip_through_another_keyboard_layout(
    station: StationUnderTest, layout: dict[int, int]
) -> None:
    first, second = station.book(DUE, TRAN)

    async with running(station) as front:
        await front.scan(f"{first}-G".translate(layout))
        assert (front.field, front.sheets) == (f"{first}-G", ["ActSheet"])
        await front.scan(f"{first}-R".translate(layout))
        assert front.answer == "That slip is this exchange."
        await front.scan(f"{second}-R".translate(layout))
        assert front.answer.startswith("1 scan waiting")
        await front.press("escape")
        assert second in front.part("#summary")
        await front.press("escape", "escape")

        # Only a scan is read so: what hands type is what it is.
        await front.type(f"{first}-G".translate(layout))
        assert (front.field, front.sheets) == (f"{first}-G".translate(layout), [])
