"""The strip of bays: who has each, in as many words as there is room for."""

from __future__ import annotations

from collections.abc import Callable

from desk.tui.present import BaySlot, Line, Piece, cells, chip, fitted
from desk.tui.widgets.painted import Painted

_NARROW = 90


class BayStrip(Painted):
    """Shows every bay's code on a field of its tone, and beside it what is so there."""

    DEFAULT_CSS = """
    BayStrip {
        height: 1;
    }
    """

    _slots: tuple[BaySlot, ...] = ()

    def show(self, slots: tuple[BaySlot, ...]) -> None:
        """Shows these bays."""
        self._slots = slots
        self.repaint()

    def lay_out(self, width: int) -> tuple[Line, ...]:
        """Returns the one line in the fullest form that fits; a narrow one folds at once."""
        forms = _FORMS[1:] if width < _NARROW else _FORMS
        room = width - 2
        lines = [_line(self._slots, form, gap) for form, gap in forms]
        line = next((each for each in lines if cells(each) <= room), lines[-1])
        return ((Piece(" "), *fitted(line, room)),)


_Form = Callable[[BaySlot], str]


def _line(slots: tuple[BaySlot, ...], form: _Form, gap: str) -> Line:
    pieces: list[Piece] = []
    for slot in slots:
        words = form(slot)
        beside = Piece(f" {words}" if words else "", slot.tone)
        pieces += (Piece(gap if pieces else ""), chip(slot.code, slot.tone), beside)
    return tuple(pieces)


def _full(slot: BaySlot) -> str:
    return f"{slot.ref} {slot.words}" if slot.ref else slot.words


def _ref(slot: BaySlot) -> str:
    return slot.ref or slot.brief


def _taken_only(slot: BaySlot) -> str:
    return slot.ref or ""


def _code_only(_slot: BaySlot) -> str:
    return ""


_FORMS: tuple[tuple[_Form, str], ...] = (
    (_full, "   "),
    (_ref, "   "),
    (_ref, "  "),
    (_taken_only, "  "),
    (_code_only, " "),
)
"""What stands beside a code and between two bays, the fullest first."""
