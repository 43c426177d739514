"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.service import Desk
from tests.builders import StationUnderTest, StoppedClock, a_station


@pytest.fixture
def station(tmp_path: Path) -> Iterator[StationUnderTest]:
    """A station in a temp file, on Saturday 21 November 2026 at 14:32."""
    made = a_station(tmp_path)
    with made.service:
        yield made


@pytest.fixture
def service(station: StationUnderTest) -> Desk:
    """That station's service."""
    return station.service


@pytest.fixture
def clock(station: StationUnderTest) -> StoppedClock:
    """That station's clock."""
    return station.clock
