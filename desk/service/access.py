"""Signing in and out, locking and unlocking, and who may: by the vault's word and the record's.

The record is written first and the slots after it (``desk.vault.front_door`` says why), but for
the attempts: those are counted in the vault's own file before anything is checked, and taken into
the record from there, by their ids, so that none is journalled twice and none is missed.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

from desk.domain.intents import By
from desk.domain.lifecycle import Verb
from desk.domain.officers import (
    ChangePin,
    Dismiss,
    Enrol,
    FailedAttempt,
    FirstSupervisor,
    Lock,
    OfficerIntent,
    Readmit,
    Recode,
    Rekey,
    SignIn,
    SignOut,
    Unlock,
)
from desk.domain.ports import Drawn
from desk.domain.verdict import Code, Facts, Verdict
from desk.domain.views import Officer, Role
from desk.errors import BusyError, UsageError, WrongSecretError
from desk.i18n import _
from desk.service.acting import Acting
from desk.service.cleaning import cleaned
from desk.service.officers import change_officer, change_pin, note_accepted
from desk.storage.store import Store
from desk.vault import (
    Choice,
    Ending,
    Failure,
    Means,
    Slots,
    check_passphrase,
    draw_recovery_code,
)


@dataclass(frozen=True, slots=True)
class Keys:
    """What an opened station is guarded with.

    Attributes:
        slots: who can open it.
        data_key: what its database is encrypted with.
    """

    slots: Slots
    data_key: bytes = field(repr=False)


class Access:
    """Who may act at this desk; every method may be called from any thread, and takes its time.

    Args:
        store: the record.
        keys: the slots beside it, and the key that one of them held.
    """

    def __init__(self, store: Store, keys: Keys) -> None:
        self._store = store
        self._slots = keys.slots
        self._data_key = keys.data_key
        self._proven: set[str] = set()
        self.acting = Acting(store, self._proven)

    # At this desk

    def sign_in(self, by: By) -> Verdict:
        """Lets an officer work whose passphrase has opened the slots, unless the record says no."""
        with suppress(BusyError):
            self._settle(by.desk)
        officer = self._store.officer(by.badge)
        intent = SignIn(by=by)
        if officer is None or not officer.may_come_in:
            return self._let_in(intent)
        # Whoever only looks need not wait for another desk: it is journalled as soon as can be.
        self._store.note_sign_in(intent)
        self._proven.add(by.badge)
        return Verdict(Code.ACCEPTED, None, Facts(badge=by.badge, verb=intent.verb))

    def recover(self, supervisor: FirstSupervisor, desk: str) -> None:
        """Makes a supervisor of whoever had the recovery code, and lets them work at this desk.

        Raises:
            VaultError: the passphrase is too weak; nothing was changed.
        """
        choice = self._choice(supervisor.officer, supervisor.passphrase)
        self._settle(desk)
        self._store.make_supervisor(supervisor.officer, Verb.RECOVER, desk)
        self._slots.set_passphrase(choice, self._data_key)
        self._slots.lift_lock(supervisor.badge)
        self._proven.add(supervisor.badge)

    def sign_out(self, by: By) -> Verdict:
        """Ends an officer's work at this desk."""
        verdict = self.acting.act(SignOut(by=by), note_accepted)
        self._proven.discard(by.badge)
        return verdict

    def lock(self, by: By) -> Verdict:
        """Notes that the screen is covered, by the officer or because nobody touched it."""
        return self.acting.act(Lock(by=by), note_accepted)

    def unlock(self, by: By, pin: str) -> Verdict:
        """Uncovers the screen for whoever has that badge and that PIN.

        Raises:
            VaultError: the badge is locked out.
        """
        kept = self._store.pin_of(by.badge)
        try:
            self._slots.check_pin(by.badge, pin, kept)
        except WrongSecretError:
            self._settle(by.desk)
            raise
        return self._let_in(Unlock(by=by))

    def unlock_by_passphrase(self, by: By, passphrase: str) -> Verdict:
        """Uncovers the screen for whoever has that badge and that passphrase.

        Raises:
            VaultError: the passphrase is wrong, or the badge is locked out.
        """
        self._prove(by, passphrase)
        return self._let_in(Unlock(by=by))

    def _let_in(self, intent: SignIn | Unlock) -> Verdict:
        """Takes an officer as proven from now on, unless the record says no."""
        badge = intent.by.badge
        with ExitStack() as unless_let_in:
            if badge not in self._proven:
                unless_let_in.callback(self._proven.discard, badge)
            self._proven.add(badge)
            verdict = self.acting.act(intent, note_accepted)
            if verdict.accepted:
                unless_let_in.pop_all()
        return verdict

    # Who belongs to the station

    def officers(self, desk: str) -> tuple[Officer, ...]:
        """Returns everybody who ever belonged to the station, by badge.

        Args:
            desk: where that is asked: whom another desk has locked out meanwhile is noted there.
        """
        with suppress(BusyError):
            self._settle(desk)
        return self._store.officers()

    def enrol(self, intent: Enrol, passphrase: str) -> Verdict:
        """Lets somebody belong to the station, with a passphrase of their own.

        Raises:
            VaultError: the passphrase is too weak; nothing was changed.
        """
        said = cleaned(intent)
        choice = self._choice(Officer(said.badge, said.name, said.role), passphrase)
        verdict = self.acting.act(said, change_officer)
        if verdict.accepted:
            self._slots.set_passphrase(choice, self._data_key)
        return verdict

    def change(self, intent: OfficerIntent) -> Verdict:
        """Changes an officer's role, or lets an officer in again or go."""
        said = cleaned(intent)
        verdict = self.acting.act(said, change_officer)
        if verdict.accepted and isinstance(said, Dismiss):
            self._slots.remove_officer(said.badge, self._data_key)
            self._proven.discard(said.badge)
        if verdict.accepted and isinstance(said, Readmit):
            self._slots.lift_lock(said.badge)
        return verdict

    # Secrets

    def change_passphrase(self, by: By, old: str, new: str) -> Verdict:
        """Gives the officer, who knows the old passphrase, another one.

        Raises:
            VaultError: the old one is wrong, or the new one too weak.
        """
        choice = self._choice(self._known(by.badge), new)
        self._prove(by, old)
        return self._rekey(by, choice)

    def give_passphrase(self, by: By, badge: str, new: str) -> Verdict:
        """Gives another officer, who has forgotten the old one, another passphrase.

        Raises:
            VaultError: it is too weak; nothing was changed.
            UsageError: it is one's own, which an unlocked desk is not enough for.
        """
        if badge == by.badge:
            raise UsageError(
                "own_passphrase",
                _("Your own passphrase is changed only by whoever knows the old one."),
                _("Type /passphrase on the board."),
            )
        return self._rekey(by, self._choice(self._known(badge), new))

    def _rekey(self, by: By, choice: Choice) -> Verdict:
        verdict = self.acting.act(cleaned(Rekey(by=by, badge=choice.badge)), change_officer)
        if verdict.accepted:
            self._slots.set_passphrase(choice, self._data_key)
        return verdict

    def draw_recovery_code(self, by: By) -> Drawn:
        """Draws another recovery code, for a supervisor; the old one opens until it is confirmed.

        Raises:
            UsageError: nobody with that badge has signed in.
        """
        verdict = self.acting.act(Recode(by=by, badge=by.badge), change_officer)
        if not verdict.accepted:
            return Drawn(verdict)
        code = draw_recovery_code()
        return Drawn(verdict, code, lambda: self._slots.set_recovery_code(code, self._data_key))

    def change_pin(self, by: By, passphrase: str, pin: str) -> Verdict:
        """Gives the officer, who knows the passphrase, another PIN.

        Raises:
            VaultError: the PIN is too weak, and nothing was tried; the passphrase is wrong, or the
                badge is locked out.
        """
        kept = self._slots.hash_pin(by.badge, pin)
        self._prove(by, passphrase)
        return self.acting.act(ChangePin(by=by, pin_hash=kept, digits=len(pin)), change_pin)

    def sign(self, message: bytes) -> bytes:
        """Returns the station's signature of a message."""
        return self._slots.sign(message, self._data_key)

    def _choice(self, officer: Officer, passphrase: str) -> Choice:
        """Returns the passphrase that an officer chose.

        Raises:
            VaultError: it is too weak.
        """
        station = self._store.station
        choice = Choice.of(officer, station, passphrase)
        check_passphrase(choice, station.code)
        return choice

    def _known(self, badge: str) -> Officer:
        """Returns the officer with that badge; one without a name where the record has none."""
        return self._store.officer(badge) or Officer(badge, "", Role.OFFICER)

    def _prove(self, by: By, passphrase: str) -> None:
        try:
            self._slots.unlock(by.badge, passphrase)
        except WrongSecretError:
            self._settle(by.desk)
            raise

    def _settle(self, desk: str) -> None:
        """Takes into the record what happened beside it: failures, locks, slots that are left."""
        failures = self._slots.failures()
        self._store.note_failures([_as_recorded(each) for each in failures], desk)
        self._slots.recorded(failures)
        self._store.lock_out(self._slots.locked_badges(), desk)
        known = {officer.badge: officer for officer in self._store.officers()}
        for badge in self._slots.badges():
            officer = known.get(badge)
            if officer is not None and officer.left_at is not None:
                self._slots.remove_officer(badge, self._data_key)


_VERBS = {Means.PASSPHRASE: Verb.SIGN_IN, Means.PIN: Verb.UNLOCK, Means.RECOVERY: Verb.RECOVER}
_CODES = {
    Ending.WRONG: Code.NOT_PROVEN,
    Ending.REFUSED: Code.LOCKED_OUT,
    Ending.CUT_SHORT: Code.CUT_SHORT,
}


def _as_recorded(failure: Failure) -> FailedAttempt:
    verb, code = _VERBS[failure.means], _CODES[failure.ending]
    return FailedAttempt(failure.id, failure.at, verb, code, failure.badge)
