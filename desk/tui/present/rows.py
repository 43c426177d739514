"""What the board is made of: its rows, and all that is drawn of a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from desk.domain.exchange import Side
from desk.domain.stage import Counts, StageName
from desk.tui.present.bays import BaySlot
from desk.tui.present.glyphs import Glyphs
from desk.tui.present.parties import PartyCell
from desk.tui.present.state import StateWords
from desk.tui.present.tones import Line


class Key(NamedTuple):
    """By what a row is found again when the board has changed; the fold has no reference."""

    ref: str | None
    side: Side | None = None


FOLD = Key(None)
"""The key of the fold."""


@dataclass(frozen=True, slots=True)
class FoldRow:
    """Stands for the closed exchanges, or above them once they are unfolded."""

    words: str
    key: Key = FOLD


@dataclass(frozen=True, slots=True)
class NowRow:
    """The line between what has begun and what is to come."""

    time: str
    key: None = None


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """One exchange.

    Attributes:
        key: its reference.
        time: when it is booked for; the day where that is another.
        stepped_back: closed, with nobody here: drawn dim.
        busy: whether others are still in its bay though it is due.
        needs: its stage, where somebody should see to it; such a row never scrolls out of
            sight unannounced.
    """

    key: Key
    time: str
    state: StateWords
    bay: str
    giver: PartyCell
    receiver: PartyCell
    item: str
    stepped_back: bool = False
    busy: bool = False
    needs: StageName | None = None

    @property
    def ref(self) -> str:
        """The exchange's reference."""
        return self.key.ref or ""


@dataclass(frozen=True, slots=True)
class MatchRow:
    """One party that was found; an exchange whose both parties match has two.

    Attributes:
        key: the exchange's reference and the party's side.
        time: when the exchange is booked for.
        role: the party's, in one word.
        name: the whole name, with what was typed marked.
        what: ``what: bike`` where the hit is in something that no column shows.
    """

    key: Key
    time: str
    state: StateWords
    role: str
    name: Line
    what: Line = ()
    stepped_back: bool = False


Row = FoldRow | NowRow | ExchangeRow | MatchRow


@dataclass(frozen=True, slots=True)
class BoardPicture:
    """All that is drawn of a day.

    Attributes:
        rows: from the top.
        counts: of the same exchanges as the rows.
        bays: the strip, in the station's order.
        bay_cells: the width that the codes of the station's bays need.
        start: the row that the cursor begins on.
        glyphs: the signs it is drawn with.
        found: whether the rows are what was found, not the day.
    """

    rows: tuple[Row, ...]
    counts: Counts
    bays: tuple[BaySlot, ...]
    bay_cells: int
    start: Key | None
    glyphs: Glyphs
    found: bool = False
