"""A station after a full day, for everything that looks at its record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.storage.lived import a_lived_station
from tests.storage.loose import a_loose_copy


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a station after a full day, closed."""
    station = a_lived_station(tmp_path_factory.mktemp("lived"))
    station.service.close()
    return station.path


@pytest.fixture(scope="session")
def loose(lived: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A copy of it on which nothing is refused."""
    engine = a_loose_copy(lived, tmp_path_factory.mktemp("loose"))
    yield engine
    engine.dispose()
