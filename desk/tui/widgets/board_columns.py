"""The board's columns for a width, and each kind of row as a line in them.

Arrival times leave the rows first, then the item and the whole names; never a state, a reference,
a bay or a short name.
"""

from __future__ import annotations

from dataclasses import dataclass

from desk import text
from desk.i18n import _
from desk.tui.present import (
    STATE_CELLS,
    BoardPicture,
    ExchangeRow,
    FoldRow,
    Glyphs,
    Line,
    MatchRow,
    NowRow,
    PartyCell,
    Piece,
    Row,
    Tone,
    cells,
    fitted,
)

_TIME_CELLS = 5
_REF_CELLS = 6
_ROLE_CELLS = 9
_GAP = 2
_GAP_TEXT = " " * _GAP
_MARGIN = 1
_ARRIVAL_CELLS = _TIME_CELLS + 1

_ARRIVALS_FROM = 90
_ITEM_FROM = 150
_LEAST_PARTY_WITH_ARRIVAL = 17
_WIDEST_PARTY = 28
_ITEM_SHARE = 0.36
"""Of the room for both parties and the item, what each party gets."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of the columns that are not always the same, in cells.

    Attributes:
        width: of the whole row.
        after_state: between State and Ref.
        bay: what the station's bay codes need.
        party: of each party, mark and arrival time included.
        item: 0 where the item has no column.
        arrivals: whether there is room for when a party came.
    """

    width: int
    after_state: int
    bay: int
    party: int
    item: int
    arrivals: bool

    @property
    def names(self) -> int:
        """The width from the first party to the end of the row."""
        items = _GAP + self.item if self.item else 0
        return self.party + _GAP + self.party + items


def columns(width: int, screen_width: int, bay_cells: int) -> Columns:
    """Returns the columns for a board so wide, on a screen so wide."""
    with_item = screen_width >= _ITEM_FROM
    after_state = 2 * _GAP if with_item else _GAP
    before = (
        _MARGIN
        + _TIME_CELLS
        + _GAP
        + STATE_CELLS
        + after_state
        + _REF_CELLS
        + _GAP
        + bay_cells
        + _GAP
    )
    rest = max(width - before - _MARGIN, 0)
    if with_item:
        party = min(int((rest - 2 * _GAP) * _ITEM_SHARE), _WIDEST_PARTY)
        item = rest - 2 * party - 2 * _GAP
    else:
        party, item = (rest - _GAP + 1) // 2, 0
    arrivals = screen_width >= _ARRIVALS_FROM and party >= _LEAST_PARTY_WITH_ARRIVAL
    return Columns(width, after_state, bay_cells, party, max(item, 0), arrivals)


def header(picture: BoardPicture, at: Columns) -> Line:
    """Returns the names of the columns."""
    named = [
        (_("Time"), _TIME_CELLS + _GAP),
        (_("State"), STATE_CELLS + at.after_state),
        (_("Ref"), _REF_CELLS + _GAP),
    ]
    if picture.found:
        named += [(_("Role"), _ROLE_CELLS + _GAP), (_("Name"), at.bay + at.names)]
    else:
        named += [
            (_("Bay"), at.bay + _GAP),
            (_("Giver"), at.party + _GAP),
            (_("Receiver"), at.party + _GAP),
            (_("What") if at.item else "", at.item),
        ]
    return (Piece(" "), *(Piece(text.fit(name, room), Tone.DIM) for name, room in named))


def row_line(row: Row, at: Columns, glyphs: Glyphs, *, pointed: bool) -> Line:
    """Returns one row as a line; ``pointed`` is whether the cursor stands on it."""
    bar = Piece(glyphs.cursor if pointed else " ", Tone.ACCENT)
    ref = Tone.POINTED if pointed else Tone.DIM
    match row:
        case FoldRow():
            return (bar, Piece(row.words, Tone.PLAIN if pointed else Tone.DIM))
        case NowRow():
            time = Piece(f"{row.time} ", Tone.ACCENT)
            length = max(at.width - 2 * _MARGIN - time.cells, 0)
            return (bar, time, Piece(glyphs.rule * length, Tone.NOW_LINE))
        case MatchRow():
            return (bar, *_start(row, at, ref), *_match(row, at))
        case ExchangeRow():
            return (bar, *_start(row, at, ref), *_exchange(row, at))


def _start(row: ExchangeRow | MatchRow, at: Columns, ref: Tone) -> Line:
    """Returns time, state and reference, which all rows of exchanges begin with."""
    # A day of the month, where the exchange is of another day, is one cell wider than a time.
    time = text.fit(row.time, max(_TIME_CELLS, text.width(row.time)))
    state = row.state.piece
    return (
        Piece(text.fit(time, _TIME_CELLS + _GAP), Tone.DIM if row.stepped_back else Tone.STRONG),
        state._replace(text=text.fit(state.text, STATE_CELLS + at.after_state)),
        Piece(f"{row.key.ref}{_GAP_TEXT}", ref),
    )


def _match(row: MatchRow, at: Columns) -> Line:
    """Returns role and name, and what was hit, which is cut last."""
    room = at.bay + _GAP + at.names - _ROLE_CELLS - _GAP
    role = Piece(text.fit(row.role, _ROLE_CELLS) + _GAP_TEXT, Tone.DIM)
    if not row.what:
        return (role, *fitted(row.name, room))
    name = fitted(row.name, max(room - _GAP - cells(row.what), room // 2 - _GAP))
    rest = room - cells(name) - _GAP
    return (role, *name, Piece(_GAP_TEXT), *fitted(row.what, rest))


def _exchange(row: ExchangeRow, at: Columns) -> Line:
    said = Tone.DIM if row.stepped_back else Tone.PLAIN
    item = (Piece(_GAP_TEXT), Piece(text.fit(row.item, at.item), said)) if at.item else ()
    return (
        Piece(text.fit(row.bay, at.bay) + _GAP_TEXT, Tone.OVERDUE if row.busy else said),
        *_party(row.giver, at, said),
        Piece(_GAP_TEXT),
        *_party(row.receiver, at, said),
        *item,
    )


def _party(cell: PartyCell, at: Columns, said: Tone) -> Line:
    """Returns mark, name and arrival time in the party's column; the name comes first."""
    room = at.party - text.width(cell.mark) - 1
    names = (cell.name, cell.short) if at.item else (cell.short,)
    with_arrival = cell.arrived if at.arrivals else ""
    name, arrived = _best(names, with_arrival, room)
    name_cells = room - (_ARRIVAL_CELLS if arrived else 0)
    return (
        Piece(f"{cell.mark} ", cell.mark_tone),
        Piece(text.fit(name, name_cells), said if cell.tone is Tone.PLAIN else cell.tone),
        Piece(f" {arrived}" if arrived else "", Tone.DIM),
    )


def _best(names: tuple[str, ...], arrived: str, room: int) -> tuple[str, str]:
    """Returns the longest name that is not cut, and the arrival time if there is room for both."""
    for name in names:
        taken = text.width(name)
        if arrived and taken + _ARRIVAL_CELLS <= room:
            return name, arrived
        if taken <= room:
            return name, ""
    return names[-1], ""
