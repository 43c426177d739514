"""What a check-up asks of the slots."""

from __future__ import annotations

from desk.domain.health import SlotsSummary
from desk.i18n import _
from desk.paths import DataFolder
from desk.vault import LEAST, slot_file

_MIB = 1024


def slots_summary(folder: DataFolder) -> SlotsSummary:
    """Returns what the folder's slots say of themselves.

    Raises:
        VaultError: there are none, or they cannot be read.
    """
    held = slot_file.read_of(folder)
    cost = held.cost
    return SlotsSummary(
        passphrases=len(held.badges),
        cost=_("{n} passes over {mebibytes} MiB").format(
            n=cost.passes, mebibytes=cost.memory_kib // _MIB
        ),
        is_cheap=cost.passes < LEAST.passes or cost.memory_kib < LEAST.memory_kib,
        public_key=held.signing.public.hex(),
    )
