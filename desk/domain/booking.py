"""What is booked, whoever writes it down: the part of an exchange that a person decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter
from typing import Self, TypeAlias

from pendulum import DateTime

from desk.domain.exchange import Exchange, Kind, Party, Side


class MadeAt(StrEnum):
    """Where a booking that came in no file was made; stored as the exchange's source."""

    WALK_IN = "walk_in"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """What a booking says of one party. ``name`` None is "not named yet"."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    plate: str | None = None
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Booking:
    """Two parties, a time, a place and a thing.

    Attributes:
        bay: a bay's code, or None for "no bay yet".
        large: whether the item needs a bay for large items.
    """

    kind: Kind
    starts_at: DateTime
    ends_at: DateTime
    giver: PartyDraft = PartyDraft()
    receiver: PartyDraft = PartyDraft()
    bay: str | None = None
    item: str = ""
    large: bool = False

    @classmethod
    def of(cls, exchange: Exchange) -> Self:
        """Returns what is booked of an exchange."""
        giver, receiver = (_draft(party) for party in exchange.parties)
        return cls(
            kind=exchange.kind,
            starts_at=exchange.starts_at,
            ends_at=exchange.ends_at,
            giver=giver,
            receiver=receiver,
            bay=exchange.bay,
            item=exchange.item,
            large=exchange.large,
        )

    def made(self, source: MadeAt) -> Exchange:
        """Returns a new exchange of this booking, on which nothing has happened yet."""
        return Exchange(
            ref="",
            kind=self.kind,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            giver=_party(self.giver, Party(Side.GIVER)),
            receiver=_party(self.receiver, Party(Side.RECEIVER)),
            bay=self.bay,
            item=self.item,
            large=self.large,
            source=source,
        )

    def applied_to(self, exchange: Exchange) -> Exchange:
        """Returns an exchange with this as its booking; what happened on it stays."""
        return replace(
            exchange,
            kind=self.kind,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            giver=_party(self.giver, exchange.giver),
            receiver=_party(self.receiver, exchange.receiver),
            bay=self.bay,
            item=self.item,
            large=self.large,
        )

    def in_bay(self, bay: str | None) -> Self:
        """Returns the same in another bay."""
        return replace(self, bay=bay)

    def moved_to(self, starts_at: DateTime) -> Self:
        """Returns the same at another time, and as long."""
        return replace(
            self, starts_at=starts_at, ends_at=starts_at + (self.ends_at - self.starts_at)
        )


def _draft(party: Party) -> PartyDraft:
    return PartyDraft(party.name, party.phone, party.email, party.plate, party.assumed)


def _party(draft: PartyDraft, party: Party) -> Party:
    return replace(
        party,
        name=draft.name,
        phone=draft.phone,
        email=draft.email,
        plate=draft.plate,
        assumed=draft.assumed,
    )


Told: TypeAlias = str | bool | DateTime | None
"""One thing that a booking says; None where it says nothing."""

FIELDS = (
    "starts_at",
    "ends_at",
    "bay",
    "kind",
    "item",
    "large",
    *(f"{side}.{said}" for side in Side for said in ("name", "phone", "email", "plate")),
)
"""What can differ between two bookings; ``giver.name`` is a party's."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing about a booking that is said otherwise now.

    Attributes:
        field: which, by its name in ``FIELDS``.
    """

    field: str
    old: Told
    new: Told


def differences(old: Booking, new: Booking) -> tuple[FieldChange, ...]:
    """Returns what two bookings do not say alike, in the order of ``FIELDS``."""
    said = ((field, attrgetter(field)(old), attrgetter(field)(new)) for field in FIELDS)
    return tuple(FieldChange(field, was, now) for field, was, now in said if was != now)
