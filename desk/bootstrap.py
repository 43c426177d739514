"""Settings → store → service → screen, wired once; nothing is kept outside what is returned.

Whatever is slow to import is imported when it is asked for: the screen paints its first frame
before it connects, and a command that needs no database never loads one.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk.clock import Clock
from desk.domain.intents import By
from desk.domain.officers import FirstSupervisor, Proof
from desk.domain.ports import DeskService
from desk.domain.views import Station, Verification
from desk.entrance import Entrance, miss_no_database
from desk.errors import DeskError, StoreError, UsageError
from desk.i18n import _
from desk.paths import DataFolder, write_whole
from desk.settings import Settings, SettingsFile, read_settings

if TYPE_CHECKING:
    from desk.domain.backups import Drill, Restored
    from desk.printing import Press
    from desk.service import Against
    from desk.tui.launch import Keeper, Launch, StationAnswers


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an officer sits.

    Attributes:
        folder: the data folder.
        clock: the one clock.
        desk_name: this workstation's name.
        warn: tells a person what is odd and does not stop the work.
        prove: returns what the officer shows to be let in; raises ``UsageError`` where nobody
            can be asked.
    """

    folder: DataFolder
    clock: Clock
    desk_name: str
    warn: Callable[[str], None]
    prove: Callable[[], Proof]


@dataclass(frozen=True, slots=True)
class OpenStation:
    """A station at work."""

    service: DeskService
    settings: Settings


@contextmanager
def way_in(seat: Seat) -> Iterator[Entrance]:
    """Returns the way into the station in the folder; whatever it opens is closed afterwards.

    Raises:
        SettingsError: ``station.toml`` cannot be used.
    """
    with ExitStack() as closing:
        yield _entrance(seat, settings_of(seat.folder), closing)


@dataclass(frozen=True, slots=True)
class FoundingPlan:
    """What a new station is to be.

    Attributes:
        station: what it is.
        supervisor: who lets all others in.
        settings_text: the settings file that it begins with, where there is none.
    """

    station: Station
    supervisor: FirstSupervisor
    settings_text: str


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
        way_in = _entrance(seat, file, closing)
        way_in.need_station()
        yield OpenStation(way_in.open(seat.prove()), file.settings)


def press_of(seat: Seat, station: OpenStation) -> Press:
    """Returns what prints for the station."""
    from desk.printing import Press

    return Press(station.service, station.settings, seat.clock, seat.folder.exports)


def _warning(folder: DataFolder) -> str:
    """Returns what is odd about the folder and does not stop the work, or nothing."""
    if not folder.has_station or folder.settings.exists():
        return ""
    return _("There is no {file}, so every setting has its default.").format(file=folder.settings)


def _entrance(seat: Seat, file: SettingsFile, closing: ExitStack) -> Entrance:
    """Returns the way into the station in the folder; ``closing`` will close what it opens."""
    second = file.settings.backups.plan.second
    # Another station's rules are refused before they are noticed, and so never in this journal.
    return Entrance(
        seat.folder,
        seat.clock,
        seat.desk_name,
        file.settings.station_rules,
        file.check_station,
        closing,
        None if second is None else Path(second),
        file.settings.paper.days_in_clear,
    )


def verify(seat: Seat, against: Against | None = None) -> Verification:
    """Checks the record in the folder as it is; settings have no say in it.

    Args:
        seat: where.
        against: what the record once ended with; None for its newest checkpoint in the folder.

    Raises:
        VaultError: the officer is not let in.
        StoreError: there is no station, or it cannot be read.
    """
    from desk.service import newest_beside, verify_record
    from desk.storage.quarantine import offering_backup

    with ExitStack() as closing:
        way_in = _entrance(seat, SettingsFile(seat.folder.settings, Settings()), closing)
        way_in.need_station()
        key = way_in.key(seat.prove())
        with offering_backup(seat.folder, key):
            asked = against or newest_beside(seat.folder)
            return verify_record(seat.folder.database, key, asked)


def restore(seat: Seat, file: Path, badge: str) -> Restored:
    """Puts a backup in the place of the record in the folder.

    Where the folder has no slots, those beside the backup open it, and are the folder's from then
    on; where there are none either, it is of a time before there were passphrases.

    Args:
        seat: where.
        file: the backup.
        badge: who asks for it.

    Raises:
        VaultError: the officer is not let in.
        StoreError: the backup is not good, or a desk has the record open; nothing was changed.
        DeskError: only a supervisor may.
    """
    from desk.domain.backups import Restored
    from desk.service.backups import restore_backup
    from desk.storage.restoring import RestoreOrder
    from desk.wording import tell

    settings = settings_of(seat.folder).settings
    order = RestoreOrder(
        file,
        _key_of_backup(seat, file),
        seat.desk_name,
        By(badge, seat.desk_name),
        settings.station.code,
    )
    done = restore_backup(seat.folder, order, seat.clock.now())
    if isinstance(done, Restored):
        return done
    told = tell(done, ZoneInfo(settings.station.timezone or "UTC"))
    raise DeskError(done.code, told.explanation, told.next)


def _key_of_backup(seat: Seat, file: Path) -> bytes | None:
    from desk.storage.backup_files import copy_file, slots_beside
    from desk.vault import Slots

    with TemporaryDirectory() as place:
        folder = seat.folder
        if not folder.key_slots.exists():
            if not slots_beside(file).is_file():
                return None
            # Whoever tries here is counted as whoever tries at any copy: not at all.
            folder = DataFolder(Path(place))
            copy_file(slots_beside(file), folder.key_slots)
        proof = seat.prove()
        return Slots(folder, seat.clock).unlock(proof.badge, proof.passphrase)


def drill(seat: Seat) -> Drill:
    """Proves the newest backup: restores it into a folder that is gone again, and compares it.

    Raises:
        VaultError: the officer is not let in.
        StoreError: there is no station, or it cannot be read.
    """
    from desk.service.backups import prove_backup

    with way_in(seat) as entrance:
        entrance.need_station()
        return prove_backup(seat.folder, entrance.key(seat.prove()))


def found(seat: Seat, plan: FoundingPlan) -> str:
    """Makes a new station in a folder that has none, and never had; returns its recovery code.

    Raises:
        SettingsError: there is a ``station.toml`` for another station.
        StoreError: there is a station, or was one, or none can be made there.
    """
    settings_of(seat.folder).check_new_station(plan.station)
    miss_no_database(seat.folder)
    return found_anew(seat, plan)


def found_anew(seat: Seat, plan: FoundingPlan) -> str:
    """Makes a new station beside the ``station.toml`` that another database has left.

    Raises:
        SettingsError: the ``station.toml`` that is there is for another station.
        VaultError: the supervisor's passphrase is too weak.
        StoreError: there is a station already, or none can be made there.
    """
    from desk.vault import Choice, check_passphrase

    folder = seat.folder
    file = settings_of(folder)
    file.check_new_station(plan.station)
    # Before anything is written: settings without a database are taken for a lost one.
    supervisor = plan.supervisor
    choice = Choice.of(supervisor.officer, plan.station, supervisor.passphrase)
    check_passphrase(choice, plan.station.code)
    try:
        folder.prepare()
        if not folder.has_station and not file.path.exists():
            write_whole(file.path, plan.settings_text.encode())
    except OSError as error:
        raise StoreError(
            "cannot_write",
            _("{folder} cannot be written: {reason}.").format(
                folder=folder.path, reason=error.strerror
            ),
            _("Name a folder that this account may write with --data."),
        ) from None
    with ExitStack() as closing:
        return _entrance(seat, file, closing).found(plan.station, plan.supervisor)


def _prepare(seat: Seat, way_in: Entrance) -> None:
    from desk.log import Log

    Log(seat.folder.log, seat.clock).started()
    way_in.prepare()


def _note(seat: Seat, error: DeskError) -> None:
    from desk.log import Log

    Log(seat.folder.log, seat.clock).failed(error)


@contextmanager
def board_of(
    seat: Seat, proof: Proof | None, set_up: Callable[[StationAnswers], str]
) -> Iterator[Launch]:
    """Returns what the screen is started with; whatever it connects is closed afterwards.

    Args:
        seat: where.
        proof: what somebody has already shown to be let in, or None where the screen is to ask.
        set_up: makes the station from what the screen asked, where the folder is empty.

    Raises:
        SettingsError: ``station.toml`` cannot be used.
        StoreError: there are settings, and the database that they are for is gone.
    """
    from desk.intake.drives import removable_drives
    from desk.intake.station_terms import terms_at
    from desk.tui.launch import Launch

    folder = seat.folder
    file = settings_of(folder)
    with ExitStack() as closing:
        way_in = _entrance(seat, file, closing)
        yield Launch(
            connect=_nobody_is_asked,
            entrance=way_in,
            prepare=lambda: _prepare(seat, way_in),
            proof=proof,
            clock=seat.clock,
            settings=file.settings,
            desk_name=seat.desk_name,
            officer=None,
            officer_name="",
            data_folder=folder.path,
            terms=lambda: terms_at(folder, file.settings, seat.clock),
            title=file.settings.station.name or "",
            timezone=file.settings.station.timezone or "UTC",
            printer=lambda service: press_of(seat, OpenStation(service, file.settings)),
            drives=removable_drives,
            keeper=lambda service: _keeper(seat, file.settings, service),
            set_up=set_up if folder.is_new else None,
            secure=way_in.secure if way_in.may_be_secured else None,
            warning=_warning(folder),
            note_failure=lambda error: _note(seat, error),
        )


def _keeper(seat: Seat, settings: Settings, service: DeskService) -> Keeper:
    from desk.service.backups import BackupKeeper

    return BackupKeeper(service, seat.folder.backups, settings.backups.plan, seat.clock)


def _nobody_is_asked() -> DeskService:
    raise UsageError("guarded", _("This station is opened by a badge and a passphrase."))


def show(launch: Launch) -> int:
    """Shows the board until the officer leaves it, and returns the exit code.

    Raises:
        DeskError: the board could not go on, and the officer has seen why; or the end of the
            shift could not be written.
        BaseException: what nobody foresaw, for the outermost boundary.
    """
    from desk.tui.app import DeskApp

    app = DeskApp(launch)
    _leave_when_told(app.exit)
    app.run()
    ended_by = app.failure or app.problem
    if ended_by is not None:
        with suppress(DeskError):
            app.sign_out()
        raise ended_by
    app.sign_out()
    return app.return_code or 0


def _leave_when_told(leave: Callable[[], None]) -> None:
    """Leaves in good order when the terminal is closed or the PC shuts down.

    Otherwise the terminal would stay as the board has set it, and a practice station would stay
    on the disk.
    """
    for name in ("SIGTERM", "SIGHUP"):  # Windows knows only the first.
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda _number, _frame: leave())
