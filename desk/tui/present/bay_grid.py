"""A day as a grid: its columns are bays, its rows quarters of an hour.

Only references stand in it: whose exchange it is, the board and the card tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from functools import cached_property
from typing import NamedTuple

from pendulum import DateTime, Duration

from desk import text
from desk.domain.bays import Bays, busy_with, in_use, takes
from desk.domain.days import day_bounds
from desk.domain.exchange import Exchange, Outcome
from desk.domain.views import Board
from desk.tui.present.glyphs import Glyphs
from desk.tui.present.scene import Scene
from desk.tui.present.state import StateWords, state_at_bay
from desk.wording import bay_name, clock_time, kind_name

QUARTER = Duration(minutes=15)
"""What a row stands for."""

_USUAL_HOURS = (time(8), time(20))
"""What is shown of a day at least, where no bay says when it opens."""


class Spot(NamedTuple):
    """Where the cursor is: on an exchange, or on a quarter of an hour that nobody has.

    It says nothing of rows and columns, so that it means the same when the day has changed.

    Attributes:
        bay: the bay's code, or None for no bay yet.
        at: when the quarter begins in which the exchange does, or the free one.
        ref: the exchange's reference, or None.
    """

    bay: str | None
    at: DateTime
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One exchange in the grid.

    Attributes:
        spot: where it begins.
        state: as on the board.
        span: from when until when it is booked.
        what: the item, else the kind.
        clash: the reference of one that cannot have the same bay at its time, or empty.
        user: who is still in its bay though it is due, or empty.
        begins: the index of its first row.
        ends: the index behind its last; people who are still in a bay are drawn as far as now.
    """

    spot: Spot
    state: StateWords
    span: tuple[str, str]
    what: str
    clash: str
    user: str
    begins: int
    ends: int

    @property
    def ref(self) -> str:
        """The exchange's reference."""
        return self.spot.ref or ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a bay has in one quarter of an hour.

    Attributes:
        heads: the exchanges that begin in it, the first one first.
        tail: one that began before, where none begins; the last of several.
        buffer: whether it is to stay free after an exchange.
        closed: whether the bay is not open then.
    """

    heads: tuple[Block, ...] = ()
    tail: Block | None = None
    buffer: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One bay of the grid; ``name`` is that of its code where it has no other."""

    bay: str | None
    name: str


@dataclass(frozen=True)
class BayGrid:
    """All that is drawn of a day's bays.

    Attributes:
        columns: the station's bays in its order, then those that only bookings know.
        rows: when each quarter begins.
        times: the same by the station's clock.
        blocks: the exchanges, by bay and time.
        now: the index of the row that is passing, or None where none is.
        now_time: the time by the station's clock.
        past: how many rows are over.
    """

    columns: tuple[Column, ...]
    rows: tuple[DateTime, ...]
    times: tuple[str, ...]
    blocks: tuple[Block, ...]
    now: int | None
    now_time: str
    past: int
    glyphs: Glyphs
    _marked: Mapping[tuple[str | None, int], Cell] = field(repr=False, default_factory=dict)

    def cell(self, column: int, row: int) -> Cell:
        """Returns what stands in a row of a column."""
        return self._cells.get((self.columns[column].bay, row), Cell())

    @cached_property
    def _cells(self) -> Mapping[tuple[str | None, int], Cell]:
        cells = dict(self._marked)
        for block in self.blocks:
            for row in range(block.begins, block.ends):
                place = (block.spot.bay, row)
                old = cells.get(place, Cell())
                if row == block.begins:
                    cells[place] = Cell((*old.heads, block))
                elif not old.heads:
                    cells[place] = Cell(tail=block)
        return cells

    @cached_property
    def _by_ref(self) -> Mapping[str, Block]:
        return {block.ref: block for block in self.blocks}

    def block(self, spot: Spot) -> Block | None:
        """Returns the exchange on which the cursor is, if it is on one."""
        return None if spot.ref is None else self._by_ref.get(spot.ref)

    # Walking

    def place(self, spot: Spot) -> tuple[int, int]:
        """Returns the column and row of a spot, or of what is nearest to it now."""
        block = self.block(spot)
        spot = spot if block is None else block.spot
        bays = [column.bay for column in self.columns]
        column = bays.index(spot.bay) if spot.bay in bays else 0
        begun = sum(at <= spot.at for at in self.rows)
        return column, max(begun - 1, 0)

    def nearest(self, spot: Spot) -> Spot:
        """Returns the spot where a cursor stands that was left there: by reference, if it can."""
        block = self.block(spot)
        return self.spot_at(*self.place(spot)) if block is None else block.spot

    def spot_at(self, column: int, row: int) -> Spot:
        """Returns what can be pointed at in a row of a column."""
        cell = self.cell(column, row)
        block = cell.heads[0] if cell.heads else cell.tail
        return Spot(self.columns[column].bay, self.rows[row]) if block is None else block.spot

    def down(self, spot: Spot, steps: int) -> Spot:
        """Returns the spot so many further down in the same bay, or up where that is negative."""
        column, _row = self.place(spot)
        spots = list(self._spots(column))
        here = spots.index(self.nearest(spot))
        return spots[min(max(here + steps, 0), len(spots) - 1)]

    def _spots(self, column: int) -> Iterator[Spot]:
        for row, at in enumerate(self.rows):
            cell = self.cell(column, row)
            yield from (block.spot for block in cell.heads)
            if not cell.heads and cell.tail is None:
                yield Spot(self.columns[column].bay, at)

    def free_until(self, spot: Spot) -> str:
        """Returns when the next exchange after a free spot begins there, or nothing."""
        column, row = self.place(spot)
        after = (self.cell(column, one).heads for one in range(row, len(self.rows)))
        return next((heads[0].span[0] for heads in after if heads), "")


def bay_grid(board: Board, scene: Scene) -> BayGrid:
    """Returns what is drawn of that day's bays at that moment.

    What was cancelled has no bay, and of another day only what reaches into this one is drawn.
    """
    begins, ends = day_bounds(board.day, scene.zone)
    day = _Quarters(begins, round((ends - begins).total_seconds() / _SECONDS))
    shown = [
        one
        for one in sorted(board.exchanges, key=lambda each: (each.starts_at, each.ref))
        if one.outcome is not Outcome.CANCELLED
        and one.starts_at < ends
        and _drawn_to(one, scene) > begins
    ]
    is_today = board.day == scene.today
    quarters = _shown_hours(day, shown, scene, is_today=is_today)
    columns = tuple(_columns(shown, scene))
    now = quarters.row(scene.now)
    rows = quarters.moments
    return BayGrid(
        columns=columns,
        rows=rows,
        times=tuple(clock_time(at, scene.zone) for at in rows),
        blocks=tuple(_blocks(shown, quarters, scene)),
        now=now if is_today else None,
        now_time=clock_time(scene.now, scene.zone),
        past=min(max(now, 0), len(rows)),
        glyphs=scene.glyphs,
        _marked=dict(_marked(columns, quarters, shown, scene)),
    )


_SECONDS = 15 * 60
"""A quarter of an hour; the clocks change by whole ones."""


@dataclass(frozen=True, slots=True)
class _Quarters:
    """So many quarters of an hour from a moment on."""

    begins: DateTime
    count: int

    @property
    def moments(self) -> tuple[DateTime, ...]:
        """When each begins."""
        return tuple(self.begins + QUARTER * n for n in range(self.count))

    def row(self, at: DateTime) -> int:
        """Returns the index of the one that a moment is in; it can be before or behind all."""
        return int((at.timestamp() - self.begins.timestamp()) // _SECONDS)

    def behind(self, at: DateTime) -> int:
        """Returns the index of the first that begins at a moment or after it, if one does."""
        return -int((self.begins.timestamp() - at.timestamp()) // _SECONDS)

    def part(self, first: int, last: int) -> _Quarters:
        """Returns those from one index up to another."""
        return _Quarters(self.begins + QUARTER * first, last - first)


def _shown_hours(
    day: _Quarters, shown: Iterable[Exchange], scene: Scene, *, is_today: bool
) -> _Quarters:
    """Returns the quarters that are drawn: whole hours around all there is."""
    opens, closes = _hours(scene)
    clock = (at.astimezone(scene.zone).time() for at in day.moments)
    wanted = [row for row, shows in enumerate(clock) if opens <= shows < closes]
    for one in shown:
        wanted += (max(day.row(one.starts_at), 0), day.behind(_drawn_to(one, scene)) - 1)
    if is_today:
        wanted.append(day.row(scene.now))
    first, last = min(wanted, default=0), max(wanted, default=day.count - 1)
    return day.part(first - first % 4, min(last - last % 4 + 4, day.count))


def _hours(scene: Scene) -> tuple[time, time]:
    """Returns from when until when some bay of the station is open."""
    rules = [scene.rules.of_bay(bay.code) for bay in scene.station.bays]
    opens = [one.opens for one in rules if one.opens is not None]
    closes = [one.closes for one in rules if one.closes is not None]
    return min(opens, default=_USUAL_HOURS[0]), max(closes, default=_USUAL_HOURS[1])


def _columns(shown: Iterable[Exchange], scene: Scene) -> Iterator[Column]:
    codes: list[str | None] = [bay.code for bay in scene.station.bays]
    others = {one.bay for one in shown}.difference(codes)
    codes += sorted(code for code in others if code is not None)
    if None in others or not codes:
        codes.append(None)
    for code in codes:
        yield Column(code, text.safe(code) if code else bay_name(scene.station, code))


def _drawn_to(exchange: Exchange, scene: Scene) -> DateTime:
    """Returns until when it has its bay: people who are in it still, have it at least to now."""
    still_in_it = any(in_use([exchange])) and exchange.starts_at <= scene.now
    return max(exchange.ends_at, scene.now) if still_in_it else exchange.ends_at


def _blocks(shown: Sequence[Exchange], quarters: _Quarters, scene: Scene) -> Iterator[Block]:
    bays = Bays.of(scene.station, scene.rules)
    users = [user for _bay, user in in_use(shown)]
    by_bay: dict[str | None, list[Exchange]] = {}
    for exchange in shown:
        by_bay.setdefault(exchange.bay, []).append(exchange)
    for booked in by_bay.values():
        clashes = _clashes(booked, bays)
        for exchange in booked:
            user = busy_with(exchange, users, scene.now)
            begins = max(quarters.row(exchange.starts_at), 0)
            ends = min(quarters.behind(_drawn_to(exchange, scene)), quarters.count)
            yield Block(
                spot=Spot(exchange.bay, quarters.begins + QUARTER * begins, exchange.ref),
                state=state_at_bay(exchange, scene.stage(exchange), scene, user),
                span=(
                    clock_time(exchange.starts_at, scene.zone),
                    clock_time(exchange.ends_at, scene.zone),
                ),
                what=text.safe(exchange.item).strip() or kind_name(exchange.kind),
                clash=clashes.get(exchange.ref, ""),
                user="" if user is None else user.ref,
                begins=begins,
                ends=max(ends, begins + 1),
            )


def _clashes(booked: Iterable[Exchange], bays: Bays) -> Mapping[str, str]:
    """Returns who cannot have the same bay at its time, for each who has one in its way.

    Args:
        booked: in one bay, by the time at which they begin.
        bays: what each allows.
    """
    found: dict[str, str] = {}
    for one, later in bays.clashes(each for each in booked if each.outcome is Outcome.NONE):
        found.setdefault(one.ref, later.ref)
        found.setdefault(later.ref, one.ref)
    return found


def _marked(
    columns: Iterable[Column], quarters: _Quarters, shown: Sequence[Exchange], scene: Scene
) -> Iterator[tuple[tuple[str | None, int], Cell]]:
    """Yields the quarters in which a bay is not open, or has to stay free."""
    clock = [at.astimezone(scene.zone).time() for at in quarters.moments]
    for bay in (column.bay for column in columns if column.bay is not None):
        rules = scene.rules.of_bay(bay)
        opens, closes = rules.opens or time.min, rules.closes or time.max
        kept_free = {
            row
            for one in shown
            if rules.buffer and takes(one, bay)
            for row in range(
                quarters.row(one.ends_at),
                quarters.behind(one.ends_at.add(minutes=rules.buffer)),
            )
        }
        for row, shows in enumerate(clock):
            closed = not opens <= shows < closes
            if closed or row in kept_free:
                yield (bay, row), Cell(buffer=row in kept_free, closed=closed)
