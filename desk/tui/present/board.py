"""The board as rows: what is drawn of a day, computed from its exchanges and a moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from desk import text
from desk.domain.bays import busy_with, in_use
from desk.domain.exchange import Exchange
from desk.domain.stage import StageName
from desk.domain.views import Board, Station
from desk.i18n import _, ngettext
from desk.tui.present.bays import bay_slots
from desk.tui.present.days import day_or_time
from desk.tui.present.parties import closed_party_cell, party_cell
from desk.tui.present.rows import FOLD, BoardPicture, ExchangeRow, FoldRow, Key, NowRow, Row
from desk.tui.present.scene import Scene
from desk.tui.present.state import TONES, is_closed, somebody_here, state_at_bay
from desk.tui.present.tones import Line, Piece, Tone
from desk.wording import clock_time, kind_name

NEEDS = (
    StageName.HELD,
    StageName.OVERDUE,
    StageName.OVER,
    StageName.PARTED,
    StageName.LATE,
    StageName.READY,
)
"""The stages in which somebody should see to an exchange, the most urgent first."""

_LEAST_BAY_CELLS = 5
_MOST_BAY_CELLS = 10


def picture(board: Board, scene: Scene, *, unfolded: bool, kept: str | None = None) -> BoardPicture:
    """Returns what is drawn of that day at that moment.

    Today's closed exchanges fold into one row. Another day has no now-line to keep near the top,
    so there nothing folds.

    Args:
        board: that day.
        scene: that moment.
        unfolded: whether the closed ones are listed above the others instead.
        kept: the exchange under the cursor; it does not fold while the officer looks at it.
    """
    ordered = sorted(board.exchanges, key=lambda each: (each.starts_at, each.ref))
    users = [user for _bay, user in in_use(ordered)]
    made = [(exchange, exchange_row(exchange, board.day, scene, users)) for exchange in ordered]
    today = board.day == scene.today
    rows: tuple[Row, ...] = tuple(row for _each, row in made)
    if today and made:
        folds = partial(_folds, kept=None if unfolded else kept)
        rows = _today(made, folds, scene, unfolded=unfolded)
    return BoardPicture(
        rows=rows,
        counts=scene.count(board.exchanges),
        bays=bay_slots(board.exchanges, scene) if today else (),
        bay_cells=max(bay_cells(scene.station), *(_busy_cells(row) for _each, row in made), 0),
        start=_start(rows),
        glyphs=scene.glyphs,
    )


def bay_cells(station: Station) -> int:
    """Returns the width of the Bay column, which depends on the station and not on the day."""
    widest = max((text.width(text.safe(bay.code)) for bay in station.bays), default=0)
    return min(max(widest, _LEAST_BAY_CELLS), _MOST_BAY_CELLS)


def _busy_cells(row: ExchangeRow) -> int:
    return text.width(row.bay) if row.busy else 0


def exchange_row(
    exchange: Exchange, day: date, scene: Scene, users: Sequence[Exchange] = ()
) -> ExchangeRow:
    """Returns the row of one exchange on that day's board.

    Args:
        exchange: whose row it is.
        day: the board's.
        scene: that moment.
        users: the exchanges of that day whose parties are in their bays.
    """
    user = busy_with(exchange, users, scene.now)
    stage = scene.stage(exchange)
    stepped_back = is_closed(stage) and not somebody_here(exchange)
    cell = closed_party_cell if stepped_back else party_cell
    return ExchangeRow(
        key=Key(exchange.ref),
        time=day_or_time(exchange.starts_at, day, scene.zone),
        state=state_at_bay(exchange, stage, scene, user),
        bay=_bay(exchange, scene, busy=user is not None),
        giver=cell(exchange, exchange.giver, scene),
        receiver=cell(exchange, exchange.receiver, scene),
        item=text.safe(exchange.item).strip() or kind_name(exchange.kind),
        stepped_back=stepped_back,
        busy=user is not None,
        needs=stage.name if stage.name in NEEDS else None,
    )


def _bay(exchange: Exchange, scene: Scene, *, busy: bool) -> str:
    if exchange.bay is None:
        return scene.glyphs.none
    code = text.safe(exchange.bay)
    return _("{bay} busy").format(bay=text.cut(code, _MOST_BAY_CELLS)) if busy else code


def needs(row: Row) -> StageName | None:
    """Returns the stage for which somebody should see to that row, if any."""
    return row.needs if isinstance(row, ExchangeRow) else None


def announcement(out_of_sight: Iterable[Row]) -> Line:
    """Returns ``1 overdue, 2 late`` for rows that need somebody, or nothing."""
    found = Counter(need for row in out_of_sight if (need := needs(row)))
    line: list[Piece] = []
    for need in NEEDS:
        if found[need]:
            line += (
                Piece(", " if line else ""),
                Piece(_needing(need, found[need]), _tone_of(need)),
            )
    return tuple(line)


def _needing(need: StageName, n: int) -> str:
    words = {
        StageName.HELD: ngettext("{n} held", "{n} held", n),
        StageName.OVERDUE: ngettext("{n} overdue", "{n} overdue", n),
        StageName.OVER: ngettext("{n} over", "{n} over", n),
        StageName.PARTED: ngettext("{n} parted", "{n} parted", n),
        StageName.LATE: ngettext("{n} late", "{n} late", n),
        StageName.READY: ngettext("{n} both here", "{n} both here", n),
    }
    return words[need].format(n=n)


def _tone_of(need: StageName) -> Tone:
    # What both parties being here is worth depends on the kind; the row itself says so.
    return Tone.PLAIN if need is StageName.READY else TONES[need]


_Made = Sequence[tuple[Exchange, ExchangeRow]]


def _folds(exchange: Exchange, row: ExchangeRow, kept: str | None) -> bool:
    return row.stepped_back and not exchange.disputed and exchange.ref != kept


def _today(
    made: _Made, folds: Callable[[Exchange, ExchangeRow], bool], scene: Scene, *, unfolded: bool
) -> tuple[Row, ...]:
    """Returns the closed ones, folded or not, then the others around the now-line."""
    closed = [row for each, row in made if folds(each, row)]
    others = [(each, row) for each, row in made if not folds(each, row)]
    begun = [row for each, row in others if each.starts_at <= scene.now]
    to_come = [row for each, row in others if each.starts_at > scene.now]
    now_row = NowRow(clock_time(scene.now, scene.zone))
    return (*_fold(closed, scene, unfolded=unfolded), *begun, now_row, *to_come)


def _fold(closed: list[ExchangeRow], scene: Scene, *, unfolded: bool) -> tuple[Row, ...]:
    if not closed:
        return ()
    arrow = scene.glyphs.below if unfolded else scene.glyphs.above
    words = _("{n} closed").format(n=len(closed))
    fold = FoldRow(f"{arrow} {words}")
    return (fold, *closed) if unfolded else (fold,)


def _start(rows: Sequence[Row]) -> Key | None:
    """Returns the most urgent row, else the first that is open, else the last there is.

    Of those that are equally urgent it is the latest: the nearest to the now-line.
    """
    exchanges = [row for row in rows if isinstance(row, ExchangeRow)]
    for need in NEEDS:
        urgent = [row for row in exchanges if row.needs is need]
        if urgent:
            return urgent[-1].key
    is_open = [row for row in exchanges if not row.stepped_back]
    if exchanges:
        return (is_open or exchanges[-1:])[0].key
    return FOLD if any(row.key == FOLD for row in rows) else None
