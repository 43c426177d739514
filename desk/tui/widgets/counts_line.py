"""The header's counts: people here, overdue, to come."""

from __future__ import annotations

from desk.domain.stage import Counts
from desk.i18n import _
from desk.tui.present import Line, Piece, Tone, cells
from desk.tui.widgets.painted import Painted


class CountsLine(Painted):
    """Says how many people are here, how many exchanges are overdue and to come."""

    DEFAULT_CSS = """
    CountsLine {
        height: 1;
        width: 0;
    }
    """

    _counts: Counts | None = None
    """None until a board was read: nobody is counted who is not known."""

    def show(self, counts: Counts) -> None:
        """Shows these counts."""
        self._counts = counts
        self.styles.width = cells(_line(counts))
        self.repaint()

    def lay_out(self, width: int) -> tuple[Line, ...]:
        """Returns the one line, at the right."""
        if self._counts is None:
            return ()
        line = _line(self._counts)
        return ((Piece(" " * max(width - cells(line), 0)), *line),)


def _line(counts: Counts) -> Line:
    counted = (
        (counts.here, _("here"), Tone.PEOPLE),
        (counts.overdue, _("overdue"), Tone.OVERDUE),
        (counts.to_come, _("to come"), Tone.STRONG),
    )
    pieces: list[Piece] = []
    for number, words, tone in counted:
        pieces += (
            Piece("  " if pieces else ""),
            Piece(str(number), tone if number else Tone.DIM),
        )
        pieces.append(Piece(f" {words}", Tone.DIM))
    return (*pieces, Piece(" "))
