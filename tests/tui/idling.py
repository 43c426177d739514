"""When there is nothing more to do until a timer, a thread or a terminal says something."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.screen import Screen

PATIENCE = 10.0
"""Seconds after which a test that waits for something fails."""

A_MOMENT = 0.005
"""Seconds that a thread is given to answer before it is looked again."""


async def nothing_is_ready() -> None:
    """Returns once the loop has nothing to do but to wait for timers, threads and terminals.

    Whatever was sent has come by then to wherever it goes, and done there what it does.
    """
    ready = vars(asyncio.get_running_loop())["_ready"]
    await asyncio.sleep(0)
    for _more in iter(ready.__len__, 0):
        await asyncio.sleep(0)


async def painted(app: App[Any]) -> None:
    """Waits until the screen in front is painted, whichever that is by then."""
    front: Screen[Any] | None = None
    while app.is_running and app.screen is not front:
        front = app.screen
        await _painted(app, front)


async def _painted(app: App[Any], front: Screen[Any]) -> None:
    """Waits until a screen is painted, or goes, and takes what was to be called back along."""
    done = asyncio.Event()
    app.call_after_refresh(done.set)
    async with asyncio.timeout(PATIENCE):
        while not done.is_set() and app.is_running and app.screen is front:
            with suppress(TimeoutError):
                async with asyncio.timeout(A_MOMENT):
                    await done.wait()
