"""A week, a line a day: the sign for how full each hour is, and the number beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.style import Style

from desk import text
from desk.i18n import _
from desk.tui.present import Line, Piece, Tone, fitted
from desk.tui.present.week import DayStrip, WeekPicture
from desk.tui.widgets.painted import Painted

_DAY_CELLS = 11
_COUNT_CELLS = 5
_HOUR_CELLS = (3, 2)
"""The width of an hour, and where that is too much."""

_HEADER_LINES = 1


class WeekView(Painted):
    """Shows the days under each other, with the cursor on one."""

    DEFAULT_CSS = """
    WeekView {
        height: 8;
    }
    """

    _picture: WeekPicture | None = None
    _day: date | None = None

    def show(self, picture: WeekPicture, day: date) -> None:
        """Shows a week; the cursor is on that day."""
        self._picture, self._day = picture, day
        self.repaint()

    def lay_out(self, width: int) -> tuple[Line, ...]:
        """Returns the header and the seven days."""
        picture = self._picture
        if picture is None:
            return ()
        left = 1 + _DAY_CELLS + _COUNT_CELLS
        wanted = max(text.width(day.open_words) for day in picture.days)
        room = [width - left - each * len(picture.hours) for each in _HOUR_CELLS]
        # Words are given up before the hours are drawn closer, and hours before signs.
        cells = _HOUR_CELLS[0] if room[0] >= min(wanted, _SIGNS_CELLS) else _HOUR_CELLS[1]
        words = width - left - cells * len(picture.hours) > wanted
        days = (self._line(day, picture, cells, words=words) for day in picture.days)
        return tuple(fitted(line, width) for line in (_header(picture, cells), *days))

    def _line(self, day: DayStrip, picture: WeekPicture, cells: int, *, words: bool) -> Line:
        pointed = day.day == self._day
        name = Tone.ACCENT if day.day == picture.today else Tone.PLAIN
        count = Piece(f"{day.count:>3}  ", Tone.STRONG if day.count else Tone.DIM)
        left_open = day.open_words if words else day.open_signs
        return (
            Piece(picture.glyphs.cursor if pointed else " ", Tone.ACCENT),
            Piece(text.fit(day.name, _DAY_CELLS), name),
            count,
            *(piece for n in day.hours for piece in _hour(n, picture, cells)),
            Piece(f" {left_open}", Tone.OVERDUE),
        )

    def under(self, y: int) -> Style:
        """Returns the cursor's style for its day."""
        days = [] if self._picture is None else [each.day for each in self._picture.days]
        pointed = self._day in days and y == days.index(self._day) + _HEADER_LINES
        return self.rich_style + self.palette.cursor if pointed else self.rich_style


_SIGNS_CELLS = 8
"""What the signs of open items take, with a number each."""


def _header(picture: WeekPicture, cells: int) -> Line:
    hours = "".join(
        text.fit(f"{hour:02}" if cells > _HOUR_CELLS[1] or not n % 2 else "", cells)
        for n, hour in enumerate(picture.hours)
    )
    day, count = text.fit(_("Day"), _DAY_CELLS), text.fit(_("All"), _COUNT_CELLS)
    return (Piece(f" {day}{count}{hours} {_('Open')}", Tone.DIM),)


def _hour(n: int, picture: WeekPicture, cells: int) -> Iterator[Piece]:
    """Yields the sign and the number of an hour; a number that needs the sign's cell takes it."""
    sign = picture.heat(n)
    number = str(n) if n else ""
    if len(number) < cells:
        yield sign
    yield Piece(number.ljust(cells - 1)[: cells if len(number) >= cells else cells - 1], sign.tone)
