"""How ``desk import`` reads files: its options, the station's terms, and what it says of both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from desk.cli import output
from desk.cli.gathered import gathered
from desk.cli.given import Given
from desk.errors import UsageError
from desk.i18n import _
from desk.text import cut

if TYPE_CHECKING:
    from desk.bootstrap import OpenStation
    from desk.domain.reading import DayOrder, HowRead, Overrules
    from desk.intake.terms import Answers, Terms


def said(context: typer.Context) -> Overrules:
    """Returns what the options say of the files.

    Raises:
        UsageError: one of them says nothing that desk knows.
    """
    from desk.domain.reading import Overrules
    from desk.intake.encoding import encoding_named

    given = gathered(context)
    return Overrules(
        source=given.get("map"),
        encoding=encoding_named(given["encoding"]) if "encoding" in given else None,
        delimiter=_delimiter_named(given["delimiter"]) if "delimiter" in given else None,
        day_order=_order_named(given["day_order"]) if "day_order" in given else None,
        zone=_zone_named(given["zone"]) if "zone" in given else None,
    )


def _delimiter_named(text: str) -> str:
    from desk.intake.table import DELIMITERS

    found = next((sign for sign, word in DELIMITERS.items() if text in (sign, word)), None)
    if found is None:
        raise UsageError(
            "no_such_delimiter",
            _("“{text}” does not stand between cells.").format(text=cut(text, 20)),
            _("Name one of these: {names}.").format(names=", ".join(DELIMITERS.values())),
        )
    return found


def _order_named(text: str) -> DayOrder:
    from desk.domain.reading import DayOrder

    try:
        return DayOrder(text.replace("-", "_"))
    except ValueError:
        raise UsageError(
            "no_such_order",
            _("“{text}” is not an order of day and month.").format(text=cut(text, 20)),
            _("Write --day-order day-first or --day-order month-first."),
        ) from None


def _zone_named(text: str) -> str:
    from desk.intake.zones import zone_named

    if zone_named(text) is None:
        raise UsageError(
            "no_such_zone",
            _("“{text}” is not a time zone.").format(text=cut(text, 40)),
            _("Write it as in --zone America/Los_Angeles."),
        )
    return text


def terms_of(given: Given, station: OpenStation) -> Terms:
    """Returns on what terms the station reads files; says which mappings cannot be used."""
    from desk.intake.station_terms import terms_at

    known = terms_at(given.folder, station.settings, given.clock)
    for trouble in known.troubles:
        output.say(f"{trouble.explanation} {trouble.next}")
    return known.terms


def answers_of(files: Sequence[Path], overrules: Overrules, terms: Terms) -> Answers:
    """Returns what was said, of each of the files.

    Raises:
        UsageError: there is no mapping of the name that was said.
    """
    from desk.intake.formats import table_formats
    from desk.intake.read import file_name
    from desk.intake.terms import Answers

    sources = [each.source for each in table_formats(terms.maps)]
    if overrules.source is not None and overrules.source not in sources:
        raise UsageError(
            "no_such_map",
            _("There is no mapping “{name}”.").format(name=cut(overrules.source, 40)),
            _("The board's /import makes one. There are these: {names}.").format(
                names=", ".join(sources)
            ),
        )
    return Answers(overrules={file_name(path): overrules for path in files})


def say_how(readings: Sequence[HowRead]) -> None:
    """Prints how each file was read."""
    from desk.intake.told import how_words

    for how in readings:
        output.say(f"{how.file}: {how_words(how)}")
