"""What every act is decided by and from: the case, the change, the refusal."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.bays import NO_BAYS, Bays
from desk.domain.exchange import Exchange, Party, Side
from desk.domain.rules import Rules
from desk.domain.verdict import Code, RefusedError, Step, Verdict


@dataclass(frozen=True, slots=True)
class Situation:
    """What an act is decided by, besides the exchange and the intent.

    Attributes:
        now: when it is recorded.
        zone: the station's.
        bays: the station's bays, and what each allows.
        holds: the sides that a safety hold keeps apart.
        next_dispute: the number that a new dispute would get.
        neighbours: the open exchanges of the days around a time that was asked for.
    """

    now: DateTime
    zone: ZoneInfo
    rules: Rules
    bays: Bays = NO_BAYS
    holds: frozenset[Side] = frozenset()
    next_dispute: int = 1
    neighbours: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of an intent.

    Attributes:
        verdict: the answer.
        after: the exchange as it is then; the same as before when refused.
        at: when it happened.
        side: the party it was about, where it was about one.
        words: free text that the officer gave: a note, a reason, a report.
    """

    verdict: Verdict
    after: Exchange
    at: DateTime
    side: Side | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What an accepted act changes."""

    after: Exchange
    words: str = ""
    overrode: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One exchange, one moment and the side meant, if any: what every act looks at.

    Attributes:
        at: when it happened.
        shown: what was typed for that, or what the clock shows; later than ``at`` never, and
            earlier where the clock was set back.
    """

    exchange: Exchange
    situation: Situation
    at: DateTime
    shown: DateTime
    side: Side | None

    @property
    def party(self) -> Party:
        """The party on that side.

        Raises:
            RefusedError: it was not said which.
        """
        if self.side is None:
            raise RefusedError(Code.WHICH_SIDE, Step.NAME_SIDE)
        return self.exchange.party(self.side)
