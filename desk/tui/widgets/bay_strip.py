"""The strip of bays: who has each now and who is next, in as many words as there is room for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desk.tui.present import UNICODE, BaySlot, Glyphs, Line, Piece, cells, chip, fitted
from desk.tui.widgets.painted import Painted


class BayStrip(Painted):
    """Shows every bay's code on a field of its tone, and beside it what is so there."""

    DEFAULT_CSS = """
    BayStrip {
        height: 1;
    }
    """

    _slots: tuple[BaySlot, ...] = ()
    _glyphs: Glyphs = UNICODE

    def show(self, slots: tuple[BaySlot, ...], glyphs: Glyphs = UNICODE) -> None:
        """Shows these bays."""
        self._slots, self._glyphs = slots, glyphs
        self.repaint()

    def lay_out(self, width: int) -> tuple[Line, ...]:
        """Returns the one line in the fullest form that fits.

        What is now is never shortened for the sake of what is next.
        """
        room = width - 2
        lines = [_line(self._slots, form, self._glyphs) for form in _forms(self._slots)]
        line = next((each for each in lines if cells(each) <= room), lines[-1])
        return ((Piece(" "), *fitted(line, room)),)


_Words = Callable[[BaySlot], str]


@dataclass(frozen=True, slots=True)
class _Form:
    """What stands beside a code, and between two bays.

    Attributes:
        now: what is said of how it stands.
        then: what is said of who is next.
        nexts: of how many bays that is said, those that are next to begin first.
        gap: what parts two bays.
    """

    now: _Words
    then: _Words
    nexts: int
    gap: str


def _forms(slots: tuple[BaySlot, ...]) -> Iterator[_Form]:
    """Yields the forms, the fullest first."""
    several = sum(slot.then is not None for slot in slots)
    kinds: tuple[tuple[_Words, tuple[_Words, ...]], ...] = (
        (_full, (_whole_next, _next_time)),
        (_ref, (_time_behind,)),
        (_taken_only, (_time_behind,)),
    )
    for now, thens in kinds:
        for then in thens:
            yield _Form(now, then, several, "   ")
            yield _Form(now, then, several, "  ")
        for fewer in range(several - 1, 0, -1):
            yield _Form(now, thens[-1], fewer, "  ")
        yield from (_Form(now, _nothing, 0, gap) for gap in ("   ", "  "))
    yield _Form(_nothing, _nothing, 0, " ")


def _line(slots: tuple[BaySlot, ...], form: _Form, glyphs: Glyphs) -> Line:
    pieces: list[Piece] = []
    told = _soonest(slots, form)
    for slot in slots:
        now = form.now(slot)
        then = form.then(slot) if slot.code in told else ""
        pieces += (Piece(form.gap if pieces else ""), chip(slot.code, slot.tone))
        pieces.append(Piece(f" {now}" if now else "", slot.tone))
        if then and slot.then is not None:
            pieces.append(Piece(f" {glyphs.then}{then}", slot.then.tone))
    return tuple(pieces)


def _soonest(slots: tuple[BaySlot, ...], form: _Form) -> frozenset[str]:
    """Returns the codes of the bays of which it is said who is next."""
    followed = [
        (slot.then.starts_at, slot.code)
        for slot in slots
        if slot.then is not None and form.then(slot)
    ]
    return frozenset(code for _starts_at, code in sorted(followed)[: form.nexts])


def _full(slot: BaySlot) -> str:
    return f"{slot.ref} {slot.words}" if slot.ref else slot.words


def _ref(slot: BaySlot) -> str:
    return slot.ref or slot.brief


def _taken_only(slot: BaySlot) -> str:
    return slot.ref or ""


def _nothing(_slot: BaySlot) -> str:
    return ""


def _whole_next(slot: BaySlot) -> str:
    """Returns ``R6HDKV 15:00``; how long a free bay is free says its time already."""
    if slot.then is None:
        return ""
    return f"{slot.then.ref} {slot.then.time}" if slot.ref else slot.then.ref


def _next_time(slot: BaySlot) -> str:
    return slot.then.time if slot.then is not None and slot.ref else ""


def _time_behind(slot: BaySlot) -> str:
    return "" if slot.then is None else slot.then.time
