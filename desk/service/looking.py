"""Who looked at what: gathered as it happens, and written a little later, many at a time."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress

from desk.domain.intents import By
from desk.domain.looks import Look, LookedAt
from desk.errors import StoreError
from desk.storage.store import Store

_EVERY = 5.0
"""Seconds between two batches; whoever kills the program takes so many seconds of looks along."""


class Looking:
    """Takes looks without making anybody wait, and writes them from a thread of its own.

    Args:
        store: where they are written.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: list[Look] = []
        self._guard = threading.Lock()
        self._ended = threading.Event()
        self._writer: threading.Thread | None = None

    def saw(self, by: By, what: LookedAt, refs: Sequence[str]) -> None:
        """Takes one look at each of these exchanges, or one at none in particular."""
        at = self._store.now()
        with self._guard:
            self._seen += [Look(by, what, at, ref) for ref in refs or (None,)]
            if self._writer is None:
                self._writer = threading.Thread(target=self._write_on, name="looks", daemon=True)
                self._writer.start()

    def write(self) -> None:
        """Writes what was seen until now, if that can be at once; otherwise the next act does."""
        with self._guard:
            seen, self._seen = self._seen, []
        # The store keeps what it could not write, and tries again with whatever is written next.
        with suppress(StoreError):
            if seen:
                self._store.leave_looks(seen)

    def close(self) -> None:
        """Ends the thread, and writes the last of it, waiting for other desks as an act does."""
        self._ended.set()
        if self._writer is not None:
            self._writer.join()
        self.write()
        with suppress(StoreError):
            self._store.catch_up()

    def _write_on(self) -> None:
        while not self._ended.wait(_EVERY):
            self.write()
