"""The one way by which keys come in: strictly one after another, and scans apart from typing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from textual import events
from textual.message_pump import MessagePump
from textual.timer import Timer

from desk.tui.scanner import LARGEST_GAP, Burst, Stroke

_SETTLE_WITHIN = 0.5
"""Seconds after which the next key no longer waits for the one before."""


class Receiver(Protocol):
    """Where keys and scans go."""

    async def press(self, key: events.Key) -> None:
        """Takes one key that somebody pressed."""
        ...

    async def scanned(self, text: str) -> None:
        """Takes the text of one scan."""
        ...

    def holds_back(self) -> bool:
        """Whether a character could press something, so that it has to prove itself typed."""
        ...

    def call_later(self, callback: Callable[[], Awaitable[None]]) -> bool:
        """Calls back in turn with the keys that have already come."""
        ...


class KeyGate:
    """Sorts keys into typing and scans.

    Where a character only goes into the find field it passes at once. Over a sheet, where a digit
    presses something, it waits for 35 ms until it is clear that it is not the start of a scan.
    """

    def __init__(
        self, receiver: Receiver, set_timer: Callable[[float, Callable[[], None]], Timer]
    ) -> None:
        self._receiver = receiver
        self._set_timer = set_timer
        self._burst = Burst()
        self._held: list[events.Key] = []
        self._typed: list[events.Key] = []
        self._timer: Timer | None = None

    @property
    def holding(self) -> bool:
        """Whether a key still waits to be told from the start of a scan."""
        return bool(self._held or self._typed)

    async def take(self, key: events.Key) -> None:
        """Takes the next key from the terminal."""
        stroke = Stroke(key.key, key.character if key.is_printable else None, key.time)
        if self._burst.swallows(stroke):
            return
        self._stop_timer()
        if not self._burst.continued_by(stroke):
            self._prove_typed()
        await self._press_typed()
        scan = self._burst.feed(stroke)
        if scan is not None:
            self._held.clear()
            await self._receiver.scanned(scan)
        elif key.is_printable and self._receiver.holds_back():
            self._held.append(key)
            self._timer = self._set_timer(LARGEST_GAP, self._paused)
        else:
            self._prove_typed()
            await self._press_typed()
            await self._receiver.press(key)

    def _paused(self) -> None:
        # A timer runs beside the keys; what it lets through has to wait for its turn among them.
        self._prove_typed()
        self._receiver.call_later(self._press_typed)

    def _prove_typed(self) -> None:
        self._typed += self._held
        self._held.clear()

    async def _press_typed(self) -> None:
        while self._typed:
            await self._receiver.press(self._typed.pop(0))

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None


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
