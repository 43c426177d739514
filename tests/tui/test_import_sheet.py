"""Choosing a booking file: from the inbox or by its path, read in the background."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from desk.domain.drafts import ImportPlan
from desk.domain.exchange import Exchange
from desk.domain.verdict import Verdict
from desk.errors import StoreError
from desk.text import clean, cut
from desk.tui.booking_files import typed_path
from desk.tui.screens.choice_sheet import ChoiceSheet
from desk.tui.screens.import_sheet import ImportSheet
from desk.tui.screens.preview_sheet import PreviewSheet
from desk.tui.widgets.numbered_list import NumberedList
from tests.builders import StationUnderTest, a_draft, a_plan, an_exchange
from tests.hostile import HOSTILE, HOSTILE_NAMES, foreign
from tests.tui.sheet_app import SheetApp, drawn, until

Shown = SheetApp[Verdict]

HEADER = "Date,Time,Seller,Buyer,Item,Bay"
ONE_BOOKING = "2026-11-23,09:00,Ann One,Bob Two,Lamp,1"
A_WHILE_AGO = 1_795_000_000
CLOCKS_GO_BACK = date(2026, 11, 1)


def put(station: StationUnderTest, name: str, *rows: str, minutes_ago: int = 0) -> Path:
    """Puts a plain file with those rows into the inbox."""
    inbox = station.path.parent / "inbox"
    inbox.mkdir(exist_ok=True)
    path = inbox / name
    path.write_text("".join(f"{row}\n" for row in (HEADER, *(rows or (ONE_BOOKING,)))))
    written = A_WHILE_AGO - 60 * minutes_ago
    os.utime(path, (written, written))
    return path


def sheet_at(station: StationUnderTest, typed: str = "") -> Shown:
    return Shown(ImportSheet(station.path.parent, station.service, station.by, typed))


def box(app: Shown) -> Input:
    return app.sheet.query_one("#path", Input)


def says(app: Shown, words: str) -> Callable[[], bool]:
    return lambda: words in drawn(app.screen)


def in_front(app: Shown, kind: type[Any]) -> Callable[[], bool]:
    return lambda: isinstance(app.screen, kind)


# The inbox


async def test_the_inbox_is_listed_newest_first_with_nothing_marked(
    station: StationUnderTest,
) -> None:
    put(station, "old.csv", minutes_ago=60)
    put(station, "new.csv")
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = drawn(app.screen).splitlines()

        newest = next(n for n, line in enumerate(lines) if "1  new.csv" in line)
        assert "Wed 18 Nov 03:06" in lines[newest]
        assert "2  old.csv" in lines[newest + 1]
        assert app.sheet.query_one(NumberedList).marked is None


async def test_a_bare_enter_does_nothing(station: StationUnderTest) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
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
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await until(pilot, in_front(app, PreviewSheet))

        assert "Import old.csv" in drawn(app.screen)


async def test_a_digit_that_is_no_file_does_nothing(station: StationUnderTest) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()

        assert app.screen is app.sheet
        assert box(app).value == ""


async def test_arrows_reach_beyond_nine(station: StationUnderTest) -> None:
    for n in range(12):
        put(station, f"file {n:02}.csv", minutes_ago=n)
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "… 3 more below" in drawn(app.screen)
        assert "file 11.csv" not in drawn(app.screen)

        await pilot.press("up", "enter")
        await until(pilot, in_front(app, PreviewSheet))
        assert "Import file 11.csv" in drawn(app.screen)


async def test_an_empty_inbox_says_where_to_put_files(station: StationUnderTest) -> None:
    app = sheet_at(station)
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.pause()

        assert "The inbox is empty. Put booking files into" in drawn(app.screen)
        assert app.sheet.focused is box(app)


async def test_an_inbox_that_cannot_be_read_says_so(station: StationUnderTest) -> None:
    (station.path.parent / "inbox").write_text("a file where a folder should be")
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

        assert "The folder for booking files cannot be read." in drawn(app.screen)
        assert app.sheet.focused is box(app)


async def test_escape_goes_back_with_nothing(station: StationUnderTest) -> None:
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")

    assert app.ended == [None]


# Any other file


async def test_typing_begins_a_path(station: StationUnderTest, tmp_path: Path) -> None:
    put(station, "bookings.csv")
    other = tmp_path / "stick.csv"
    other.write_text(f"{HEADER}\n{ONE_BOOKING}\n")
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*str(other), "enter")
        await until(pilot, in_front(app, PreviewSheet))

        assert "Import stick.csv" in drawn(app.screen)


async def test_a_digit_in_a_path_is_no_pick(station: StationUnderTest) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
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
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, in_front(app, PreviewSheet))

        assert "Import on a stick.csv" in drawn(app.screen)


async def test_a_failure_is_a_sentence_and_keeps_what_was_typed(
    station: StationUnderTest,
) -> None:
    app = sheet_at(station, "/nowhere/bookings.csv")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, says(app, "There is no file “bookings.csv”. Check its name"))

        assert box(app).value == "/nowhere/bookings.csv"
        assert app.sheet.focused is box(app)


async def test_a_home_folder_that_nobody_has_is_told(station: StationUnderTest) -> None:
    app = sheet_at(station, "~nobody-of-that-name/bookings.csv")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, says(app, "There is no home folder"))


async def test_a_dropped_file_goes_into_the_box(station: StationUnderTest) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(events.Paste("'/media/a b.csv'\x1b[2J\nmore"))
        await until(pilot, lambda: box(app).value)

        assert box(app).value == "'/media/a b.csv'[2J"


async def test_a_burst_is_typed_into_the_box_and_a_slip_is_not(station: StationUnderTest) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

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


@pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_NAMES)
async def test_a_hostile_path_is_a_sentence(station: StationUnderTest, text: str) -> None:
    app = sheet_at(station, text)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, says(app, "“"))

        assert foreign(drawn(app.screen).replace("\n", "")) == []


@pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_NAMES)
async def test_a_hostile_file_name_is_only_a_name(station: StationUnderTest, text: str) -> None:
    name = "".join(each for each in text if each not in "\0/\ud800")[:60]
    put(station, f"{name}.csv")
    shown = cut(clean(f"{name}.csv"), 20)
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert f"1  {shown}" in drawn(app.screen)
        assert foreign(drawn(app.screen).replace("\n", "")) == []

        await pilot.press("1")
        await until(pilot, in_front(app, PreviewSheet))
        assert f"Import {shown}" in drawn(app.screen)
        assert foreign(drawn(app.screen).replace("\n", "")) == []
        assert "1 new" in drawn(app.screen)


# Reading


class SlowPlan:
    """Stands for ``plan``: says how far it is, and waits to be told to go on."""

    def __init__(self) -> None:
        self.goes_on = threading.Event()
        self.was_cancelled: list[bool] = []
        self.calls = 0

    def __call__(
        self,
        _files: Sequence[Path],
        _service: object,
        *,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
        **_more: object,
    ) -> ImportPlan:
        self.calls += 1
        progress(100, 400)
        self.goes_on.wait(timeout=10)
        self.was_cancelled.append(cancelled())
        return a_plan(a_draft())


@pytest.fixture
def slow_plan(monkeypatch: pytest.MonkeyPatch) -> SlowPlan:
    plan = SlowPlan()
    monkeypatch.setattr("desk.tui.screens.import_sheet.plan", plan)
    return plan


async def test_reading_shows_how_far_it_is_and_takes_no_second_pick(
    station: StationUnderTest, slow_plan: SlowPlan
) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await until(pilot, says(app, "Reading bookings.csv … 100 of 400 rows. Esc stops it."))
        await pilot.press("1", "enter", "down")
        slow_plan.goes_on.set()
        await until(pilot, in_front(app, PreviewSheet))

    assert slow_plan.calls == 1


async def test_escape_stops_the_reading_and_not_the_sheet(
    station: StationUnderTest, slow_plan: SlowPlan
) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await until(pilot, says(app, "100 of 400"))
        await pilot.press("escape")
        await until(pilot, says(app, "Stopped. Nothing was changed."))
        slow_plan.goes_on.set()
        await until(pilot, lambda: slow_plan.was_cancelled)
        await pilot.pause()

        assert slow_plan.was_cancelled == [True]
        assert app.screen is app.sheet
        await pilot.press("escape")
    assert app.ended == [None]


async def test_the_database_failing_is_a_sentence(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_drafts: object) -> tuple[Exchange, ...]:
        raise StoreError("gone", "The database is gone.", "Plug it in again.")

    put(station, "bookings.csv")
    monkeypatch.setattr(station.service, "known_bookings", fails)
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await until(pilot, says(app, "The database is gone. Plug it in again."))


async def test_a_fault_of_the_program_leaves_the_sheet_usable(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_any: object, **_more: object) -> ImportPlan:
        raise ZeroDivisionError

    put(station, "bookings.csv")
    monkeypatch.setattr("desk.tui.screens.import_sheet.plan", fails)
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await until(pilot, says(app, "desk failed while it read the file."))
        await pilot.press("escape")

    assert app.ended == [None]


# Taking in


async def test_the_accepted_import_ends_the_sheet(station: StationUnderTest) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await until(pilot, in_front(app, PreviewSheet))
        await pilot.press("enter")
        await until(pilot, lambda: app.ended)

    verdict = app.ended[0]
    assert verdict is not None
    assert verdict.accepted
    (exchange,) = station.board(date(2026, 11, 23)).exchanges
    assert (exchange.giver.name, exchange.receiver.name) == ("Ann One", "Bob Two")


async def test_going_back_from_the_preview_returns_to_the_list(station: StationUnderTest) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await until(pilot, in_front(app, PreviewSheet))
        await pilot.press("escape")
        await until(pilot, in_front(app, ImportSheet))
        await pilot.press("enter")
        await until(pilot, in_front(app, PreviewSheet))

    assert app.ended == []


async def test_what_another_desk_did_meanwhile_is_told_and_read_again(
    station: StationUnderTest,
) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await until(pilot, in_front(app, PreviewSheet))
        booked = an_exchange().at("09:00", date(2026, 11, 23)).between("Ann One", "Bob Two")
        station.book_one(booked.about("Lamp"))
        await pilot.press("enter")
        await until(pilot, says(app, "was changed while you looked at it"))
        assert app.screen is app.sheet

        await pilot.press("enter")
        await until(pilot, in_front(app, PreviewSheet))
        assert "0 new · 1 unchanged" in drawn(app.screen)
    assert app.ended == []


# Times that the clock shows twice

TWICE = ("2026-11-01,01:30,Ann One,Bob Two,Lamp,1", "2026-11-01,01:40,Cy Three,Di Four,Bike,2")


async def _take_in_after(station: StationUnderTest, answers: Sequence[str]) -> list[str]:
    """Returns the UTC times of what is taken in once the questions are answered with these keys."""
    put(station, "bookings.csv", *TWICE)
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        for answer in answers:
            await _answer(pilot, app, answer)
        await until(pilot, in_front(app, PreviewSheet))
        await pilot.press("f10")
        await until(pilot, lambda: app.ended)
    exchanges = station.board(CLOCKS_GO_BACK).exchanges
    return [exchange.starts_at.format("HH:mm") for exchange in exchanges]


async def _answer(pilot: Pilot[None], app: Shown, key: str) -> None:
    await until(pilot, in_front(app, ChoiceSheet))
    question = app.screen
    await pilot.press(key)
    await until(pilot, lambda: app.screen is not question)


@pytest.mark.parametrize(
    ("answers", "taken_in"),
    [
        (["1", "1"], ["08:30", "08:40"]),
        (["1", "2"], ["08:30", "09:40"]),
        (["2", "1"], ["08:40", "09:30"]),
        (["3"], ["08:30", "08:40"]),
        (["4"], ["09:30", "09:40"]),
        (["2", "escape"], ["09:30"]),
    ],
)
async def test_it_is_asked_which_time_is_meant(
    station: StationUnderTest, answers: list[str], taken_in: list[str]
) -> None:
    assert await _take_in_after(station, answers) == taken_in


async def test_a_question_without_an_answer_leaves_the_rows_rejected(
    station: StationUnderTest,
) -> None:
    put(station, "bookings.csv", *TWICE, ONE_BOOKING)
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        await until(pilot, in_front(app, ChoiceSheet))
        assert "Row 2 of bookings.csv: “01:30” comes twice on that day" in drawn(app.screen)

        await pilot.press("escape")
        await until(pilot, in_front(app, PreviewSheet))
        assert "1 new · 0 unchanged · 0 changed · 0 cancelled · 2 rejected" in drawn(app.screen)


async def test_another_file_is_asked_about_anew(station: StationUnderTest) -> None:
    put(station, "bookings.csv", TWICE[0])
    app = sheet_at(station)
    async with app.run_test(size=(80, 24)) as pilot:
        for _time in range(2):
            await pilot.press("1")
            await _answer(pilot, app, "1")
            await until(pilot, in_front(app, PreviewSheet))
            assert "1 new" in drawn(app.screen)
            await pilot.press("escape")
            await until(pilot, in_front(app, ImportSheet))
