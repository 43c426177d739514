"""The command line, driven in this process as a terminal would drive it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from desk import vault
from desk.cli import program
from desk.cli.station_file import station_file
from desk.storage.ballast import Ballast
from desk.vault import kdf, slots
from tests.builders import KENNEWICK, StationUnderTest
from tests.cli.running import CommandLine
from tests.guarded import CHIEF, CHIEFS_WORDS, WORDS, a_staffed_station

_SETTINGS = station_file(KENNEWICK.name, KENNEWICK.code, KENNEWICK.timezone)


_program = cache(program.program)
_derive = cache(kdf.derive)


@pytest.fixture(autouse=True)
def _made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the commands and every key once, not for each command line; writes no 16 MiB."""
    monkeypatch.setattr(program, "program", _program)
    monkeypatch.setattr(slots, "derive", _derive)
    monkeypatch.setattr(vault, "calibrated", lambda: vault.LEAST)
    monkeypatch.setattr(Ballast, "lay", lambda _ballast: None)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[StationUnderTest]:
    """A guarded station at which Dupont has signed in; the clock stands at 14:32."""
    made = a_staffed_station(tmp_path)
    with made.service:
        yield made


@pytest.fixture
def cli(station: StationUnderTest, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """`desk` at a station on Saturday 21 November 2026 at 14:32, with an officer named."""
    folder = station.path.parent
    (folder / "station.toml").write_text(_SETTINGS, encoding="utf-8")
    words = folder / "words"
    words.write_text(f"{WORDS}\n", encoding="utf-8")
    environment = {
        "DESK_DATA": str(folder),
        "DESK_OFFICER": "4412 Marie Dupont",
        "DESK_PASSPHRASE_FILE": str(words),
    }
    return CommandLine(capsys, environment, station.clock)


@pytest.fixture
def chief(tmp_path: Path) -> tuple[str, ...]:
    """The options by which the station's supervisor acts, and not Dupont."""
    words = tmp_path / "chiefs-words"
    words.write_text(f"{CHIEFS_WORDS}\n", encoding="utf-8")
    return ("--officer", CHIEF.badge, "--passphrase-file", str(words))
