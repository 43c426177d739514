"""The plug is pulled on desks that check a passphrase or change a slot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk.paths import DataFolder
from desk.vault import Slots
from desk.vault.attempts import LIMIT, Ending
from tests.builders import StoppedClock, moment
from tests.vault.killed import KILLS
from tests.vault.making import BADGE, PASSPHRASE, refusal

pytestmark = [
    pytest.mark.skipif(
        not hasattr(os, "fork"), reason="the desks are forked, which Windows has no way to do"
    ),
    pytest.mark.xdist_group("killed in the vault"),
]


@dataclass(frozen=True)
class Killed:
    """What became of desks that were killed: `tests/vault/killed.py`."""

    folder: Path
    outcome: dict[str, dict[str, int]]

    def slots(self, name: str) -> Slots:
        """What one round left, an hour later."""
        return Slots(DataFolder(self.folder / name), StoppedClock(moment("15:32")))


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Killed:
    """All rounds, by one program that is loaded once."""
    folder = tmp_path_factory.mktemp("killed")
    ended = subprocess.run(
        [sys.executable, "-m", "tests.vault.killed", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode == 0, ended.stderr
    return Killed(folder, json.loads(ended.stdout))


def test_five_desks_killed_between_the_line_and_the_check_lock_the_badge(killed: Killed) -> None:
    slots = killed.slots("counted_before")

    assert killed.outcome["counted_before"]["in_the_check"] == LIMIT
    assert refusal(slots.unlock, BADGE, PASSPHRASE) == "locked_out"
    assert [each.ending for each in slots.failures()][:LIMIT] == [Ending.CUT_SHORT] * LIMIT


def test_desks_that_would_count_after_the_check_are_caught(killed: Killed) -> None:
    assert killed.outcome["counted_after"]["in_the_check"] == LIMIT
    assert killed.slots("counted_after").unlock(BADGE, PASSPHRASE)


def test_a_desk_killed_while_it_changes_a_slot_leaves_the_old_or_the_new(killed: Killed) -> None:
    outcome = killed.outcome["changing"]

    assert outcome["opened"] == outcome["kills"] == KILLS
    assert outcome["versions"] > KILLS, "no desk was killed while it worked"
    assert outcome["left"] == 0, "half a slot file outlived its desk"
