"""From what a person can remember to a key: Argon2id, at a cost that fits the station's PC.

The floor is the OWASP Password Storage Cheat Sheet's: 2 passes over 19 MiB, one lane.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from pydantic import Field

from desk.clock import elapsed
from desk.vault.failures import no_memory
from desk.vault.parts import Part

KEY_BYTES = 32
SALT_BYTES = 16

_MIB = 1024  # KiB
_TARGET, _LONGEST = 0.35, 0.5  # Seconds; between a quarter of one and a half.
_MOST_PASSES = 32


class Cost(Part):
    """What one derivation costs whoever has to make it.

    The upper bounds keep a slot file that somebody touched from stopping the PC.

    Attributes:
        passes: how often the memory is gone through (``t``).
        memory_kib: how much of it, in KiB (``m``).
        lanes: how many threads may share the work (``p``).
    """

    passes: Annotated[int, Field(ge=1, le=_MOST_PASSES)]
    memory_kib: Annotated[int, Field(ge=32, le=256 * _MIB)]
    lanes: Annotated[int, Field(ge=1, le=4)] = 1


LEAST = Cost(passes=2, memory_kib=19 * _MIB)
"""No real station costs less."""

_MEMORIES = (64 * _MIB, 46 * _MIB, 32 * _MIB, LEAST.memory_kib)


def derive(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    """Returns the key of 32 bytes that this secret makes with this salt.

    Raises:
        VaultError: the PC has not the memory for it.
    """
    try:
        return hash_secret_raw(
            secret, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID
        )
    except HashingError:
        raise no_memory() from None


def seconds_for(cost: Cost) -> float:
    """Returns how long one derivation takes here, in seconds; the quicker of two."""

    def once() -> float:
        began = elapsed()
        derive(b"how quick is this PC", bytes(SALT_BYTES), cost)
        return elapsed() - began

    return min(once(), once())


def calibrated(seconds_for: Callable[[Cost], float] = seconds_for) -> Cost:
    """Returns the cost at which a derivation takes 250 to 500 ms on this PC.

    As much memory as two passes leave time for, and then as many passes; never less than `LEAST`,
    however slow the PC is.

    Args:
        seconds_for: measures a cost.

    Raises:
        VaultError: the PC has not the memory for it.
    """
    for memory_kib in _MEMORIES:
        two = seconds_for(Cost(passes=LEAST.passes, memory_kib=memory_kib))
        if two <= _LONGEST:
            fitting = math.floor(_TARGET / max(two / LEAST.passes, 0.001))
            passes = min(max(fitting, LEAST.passes), _MOST_PASSES)
            return Cost(passes=passes, memory_kib=memory_kib)
    return LEAST
