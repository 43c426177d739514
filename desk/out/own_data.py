"""One sheet with a person's own data, and nothing in the words of whoever stood opposite.

What officers wrote by hand may speak of both parties, so it is counted and not repeated; a
supervisor reads it and decides what of it is handed out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pendulum import DateTime

from desk.domain.days import local_day
from desk.domain.exchange import Exchange, IdCheck, Outcome, Party, Side, Visit
from desk.domain.rights import Person
from desk.domain.searchable import Spelling
from desk.domain.traces import Traces
from desk.domain.views import Station, TimelineEntry
from desk.i18n import _, ngettext
from desk.out.plain_text import wrapped
from desk.out.words import bay_label, time_span, whole_day
from desk.text import safe
from desk.wording import (
    category_name,
    clock_time,
    id_check_name,
    kind_name,
    outcome_name,
    roles,
    settlement_name,
)

_CELLS = 76


@dataclass(frozen=True, slots=True)
class OwnExchange:
    """What is written of a person in one exchange: a heading and lines of label and words."""

    heading: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OwnData:
    """Everything on the sheet.

    Attributes:
        made: day and time, by the station's clock.
        number: of the request that it answers.
    """

    station: str
    made: str
    number: int
    exchanges: tuple[OwnExchange, ...]


@dataclass(frozen=True, slots=True)
class OwnPart:
    """Where a person stood, and what was done there, newest first."""

    exchange: Exchange
    side: Side
    timeline: Sequence[TimelineEntry]


def own_data(
    station: Station, number: int, parts: Sequence[OwnPart], now: DateTime, spelling: Spelling
) -> OwnData:
    """Returns the sheet of a person.

    Args:
        station: whose record it is.
        number: of the request.
        parts: where an officer said that the person stood.
        now: when it is made.
        spelling: by which it is told whether a text is about the other party.
    """
    made = f"{whole_day(local_day(now, station.zone))}, {clock_time(now, station.zone)}"
    ordered = sorted(parts, key=lambda part: (part.exchange.starts_at, part.exchange.ref))
    return OwnData(
        station=safe(station.name),
        made=made,
        number=number,
        exchanges=tuple(_exchange(station, part, spelling) for part in ordered),
    )


def _exchange(station: Station, part: OwnPart, spelling: Spelling) -> OwnExchange:
    exchange, zone = part.exchange, station.zone
    day = whole_day(local_day(exchange.starts_at, zone))
    heading = f"{exchange.ref} · {kind_name(exchange.kind)} · {day}"
    lines = (
        (_("Booked for"), time_span(exchange.starts_at, exchange.ends_at, zone)),
        (_("Place"), bay_label(station, exchange.bay)),
        (_("As"), roles(exchange.kind)[part.side]),
        *_of_party(station, exchange.party(part.side)),
        (_("What"), _item(part, spelling)),
        (_("Ended"), outcome_name(exchange.outcome) if _is_closed(exchange) else ""),
        (_("Dispute"), _dispute(part)),
        (_("Came from"), exchange.source or ""),
        (_("Notes"), _notes(part.timeline)),
    )
    return OwnExchange(heading, tuple((label, safe(words)) for label, words in lines if words))


def _of_party(station: Station, party: Party) -> Iterator[tuple[str, str]]:
    yield _("Name"), party.name or ""
    yield _("Phone"), party.phone or ""
    yield _("Email"), party.email or ""
    yield _("Plate"), party.plate or ""
    asked = party.id_check is not IdCheck.NOT_ASKED
    yield _("Identity"), id_check_name(party.id_check) if asked else ""
    for visit in party.visits:
        yield _("Here"), _visit(station, visit)


def _visit(station: Station, visit: Visit) -> str:
    came = clock_time(visit.arrived_at, station.zone)
    if visit.left_at is None:
        return _("since {came}").format(came=came)
    if not visit.left_observed:
        return _("from {came}, left unseen").format(came=came)
    left = clock_time(visit.left_at, station.zone)
    return _("{came} to {left}").format(came=came, left=left)


def _item(part: OwnPart, spelling: Spelling) -> str:
    """Returns what was exchanged, unless it tells who the other party was."""
    other = Person.of(part.exchange.party(part.side.other))
    item = part.exchange.item
    return "" if Traces.of([other], spelling).stand_in(item) else item


def _is_closed(exchange: Exchange) -> bool:
    return exchange.outcome is not Outcome.NONE


def _dispute(part: OwnPart) -> str:
    dispute = part.exchange.dispute
    if dispute is None:
        return ""
    category = category_name(dispute.category)
    told = _("{what}, reported by you") if dispute.reported_by is part.side else "{what}"
    ended = "" if dispute.settlement is None else f" ({settlement_name(dispute.settlement)})"
    return told.format(what=category) + ended


def _notes(timeline: Sequence[TimelineEntry]) -> str:
    count = sum(1 for entry in timeline if entry.text)
    if not count:
        return ""
    return ngettext(
        "{n} note by officers, not repeated here: it may speak of others",
        "{n} notes by officers, not repeated here: they may speak of others",
        count,
    ).format(n=count)


def title(sheet: OwnData) -> str:
    """Returns the sheet's headline."""
    return _("{station}: what is kept about you").format(station=sheet.station)


def explanation(sheet: OwnData) -> str:
    """Returns when it was made, and what it leaves out."""
    return _(
        "Made on {made} for request {number}. It holds what this station's record says of you, and "
        "nothing that it says of others."
    ).format(made=sheet.made, number=sheet.number)


def own_data_lines(sheet: OwnData) -> tuple[str, ...]:
    """Returns the sheet as lines of text."""
    lines = [*wrapped(title(sheet), _CELLS), *wrapped(explanation(sheet), _CELLS)]
    for each in sheet.exchanges:
        lines += ["", each.heading]
        for label, words in each.lines:
            lines += wrapped(words, _CELLS, f"  {label}: ")
    return tuple(lines)
