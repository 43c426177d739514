"""An import that an officer has a say in: read otherwise, mapped, merged, its rejects saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from desk.intake.maps import load_maps
from desk.tui.screens.mapping_sheet import MappingSheet
from desk.tui.screens.preview_sheet import PreviewSheet
from tests.builders import StationUnderTest
from tests.hostile import HOSTILE, foreign
from tests.tui.importing import Shown, in_front, put, says, sheet_at
from tests.tui.running import running
from tests.tui.sheet_app import drawn, until

MONDAY = date(2026, 11, 23)
SAMPLES = Path(__file__).parents[2] / "data" / "samples"


async def in_turn(pilot: Pilot[None], app: Shown, *keys: str) -> None:
    """Presses keys, each in the sheet that the one before has opened."""
    for key in keys:
        await _into_another(pilot, app, key)


async def _into_another(pilot: Pilot[None], app: Shown, key: str) -> None:
    before = app.screen
    await pilot.press(key)
    await until(pilot, lambda: app.screen is not before)


def says_unbroken(app: Shown, words: str) -> Callable[[], bool]:
    """Whether words are shown, wherever their lines are broken."""
    return lambda: words in drawn(app.screen).replace("\n", "")


# Two bookings of one meeting

CROSSWISE = (
    "2026-11-23,09:00,Ann One,Bob Two,Lamp,1",
    "2026-11-23,09:10,Bob Two,Ann One,,2",
    "2026-11-23,10:00,Cy Three,Di Four,Bike,",
    "2026-11-23,10:00,Di Four,Cy Three,,",
)


async def test_a_ticked_pair_becomes_one_exchange_and_is_undone_with_the_import(
    station: StationUnderTest,
) -> None:
    path = put(station, "bookings.csv", *CROSSWISE)
    async with running(station) as front:
        await front.say(f"/import {path}")
        await front.until(lambda: front.sheets[-1:] == ["PreviewSheet"])
        await front.press("8", "space")
        assert "pair" not in front.part(".answer")
        await front.press("down", "down", "up", "space")
        assert "1 pair will become one exchange." in front.part(".answer")
        await front.press("enter")
        await front.until(lambda: not front.sheets)
        givers = [one.giver.name for one in station.board(MONDAY).exchanges]
        assert sorted(filter(None, givers)) == ["Ann One", "Cy Three", "Di Four"]

        await front.press("f8")
        assert "4 exchanges" in front.part("#undone")
        await front.press("f8")
        await front.until(lambda: not front.sheets)
        assert station.board(MONDAY).exchanges == ()


# How it is read


async def test_each_part_of_the_reading_is_overruled(station: StationUnderTest) -> None:
    path = put(station, "bookings.csv", "03/04/2026,09:00,Ann One,Bob Two,Lamp,1")
    app = sheet_at(station, str(path), {"imports": {"day_order": "day_first"}})
    async with app.shown() as pilot:
        await until(pilot, says(app, "Fri 3 Apr 2026"))
        for keys, shown in (
            (("f2", "4", "3"), "Wed 4 Mar 2026"),
            (("f2", "2", "6"), "Windows-1252"),
            (("f2", "3", "2"), "comma"),
            (("alt+2", "1", "3"), "does not have the columns of “Calendly”"),
            (("f2", "1", "1"), "Date,Time,Seller"),
            (("f2", "5"), "In which zone"),
        ):
            await in_turn(pilot, app, *keys)
            await until(pilot, says(app, shown))
        zone = app.screen.query_one(Input)
        zone.value = "nowhere"
        await pilot.press("enter")
        await until(pilot, says(app, "There is no zone “nowhere”."))
        zone.value = "paris"
        await until(pilot, says(app, "Europe/Paris"))
        await pilot.press("enter")
        await until(pilot, says(app, "times in Europe/Paris"))
        await until(pilot, says(app, "Wed 4 Mar 2026"))


# What was rejected


async def test_rejected_rows_are_saved_for_a_spreadsheet(station: StationUnderTest) -> None:
    path = put(station, "=bad.csv", "2026-11-31,09:00,=Ann,Bob,Lamp,1")
    exports = station.path.parent / "exports"
    app = sheet_at(station, str(path))
    async with app.shown((120, 36)) as pilot:
        await until(pilot, in_front(app, PreviewSheet))
        for name in ("rejected-bad.csv", "rejected-bad-2.csv"):
            await pilot.press("f4")
            await until(pilot, says_unbroken(app, name))
        lines = (exports / "rejected-bad.csv").read_text(encoding="utf-8-sig").splitlines()
        assert lines[0] == "Date,Time,Seller,Buyer,Item,Bay,Reason"
        assert lines[1].startswith("2026-11-31,09:00,'=Ann,Bob,Lamp,1,\"“2026-11-31” is not a day.")


# Which column is what


async def test_unknown_columns_are_mapped_once_and_recognised_then(
    station: StationUnderTest,
) -> None:
    path = SAMPLES / "columns-of-their-own-fr.csv"
    maps = station.path.parent / "maps"
    app = sheet_at(station, str(path))
    async with app.shown() as pilot:
        await until(pilot, says(app, "Say which column is what"))
        await in_turn(pilot, app, "1")
        await until(pilot, says(app, "Mon 23 Nov 2026 14:00  1  Ndiaye Siobhán · Petrov Jonas"))
        assert "Date                  23/11/2026" in drawn(app.screen)

        await pilot.press("right")
        await until(pilot, says(app, "Row 2: “14h00” is not a day."))
        await pilot.press("f10")
        await until(pilot, says(app, "None of the first rows can be taken in so."))
        await pilot.press("enter", "1", "down", "enter", "1", "f10")
        await until(pilot, says(app, "Still needed: the column of the start, with its day."))
        assert not maps.exists()
        await pilot.press("up", "enter")
        await until(pilot, says(app, "Which column is it? Start: day (and time)"))
        await in_turn(pilot, app, "3")
        await pilot.press("down", "right", "right", "right", "up")
        await until(pilot, says(app, "Mon 23 Nov 2026 14:00"))
        await pilot.press("left", "right")
        await pilot.press(*"Mairie", "enter")
        await until(pilot, in_front(app, PreviewSheet))
        await until(pilot, says(app, "2 new 9"))
        assert "Mairie · Windows-1252 · semicolon" in drawn(app.screen)
        assert [one.name for one in load_maps(maps).maps] == ["Mairie"]

        await app.show(sheet_at(station, str(path)).sheet)
        await until(pilot, in_front(app, PreviewSheet))
        assert "Mairie · Windows-1252" in drawn(app.screen)
        await in_turn(pilot, app, "f3")
        assert isinstance(app.screen, MappingSheet)
        await until(pilot, says(app, "So the first rows are read:"))
        await pilot.press("escape")
        await until(pilot, in_front(app, PreviewSheet))


async def test_hostile_columns_are_only_words(station: StationUnderTest) -> None:
    path = put(station, "bookings.csv")
    words = [text.replace("\ud800", "").replace('"', "'") for text in HOSTILE]
    row = ",".join(f'"{each}"' for each in words)
    plain = "2026-11-23 09:00,Ann\n" * 400
    path.write_text(f"{row}\n{row}\n{plain}", encoding="utf-8")
    app = sheet_at(station, str(path))
    async with app.shown() as pilot:
        await until(pilot, says(app, "Say which column is what"))
        assert foreign(drawn(app.screen).replace("\n", "")) == []
        await in_turn(pilot, app, "1")
        await until(pilot, says(app, "Giver: name"))
        for _column in words:
            await pilot.press("right")
            assert foreign(drawn(app.screen).replace("\n", "")) == []
        await in_turn(pilot, app, "enter")
        await pilot.press("up")
        assert foreign(drawn(app.screen).replace("\n", "")) == []
