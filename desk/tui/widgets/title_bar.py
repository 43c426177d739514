"""The top line: whose desk this is, which day and time it shows, who sits at it."""

from __future__ import annotations

from collections.abc import Iterable

from desk import text
from desk.tui.present import Line, Piece, Tone, cells, fitted
from desk.tui.widgets.painted import Painted

_ROOMY = 100
_LEAST_NAME = 14
_SEPARATOR = " · "


class TitleBar(Painted):
    """Station on the left, day and time in the middle, officer and desk on the right."""

    DEFAULT_CSS = """
    TitleBar {
        height: 1;
        background: $band;
        &.-other-day {
            background: $band-other-day;
        }
    }
    """

    _left = ("", "")
    _days = ("", "")
    _time = ""
    _right: tuple[str, ...] = ()

    def show(
        self,
        station: str,
        subtitle: str,
        days: tuple[str, str],
        time_text: str,
        right: Iterable[str],
        *,
        other_day: bool,
    ) -> None:
        """Shows these.

        Args:
            station: its name.
            subtitle: what follows the name where there is room.
            days: the day at length, and in short, as ``present.day_title`` returns it.
            time_text: the time of day.
            right: what waits, and who sits where; the last give way where there is no room.
            other_day: whether the day is not today: the bar has another background then.
        """
        self._left = (text.safe(station), text.safe(subtitle))
        self._days, self._time = days, time_text
        self._right = tuple(map(text.safe, right))
        self.set_class(other_day, "-other-day")
        self.repaint()

    def lay_out(self, width: int) -> tuple[Line, ...]:
        """Returns the one line; a narrow one does without the subtitle and the year.

        The day stands in the middle, or more to the left where the right needs the room.
        """
        roomy = width >= _ROOMY
        middle = self._middle(roomy=roomy)
        right = self._ending(width - cells(middle) - _LEAST_NAME - 5)
        latest = width - cells(right) - 3 - cells(middle)
        start = max(min((width - cells(middle)) // 2, latest), 0)
        left = fitted(self._beginning(roomy=roomy), start - 2)
        end = start + cells(middle)
        return (
            (
                *left,
                Piece(" " * (start - cells(left))),
                *middle,
                Piece(" " * (width - end - cells(right) - 1)),
                *right,
            ),
        )

    def _beginning(self, *, roomy: bool) -> Line:
        station, subtitle = self._left
        name = (Piece(" "), Piece(station, Tone.STRONG))
        return (*name, Piece(f"  {subtitle}", Tone.DIM)) if roomy else name

    def _ending(self, room: int) -> Line:
        """Returns as many parts as fit; only the first is ever cut."""
        parts = self._right
        while len(parts) > 1 and text.width(_SEPARATOR.join(parts)) > room:
            parts = parts[:-1]
        return fitted((Piece(_SEPARATOR.join(parts), Tone.DIM),), room)

    def _middle(self, *, roomy: bool) -> Line:
        day = self._days[0] if roomy else self._days[1]
        gap = "   " if roomy else "  "
        return (Piece(f"{day}{gap}{self._time}", Tone.ACCENT),)
