"""The way into a station: founding a guarded one, opening it, securing an older one, recovering.

What lies in the folder says which way there is: with ``keyslots.json`` beside the database a
passphrase opens it, and without, only a practice station can be worked at.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from desk.clock import Clock
from desk.domain.backups import Secured
from desk.domain.intents import By
from desk.domain.officers import FirstSupervisor, Proof
from desk.domain.ports import DeskService, Recovered
from desk.domain.rules import Rules
from desk.domain.views import Station
from desk.errors import DeskError, StoreError
from desk.i18n import _
from desk.paths import DataFolder

if TYPE_CHECKING:
    from desk.service import Desk
    from desk.vault import Slots


def miss_no_database(folder: DataFolder) -> None:
    """Makes sure that a folder in which there was a station also has its database.

    Raises:
        StoreError: it has not.
    """
    if not folder.has_station and not folder.is_new:
        explanation = (
            _("The database of {folder} was damaged, and set aside as {file}.").format(
                folder=folder.path, file=folder.damaged[-1].name
            )
            if folder.damaged
            else _("{folder} has a station.toml, but no desk.db.").format(folder=folder.path)
        )
        raise StoreError(
            "no_database",
            explanation,
            _(
                "If the database was lost, restore the newest file of {backups} with "
                "desk restore. To begin anew with these settings, run desk init --anew."
            ).format(backups=folder.backups),
        )


@dataclass(frozen=True, slots=True)
class Entrance:
    """The way into the station of one folder.

    Attributes:
        folder: the data folder.
        clock: the one clock.
        desk_name: this workstation's name.
        rules: the rules in force.
        accept: looks at the station before anything is written, and raises what is wrong with it.
        closing: closes whatever is opened.
        second: the other folder that holds backups, if the station has one.
        days_in_clear: whether the sheets of the days are to lie in the exports.
    """

    folder: DataFolder
    clock: Clock
    desk_name: str
    rules: Rules
    accept: Callable[[Station], None]
    closing: ExitStack
    second: Path | None = None
    days_in_clear: bool = False

    @property
    def is_guarded(self) -> bool:
        """Whether only a passphrase opens the station."""
        return self.folder.key_slots.exists()

    @property
    def may_be_secured(self) -> bool:
        """Whether there is a station that asks nobody yet."""
        from desk.storage.in_clear import has_lost_slots

        there = self.folder.has_station and not self.is_guarded
        return there and not has_lost_slots(self.folder)

    def open(self, proof: Proof) -> DeskService:
        """Returns the service of the station, at which the officer has signed in.

        Raises:
            VaultError: the proof is wrong, or the badge is locked out.
            StoreError: the station cannot be opened.
            DeskError: the record does not let the officer in.
        """
        slots = self._slots()
        return self._opened(slots, slots.unlock(proof.badge, proof.passphrase), proof.badge)

    def key(self, proof: Proof) -> bytes:
        """Returns the database's key, and opens nothing.

        Raises:
            VaultError: the proof is wrong, or the badge is locked out.
        """
        return self._slots().unlock(proof.badge, proof.passphrase)

    def need_station(self) -> None:
        """Makes sure that there is a station, which asks for a passphrase.

        Raises:
            StoreError: there is none, or it is of a time before there were passphrases.
            VaultError: what holds its key is gone.
        """
        miss_no_database(self.folder)
        if not self.folder.has_station:
            raise StoreError(
                "missing",
                _("There is no station in {folder}.").format(folder=self.folder.path),
                _("Run desk init to begin one there, or name its data folder with --data."),
            )
        if not self.is_guarded:
            self._need_slots()
            raise StoreError(
                "not_secured",
                _("The station in {folder} is not encrypted yet.").format(folder=self.folder.path),
                _(
                    'Start desk there, or run desk secure --supervisor "BADGE NAME": '
                    "it encrypts the record, and asks for a passphrase from then on."
                ),
            )

    def need_plain_station(self) -> None:
        """Makes sure that there is a station, which asks nobody yet.

        Raises:
            StoreError: there is none, or it asks already.
            VaultError: it is encrypted, and what holds its key is gone.
        """
        if self.is_guarded and self.folder.has_station:
            raise StoreError(
                "already_secured",
                _("The station in {folder} is encrypted already.").format(folder=self.folder.path),
                _("Start desk, or use its recovery code: desk recover."),
            )
        if not self.folder.has_station:
            self.need_station()
        self._need_slots()

    def _need_slots(self) -> None:
        from desk.storage.in_clear import has_lost_slots

        if has_lost_slots(self.folder):
            self._slots()

    def prepare(self) -> None:
        """Imports what opening the station will need, while somebody types.

        Raises:
            StoreError: there is no station that could be opened.
            VaultError: what holds its key is gone.
        """
        self.need_station()
        import_module("desk.service")

    def found(self, station: Station, supervisor: FirstSupervisor) -> str:
        """Makes a new station that knows one supervisor; returns its recovery code.

        The slots come first: a database without its key is lost.

        Raises:
            VaultError: the passphrase is too weak.
            StoreError: there is a station already, or none can be made there.
        """
        from desk.service import Founding, Keys, Workplace, found_guarded_station
        from desk.vault import Choice, calibrated, new_station

        choice = Choice.of(supervisor.officer, station, supervisor.passphrase)
        made = new_station(self.folder, self.clock, station.code, choice, calibrated())
        founding = Founding(Keys(made.slots, made.data_key), supervisor.officer)
        workplace = Workplace(self.clock, self.desk_name)
        found_guarded_station(
            self.folder.database, station, self.rules, workplace, founding
        ).close()
        return made.recovery_code

    def secure(self, supervisor: FirstSupervisor) -> Secured:
        """Encrypts a station of a time before passphrases, and says what is left in clear.

        The supervisor stands in the record before the slots are written, and those before the
        record is encrypted: cut short anywhere, it is done again, or finished by the next opening.

        Raises:
            VaultError: the passphrase is too weak; nothing was changed.
            StoreError: the record cannot be opened or written, or is in use.
        """
        from desk.service import Workplace, name_first_supervisor
        from desk.vault import Choice, calibrated, check_passphrase, new_station

        workplace = Workplace(self.clock, self.desk_name, accept=self.accept)

        def chosen(station: Station) -> Choice:
            return Choice.of(supervisor.officer, station, supervisor.passphrase)

        def check(station: Station) -> None:
            check_passphrase(chosen(station), station.code)

        station = name_first_supervisor(
            self.folder.database, self.rules, workplace, supervisor.officer, check
        )
        made = new_station(self.folder, self.clock, station.code, chosen(station), calibrated())
        left = tuple(map(str, self._encrypt(made.data_key)))
        away = self.second is not None and not self.second.is_dir()
        return Secured(made.recovery_code, left, str(self.second) if away else "")

    def _encrypt(self, data_key: bytes) -> tuple[Path, ...]:
        """Encrypts what is plain, and clears the sheets away that name people in clear.

        Returns:
            What is left that anybody can read, and nobody has asked for.
        """
        from desk.out.day_files import DayFiles
        from desk.storage.encrypting import encrypt_station

        left: list[Path] = []
        if not self.days_in_clear:
            try:
                DayFiles(self.folder.exports).clear(lambda _day: True)
            except OSError:
                left.append(self.folder.exports)
        others = [] if self.second is None else [self.second]
        return (*left, *encrypt_station(self.folder, data_key, others).left)

    def recover(self, code: str, supervisor: FirstSupervisor) -> Recovered:
        """Opens the station by its recovery code, and makes whoever has it a supervisor.

        The old code opens until the new one is confirmed.

        Raises:
            VaultError: the code opens nothing, or the passphrase is too weak.
            StoreError: the station cannot be opened.
        """
        from desk.vault import draw_recovery_code

        slots = self._slots()
        data_key = slots.recover(code)
        desk = self._desk(slots, data_key)
        desk.guarded_access.recover(supervisor, self.desk_name)
        newer = draw_recovery_code()
        return Recovered(desk, newer, confirm=lambda: slots.set_recovery_code(newer, data_key))

    def _opened(self, slots: Slots, data_key: bytes, badge: str) -> DeskService:
        from desk.wording import tell

        desk = self._desk(slots, data_key)
        verdict = desk.guarded_access.sign_in(By(badge, self.desk_name))
        if not verdict.accepted:
            told = tell(verdict, desk.station.zone)
            raise DeskError(verdict.code, told.explanation, told.next)
        return desk

    def _desk(self, slots: Slots, data_key: bytes) -> Desk:
        """Returns the open record, or sets it aside where it is damaged."""
        from desk.service import Keys, Workplace, open_guarded_desk
        from desk.storage.encrypting import plain_files
        from desk.storage.quarantine import offering_backup, quarantining

        # What securing the station left when it was cut short.
        if plain_files(self.folder):
            self._encrypt(data_key)
        workplace = Workplace(self.clock, self.desk_name, accept=self.accept)
        keys = Keys(slots, data_key)
        with quarantining(self.folder, data_key, self.clock):
            desk = open_guarded_desk(self.folder.database, self.rules, workplace, keys)
        # Damage further inside shows only when it is read.
        self.closing.enter_context(offering_backup(self.folder, data_key))
        self.closing.callback(desk.close)
        return desk

    def _slots(self) -> Slots:
        from desk.vault import open_slots

        return open_slots(self.folder, self.clock)
