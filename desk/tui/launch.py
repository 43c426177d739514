"""What the screen is started with: wired once by ``desk.bootstrap``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desk.clock import Clock
from desk.domain.backups import Backup, Secured
from desk.domain.exchange import Exchange, Side
from desk.domain.intents import By
from desk.domain.officers import FirstSupervisor, Proof
from desk.domain.ports import DeskService, Entrance
from desk.domain.rights import RequestFile
from desk.errors import DeskError
from desk.intake.drives import Drives
from desk.intake.station_terms import StationTerms
from desk.out.own_data import OwnData
from desk.out.slip import PrintedSlip
from desk.settings import Settings


@dataclass(frozen=True, slots=True)
class StationDescription:
    """What a new station is to be.

    Attributes:
        bays: how many numbered bays there are.
        lobby: whether the lobby is a bay too.
    """

    name: str
    code: str
    timezone: str
    bays: int
    lobby: bool


@dataclass(frozen=True, slots=True)
class StationAnswers:
    """What a folder without a station is asked for: itself, and who lets all others in."""

    station: StationDescription
    supervisor: FirstSupervisor


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

    def own_data(self, file: RequestFile) -> OwnData:
        """Returns the sheet with the own data of a request's person.

        Raises:
            DeskError: the record cannot be read.
        """
        ...

    def write_own_data(self, sheet: OwnData) -> tuple[Path, Path]:
        """Writes that sheet as text and as PDF, and returns where.

        Raises:
            DeskError: it cannot be written.
        """
        ...

    def refresh_days(self) -> str:
        """Writes today's sheet and the week's anew; returns why it could not, or nothing."""
        ...


class Keeper(Protocol):
    """What makes backups; its methods are called in a worker."""

    def is_due(self) -> bool:
        """Returns whether a backup is to be made by now."""
        ...

    def make(self, by: By | None) -> Backup:
        """Makes one; ``by`` is the officer who asked for it, if anybody did.

        Raises:
            DeskError: none could be made.
        """
        ...

    def hours_too_old(self) -> int | None:
        """Returns how many hours old the newest is, where that is too many; 0 without any."""
        ...


def _nothing() -> None:
    """Prepares nothing."""


def _note_nothing(_error: DeskError) -> None:
    """Writes nothing down."""


@dataclass(frozen=True, slots=True)
class Launch:
    """Everything the screen needs, and nothing that takes long.

    Attributes:
        connect: opens the store of a practice station and returns the service; slow, so it is
            called in a worker after the first frame. Raises ``DeskError``.
        entrance: the way into a guarded station; None where ``connect`` asks nobody.
        prepare: imports what opening the store will need, while the officer types; called in a
            worker.
        proof: what somebody has already shown to be let in; None asks.
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
        keeper: returns what makes backups, given the open store; None where nothing is kept.
        practice: whether this is a practice station.
        set_up: founds the station from the answers, where the folder has none yet, and returns
            its recovery code, to be shown once; it is called in a worker, before the station is
            opened, and raises ``DeskError``. None where there is one.
        secure: encrypts the station of a time before there were passphrases, likewise.
        warning: a sentence to show at start, such as a missing ``station.toml``; or empty.
        note_failure: writes into the log that something could not be done.
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
    keeper: Callable[[DeskService], Keeper] | None = None
    practice: bool = False
    entrance: Entrance | None = None
    prepare: Callable[[], None] = _nothing
    proof: Proof | None = None
    set_up: Callable[[StationAnswers], str] | None = None
    secure: Callable[[FirstSupervisor], Secured] | None = None
    warning: str = ""
    note_failure: Callable[[DeskError], None] = _note_nothing
