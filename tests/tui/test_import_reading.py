"""Reading a chosen booking file in the background, asking what it leaves open, taking it in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from desk.domain.drafts import ImportPlan
from desk.domain.exchange import Exchange
from desk.errors import StoreError
from desk.tui.screens.choice_sheet import ChoiceSheet
from desk.tui.screens.import_sheet import ImportSheet
from desk.tui.screens.preview_sheet import PreviewSheet
from tests.builders import StationUnderTest, a_draft, a_plan, an_exchange
from tests.tui.importing import HEADER, ONE_BOOKING, Shown, in_front, listed, put, says, sheet_at
from tests.tui.sheet_app import drawn, until

CLOCKS_GO_BACK = date(2026, 11, 1)

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
        *_terms_and_answers: object,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> ImportPlan:
        self.calls += 1
        progress(100, 400)
        self.goes_on.wait(timeout=10)
        self.was_cancelled.append(cancelled())
        return a_plan(a_draft())


@pytest.fixture
def slow_plan(monkeypatch: pytest.MonkeyPatch) -> SlowPlan:
    plan = SlowPlan()
    monkeypatch.setattr("desk.tui.screens.reading_sheet.plan", plan)
    return plan


async def test_reading_shows_how_far_it_is_and_takes_no_second_pick(
    station: StationUnderTest, slow_plan: SlowPlan
) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, listed(app))
        await pilot.press("1")
        await until(pilot, says(app, "Reading bookings.csv … 25 %"))
        await pilot.press("1", "enter", "down")
        slow_plan.goes_on.set()
        await until(pilot, in_front(app, PreviewSheet))

    assert slow_plan.calls == 1


async def test_escape_stops_the_reading_and_not_the_sheet(
    station: StationUnderTest, slow_plan: SlowPlan
) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, listed(app))
        await pilot.press("1")
        await until(pilot, says(app, "25 %"))
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
    async with app.shown() as pilot:
        await until(pilot, listed(app))
        await pilot.press("1")
        await until(pilot, says(app, "The database is gone. Plug it in again."))


async def test_a_fault_of_the_program_leaves_the_sheet_usable(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_any: object, **_more: object) -> ImportPlan:
        raise ZeroDivisionError

    put(station, "bookings.csv")
    monkeypatch.setattr("desk.tui.screens.reading_sheet.plan", fails)
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, listed(app))
        await pilot.press("1")
        await until(pilot, says(app, "desk failed while it read the file."))
        await pilot.press("escape")

    assert app.ended == [None]


# Taking in


async def test_the_accepted_import_ends_the_sheet(station: StationUnderTest) -> None:
    put(station, "bookings.csv")
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, listed(app))
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
    async with app.shown() as pilot:
        await until(pilot, listed(app))
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
    async with app.shown() as pilot:
        await until(pilot, listed(app))
        await pilot.press("1")
        await until(pilot, in_front(app, PreviewSheet))
        booked = an_exchange().at("09:00", date(2026, 11, 23)).between("Ann One", "Bob Two")
        station.book_one(booked.about("Lamp"))
        await pilot.press("enter")
        await until(pilot, says(app, "was changed while you looked at it"))
        assert app.screen is app.sheet

        await pilot.press("enter")
        await until(pilot, in_front(app, PreviewSheet))
        assert "2 new 0" in drawn(app.screen)
        assert "9 unchanged 1" in drawn(app.screen)
    assert app.ended == []


# Times that the clock shows twice

TWICE = ("2026-11-01,01:30,Ann One,Bob Two,Lamp,1", "2026-11-01,01:40,Cy Three,Di Four,Bike,2")


async def _take_in_after(station: StationUnderTest, answers: Sequence[str]) -> list[str]:
    """Returns the UTC times of what is taken in once the questions are answered with these keys."""
    put(station, "bookings.csv", *TWICE)
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, listed(app))
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
    async with app.shown() as pilot:
        await until(pilot, listed(app))
        await pilot.press("1")
        await until(pilot, in_front(app, ChoiceSheet))
        assert "Row 2 of bookings.csv: “01:30” comes twice on that day" in drawn(app.screen)

        await pilot.press("escape")
        await until(pilot, in_front(app, PreviewSheet))
        assert "2 new 1" in drawn(app.screen)
        assert "6 rejected 2" in drawn(app.screen)


async def test_another_file_is_asked_about_anew(station: StationUnderTest) -> None:
    put(station, "bookings.csv", TWICE[0])
    app = sheet_at(station)
    async with app.shown() as pilot:
        await until(pilot, listed(app))
        for _time in range(2):
            await pilot.press("1")
            await _answer(pilot, app, "1")
            await until(pilot, in_front(app, PreviewSheet))
            assert "2 new 1" in drawn(app.screen)
            await pilot.press("escape")
            await until(pilot, in_front(app, ImportSheet))


# What else a file leaves open

MONTH_OR_DAY = "03/04/2026,09:00,Ann One,Bob Two,Lamp,1"
UNSURE = "2026-11-24,09:00,Владимир,Bob Two,Lamp,1\n".encode("cp1251")
ZONED = (
    "Start Time,End Time,Timezone,First Name,Last Name,Phone,Email,Type,Calendar\n"
    '"November 23, 2026 9:00 am","November 23, 2026 9:30 am",America/New_York,Ann,One,,,Sale,\n'
)


async def test_what_a_file_leaves_open_is_asked_with_its_own_words(
    station: StationUnderTest,
) -> None:
    inbox = put(station, "days.csv", MONTH_OR_DAY).parent
    (inbox / "zone.csv").write_text(ZONED)
    (inbox / "text.csv").write_bytes(f"{HEADER}\n{ONE_BOOKING}\n".encode() + UNSURE)
    (inbox / "columns.csv").write_text("Qui,Quand\nAnn,2026-11-23\n")
    asked = {
        "days.csv": ("“03/04/2026”", "1  the day first  03/04/2026 = Fri 3 Apr 2026"),
        "zone.csv": ("names “America/New_York”", "1  America/Los_Angeles  the station's own"),
        "columns.csv": ("begins with “Qui,Quand”", "1  Say which column is what"),
        "text.csv": ("can be read in several ways", "Windows-1251  2026-11-24,09:00,Владимир"),
    }
    app = sheet_at(station)
    async with app.shown() as pilot:
        for name, words in asked.items():
            await app.show(sheet_at(station, str(inbox / name)).sheet)
            await until(pilot, in_front(app, ChoiceSheet))
            for each in words:
                assert each in drawn(app.screen), name
            await pilot.press("escape")
            await until(pilot, says(app, f"{name} was left unread, and nothing was changed."))
        assert app.screen is app.sheet

        for key, day in (("1", "Fri 3 Apr 2026"), ("2", "Wed 4 Mar 2026")):
            await app.show(sheet_at(station, str(inbox / "days.csv")).sheet)
            await _answer(pilot, app, key)
            await until(pilot, in_front(app, PreviewSheet))
            await until(pilot, says(app, day))
        await app.show(sheet_at(station, str(inbox / "zone.csv")).sheet)
        await _answer(pilot, app, "2")
        await until(pilot, in_front(app, PreviewSheet))
        await until(pilot, says(app, "06:00"))


async def test_the_station_says_on_what_terms_files_are_read(station: StationUnderTest) -> None:
    path = put(station, "days.csv", MONTH_OR_DAY, MONTH_OR_DAY.replace("Ann", "Eve"))
    app = sheet_at(station, str(path), {"imports": {"day_order": "month_first"}})
    async with app.shown() as pilot:
        await until(pilot, says(app, "Wed 4 Mar 2026"))

        await app.show(sheet_at(station, str(path), {"imports": {"rows": 1}}).sheet)
        await until(pilot, says(app, "The file has more than 1 rows."))
