"""``desk`` by itself: the board."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from desk.cli.given import Given
from desk.errors import UsageError
from desk.i18n import _

if TYPE_CHECKING:
    from desk.tui.launch import StationAnswers


def open_board(given: Given) -> int:
    """Shows the board until the officer leaves it.

    Raises:
        DeskError: there is no terminal, or the station cannot be opened.
    """
    from desk.bootstrap import board_of, show
    from desk.cli.founding import found_from

    officer = given.officer_named()
    need_terminal()
    seat = given.seat
    proof = seat.prove() if officer is not None and given.secrets.at_hand else None

    def set_up(answers: StationAnswers) -> str:
        _station, recovery_code = found_from(seat, answers)
        return recovery_code

    with board_of(seat, proof, set_up) as launch:
        return show(launch)


def need_terminal() -> None:
    """Makes sure that there is a terminal to draw on and to hear keys from.

    Raises:
        UsageError: there is none.
    """
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UsageError(
            "no_terminal",
            _("The board needs a terminal, and there is none."),
            _("Start it in a terminal window; for programs there are desk list and desk do."),
        )
