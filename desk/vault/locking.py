"""One desk at a time changes the slots or counts an attempt.

The lock is the operating system's, which takes it back from a process that is killed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from desk.clock import elapsed
from desk.paths import DataFolder
from desk.vault.failures import busy, counting, spoken

_PATIENCE = 2.5  # Seconds: as long as an act waits for the database.
_PAUSE = 0.01

if sys.platform == "win32":
    import msvcrt

    def _try_to_lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_to_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def alone(folder: DataFolder) -> Iterator[None]:
    """Lets no other desk, and no other thread, in here at the same time.

    Held for a few reads and writes, and never while a secret is checked.

    Raises:
        VaultError: another held on for too long, or the disk refuses something inside.
    """
    with spoken(), counting(folder.path):
        lock = folder.key_slots.with_suffix(".lock")
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            _wait_for(handle)
            yield
        finally:
            os.close(handle)  # Which gives it back.


def _wait_for(handle: int) -> None:
    began = elapsed()
    while True:
        try:
            _try_to_lock(handle)
        except (BlockingIOError, PermissionError):  # The latter: Windows.
            if elapsed() - began > _PATIENCE:
                raise busy() from None
            time.sleep(_PAUSE)
        else:
            return
