"""What is accepted as an answer about a new station, and what is suggested."""

from __future__ import annotations

import re
import warnings
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import available_timezones

from pendulum.tz.local_timezone import get_local_timezone

from desk.domain.zones import is_zone, names_place
from desk.errors import DeskError
from desk.i18n import _
from desk.text import NO_LIMIT, clean, fold

MOST_BAYS = 40
_LONGEST_NAME = 60
_LONGEST_CODE = 8
_LONGEST_ABBREVIATION = 4
_CODE = re.compile(rf"[A-Z0-9]{{2,{_LONGEST_CODE}}}")
_MOST_SUGGESTIONS = 3


class NoAnswerError(DeskError):
    """What was typed is no answer; the explanation says what would be one."""

    def __init__(self, code: str, explanation: str) -> None:
        super().__init__(code, explanation)


def read_name(text: str) -> str:
    """Returns a station's name, cleaned.

    Raises:
        NoAnswerError: nothing was typed, or too much.
    """
    name = clean(text, NO_LIMIT)
    if len(name) > _LONGEST_NAME:
        raise NoAnswerError(
            "long_name",
            _("A station's name has {most} characters at most.").format(most=_LONGEST_NAME),
        )
    if not name:
        raise NoAnswerError("no_name", _("Type the station's name, as its officers say it."))
    return name


def read_code(text: str) -> str:
    """Returns a station's short code in capitals.

    Raises:
        NoAnswerError: it is not two to eight letters and digits.
    """
    typed = clean(text)
    code = typed.upper()
    if not typed.isascii() or not _CODE.fullmatch(code):
        raise NoAnswerError(
            "bad_code",
            _("A code has two to eight letters and digits, such as KPD; A to Z without accents."),
        )
    return code


def suggested_code(name: str) -> str:
    """Returns a code made from a name: ``Kennewick PD`` is ``KPD``; empty where none fits."""
    words = clean(name).split()
    letters = "".join(_letters(word, 1 if len(words) > 1 else 3) for word in words)
    code = re.sub("[^A-Z0-9]", "", letters.upper())[:_LONGEST_CODE]
    return code if _CODE.fullmatch(code) else ""


def _letters(word: str, most: int) -> str:
    """Returns what stands for a word: an abbreviation for itself, another for its first letters."""
    folded = fold(word).replace(" ", "")
    return folded if word.isupper() and len(folded) <= _LONGEST_ABBREVIATION else folded[:most]


def read_timezone(text: str) -> str:
    """Returns an IANA time zone by its name, in any case, or by its city where only one has it.

    Raises:
        NoAnswerError: there is no such zone, or it is none of a place; the explanation says which,
            and names the nearest.
    """
    wanted = _zone_words(text)
    if not wanted:
        raise NoAnswerError("no_timezone", _("Type the time zone, such as America/Los_Angeles."))
    zones = _zones()
    named = zones.get(wanted, ())
    if len(named) == 1:
        return named[0]
    if not named and wanted in map(_zone_words, available_timezones()):
        raise NoAnswerError(
            "no_place",
            _("“{zone}” is the zone of no place. Type its continent and city.").format(
                zone=clean(text, _LONGEST_NAME)
            ),
        )
    near = named or tuple(
        zone for words in get_close_matches(wanted, zones, n=2) for zone in zones[words]
    )
    if not near:
        raise NoAnswerError(
            "no_such_timezone",
            _("There is no time zone “{zone}”. Type its continent and city.").format(
                zone=clean(text, _LONGEST_NAME)
            ),
        )
    raise NoAnswerError(
        "no_such_timezone",
        _("There is no time zone “{zone}”. Did you mean {near}?").format(
            zone=clean(text, _LONGEST_NAME),
            near=_(" or ").join(dict.fromkeys(near[:_MOST_SUGGESTIONS])),
        ),
    )


@lru_cache(maxsize=1)
def _zones() -> dict[str, tuple[str, ...]]:
    """Returns the zones by their whole names and by their cities, as they are compared."""
    named: dict[str, tuple[str, ...]] = {}
    cities: dict[str, tuple[str, ...]] = {}
    for zone in sorted(filter(names_place, available_timezones())):
        named[_zone_words(zone)] = (zone,)
        city = _zone_words(zone.rpartition("/")[2])
        cities[city] = (*cities.get(city, ()), zone)
    return cities | named


def _zone_words(text: str) -> str:
    return fold(clean(text).replace("/", " ").replace("_", " "))


def read_bays(text: str) -> str:
    """Returns a number of bays, as digits.

    Raises:
        NoAnswerError: it is not a whole number from 1 to 40.
    """
    digits = clean(text)
    if not re.fullmatch(r"[0-9]{1,2}", digits) or not 1 <= int(digits) <= MOST_BAYS:
        raise NoAnswerError(
            "bad_bays",
            _("Type how many numbered bays there are, from 1 to {most}.").format(most=MOST_BAYS),
        )
    return str(int(digits))


def pc_timezone() -> str:
    """Returns the zone that the PC is set to, or an empty text where it names no place.

    A PC that nobody set up says UTC, and a habitual Enter must not make that the station's.
    """
    try:
        with warnings.catch_warnings():
            # Pendulum warns where it finds nothing, and falls back to UTC.
            warnings.simplefilter("error")
            # A zone that was read from a file has no name.
            name = get_local_timezone().name or ""
    except (LookupError, OSError, UserWarning, ValueError):
        return ""
    return name if names_place(name) and is_zone(name) else ""
