"""An invented day around any moment: who meets whom, and what has happened by then.

The same seed and moment make the same day. Names, plates and numbers belong to nobody: the
telephone numbers are from the range that is kept for fiction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from random import Random
from typing import Any

from pendulum import DateTime

from desk.cli.practice_names import GIVEN_NAMES, SURNAMES
from desk.domain.booking import PartyDraft
from desk.domain.drafts import Draft
from desk.domain.exchange import DisputeCategory, IdCheck, Kind, Side
from desk.domain.intents import (
    Arrive,
    By,
    Cancel,
    ExchangeIntent,
    Finish,
    Leave,
    NoShow,
    Note,
    NotMet,
    OpenDispute,
    Start,
    StillHere,
)

SOURCE = "practice"
FILE = "practice.csv"

_QUARTER = 15
_LENGTH = 20
_LONG_AGO = -4
"""From this quarter back the arrivals vary with the seed; later ones are the board's plot."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done.

    Attributes:
        minute: minutes after the exchange's start; before it is negative.
        intent: which intent it was.
        details: its fields, apart from who, which exchange and when.
    """

    minute: int
    intent: type[ExchangeIntent]
    details: dict[str, Any]

    def done_by(self, by: By, ref: str, at: DateTime) -> ExchangeIntent:
        """Returns the intent."""
        return self.intent(by=by, ref=ref, at=at, **self.details)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One exchange in the plot of a day.

    Attributes:
        quarter: when it starts, in quarters of an hour after the last full one.
        deeds: in the order in which they were done.
        named: the sides whose names are known.
        assumed: whether the booking left the sides open.
    """

    quarter: int
    kind: Kind
    bay: str | None
    deeds: tuple[Deed, ...] = ()
    named: tuple[Side, ...] = (Side.GIVER, Side.RECEIVER)
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day made up.

    Attributes:
        booked_at: when the bookings came in; before everything else.
        drafts: the bookings, by time.
        deeds: the booking's external id, when, and what; by time.
    """

    booked_at: DateTime
    drafts: tuple[Draft, ...]
    deeds: tuple[tuple[str, DateTime, Deed], ...]


def invent(now: DateTime, seed: int) -> Day:
    """Returns a day around a moment.

    Args:
        now: the moment at which the day is to be practised.
        seed: another seed is another day.
    """
    chance = Random(seed)
    last_quarter = now.replace(minute=now.minute // _QUARTER * _QUARTER, second=0, microsecond=0)
    people = _people(chance, 2 * len(_PLOT))
    items = {kind: cycle(chance.sample(names, len(names))) for kind, names in _ITEMS.items()}
    drafts: list[Draft] = []
    deeds: list[tuple[str, DateTime, Deed]] = []
    for number, meeting in enumerate(_PLOT, start=1):
        starts_at = last_quarter.add(minutes=meeting.quarter * _QUARTER)
        giver, receiver = (_party(side, meeting, people.pop()) for side in Side)
        draft = Draft(
            file=FILE,
            row=number + 1,
            source=SOURCE,
            external_id=f"{SOURCE}-{number}",
            kind=meeting.kind,
            starts_at=starts_at,
            ends_at=starts_at.add(minutes=_LENGTH),
            giver=giver,
            receiver=receiver,
            bay=meeting.bay,
            item=next(items[meeting.kind]),
        )
        delay = chance.randint(0, 2) if meeting.quarter <= _LONG_AGO else 0
        drafts.append(draft)
        deeds.extend(
            (f"{SOURCE}-{number}", starts_at.add(minutes=deed.minute + delay), deed)
            for deed in meeting.deeds
        )
    booked_at = drafts[0].starts_at.subtract(hours=2)
    return Day(booked_at, tuple(drafts), tuple(sorted(deeds, key=lambda each: each[1])))


def _people(chance: Random, count: int) -> list[PartyDraft]:
    """Returns so many people; some share a surname, as on any day."""
    return [
        PartyDraft(
            name=f"{given} {chance.choice(SURNAMES)}",
            phone=f"+1 509 555 01{number:02}",
            plate=f"BRT-{chance.randint(1000, 9999)}" if chance.random() < _WITH_PLATE else None,
        )
        for number, given in enumerate(chance.sample(GIVEN_NAMES, count))
    ]


def _party(side: Side, meeting: Meeting, person: PartyDraft) -> PartyDraft:
    if side not in meeting.named:
        return PartyDraft()
    return replace(person, assumed=meeting.assumed)


_WITH_PLATE = 0.6


def _arrives(minute: int, side: Side, id_check: IdCheck = IdCheck.SEEN) -> Deed:
    return Deed(minute, Arrive, {"side": side, "id_check": id_check})


def _met(giver: int, receiver: int, finished: int) -> tuple[Deed, ...]:
    """Returns an ordinary exchange: both come, are sent to the bay, and finish."""
    return (
        _arrives(giver, Side.GIVER),
        _arrives(receiver, Side.RECEIVER),
        Deed(max(giver, receiver) + 1, Start, {}),
        Deed(finished, Finish, {}),
    )


_CALLED_OFF = (
    Deed(-40, Note, {"text": "Seller called: sold to somebody else."}),
    Deed(-40, Cancel, {}),
)
_BUYER_NEVER_CAME = (
    _arrives(-4, Side.GIVER),
    Deed(17, NoShow, {"sides": (Side.RECEIVER,), "still_here": StillHere.STAYS}),
    Deed(18, Leave, {"side": Side.GIVER}),
)
_NO_DEAL = (
    _arrives(-3, Side.GIVER, IdCheck.NOT_SHOWN),
    _arrives(4, Side.RECEIVER),
    Deed(9, Leave, {"side": Side.RECEIVER}),
    Deed(12, NotMet, {"still_here": StillHere.LEAVES}),
)
_DISPUTED = (
    *_met(-2, 1, 12),
    Deed(
        16,
        OpenDispute,
        {
            "category": DisputeCategory.NOT_AS_DESCRIBED,
            "reported_by": Side.RECEIVER,
            "text": "Buyer says that a part is missing.",
        },
    ),
)

_PLOT = (
    Meeting(-17, Kind.SALE, "1", _met(-5, -2, 9)),
    Meeting(-16, Kind.SALE, "2", _met(-1, 3, 14)),
    Meeting(-15, Kind.VEHICLE, "3", _met(-8, -6, 17)),
    Meeting(-14, Kind.CUSTODY, "Lobby", _met(-15, 0, 6)),
    Meeting(-12, Kind.SALE, "1", _BUYER_NEVER_CAME),
    Meeting(-11, Kind.SALE, "2", _met(-3, 0, 8)),
    Meeting(-9, Kind.SALE, "3", _CALLED_OFF),
    Meeting(-8, Kind.SALE, "Lobby", _NO_DEAL),
    Meeting(-6, Kind.SALE, "1", _met(-4, 5, 13)),
    Meeting(-5, Kind.OTHER, "2", _met(0, 1, 7)),
    Meeting(-4, Kind.SALE, "3", _met(-6, -5, 11)),
    Meeting(-2, Kind.SALE, "3", _DISPUTED),
    Meeting(-1, Kind.SALE, "1", (_arrives(-2, Side.GIVER),)),
    Meeting(0, Kind.CUSTODY, "2", (_arrives(-16, Side.GIVER), _arrives(-1, Side.RECEIVER))),
    Meeting(0, Kind.SALE, "Lobby", (_arrives(-6, Side.GIVER),)),
    Meeting(1, Kind.SALE, "3"),
    Meeting(2, Kind.SALE, "1"),
    Meeting(3, Kind.SALE, "2", assumed=True),
    Meeting(4, Kind.SALE, "1"),
    Meeting(5, Kind.SALE, "Lobby", named=(Side.GIVER,)),
    Meeting(6, Kind.CUSTODY, "3"),
    Meeting(7, Kind.SALE, "2"),
    Meeting(8, Kind.VEHICLE, "1"),
)
"""The board of the design's picture: eleven closed and one disputed, one overdue with the seller
here, a custody exchange with both arrived, one late, eight to come."""

_ITEMS: Mapping[Kind, Sequence[str]] = {
    Kind.SALE: (
        "iPhone 13 128 GB · 320 USD",
        "PS5 + 2 controllers · 350 USD",
        "Gold necklace",
        "Trek Marlin 7 · 420 USD",
        "MacBook Air M2 · 700 USD",
        "Nintendo Switch · 180 USD",
        "Snow tires (4) · 240 USD",
        "LEGO 10497 · 90 USD",
        "Fender Stratocaster · 650 USD",
        "Kayak · 300 USD",
        "Canon EOS R6 · 1200 USD",
        "Pram · 110 USD",
        "Table saw · 260 USD",
        "Concert tickets (2)",
        "Espresso machine · 150 USD",
        "Violin 3/4 · 280 USD",
        "Tent for 4 · 95 USD",
        "Graphics card · 410 USD",
    ),
    Kind.VEHICLE: ("Honda Civic 2014", "Yamaha MT-07 2019", "Utility trailer 5×8"),
    Kind.CUSTODY: ("",),
    Kind.OTHER: ("Return of belongings", "House keys"),
}
