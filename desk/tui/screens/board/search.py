"""Finding on the day that is shown, as far as the screen remembers it."""

from __future__ import annotations

from collections.abc import Sequence

from pendulum import DateTime

from desk.domain.exchange import Exchange
from desk.domain.finding import Finder, Match
from desk.text import fold, folded_with_map
from desk.tui.present import Key, Scene


class Search:
    """What is typed, and the parties it matches.

    Attributes:
        matches: the parties that match, likeliest first.
        arrow_used: whether the officer chose a row by arrow since the last letter.
    """

    def __init__(self) -> None:
        self._finder = Finder((), fold, folded_with_map)
        self._text = ""
        self.matches: tuple[Match, ...] = ()
        self.arrow_used = False

    @property
    def active(self) -> bool:
        """Whether there is something to find."""
        return bool(self._text)

    @property
    def nearest(self) -> Key | None:
        """Where the cursor belongs: the expected party nearest to now."""
        return Key(self.matches[0].ref, self.matches[0].side) if self.matches else None

    def look_in(self, exchanges: Sequence[Exchange], scene: Scene) -> None:
        """Looks in these exchanges from now on, for the same text."""
        self._finder = Finder(exchanges, fold, folded_with_map)
        if self._text:
            self.matches = self._finder.find(self._text, scene.now)

    def find(self, text: str, now: DateTime) -> None:
        """Finds another text."""
        self._text = text.strip()
        self.arrow_used = False
        self.matches = self._finder.find(self._text, now) if self._text else ()
