"""The State column: glyph, words and tone of a stage, always together and in 16 cells.

The words are those of the design's table of stages. Where the usual words are too wide, which
custody's role names make them, the next shorter ones stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk import text
from desk.domain.exchange import Exchange, Kind, Presence, Side
from desk.domain.stage import Stage, StageName
from desk.i18n import _
from desk.tui.present.scene import Scene
from desk.tui.present.tones import Piece, Tone
from desk.wording import clock_time, duration, short_role

STATE_CELLS = 16
"""The width of the State column."""

_HOUR = 60
_DAY = 24 * _HOUR


class StateWords(NamedTuple):
    """What the State column says of one exchange."""

    glyph: str
    words: str
    tone: Tone

    @property
    def piece(self) -> Piece:
        """Glyph and words as one piece of text."""
        return Piece(f"{self.glyph} {self.words}", self.tone)


class _Case(NamedTuple):
    exchange: Exchange
    stage: Stage
    now: DateTime
    zone: ZoneInfo


_Words = Callable[[_Case], tuple[str, ...]]
"""The variants of a stage's words, the best first."""


def state(exchange: Exchange, stage: Stage, scene: Scene) -> StateWords:
    """Returns what the State column says; the first words that fit are taken."""
    glyphs = scene.glyphs
    if exchange.disputed:
        return StateWords(glyphs.disputed, _("disputed"), Tone.DISPUTED)
    case = _Case(exchange, stage, scene.now, scene.zone)
    variants = _still_here(case) or _WORDS[stage.name](case)
    room = STATE_CELLS - 2
    words = next((each for each in variants if text.width(each) <= room), variants[-1])
    return StateWords(getattr(glyphs, stage.name.value), text.cut(words, room), _tone(case))


def state_at_bay(
    exchange: Exchange, stage: Stage, scene: Scene, user: Exchange | None
) -> StateWords:
    """Returns what the State column says where others may still be in the bay.

    Args:
        exchange: whose state it is.
        stage: its stage.
        scene: that moment.
        user: who is still in its bay though it is due, or None.
    """
    told = state(exchange, stage, scene)
    if user is None or exchange.disputed or stage.name is not StageName.READY:
        # While somebody is waited for, that is what is said; the Bay column says the rest.
        return told
    return told._replace(words=_("bay busy"), tone=Tone.LATE)


def _rough(minutes: int) -> str:
    """Returns a duration in fewer cells: ``13``, ``1 h``, ``3 d``."""
    if minutes < _HOUR:
        return str(minutes)
    return duration(minutes) if minutes >= _DAY else _("{n} h").format(n=minutes // _HOUR)


def is_closed(stage: Stage) -> bool:
    """Returns whether the stage is an outcome."""
    return stage.name in _OUTCOMES


def somebody_here(exchange: Exchange) -> bool:
    """Returns whether a party can be met at the station now."""
    return any(party.presence.in_the_building for party in exchange.parties)


def _tone(case: _Case) -> Tone:
    if is_closed(case.stage):
        return Tone.PLAIN if somebody_here(case.exchange) else Tone.DIM
    if case.stage.name is StageName.READY and case.exchange.kind is Kind.CUSTODY:
        # That both came says nothing of whether the child may go: the officer decides.
        return Tone.PLAIN
    return TONES[case.stage.name]


def _who(case: _Case, sides: tuple[Side, ...], both: str) -> str:
    return both if len(sides) > 1 else short_role(case.exchange.kind, sides[0])


def _still_here(case: _Case) -> tuple[str, ...]:
    here = case.exchange.sides_with(Presence.HERE, Presence.HELD)
    if not is_closed(case.stage) or not here:
        return ()
    return (_("{who} here").format(who=_who(case, here, _("both"))),)


def _timed(pattern: str, under_a_minute: str, case: _Case, who: str = "") -> tuple[str, ...]:
    minutes = case.stage.minutes(case.now)
    if minutes == 0:
        return (under_a_minute.format(who=who),)
    told = (duration(minutes), _rough(minutes))
    return tuple(pattern.format(who=who, duration=each) for each in told)


def _met(case: _Case) -> tuple[str, ...]:
    return (_("met {time}").format(time=clock_time(case.stage.since, case.zone)), _("met"))


def _no_show(case: _Case) -> tuple[str, ...]:
    if not case.stage.sides:  # Who was missing came after all, and went again.
        return (_("no-show"),)
    return (_("no {who}").format(who=_who(case, case.stage.sides, _("one"))), _("no-show"))


def _parted(case: _Case) -> tuple[str, ...]:
    return (_("{who} left").format(who=_who(case, case.stage.sides, _("both"))),)


def _ready(case: _Case) -> tuple[str, ...]:
    if case.exchange.kind is Kind.CUSTODY:
        return (_("both arrived"),)
    return _timed(_("ready {duration}"), _("ready now"), case)


def _late(case: _Case) -> tuple[str, ...]:
    alone = _timed(_("late {duration}"), _("late now"), case)
    if not case.stage.sides:
        return alone
    who = short_role(case.exchange.kind, case.stage.sides[0])
    minutes = case.stage.minutes(case.now)
    told = _("now") if minutes == 0 else _rough(minutes)
    return (_("late {duration} {who}").format(duration=told, who=who), *alone)


def _waiting(case: _Case) -> tuple[str, ...]:
    who = short_role(case.exchange.kind, case.stage.sides[0])
    return _timed(_("{who} {duration}"), _("{who} now"), case, who)


_WORDS: Mapping[StageName, _Words] = {
    StageName.MET: _met,
    StageName.NOT_MET: lambda _case: (_("not met"),),
    StageName.NO_SHOW: _no_show,
    StageName.CANCELLED: lambda _case: (_("cancelled"),),
    StageName.HELD: lambda case: _timed(_("held {duration}"), _("held now"), case),
    StageName.PARTED: _parted,
    StageName.OVER: lambda case: _timed(_("over {duration}"), _("over now"), case),
    StageName.IN_BAY: lambda case: _timed(_("in bay {duration}"), _("in bay now"), case),
    StageName.READY: _ready,
    StageName.OVERDUE: lambda case: _timed(_("overdue {duration}"), _("overdue now"), case),
    StageName.LATE: _late,
    StageName.WAITING: _waiting,
    StageName.DUE: lambda case: _timed(_("in {duration}"), _("now"), case),
    StageName.UPCOMING: lambda case: _timed(_("in {duration}"), _("now"), case),
}

_OUTCOMES = frozenset(
    {StageName.MET, StageName.NOT_MET, StageName.NO_SHOW, StageName.CANCELLED},
)

TONES: Mapping[StageName, Tone] = {
    StageName.HELD: Tone.LATE,
    StageName.PARTED: Tone.LATE,
    StageName.OVER: Tone.LATE,
    StageName.IN_BAY: Tone.READY,
    StageName.READY: Tone.READY,
    StageName.OVERDUE: Tone.OVERDUE,
    StageName.LATE: Tone.LATE,
    StageName.WAITING: Tone.PLAIN,
    StageName.DUE: Tone.PLAIN,
    StageName.UPCOMING: Tone.DIM,
}
"""The tones of the stages before an outcome."""
