"""A new station: what it must be told, and whether that can be."""

from __future__ import annotations

from desk.bootstrap import Seat, found
from desk.domain.views import Bay, Station
from desk.errors import UsageError
from desk.i18n import _
from desk.text import clean, cut
from desk.tui.launch import StationAnswers

_LONGEST_NAME = 60
_LONGEST_CODE = 8
_MOST_BAYS = 99
LOBBY = "Lobby"


def found_from(seat: Seat, answers: StationAnswers) -> Station:
    """Makes a station as it was described, and returns it.

    Raises:
        UsageError: an answer cannot be.
        DeskError: the station cannot be made in that folder.
    """
    from desk.cli.station_file import station_file

    station = station_from(answers)
    found(seat, station, station_file(station.name, station.code, station.timezone))
    return station


def station_from(answers: StationAnswers) -> Station:
    """Returns the station that was described.

    Raises:
        UsageError: an answer cannot be.
    """
    name = clean(answers.name, _LONGEST_NAME)
    if not name:
        raise UsageError("no_name", _("A station needs a name."), _("Say it with --name."))
    return Station(name, _code(answers.code), _timezone(answers.timezone), _bays(answers))


def _code(said: str) -> str:
    code = clean(said).upper()
    if not (code.isascii() and code.isalnum() and len(code) <= _LONGEST_CODE):
        raise UsageError(
            "bad_code",
            _("“{code}” is not a short code.").format(code=cut(said, 20)),
            _("Use one to eight letters and digits, such as KPD."),
        )
    return code


def _timezone(said: str) -> str:
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    known = available_timezones()
    if said in known:
        return said
    # A city alone is what most people type.
    cities = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(known)}
    typed = said.rpartition("/")[2].casefold().replace(" ", "_")
    nearest = [cities[city] for city in get_close_matches(typed, cities, n=1, cutoff=0.75)]
    hint = (
        _("Did you mean {zone}?").format(zone=nearest[0])
        if nearest
        else _("Write it as America/Los_Angeles or Europe/Paris.")
    )
    raise UsageError(
        "bad_timezone", _("“{zone}” is not a time zone.").format(zone=cut(said, 40)), hint
    )


def _bays(answers: StationAnswers) -> tuple[Bay, ...]:
    least = 0 if answers.lobby else 1
    if not least <= answers.bays <= _MOST_BAYS:
        raise UsageError(
            "bad_bays",
            _("A station has {least} to {most} bays, not {bays}.").format(
                least=least, most=_MOST_BAYS, bays=answers.bays
            ),
            _("Say how many with --bays; the lobby is --lobby."),
        )
    numbered = [
        Bay(str(number), _("Bay {number}").format(number=number))
        for number in range(1, answers.bays + 1)
    ]
    return (*numbered, Bay(LOBBY, LOBBY)) if answers.lobby else tuple(numbered)
