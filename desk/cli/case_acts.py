"""What the commands about holds and requests have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import typer

from desk.cli import output
from desk.cli.given import Given
from desk.i18n import _

if TYPE_CHECKING:
    from desk.bootstrap import OpenStation
    from desk.domain.intents import By
    from desk.domain.rights import Person
    from desk.domain.verdict import Verdict


def number_argument(told: str) -> Any:
    """Returns the argument that names a hold or a request."""
    return typer.Argument(metavar="NUMBER", help=told)


def because_option() -> Any:
    """Returns the option for a reason."""
    return typer.Option("--because", metavar="REASON", help=_("Why."))


def do_act(given: Given, act: Callable[[OpenStation, By], Verdict]) -> int:
    """Does an act, and prints the answer.

    Raises:
        DeskError: the officer is not let in, or the station cannot be written.
    """
    from desk.bootstrap import open_station

    by = acting(given)
    with open_station(given.seat) as station:
        return show_verdict(given, station, act(station, by))


def acting(given: Given) -> By:
    """Returns who acts, and where.

    Raises:
        UsageError: nobody was named.
    """
    from desk.domain.intents import By

    return By(given.officer_needed().badge, given.desk_name)


def show_verdict(
    given: Given,
    station: OpenStation,
    verdict: Verdict,
    also: Mapping[str, object] = MappingProxyType({}),
) -> int:
    """Prints an answer, with the number of the hold or the request; returns the exit code.

    Args:
        given: the program's own options.
        station: the open station.
        verdict: the answer.
        also: what else stands in the document.
    """
    from desk.cli.documents import verdict_document

    document = verdict_document(verdict, station.service.station.zone)
    if given.json:
        output.show(document | {"number": verdict.facts.case, **also})
    else:
        output.show_lines([document["explanation"], *filter(None, [document["next"]])])
    return 0 if verdict.accepted else 1


def person_said(said: Mapping[str, str]) -> Person:
    """Returns the person whom ``--name``, ``--phone``, ``--email`` and ``--plate`` describe."""
    from desk.domain.rights import Person

    return Person(*(said.get(name, "") for name in ("name", "phone", "email", "plate")))


def person_document(person: Person) -> dict[str, object]:
    """Returns a person; what is not known is null."""
    return {
        "name": person.name or None,
        "phone": person.phone or None,
        "email": person.email or None,
        "plate": person.plate or None,
    }


def person_words(person: Person) -> str:
    """Returns a person in a line."""
    return ", ".join(filter(None, (person.name, person.phone, person.email, person.plate)))
