"""The terms of one station: what its settings say, and the mappings that lie in its folder."""

from __future__ import annotations

from dataclasses import dataclass

from desk.clock import Clock
from desk.errors import BookingFileError
from desk.intake.maps import load_maps
from desk.intake.terms import Terms
from desk.paths import DataFolder
from desk.settings import Settings


@dataclass(frozen=True, slots=True)
class StationTerms:
    """On what terms a station reads booking files.

    Attributes:
        troubles: why some of its mappings cannot be used.
    """

    terms: Terms
    troubles: tuple[BookingFileError, ...] = ()


def terms_at(folder: DataFolder, settings: Settings, clock: Clock) -> StationTerms:
    """Returns the terms as they are now: a mapping that was saved a moment ago is among them."""
    known = load_maps(folder.maps)
    return StationTerms(Terms.of(settings, known.maps, clock), known.troubles)
