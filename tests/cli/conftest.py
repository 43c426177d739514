"""The command line, driven in this process as a terminal would drive it."""

from __future__ import annotations

from functools import cache

import pytest

from desk.cli import program
from desk.cli.station_file import station_file
from desk.storage.ballast import Ballast
from tests.builders import KENNEWICK, StationUnderTest
from tests.cli.running import CommandLine

_SETTINGS = station_file(KENNEWICK.name, KENNEWICK.code, KENNEWICK.timezone)


_program = cache(program.program)


@pytest.fixture(autouse=True)
def _made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the commands once, not for every command line; writes 16 MiB at no station."""
    monkeypatch.setattr(program, "program", _program)
    monkeypatch.setattr(Ballast, "lay", lambda _ballast: None)


@pytest.fixture
def cli(station: StationUnderTest, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """`desk` at a station on Saturday 21 November 2026 at 14:32, with an officer named."""
    folder = station.path.parent
    (folder / "station.toml").write_text(_SETTINGS, encoding="utf-8")
    environment = {"DESK_DATA": str(folder), "DESK_OFFICER": "4412 Marie Dupont"}
    return CommandLine(capsys, environment, station.clock)
