"""The strip of bays: who has each one now, or until when it is free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pendulum import DateTime

from desk import text
from desk.domain.exchange import Exchange, Outcome, Presence
from desk.domain.stage import Stage, StageName
from desk.domain.views import Bay, Station
from desk.i18n import _
from desk.tui.present.scene import Scene
from desk.tui.present.state import somebody_here, state
from desk.tui.present.tones import Tone
from desk.wording import clock_time, duration, short_role


@dataclass(frozen=True, slots=True)
class BaySlot:
    """One bay of the strip.

    Attributes:
        code: the bay's code.
        ref: the exchange that has it, or None where it is free.
        words: how things stand there, or ``free to 14:45``.
        brief: ``free``, where there is no room for more.
        tone: dim where it is free.
    """

    code: str
    ref: str | None
    words: str
    tone: Tone
    brief: str = ""


def bay_slots(exchanges: Iterable[Exchange], scene: Scene) -> tuple[BaySlot, ...]:
    """Returns a slot for each bay of the station, in the station's order."""
    by_bay: dict[str | None, list[Exchange]] = {}
    for exchange in exchanges:
        by_bay.setdefault(exchange.bay, []).append(exchange)
    return tuple(_slot(bay, by_bay.get(bay.code, []), scene) for bay in scene.station.bays)


def bay_name(station: Station, code: str | None) -> str:
    """Returns ``bay 1``, a bay's own name such as ``Lobby``, or ``no bay yet``."""
    if code is None:
        return _("no bay yet")
    bay = station.bay(code)
    if code.isdigit():
        return _("bay {code}").format(code=code)
    return text.safe(bay.label if bay and bay.label else code)


def _slot(bay: Bay, booked: list[Exchange], scene: Scene) -> BaySlot:
    code = text.safe(bay.code)
    takers = [exchange for exchange in booked if _has_it(exchange, scene.now)]
    if not takers:
        return BaySlot(code, None, _free_words(booked, scene), Tone.DIM, _("free"))
    exchange = min(takers, key=_claim)
    stage = scene.stage(exchange)
    return BaySlot(code, exchange.ref, _words(exchange, stage, scene), _tone(exchange, stage))


def _has_it(exchange: Exchange, now: DateTime) -> bool:
    """Returns whether somebody is there for it, or could come any minute."""
    booked_now = exchange.starts_at <= now < exchange.ends_at
    return somebody_here(exchange) or (booked_now and exchange.outcome is Outcome.NONE)


def _free_words(booked: list[Exchange], scene: Scene) -> str:
    coming = [
        exchange.starts_at
        for exchange in booked
        if exchange.outcome is Outcome.NONE and exchange.starts_at > scene.now
    ]
    if not coming:
        return _("free")
    return _("free to {time}").format(time=clock_time(min(coming), scene.zone))


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


def _claim(exchange: Exchange) -> tuple[bool, bool, float, str]:
    """Orders those that have a bay at once: who was sent there, who is here, who is first."""
    return (
        exchange.started_at is None,
        not somebody_here(exchange),
        exchange.starts_at.timestamp(),
        exchange.ref,
    )
