"""The station's signature, by which another PC can tell its checkpoints from anybody else's.

Ed25519. The private half is sealed under a key made of the database's key, so it signs only while
the store is open; the public half is for everybody.
"""

from __future__ import annotations

import hmac
import secrets

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desk.vault.failures import wrong_key
from desk.vault.parts import Nonce, Part, PublicKey, SealedKey

_NONCE_BYTES = 12
_PURPOSE = b"desk: seals the signing key, 1"


class SigningPair(Part):
    """The two halves as a slot file keeps them.

    Attributes:
        public: the public half, raw.
        nonce: AES-GCM's.
        sealed: the private half.
    """

    public: PublicKey
    nonce: Nonce
    sealed: SealedKey


def new_pair(data_key: bytes) -> SigningPair:
    """Returns a new pair, sealed under the database's key."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = _seal(data_key).encrypt(nonce, private.private_bytes_raw(), public)
    return SigningPair(public=public, nonce=nonce, sealed=sealed)


def private_half(pair: SigningPair, data_key: bytes) -> Ed25519PrivateKey:
    """Returns what signs.

    Raises:
        VaultError: the key is not the one under which it was sealed, or the pair is damaged.
    """
    try:
        raw = _seal(data_key).decrypt(pair.nonce, pair.sealed, pair.public)
    except InvalidTag:
        raise wrong_key() from None
    return Ed25519PrivateKey.from_private_bytes(raw)


def is_signed(message: bytes, signature: bytes, public: bytes) -> bool:
    """Returns whether the station with this public key signed exactly this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):  # The latter: what is no public key signed nothing.
        return False
    return True


def _seal(data_key: bytes) -> AESGCM:
    # A key of its own, so that SQLCipher's key is used for nothing but the database.
    return AESGCM(hmac.digest(data_key, _PURPOSE, "sha256"))
