"""What a text may mean that nothing on the board matches: a name that nobody wrote down yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from desk.domain.rules import nameless_due
from desk.i18n import _
from desk.text import safe
from desk.tui.paint import match_line
from desk.tui.present.matches import match_row, nameless_row
from desk.tui.screens.choice_sheet import Option

if TYPE_CHECKING:
    from desk.tui.screens.board.screen import BoardScreen

Step = Callable[[], None]


def may_be_a_name(text: str) -> bool:
    """Tells whether somebody may be called so."""
    return any(map(str.isalpha, text)) and not any(map(str.isdecimal, text))


def ways_on(text: str, board: BoardScreen) -> Sequence[Option[Step]]:
    """Returns what can be done with a text that nothing on the day matches, likeliest first.

    Args:
        text: what was typed.
        board: the day that is shown, and what was found on others.
    """
    options = list(_of_a_name(text, board)) if may_be_a_name(text) else []
    return [*options, *found_elsewhere(board)]


def found_elsewhere(board: BoardScreen) -> Iterator[Option[Step]]:
    """Yields the matches of other days, as the steps to theirs."""
    for match in board.search.matches:
        exchange = board.find_ref(match.ref)
        if exchange is not None:
            row = match_row(match, exchange, board.shown, board.scene)
            yield Option(partial(board.finding.show_day_of, exchange), match_line(row))


def _of_a_name(text: str, board: BoardScreen) -> Iterator[Option[Step]]:
    scene, clerk = board.scene, board.clerk
    for exchange, side in nameless_due(board.exchanges, scene.rules, scene.now):
        row = nameless_row(exchange, side, board.shown, scene)
        yield Option(partial(clerk.open_acts, exchange, side, name=text), match_line(row))
    words = _("walk-in: book “{text}” now").format(text=safe(text))
    yield Option(lambda: clerk.bookings.walk_in({"giver-name": text}), Content(words))
