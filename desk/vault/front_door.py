"""The front door: what the service and the wiring may ask of the vault.

**What is written in which order.** The record (the database) is the truth about who may sign in;
the slots only say who can. Each change of the slots is one file, written as a whole, so it happens
or it does not; and the record is written first, always. A crash in between leaves:

- an officer added, or given a new passphrase, in the record alone: the slots are as they were, and
  the supervisor does it again;
- an officer removed in the record alone: the slot still opens the file, the service refuses the
  badge, and whoever opens the store next takes the slot away (`Slots.badges` beside the record);
- a new recovery code in the record alone: the old one still opens. `draw_recovery_code` and
  `set_recovery_code` are two steps so that the new code is on paper before the old one ends.

A station is founded the other way round, because a database without its key is lost: the slots,
then the database, then the code is shown. A crash before the database leaves slots that nobody
needs, which the next founding puts aside; one before the code is shown leaves a supervisor who can
sign in and draw another.

Recovery keeps the same order: `Slots.recover` opens and changes nothing; the record gets its new
supervisor, then the slots do, then a new code is drawn, shown and set. Until that is done, the old
code opens, and all of it can be done again.

**What removing a slot does not do.** Who kept a copy of the folder from when they had a slot can
open that copy. The key of the database does not change.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from desk.clock import Clock
from desk.paths import DataFolder
from desk.text import clean
from desk.vault import slot_file
from desk.vault.attempt_file import Attempts
from desk.vault.attempts import Failure, Means, who_typed
from desk.vault.failures import already_there, bad_badge, wrong_pin
from desk.vault.kdf import KEY_BYTES, Cost
from desk.vault.locking import alone
from desk.vault.parts import LONGEST_WORD
from desk.vault.passphrase import Choice, as_secret, check_passphrase, check_pin
from desk.vault.pin import hash_of, matches
from desk.vault.recovery import draw_recovery_code, read_recovery_code
from desk.vault.signing import new_pair, private_half
from desk.vault.slots import FORMAT, KeySlots, Slot, unwrap, wrap


@dataclass(frozen=True, slots=True)
class Slots:
    """A station's slots on the disk; read anew for each question, because other desks change them.

    All methods take as long as a derivation takes here where they check a secret, so they are
    called off the screen's thread. All raise `VaultError` where the folder cannot be used.

    Attributes:
        folder: the station's.
        clock: dates the attempts.
    """

    folder: DataFolder
    clock: Clock

    # Opening

    def unlock(self, badge: str, passphrase: str) -> bytes:
        """Returns the database's key of 32 bytes.

        Raises:
            WrongSecretError: the badge has no slot, the passphrase is wrong, or the slot is
                damaged; all take the same time and say the same.
            VaultError: ``locked_out``: nothing was checked.
        """
        return self._try(Means.PASSPHRASE, clean(badge), as_secret(passphrase))

    def recover(self, code: str) -> bytes:
        """Returns the database's key for the recovery code; changes nothing.

        Raises:
            VaultError: ``bad_recovery_code``: it was misread, is not the newest, or is damaged.
        """
        return self._try(Means.RECOVERY, None, read_recovery_code(code))

    def _try(self, means: Means, badge: str | None, secret: bytes) -> bytes:
        held = self._read()
        who = who_typed(badge, held.badges)
        slot = held.slot_of(badge)
        return self._attempts.counted(
            means, who, lambda: unwrap(slot, secret, held.cost, station=held.station)
        )

    # Who may open

    def station(self) -> str:
        """Returns the station's code."""
        return self._read().station

    def badges(self) -> tuple[str, ...]:
        """Returns the badges that have a passphrase."""
        return self._read().badges

    def set_passphrase(self, choice: Choice, data_key: bytes) -> None:
        """Gives an officer a passphrase: a first one, or another in place of a forgotten one.

        Raises:
            VaultError: ``weak_passphrase``; ``wrong_key``: it is not the one in these slots.
        """
        held = self._read()
        slot = _slot_for(choice, data_key, held.station, held.cost)
        self._put(slot, data_key)

    def change_passphrase(self, old: str, choice: Choice) -> None:
        """Gives an officer, who knows the old passphrase, another one.

        Raises:
            WrongSecretError: the old one is wrong; that counted as an attempt.
            VaultError: ``locked_out``; ``weak_passphrase``: the new one, and nothing was tried.
        """
        check_passphrase(choice, self._read().station)
        self.set_passphrase(choice, self.unlock(choice.badge, old))

    def remove_officer(self, badge: str, data_key: bytes) -> None:
        """Takes an officer's slot away, if there is one.

        Raises:
            VaultError: ``last_officer``; ``wrong_key``.
        """
        with alone(self.folder):
            held = self._checked(data_key)
            slot_file.write(self.folder.key_slots, held.without(clean(badge)))

    def set_recovery_code(self, code: str, data_key: bytes) -> None:
        """Makes this the code that opens, and ends the one before.

        Args:
            code: from `draw_recovery_code`, and on paper by now.
            data_key: the database's key.

        Raises:
            VaultError: ``bad_recovery_code``; ``wrong_key``.
        """
        held = self._read()
        secret = read_recovery_code(code)
        self._put(wrap(data_key, secret, held.cost, station=held.station), data_key)

    def _put(self, slot: Slot, data_key: bytes) -> None:
        with alone(self.folder):
            held = self._checked(data_key)
            slot_file.write(self.folder.key_slots, held.with_slot(slot))

    # Attempts

    def locked_badges(self) -> frozenset[str]:
        """Returns the badges that a supervisor has to unlock."""
        return self._attempts.locked_badges()

    def lift_lock(self, badge: str) -> None:
        """Lets an officer try again; the record has a supervisor's act for it by now."""
        self._attempts.lift(clean(badge))

    def failures(self) -> tuple[Failure, ...]:
        """Returns the failed attempts that the record does not have yet, oldest first."""
        return self._attempts.failures()

    def recorded(self, failures: Iterable[Failure]) -> None:
        """Says that the record has these failures now."""
        self._attempts.recorded(each.id for each in failures)

    # PINs, which the record keeps

    def hash_pin(self, badge: str, pin: str) -> str:
        """Returns what the record keeps of a new PIN.

        Raises:
            VaultError: ``weak_pin``.
        """
        check_pin(pin, clean(badge))
        return hash_of(pin, self._read().cost)

    def check_pin(self, badge: str, pin: str, kept: str | None) -> None:
        """Checks a PIN, counted like a passphrase and together with it.

        Args:
            badge: whose.
            pin: as typed.
            kept: what the record keeps of it; None where the officer is unknown or has none, which
                takes the same time.

        Raises:
            WrongSecretError: ``wrong_pin``.
            VaultError: ``locked_out``: nothing was checked.
        """
        held = self._read()

        def check() -> None:
            if not matches(pin, kept, held.cost):
                raise wrong_pin()

        self._attempts.counted(Means.PIN, who_typed(clean(badge), held.badges), check)

    # The station's signature

    def public_key(self) -> bytes:
        """Returns what tells the station's signature on another PC; 32 bytes, no secret."""
        return self._read().signing.public

    def sign(self, message: bytes, data_key: bytes) -> bytes:
        """Returns the station's signature of the message, 64 bytes.

        Raises:
            VaultError: ``wrong_key``.
        """
        return private_half(self._read().signing, data_key).sign(message)

    @property
    def _attempts(self) -> Attempts:
        return Attempts(self.folder, self.clock)

    def _read(self) -> KeySlots:
        return slot_file.read_of(self.folder)

    def _checked(self, data_key: bytes) -> KeySlots:
        """Returns the slots, where they hold this key: a wrong one would lock everybody out."""
        held = self._read()
        with slot_file.naming_a_copy(self.folder):
            private_half(held.signing, data_key)
        return held


@dataclass(frozen=True, slots=True)
class Founded:
    """What a new station starts with.

    Attributes:
        slots: its slots, with the first supervisor's and the recovery code's.
        data_key: the key to make the database with.
        recovery_code: to be shown once, when the database is made.
    """

    slots: Slots
    data_key: bytes = field(repr=False)
    recovery_code: str = field(repr=False)


def open_slots(folder: DataFolder, clock: Clock) -> Slots:
    """Returns the folder's slots.

    Raises:
        VaultError: ``no_slots``, ``bad_slots``, ``newer_slots``.
    """
    slot_file.read_of(folder)
    return Slots(folder, clock)


def new_station(folder: DataFolder, clock: Clock, code: str, choice: Choice, cost: Cost) -> Founded:
    """Writes the slots of a station whose database is to be made, or encrypted, next.

    Slots without a database are left over from a founding that a crash ended, or their database
    was lost; they are put aside under another name and not deleted.

    Args:
        folder: where; it exists.
        clock: the station's.
        code: the station's code.
        choice: the first supervisor's.
        cost: of every derivation at this station: ``calibrated()``.

    Raises:
        VaultError: ``weak_passphrase``; ``already_there``: there is an encrypted station.
    """
    data_key, recovery_code = secrets.token_bytes(KEY_BYTES), draw_recovery_code()
    first = _slot_for(choice, data_key, code, cost)
    recovery = wrap(data_key, read_recovery_code(recovery_code), cost, station=code)
    made = KeySlots(
        format=FORMAT,
        station=code,
        cost=cost,
        slots=(first, recovery),
        signing=new_pair(data_key),
    )
    with alone(folder):
        _put_aside(folder, clock)
        slot_file.write(folder.key_slots, made)
    return Founded(Slots(folder, clock), data_key, recovery_code)


def _put_aside(folder: DataFolder, clock: Clock) -> None:
    if not folder.key_slots.exists():
        return
    if folder.has_station:
        raise already_there()
    stamp = clock.now().format("YYYYMMDDTHHmmssSSSSSS")
    folder.key_slots.rename(folder.key_slots.with_name(f"keyslots-{stamp}.json"))


def _slot_for(choice: Choice, data_key: bytes, station: str, cost: Cost) -> Slot:
    badge = clean(choice.badge)
    if not 0 < len(badge) <= LONGEST_WORD:
        raise bad_badge(LONGEST_WORD)
    check_passphrase(choice, station)
    return wrap(data_key, as_secret(choice.passphrase), cost, station=station, badge=badge)
