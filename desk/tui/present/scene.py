"""What every picture of one moment has in common: whose station and rules, when, which signs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.days import local_day
from desk.domain.exchange import Exchange
from desk.domain.rules import Moment, Rules
from desk.domain.stage import Counts, Stage, count, stage_of
from desk.domain.views import Station
from desk.tui.present.glyphs import UNICODE, Glyphs


@dataclass(frozen=True, slots=True)
class Scene:
    """A station, its rules, a moment and a set of signs."""

    station: Station
    rules: Rules
    moment: Moment
    glyphs: Glyphs = UNICODE
    _stages: dict[int, tuple[Exchange, Stage]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def now(self) -> DateTime:
        """The present."""
        return self.moment.now

    @property
    def zone(self) -> ZoneInfo:
        """The station's zone."""
        return self.station.zone

    @property
    def today(self) -> date:
        """The station's calendar day."""
        return local_day(self.now, self.zone)

    def stage(self, exchange: Exchange) -> Stage:
        """Returns the stage of that exchange now, worked out once for all that is drawn of it."""
        known = self._stages.get(id(exchange))
        if known is None:
            # Kept with its stage, an exchange lives as long as its identity is used.
            known = exchange, stage_of(exchange, self.rules, self.moment)
            self._stages[id(exchange)] = known
        return known[1]

    def count(self, exchanges: Iterable[Exchange]) -> Counts:
        """Returns the header's counts for these exchanges."""
        return count((exchange, self.stage(exchange)) for exchange in exchanges)
