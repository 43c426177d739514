"""What the words of an act ask for, and what is taken back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk.domain.exchange import Exchange, Side
from desk.domain.intents import ExchangeIntent, Undo
from desk.domain.phrase_walk_in import WORD, WalkIn, read_walk_in
from desk.domain.phrases import PhraseContext, PhraseError, read_act
from desk.domain.reference import BadReferenceError, read_slip
from desk.domain.verdict import BAY_REFUSALS, Verdict
from desk.domain.views import UndoableAct
from desk.errors import DeskError
from desk.tui.act_forms import answers_said
from desk.tui.forms import Answers, Wish
from desk.tui.offers import CAREFUL
from desk.tui.present import Tone
from desk.tui.sentences import failure_words, impossible_words, touches_others
from desk.wording import (
    bay_reasons,
    clock_time,
    reopen_reasons,
    roles,
    standard_reasons,
    tell_phrase,
)

if TYPE_CHECKING:
    from desk.tui.screens.board.screen import BoardScreen


class Spoken:
    """Does on the board what the words after ``/`` say."""

    def __init__(self, board: BoardScreen) -> None:
        self._board = board

    def do(self, words: list[str]) -> None:
        """Does what typed words ask for, on an exchange of any day."""
        try:
            ref = read_slip(words[1]).ref
        except BadReferenceError:
            self._do_on(words, None)
            return
        if self._board.find_ref(ref) is None:
            self._board.fetch(ref, lambda found: self._do_on(words, found))
        else:
            self._do_on(words, None)

    def _do_on(self, words: list[str], fetched: Exchange | None) -> None:
        board = self._board
        try:
            intent = read_act(words, self._context(fetched))
        except PhraseError as wrong:
            board.notice(tell_phrase(wrong), Tone.LATE)
            return
        if isinstance(intent, Undo):
            self._take_back(intent)
        elif intent.verb in CAREFUL and not intent.either_side:
            board.fetch_known(intent.ref, lambda exchange: self._show_careful(intent, exchange))
        else:
            self._attempt(intent)

    def _context(self, fetched: Exchange | None) -> PhraseContext:
        board = self._board
        marked = board.highlighted
        known = {one.ref: one for one in (*board.exchanges, fetched) if one is not None}
        return PhraseContext(
            by=board.by,
            now=board.scene.now,
            zone=board.scene.zone,
            default_ref=marked.ref if marked else None,
            lookup=known.get,
            roles=roles,
            reasons=standard_reasons(),
            reopen_reasons=reopen_reasons(),
            bay_reasons=bay_reasons(),
            bays=[bay.code for bay in board.scene.station.bays],
        )

    def walk_in(self, rest: str) -> None:
        """Opens the form of a walk-in with what was typed behind the word: a name, or a phrase."""
        board = self._board
        answers: Answers | None = {"giver-name": rest} if rest else None
        if '"' in rest:
            try:
                said = read_walk_in([f"{WORD} {rest}"], self._context(None))
            except PhraseError as wrong:
                board.notice(tell_phrase(wrong), Tone.LATE)
                return
            answers = _answers_of(said, board.scene.zone)
        board.clerk.bookings.walk_in(answers)

    def _attempt(self, wish: Wish) -> None:
        self._board.perform(wish, partial(self._answered, wish))

    def _take_back(self, intent: Undo) -> None:
        if intent.number is not None:
            self._board.fetch_undoable(None, partial(self._undo_numbered, intent))
        elif intent.ref is None:
            self.begin_undo()
        else:
            self._board.fetch_known(intent.ref, self._undo_on)

    def _show_careful(self, intent: ExchangeIntent, exchange: Exchange) -> None:
        """Shows what typed words would write; only the form's own key does it."""
        board = self._board
        sides: tuple[Side, ...] = getattr(intent, "sides", ())
        side = sides[0] if len(sides) == 1 else None
        impossible = impossible_words(exchange, intent.verb, board.scene.zone, side)
        if impossible:
            board.notice(impossible, Tone.LATE)
        else:
            board.clear_field()
            answers = answers_said(intent, board.scene.zone)
            board.clerk.begin(intent.verb, exchange, side, answers)

    def _answered(self, wish: Wish, answer: Verdict | DeskError) -> None:
        board = self._board
        self._tell(answer)
        if isinstance(answer, Verdict) and answer.code in BAY_REFUSALS:
            board.clerk.bookings.open_places(wish, answer, self._attempt, board.acted)

    def _tell(self, answer: Verdict | DeskError) -> None:
        if isinstance(answer, Verdict) and answer.accepted:
            self._board.acted(answer)
        else:
            self._board.notice(failure_words(answer, self._board.scene.zone), Tone.OVERDUE)

    def begin_undo(self) -> None:
        """Offers the last act on the highlighted exchange, else the last anywhere."""
        marked = self._board.highlighted
        ref = marked.ref if marked else None
        wish = Undo(by=self._board.by, ref=ref)
        self._board.fetch_undoable(ref, partial(self._open_undo, wish))

    def _undo_on(self, exchange: Exchange) -> None:
        """Offers the acts on the exchange that was named, and on no others."""

        def got(acts: tuple[UndoableAct, ...]) -> None:
            on_it = [one for one in acts if exchange.ref in one.refs]
            on_no_other = tuple(one for one in on_it if len(one.refs) == 1)
            if on_it and not on_no_other:
                refused = touches_others(exchange.ref, on_it[0])
                self._board.notice(failure_words(refused, self._board.scene.zone), Tone.LATE)
            else:
                self._open_undo(Undo(by=self._board.by, ref=exchange.ref), on_no_other)

        self._board.fetch_undoable(exchange.ref, got)

    def _undo_numbered(self, wish: Undo, acts: tuple[UndoableAct, ...]) -> None:
        """Offers the one act that was named, if it can be walked."""
        self._open_undo(wish, tuple(one for one in acts if one.act.number == wish.number))

    def _open_undo(self, wish: Undo, acts: tuple[UndoableAct, ...]) -> None:
        """Offers acts; where there are none, the record says why nothing can be undone."""
        if acts:
            self._board.clerk.open_undo(acts)
        else:
            self._board.perform(wish, self._tell)


def _answers_of(said: WalkIn, zone: ZoneInfo) -> Answers:
    """Returns what the form of a walk-in is filled with by what was said of one."""
    giver, receiver = said.names
    answers = {
        "giver-name": giver or "",
        "receiver-name": receiver or "",
        "item": said.item,
        "kind": said.kind.value,
    }
    if said.bay_said:
        answers["bay"] = said.bay or ""
    if said.at is not None:
        answers["at"] = clock_time(said.at, zone)
    if len(said.here) == 1:
        answers["here"] = said.here[0].value
    return answers
