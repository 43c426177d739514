"""What desk says to its database as it does acts, so that another SQLite can be told the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from tests.builders import a_station, an_exchange, kept
from tests.faults.recording import Act, Statement
from tests.faults.stream import BOOKED_AT_ONCE, acts, do


def overheard_acts(folder: Path, count: int) -> tuple[bytes, list[Act]]:
    """Returns a station's file, and so many acts as desk then did them on it."""
    station = a_station(folder)
    booked = [an_exchange().at(f"14:{n}5") for n in range(1, 1 + BOOKED_AT_ONCE)]
    refs = station.book(*booked)
    before = kept(station)
    done = []
    with station.service:
        for intent in islice(acts(refs), count):
            with _overhearing() as statements:
                assert do(station.service, intent).accepted, intent
            done.append(Act(intent.intent_id, statements))
    return before, done


@contextmanager
def _overhearing() -> Iterator[list[Statement]]:
    """Gathers all that is said to databases, commits included."""
    said: list[Statement] = []

    def executes(
        _connection: object, _cursor: object, sql: str, values: Sequence[Any], *_rest: object
    ) -> None:
        said.extend((sql, each) for each in (values if isinstance(values, list) else [values]))

    def commits(_connection: Connection) -> None:
        said.append(("COMMIT", ()))

    def rolls_back(_connection: Connection) -> None:
        said.append(("ROLLBACK", ()))

    listened: list[tuple[str, Callable[..., None]]] = [
        ("before_cursor_execute", executes),
        ("commit", commits),
        ("rollback", rolls_back),
    ]
    for name, listener in listened:
        event.listen(Engine, name, listener)
    try:
        yield said
    finally:
        for name, listener in listened:
            event.remove(Engine, name, listener)
