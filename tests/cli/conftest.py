"""The command line, driven in this process as a terminal would drive it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from desk.cli import program
from desk.cli.station_file import station_file
from desk.storage.ballast import Ballast
from tests.builders import KENNEWICK, StationUnderTest
from tests.cli.running import CommandLine

_SETTINGS = station_file(KENNEWICK.name, KENNEWICK.code, KENNEWICK.timezone)


@pytest.fixture(scope="session", autouse=True)
def _made_once() -> Iterator[None]:
    """Makes the commands once, not for every command line; writes 16 MiB at no station."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "program", cache(program.program))
        patch.setattr(Ballast, "lay", lambda _ballast: None)
        yield


@pytest.fixture
def cli(station: StationUnderTest, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """`desk` at a station on Saturday 21 November 2026 at 14:32, with an officer named."""
    folder = station.path.parent
    (folder / "station.toml").write_text(_SETTINGS, encoding="utf-8")
    environment = {"DESK_DATA": str(folder), "DESK_OFFICER": "4412 Marie Dupont"}
    return CommandLine(capsys, environment, station.clock)
