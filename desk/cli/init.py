"""``desk init``: a new station."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desk.cli import output
from desk.cli.gathered import gathered, gathered_option
from desk.cli.given import Given, officer_from
from desk.errors import DeskError, UsageError
from desk.i18n import _

if TYPE_CHECKING:
    from desk.bootstrap import FoundingPlan, Seat
    from desk.domain.officers import FirstSupervisor
    from desk.tui.launch import StationAnswers, StationDescription


_SUPERVISOR = "--supervisor"
_ANEW = "desk.init.anew"
"""Where the command's context keeps whether to begin anew: no station is described by it."""


def _remember_anew(context: typer.Context, value: object) -> None:
    context.meta[_ANEW] = value


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
        _supervisor: Annotated[str | None, supervisor_option()] = None,
        _anew: Annotated[
            bool,
            typer.Option(
                "--anew",
                callback=_remember_anew,
                expose_value=False,
                help=_("Begin anew beside a station.toml whose database is gone, and keep it."),
            ),
        ] = False,
    ) -> int:
        from desk.bootstrap import found, found_anew
        from desk.tui.launch import StationAnswers

        given: Given = context.obj
        said = {"--name": name, "--code": code, "--timezone": timezone, "--bays": bays}
        make = found
        if context.meta[_ANEW]:
            make = found_anew
            said |= _left_by_the_last(given, said)
        described = described_by(said, lobby=lobby)
        answers = StationAnswers(described, supervisor_from(given, gathered(context), "init"))
        return init_station(given, answers, make)


def _left_by_the_last(given: Given, said: Mapping[str, object]) -> dict[str, str]:
    """Returns what the settings in the folder answer, of what was not said.

    Raises:
        SettingsError: they cannot be used.
    """
    from desk.bootstrap import settings_of

    kept = settings_of(given.folder).settings.station
    known = {"--name": kept.name, "--code": kept.code, "--timezone": kept.timezone}
    return {option: answer for option, answer in known.items() if answer and not said[option]}


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked when an option was not said.

    Attributes:
        read: returns the answer as it is kept; raises ``NoAnswerError``.
        suggest: returns what Enter alone would mean, by the answers before; empty for nothing.
        command: which command asks.
    """

    option: str
    words: str
    read: Callable[[str], str]
    suggest: Callable[[Mapping[str, str]], str]
    command: str = "init"


def supervisor_from(given: Given, told: Mapping[str, str], command: str) -> FirstSupervisor:
    """Returns who is to let all others in; asks for what was not said.

    Args:
        given: the program's own options.
        told: what was said, by option.
        command: which command asks.

    Raises:
        UsageError: there is nobody to ask, or no badge is in what was said.
    """
    from desk.domain.officers import FirstSupervisor

    said = told.get("supervisor")
    if said is None:
        asked = _Question(_SUPERVISOR, _("First supervisor: badge and name"), str, _empty, command)
        said = _asked(asked, {})
    officer = officer_from(said, _SUPERVISOR)
    return FirstSupervisor(officer.badge, officer.name, given.secrets.new_passphrase(officer.badge))


def supervisor_option() -> Any:
    """Returns the option that says who the first supervisor is."""
    told = _("Who lets all others in; the passphrase is asked, or comes from a file.")
    return gathered_option(_SUPERVISOR, '"BADGE NAME"', told)


def code_lines(code: str) -> list[str]:
    """Returns what is said of a new recovery code, which is shown this once."""
    return [
        _("Recovery code: {code}").format(code=code),
        _("Write it down and lock it away: it is shown only now, and opens the record."),
    ]


def second_supervisor_advice() -> str:
    """Returns what to do next where there is one supervisor alone."""
    return _(
        "Enrol a second supervisor soon with desk officers add BADGE NAME --supervisor: "
        "one may forget."
    )


def _empty(_answers: Mapping[str, str]) -> str:
    """Suggests nothing."""
    return ""


def described_by(said: Mapping[str, object], *, lobby: bool) -> StationDescription:
    """Returns what was said, and for the rest the answers of whoever can be asked.

    Args:
        said: by option; None for what was not said.
        lobby: whether the lobby was said to be a place to meet.

    Raises:
        UsageError: there is nobody to ask.
    """
    from desk.tui.launch import StationDescription

    answers: dict[str, str] = {}
    for question in _questions():
        answer = said[question.option]
        answers[question.option] = _asked(question, answers) if answer is None else str(answer)
    if None in said.values() and not lobby:
        lobby = typer.confirm(_("Is the lobby a place to meet too?"), err=True)
    return StationDescription(
        name=answers["--name"],
        code=answers["--code"],
        timezone=answers["--timezone"],
        bays=int(answers["--bays"]),
        lobby=lobby,
    )


def _questions() -> tuple[_Question, ...]:
    from desk.tui.station_answers import (
        pc_timezone,
        read_bays,
        read_code,
        read_name,
        read_timezone,
        suggested_code,
    )

    return (
        _Question("--name", _("Name of the station"), read_name, lambda _answers: ""),
        _Question(
            "--code",
            _("Short code"),
            read_code,
            lambda answers: suggested_code(answers["--name"]),
        ),
        _Question("--timezone", _("Time zone"), read_timezone, lambda _answers: pc_timezone()),
        _Question("--bays", _("How many numbered bays"), read_bays, lambda _answers: ""),
    )


def _asked(question: _Question, answers: Mapping[str, str]) -> str:
    """Asks until the answer can be used, and returns it.

    Raises:
        UsageError: there is nobody to ask.
    """
    if not sys.stdin.isatty():
        raise UsageError(
            "missing_answer",
            _("desk {command} needs {option}, and nobody can be asked.").format(
                command=question.command, option=question.option
            ),
            _("See desk {command} --help.").format(command=question.command),
        )

    def read(typed: str) -> str:
        try:
            return question.read(typed)
        except DeskError as wrong:
            raise typer.BadParameter(wrong.explanation) from None

    suggestion = question.suggest(answers) or None
    return str(typer.prompt(question.words, default=suggestion, value_proc=read, err=True))


def init_station(
    given: Given, answers: StationAnswers, make: Callable[[Seat, FoundingPlan], str]
) -> int:
    """Makes a station in the data folder, in one of the ways that ``desk.bootstrap`` has.

    Raises:
        DeskError: an answer cannot be, or the station cannot be made there.
    """
    from desk.cli.founding import found_from

    station, code = found_from(given.seat, answers, make)
    folder = given.folder.path
    if given.json:
        output.show(
            {
                "station": station.name,
                "code": station.code,
                "timezone": station.timezone,
                "bays": [bay.code for bay in station.bays],
                "folder": str(folder),
                "recovery_code": code,
            }
        )
    else:
        output.show_lines(
            [
                _("The station is in {folder}.").format(folder=folder),
                *code_lines(code),
                second_supervisor_advice(),
                _("Its rules are in station.toml. Start the board with desk."),
            ]
        )
    return 0
