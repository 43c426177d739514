"""Stations that whole programs work at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.stations import StationOnDisk, a_station_on_disk


@pytest.fixture
def disk(tmp_path: Path) -> StationOnDisk:
    """A data folder with a station and three bookings around now."""
    return a_station_on_disk(tmp_path)
