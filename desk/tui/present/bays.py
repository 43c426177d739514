"""The strip of bays: who has each one now, or until when it is free, and who is next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pendulum import DateTime

from desk import text
from desk.domain.bays import busy_with
from desk.domain.days import local_day
from desk.domain.exchange import Exchange, Outcome, Presence
from desk.domain.stage import Stage, StageName
from desk.domain.views import Bay
from desk.i18n import _
from desk.tui.present.scene import Scene
from desk.tui.present.state import somebody_here, state
from desk.tui.present.tones import Tone
from desk.wording import clock_time, duration, short_role


@dataclass(frozen=True, slots=True)
class NextUp:
    """The exchange that has a bay after this one.

    Attributes:
        ref: its reference.
        time: when it is booked for, with ``busy`` where it is due and others are still there.
        starts_at: the same, to tell which bay's is the soonest.
        tone: dim unless it is due and cannot begin.
    """

    ref: str
    time: str
    starts_at: DateTime
    tone: Tone = Tone.DIM


@dataclass(frozen=True, slots=True)
class BaySlot:
    """One bay of the strip.

    Attributes:
        code: the bay's code.
        ref: the exchange that has it, or None where it is free.
        words: how things stand there, or ``free to 14:45``.
        brief: ``free``, where there is no room for more.
        tone: dim where it is free.
        then: who is next there, if anybody is.
    """

    code: str
    ref: str | None
    words: str
    tone: Tone
    brief: str = ""
    then: NextUp | None = None


def bay_slots(exchanges: Iterable[Exchange], scene: Scene) -> tuple[BaySlot, ...]:
    """Returns a slot for each bay of the station, in the station's order."""
    by_bay: dict[str | None, list[Exchange]] = {}
    for exchange in exchanges:
        by_bay.setdefault(exchange.bay, []).append(exchange)
    return tuple(_slot(bay, by_bay.get(bay.code, []), scene) for bay in scene.station.bays)


def _slot(bay: Bay, booked: list[Exchange], scene: Scene) -> BaySlot:
    code = text.safe(bay.code)
    takers = sorted((each for each in booked if _has_it(each, scene.now)), key=_claim)
    coming = [each for each in booked if _is_coming(each, scene)]
    # Whoever should have gone before those who have it is not next.
    waiting = [each for each in takers[1:] if each.starts_at >= takers[0].starts_at]
    then = _next_up([*waiting, *coming], booked, scene)
    if not takers:
        return BaySlot(code, None, _free_words(then), Tone.DIM, _("free"), then)
    exchange = takers[0]
    stage = scene.stage(exchange)
    words = _words(exchange, stage, scene)
    return BaySlot(code, exchange.ref, words, _tone(exchange, stage), then=then)


def _has_it(exchange: Exchange, now: DateTime) -> bool:
    """Returns whether somebody is there for it, or could come any minute."""
    booked_now = exchange.starts_at <= now < exchange.ends_at
    return somebody_here(exchange) or (booked_now and exchange.outcome is Outcome.NONE)


def _is_coming(exchange: Exchange, scene: Scene) -> bool:
    """Returns whether it is still to begin today, and nobody has come for it yet.

    The board holds those of other days, too, on which something was done today.
    """
    open_yet = exchange.outcome is Outcome.NONE and not somebody_here(exchange)
    begins, today = (local_day(each, scene.zone) for each in (exchange.starts_at, scene.now))
    return open_yet and exchange.starts_at > scene.now and begins == today


def _next_up(waiting: list[Exchange], booked: list[Exchange], scene: Scene) -> NextUp | None:
    """Returns the first of those that have the bay later."""
    still_open = (each for each in waiting if each.outcome is Outcome.NONE)
    exchange = min(still_open, key=lambda each: (each.starts_at, each.ref), default=None)
    if exchange is None:
        return None
    time = clock_time(exchange.starts_at, scene.zone)
    if busy_with(exchange, booked, scene.now) is None:
        return NextUp(exchange.ref, time, exchange.starts_at)
    return NextUp(exchange.ref, _("{time} busy").format(time=time), exchange.starts_at, Tone.LATE)


def _free_words(then: NextUp | None) -> str:
    return _("free") if then is None else _("free to {time}").format(time=then.time)


def _words(exchange: Exchange, stage: Stage, scene: Scene) -> str:
    here = exchange.sides_with(Presence.HERE)
    visit = exchange.party(here[0]).last_visit if len(here) == 1 else None
    if visit is None or exchange.disputed or stage.name not in _ONE_WAITS:
        return state(exchange, stage, scene).words
    minutes = int((scene.now - visit.arrived_at).total_seconds() // 60)
    who = short_role(exchange.kind, here[0])
    return _("{who} {duration}").format(who=who, duration=duration(max(minutes, 0)))


def _tone(exchange: Exchange, stage: Stage) -> Tone:
    return Tone.DISPUTED if exchange.disputed else _CALLS.get(stage.name, Tone.READY)


_ONE_WAITS = frozenset({StageName.WAITING, StageName.LATE, StageName.OVERDUE})

_CALLS = {
    StageName.OVERDUE: Tone.ALERT,
    StageName.LATE: Tone.LATE,
    StageName.HELD: Tone.LATE,
    StageName.OVER: Tone.LATE,
    StageName.PARTED: Tone.LATE,
}
"""The tones of bays that need somebody; all others that are taken are in order."""


def _claim(exchange: Exchange) -> tuple[bool, int, bool, float, str]:
    """Orders those that have a bay at once: who was sent there, how many are here, who is first."""
    return (
        exchange.started_at is None,
        -len(exchange.sides_with(Presence.HERE)),
        not somebody_here(exchange),
        exchange.starts_at.timestamp(),
        exchange.ref,
    )
