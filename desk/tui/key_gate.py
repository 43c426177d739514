"""The one way by which keys come in: strictly one after another, and scans apart from typing."""

from __future__ import annotations

import asyncio
from typing import Protocol

from textual import events
from textual.message_pump import MessagePump

from desk.tui.scanner import LARGEST_GAP, Burst, Stroke

_SETTLE_WITHIN = 0.5
"""Seconds after which the next key no longer waits for the one before."""


class Receiver(Protocol):
    """Where keys, pastes and scans go."""

    async def press(self, key: events.Key) -> None:
        """Takes one key that somebody pressed, and returns once it has done what it does."""
        ...

    async def pasted(self, paste: events.Paste) -> None:
        """Likewise takes what was pasted."""
        ...

    async def scanned(self, text: str) -> None:
        """Likewise takes the text of one scan."""
        ...

    def holds_back(self) -> bool:
        """Whether a character could press something, so that it has to prove itself typed."""
        ...

    async def caught_up(self) -> None:
        """Returns once all that has already come was put into the gate."""
        ...


class KeyGate:
    """Sorts what the terminal sends into typing and scans, in the order in which it came.

    Where a character only goes into the find field it passes at once. Over a sheet, where a digit
    presses something, it waits for 35 ms until it is clear that it is not the start of a scan.
    """

    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._came: asyncio.Queue[events.Key | events.Paste] = asyncio.Queue()
        self._burst = Burst()
        self._held: list[events.Key] = []
        self._at_work = False

    @property
    def busy(self) -> bool:
        """Whether something that came has not done yet what it does."""
        return self._at_work or bool(self._held) or not self._came.empty()

    def put(self, event: events.Key | events.Paste) -> None:
        """Takes what came from the terminal, to be dealt with when its turn has come."""
        self._came.put_nowait(event)

    async def run(self) -> None:
        """Deals with one event after another, for as long as the program runs.

        It is a task of its own. Textual runs a key's bindings only when the key has come back to
        the app, by which time the keys behind it would have been typed already.
        """
        while True:
            try:
                pause = LARGEST_GAP if self._held else None
                event = await asyncio.wait_for(self._came.get(), pause)
            except TimeoutError:
                # While a sheet was painted the rest of a scan may have come, and waits its turn.
                await self._receiver.caught_up()
                if self._came.empty():
                    await self._press_held()
                continue
            self._at_work = True
            try:
                await self._take(event)
            finally:
                self._at_work = False

    async def _take(self, event: events.Key | events.Paste) -> None:
        if isinstance(event, events.Paste):
            await self._press_held()
            await self._receiver.pasted(event)
            return
        character = event.character if event.is_printable else None
        stroke = Stroke(event.key, character, event.time)
        if self._burst.swallows(stroke):
            return
        if not self._burst.continued_by(stroke):
            await self._press_held()
        scan = self._burst.feed(stroke)
        if scan is not None:
            self._held.clear()
            await self._receiver.scanned(scan)
        elif event.is_printable and self._receiver.holds_back():
            self._held.append(event)
        else:
            await self._press_held()
            await self._receiver.press(event)

    async def _press_held(self) -> None:
        while self._held:
            await self._receiver.press(self._held[0])
            del self._held[0]


async def settled(*nodes: MessagePump) -> None:
    """Waits until these nodes have dealt with what they were sent, in this order.

    So an Enter that opens a sheet has opened it before the next key is looked at.
    """
    for node in nodes:
        done = asyncio.Event()
        if not node.call_later(done.set):
            continue
        try:
            await asyncio.wait_for(done.wait(), _SETTLE_WITHIN)
        except TimeoutError:
            return
