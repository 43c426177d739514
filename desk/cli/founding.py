"""A new station, from what was answered on the screen or on the command line."""

from __future__ import annotations

from collections.abc import Callable

from desk.bootstrap import FoundingPlan, Seat, found
from desk.cli.station_file import station_file
from desk.domain.views import Bay, Station
from desk.errors import UsageError
from desk.i18n import _
from desk.tui.launch import StationAnswers, StationDescription
from desk.tui.station_answers import (
    NoAnswerError,
    read_bays,
    read_code,
    read_name,
    read_timezone,
)

LOBBY = "Lobby"


def found_from(
    seat: Seat, answers: StationAnswers, make: Callable[[Seat, FoundingPlan], str] = found
) -> tuple[Station, str]:
    """Makes a station as it was described; returns it, and its recovery code.

    Args:
        seat: where.
        answers: what.
        make: makes it; ``desk.bootstrap.found_anew`` beside settings that were left there.

    Raises:
        UsageError: an answer cannot be.
        DeskError: the station cannot be made in that folder.
    """
    station = station_from(answers.station)
    settings_text = station_file(station.name, station.code, station.timezone)
    return station, make(seat, FoundingPlan(station, answers.supervisor, settings_text))


def station_from(answers: StationDescription) -> Station:
    """Returns the station that was described, by the rules of the screen that asks for one.

    Raises:
        UsageError: an answer cannot be.
    """
    try:
        return Station(
            read_name(answers.name),
            read_code(answers.code),
            read_timezone(answers.timezone),
            _bays(int(read_bays(str(answers.bays))), (LOBBY,) if answers.lobby else ()),
        )
    except NoAnswerError as wrong:
        raise UsageError(wrong.code, wrong.explanation, _("See desk init --help.")) from None


def _bays(count: int, others: tuple[str, ...]) -> tuple[Bay, ...]:
    numbered = [
        Bay(str(number), _("Bay {number}").format(number=number)) for number in range(1, count + 1)
    ]
    return (*numbered, *(Bay(code, code) for code in others))
