"""``desk init``: a new station."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from desk.cli import output
from desk.cli.given import Given
from desk.errors import UsageError
from desk.i18n import _

if TYPE_CHECKING:
    from desk.tui.launch import StationAnswers

_Answer = TypeVar("_Answer", str, int)


def register(app: typer.Typer) -> None:
    """Adds the command."""

    @app.command(
        "init", help=_("Make a new station in the data folder; asks for what is not said here.")
    )
    def init(
        context: typer.Context,
        *,
        name: Annotated[
            str | None, typer.Option(metavar="NAME", help=_("Such as Kennewick PD."))
        ] = None,
        code: Annotated[
            str | None, typer.Option(metavar="CODE", help=_("A short code, such as KPD."))
        ] = None,
        timezone: Annotated[
            str | None, typer.Option(metavar="ZONE", help=_("Such as America/Los_Angeles."))
        ] = None,
        bays: Annotated[
            int | None, typer.Option(metavar="N", help=_("How many numbered bays."))
        ] = None,
        lobby: Annotated[
            bool, typer.Option("--lobby", help=_("The lobby is a place to meet too."))
        ] = False,
    ) -> int:
        from desk.tui.launch import StationAnswers

        answers = StationAnswers(
            name=name or _asked("--name", _("Name of the station"), str),
            code=code or _asked("--code", _("Short code, such as KPD"), str),
            timezone=timezone or _asked("--timezone", _("Zone, such as Europe/Paris"), str),
            bays=_asked("--bays", _("How many numbered bays"), int) if bays is None else bays,
            lobby=lobby,
        )
        return init_station(context.obj, answers)


def _asked(option: str, question: str, kind: type[_Answer]) -> _Answer:
    """Returns the answer, if there is somebody to ask.

    Raises:
        UsageError: there is not.
    """
    if not sys.stdin.isatty():
        raise UsageError(
            "missing_answer",
            _("A new station needs {option}, and nobody can be asked.").format(option=option),
            _("See desk init --help."),
        )
    answer: _Answer = typer.prompt(question, type=kind, err=True)
    return answer


def init_station(given: Given, answers: StationAnswers) -> int:
    """Makes a station in the data folder.

    Raises:
        DeskError: an answer cannot be, or the station cannot be made there.
    """
    from desk.cli.founding import found_from

    station = found_from(given.seat, answers)
    folder = given.folder.path
    if given.json:
        output.show(
            {
                "station": station.name,
                "code": station.code,
                "timezone": station.timezone,
                "bays": [bay.code for bay in station.bays],
                "folder": str(folder),
            }
        )
    else:
        output.show_lines(
            [
                _("The station is in {folder}.").format(folder=folder),
                _("Its rules are in station.toml. Start the board with desk."),
            ]
        )
    return 0
