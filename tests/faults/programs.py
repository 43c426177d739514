"""The faults that are staged in a process of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_PATIENCE = 120

_RUN = (
    "import gc, runpy, sys; gc.set_threshold(100_000, 20, 100);"
    " runpy.run_module(sys.argv.pop(1), run_name='__main__', alter_sys=True)"
)
"""Runs a module as ``python -m`` does, and looks for no garbage in what it imports meanwhile."""


def outcome_of(program: str, *arguments: object, under: Sequence[str] = ()) -> Any:
    """Does what ``python -m tests.faults.PROGRAM`` does, and returns the document that it prints.

    Args:
        program: the module's name.
        arguments: as the module's own words say.
        under: the command that starts it, where that is to be another program.
    """
    ended = subprocess.run(
        [*under, sys.executable, "-c", _RUN, f"tests.faults.{program}", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE,
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)
