"""What an import needs of the station, handed from sheet to sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desk.domain.intents import By
from desk.domain.ports import DeskService
from desk.domain.reading import Overrules
from desk.intake.drives import Drives
from desk.intake.station_terms import StationTerms
from desk.paths import DataFolder


@dataclass(frozen=True, slots=True)
class Importer:
    """Where booking files are taken in, on what terms, and by whom.

    Attributes:
        folder: holds the inbox, the mappings and the exports.
        terms: returns the station's terms as they are now; reads files, so it is called in a
            worker.
        service: reads what is known, and takes the files in.
        by: who takes them in, and where.
        drives: returns the removable drives on which booking files may lie.
    """

    folder: DataFolder
    terms: Callable[[], StationTerms]
    service: DeskService
    by: By
    drives: Drives


@dataclass(frozen=True, slots=True)
class FileRead:
    """A booking file that was read.

    Attributes:
        on_terms: the station's at that moment.
        said: what the officer has said of it.
    """

    path: Path
    on_terms: StationTerms
    said: Overrules
