"""The sheet of one day: for the wall, and for the hours in which there is no power.

What is known when it is made is on it already, ticked and timed; the rest is filled in by hand
and entered later, at the time that was written down. Phones, plates and addresses are not on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from pendulum import DateTime

from desk.domain.days import local_day
from desk.domain.exchange import Exchange, Kind, Outcome, Party
from desk.domain.views import Board, Station
from desk.i18n import _
from desk.out.plain_text import columns
from desk.out.words import party_name, whole_day
from desk.text import fit, safe
from desk.wording import clock_time, day_name, outcome_name, roles

SPARE_LINES = 6
"""Lines at the least that are left empty for walk-ins."""

_NAME_CELLS = 40
_ITEM_CELLS = 30
_BLANK = "_" * 5
_UNSEEN = "?"


class CustodyParties(Enum):
    """What stands for the parties of a custody exchange: a sheet on a wall is read by anybody."""

    BY_ROLE = auto()
    BY_NAME = auto()


@dataclass(frozen=True, slots=True)
class SheetParty:
    """One party's part of a row.

    Attributes:
        who: a name, or a role.
        arrived: when it came; None while it has not.
        left: likewise; a question mark where nobody saw when.
    """

    who: str
    arrived: str | None = None
    left: str | None = None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One exchange. ``remark`` is how it ended, or that it belongs to another day."""

    time: str
    bay: str
    ref: str
    item: str
    giver: SheetParty
    receiver: SheetParty
    remark: str = ""


@dataclass(frozen=True, slots=True)
class DaySheet:
    """Everything on the sheet but its layout.

    Attributes:
        made: when, by the station's clock.
    """

    station: str
    day: str
    made: str
    rows: tuple[SheetRow, ...]


def day_sheet(
    station: Station,
    board: Board,
    now: DateTime,
    custody: CustodyParties = CustodyParties.BY_ROLE,
) -> DaySheet:
    """Returns the sheet of a board.

    Args:
        station: whose.
        board: the day, and whoever is here from another one.
        now: when it is made.
        custody: whether the parties of custody exchanges are named.
    """
    made = clock_time(now, station.zone)
    if local_day(now, station.zone) != board.day:
        made = f"{day_name(local_day(now, station.zone))}, {made}"
    return DaySheet(
        station=safe(station.name),
        day=whole_day(board.day),
        made=made,
        rows=tuple(_row(each, station, board, custody) for each in board.exchanges),
    )


def _row(exchange: Exchange, station: Station, board: Board, custody: CustodyParties) -> SheetRow:
    giver, receiver = (_party(party, exchange.kind, station, custody) for party in exchange.parties)
    return SheetRow(
        time=clock_time(exchange.starts_at, station.zone),
        bay=safe(exchange.bay or ""),
        ref=exchange.ref,
        item=safe(exchange.item),
        giver=giver,
        receiver=receiver,
        remark=", ".join(_remarks(exchange, station, board)),
    )


def _party(party: Party, kind: Kind, station: Station, custody: CustodyParties) -> SheetParty:
    by_role = kind is Kind.CUSTODY and custody is CustodyParties.BY_ROLE
    who = roles(kind)[party.side] if by_role else party_name(party)
    visit = party.last_visit
    if visit is None:
        return SheetParty(who)
    arrived = clock_time(visit.arrived_at, station.zone)
    if visit.left_at is None:
        return SheetParty(who, arrived)
    left = clock_time(visit.left_at, station.zone) if visit.left_observed else _UNSEEN
    return SheetParty(who, arrived, left)


def _remarks(exchange: Exchange, station: Station, board: Board) -> Iterator[str]:
    day = local_day(exchange.starts_at, station.zone)
    if day != board.day:
        yield day_name(day)
    if exchange.outcome is not Outcome.NONE:
        yield outcome_name(exchange.outcome)
    if exchange.disputed:
        yield _("disputed")


def heads() -> tuple[str, ...]:
    """Returns the names of the columns: time, bay, reference, item, and for each party three."""
    arrived, left = _("arrived"), _("left")
    return (
        *(_("Time"), _("Bay"), _("Ref"), _("What")),
        *(_("Giver"), arrived, left),
        *(_("Receiver"), arrived, left),
        _("Remarks"),
    )


def title(sheet: DaySheet) -> str:
    """Returns the sheet's headline."""
    return f"{sheet.station} · {sheet.day}"


def how_to_use(sheet: DaySheet) -> str:
    """Returns when the sheet was made, and what to do with it."""
    return _(
        "As of {made}. Tick and write the time; enter it later with the time written here."
    ).format(made=sheet.made)


def sheet_lines(sheet: DaySheet) -> tuple[str, ...]:
    """Returns the sheet as lines of text, with boxes to tick and lines for walk-ins."""
    nobody = SheetParty("_" * 20)
    walk_in = SheetRow("__:__", "__", "", "_" * 12, nobody, nobody)
    rows = [_cells(row) for row in (*sheet.rows, *[walk_in] * SPARE_LINES)]
    return (title(sheet), how_to_use(sheet), "", *columns([heads(), *rows]))


def _cells(row: SheetRow) -> tuple[str, ...]:
    parties = (
        cell
        for party in (row.giver, row.receiver)
        for cell in (_short(party.who, _NAME_CELLS), _box(party.arrived), _box(party.left))
    )
    return row.time, row.bay, row.ref, _short(row.item, _ITEM_CELLS), *parties, row.remark


def _short(words: str, cells: int) -> str:
    return fit(words, cells).rstrip()


def _box(when: str | None) -> str:
    return f"[ ] {_BLANK}" if when is None else f"[x] {when}"
