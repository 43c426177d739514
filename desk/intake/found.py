"""Where booking files lie: in the inbox, and on the removable drives.

A drive is only ever read. One that hangs or was pulled out keeps nobody waiting: each is looked at
in a thread of its own, and what has not answered in time is told.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from desk.clock import elapsed
from desk.errors import BookingFileError
from desk.i18n import _
from desk.intake.drives import Drive, Drives

SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".ics"})
"""How the names of booking files end, whatever their case."""

_MOST_ENTRIES = 4000
"""How much of a drive is looked at: a stick with a thousand photos in each folder is no inbox."""

_MOST_FILES = 300
_PATIENCE = 1.0
"""Seconds until a drive is told to hang."""

_EMPTY_READER = 21
"""What Windows says of a card reader without a card."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be a booking file, as it lay there when it was looked at.

    Attributes:
        place: the drive's label, with the folder where it lies in one; empty for the inbox.
        written_ns: when it was last written, in nanoseconds since 1970.
        size: in bytes.
    """

    path: Path
    place: str
    written_ns: int
    size: int

    @property
    def is_booking_file(self) -> bool:
        """Whether it is called as booking files are."""
        return self.path.suffix.lower() in SUFFIXES


@dataclass(frozen=True, slots=True)
class Found:
    """What one look has found.

    Attributes:
        files: the newest first.
        drives: the labels of the drives that were looked at.
        troubles: a sentence on each place that could not be looked at, or not wholly.
    """

    files: tuple[FoundFile, ...] = ()
    drives: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


def newest_first(files: Sequence[FoundFile]) -> tuple[FoundFile, ...]:
    """Returns the files in the order in which they are listed."""
    return tuple(sorted(files, key=lambda file: (-file.written_ns, file.path)))


def files_in_the_inbox(inbox: Path) -> tuple[FoundFile, ...]:
    """Returns the files in the inbox, newest first; none where there is no such folder.

    All of them, whatever they are called: one that desk does not know is refused with a sentence,
    and not in silence. Hidden files and folders are left out.

    Raises:
        BookingFileError: the folder cannot be read.
    """
    try:
        with os.scandir(inbox) as entries:
            return newest_first([*filter(None, map(_file_of, entries))])
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise BookingFileError(
            "unreadable_inbox",
            _("The folder for booking files cannot be read."),
            _("Check that it may be read."),
        ) from error


def _file_of(entry: os.DirEntry[str], place: str = "") -> FoundFile | None:
    """Returns a file of a folder; None for all else, and for what went meanwhile."""
    try:
        if entry.name.startswith(".") or not entry.is_file(follow_symlinks=not place):
            return None
        told = entry.stat(follow_symlinks=not place)
    except OSError:
        return None
    return FoundFile(Path(entry.path), place, told.st_mtime_ns, told.st_size)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was found on one drive.

    Attributes:
        trouble: why it could not be looked at, or not wholly; or empty.
    """

    files: tuple[FoundFile, ...] = ()
    trouble: str = ""


def _look_at(drive: Drive) -> _Seen:
    """Returns the booking files in the top folder of a drive and in those right below."""
    files: list[FoundFile] = []
    trouble = ""
    try:
        for n, (entry, place) in enumerate(_entries(drive)):
            if n >= _MOST_ENTRIES or len(files) >= _MOST_FILES:
                words = _("{drive} holds too much to look at all of it.")
                trouble = words.format(drive=drive.label)
                break
            file = _file_of(entry, place)
            if file is not None and file.is_booking_file:
                files.append(file)
    except OSError as error:
        if getattr(error, "winerror", None) != _EMPTY_READER:
            words = _("{drive} cannot be read: {reason}.")
            trouble = words.format(drive=drive.label, reason=error.strerror)
    return _Seen(tuple(files), trouble)


def _entries(drive: Drive) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Yields what lies in the top folder, then what lies one level down, and where that is."""
    with os.scandir(drive.path) as entries:
        top = tuple(islice(entries, _MOST_ENTRIES))
    yield from ((entry, drive.label) for entry in top)
    for folder in top:
        try:
            if folder.is_dir(follow_symlinks=False) and not folder.name.startswith((".", "$")):
                with os.scandir(folder) as entries:
                    yield from ((entry, f"{drive.label}/{folder.name}") for entry in entries)
        except OSError:
            # Each system keeps folders on a drive that nobody else may look into.
            continue


class _Look(threading.Thread):
    """One look at one drive; where that hangs, the program ends without it."""

    def __init__(self, drive: Drive) -> None:
        super().__init__(name=f"look at {drive.label}", daemon=True)
        self._drive = drive
        self.seen = _Seen()

    def run(self) -> None:
        """Looks."""
        self.seen = _look_at(self._drive)


class Lookout:
    """Looks for booking files, again and again; one look at a time.

    Args:
        inbox: the station's own folder for them.
        drives: returns the drives that are plugged in.
        patience: seconds that all drives together have to answer; whatever comes later is in the
            next look.
    """

    def __init__(self, inbox: Path, drives: Drives, patience: float = _PATIENCE) -> None:
        self.inbox = inbox
        self._drives = drives
        self._patience = patience
        self._looks: dict[Drive, _Look] = {}
        self._seen: dict[Drive, _Seen] = {}

    def look(self) -> Found:
        """Returns what lies where now; it takes a moment, so it is called in a worker."""
        plugged_in = self._drives()
        self._forget_all_but(plugged_in)
        for drive in plugged_in:
            if drive not in self._looks:
                self._looks[drive] = _Look(drive)
                self._looks[drive].start()
        files: list[FoundFile] = []
        troubles: list[str] = []
        try:
            files += files_in_the_inbox(self.inbox)
        except BookingFileError as error:
            troubles += [error.explanation, *filter(None, [error.next])]
        until = elapsed() + self._patience
        for drive in plugged_in:
            seen = self._answer_of(drive, until)
            files += seen.files
            troubles += filter(None, [seen.trouble])
        labels = tuple(drive.label for drive in plugged_in)
        return Found(newest_first(files), labels, tuple(troubles))

    def _answer_of(self, drive: Drive, until: float) -> _Seen:
        """Returns what was found on a drive, now or, where it hangs, the last time."""
        look = self._looks[drive]
        look.join(max(until - elapsed(), 0))
        if look.is_alive():
            files = self._seen.get(drive, _Seen()).files
            return _Seen(files, _("{drive} does not answer.").format(drive=drive.label))
        del self._looks[drive]
        self._seen[drive] = look.seen
        return look.seen

    def _forget_all_but(self, drives: Sequence[Drive]) -> None:
        for gone in [each for each in (*self._looks, *self._seen) if each not in drives]:
            self._looks.pop(gone, None)
            self._seen.pop(gone, None)
