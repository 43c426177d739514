"""What a check-up finds, counted and without a word about anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Inventory:
    """What there is in a station's database.

    Attributes:
        revision: its schema's.
        rows: how many there are, by table.
        settings: those of SQLite that commits depend on, as a connection has them.
    """

    revision: str
    rows: Mapping[str, int]
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SlotsSummary:
    """What lies beside an encrypted database, as far as it is no secret.

    Attributes:
        passphrases: how many officers have one.
        cost: of trying one, in words: ``3 passes over 64 MiB``.
        is_cheap: whether it costs less than any real station's.
        public_key: what tells the station's checkpoints; in hexadecimal.
    """

    passphrases: int
    cost: str
    is_cheap: bool
    public_key: str
