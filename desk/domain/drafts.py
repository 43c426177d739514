"""Bookings on their way in: what a file says, compared with what the store knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from pendulum import DateTime

from desk.domain.booking import PartyDraft
from desk.domain.exchange import Exchange, Kind
from desk.domain.intents import Intent
from desk.domain.lifecycle import Verb
from desk.domain.reading import Doubt, HowRead

Identity: TypeAlias = tuple[object, ...]
"""What a booking is known by, whichever file tells of it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One booking, checked and cleaned, that nobody has stored yet.

    Attributes:
        file: the file's name, without folders.
        row: the physical line on which the record starts, from 1.
        source: which format it came in, such as ``calendly``.
        external_id: the booking tool's own id, or None.
        bay: a bay's code, or None for "no bay yet".
        cancelled: the file says that it was called off.
    """

    file: str
    row: int
    source: str
    external_id: str | None
    kind: Kind
    starts_at: DateTime
    ends_at: DateTime
    giver: PartyDraft
    receiver: PartyDraft
    bay: str | None = None
    item: str = ""
    cancelled: bool = False


def identity_of(booking: Draft | Exchange, fold: Callable[[str], str]) -> Identity:
    """Returns the booking tool's own id, else the time and the names.

    Args:
        booking: one of a file, or one that is stored.
        fold: makes alike what is written differently only by case and accents.
    """
    return booking.source, booking.external_id or booking_key(booking, fold)


def booking_key(booking: Draft | Exchange, fold: Callable[[str], str]) -> str:
    """Returns the time and the names by which a file without ids knows a booking.

    Of an exchange they are those that it was booked with, wherever an officer moved it since.
    """
    if isinstance(booking, Exchange) and booking.booking_key is not None:
        return booking.booking_key
    names = (fold(party.name or "") for party in (booking.giver, booking.receiver))
    return "|".join((booking.starts_at.isoformat(), *names))


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that cannot be taken, and what would mend it.

    Attributes:
        row: the physical line on which the record starts, from 1; None for the whole file.
        field: the column's name in the file, or None.
        code: a stable word.
    """

    file: str
    row: int | None
    field: str | None
    code: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Change:
    """A known exchange that the file now describes otherwise.

    Attributes:
        known: the exchange as it is stored.
        fields: what differs, by the names of ``Draft`` (``giver.name`` for a party's).
    """

    draft: Draft
    known: Exchange
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What taking these files in would do; every draft is in exactly one list.

    Attributes:
        files: the names of the files, without folders.
        cancelled: known exchanges that the file calls off.
        cancelled_before: bookings called off before the store knew them; stored as cancelled.
        decided: an officer has already acted on them, so no file changes them.
        missing: known bookings of the same source and days that the files no longer hold.
        same_meeting: pairs that may be one meeting booked by both parties.
        no_room: those of ``new`` and ``changed`` whose bay somebody else has then, or is not meant
            for them. They are taken in all the same: a file is what the public was promised.
        readings: how each file was read that could be read.
        doubts: what an officer is to be asked; whatever it is about is among the rejections.
    """

    files: tuple[str, ...]
    new: tuple[Draft, ...] = ()
    unchanged: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    cancelled: tuple[Change, ...] = ()
    cancelled_before: tuple[Draft, ...] = ()
    decided: tuple[Change, ...] = ()
    missing: tuple[Exchange, ...] = ()
    same_meeting: tuple[tuple[Draft, Draft], ...] = ()
    no_room: frozenset[Draft] = frozenset()
    rejections: tuple[Rejection, ...] = ()
    readings: tuple[HowRead, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def writes(self) -> int:
        """How many exchanges taking it in would add or change."""
        return sum(
            map(len, (self.new, self.changed, self.cancelled, self.cancelled_before)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn(Intent):
    """The plan is applied: all its files in one act.

    Attributes:
        merges: pairs of ``plan.same_meeting`` that are one meeting; the first stays. Each is an
            act of its own, right after.
    """

    verb: ClassVar[Verb] = Verb.IMPORT
    plan: ImportPlan = field(default_factory=lambda: ImportPlan(()))
    merges: tuple[tuple[Draft, Draft], ...] = ()
