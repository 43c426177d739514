"""What sheets and forms are built from: an exchange, who acts on it, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.days import read_past_time
from desk.domain.exchange import (
    Exchange,
    Side,
)
from desk.domain.intents import (
    By,
)
from desk.domain.rules import Moment, Rules
from desk.tui.commands import ActKeys
from desk.tui.forms import Answers
from desk.tui.present.places import OtherBay


@dataclass(frozen=True, slots=True)
class Case:
    """What every form is built from.

    Attributes:
        exchange: as the officer sees it.
        side: the party meant, where one is.
        moment: when the sheet was opened.
        keys: what does each act.
        now: tells the present, however long the sheet has been open.
        elsewhere: the bay to go to, where it has none or others are still in its own.
    """

    exchange: Exchange
    side: Side | None
    by: By
    moment: Moment
    rules: Rules
    zone: ZoneInfo
    keys: ActKeys
    now: Callable[[], DateTime]
    elsewhere: OtherBay | None = None

    def at(self, answers: Answers) -> DateTime | None:
        """Returns the typed time of the act; None is now.

        Raises:
            TimeTextError: it cannot be understood.
        """
        typed = answers.get("at", "").strip()
        return read_past_time(typed, self.now(), self.zone) if typed else None
