"""What only a whole table tells: how many rows it has, in which order its days are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk.domain.reading import Choice, DayOrder
from desk.intake.dates import possible_days
from desk.intake.formats.tables import TableFormat
from desk.intake.problems import Problem, ProblemError
from desk.intake.read import Limits
from desk.intake.table import Cell, Record
from desk.intake.zones import zone_named


@dataclass(slots=True)
class Survey:
    """Collects what the rows of one table show, and decides by all of them."""

    format: TableFormat
    limits: Limits
    rows: int = 0
    _orders: set[DayOrder] = field(default_factory=set)
    _open: tuple[int, Cell, dict[DayOrder, date]] | None = None
    _zones: dict[str, Cell] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Notes one row.

        Raises:
            ProblemError: there are too many of them.
        """
        self.rows += 1
        if self.rows > self.limits.rows:
            raise ProblemError(Problem.TOO_MANY_ROWS, limit=self.limits.rows)
        for column in self.format.days:
            cell = record.cell(column)
            days = possible_days(cell)
            if len(days) == 1:
                self._orders.update(days)
            elif days and self._open is None:
                self._open = record.row, cell, days
        zone = record.cell(self.format.zone)
        if zone.text:
            self._zones.setdefault(zone.text, zone)

    def day_order(self, usual: DayOrder | None) -> DayOrder | None:
        """Returns the order of day and month; None where no day depends on it.

        Args:
            usual: what the station has set for files that do not show it.

        Raises:
            ProblemError: no row shows it, or rows show both; it must be asked.
        """
        if len(self._orders) == 1:
            return next(iter(self._orders))
        if self._open is None:
            return None
        if usual is not None and not self._orders:
            return usual
        row, cell, days = self._open
        choices = tuple(Choice(order.value, days[order].isoformat()) for order in DayOrder)
        first, second = (choice.example for choice in choices)
        raise ProblemError(
            Problem.AMBIGUOUS_DAY_ORDER,
            cell.field,
            row,
            choices,
            text=cell.text,
            first=first,
            second=second,
        )

    def check_zone(self, station: ZoneInfo, year: int) -> None:
        """Checks that a zone which all rows name is the station's, by its clock.

        Args:
            station: whose clock the times are taken for.
            year: in whose winter and summer the clocks are compared.

        Raises:
            ProblemError: they all name another, so that it must be asked.
        """
        if len(self._zones) != 1:
            return
        ((name, cell),) = self._zones.items()
        other = zone_named(name)
        if other is None or _offsets(other, year) == _offsets(station, year):
            return
        raise ProblemError(
            Problem.UNSURE_ZONE,
            cell.field,
            choices=(Choice(station.key, ""), Choice(name, "")),
            other=name,
            zone=station.key,
            text=name,
        )


def _offsets(zone: ZoneInfo, year: int) -> list[timedelta | None]:
    return [datetime(year, month, 1, tzinfo=zone).utcoffset() for month in (1, 7)]
