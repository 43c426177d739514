"""Booking files as the screen lists them, and as an officer names them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

import pendulum
from textual.content import Content

from desk.domain.days import local_day
from desk.errors import BookingFileError
from desk.i18n import _
from desk.intake.intake import find_booking_files
from desk.intake.read import file_name
from desk.text import fit, safe
from desk.tui.present import Tone, short_day
from desk.wording import clock_time

_NAME_CELLS = 46


def typed_path(text: str, listed: Iterable[Path] = ()) -> Path | None:
    """Returns the path that a typed text means; None where nothing was typed.

    It may stand in quotes, as terminals write a file that is dropped on them, begin with ``~``,
    or be just the name of a listed file.

    Args:
        text: what was typed.
        listed: the files that the officer sees.

    Raises:
        BookingFileError: ``~name`` of somebody who has no home folder.
    """
    word = text.strip()
    if len(word) > 1 and word[0] == word[-1] and word[0] in "\"'":
        word = word[1:-1]
    if not word:
        return None
    try:
        whole = Path(word).expanduser()
    except RuntimeError as error:
        raise BookingFileError(
            "no_such_home",
            _("There is no home folder for “{path}”.").format(path=safe(word)),
            _("Type the path from its beginning."),
        ) from error
    return next((path for path in listed if path.name == word), whole)


def look_into(inbox: Path) -> tuple[tuple[Path, ...], str]:
    """Returns the files of the inbox, or why it cannot be read."""
    try:
        return find_booking_files(inbox), ""
    except BookingFileError as error:
        return (), " ".join(filter(None, (error.explanation, error.next)))


def file_line(path: Path, zone: ZoneInfo) -> Content:
    """Returns a file's name, and when it was written by the station's clock."""
    return Content.assemble(
        fit(file_name(path), _NAME_CELLS), "  ", (_changed_at(path, zone), f"$tone-{Tone.DIM}")
    )


def _changed_at(path: Path, zone: ZoneInfo) -> str:
    """Returns when a file was written; nothing where its disk tells no time that can be."""
    try:
        moment = pendulum.from_timestamp(path.stat().st_mtime)
    except (OSError, OverflowError, ValueError):
        return ""
    return f"{short_day(local_day(moment, zone))} {clock_time(moment, zone)}"
