"""The options of the program itself: before the command, after it, and in the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

import desk
from desk.cli.given import Given
from desk.clock import SystemClock
from desk.errors import UsageError
from tests.builders import StationUnderTest
from tests.cli.running import CommandLine

COMMANDS = ("practice", "init", "list", "do", "import", "export", "journal", "verify", "doctor")


@pytest.fixture
def bare(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """`desk` with nothing in its environment."""
    return CommandLine(capsys, {}, SystemClock())


def test_options_stand_before_the_command_or_after_it(
    bare: CommandLine, station: StationUnderTest, chief: tuple[str, ...]
) -> None:
    folder = str(station.path.parent)
    ref = station.book_one()

    options = ("--data", folder, *chief, "--desk", "x", "--json")
    before = bare(*options, "do", "note", ref, "one")
    after = bare("do", "note", ref, "two", *options)

    assert (before.code, after.code) == (0, 0)
    assert before.document["accepted"]
    assert after.document["accepted"]
    acts = station.service.journal(ref)[-2:]
    assert [(act.officer, act.desk) for act in acts] == [("1000", "x")] * 2
    texts = [entry.text for entry in station.service.timeline(ref)]
    assert texts[:2] == ["two", "one"]


def test_an_option_after_the_command_counts_more(
    bare: CommandLine, station: StationUnderTest, tmp_path: Path, chief: tuple[str, ...]
) -> None:
    folder = str(station.path.parent)

    ended = bare("--data", str(tmp_path / "nowhere"), "list", "--data", folder, *chief, "--json")

    assert ended.document["station"] == "Kennewick PD"


def test_options_count_more_than_the_environment() -> None:
    environment = {"DESK_DATA": "theirs", "DESK_OFFICER": "1 Theirs", "DESK_NAME": "desk 9"}
    given = Given(data="mine", officer="2 Mine", desk="desk 2", environment=environment)

    assert given.folder.path.name == "mine"
    assert given.officer_needed().badge == "2"
    assert given.desk_name == "desk 2"


def test_the_environment_fills_in() -> None:
    environment = {"DESK_DATA": "theirs", "DESK_OFFICER": "1 Their Name", "DESK_NAME": "gate"}
    given = Given(environment=environment)

    assert given.folder.path.name == "theirs"
    assert (given.officer_needed().badge, given.officer_needed().name) == ("1", "Their Name")
    assert given.desk_name == "gate"


def test_a_desk_without_a_name_is_desk_1() -> None:
    assert Given(environment={}).desk_name == "desk 1"


@pytest.mark.parametrize(
    ("said", "badge", "name"),
    [
        ("4412", "4412", ""),
        ("4412 Marie Curie", "4412", "Marie Curie"),
        ("  4412   Marie\tCurie ", "4412", "Marie Curie"),
        ("4412 \x1b]0;pwn\x1b\\Al", "4412", "]0;pwn\\Al"),
    ],
)
def test_an_officer_is_a_badge_and_perhaps_a_name(said: str, badge: str, name: str) -> None:
    officer = Given(officer=said, environment={}).officer_needed()

    assert (officer.badge, officer.name) == (badge, name)


@pytest.mark.parametrize("said", [" ", "\x00", "B" * 21])
def test_an_officer_without_a_badge_is_wrong_usage(said: str) -> None:
    with pytest.raises(UsageError) as caught:
        Given(officer=said, environment={}).officer_named()

    assert caught.value.code == "bad_officer"


def test_a_badge_that_is_too_long_is_told_so() -> None:
    with pytest.raises(UsageError) as caught:
        Given(officer=f"{'4' * 21} Marie Curie", environment={}).officer_named()

    assert (
        caught.value.explanation == f"“{'4' * 21}” is no badge: a badge has at most 20 characters."
    )
    assert Given(officer=f"{'4' * 20} Marie Curie", environment={}).officer_needed().name


@pytest.mark.parametrize(
    ("option", "said", "most"),
    [("--officer", f"4412 {'x' * 81}", "80"), ("--desk", "x" * 41, "40")],
)
def test_a_name_that_is_too_long_is_not_kept_in_part(
    cli: CommandLine, option: str, said: str, most: str
) -> None:
    ended = cli("do", "note", "K7QDM7", "x", option, said, "--json")

    assert (ended.code, ended.error["code"]) == (2, "too_long")
    assert f"{most} at most" in ended.error["explanation"]
    assert option in ended.error["next"]


def test_help_names_every_command_option_and_exit_code(bare: CommandLine) -> None:
    ended = bare("--help")

    assert ended.code == 0
    for words in (*COMMANDS, "--data", "--officer", "--desk", "--json", "--version"):
        assert words in ended.out
    for words in ("DESK_DATA", "DESK_OFFICER", "DESK_NAME", "Exit codes"):
        assert words in ended.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_that_names_the_shared_options(
    bare: CommandLine, command: str
) -> None:
    ended = bare(command, "--help")

    assert ended.code == 0
    for words in (command, "--data", "--officer", "--desk", "--json"):
        assert words in ended.out


@pytest.mark.parametrize("command", [[], *([each] for each in COMMANDS)])
def test_help_in_json_is_one_document(bare: CommandLine, command: list[str]) -> None:
    plain, ended = bare(*command, "--help"), bare(*command, "--help", "--json")

    assert (ended.code, ended.err) == (0, "")
    assert ended.document == {"help": plain.out}


def test_what_stands_behind_two_dashes_asks_for_nothing(cli: CommandLine) -> None:
    ended = cli("do", "frob", "K7QDM7", "--", "--json", "--help")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "“frob” is not a command.\nSee desk do --help.\n"


def test_the_version_is_told(bare: CommandLine) -> None:
    assert bare("--version").out == f"desk {desk.version()}\n"
    assert bare("--version", "--json").document == {"version": desk.version()}


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["lst"],
        ["verify", "--loud"],
        ["import"],
        ["export", "--format"],
        ["init", "--bays", "many"],
    ],
)
def test_wrong_words_are_told_in_a_sentence(bare: CommandLine, arguments: list[str]) -> None:
    people = bare(*arguments)
    programs = bare(*arguments, "--json")

    assert (people.code, programs.code) == (2, 2)
    assert people.out == ""
    assert "Traceback" not in people.err
    assert people.err.endswith("See desk --help.\n")
    assert programs.error["code"] == "usage"


def test_a_near_miss_is_guessed(bare: CommandLine) -> None:
    assert "list" in bare("lst").err


@pytest.mark.parametrize("command", [[], ["practice"], ["doctor", "--keys"]])
def test_without_a_terminal_the_board_does_not_open(cli: CommandLine, command: list[str]) -> None:
    ended = cli(*command, "--json")

    assert ended.code == 2
    assert ended.error["code"] == "no_terminal"


def test_wrong_words_are_told_before_the_terminal_is_missed(
    cli: CommandLine, tmp_path: Path
) -> None:
    missing = str(tmp_path / "monday.csv")

    codes = [
        cli(*command, "--json").error["code"]
        for command in (
            ["--officer", " "],
            ["practice", "--at", "noon"],
            ["practice", "--bookings", missing],
        )
    ]

    assert codes == ["bad_officer", "no_such_time", "no_such_file"]
