"""Settings → store → service → screen, wired once; nothing is kept outside what is returned.

Whatever is slow to import is imported when it is asked for: the screen paints its first frame
before it connects, and a command that needs no database never loads one.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.clock import Clock
from desk.domain.intents import By
from desk.domain.ports import DeskService
from desk.domain.views import Officer, Station, Verification
from desk.errors import StoreError
from desk.i18n import _
from desk.paths import DataFolder, write_whole
from desk.settings import Settings, SettingsFile, read_settings

if TYPE_CHECKING:
    from desk.printing import Press
    from desk.tui.launch import Launch, StationAnswers


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an officer sits.

    Attributes:
        folder: the data folder.
        clock: the one clock.
        desk_name: this workstation's name.
        warn: tells a person what is odd and does not stop the work.
    """

    folder: DataFolder
    clock: Clock
    desk_name: str
    warn: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class OpenStation:
    """A station at work."""

    service: DeskService
    settings: Settings


def settings_of(folder: DataFolder) -> SettingsFile:
    """Returns the folder's settings; without a file every setting has its default.

    Raises:
        SettingsError: the file cannot be used.
    """
    if folder.settings.exists():
        return read_settings(folder.settings)
    return SettingsFile(folder.settings, Settings())


@contextmanager
def open_station(seat: Seat) -> Iterator[OpenStation]:
    """Opens the station in the folder, and closes it afterwards.

    Raises:
        SettingsError: ``station.toml`` cannot be used, or belongs to another station.
        StoreError: there is no station, or it cannot be opened.
    """
    file = settings_of(seat.folder)
    warning = _warning(seat.folder)
    if warning:
        seat.warn(warning)
    with ExitStack() as closing:
        yield OpenStation(_connect(seat, file, closing), file.settings)


def press_of(seat: Seat, station: OpenStation) -> Press:
    """Returns what prints for the station."""
    from desk.printing import Press

    return Press(station.service, station.settings, seat.clock, seat.folder.exports)


def _warning(folder: DataFolder) -> str:
    """Returns what is odd about the folder and does not stop the work, or nothing."""
    if not folder.has_station or folder.settings.exists():
        return ""
    return _("There is no {file}, so every setting has its default.").format(file=folder.settings)


def _connect(seat: Seat, file: SettingsFile, closing: ExitStack) -> DeskService:
    """Returns the service of the station in the folder; ``closing`` will close it."""
    from desk.service import Workplace, open_desk

    folder = seat.folder
    _miss_no_database(folder)
    # Another station's rules are refused before they are noticed, and so never in this journal.
    workplace = Workplace(seat.clock, seat.desk_name, accept=file.check_station)
    service = open_desk(folder.database, file.settings.station_rules, workplace)
    closing.callback(service.close)
    return service


def _miss_no_database(folder: DataFolder) -> None:
    """Makes sure that a folder with settings also has the database that they are for."""
    if folder.settings.exists() and not folder.has_station:
        raise StoreError(
            "no_database",
            _("{folder} has a station.toml, but no desk.db.").format(folder=folder.path),
            _(
                "If the database was lost, copy the newest file of {backups} to {database}. "
                "To begin anew with these settings, run desk init --anew."
            ).format(backups=folder.backups, database=folder.database),
        )


def verify(folder: DataFolder) -> Verification:
    """Checks the record in the folder as it is; settings have no say in it.

    Raises:
        StoreError: there is no station, or it cannot be read.
    """
    from desk.service import verify_record

    _miss_no_database(folder)
    return verify_record(folder.database)


def found(seat: Seat, station: Station, settings_text: str) -> None:
    """Makes a new station in a folder that has none, and never had.

    Args:
        seat: where.
        station: what.
        settings_text: the settings file that the station begins with.

    Raises:
        SettingsError: there is a ``station.toml`` for another station.
        StoreError: there is a station, or was one, or none can be made there.
    """
    settings_of(seat.folder).check_new_station(station)
    _miss_no_database(seat.folder)
    found_anew(seat, station, settings_text)


def found_anew(seat: Seat, station: Station, settings_text: str) -> None:
    """Makes a new station, and keeps the ``station.toml`` that another database has left.

    Args:
        seat: where.
        station: what.
        settings_text: the settings file that the station begins with, where there is none.

    Raises:
        SettingsError: the ``station.toml`` that is there is for another station.
        StoreError: there is a station already, or none can be made there.
    """
    from desk.service import Workplace, found_station

    folder = seat.folder
    file = settings_of(folder)
    file.check_new_station(station)
    try:
        folder.prepare()
        if not folder.has_station and not file.path.exists():
            write_whole(file.path, settings_text.encode())
    except OSError as error:
        raise StoreError(
            "cannot_write",
            _("{folder} cannot be written: {reason}.").format(
                folder=folder.path, reason=error.strerror
            ),
            _("Name a folder that this account may write with --data."),
        ) from None
    workplace = Workplace(seat.clock, seat.desk_name)
    found_station(folder.database, station, file.settings.station_rules, workplace).close()


@contextmanager
def board_of(
    seat: Seat, officer: Officer | None, set_up: Callable[[StationAnswers], None]
) -> Iterator[Launch]:
    """Returns what the screen is started with; whatever it connects is closed afterwards.

    Args:
        seat: where.
        officer: who acts, or None where the screen is to ask.
        set_up: makes the station from what the screen asked, where the folder is empty.

    Raises:
        SettingsError: ``station.toml`` cannot be used.
    """
    from desk.intake.drives import removable_drives
    from desk.intake.station_terms import terms_at
    from desk.tui.launch import Launch

    folder = seat.folder
    file = settings_of(folder)
    is_new = not folder.has_station and not folder.settings.exists()
    with ExitStack() as closing:
        yield Launch(
            connect=lambda: _connect(seat, file, closing),
            clock=seat.clock,
            settings=file.settings,
            desk_name=seat.desk_name,
            officer=None if officer is None else By(officer.badge, seat.desk_name),
            officer_name="" if officer is None else officer.name,
            data_folder=folder.path,
            terms=lambda: terms_at(folder, file.settings, seat.clock),
            title=file.settings.station.name or "",
            timezone=file.settings.station.timezone or "UTC",
            printer=lambda service: press_of(seat, OpenStation(service, file.settings)),
            drives=removable_drives,
            set_up=set_up if is_new else None,
            warning=_warning(folder),
        )


def show(launch: Launch) -> int:
    """Shows the board until the officer leaves it, and returns the exit code.

    Raises:
        DeskError: the board could not go on; the officer has seen why.
        BaseException: what nobody foresaw, for the outermost boundary.
    """
    from desk.tui.app import DeskApp

    app = DeskApp(launch)
    _leave_when_told(app.exit)
    app.run()
    ended_by = app.failure or app.problem
    if ended_by is not None:
        raise ended_by
    return app.return_code or 0


def _leave_when_told(leave: Callable[[], None]) -> None:
    """Leaves in good order when the terminal is closed or the PC shuts down.

    Otherwise the terminal would stay as the board has set it, and a practice station would stay
    on the disk.
    """
    for name in ("SIGTERM", "SIGHUP"):  # Windows knows only the first.
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda _number, _frame: leave())
