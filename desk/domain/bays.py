"""What a bay allows, whether it is free, and where else there is room.

An open exchange takes its bay from its start to its end, and the bay's buffer after it. Being taken
or unfit is a refusal that an officer may override with a reason, like a wrong time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import count
from operator import attrgetter
from types import MappingProxyType
from typing import Protocol, Self, TypeVar
from zoneinfo import ZoneInfo

from pendulum import DateTime, Duration

from desk.domain.booking import Booking
from desk.domain.exchange import Exchange, Outcome, Presence
from desk.domain.rules import BayRules, Rules
from desk.domain.verdict import Code
from desk.domain.views import Station

_STEP = Duration(minutes=5)
"""How far apart the times are that are offered; booking pages offer no finer ones."""

_FURTHEST = Duration(hours=4)
"""How far from the time that was wanted another one is offered."""


@dataclass(frozen=True, slots=True)
class Place:
    """A bay and the time from which it is free for as long as was wanted."""

    bay: str
    starts_at: DateTime


class Stay(Protocol):
    """Whatever has a bay for a time: an exchange, or a booking on its way in."""

    @property
    def bay(self) -> str | None:
        """The bay's code, or None for "no bay yet"."""
        ...

    @property
    def starts_at(self) -> DateTime:
        """From when."""
        ...

    @property
    def ends_at(self) -> DateTime:
        """Until when."""
        ...


_Stay = TypeVar("_Stay", bound=Stay)


@dataclass(frozen=True, slots=True)
class Bays:
    """The bays of a station with what each allows, in their order.

    Attributes:
        rules: by the bay's code.
        zone: the station's, in which a bay opens and closes.
    """

    rules: Mapping[str, BayRules]
    zone: ZoneInfo

    @classmethod
    def of(cls, station: Station, rules: Rules) -> Self:
        """Returns a station's bays, with what its rules allow in each."""
        allowed = {bay.code: rules.of_bay(bay.code) for bay in station.bays}
        return cls(MappingProxyType(allowed), station.zone)

    def unfit(self, booking: Booking) -> Code | None:
        """Returns why the booking's bay is not meant for it, or None where it is."""
        if booking.bay is None:
            return None
        rules = self._of(booking.bay)
        if rules.kinds and booking.kind not in rules.kinds:
            return Code.BAY_KIND
        if booking.large and not rules.large:
            return Code.BAY_LARGE
        return None if self._is_open(rules, booking) else Code.BAY_CLOSED

    def taken_by(self, booking: Booking, others: Iterable[Exchange]) -> Exchange | None:
        """Returns the first open exchange that has the booking's bay at its time, or None."""
        if booking.bay is None:
            return None
        buffer = Duration(minutes=self._of(booking.bay).buffer)
        overlapping = (
            other
            for other in others
            if takes(other, booking.bay)
            and booking.starts_at < other.ends_at + buffer
            and other.starts_at < booking.ends_at + buffer
        )
        return min(overlapping, key=lambda other: (other.starts_at, other.ref), default=None)

    def clashes(self, stays: Iterable[_Stay]) -> Iterator[tuple[_Stay, _Stay]]:
        """Yields two at a time that cannot have the same bay, so that each such one is among them.

        A stay is told with the one before it that lasts longest, not with every one: of so many at
        one time there would be the square.
        """
        by_bay: defaultdict[str, list[_Stay]] = defaultdict(list)
        for stay in stays:
            if stay.bay is not None:
                by_bay[stay.bay].append(stay)
        for bay, theirs in by_bay.items():
            buffer = Duration(minutes=self._of(bay).buffer)
            first, *later = sorted(theirs, key=attrgetter("starts_at"))
            for stay in later:
                if stay.starts_at < first.ends_at + buffer:
                    yield first, stay
                first = max(first, stay, key=attrgetter("ends_at"))

    def allows(self, booking: Booking, others: Iterable[Exchange]) -> bool:
        """Tells whether the booking's bay is meant for it and free."""
        return self.unfit(booking) is None and self.taken_by(booking, others) is None

    def free_now(self, booking: Booking, others: Sequence[Exchange]) -> str | None:
        """Returns the bay that suits the booking at its time and stays free longest, or None.

        A bay in which people still are counts as taken, whatever was booked; one at which somebody
        still waits for the other is the last to be thought of.
        """
        busy = {bay for bay, _user in in_use(others)}
        free = [
            bay
            for bay in self.rules
            if bay not in busy and self.allows(booking.in_bay(bay), others)
        ]
        never = booking.ends_at.add(days=1)
        waited_at = {each.bay for each in others if _one_waits(each)}
        return max(
            free,
            key=lambda bay: (
                bay not in waited_at,
                self.free_until(bay, booking, others) or never,
            ),
            default=None,
        )

    def free_places(
        self, booking: Booking, others: Sequence[Exchange], most: int, now: DateTime
    ) -> tuple[Place, ...]:
        """Returns where else there is room: first at the same time, then at the nearest ones.

        Args:
            booking: what is wanted.
            others: the open exchanges of that day and its neighbours.
            most: how many are returned.
            now: the present; no time before it is offered but the one that was wanted.
        """
        places: list[Place] = []
        busy = {bay for bay, _user in in_use(others)}
        for starts_at in _nearest(booking.starts_at):
            if starts_at < now and starts_at != booking.starts_at:
                continue
            moved = booking.moved_to(starts_at)
            # The bay that was wanted comes before the others at the same time.
            bays = sorted(self.rules, key=lambda bay: bay != booking.bay)
            places += [
                Place(bay, starts_at)
                for bay in bays
                if self.allows(moved.in_bay(bay), others) and not (bay in busy and starts_at <= now)
            ]
            if len(places) >= most:
                break
        return tuple(places[:most])

    def _of(self, bay: str) -> BayRules:
        return self.rules.get(bay, BayRules())

    def _is_open(self, rules: BayRules, booking: Booking) -> bool:
        if rules.opens is None and rules.closes is None:
            return True
        starts = booking.starts_at.astimezone(self.zone)
        ends = booking.ends_at.astimezone(self.zone)
        opens, closes = rules.opens or time.min, rules.closes or time.max
        return opens <= starts.time() and ends.date() == starts.date() and ends.time() <= closes

    def free_until(self, bay: str, booking: Booking, others: Iterable[Exchange]) -> DateTime | None:
        """Returns when the next exchange in a bay begins after a booking does, if one does."""
        later = (
            other.starts_at
            for other in others
            if takes(other, bay) and other.starts_at >= booking.starts_at
        )
        return min(later, default=None)


NO_BAYS = Bays(MappingProxyType({}), ZoneInfo("UTC"))
"""Where no bay matters."""


def takes(exchange: Exchange, bay: str) -> bool:
    """Tells whether an exchange is still to happen, or is happening, in that bay."""
    return exchange.bay == bay and exchange.outcome is Outcome.NONE


def in_use(exchanges: Iterable[Exchange]) -> Iterator[tuple[str, Exchange]]:
    """Yields each bay where people were sent, or stand together, and whose exchange it is."""
    for exchange in exchanges:
        together = all(party.presence is Presence.HERE for party in exchange.parties)
        if exchange.bay is not None and exchange.outcome is Outcome.NONE and together:
            yield exchange.bay, exchange


def _one_waits(exchange: Exchange) -> bool:
    """Tells whether somebody is there for an open exchange."""
    here = any(party.presence is Presence.HERE for party in exchange.parties)
    return here and exchange.outcome is Outcome.NONE


def busy_with(exchange: Exchange, others: Iterable[Exchange], now: DateTime) -> Exchange | None:
    """Returns who is still in the bay of an exchange that is due, or None.

    Args:
        exchange: one that has not begun.
        others: the exchanges of the day.
        now: the present.
    """
    begun_or_over = exchange.started_at is not None or exchange.outcome is not Outcome.NONE
    if begun_or_over or exchange.starts_at > now:
        return None
    users = (
        user
        for bay, user in in_use(others)
        if bay == exchange.bay and user.ref != exchange.ref and user.starts_at < exchange.starts_at
    )
    return next(users, None)


def _nearest(starts_at: DateTime) -> Iterator[DateTime]:
    """Yields that time, then the ones around it: sooner after it than before it."""
    yield starts_at
    for steps in count(1):
        distance = _STEP * steps
        if distance > _FURTHEST:
            return
        yield starts_at + distance
        yield starts_at - distance


def without(exchanges: Iterable[Exchange], ref: str) -> tuple[Exchange, ...]:
    """Returns the others: an exchange is never in its own way."""
    return tuple(each for each in exchanges if each.ref != ref)
