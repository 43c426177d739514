"""A station's slots in a temp folder, at a cost that only tests may pay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk.errors import VaultError
from desk.paths import DataFolder
from desk.vault import Choice, Cost, Slots, new_station
from tests.builders import StoppedClock, moment

CHEAP = Cost(passes=1, memory_kib=32)

BADGE = "4412"
TYPED = {"right": "violet kettle under nine snow", "wrong": "violet kettle under ten snows"}
PASSPHRASE, WRONG = TYPED["right"], TYPED["wrong"]

SECOND = Choice("4413", "marmalade tax on a tuesday", ())


@dataclass(frozen=True)
class VaultUnderTest:
    """Slots with one supervisor, and everything that opens them."""

    folder: DataFolder
    clock: StoppedClock
    slots: Slots
    data_key: bytes
    code: str

    @property
    def content(self) -> bytes:
        """The slot file as it lies there."""
        return self.folder.key_slots.read_bytes()

    def fail(self, times: int = 1, badge: str = BADGE) -> None:
        """Types a wrong passphrase so many times."""
        for _time in range(times):
            assert refusal(self.slots.unlock, badge, WRONG) == "wrong_passphrase"


def a_vault(folder: Path) -> VaultUnderTest:
    """Slots as a founding leaves them, on a Saturday at 14:32."""
    place, clock = DataFolder(folder), StoppedClock(moment("14:32"))
    made = new_station(place, clock, "KPD", Choice(BADGE, PASSPHRASE, ()), CHEAP)
    return VaultUnderTest(place, clock, made.slots, made.data_key, made.recovery_code)


def refused(act: Callable[..., object], *given: object) -> VaultError:
    """Returns why it was refused; a sentence and a way on are in it."""
    with pytest.raises(VaultError) as raised:
        act(*given)
    assert raised.value.explanation
    assert raised.value.next
    return raised.value


def answer(act: Callable[..., object], *given: object) -> str:
    """Returns the code with which it was refused, or nothing where it was not."""
    try:
        act(*given)
    except VaultError as error:
        return error.code if error.explanation and error.next else "no sentence"
    return ""


def refusal(act: Callable[..., object], *given: object) -> str:
    """Returns the code with which it was refused."""
    return refused(act, *given).code
