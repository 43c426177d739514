"""What was tried, and by whom: counted before it is checked, so that no kill forgets a failure.

Whatever is not known to have succeeded counts as a failure: a line without an end is one, for who
pulls the plug on a wrong passphrase must not get another try for it. The figures are those of the
CJIS Security Policy: 5 failures in 15 minutes lock, here until a supervisor unlocks. The recovery
code never locks: it cannot be guessed, and it is the way out of every lock.

This slows a guesser at the desk. It does not slow a thief with a copy of the folder; what a
derivation costs and how good the passphrase is does that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum, auto
from typing import Annotated, TypeAlias

import pendulum
from pendulum import DateTime
from pydantic import AfterValidator, AwareDatetime, Field

from desk.vault.parts import Part, Word

LIMIT = 5
WINDOW = timedelta(minutes=15)
_UNDER_WAY = timedelta(minutes=1)
"""For so long an attempt without an end is taken for one that another desk is checking now."""


class Means(StrEnum):
    """What was tried."""

    PASSPHRASE = auto()
    PIN = auto()
    RECOVERY = auto()


class Step(StrEnum):
    """What a line says of an attempt, or of a badge."""

    TRIED = auto()
    OPENED = auto()
    WRONG = auto()
    REFUSED = auto()
    RECORDED = auto()
    LIFTED = auto()


class Who(Part):
    """Whose attempt it was, as far as the file may know.

    What was typed for a badge may be a passphrase, typed one field too early. So of a badge that
    has no slot only eight bits of a digest are kept: enough to count, too little to guess from.

    Attributes:
        badge: of an officer who has a slot.
        unknown: what is kept of any other badge.
    """

    badge: Word | None = None
    unknown: Annotated[int, Field(ge=0, le=255)] | None = None

    @property
    def can_be_locked(self) -> bool:
        """Whether failures count: not those of the recovery code, which is nobody's."""
        return self != _NOBODY


_NOBODY = Who()


def who_typed(badge: str | None, known: Iterable[str]) -> Who:
    """Returns whose attempt it is: None is the recovery code's."""
    if badge is None:
        return _NOBODY
    if badge in known:
        return Who(badge=badge)
    return Who(unknown=hashlib.sha256(badge.encode("utf-8", "surrogatepass")).digest()[0])


def _in_utc(at: datetime) -> datetime:
    # Others are not ours, and at the ends of the calendar cannot be compared.
    if at.utcoffset():
        raise ValueError(at)
    return at


class Line(Part):
    """One line of the file.

    Attributes:
        at: when, in UTC.
        attempt: which attempt; for ``lifted`` an id of its own.
        step: what it says.
        means: what was tried; None for ``lifted``.
        who: whose.
    """

    at: Annotated[AwareDatetime, AfterValidator(_in_utc)]
    attempt: Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
    step: Step
    means: Means | None = None
    who: Who


class Ending(StrEnum):
    """How a failed attempt ended."""

    WRONG = auto()
    REFUSED = auto()
    CUT_SHORT = auto()


_ENDINGS = {Step.WRONG: Ending.WRONG, Step.REFUSED: Ending.REFUSED}


@dataclass(frozen=True, slots=True)
class Failure:
    """An attempt that opened nothing, for the record.

    Attributes:
        id: 32 hex digits; as an intent's id it keeps a failure from being journalled twice.
        at: when it was made, in UTC.
        means: what was tried.
        badge: whose; None for the recovery code, and for a badge that nobody has.
        ending: how it ended; cut short where the program was killed before it knew.
    """

    id: str
    at: DateTime
    means: Means
    badge: str | None
    ending: Ending


@dataclass(slots=True)
class Standing:
    """How somebody stands.

    Attributes:
        recent: the failures of the last quarter of an hour before the newest.
        locked: whether a supervisor has to unlock.
    """

    recent: list[Line] = field(default_factory=list)
    locked: bool = False

    def after(self, line: Line) -> Standing:
        """Returns how they stand after one more line."""
        if line.step is Step.LIFTED or self._knows_now_that_it_opened(line):
            return Standing()
        if line.step is not Step.TRIED:
            return self
        # Those from after it too: the clock may have been set back since.
        recent = [*(each for each in self.recent if line.at - each.at <= WINDOW), line]
        return Standing(recent, self.locked or len(recent) >= LIMIT)

    def _knows_now_that_it_opened(self, line: Line) -> bool:
        return line.step is Step.OPENED and any(
            each.attempt == line.attempt for each in self.recent
        )


Standings: TypeAlias = dict[Who, Standing]


def standings(lines: Iterable[Line]) -> Standings:
    """Returns how everybody stands whose failures count."""
    found: Standings = {}
    for line in lines:
        if line.who.can_be_locked:
            found[line.who] = found.get(line.who, Standing()).after(line)
    return found


def failures(lines: Sequence[Line], now: datetime) -> tuple[Failure, ...]:
    """Returns the failed attempts that the record does not have yet, oldest first."""
    steps = _steps(lines)
    return tuple(
        Failure(
            id=line.attempt,
            at=pendulum.instance(line.at),
            means=line.means,
            badge=line.who.badge,
            ending=_ending(steps[line.attempt]),
        )
        for line in _unrecorded(lines, steps)
        if line.means is not None and not _is_under_way(line, steps[line.attempt], now)
    )


def without_recorded(lines: Sequence[Line], ids: Iterable[str], now: datetime) -> list[Line]:
    """Returns the lines that are still needed once the record has these failures.

    Kept is everything about whoever has failures that the record lacks, or that still count; the
    rest goes. All lines of one person or none, so that nobody stands differently afterwards.
    """
    recorded = frozenset(ids)
    notes = [
        line.model_copy(update={"step": Step.RECORDED})
        for line in _unrecorded(lines, _steps(lines))
        if line.attempt in recorded
    ]
    noted = [*lines, *notes]
    needed = {line.who for line in _unrecorded(noted, _steps(noted))}
    needed |= {who for who, standing in standings(noted).items() if _counts(standing, now)}
    return [line for line in noted if line.who in needed]


def _unrecorded(lines: Iterable[Line], steps: Mapping[str, set[Step]]) -> list[Line]:
    """Returns the first line of every attempt that did not open, and is not in the record."""
    return [
        line
        for line in lines
        if line.step in (Step.TRIED, Step.REFUSED)
        and not steps[line.attempt] & {Step.OPENED, Step.RECORDED}
    ]


def _steps(lines: Iterable[Line]) -> dict[str, set[Step]]:
    steps: dict[str, set[Step]] = {}
    for line in lines:
        steps.setdefault(line.attempt, set()).add(line.step)
    return steps


def _is_under_way(line: Line, steps: set[Step], now: datetime) -> bool:
    return not steps & _ENDINGS.keys() and abs(now - line.at) < _UNDER_WAY


def _ending(steps: set[Step]) -> Ending:
    return next((_ENDINGS[step] for step in _ENDINGS if step in steps), Ending.CUT_SHORT)


def _counts(standing: Standing, now: datetime) -> bool:
    return standing.locked or any(now - line.at <= WINDOW for line in standing.recent)
