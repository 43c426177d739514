"""Booking files as the screen lists them, and as an officer names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

import pendulum
from textual.content import Content

from desk.domain.days import local_day
from desk.domain.drafts import ImportPlan
from desk.errors import BookingFileError
from desk.i18n import _, ngettext
from desk.intake.found import Found, FoundFile
from desk.intake.read import file_name
from desk.intake.told import how_words
from desk.text import fit, safe
from desk.tui.present import Tone, short_day
from desk.tui.widgets.plan_layout import NO_ROOM
from desk.wording import clock_time

_NAME_CELLS = 36
_PLACE_CELLS = 15
_DIM = f"$tone-{Tone.DIM}"


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


@dataclass(frozen=True, slots=True)
class Listing:
    """The files as an officer sees them, each under the number that it had from the first.

    A stick that comes while the list is looked at puts its files at the end, and a file that goes
    leaves its line: no number means another file than the one that a finger is about to press.

    Attributes:
        gone: the files of it that are no longer there.
        found: what the last look has found.
    """

    files: tuple[FoundFile, ...] = ()
    gone: frozenset[Path] = frozenset()
    found: Found = field(default_factory=Found)

    def after(self, found: Found) -> Listing:
        """Returns the list after another look."""
        there = {file.path: file for file in found.files}
        kept = tuple(there.pop(file.path, file) for file in self.files)
        left = {file.path for file in found.files}
        gone = frozenset(file.path for file in self.files if file.path not in left)
        return Listing((*kept, *there.values()), gone, found)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where they lie."""
        return tuple(file.path for file in self.files)

    def lines(self, zone: ZoneInfo) -> Iterator[Content]:
        """Yields a line a file: its name, where it lies, and when it was written."""
        for file in self.files:
            gone = file.path in self.gone
            when = _("no longer there") if gone else _written_at(file, zone)
            place = fit(file.place or _("inbox"), _PLACE_CELLS)
            yield Content.assemble(
                (fit(file_name(file.path), _NAME_CELLS), _DIM if gone else ""),
                (f"  {place}  {when}", _DIM),
            )


def looked_words(listing: Listing, inbox: Path) -> Content:
    """Returns where was looked and what stood in the way, or what to do where nothing was found."""
    drives = ", ".join(listing.found.drives)
    if listing.files and drives:
        words = _("In the inbox and on {drives}, newest first: {folder}")
    elif listing.files:
        words = _("In the inbox, newest first: {folder}")
    elif drives:
        words = _(
            "No booking file in the inbox, and none on {drives}. Put booking files into {folder}, "
            "or type a path."
        )
    else:
        words = _(
            "The inbox is empty. Put booking files into {folder}, plug in a stick, or type a path."
        )
    told = words.format(drives=drives, folder=inbox)
    lines = filter(None, (told, " ".join(listing.found.troubles)))
    return Content("\n").join(Content(safe(line)) for line in lines)


def _written_at(file: FoundFile, zone: ZoneInfo) -> str:
    """Returns when a file was written; nothing where its disk tells no time that can be."""
    try:
        moment = pendulum.from_timestamp(file.written_ns / 1e9)
    except (OSError, OverflowError, ValueError):
        return ""
    return f"{short_day(local_day(moment, zone))} {clock_time(moment, zone)}"


def how_it_is_read(plan: ImportPlan) -> str:
    """Returns how a plan's files are read, and what the marks at its bookings mean."""
    readings = "\n".join(safe(how_words(how)) for how in plan.readings)
    drafts = (*plan.new, *plan.cancelled_before)
    assumed = any(one.giver.assumed or one.receiver.assumed for one in drafts)
    sides = _("? marks a side the file does not state") if assumed else ""
    return " · ".join(filter(None, (readings, sides, _without_room(len(plan.no_room)))))


def _without_room(count: int) -> str:
    words = ngettext(
        "{mark} marks {n} bay that is taken then, or not meant for it",
        "{mark} marks {n} bays that are taken then, or not meant for it",
        count,
    )
    return words.format(mark=NO_ROOM, n=count) if count else ""
