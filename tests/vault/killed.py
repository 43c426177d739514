"""Desks that are killed with -9 at the worst moment: ``python -m tests.vault.killed FOLDER``.

The program is loaded once; each desk is forked, says on a pipe that it has come to the moment, and
is killed there. Prints one JSON document.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from desk.errors import WrongSecretError
from desk.vault import Choice, front_door, slot_file
from desk.vault.attempt_file import Attempts
from desk.vault.attempts import LIMIT
from desk.vault.slots import unwrap
from tests.vault.making import BADGE, PASSPHRASE, SECOND, WRONG, VaultUnderTest, a_vault

KILLS = 20


def killed(desk: Callable[[int], object], after: float = 0) -> bytes:
    """Starts a desk, kills it so many seconds after it spoke, and returns what it said."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        desk(writer)
        os._exit(1)
    os.close(writer)
    said = os.read(reader, 64)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reader)
    return said


def stop_in_the_check(vault: VaultUnderTest, pipe: int) -> None:
    """Types a wrong passphrase; the check begins and never ends."""

    def never_ends(*_given: object, **_named: object) -> None:
        os.write(pipe, b"checking")
        signal.pause()

    with patch.object(front_door, "unwrap", never_ends):
        vault.slots.unlock(BADGE, WRONG)


def counted_before(vault: VaultUnderTest) -> dict[str, int]:
    """Kills as many desks in the check as lock a badge."""
    said = [killed(lambda pipe: stop_in_the_check(vault, pipe)) for _time in range(LIMIT)]
    return {"in_the_check": said.count(b"checking")}


def counted_after(vault: VaultUnderTest) -> dict[str, int]:
    """The same with desks that write nothing before the check, to test the test."""
    with patch.object(Attempts, "_begin"):
        return counted_before(vault)


def change_on_and_on(vault: VaultUnderTest, pipe: int) -> None:
    """Gives the officer two passphrases in turns, and says so after each."""
    while True:
        for passphrase in (SECOND.passphrase, PASSPHRASE):
            vault.slots.set_passphrase(Choice(BADGE, passphrase, ()), vault.data_key)
            os.write(pipe, b"changed")


def opens_with(vault: VaultUnderTest, passphrase: str) -> bool:
    """Returns whether the officer's slot gives its key for this passphrase."""
    held = slot_file.read(vault.folder.key_slots)
    slot = held.slot_of(BADGE)
    try:
        found = unwrap(slot, passphrase.encode(), held.cost, station=held.station)
    except WrongSecretError:
        return False
    return found == vault.data_key


def changing(vault: VaultUnderTest) -> dict[str, int]:
    """Kills desks that change a slot; counts after how many exactly one passphrase opens it."""
    chance = random.Random(KILLS)
    opened, written = 0, {vault.content}
    for _time in range(KILLS):
        pause = chance.uniform(0, 0.02)
        killed(lambda pipe: change_on_and_on(vault, pipe), pause)
        written.add(vault.content)
        opened += opens_with(vault, PASSPHRASE) != opens_with(vault, SECOND.passphrase)
    vault.slots.set_passphrase(SECOND, vault.data_key)
    left = len(list(vault.folder.path.glob(".*")))
    return {"kills": KILLS, "opened": opened, "versions": len(written), "left": left}


def main(folder: Path) -> dict[str, dict[str, int]]:
    """Does each round in a folder of its own, and returns what became of the desks."""
    outcome = {}
    for each in (counted_before, counted_after, changing):
        place = folder / each.__name__
        place.mkdir()
        outcome[each.__name__] = each(a_vault(place))
    return outcome


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1])), sys.stdout)
