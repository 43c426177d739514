"""Prints the figures of the README: ``python -m tests.bench``; takes a few minutes."""

from __future__ import annotations

import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.bench import keys, store
from tests.e2e.terminal import Terminal

STARTS = 7


def first_frame() -> float:
    """Returns the median milliseconds from starting the program to its first frame."""
    taken = []
    for _start in range(STARTS):
        began = perf_counter()
        with Terminal.of_desk("practice", "--at", "2026-11-21 14:32") as terminal:
            terminal.wait_for("Find a name")
            taken.append((perf_counter() - began) * 1000)
    return statistics.median(taken)


def bare_python() -> float:
    """Returns the median milliseconds that Python itself takes to start and end."""
    taken = []
    for _start in range(STARTS):
        began = perf_counter()
        subprocess.run([sys.executable, "-c", ""], check=True)
        taken.append((perf_counter() - began) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Measures everything once."""
    board, table = keys.side_by_side()
    figures = {
        "first frame in a terminal, ms (Python itself included)": first_frame(),
        "Python alone, ms": bare_python(),
        "key to first byte, board of 200 exchanges, ms": board.first,
        "key to first byte, bare Textual table of 200 rows, ms": table.first,
        "key to last byte, board of 200 exchanges, ms": board.last,
        "key to last byte, bare Textual table of 200 rows, ms": table.last,
    }
    with TemporaryDirectory() as folder:
        figures["an act, commit included, ms"] = store.an_act(Path(folder))
    for years in (0, store.YEARS):
        with TemporaryDirectory() as folder:
            name = f"a board of {store.PER_DAY} exchanges, {years} years behind it, ms"
            figures[name] = store.a_board(Path(folder), years)
    for name, figure in figures.items():
        print(f"{name:<60} {figure:8.1f}")


if __name__ == "__main__":
    main()
