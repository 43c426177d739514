"""What the board prints: slips on demand, and the day's sheets by itself."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from desk.domain.exchange import Exchange, Side
from desk.domain.lifecycle import Verb
from desk.domain.phrase_reader import sides_meant
from desk.domain.reference import BadReferenceError, read_slip
from desk.domain.verdict import Verdict
from desk.i18n import _
from desk.tui.present import Tone
from desk.tui.screens.choice_sheet import ChoiceSheet, Option
from desk.tui.screens.slip_sheet import SlipSheet
from desk.wording import roles

if TYPE_CHECKING:
    from desk.tui.screens.board.screen import BoardScreen

_AT_REST_AFTER = 10.0
"""Seconds after the start, when nobody waits for the first board any more."""
_LOOK_EVERY = 60.0


class Papers:
    """Prints for the board, in the background."""

    def __init__(self, board: BoardScreen) -> None:
        self._board = board
        self._written: date | None = None

    # Slips

    def begin_slip(self, rest: str) -> None:
        """Opens the slip of the highlighted exchange, or of the one that was named.

        Args:
            rest: a reference, a side, both, or nothing.
        """
        words = rest.split()
        try:
            slip = read_slip(words[0]) if words else None
        except BadReferenceError:
            slip = None
        marked = self._board.highlighted
        if slip is not None:
            side = slip.side
            self._board.fetch_known(slip.ref, lambda found: self._open(found, side, words[1:]))
        elif marked is not None:
            self._open(marked, self._board.side_found(), words)
        else:
            self._board.notice(_("Highlight an exchange first, or find one."), Tone.LATE)

    def _open(self, exchange: Exchange, side: Side | None, words: list[str]) -> None:
        """Opens a slip, once it is clear whose."""
        called = roles(exchange.kind)
        meant = sides_meant(words[0], [called]) if words else frozenset(filter(None, [side]))
        if len(meant) == 1:
            self._show(exchange, *meant)
            return
        options = [Option(each, Content(role)) for each, role in called.items()]
        title = _("{ref}: whose slip?").format(ref=exchange.ref)

        def picked(one: Side | None) -> None:
            if one is not None:
                self._show(exchange, one)

        self._board.open_sheet(ChoiceSheet(title, options, "", exchange.ref), picked)

    def _show(self, exchange: Exchange, side: Side) -> None:
        board = self._board
        # Where a terminal draws no signs, a code made of them could not be read.
        signs = board.launch.settings.looks.glyphs == "unicode"
        printer = partial(board.launch.printer, board.service)
        board.open_sheet(SlipSheet(exchange, side, printer, signs=signs), lambda _nothing: None)

    # The sheets of the days

    def begin(self) -> None:
        """Writes the days' sheets once the board is at rest, and when another day begins."""
        self._board.set_timer(_AT_REST_AFTER, self.look)
        self._board.set_interval(_LOOK_EVERY, self.look)

    def look(self) -> None:
        """Writes the sheets where today's was not written yet."""
        if self._written != self._board.scene.today:
            self.refresh_days()

    def follow(self, verdict: Verdict) -> None:
        """Writes the sheets anew where bookings were taken in, or that was undone."""
        prior = verdict.prior
        undone = prior is not None and prior.verb == Verb.IMPORT
        if undone or verdict.facts.verb == Verb.IMPORT:
            self.refresh_days()
        if undone:
            self._board.inbox.tell_undone()

    def refresh_days(self) -> None:
        """Writes the sheets anew, and tells where they could not be."""
        board = self._board
        self._written = board.scene.today

        def write() -> None:
            trouble = board.launch.printer(board.service).refresh_days()
            if trouble:
                board.call_later(board.notice, trouble, Tone.LATE)

        board.run_worker(write, thread=True, group="sheets", exit_on_error=False)
