"""Whether the station opens, and whether what is in it fits this PC."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desk.cli.checks import Check, judged
from desk.cli.given import Given
from desk.errors import DeskError, UsageError
from desk.i18n import _

if TYPE_CHECKING:
    from desk.bootstrap import OpenStation
    from desk.domain.health import Inventory


def look_inside(given: Given) -> tuple[list[Check], Inventory | None]:
    """Returns what the open station says, and what there is in it; None where it is not opened."""
    from desk.bootstrap import open_station

    if not given.folder.has_station and not given.folder.settings.exists():
        return [Check("station", ok=True, value=_("none yet, desk asks when it starts"))], None
    if given.folder.key_slots.exists() and given.officer_named() is None:
        return [_closed()], None
    try:
        with open_station(given.seat) as station:
            inventory = station.service.inventory()
            return list(_checks_inside(given, station, inventory)), inventory
    except UsageError:
        return [_closed()], None
    except DeskError as error:
        return [
            Check("station", ok=False, value=error.explanation, fix=error.next, tells=True)
        ], None


def _closed() -> Check:
    """Returns the check of a station for which nobody has shown a passphrase."""
    told = _("closed: give --officer and a passphrase to look inside")
    return Check("station", ok=True, value=told)


def _checks_inside(given: Given, station: OpenStation, inventory: Inventory) -> Iterator[Check]:
    from desk.domain.days import local_day

    service, now = station.service, given.clock.now()
    name = f"{service.station.name} ({service.station.code})"
    yield Check("station", ok=True, value=name, tells=True)
    settings = ", ".join(f"{name} {said}" for name, said in inventory.settings.items())
    yield Check("database", ok=True, value=f"schema {inventory.revision}, {settings}")
    yield Check("zone", ok=True, value=service.station.timezone)
    newest = service.board(local_day(now, service.station.zone)).last_recorded_at
    behind = newest is not None and newest > now
    yield judged(
        "clock",
        now.astimezone(service.station.zone).isoformat(timespec="seconds"),
        _("Set this PC's clock: the record already holds a later time.") if behind else None,
    )
