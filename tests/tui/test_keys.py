"""Every function key, and what else the same keycap sends, begins the same command."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from desk.domain.exchange import Outcome, Presence
from desk.tui.commands import COMMANDS
from desk.tui.heard import keys_heard
from tests.builders import StationUnderTest, an_exchange
from tests.tui.running import running

READY = an_exchange().at("14:30").with_both_here("14:25")
WAITING = an_exchange().at("14:15").with_seller_here("14:13")

DIGITS = "1234567890"
AZERTY = "&é\"'(-è_çà"
XTERM = ["OP", "OQ", "OR", "OS", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~"]


@pytest.mark.parametrize("n", range(10))
def test_every_form_of_a_function_key_is_heard_as_one_command(n: int) -> None:
    key = f"f{n + 1}"
    sent = [f"\x1b{XTERM[n]}", f"\x1b{DIGITS[n]}", f"\x1b{AZERTY[n]}"]
    named = [f"\x1b[{ord(character)};3u" for character in (DIGITS[n], AZERTY[n])]

    assert [keys_heard(each) for each in sent] == [(key,)] * 3
    for command in COMMANDS:
        if key in command.keys:
            heard = {name for each in named for name in keys_heard(each)}
            assert heard == set(command.keys) - {key, "ctrl+z"}


OPENS = {
    "help": ("HelpScreen", "Keys and words"),
    "arrive": ("ActSheet", "Enter  Arrive: buyer"),
    "finish": ("ActSheet", "Enter  Finish: they met"),
    "no_show": ("FormSheet", "no-show"),
    "dispute": ("FormSheet", "dispute"),
    "day": ("DaySheet", "days"),
    "undo": ("UndoSheet", "this never happened"),
}
"""What the commands with a key open, and words in it."""


async def test_every_key_of_every_command_opens_what_it_should(station: StationUnderTest) -> None:
    ready, waiting = station.book(READY, WAITING)
    keyed = {one.id: one.keys for one in COMMANDS if one.id in OPENS}
    assert keyed.keys() == OPENS.keys()

    async with running(station) as front:
        for command, keys in keyed.items():
            await front.point_at(ready if command == "finish" else waiting)
            for key in keys:
                await front.press(key)
                sheet, words = OPENS[command]
                assert front.sheets == [sheet], key
                assert words in front.words, key
                await front.press("escape")
                assert front.sheets == [], key

    assert station.exchange(waiting).outcome is Outcome.NONE


async def test_the_keys_that_open_nothing(station: StationUnderTest) -> None:
    closed, ref = station.book(WAITING, an_exchange().at("15:00").about("bicycle"))

    async with running(station) as front:
        await front.point_at(closed)
        await front.press("f4", "f4", "ctrl+f")
        assert front.board.unfolded
        await front.press("ctrl+f")
        assert not front.board.unfolded

        await front.point_at(ref)
        await front.press("ctrl+y")
        assert front.app.clipboard == ref

        await front.press("ctrl+c")
        assert front.notice == "Ctrl+Q leaves. Everything accepted is already saved."
        await front.press("ctrl+q")
        assert front.app.return_code == 0


@pytest.mark.parametrize("form", range(3), ids=["function key", "digit", "azerty"])
async def test_a_careful_act_by_alt_and_its_digit(station: StationUnderTest, form: int) -> None:
    ref = station.book_one(WAITING)
    forms = [f"\x1b{XTERM[3]}", f"\x1b[{ord(DIGITS[3])};3u", f"\x1b[{ord(AZERTY[3])};3u"]
    (key,) = keys_heard(forms[form])

    async with running(station) as front:
        await front.press(key, key)

    assert station.exchange(ref).receiver.presence is Presence.ABSENT


async def test_an_act_without_a_key_of_its_own_is_done_by_f10_or_alt_0(
    station: StationUnderTest,
) -> None:
    refs = station.book(*(WAITING.about(name) for name in ("a", "b", "c")))

    async with running(station) as front:
        for ref, key in zip(refs, ("f10", "alt+0", "alt+à"), strict=True):
            await front.point_at(ref)
            await front.say("/cancel")
            assert "F10 does it" in front.words
            await front.press(key)
            assert station.exchange(ref).outcome is Outcome.CANCELLED


async def test_remapped_keys_are_the_ones_that_count_and_are_shown(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(WAITING)
    keys = {"no_show": "f6", "cancel": "f9", "undo": "ctrl+b,f4"}

    async with running(station, size=(120, 36), settings={"keys": keys}) as front:
        assert "F6 No-show" in front.drawn()
        assert "F6     No-show proposed: buyer" in front.drawn().replace("  F6", "F6")

        await front.press("f6")
        assert "F6 does it" in front.words
        await front.press("f4", "enter", "alt+6", "f6")
        assert station.exchange(ref).outcome is Outcome.NO_SHOW

        await front.press("ctrl+b")
        assert "Ctrl+B undoes it" in front.words
        await front.press("f4")
        assert station.exchange(ref).outcome is Outcome.NONE

        await front.press("enter", "f9", "f9")
        assert station.exchange(ref).outcome is Outcome.CANCELLED
        await front.press("f8", "ctrl+z")
        assert front.sheets == []


async def test_every_command_is_in_the_palette(station: StationUnderTest) -> None:
    ref = station.book_one(WAITING)

    async with running(station) as front:
        await front.press("ctrl+p")
        assert front.sheets == ["CommandPalette"]
        await front.type("no show")
        await front.until(lambda: front.app.screen.query_one(OptionList).option_count)
        await front.press("enter")
        assert front.sheets == ["FormSheet"]
        await front.press("f4")

    assert station.exchange(ref).outcome is Outcome.NO_SHOW


@pytest.mark.parametrize("key", ["f1", "?"])
async def test_help_names_every_command_and_its_keys(station: StationUnderTest, key: str) -> None:
    async with running(station, size=(80, 60)) as front:
        await front.press(key)
        for command in COMMANDS:
            assert f"/{command.words[0]}" in front.words
            assert command.key_shown in front.words
        await front.press(key)
        assert (front.sheets, front.field) == ([], "")


async def test_a_question_mark_in_a_text_is_text(station: StationUnderTest) -> None:
    async with running(station) as front:
        await front.type("dup?")
        assert (front.sheets, front.field) == ([], "dup?")
