"""The inbox: what has come into it, and where a file goes once it was taken in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path

from desk.domain.drafts import ImportPlan
from desk.errors import BookingFileError
from desk.i18n import _
from desk.intake.found import FoundFile, files_in_the_inbox
from desk.intake.read import file_name
from desk.paths import make_private_file, make_private_folder

DONE = "done"
"""The folder of the inbox in which files lie that were taken in."""


class InboxWatch:
    """Notices booking files that have come into the inbox, and stopped growing."""

    def __init__(self, inbox: Path) -> None:
        self._inbox = inbox
        self._before: frozenset[FoundFile] = frozenset()
        self._settled: frozenset[FoundFile] = frozenset()

    def look(self) -> tuple[FoundFile, ...] | None:
        """Returns the files that were the same at the last look, the newest first.

        Returns:
            None where these are the same files as the last time, or the folder cannot be read.
        """
        try:
            files = files_in_the_inbox(self._inbox)
        except BookingFileError:
            # Whoever opens the list of files is told.
            return None
        here = tuple(file for file in files if file.is_booking_file and file.size)
        settled = tuple(file for file in here if file in self._before)
        self._before = frozenset(here)
        if self._settled == frozenset(settled):
            return None
        self._settled = frozenset(settled)
        return settled


def held_in(inbox: Path, path: Path) -> FoundFile | None:
    """Returns a file as it lies in the inbox now; None for one that lies anywhere else."""
    try:
        if not path.parent.samefile(inbox):
            return None
        told = path.stat()
    except (OSError, ValueError):
        return None
    return FoundFile(path, "", told.st_mtime_ns, told.st_size)


def was_taken_in(plan: ImportPlan, file: FoundFile) -> bool:
    """Tells whether a plan, once applied, has anything of a file.

    A file that was rejected whole, beside others that were not, is still to be mended.
    """
    name = file_name(file.path)
    changes = chain(plan.unchanged, plan.changed, plan.cancelled, plan.decided)
    good = chain(plan.new, plan.cancelled_before, (change.draft for change in changes))
    rejected = any(each.file == name for each in plan.rejections)
    return not rejected or any(draft.file == name for draft in good)


def put_away(file: FoundFile) -> Path:
    """Moves a file that was taken in to ``done``, beside any other of its name.

    Args:
        file: as it was before it was read.

    Returns:
        Where it lies now.

    Raises:
        BookingFileError: it was written anew since it was read, or cannot be moved; it stays.
    """
    name = file_name(file.path)
    if held_in(file.path.parent, file.path) != file:
        raise BookingFileError(
            "changed_since",
            _("“{file}” was written anew since it was read, and stays in the inbox.").format(
                file=name
            ),
            _("Import it again."),
        )
    done = file.path.parent / DONE
    try:
        make_private_folder(done)
        place = _reserved(done, file.path)
        try:
            file.path.replace(place)
        except OSError:
            place.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise BookingFileError(
            "not_moved",
            _("“{file}” was taken in, and cannot be moved to {folder}: {reason}.").format(
                file=name, folder=f"{file.path.parent.name}/{DONE}", reason=error.strerror
            ),
            _("It stays in the inbox; move it yourself."),
        ) from error
    return place


def _reserved(folder: Path, file: Path) -> Path:
    """Returns a name that is free, and nobody else's from now on: an empty file stands there."""
    names = _names(file)
    while True:
        place = folder / next(names)
        try:
            make_private_file(place)
        except FileExistsError:
            continue
        return place


def _names(file: Path) -> Iterator[str]:
    """Yields the file's own name, then ``name (2).csv`` and so on."""
    yield file.name
    yield from (f"{file.stem} ({n}){file.suffix}" for n in count(2))
