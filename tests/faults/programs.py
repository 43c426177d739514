"""The faults that are staged in a process of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_PATIENCE = 120


def outcome_of(program: str, *arguments: object, under: Sequence[str] = ()) -> Any:
    """Runs ``python -m tests.faults.PROGRAM``, and returns the document that it prints.

    Args:
        program: the module's name.
        arguments: as the module's own words say.
        under: the command that starts it, where that is to be another program.
    """
    ended = subprocess.run(
        [*under, sys.executable, "-m", f"tests.faults.{program}", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE,
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)
