"""The disk is full: the act is refused with a sentence, and everything before it is intact."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.stations import a_station_on_disk

pytest.importorskip("resource", reason="Windows has no limit on the size of a file")


def test_a_full_disk_refuses_and_loses_nothing(tmp_path: Path) -> None:
    on_disk = a_station_on_disk(tmp_path)
    ref = next(iter(on_disk.refs.values()))

    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.full_disk", str(on_disk.folder), ref],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=Path(__file__).parents[2],
    )

    assert ended.returncode == 0, ended.stderr
    outcome = json.loads(ended.stdout)
    assert outcome["sentence"]
    assert outcome["remedy"]
    assert outcome["acknowledged"] > 0
    assert outcome["accepted_after"]
    assert outcome["stored"] == outcome["acknowledged"] + 1
    assert outcome["findings"] == 0
