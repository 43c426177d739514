"""What every test may ask for."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from desk.service import Desk
from tests.builders import StationUnderTest, StoppedClock, a_station
from tests.statements import made_once

# How long an example takes says something of the machine, and nothing of desk.
settings.register_profile("desk", deadline=None)
settings.load_profile("desk")


def pytest_xdist_auto_num_workers() -> int:
    """Returns one worker more than there are processors: tests in a terminal mostly wait."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Leaves what collecting imported out of every later garbage collection, a quarter of a run."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _statements_are_made_once() -> Iterator[None]:
    """Saves a quarter of a test that does little but open a new database and act once."""
    with made_once():
        yield


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
