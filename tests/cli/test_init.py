"""`desk init`: a station from what is said, and nothing from what cannot be."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from desk.clock import SystemClock
from desk.settings import read_settings
from tests.cli.running import CommandLine
from tests.e2e.terminal import Terminal
from tests.guarded import WORDS

ANSWERS = {
    "--name": "Kennewick PD",
    "--code": "KPD",
    "--timezone": "America/Los_Angeles",
    "--bays": "3",
    "--supervisor": "1000 Ito",
}


CHIEF = ("--supervisor", ANSWERS["--supervisor"])


@pytest.fixture
def new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """`desk` on a folder that is not there yet."""
    words = tmp_path / "words"
    words.write_text(WORDS, encoding="utf-8")
    environment = {
        "DESK_DATA": str(tmp_path / "new"),
        "DESK_OFFICER": "1000",
        "DESK_PASSPHRASE_FILE": str(words),
    }
    return CommandLine(capsys, environment, SystemClock())


def said(**changes: str | None) -> list[str]:
    answers: dict[str, str | None] = {**ANSWERS}
    answers.update({f"--{name}": value for name, value in changes.items()})
    return [word for name, value in answers.items() if value is not None for word in (name, value)]


def test_a_station_is_made_without_a_question(new: CommandLine, tmp_path: Path) -> None:
    ended = new("init", *said(code="kpd"), "--lobby", "--json")

    assert ended.code == 0
    assert ended.document == {
        "station": "Kennewick PD",
        "code": "KPD",
        "timezone": "America/Los_Angeles",
        "bays": ["1", "2", "3", "Lobby"],
        "folder": str(tmp_path / "new"),
        "recovery_code": ended.document["recovery_code"],
    }
    assert len(ended.document["recovery_code"]) > 20
    names = {entry.name for entry in (tmp_path / "new").iterdir()}
    assert {"desk.db", "keyslots.json", "station.toml", "inbox", "backups", "exports"} <= names
    station = read_settings(tmp_path / "new/station.toml").settings.station
    assert (station.name, station.code) == ("Kennewick PD", "KPD")
    assert station.timezone == "America/Los_Angeles"


def test_the_new_station_is_open_for_work(new: CommandLine) -> None:
    made = new("init", *said())
    assert "Enrol a second supervisor soon" in made.out

    document = new("list", "--json").document

    assert (document["station"], document["exchanges"]) == ("Kennewick PD", [])
    assert new("verify").code == 0


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"timezone": "Los Angelos"}, "no_such_timezone", "America/Los_Angeles"),
        ({"timezone": "localtime"}, "no_place", "“localtime” is the zone of no place"),
        ({"timezone": "Factory"}, "no_place", "“Factory” is the zone of no place"),
        ({"timezone": "UTC"}, "no_place", "“UTC” is the zone of no place"),
        ({"timezone": "../../etc/passwd"}, "no_such_timezone", "no time zone"),
        ({"code": "K-PD"}, "bad_code", "letters and digits"),
        ({"code": "KP\u017f"}, "bad_code", "letters and digits"),
        ({"code": "KENNEWICK"}, "bad_code", "letters and digits"),
        ({"name": "\x1b"}, "no_name", "name"),
        ({"name": "x" * 61}, "long_name", "60 characters"),
        ({"bays": "0"}, "bad_bays", "1 to 40"),
        ({"bays": "41"}, "bad_bays", "1 to 40"),
        ({"bays": "-1"}, "bad_bays", "1 to 40"),
    ],
)
def test_what_cannot_be_is_wrong_usage_and_leaves_nothing(
    new: CommandLine, tmp_path: Path, changes: dict[str, str], code: str, words: str
) -> None:
    ended = new("init", *said(**changes), "--json")

    assert ended.code == 2
    assert ended.error["code"] == code
    assert words in ended.error["explanation"]
    assert "desk init --help" in ended.error["next"]
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("missing", ["name", "code", "timezone", "bays", "supervisor"])
def test_without_a_terminal_nobody_is_asked(new: CommandLine, tmp_path: Path, missing: str) -> None:
    ended = new("init", *said(**{missing: None}), "--json")

    assert ended.code == 2
    assert ended.error["code"] == "missing_answer"
    assert f"--{missing}" in ended.error["explanation"]
    assert not (tmp_path / "new").exists()


def test_a_station_is_not_made_twice(new: CommandLine, tmp_path: Path) -> None:
    new("init", *said())
    before = (tmp_path / "new/desk.db").read_bytes()

    ended = new("init", *said(name="Another"), "--json")

    assert ended.code == 1
    assert ended.error["code"] == "already_there"
    assert (tmp_path / "new/desk.db").read_bytes() == before


MINE = """\
[station]
name = "Kennewick PD"
code = "KPD"
timezone = "America/Los_Angeles"
[rules.sale]
grace = 5
"""


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """The settings of a station whose database is gone."""
    settings = tmp_path / "new/station.toml"
    settings.parent.mkdir()
    settings.write_text(MINE, encoding="utf-8")
    return settings


def test_nobody_begins_anew_unawares(new: CommandLine, left: Path) -> None:
    ended = new("init", *said(), "--json")

    assert (ended.code, ended.error["code"]) == (1, "no_database")
    assert f"restore the newest file of {left.parent / 'backups'}" in ended.error["next"]
    assert "desk init --anew" in ended.error["next"]
    assert list(left.parent.iterdir()) == [left]


def test_a_station_begins_anew_with_the_settings_that_are_there(
    new: CommandLine, left: Path
) -> None:
    ended = new("init", "--anew", "--bays", "2", "--lobby", *CHIEF, "--json")

    assert (ended.code, ended.err) == (0, "")
    assert ended.document["station"] == "Kennewick PD"
    assert left.read_text(encoding="utf-8") == MINE
    assert new("list", "--json").document["code"] == "KPD"
    assert new("init", "--anew", "--bays", "2", "--lobby", *CHIEF).code == 1


def test_a_log_without_its_database_is_kept(new: CommandLine, left: Path) -> None:
    log = left.with_name("desk.db-wal")
    log.write_bytes(b"acts")

    ended = new("init", "--anew", "--bays", "2", "--lobby", *CHIEF, "--json")

    assert (ended.code, ended.error["code"]) == (1, "log_left")
    assert str(log) in ended.error["explanation"]
    assert not left.with_name("desk.db").exists()
    assert log.read_bytes() == b"acts"


def test_settings_of_another_station_are_not_taken_over(new: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new/station.toml").write_text("[station]\ncode = 'RPD'\n", encoding="utf-8")

    for options in ([], ["--anew"]):
        ended = new("init", *said(), *options, "--json")

        assert ended.code == 1
        assert ended.error["code"] == "settings_station"
        assert "line 2: station.code is “RPD”, so the file is not for" in ended.error["explanation"]
        assert "database" not in ended.error["explanation"]
    assert not (tmp_path / "new/desk.db").exists()


def asked_in_a_terminal(folder: Path, *options: str) -> Terminal:
    return Terminal(
        [sys.executable, "-m", "desk", "init", *options],
        environment={"DESK_DATA": str(folder), "TZ": "Europe/Paris"},
    )


def test_in_a_terminal_what_was_not_said_is_asked_until_it_can_be(tmp_path: Path) -> None:
    with asked_in_a_terminal(tmp_path, "--timezone", "Europe/Paris") as terminal:
        terminal.wait_for("Name of the station")
        terminal.type("Talant PM\r")
        terminal.wait_for("Short code [TPM]")
        terminal.type("T-PM\r")
        terminal.wait_for("two to eight letters and digits")
        terminal.type("\r")
        terminal.wait_for("How many numbered bays")
        terminal.type("2\r")
        terminal.wait_for("Is the lobby a place to meet too?")
        terminal.type("y\r")
        terminal.wait_for("First supervisor: badge and name")
        terminal.type("1000 Ito\r")
        for question in ("New passphrase of 1000:", "The same again:"):
            terminal.wait_for(question)
            terminal.type(f"{WORDS}\r")
        terminal.wait_for("Recovery code:")
        ended = terminal.wait_ended()
        assert WORDS.encode() not in terminal.sent

    assert ended == 0
    station = read_settings(tmp_path / "station.toml").settings.station
    assert (station.name, station.code) == ("Talant PM", "TPM")
    assert (tmp_path / "desk.db").exists()


def test_ctrl_c_at_a_question_makes_nothing(tmp_path: Path) -> None:
    with asked_in_a_terminal(tmp_path) as terminal:
        terminal.wait_for("Name of the station")
        # One that comes between the question and the wait for its answer is heard with the next.
        for _again in range(20):
            terminal.process.send_signal(signal.SIGINT)
            terminal.listen(1.0)
            if "Stopped." in terminal.text:
                break
        terminal.wait_for("Stopped.")
        ended = terminal.wait_ended()

    assert ended == 1
    assert list(tmp_path.iterdir()) == []
