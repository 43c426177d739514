"""Stations that whole programs work at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.board_at_work import BoardAtWork
from tests.e2e.stations import StationOnDisk, a_station_on_disk

_ONE_WORKER = pytest.mark.xdist_group("the board at work")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sends all who look at the one board to the one worker that has it."""
    for item in items:
        if isinstance(item, pytest.Function) and "at_work" in item.fixturenames:
            item.add_marker(_ONE_WORKER)


@pytest.fixture
def disk(tmp_path: Path) -> StationOnDisk:
    """A data folder with a station and three bookings around now."""
    return a_station_on_disk(tmp_path)


@pytest.fixture(scope="session")
def _one_board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoardAtWork]:
    with BoardAtWork(a_station_on_disk(tmp_path_factory.mktemp("at_work"))) as board:
        yield board


@pytest.fixture
def at_work(_one_board: BoardAtWork) -> Iterator[BoardAtWork]:
    """One board for all tests that end as they began: to start a program costs two seconds."""
    with _one_board.as_it_began():
        yield _one_board
