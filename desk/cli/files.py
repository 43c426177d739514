"""Files that a command writes where it is told to."""

from __future__ import annotations

from pathlib import Path

from desk.errors import DeskError
from desk.i18n import _


def write_file(out: Path, content: bytes) -> None:
    """Writes a file as a whole; one of that name is replaced.

    Raises:
        DeskError: it cannot be written.
    """
    from desk.paths import write_whole

    if out.exists() and not out.is_file():
        raise DeskError(
            "cannot_write",
            _("{file} is no file, and would be replaced by one.").format(file=out),
            _("Name a file, or leave it away for stdout."),
        )
    try:
        # Where a link says that the file lies elsewhere, there.
        write_whole(out.resolve(), content)
    except OSError as error:
        raise DeskError(
            "cannot_write",
            _("{file} cannot be written: {reason}.").format(file=out, reason=error.strerror),
            _("Name another file, or make room; a file that was there is as it was."),
        ) from None
