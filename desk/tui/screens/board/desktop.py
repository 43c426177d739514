"""The board as those who open its sheets know it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from desk.domain.bays import Place
from desk.domain.booking import Booking
from desk.domain.exchange import Exchange, Kind, Side
from desk.domain.intents import By
from desk.domain.verdict import Verdict
from desk.tui.present.places import Around
from desk.tui.present.scene import Scene
from desk.tui.screens.board.connected import Intended, Reply
from desk.tui.screens.sheet import Sheet

ResultT = TypeVar("ResultT")
Done = Callable[[Verdict | None], None]


class Desktop(Protocol):
    """The board, as far as they need it."""

    by: By

    @property
    def scene(self) -> Scene:
        """The station, its rules and the present."""
        ...

    @property
    def exchanges(self) -> Sequence[Exchange]:
        """The exchanges of the day that is shown."""
        ...

    def perform(self, intent: Intended, reply: Reply) -> object:
        """Does an intent in the background."""
        ...

    def fetch_known(self, ref: str, use: Callable[[Exchange], None]) -> None:
        """Reads an exchange anew in the background and hands it on."""
        ...

    def look_around(
        self, booking: Booking, ref: str | None, use: Callable[[Around], None]
    ) -> object:
        """Reads in the background what there is at the time of a booking, and hands it on."""
        ...

    def find_places(
        self, booking: Booking, ref: str | None, use: Callable[[tuple[Place, ...]], None]
    ) -> object:
        """Reads in the background where else there is room, and hands it on."""
        ...

    def kind_of(self, ref: str) -> Kind | None:
        """Returns the kind of an exchange of the day that is shown."""
        ...

    def point_at(self, exchange: Exchange, side: Side | None) -> None:
        """Puts the cursor on an exchange of the day that is shown."""
        ...

    def show_today(self) -> None:
        """Shows today's board, if another day's is shown."""
        ...

    def acted(self, verdict: Verdict | None, words: str = "") -> None:
        """Shows what was done, in the verdict's words where there are no others."""
        ...

    def open_sheet(self, sheet: Sheet[ResultT], done: Callable[[ResultT | None], None]) -> None:
        """Lays a sheet over the board."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Parked:
    """A form that Esc put aside.

    Attributes:
        reopen: opens it again with what was typed, and calls back once it does.
    """

    reopen: Callable[[Callable[[], None]], None]
