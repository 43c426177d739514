"""The whole app at a guarded station: nobody has come in yet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from desk.domain.officers import Proof
from desk.domain.ports import DeskService
from desk.domain.rules import Rules
from desk.domain.views import Station
from desk.entrance import Entrance
from desk.paths import DataFolder
from tests.guarded import StaffedStation, a_staffed_station
from tests.tui.running import SMALL, Front, Place, running


def entrance_of(station: Place, closing: ExitStack) -> Entrance:
    """Returns the way into a station, whose own service may stay open: two desks share a file."""
    folder = DataFolder(station.path.parent)
    return Entrance(folder, station.clock, "desk 1", Rules(), _accept, closing)


def _accept(_station: Station) -> None:
    """Finds nothing wrong with a station."""


def _asks_nobody() -> DeskService:
    raise AssertionError("A guarded station was opened without a passphrase.")


@asynccontextmanager
async def before(
    station: Place,
    size: tuple[int, int] = SMALL,
    settings: Mapping[str, Any] | None = None,
    **more: Any,
) -> AsyncIterator[Front]:
    """Runs the app at a guarded station until the test is done with it."""
    with ExitStack() as closing:
        given = {"entrance": entrance_of(station, closing), "connect": _asks_nobody} | more
        async with running(station, size, settings, by=None, **given) as front:
            yield front


@asynccontextmanager
async def at_work(
    folder: Path, proof: Proof, size: tuple[int, int] = SMALL, **more: Any
) -> AsyncIterator[tuple[StaffedStation, Front]]:
    """Runs the app at a guarded station at which an officer has come in."""
    station = a_staffed_station(folder)
    with station.service:
        async with before(station, size, proof=proof, **more) as front:
            await front.until(lambda: front.board.ready)
            yield station, front
