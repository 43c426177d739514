"""What becomes of a booking in each bay, and where else an exchange can go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desk.domain.bays import Bays, busy_with, in_use, without
from desk.domain.booking import Booking
from desk.domain.days import local_day
from desk.domain.exchange import Exchange, Kind
from desk.domain.lifecycle import Verb, refusal
from desk.domain.verdict import Code
from desk.i18n import _
from desk.tui.present.scene import Scene
from desk.wording import bay_name, clock_time, kind_name


@dataclass(frozen=True, slots=True)
class Outlook:
    """How it stands with one bay at the time of a booking.

    Attributes:
        bay: its code.
        words: ``free to 14:45``, or why not.
        free: whether the booking would be accepted there.
    """

    bay: str
    words: str
    free: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What there is at the time of a booking.

    Attributes:
        best: the bay to propose, or None.
        others: the other exchanges of that day.
    """

    best: str | None = None
    others: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherBay:
    """Where an exchange can go that is due and has no bay, or one that others are still in.

    Attributes:
        bay: the code of the bay that is free.
        name: what it is called.
        words: ``free to 14:45``.
    """

    bay: str
    name: str
    words: str


def outlook(booking: Booking, others: Sequence[Exchange], scene: Scene) -> tuple[Outlook, ...]:
    """Returns how it stands with each bay of the station, in the station's order.

    Args:
        booking: what is wanted.
        others: the exchanges of that day without the one that is booked.
        scene: that moment.
    """
    return tuple(_outlook(bay.code, booking, others, scene) for bay in scene.station.bays)


def _outlook(bay: str, booking: Booking, others: Sequence[Exchange], scene: Scene) -> Outlook:
    bays = Bays.of(scene.station, scene.rules)
    there = booking.in_bay(bay)
    unfit = bays.unfit(there)
    if unfit is not None:
        return Outlook(bay, _unfit_words(unfit, booking.kind), free=False)
    other = bays.taken_by(there, others)
    if other is not None:
        times = [clock_time(each, scene.zone) for each in (other.starts_at, other.ends_at)]
        words = _("{ref} has it {start}–{end}")
        return Outlook(bay, words.format(ref=other.ref, start=times[0], end=times[1]), free=False)
    return Outlook(bay, _free_words(bay, booking, others, scene), free=True)


def _unfit_words(code: Code, kind: Kind) -> str:
    return {
        Code.BAY_KIND: _("not for: {kind}").format(kind=kind_name(kind).lower()),
        Code.BAY_LARGE: _("no room for large items"),
        Code.BAY_CLOSED: _("not open then"),
    }[code]


def _free_words(bay: str, booking: Booking, others: Sequence[Exchange], scene: Scene) -> str:
    user = next((one for used, one in in_use(others) if used == bay), None)
    if user is not None and booking.starts_at <= scene.now:
        return _("{ref} still in it").format(ref=user.ref)
    until = Bays.of(scene.station, scene.rules).free_until(bay, booking, others)
    if until is None or local_day(until, scene.zone) != local_day(booking.starts_at, scene.zone):
        return _("free")
    return _("free to {time}").format(time=clock_time(until, scene.zone))


def _queued(exchange: Exchange, scene: Scene) -> bool:
    """Whether an exchange that should have begun still waits for a bay."""
    is_open = refusal(exchange, Verb.AMEND) is None
    return exchange.bay is None and is_open and exchange.starts_at <= scene.now


def other_bay(exchange: Exchange, exchanges: Iterable[Exchange], scene: Scene) -> OtherBay | None:
    """Returns the best free bay for an exchange that is due and has none, or has one in use."""
    others = without(exchanges, exchange.ref)
    if not _queued(exchange, scene) and busy_with(exchange, others, scene.now) is None:
        return None
    wanted = Booking.of(exchange)
    if wanted.starts_at < scene.now:
        wanted = wanted.moved_to(scene.now)
    bay = Bays.of(scene.station, scene.rules).free_now(wanted, others)
    if bay is None:
        return None
    name = bay_name(scene.station, bay)
    return OtherBay(bay, name, _free_words(bay, wanted, others, scene))
