"""The command line, driven in this process as a terminal would drive it."""

from __future__ import annotations

import pytest

from desk.cli.station_file import station_file
from tests.builders import KENNEWICK, StationUnderTest
from tests.cli.running import CommandLine


@pytest.fixture
def cli(station: StationUnderTest, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """`desk` at a station on Saturday 21 November 2026 at 14:32, with an officer named."""
    folder = station.path.parent
    text = station_file(KENNEWICK.name, KENNEWICK.code, KENNEWICK.timezone)
    (folder / "station.toml").write_text(text, encoding="utf-8")
    environment = {"DESK_DATA": str(folder), "DESK_OFFICER": "4412 Marie Dupont"}
    return CommandLine(capsys, environment, station.clock)
