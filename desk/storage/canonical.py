"""The canonical form of what the journal holds, and the digests over it.

Canonical JSON here is: sorted keys, no spaces, UTF-8, whole numbers only, moments as microseconds,
true and false as 1 and 0. Texts are in NFC before they are written; they are not normalised again
when they are checked, or a changed byte that reads the same would pass.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from desk.storage.failures import damaged
from desk.storage.types import to_micros

GENESIS = "0" * 64
"""What the first act follows."""

KEY_BYTES = 32
_ACT = b"desk/act/1\0"
_LINE = b"desk/line/1\0"
_LINES = b"desk/lines/1\0"
_LOOKS = b"desk/looks/1\0"


def _plain(value: object) -> object:
    match value:
        case datetime():
            return to_micros(value)
        case bytes():
            # Only a tampered row holds bytes where a text was; they must not pass for one.
            return {"bytes": value.hex()}
        case _:
            raise TypeError(f"the journal holds no {type(value).__name__}")


_ENCODER = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain
)


def canonical(value: object) -> str:
    """Returns the canonical JSON of a value."""
    return _ENCODER.encode(value)


def parsed(kept: str) -> Any:
    """Returns the value that a column's JSON holds.

    Raises:
        StoreError: it is no JSON, so it was not written by us.
    """
    try:
        return json.loads(kept)
    except (TypeError, ValueError):
        raise damaged() from None


def canonical_bytes(value: object) -> bytes:
    """Returns the canonical JSON of a value in UTF-8; what is not Unicode stays distinct."""
    return canonical(value).encode("utf-8", "surrogatepass")


def line_digest(line: Mapping[str, Any]) -> str:
    """Returns the digest of one line: all its columns but the digest itself."""
    return hashlib.sha256(_LINE + canonical_bytes(dict(line))).hexdigest()


def lines_digest(digests: Iterable[str]) -> str:
    """Returns the digest of an act's lines, in the order of their exchanges' numbers."""
    return hashlib.sha256(_LINES + canonical_bytes(list(digests))).hexdigest()


def looks_digest(looks: Iterable[Mapping[str, Any]]) -> str:
    """Returns the digest of the looks that one act notes: all their columns, in their order."""
    return hashlib.sha256(_LOOKS + canonical_bytes([dict(look) for look in looks])).hexdigest()


def act_hash(prev_hash: str, act: Mapping[str, Any], digest_of_lines: str) -> str:
    """Returns an act's hash: over the one before, its own columns, and its lines."""
    chained = hashlib.sha256(_ACT)
    chained.update(_ascii(prev_hash))
    chained.update(canonical_bytes(act))
    chained.update(_ascii(digest_of_lines))
    return chained.hexdigest()


def _ascii(digest: object) -> bytes:
    """Returns a hexadecimal digest's bytes; a tampered one may be anything."""
    return str(digest).encode("utf-8", "surrogatepass")


def commitment(key: bytes, columns: Mapping[str, Any]) -> str:
    """Returns what the journal holds in place of a details row: an HMAC under the row's own key."""
    return hmac.digest(key, canonical_bytes(columns), "sha256").hex()
