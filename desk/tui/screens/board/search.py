"""Finding, as far as the screen remembers it: on the day that is shown, else on all days."""

from __future__ import annotations

from collections.abc import Sequence

from pendulum import DateTime

from desk.domain.exchange import Exchange
from desk.domain.finding import Finder, Match
from desk.domain.views import FoundEver
from desk.spelling import spelling_in
from desk.tui.present import Key, Scene

_SHORTEST_EVER = 2
"""Characters; a single one stands on every day."""


class Search:
    """What is typed, and the parties it matches.

    Attributes:
        matches: the parties that match, likeliest first; on all days the newest first.
        elsewhere: the exchanges of the matches, where they are of all days.
        arrow_used: whether the officer chose a row by arrow since the last letter.
    """

    def __init__(self) -> None:
        self._finder: Finder | None = None
        self._text = ""
        self._everywhere = False
        self.matches: tuple[Match, ...] = ()
        self.elsewhere: tuple[Exchange, ...] = ()
        self.arrow_used = False

    @property
    def active(self) -> bool:
        """Whether there is something to find."""
        return bool(self._text) or self._everywhere

    @property
    def text(self) -> str:
        """What is looked for."""
        return self._text

    @property
    def wants_all_days(self) -> bool:
        """Whether all days are to be searched: they were asked for, or this day has nothing."""
        return self._long_enough and (self._everywhere or not self.matches)

    @property
    def wants_more(self) -> bool:
        """Whether all days were asked for, with too little to look for."""
        return self._everywhere and not self._long_enough

    @property
    def _long_enough(self) -> bool:
        return len(self._text) >= _SHORTEST_EVER

    @property
    def nearest(self) -> Key | None:
        """Where the cursor belongs: the expected party nearest to now."""
        return Key(self.matches[0].ref, self.matches[0].side) if self.matches else None

    def look_in(self, exchanges: Sequence[Exchange], scene: Scene) -> None:
        """Looks in these exchanges from now on, for the same text."""
        self._finder = Finder(exchanges, spelling_in(scene.station.timezone))
        if not self._everywhere and not self.elsewhere:
            self.matches = self._find(scene.now)

    def find(self, text: str, now: DateTime) -> None:
        """Finds another text on the day that is shown."""
        self._begin(text)
        self._everywhere = False
        self.matches = self._find(now)

    def _find(self, now: DateTime) -> tuple[Match, ...]:
        """Returns what matches on the day that is shown; nothing before there is one."""
        return self._finder.find(self._text, now) if self._finder and self._text else ()

    def find_everywhere(self, text: str) -> None:
        """Finds another text on all days; what is found is handed over later."""
        self._begin(text)
        self._everywhere = True
        self.matches = ()

    def _begin(self, text: str) -> None:
        self._text = text.strip()
        self.elsewhere = ()
        self.arrow_used = False

    def take(self, text: str, found: Sequence[FoundEver]) -> bool:
        """Takes what was found on all days; returns whether it is still asked for."""
        if text != self._text or not self.wants_all_days:
            return False
        self.elsewhere = tuple(each.exchange for each in found)
        self.matches = tuple(match for each in found for match in each.matches)
        return True
