"""On what terms booking files are read: what the station has set, and what its officer said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

from desk.clock import Clock, SystemClock
from desk.domain.reading import DayOrder, Overrules
from desk.intake.dates import Showing
from desk.intake.maps import SourceMap
from desk.intake.read import Limits
from desk.settings import Settings

Showings = Mapping[tuple[str, int], Showing]
"""By file and row: which one is meant of a time that the clock shows twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the station has set.

    Attributes:
        limits: how much of each file is read.
        maps: the mappings that officers have made.
        day_order: what is usual where a file does not show whether day or month comes first; None
            asks.
        clock: tells from when on repeated bookings are written out.
    """

    limits: Limits = field(default_factory=Limits)
    maps: tuple[SourceMap, ...] = ()
    day_order: DayOrder | None = None
    clock: Clock = field(default_factory=SystemClock)

    @classmethod
    def of(cls, settings: Settings, maps: tuple[SourceMap, ...], clock: Clock) -> Self:
        """Returns what ``station.toml`` says."""
        said = settings.imports
        return cls(
            limits=Limits(said.mebibytes, said.rows, said.cell, said.days_ahead),
            maps=maps,
            day_order=None if said.day_order == "ask" else DayOrder(said.day_order),
            clock=clock,
        )

    def map_named(self, name: str | None) -> SourceMap | None:
        """Returns the mapping with that name, or None."""
        return next((one for one in self.maps if one.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What an officer said about the files of one import.

    Attributes:
        overrules: by file, in place of what was detected.
        showings: about times that the clock shows twice; a row without one is rejected.
    """

    overrules: Mapping[str, Overrules] = field(default_factory=lambda: MappingProxyType({}))
    showings: Showings = field(default_factory=lambda: MappingProxyType({}))

    def about(self, file: str) -> Overrules:
        """Returns what was said about a file."""
        return self.overrules.get(file, Overrules())
