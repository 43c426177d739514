"""What an officer asks for: one small value per verb.

Each intent carries its own id: a retry of the same intent is given the first answer and writes
nothing. ``seen_version`` is the version that the officer saw; None means whatever is current.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from pendulum import DateTime

from desk.domain.booking import Booking, MadeAt
from desk.domain.exchange import DisputeCategory, IdCheck, Settlement, Side
from desk.domain.lifecycle import Verb


def new_intent_id() -> str:
    """Returns an id for one intent, never used before."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, and where."""

    badge: str
    desk: str


class StillHere(StrEnum):
    """What a closing act does about a party that is still here."""

    LEAVES = "leaves"
    NOT_OBSERVED = "not_observed"
    STAYS = "stays"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What every intent says."""

    verb: ClassVar[Verb]
    by: By
    intent_id: str = field(default_factory=new_intent_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeIntent(Intent):
    """An intent about one exchange.

    Attributes:
        ref: the reference, already checked for its form.
        seen_version: the version that the officer saw.
        at: when it happened; None is now.
        either_side: the officer's words for a party fit both or contradict each other, so that the
            act is refused; asked for all the same, because what is refused is journalled.
    """

    ref: str
    seen_version: int | None = None
    at: DateTime | None = None
    either_side: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrive(ExchangeIntent):
    """A party has come. ``name`` names a party that was not named yet."""

    verb: ClassVar[Verb] = Verb.ARRIVE
    side: Side | None = None
    id_check: IdCheck | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArriveAnyway(ExchangeIntent):
    """A party has come at a time that the rules refuse, and the officer lets it in."""

    verb: ClassVar[Verb] = Verb.ARRIVE
    side: Side | None = None
    id_check: IdCheck | None = None
    name: str | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(ExchangeIntent):
    """A party that was kept apart may go to meet the other."""

    verb: ClassVar[Verb] = Verb.RELEASE
    side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Start(ExchangeIntent):
    """Both parties were sent to the bay."""

    verb: ClassVar[Verb] = Verb.START


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(ExchangeIntent):
    """A party has gone; with ``observed`` False nobody saw when."""

    verb: ClassVar[Verb] = Verb.LEAVE
    side: Side | None = None
    observed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish(ExchangeIntent):
    """They met; whoever is still here leaves in the same act."""

    verb: ClassVar[Verb] = Verb.FINISH
    still_here: StillHere = StillHere.LEAVES


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMet(ExchangeIntent):
    """At least one came, and they did not meet."""

    verb: ClassVar[Verb] = Verb.NOT_MET
    still_here: StillHere = StillHere.STAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class NoShow(ExchangeIntent):
    """These sides never came; empty where the officer did not say which."""

    verb: ClassVar[Verb] = Verb.NO_SHOW
    sides: tuple[Side, ...] = ()
    still_here: StillHere = StillHere.STAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel(ExchangeIntent):
    """The exchange was called off."""

    verb: ClassVar[Verb] = Verb.CANCEL
    still_here: StillHere = StillHere.STAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(ExchangeIntent):
    """It was closed, and then something changed."""

    verb: ClassVar[Verb] = Verb.REOPEN
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Book(Intent):
    """A new exchange is written down at the desk.

    Attributes:
        at: when it was written on paper, if it was; None is now.
        here: the sides that stand at the desk, and are checked in with it.
        reason: overrides what the bay refuses.
    """

    verb: ClassVar[Verb] = Verb.BOOK
    booking: Booking
    made_at: MadeAt = MadeAt.WALK_IN
    at: DateTime | None = None
    here: tuple[Side, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend(ExchangeIntent):
    """The booking of an exchange is changed; ``reason`` overrides what the bay refuses."""

    verb: ClassVar[Verb] = Verb.AMEND
    booking: Booking
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Intent):
    """Two bookings are one meeting: ``ref`` stays, and ``other`` leads to it from now on."""

    verb: ClassVar[Verb] = Verb.MERGE
    ref: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveToNow(ExchangeIntent):
    """The exchange is amended to begin now, at its own length."""

    verb: ClassVar[Verb] = Verb.AMEND


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap(ExchangeIntent):
    """The two parties change sides."""

    verb: ClassVar[Verb] = Verb.SWAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(ExchangeIntent):
    """A line is added to the timeline."""

    verb: ClassVar[Verb] = Verb.NOTE
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect(ExchangeIntent):
    """A party called: it comes at ``comes_at``, and grace counts from then."""

    verb: ClassVar[Verb] = Verb.EXPECT
    side: Side | None = None
    comes_at: DateTime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDispute(ExchangeIntent):
    """A dispute is filed; ``reported_by`` None means the desk."""

    verb: ClassVar[Verb] = Verb.DISPUTE
    category: DisputeCategory
    reported_by: Side | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle(ExchangeIntent):
    """The open dispute ends."""

    verb: ClassVar[Verb] = Verb.SETTLE
    settlement: Settlement
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Intent):
    """An own act at this desk never happened.

    Attributes:
        ref: only acts on this exchange are meant, where it is given.
        number: exactly this act, where it is given.
        also: the later acts that the officer saw standing on it, and takes back with it.
    """

    verb: ClassVar[Verb] = Verb.UNDO
    ref: str | None = None
    number: int | None = None
    also: tuple[int, ...] = ()
