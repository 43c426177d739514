"""What the screen is started with: wired once by ``desk.bootstrap``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desk.clock import Clock
from desk.domain.exchange import Exchange, Side
from desk.domain.intents import By
from desk.domain.ports import DeskService
from desk.intake.drives import Drives
from desk.intake.station_terms import StationTerms
from desk.out.slip import PrintedSlip
from desk.settings import Settings


@dataclass(frozen=True, slots=True)
class StationAnswers:
    """What a folder without a station is asked for.

    Attributes:
        bays: how many numbered bays there are.
        lobby: whether the lobby is a bay too.
    """

    name: str
    code: str
    timezone: str
    bays: int
    lobby: bool


class Printer(Protocol):
    """What makes paper; its methods are called in a worker."""

    def slip(self, exchange: Exchange, side: Side) -> PrintedSlip:
        """Returns the slip for one side of an exchange."""
        ...

    def code(self, slip: PrintedSlip) -> tuple[str, ...]:
        """Returns a slip's QR code in lines of half blocks."""
        ...

    def write_slip(self, slip: PrintedSlip) -> Path:
        """Writes a slip as a PDF, and returns where.

        Raises:
            DeskError: it cannot be written.
        """
        ...

    def refresh_days(self) -> str:
        """Writes today's sheet and the week's anew; returns why it could not, or nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Launch:
    """Everything the screen needs, and nothing that takes long.

    Attributes:
        connect: opens the store and returns the service; slow, so it is called in a worker after
            the first frame. Raises ``DeskError``.
        clock: the one clock.
        settings: looks, keys and rules, as ``station.toml`` says.
        desk_name: this workstation's name.
        officer: who acts, or None where the officer is to be asked.
        officer_name: the officer's name, or empty.
        data_folder: where the inbox and the exports lie.
        terms: returns on what terms booking files are read, as things are now; reads files, so it
            is called in a worker.
        title: the station's name as far as it is known before the store is open.
        timezone: the station's zone, likewise.
        printer: returns what makes paper, given the open store; slow at first, so it is called in
            a worker.
        drives: returns the removable drives on which booking files may lie.
        practice: whether this is a practice station.
        set_up: founds the station from the answers, where the folder has none yet; it is called
            in a worker, before ``connect``, and raises ``DeskError``. None where there is one.
        warning: a sentence to show at start, such as a missing ``station.toml``; or empty.
    """

    connect: Callable[[], DeskService]
    clock: Clock
    settings: Settings
    desk_name: str
    officer: By | None
    officer_name: str
    data_folder: Path
    terms: Callable[[], StationTerms]
    title: str
    timezone: str
    printer: Callable[[DeskService], Printer]
    drives: Drives
    practice: bool = False
    set_up: Callable[[StationAnswers], None] | None = None
    warning: str = ""
