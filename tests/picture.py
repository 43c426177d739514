"""Draws the README's picture of the board: ``python -m tests.picture .ci/board.svg``.

It is the practice day of seed 1 at 14:32 on Saturday 21 November 2026, so that anyone who draws it
draws the same. ``python -m tests.picture FILE COLUMNSxROWS [KEY …]`` draws another size.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import pendulum

from desk.cli.practice_station import Practice, board_of
from desk.clock import PracticeClock
from desk.tui.app import DeskApp

_NOON_AND_A_BIT = pendulum.datetime(2026, 11, 21, 14, 32, tz="America/Los_Angeles")


async def picture(size: tuple[int, int], keys: Sequence[str]) -> str:
    """Returns the board as SVG, once its day is read."""
    practice = Practice(PracticeClock(_NOON_AND_A_BIT), 1, (), "desk 1")
    with board_of(practice) as launch:
        app = DeskApp(launch)
        async with app.run_test(size=size) as pilot:
            while app.board.highlighted is None or app.board.timeline is None:
                await pilot.pause(0.05)
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.2)
            return app.export_screenshot(title="desk")


def main(arguments: Sequence[str]) -> None:
    """Writes the picture to the file that is named."""
    file, *more = arguments
    columns, rows = (more[0] if more else "120x36").split("x")
    svg = asyncio.run(picture((int(columns), int(rows)), more[1:]))
    Path(file).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
