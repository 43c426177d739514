"""What is broken is told in a sentence, by every command, and nothing is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from desk.storage import engine
from tests.builders import StationUnderTest, an_exchange
from tests.cli.running import CommandLine
from tests.guarded import tampering

SAMPLES = Path(__file__).parents[2] / "data/samples"
WITH_SETTINGS = (["list"], ["export"], ["journal"])
READING = (*WITH_SETTINGS, ["verify"])
WRITING = (["do", "note", "K7QDM7", "x"], ["import", str(SAMPLES / "calendly.csv")])


def told(
    cli: CommandLine, command: list[str], before_each: Callable[[], object] = lambda: None
) -> Any:
    """Returns the error, once it was told to people and to programs without a traceback."""
    before_each()
    people = cli(*command)
    before_each()
    programs = cli(*command, "--json")
    assert (people.code, programs.code) == (1, 1)
    assert people.out == ""
    assert people.err.count("\n") <= 3
    assert "Traceback" not in people.err
    error = programs.error
    assert error["explanation"] in people.err
    assert error["next"] in people.err
    return error


@pytest.mark.parametrize("command", [*READING, *WRITING])
def test_a_missing_station(cli: CommandLine, station: StationUnderTest, command: list[str]) -> None:
    station.service.close()
    folder = station.path.parent
    for path in folder.iterdir():
        path.unlink()

    error = told(cli, command)

    assert error["code"] == "missing"
    assert "desk init" in error["next"]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("command", [["list"], ["do", "note", "K7QDM7", "x"]])
def test_settings_without_a_database(
    cli: CommandLine, station: StationUnderTest, command: list[str]
) -> None:
    station.service.close()
    for path in station.path.parent.glob("desk.db*"):
        path.unlink()

    error = told(cli, command)

    assert error["code"] == "no_database"
    assert "backups" in error["next"]
    assert "desk init --anew" in error["next"]


def test_a_database_without_settings_is_opened_with_a_warning(
    cli: CommandLine, station: StationUnderTest
) -> None:
    (station.path.parent / "station.toml").unlink()

    ended = cli("list", "--json")

    assert ended.code == 0
    assert ended.document["code"] == "KPD"
    assert "station.toml, so every setting has its default" in ended.err


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize(
    "content",
    [b"", b"no database at all\n" * 500, os.urandom(1000), b"SQLite format 3\x00" + bytes(4096)],
    ids=["empty", "text", "noise", "header alone"],
)
def test_a_garbled_database(
    cli: CommandLine, station: StationUnderTest, command: list[str], content: bytes
) -> None:
    station.service.close()
    for path in station.path.parent.glob("desk.db-*"):
        path.unlink()
    folder = station.path.parent

    def garble() -> None:
        for aside in folder.glob("damaged-*"):
            aside.unlink()
        station.path.write_bytes(content)

    error = told(cli, command, garble)

    assert error["code"] == "damaged"
    assert "backup" in error["next"]
    (kept,) = [*folder.glob("desk.db"), *folder.glob("damaged-*.db")]
    assert kept.read_bytes() == content


def test_a_database_of_a_newer_desk(cli: CommandLine, station: StationUnderTest) -> None:
    station.service.close()
    with tampering(station) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    before = station.path.read_bytes()

    error = told(cli, ["list"])

    assert "newer" in error["explanation"]
    assert station.path.read_bytes() == before


@pytest.mark.parametrize("command", WRITING)
def test_a_read_only_database(
    cli: CommandLine,
    station: StationUnderTest,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
) -> None:
    before = len(station.service.journal())
    connect = dbapi2.connect

    def read_only(place: str, **options: Any) -> dbapi2.Connection:
        return connect(place.replace("mode=rw", "mode=ro"), **options)

    monkeypatch.setattr(dbapi2, "connect", read_only)

    error = told(cli, command)

    assert error["code"] == "read_only"
    monkeypatch.undo()
    assert len(station.service.journal()) == before


@pytest.fixture
def _with_other_rules(cli: CommandLine) -> None:
    """Somebody has changed the rules since the program was last started."""
    path = Path(cli.environment["DESK_DATA"]) / "station.toml"
    path.write_text("[rules.sale]\ngrace = 5\n", encoding="utf-8")


@pytest.mark.parametrize("mode", ["ro", "ro&immutable=1"])
@pytest.mark.usefixtures("_with_other_rules")
def test_what_may_only_be_read_is_read(
    cli: CommandLine, station: StationUnderTest, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    ref = station.book_one()
    rows = len(station.service.journal())
    station.service.close()
    connect = dbapi2.connect

    def only_in_that_mode(place: str, **options: Any) -> dbapi2.Connection:
        if place.endswith(f"?mode={mode}"):
            return connect(place, **options)
        refusal = dbapi2.OperationalError("unable to open database file")
        refusal.sqlite_errorcode = 14
        raise refusal

    monkeypatch.setattr(dbapi2, "connect", only_in_that_mode)

    assert cli("list", "--json").document["exchanges"][0]["ref"] == ref
    assert len(cli("journal", ref, "--json").document["rows"]) == 1
    assert len(cli("journal", "--json").document["rows"]) == rows
    assert cli("verify").code == 0
    assert ref in cli("export", "--format", "csv").out
    error = told(cli, ["do", "note", ref, "x"])
    assert error["code"] == "read_only"
    monkeypatch.undo()
    assert len(cli("journal", ref, "--json").document["rows"]) == 1


def test_what_is_only_in_the_log_is_not_passed_over(
    cli: CommandLine, station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = dbapi2.connect

    def only_sealed(place: str, **_options: Any) -> dbapi2.Connection:
        assert "immutable" not in place
        refusal = dbapi2.OperationalError("unable to open database file")
        refusal.sqlite_errorcode = 14
        raise refusal

    station.book_one()
    monkeypatch.setattr(dbapi2, "connect", only_sealed)

    error = told(cli, ["list"])

    assert error["code"] == "unread_log"
    assert "desk.db-wal" in error["explanation"]
    monkeypatch.setattr(dbapi2, "connect", connect)
    assert cli("list").code == 0


@pytest.fixture
def _held(station: StationUnderTest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another desk is writing, and nobody waits long for it."""
    monkeypatch.setattr(engine, "WRITE_WAIT_MS", 20)
    # The same library as the program's: two in one process do not see each other's locks.
    with tampering(station) as holder:
        holder.execute("BEGIN IMMEDIATE")
        yield


@pytest.mark.usefixtures("_held")
def test_an_act_while_another_desk_holds_the_database(cli: CommandLine) -> None:
    known = cli("do", "note", "K7QDM7", "x", "--json")

    assert known.code == 1
    assert (known.document["accepted"], known.document["code"]) == (False, "busy")
    assert (known.document["ref"], known.document["next"]) == ("K7QDM7", "Try again in a moment.")


@pytest.mark.usefixtures("_held", "_with_other_rules")
@pytest.mark.parametrize("command", READING)
def test_reading_needs_no_lock_though_the_rules_have_changed(
    cli: CommandLine, command: list[str]
) -> None:
    ended = cli(*command)

    assert ended.code == 0
    assert "rules changed" not in ended.out


@pytest.mark.usefixtures("_held")
def test_an_import_while_another_desk_holds_the_database(cli: CommandLine) -> None:
    error = told(cli, ["import", str(SAMPLES / "calendly.csv")])

    assert error["code"] == "busy"


@pytest.mark.parametrize("command", [*WITH_SETTINGS, *WRITING])
def test_settings_that_cannot_be_used(
    cli: CommandLine, station: StationUnderTest, command: list[str]
) -> None:
    path = station.path.parent / "station.toml"
    path.write_text("[rules.sale]\n\ngrace = 'long'\n", encoding="utf-8")

    error = told(cli, command)

    assert f"{path}, line 3: rules.sale.grace" in error["explanation"]


def test_settings_of_another_station(cli: CommandLine, station: StationUnderTest) -> None:
    path = station.path.parent / "station.toml"
    path.write_text("[station]\ncode = 'RPD'\n", encoding="utf-8")

    error = told(cli, ["list"])

    assert error["code"] == "settings_station"
    assert "line 2: station.code is “RPD”" in error["explanation"]


_ON_A_FULL_DISK = """
import resource, sys
from desk.__main__ import main
resource.setrlimit(resource.RLIMIT_FSIZE, (40960, 40960))
sys.exit(main())
"""


def test_a_full_disk(cli: CommandLine, station: StationUnderTest) -> None:
    station.book_one(an_exchange().with_seller_here())
    before = station.service.journal()
    station.service.close()
    command = ["import", str(SAMPLES / "calendly.csv"), "--json"]

    ended = subprocess.run(
        [sys.executable, "-c", _ON_A_FULL_DISK, *command],
        env={**os.environ, **cli.environment},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert json.loads(ended.stdout)["error"]["code"] in {"disk_full", "io"}
    assert ended.stderr == ""
    with station.another_desk() as again:
        assert again.journal() == before
        assert again.verify().ok
    assert cli("import", *command[1:]).document["applied"] == 24
