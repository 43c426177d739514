"""When there is nothing more to do until a timer, a thread or a terminal says something."""

from __future__ import annotations

import asyncio


async def nothing_is_ready() -> None:
    """Returns once the loop has nothing to do but to wait for timers, threads and terminals.

    Whatever was sent has come by then to wherever it goes, and done there what it does.
    """
    ready = vars(asyncio.get_running_loop())["_ready"]
    await asyncio.sleep(0)
    for _more in iter(ready.__len__, 0):
        await asyncio.sleep(0)
