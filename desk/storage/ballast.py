"""Sixteen MiB that are given up when the disk is full.

On a full disk even deleting a row needs space; this file is the space that can always be made.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from desk.errors import StoreError
from desk.i18n import _
from desk.paths import DataFolder, make_private_file
from desk.storage.failures import disk_full

BALLAST_BYTES = 16 * 1024 * 1024
_LEAST_ROOM = 64 * 1024  # The index of SQLite's log takes half of it.
_SPARE = 4  # Laid only where so many times its size are free, so that it never fills a disk.


class Ballast:
    """The file beside the database."""

    def __init__(self, database: Path, size: int = BALLAST_BYTES) -> None:
        self._folder = DataFolder(database.parent)
        self._size = size

    def lay(self) -> None:
        """Writes the file if it is missing and the disk has room; else leaves things alone."""
        if not self._size or self._folder.ballast.exists():
            return
        # A missing ballast is no reason to keep an officer from working.
        with contextlib.suppress(OSError):
            if shutil.disk_usage(self._folder.path).free > _SPARE * self._size:
                make_private_file(self._folder.ballast)
                self._folder.ballast.write_bytes(bytes(self._size))

    def drop(self) -> bool:
        """Deletes the file; returns whether that freed anything."""
        return self._folder.give_up_ballast()

    def is_needed_after(self, error: StoreError) -> bool:
        """Returns whether the error is that of a full disk.

        Where not even the log's index can be made, SQLite only says that the disk refused.
        """
        if error.code != "io":
            return error.code == "disk_full"
        with contextlib.suppress(OSError):
            return shutil.disk_usage(self._folder.path).free < _LEAST_ROOM
        return False

    def give_up(self) -> StoreError:
        """Returns what to tell the officer: that the disk is full, or that space was freed."""
        error = disk_full()
        if not self.drop():
            return error
        return StoreError(
            error.code,
            _("The disk is full, so nothing was changed. desk has given up the 16 MiB it keeps."),
            _("Do it again now, and then free some space on the disk."),
        )
