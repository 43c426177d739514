"""What the service asks of the record where it is about rights, holds and retention."""

from __future__ import annotations

from desk.domain.rights import Hold, Request
from desk.domain.views import Station
from desk.storage.database import Database
from desk.storage.holds import Holds
from desk.storage.requests import Requests
from desk.storage.stations import House


class RightsStore:
    """One station's holds and requests. Every method may be called from any thread."""

    def __init__(self, database: Database, house: House, station: Station) -> None:
        self._database = database
        self._house = house
        self._station = station

    def holds(self) -> tuple[Hold, ...]:
        """Returns every hold there ever was, oldest first."""
        with self._database.reading() as connection:
            return Holds(connection, self._house.id).everyone()

    def requests(self) -> tuple[Request, ...]:
        """Returns every request there ever was, oldest first."""
        with self._database.reading() as connection:
            return Requests(connection, self._house.id, self._station.zone).everyone()
