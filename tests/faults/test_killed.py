"""The plug is pulled in the middle of a stream of acts; nothing acknowledged is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.stations import StationOnDisk, a_station_on_disk

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the writers are forked, which Windows has no way to do"
)

KILLS = 40


@pytest.fixture
def on_disk(tmp_path: Path) -> StationOnDisk:
    """A station of today, without a program on it."""
    return a_station_on_disk(tmp_path)


def outcome_of(on_disk: StationOnDisk, kills: int, acknowledge: str) -> Any:
    """Returns what became of the acts of so many killed writers."""
    command = [sys.executable, "-m", "tests.faults.stream", str(on_disk.folder), str(kills)]
    ended = subprocess.run(
        [*command, acknowledge, *on_disk.refs.values()],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_every_acknowledged_act_is_there_and_none_is_half_there(on_disk: StationOnDisk) -> None:
    outcome = outcome_of(on_disk, KILLS, "after_the_commit")

    assert outcome["kills"] == KILLS
    assert outcome["acknowledged"] >= KILLS
    assert outcome["stored"] >= outcome["acknowledged"]
    assert (outcome["lost"], outcome["halves"], outcome["findings"]) == ([], [], [])


def test_a_writer_that_speaks_too_soon_is_caught(on_disk: StationOnDisk) -> None:
    assert outcome_of(on_disk, KILLS, "before_the_commit")["lost"] != []
