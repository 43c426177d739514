"""How fast a board of 200 exchanges answers a key, beside a bare Textual table of 200 rows.

Both run in a real terminal; the time is from the key to the first byte of what it changes.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.bare_table import ROWS
from tests.e2e.stations import Booked, a_station_on_disk
from tests.e2e.terminal import Terminal

KEYS = 60
SIZE = (120, 36)


def milliseconds_per_key(terminal: Terminal) -> float:
    """Returns the median time from a key to the terminal's first byte of its answer."""
    terminal.settle()
    moves = ["up" if n % 20 >= 10 else "down" for n in range(KEYS)]
    return statistics.median(terminal.answers_in(key) * 1000 for key in moves)


def bare_table() -> float:
    """Measures the bare table."""
    command = [sys.executable, "-m", "tests.bench.bare_table"]
    root = Path(__file__).parents[2]
    with Terminal(command, *SIZE, folder=root) as terminal:
        terminal.wait_for("K7Q000")
        return milliseconds_per_key(terminal)


def board() -> float:
    """Measures the board."""
    day = [Booked(n - ROWS // 2, f"Giver{n} One", f"Receiver{n} Two") for n in range(ROWS)]
    with TemporaryDirectory() as folder:
        on_disk = a_station_on_disk(Path(folder), day)
        with Terminal(on_disk.command(), *SIZE) as terminal:
            terminal.wait_for("Time", "overdue")
            return milliseconds_per_key(terminal)
