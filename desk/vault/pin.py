"""What the record keeps of a PIN: its Argon2id hash, as a PHC string.

A PIN is short, so the hash only slows whoever has the open database already; the record itself is
encrypted, and attempts at the desk are counted.
"""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher, Type
from argon2.exceptions import HashingError, InvalidHashError, VerificationError, VerifyMismatchError

from desk.vault.failures import no_memory
from desk.vault.kdf import KEY_BYTES, SALT_BYTES, Cost
from desk.vault.passphrase import as_secret


def hash_of(pin: str, cost: Cost) -> str:
    """Returns what to keep of this PIN.

    Raises:
        VaultError: the PC has not the memory for it.
    """
    try:
        return _hasher(cost).hash(as_secret(pin), salt=secrets.token_bytes(SALT_BYTES))
    except HashingError:
        raise no_memory() from None


def matches(pin: str, kept: str | None, cost: Cost) -> bool:
    """Returns whether this is the PIN; where nothing is kept, after as long as it would take.

    Raises:
        VaultError: the PC has not the memory for it.
    """
    if kept is None:
        hash_of(pin, cost)
        return False
    try:
        return _hasher(cost).verify(kept, as_secret(pin))
    except (InvalidHashError, VerifyMismatchError):
        return False
    except VerificationError:
        raise no_memory() from None


def _hasher(cost: Cost) -> PasswordHasher:
    return PasswordHasher(
        cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, SALT_BYTES, type=Type.ID
    )
