"""The slots: the database's one key, wrapped anew for everybody who may have it.

As LUKS does it: the key is random and never changes with a passphrase; what a person knows makes
another key (`kdf`), which wraps the first by AES-GCM. The wrapping binds what the slot says of
itself, so that no slot can be given another badge, or be carried into another station's file.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from enum import StrEnum, auto
from typing import Final, Literal, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import model_validator

from desk.vault.failures import last_officer, wrong_passphrase, wrong_recovery_code
from desk.vault.kdf import KEY_BYTES, SALT_BYTES, Cost, derive
from desk.vault.parts import Id, Nonce, Part, Salt, SealedKey, Word
from desk.vault.signing import SigningPair

FORMAT: Final = 1
NONCE_BYTES = 12
_ID_BYTES = 8
_SEALED_BYTES = KEY_BYTES + 16


class SlotKind(StrEnum):
    """What opens a slot."""

    PASSPHRASE = auto()
    RECOVERY = auto()


class Slot(Part):
    """One way to the key.

    Attributes:
        id: tells it from every other slot there ever was.
        kind: what opens it.
        badge: whose passphrase; None for the recovery code.
        salt: makes the same passphrase another key in another slot.
        nonce: AES-GCM's, never used twice with one key.
        sealed: the database's key, wrapped.
    """

    id: Id
    kind: SlotKind
    badge: Word | None
    salt: Salt
    nonce: Nonce
    sealed: SealedKey

    @model_validator(mode="after")
    def _is_somebodys(self) -> Self:
        if (self.badge is None) != (self.kind is SlotKind.RECOVERY):
            raise ValueError(self.kind)
        return self


class KeySlots(Part):
    """Everything in a slot file.

    Attributes:
        format: which form the file has.
        station: the station's code.
        cost: of every derivation; one for all, so that a slot's cost does not tell whose it is.
        slots: at least one passphrase's, and the recovery code's.
        signing: what signs the record's checkpoints.
    """

    format: Literal[1]
    station: Word
    cost: Cost
    slots: tuple[Slot, ...]
    signing: SigningPair

    @model_validator(mode="after")
    def _has_every_slot_once(self) -> Self:
        once = Counter(slot.badge for slot in self.slots)
        ids = {slot.id for slot in self.slots}
        if set(once.values()) != {1} or None not in once or len(once) < 2:
            raise ValueError(self.station)
        if len(ids) != len(self.slots):
            raise ValueError(self.station)
        return self

    @property
    def badges(self) -> tuple[str, ...]:
        """Who has a passphrase."""
        return tuple(slot.badge for slot in self.slots if slot.badge is not None)

    def slot_of(self, badge: str | None) -> Slot:
        """Returns the officer's slot, or the recovery code's for None.

        For an unknown badge it is a decoy, which takes as long to try and opens for nobody.
        """
        return next((slot for slot in self.slots if slot.badge == badge), _decoy(badge))

    def with_slot(self, slot: Slot) -> KeySlots:
        """Returns these slots with this one, in place of the one that the same person had."""
        others = tuple(each for each in self.slots if each.badge != slot.badge)
        return self.model_copy(update={"slots": (*others, slot)})

    def without(self, badge: str) -> KeySlots:
        """Returns these slots without this officer's, if there is one.

        Raises:
            VaultError: nobody else has a passphrase.
        """
        if self.badges == (badge,):
            raise last_officer()
        left = tuple(slot for slot in self.slots if slot.badge != badge)
        return self.model_copy(update={"slots": left})


def wrap(
    data_key: bytes, secret: bytes, cost: Cost, *, station: str, badge: str | None = None
) -> Slot:
    """Returns a new slot, in which this secret finds the key.

    Args:
        data_key: the database's key.
        secret: what opens the slot.
        cost: of the derivation.
        station: the station's code.
        badge: whose passphrase the secret is; None for the recovery code.
    """
    identity, kind = secrets.token_bytes(_ID_BYTES), _kind_of(badge)
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    bound = _bound(identity, kind, badge, station)
    sealed = AESGCM(derive(secret, salt, cost)).encrypt(nonce, data_key, bound)
    return Slot(id=identity, kind=kind, badge=badge, salt=salt, nonce=nonce, sealed=sealed)


def unwrap(slot: Slot, secret: bytes, cost: Cost, *, station: str) -> bytes:
    """Returns the key in the slot.

    Raises:
        WrongSecretError: the secret is not the slot's, or the slot is not as it was written.
        VaultError: the PC has not the memory for it.
    """
    bound = _bound(slot.id, slot.kind, slot.badge, station)
    key = AESGCM(derive(secret, slot.salt, cost))
    try:
        return key.decrypt(slot.nonce, slot.sealed, bound)
    except InvalidTag:
        failed = wrong_passphrase if slot.kind is SlotKind.PASSPHRASE else wrong_recovery_code
        raise failed() from None


def _kind_of(badge: str | None) -> SlotKind:
    return SlotKind.RECOVERY if badge is None else SlotKind.PASSPHRASE


def _bound(identity: bytes, kind: SlotKind, badge: str | None, station: str) -> bytes:
    return json.dumps(["desk slot", FORMAT, identity.hex(), kind.value, badge, station]).encode()


def _decoy(badge: str | None) -> Slot:
    # Not checked like a slot that is read: whatever was typed for a badge gets one.
    return Slot.model_construct(
        id=secrets.token_bytes(_ID_BYTES),
        kind=_kind_of(badge),
        badge=badge,
        salt=secrets.token_bytes(SALT_BYTES),
        nonce=secrets.token_bytes(NONCE_BYTES),
        sealed=secrets.token_bytes(_SEALED_BYTES),
    )
