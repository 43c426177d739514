"""How fast a board of 200 exchanges answers a key, beside a bare Textual table of 200 rows.

Both run in a real terminal, with the same keys. Two times are taken: to the first bytes of the
answer, which on both are the rows that the cursor left and went to; and to the last, after which
the terminal is silent for a while. By then the board has drawn the card beside its rows too, which
waits until the cursor rests; the bare table has none.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.bare_table import ROWS
from tests.e2e.stations import Booked, a_station_on_disk
from tests.e2e.terminal import Terminal

KEYS = 60
SIZE = (120, 36)


@dataclass(frozen=True)
class Answer:
    """Median milliseconds from a key to the first and to the last byte of its answer."""

    first: float
    last: float


def side_by_side(keys: int = KEYS) -> tuple[Answer, Answer]:
    """Measures the board and the bare table, key by key in turns, so that both meet the same load.

    Returns:
        The board's answer, and the table's.
    """
    day = [Booked(n - ROWS // 2, f"Giver{n} One", f"Receiver{n} Two") for n in range(ROWS)]
    bare = [sys.executable, "-m", "tests.bench.bare_table"]
    root = Path(__file__).parents[2]
    with TemporaryDirectory() as folder:
        on_disk = a_station_on_disk(Path(folder), day)
        with (
            Terminal(on_disk.command(), *SIZE) as board,
            Terminal(bare, *SIZE, folder=root) as table,
        ):
            board.wait_for("Time", "overdue")
            table.wait_for("K7Q000")
            board.settle()
            table.settle()
            moves = ["up" if n % 20 >= 10 else "down" for n in range(keys)]
            taken = [(board.answers_in(key), table.answers_in(key)) for key in moves]
    of_board, of_table = zip(*taken, strict=True)
    return _medians(of_board), _medians(of_table)


def _medians(taken: Sequence[tuple[float, float]]) -> Answer:
    firsts, lasts = zip(*taken, strict=True)
    return Answer(statistics.median(firsts) * 1000, statistics.median(lasts) * 1000)
