"""Founding a station: every answer is checked with a sentence before it is kept."""

from __future__ import annotations

import pendulum
import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from desk.tui.launch import StationDescription
from desk.tui.screens.set_up import SetUpSheet
from desk.tui.station_answers import (
    NoAnswerError,
    pc_timezone,
    read_bays,
    read_code,
    read_name,
    read_timezone,
    suggested_code,
)
from tests.hostile import HOSTILE, HOSTILE_NAMES, foreign
from tests.tui.sheet_app import SheetApp, drawn

Shown = SheetApp[StationDescription]


@pytest.fixture(autouse=True)
def a_pc_that_nobody_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.tui.screens.set_up.pc_timezone", lambda: "")


def box(app: Shown, name: str) -> Input:
    return app.sheet.query_one(f"#{name}", Input)


async def type_in(pilot: Pilot[None], *answers: str) -> None:
    """Answers one question after another, each with Enter."""
    for answer in answers:
        await pilot.press(*answer, "enter")
        await pilot.pause()


async def test_enter_goes_from_question_to_question_and_ends_with_the_answers() -> None:
    app = Shown(SetUpSheet())
    async with app.shown() as pilot:
        await type_in(pilot, "Kennewick PD", "", "America/Los_Angeles", "3", "")

    assert app.ended == [
        StationDescription("Kennewick PD", "KPD", "America/Los_Angeles", 3, lobby=False)
    ]


async def test_the_lobby_is_chosen_with_an_arrow() -> None:
    app = Shown(SetUpSheet())
    async with app.shown() as pilot:
        await type_in(pilot, "Kennewick PD", "", "America/Los_Angeles", "3")
        await pilot.press("right", "enter")

    assert app.ended == [
        StationDescription("Kennewick PD", "KPD", "America/Los_Angeles", 3, lobby=True)
    ]


async def test_the_code_follows_the_name_until_another_is_typed() -> None:
    app = Shown(SetUpSheet())
    async with app.shown() as pilot:
        await pilot.press(*"Kennewick PD")
        await pilot.pause()
        assert box(app, "code").value == "KPD"

        await pilot.press("tab", "end", "backspace", "backspace", "backspace", *"kn7")
        await pilot.press("up", "end", *" X")
        await pilot.pause()
        assert box(app, "name").value == "Kennewick PD X"
        assert box(app, "code").value == "kn7"

        await pilot.press("down", "enter")
        await pilot.pause()
        assert box(app, "code").value == "KN7"


async def test_the_zone_of_the_pc_stands_there_already(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.tui.screens.set_up.pc_timezone", lambda: "Europe/Paris")
    app = Shown(SetUpSheet())
    async with app.shown() as pilot:
        await type_in(pilot, "Paris", "", "", "2", "")

    assert app.ended == [StationDescription("Paris", "PAR", "Europe/Paris", 2, lobby=False)]


@pytest.mark.parametrize(
    ("answers", "sentence", "asked_again"),
    [
        ([""], "Type the station's name", "name"),
        (["田中", "K"], "two to eight letters and digits", "code"),
        (["Kennewick", "", "Los Angles"], "Did you mean America/Los_Angeles?", "timezone"),
        (["Kennewick", "", "Paris", "41"], "from 1 to 40", "bays"),
    ],
)
async def test_a_wrong_answer_is_told_and_kept(
    answers: list[str], sentence: str, asked_again: str
) -> None:
    app = Shown(SetUpSheet())
    async with app.shown() as pilot:
        await type_in(pilot, *answers)

        assert sentence in drawn(app.screen)
        assert app.sheet.focused is box(app, asked_again)
        assert box(app, asked_again).value == answers[-1]
        assert app.ended == []


async def test_a_right_answer_takes_the_sentence_away() -> None:
    app = Shown(SetUpSheet())
    async with app.shown() as pilot:
        await type_in(pilot, "", "Kennewick")

        assert "Type the station's name" not in drawn(app.screen)


async def test_what_was_skipped_is_asked_for_at_the_end() -> None:
    app = Shown(SetUpSheet())
    async with app.shown() as pilot:
        await pilot.press("down", "down", "down", "down", "enter")
        await pilot.pause()

        assert app.sheet.focused is box(app, "name")
        assert app.ended == []


async def test_escape_leaves_with_nothing() -> None:
    app = Shown(SetUpSheet())
    async with app.shown() as pilot:
        await type_in(pilot, "Kennewick")
        await pilot.press("escape")

    assert app.ended == [None]


async def test_typing_beside_the_boxes_leaves_nothing() -> None:
    app = Shown(SetUpSheet())
    async with app.shown() as pilot:
        await pilot.press("up", "k")
        await pilot.pause()

    assert app.ended == []


async def test_hostile_answers_are_told_safely() -> None:
    app = Shown(SetUpSheet())
    async with app.shown() as pilot:
        box(app, "name").value = "Kennewick"
        for text in HOSTILE:
            box(app, "timezone").value = text
            box(app, "name").focus()
            await pilot.press("up", "enter")
            await pilot.pause()

            assert "There is no time zone" in drawn(app.screen), text
            assert foreign(drawn(app.screen).replace("\n", "")) == [], text


# What is an answer


@pytest.mark.parametrize(
    ("typed", "code"), [("KPD", "KPD"), (" kpd ", "KPD"), ("k9", "K9"), ("ABCDEFGH", "ABCDEFGH")]
)
def test_a_code_is_kept_in_capitals(typed: str, code: str) -> None:
    assert read_code(typed) == code


@pytest.mark.parametrize("typed", ["", "K", "ABCDEFGHI", "K-D", "KÉ", "K D", "١٢"])
def test_what_is_no_code(typed: str) -> None:
    with pytest.raises(NoAnswerError) as refused:
        read_code(typed)

    assert refused.value.code == "bad_code"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kennewick PD", "KPD"),
        ("St. Mary's Police Department", "SMPD"),
        ("Zürich Oberstrass", "ZO"),
        ("NYPD", "NYPD"),
        ("Kennewick", "KEN"),
        ("A B C D E F G H I J", "ABCDEFGH"),
        ("田中", ""),
        ("K", ""),
        ("", ""),
    ],
)
def test_a_code_is_suggested_from_the_name(name: str, code: str) -> None:
    assert suggested_code(name) == code


@pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_NAMES)
def test_any_name_suggests_a_code_or_none(text: str) -> None:
    code = suggested_code(text)

    assert code == "" or read_code(code) == code


def test_a_name_is_cleaned() -> None:
    assert read_name("  Kenne\x1b[2Jwick  PD ") == "Kenne[2Jwick PD"


@pytest.mark.parametrize("typed", ["", "   ", "\x1b"])
def test_a_station_needs_a_name(typed: str) -> None:
    with pytest.raises(NoAnswerError):
        read_name(typed)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("America/Los_Angeles", "America/Los_Angeles"),
        ("america/los angeles", "America/Los_Angeles"),
        ("Los Angeles", "America/Los_Angeles"),
        (" paris ", "Europe/Paris"),
        ("US/Pacific", "US/Pacific"),
    ],
)
def test_a_zone_is_known_by_its_name_or_its_city(typed: str, zone: str) -> None:
    assert read_timezone(typed) == zone


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "America/Los_Angeles"),
        ("America/Los_Angles", "Did you mean America/Los_Angeles"),
        ("Louisville", "America/Kentucky/Louisville or America/Louisville"),
        ("Pacific Standard Time", "There is no time zone"),
        ("zzzz", "Type its continent and city"),
        ("localtime", "“localtime” is the zone of no place. Type its continent and city."),
        ("factory", "“factory” is the zone of no place"),
        ("UTC", "“UTC” is the zone of no place"),
        ("Etc/GMT+5", "“Etc/GMT+5” is the zone of no place"),
        ("EST", "“EST” is the zone of no place"),
        ("posix/Europe/Paris", "Europe/Paris"),
    ],
)
def test_what_is_no_zone_is_told_with_the_nearest(typed: str, said: str) -> None:
    with pytest.raises(NoAnswerError) as refused:
        read_timezone(typed)

    assert said in refused.value.explanation


@pytest.mark.parametrize(("typed", "bays"), [("1", "1"), (" 40 ", "40"), ("03", "3")])
def test_a_station_has_one_to_forty_bays(typed: str, bays: str) -> None:
    assert read_bays(typed) == bays


@pytest.mark.parametrize("typed", ["", "0", "41", "-1", "3.5", "three", "٣", "1_0", "100"])
def test_what_is_no_number_of_bays(typed: str) -> None:
    with pytest.raises(NoAnswerError):
        read_bays(typed)


# What the PC says


@pytest.mark.parametrize(
    ("set_to", "suggested"),
    [
        ("America/Chicago", "America/Chicago"),
        ("UTC", ""),
        ("Etc/UTC", ""),
        ("EST", ""),
    ],
)
def test_only_a_zone_with_a_place_is_suggested(set_to: str, suggested: str) -> None:
    pendulum.set_local_timezone(pendulum.timezone(set_to))
    try:
        assert pc_timezone() == suggested
    finally:
        pendulum.set_local_timezone()


@pytest.mark.parametrize("failure", [LookupError, OSError, ValueError, UserWarning])
def test_a_pc_that_cannot_say_suggests_nothing(
    failure: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise failure

    monkeypatch.setattr("desk.tui.station_answers.get_local_timezone", fails)

    assert pc_timezone() == ""
