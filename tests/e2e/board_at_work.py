"""A board that many tests look at, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from desk.domain.intents import Undo
from desk.domain.lifecycle import EXCHANGE, Verb
from desk.domain.views import JournalRow
from tests.builders import DUPONT
from tests.e2e.stations import StationOnDisk
from tests.e2e.wire import not_meant

_AS_BOOKED = ("· A. Silva", "· C. Dubois", "· E. Novak", "0 here", "Find a name")

_ABOUT_EXCHANGES = {*EXCHANGE, Verb.BOOK, Verb.MERGE, Verb.IMPORT, Verb.UNDO}


def _is_at_rest(screen: str) -> bool:
    return "Time   State" in screen and "Find a name" in screen and "W shows the week" not in screen


class BoardAtWork:
    """A station with the board open at it, which stays open from one test to the next.

    Attributes:
        disk: the station.
        terminal: the board's.
    """

    def __init__(self, disk: StationOnDisk) -> None:
        self.disk = disk
        self.terminal = disk.board()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.terminal.close()

    @property
    def journal(self) -> tuple[JournalRow, ...]:
        """All that was done about exchanges; whoever looks at it has signed in, too."""
        with self.disk.opened() as service:
            return tuple(row for row in service.journal() if row.verb in _ABOUT_EXCHANGES)

    @contextmanager
    def as_it_began(self) -> Iterator[None]:
        """Lends the board to a test, and puts everything back when it has ended."""
        if self.terminal.has_ended:
            self.terminal.close()
            self.terminal = self.disk.board()
        self.terminal.wait_for(*_AS_BOOKED)
        self.terminal.settle(0.1)
        acts, sent = self.journal[-1].number, len(self.terminal.sent)
        try:
            yield
        finally:
            self._take_back(acts)
            self.terminal.resize(80, 24)
            self.terminal.leave_until(_is_at_rest, "the board alone")
        self.terminal.press("ctrl+home")
        self.terminal.wait_for(*_AS_BOOKED)
        self.terminal.settle(0.1)
        foreign = not_meant(self.terminal.sent[sent:])
        assert not foreign, foreign

    def _take_back(self, acts: int) -> None:
        with self.disk.opened() as service:
            done = [each.act.number for each in service.undoable(DUPONT, None)]
            for number in done:
                if number > acts:
                    assert service.undo(Undo(by=DUPONT, number=number)).accepted
