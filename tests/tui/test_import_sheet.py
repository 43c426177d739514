"""Choosing a booking file: one of the inbox, or any by its path."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from textual import events

from desk.intake.drives import Drive
from desk.text import clean, cut
from desk.tui.booking_files import typed_path
from desk.tui.screens.preview_sheet import PreviewSheet
from desk.tui.widgets.numbered_list import NumberedList
from tests.builders import StationUnderTest
from tests.hostile import HOSTILE, foreign
from tests.tui.importing import (
    A_WHILE_AGO,
    HEADER,
    ONE_BOOKING,
    box,
    in_front,
    listed,
    look_again,
    put,
    says,
    sheet_at,
)
from tests.tui.sheet_app import drawn, until

# The inbox


async def test_the_inbox_is_listed_newest_first_with_nothing_marked(
    station: StationUnderTest,
) -> None:
    put(station, "old.csv", minutes_ago=60)
    put(station, "new.csv")
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, listed(app))
        lines = drawn(app.screen).splitlines()

        newest = next(n for n, line in enumerate(lines) if "1  new.csv" in line)
        assert "Wed 18 Nov 03:06" in lines[newest]
        assert "2  old.csv" in lines[newest + 1]
        assert app.sheet.query_one(NumberedList).marked is None


async def test_a_bare_enter_does_nothing(station: StationUnderTest) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, listed(app))
        await pilot.press("enter")
        await pilot.pause()

        assert app.screen is app.sheet
        assert "Reading" not in drawn(app.screen)


@pytest.mark.parametrize(
    "keys", [("2",), ("down", "down", "enter"), ("up", "enter"), ("down", "up", "down", "enter")]
)
async def test_a_digit_or_an_arrow_and_enter_picks(
    station: StationUnderTest, keys: tuple[str, ...]
) -> None:
    put(station, "new.csv")
    put(station, "old.csv", minutes_ago=60)
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, listed(app))
        await pilot.press(*keys)
        await until(pilot, in_front(app, PreviewSheet))

        assert "Import old.csv" in drawn(app.screen)


async def test_a_digit_that_is_no_file_does_nothing(station: StationUnderTest) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, listed(app))
        await pilot.press("2")
        await pilot.pause()

        assert app.screen is app.sheet
        assert box(app).value == ""


async def test_arrows_reach_beyond_nine(station: StationUnderTest) -> None:
    for n in range(12):
        put(station, f"file {n:02}.csv", minutes_ago=n)
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, listed(app))
        assert "… 3 more below" in drawn(app.screen)
        assert "file 11.csv" not in drawn(app.screen)

        await pilot.press("up", "enter")
        await until(pilot, in_front(app, PreviewSheet))
        assert "Import file 11.csv" in drawn(app.screen)


async def test_an_empty_inbox_says_where_to_put_files(station: StationUnderTest) -> None:
    app = sheet_at(station)
    async with app.shown((120, 24)) as pilot:
        await until(pilot, says(app, "The inbox is empty. Put booking files into"))

        assert app.sheet.focused is box(app)


async def test_an_inbox_that_cannot_be_read_says_so(station: StationUnderTest) -> None:
    (station.path.parent / "inbox").write_text("a file where a folder should be")
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, says(app, "The folder for booking files cannot be read."))

        assert app.sheet.focused is box(app)


async def test_escape_goes_back_with_nothing(station: StationUnderTest) -> None:
    app = sheet_at(station)
    async with app.shown() as pilot:
        await pilot.press("escape")

    assert app.ended == [None]


# Sticks


async def test_sticks_are_listed_among_the_inbox_and_keep_every_number(
    station: StationUnderTest, tmp_path: Path
) -> None:
    plugged_in: list[Drive] = []
    for label in ("KINGSTON", "[b]\x1b[2J/"):
        drive = Drive(tmp_path / f"stick {len(plugged_in)}", label)
        plugged_in.append(drive)
        drive.path.mkdir()
        (drive.path / "theirs.csv").write_text(f"{HEADER}\n{ONE_BOOKING}\n")
    kingston, odd = plugged_in
    plugged_in.remove(odd)
    put(station, "a.csv")
    put(station, "b.csv", minutes_ago=5)
    os.utime(kingston.path / "theirs.csv", (A_WHILE_AGO - 60, A_WHILE_AGO - 60))
    app = sheet_at(station, drives=lambda: tuple(plugged_in))

    async with app.shown() as pilot:
        await until(pilot, says(app, "3  b.csv"))
        lines = drawn(app.screen)
        assert "In the inbox and on KINGSTON, newest first" in lines
        assert re.search(r"1  a.csv +inbox +Wed 18 Nov 03:06", lines)
        assert re.search(r"2  theirs.csv +KINGSTON +Wed 18 Nov 03:05", lines)

        # What comes takes the next number, and what goes keeps its own.
        await pilot.press("down")
        put(station, "new.csv")
        plugged_in[:] = [odd]
        look_again(app)
        await until(pilot, says(app, "5  new.csv"))
        lines = drawn(app.screen)
        assert re.search(r"2  theirs.csv +KINGSTON +no longer there", lines)
        assert re.search(r"4  theirs.csv +\[b\]\[2J/", lines)
        assert app.sheet.query_one(NumberedList).marked == 0
        assert foreign(lines.replace("\n", "")) == []

        await pilot.press("4")
        await until(pilot, in_front(app, PreviewSheet))
        assert "Import theirs.csv" in drawn(app.screen)
        before = [path.name for path in odd.path.iterdir()]
        await pilot.press("enter")
        await until(pilot, lambda: app.ended)

    assert before == [path.name for path in odd.path.iterdir()] == ["theirs.csv"]


async def test_a_file_that_comes_where_there_was_none_is_picked_by_its_digit(
    station: StationUnderTest,
) -> None:
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, says(app, "in a stick, or type a path."))
        await pilot.press("x")
        put(station, "a.csv")
        look_again(app)
        await until(pilot, listed(app))
        assert (box(app).value, app.sheet.focused) == ("x", box(app))

        await app.show(sheet_at(station).sheet)
        await until(pilot, listed(app))
        await pilot.press("1")
        await until(pilot, in_front(app, PreviewSheet))


# Any other file


async def test_typing_begins_a_path(station: StationUnderTest, tmp_path: Path) -> None:
    put(station, "bookings.csv")
    other = tmp_path / "stick.csv"
    other.write_text(f"{HEADER}\n{ONE_BOOKING}\n")
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, listed(app))
        await pilot.press(*str(other), "enter")
        await until(pilot, in_front(app, PreviewSheet))

        assert "Import stick.csv" in drawn(app.screen)


async def test_a_digit_in_a_path_is_no_pick(station: StationUnderTest) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, listed(app))
        await pilot.press("slash", "1")
        await pilot.pause()

        assert box(app).value == "/1"
        assert app.screen is app.sheet


async def test_what_was_typed_behind_the_command_is_read_at_once(
    station: StationUnderTest, tmp_path: Path
) -> None:
    other = tmp_path / "on a stick.csv"
    other.write_text(f"{HEADER}\n{ONE_BOOKING}\n")
    app = sheet_at(station, f' "{other}" ')
    async with app.shown() as pilot:
        await until(pilot, in_front(app, PreviewSheet))

        assert "Import on a stick.csv" in drawn(app.screen)


async def test_a_failure_is_a_sentence_and_keeps_what_was_typed(
    station: StationUnderTest,
) -> None:
    app = sheet_at(station, "/nowhere/bookings.csv")
    async with app.shown() as pilot:
        await until(pilot, says(app, "There is no file “bookings.csv”. Check its name"))

        assert box(app).value == "/nowhere/bookings.csv"
        assert app.sheet.focused is box(app)


async def test_a_home_folder_that_nobody_has_is_told(station: StationUnderTest) -> None:
    app = sheet_at(station, "~nobody-of-that-name/bookings.csv")
    async with app.shown() as pilot:
        await until(pilot, says(app, "There is no home folder"))


async def test_a_dropped_file_goes_into_the_box(station: StationUnderTest) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, listed(app))
        app.post_message(events.Paste("'/media/a b.csv'\x1b[2J\nmore"))
        await until(pilot, lambda: box(app).value)

        assert box(app).value == "'/media/a b.csv'[2J"


async def test_a_burst_is_typed_into_the_box_and_a_slip_is_not(station: StationUnderTest) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, listed(app))

        assert not app.sheet.type_burst("K7QDM7")
        assert app.sheet.type_burst("/media/stick.csv")
        assert box(app).value == "/media/stick.csv"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/a/b.csv", Path("/a/b.csv")),
        ("  /a/b c.csv ", Path("/a/b c.csv")),
        ("'/a/b.csv'", Path("/a/b.csv")),
        ('"/a/b.csv"', Path("/a/b.csv")),
        ("'/a/b.csv", Path("'/a/b.csv")),
        ("listed.csv", Path("/inbox/listed.csv")),
        ("other.csv", Path("other.csv")),
        ("", None),
        ("''", None),
        ("'", Path("'")),
    ],
)
def test_what_a_typed_path_means(typed: str, meant: Path | None) -> None:
    assert typed_path(typed, [Path("/inbox/listed.csv")]) == meant


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    assert typed_path("'~/b.csv'") == tmp_path / "b.csv"


async def test_a_hostile_path_is_a_sentence(station: StationUnderTest) -> None:
    app = sheet_at(station)
    async with app.shown() as pilot:
        for text in HOSTILE:
            await app.show(sheet_at(station, text).sheet)
            await until(pilot, says(app, "“"))

            assert foreign(drawn(app.screen).replace("\n", "")) == [], text


async def test_a_hostile_file_name_is_only_a_name(station: StationUnderTest) -> None:
    app = sheet_at(station)
    async with app.shown() as pilot:
        for text in HOSTILE:
            name = "".join(each for each in text if each not in "\0/\ud800")[:60]
            file = put(station, f"{name}.csv")
            shown = cut(clean(f"{name}.csv"), 20)
            await app.show(sheet_at(station).sheet)
            await until(pilot, says(app, f"1  {shown}"))
            assert foreign(drawn(app.screen).replace("\n", "")) == [], text

            await pilot.press("1")
            await until(pilot, in_front(app, PreviewSheet))
            assert f"Import {shown}" in drawn(app.screen)
            assert foreign(drawn(app.screen).replace("\n", "")) == [], text
            assert "2 new 1" in drawn(app.screen)
            file.unlink()
