"""``desk sheet day``: a day on paper, for the wall and for the hours without power."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli import output
from desk.cli.files import write_file
from desk.cli.given import Given
from desk.errors import DeskError, UsageError
from desk.i18n import _

if TYPE_CHECKING:
    from desk.bootstrap import OpenStation


class Naming(StrEnum):
    """What stands for the parties of a custody exchange."""

    ROLES = "roles"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a sheet goes: to stdout as text, unless it says otherwise.

    Attributes:
        pdf: the file that is written.
        exports: whether text and PDF are written into the exports.
    """

    pdf: Path | None = None
    exports: bool = False
    custody: Naming = Naming.ROLES


def register(app: typer.Typer) -> None:
    """Adds the command."""
    sheets = typer.Typer(help=_("Print sheets of paper."))
    app.add_typer(sheets, name="sheet")

    # A day such as -1 begins like an option.
    @sheets.command(
        "day",
        help=_(
            "Print the sheet of a day, with boxes to tick and lines for walk-ins. What was written "
            "on it is entered later, with the time behind the word at."
        ),
        context_settings={"ignore_unknown_options": True},
    )
    def day(
        context: typer.Context,
        day: Annotated[
            str, typer.Argument(metavar="DAY", help=_("today, tomorrow, mon, -1 or YYYY-MM-DD."))
        ] = "today",
        *,
        text: Annotated[bool, typer.Option("--text", help=_("Print text; as without it."))] = False,
        pdf: Annotated[
            Path | None, typer.Option(metavar="FILE", help=_("Write a PDF instead of text."))
        ] = None,
        out: Annotated[
            bool, typer.Option("--out", help=_("Write both, text and PDF, into exports."))
        ] = False,
        custody: Annotated[
            Naming, typer.Option(help=_("Tell custody parties by role, or by name."))
        ] = Naming.ROLES,
    ) -> int:
        if [text, out, pdf is not None].count(True) > 1:
            raise UsageError(
                "text_or_pdf",
                _("A sheet goes to one place: --text, --pdf FILE or --out."),
                _("Leave the others away."),
            )
        return print_day(context.obj, day, Wanted(pdf, out, custody))


def print_day(given: Given, typed: str, wanted: Wanted) -> int:
    """Prints the sheet of a day, or writes it.

    Raises:
        DeskError: it is not a day, the station cannot be read, or a file not be written.
    """
    from desk.bootstrap import open_station, press_of
    from desk.cli.days import day_meant
    from desk.out.day_sheet import CustodyParties, sheet_lines

    naming = {Naming.ROLES: CustodyParties.BY_ROLE, Naming.NAMES: CustodyParties.BY_NAME}
    files: Sequence[Path] = ()
    with open_station(given.seat) as station:
        press = press_of(given.seat, station)
        day = day_meant(typed, given.clock.now(), station.service.station.zone)
        sheet = press.day_sheet(day, naming[wanted.custody])
        if wanted.pdf is not None:
            write_file(wanted.pdf, press.day_sheet_pdf(sheet))
            files = (wanted.pdf,)
        elif wanted.exports:
            try:
                files = press.write_day(day, sheet)
            except OSError as error:
                raise _unwritable(press.exports, error) from None
    if given.json:
        lines = list(sheet_lines(sheet))
        output.show({"day": day.isoformat(), "lines": lines, "files": [*map(str, files)]})
    elif files:
        output.say(_("Written: {files}.").format(files=", ".join(map(str, files))))
    else:
        output.show_lines(sheet_lines(sheet))
    return 0


def refresh_sheets(given: Given, station: OpenStation) -> None:
    """Writes the sheets of the days anew; what was done stays done, whatever comes of it."""
    from desk.bootstrap import press_of

    trouble = press_of(given.seat, station).refresh_days()
    if trouble:
        output.say(trouble)


def _unwritable(folder: Path, error: OSError) -> DeskError:
    return DeskError(
        "cannot_write",
        _("{file} cannot be written: {reason}.").format(file=folder, reason=error.strerror),
        _("Make room there, or write one file with --pdf FILE."),
    )
