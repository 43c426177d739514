"""What is shown on the command line is a look, too."""

from __future__ import annotations

from collections.abc import Sequence

from desk.cli.given import Given
from desk.domain.intents import By
from desk.domain.looks import LookedAt
from desk.domain.ports import DeskService


def note_look(given: Given, service: DeskService, what: LookedAt, refs: Sequence[str] = ()) -> None:
    """Remembers what the officer is shown; it is written before the station is closed."""
    service.looked(By(given.officer_needed().badge, given.desk_name), what, refs)
