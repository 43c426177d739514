"""`desk officers`, `desk recover` and `desk secure`: who gets in, and by what."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from desk.cli.given import Given
from desk.cli.program import run
from desk.out.day_files import DayFiles
from desk.paths import DataFolder
from tests.builders import StationUnderTest, a_station
from tests.cli.running import CommandLine
from tests.guarded import CHIEFS_WORDS, WORDS

THEIRS = "seven grey herons wait"


@pytest.fixture
def theirs(tmp_path: Path) -> str:
    """A file with the passphrase of a new officer."""
    file = tmp_path / "theirs"
    file.write_text(f"{THEIRS}\n", encoding="utf-8")
    return str(file)


def test_a_supervisor_enrols_and_the_officer_works(
    cli: CommandLine, station: StationUnderTest, chief: tuple[str, ...], theirs: str
) -> None:
    ref = station.book_one()
    added = cli(
        "officers", "add", "77", "Ada Byron", "--new-passphrase-file", theirs, *chief, "--json"
    )
    assert (added.code, added.document["accepted"]) == (0, True)

    theirs_too = ("--officer", "77", "--passphrase-file", theirs)
    assert cli("do", "note", ref, "calm", *theirs_too).code == 0
    listed = cli("officers", "--json", *theirs_too).document["officers"]
    assert listed[-1] == {
        "badge": "77",
        "name": "Ada Byron",
        "role": "officer",
        "locked": False,
        "left": False,
        "pin": False,
    }
    assert cli("officers", "role", "77", "supervisor", *chief).code == 0
    assert cli("officers", "remove", "77", *chief).code == 0
    refused = cli("do", "note", ref, "again", *theirs_too, "--json")
    assert (refused.code, refused.error["code"]) == (1, "wrong_passphrase")


def test_ones_own_passphrase_is_changed_by_whoever_knows_it(
    cli: CommandLine, chief: tuple[str, ...], theirs: str
) -> None:
    badge = chief[chief.index("--officer") + 1]
    changed = cli("officers", "passphrase", badge, "--new-passphrase-file", theirs, *chief)
    assert changed.code == 0, changed.err

    assert cli("list", *chief).code == 1
    assert cli("list", "--officer", badge, "--passphrase-file", theirs).code == 0


def test_an_officer_changes_nobody(cli: CommandLine, theirs: str) -> None:
    for words in (
        ("add", "77", "Ada", "--new-passphrase-file", theirs),
        ("remove", "1000"),
        ("unlock", "1000"),
        ("role", "4412", "supervisor"),
        ("passphrase", "1000", "--new-passphrase-file", theirs),
        ("recovery-code",),
    ):
        ended = cli("officers", *words, "--json")
        assert (ended.code, ended.document["code"]) == (1, "not_allowed"), words


def test_a_wrong_passphrase_five_times_needs_a_supervisor(
    cli: CommandLine, chief: tuple[str, ...], theirs: str
) -> None:
    for _wrong in range(5):
        assert cli("list", "--passphrase-file", theirs, "--json").error["code"] == (
            "wrong_passphrase"
        )
    assert cli("list", "--json").error["code"] == "locked_out"

    assert cli("officers", "unlock", "4412", *chief).code == 0

    assert cli("list").code == 0


def test_the_recovery_code_is_the_way_out(
    cli: CommandLine, chief: tuple[str, ...], theirs: str, tmp_path: Path
) -> None:
    code = tmp_path / "code"
    drawn = cli("officers", "recovery-code", *chief, "--json").document["recovery_code"]
    code.write_text(drawn.lower(), encoding="utf-8")
    way = ("recover", "--supervisor", "2000 Vega", "--code-file", str(code))

    ended = cli(*way, "--passphrase-file", theirs, "--json")

    assert ended.code == 0
    assert ended.document["recovery_code"] != drawn
    assert cli("officers", "--officer", "2000", "--passphrase-file", theirs).code == 0
    again = cli(*way, "--passphrase-file", theirs, "--json")
    assert (again.code, again.error["code"]) == (1, "bad_recovery_code")


def test_an_older_station_is_secured(cli: CommandLine, tmp_path: Path, theirs: str) -> None:
    folder = tmp_path / "older"
    folder.mkdir()
    older = a_station(folder)
    ref = older.book_one()
    older.service.close()
    there = ("--data", str(folder), "--officer", "1000", "--passphrase-file", theirs)

    assert cli("list", *there, "--json").error["code"] == "not_secured"
    settings = folder / "station.toml"
    settings.write_text(f"[backups]\nsecond = '{tmp_path / 'stick'}'\n", encoding="utf-8")
    exports = DataFolder(folder).exports
    DayFiles(exports).write(date(2026, 11, 21), {"txt": b"14:30 Siobhan Zweig"})
    unsaid = cli("--json", "secure", *there).error
    assert "desk secure needs --supervisor" in unsaid["explanation"]
    assert "desk secure --help" in unsaid["next"]
    ended = cli("secure", *there, "--supervisor", "1000 Ito")
    assert ended.code == 3
    assert "stick is away" in ended.out
    assert "Enrol a second supervisor soon" in ended.out
    assert list(exports.glob("day-*")) == []

    assert cli("list", *there, "--json").document["exchanges"][0]["ref"] == ref
    assert cli("secure", *there, "--supervisor", "1000 Ito", "--json").error["code"] == (
        "already_secured"
    )


def test_a_passphrase_comes_from_a_descriptor_too(cli: CommandLine) -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{WORDS}\n".encode())
    os.close(writing)

    ended = cli.without("DESK_PASSPHRASE_FILE")("list", "--passphrase-fd", str(reading))

    assert ended.code == 0


def test_without_a_passphrase_nobody_is_asked_in_a_script(cli: CommandLine, tmp_path: Path) -> None:
    silent = cli.without("DESK_PASSPHRASE_FILE")

    asked = silent("list", "--json")
    missing = silent("list", "--passphrase-file", str(tmp_path / "none"), "--json")

    assert (asked.code, asked.error["code"]) == (2, "no_passphrase")
    assert (missing.code, missing.error["code"]) == (2, "no_passphrase")


def test_no_secret_is_said_or_shown(
    cli: CommandLine, capsys: pytest.CaptureFixture[str], chief: tuple[str, ...]
) -> None:
    given = Given(environment=cli.environment, clock=cli.clock)
    run(["officers", "--json", *chief], given)
    out, err = capsys.readouterr()

    for secret in (WORDS, CHIEFS_WORDS):
        assert secret not in out + err
        assert secret not in repr(given.prove())
