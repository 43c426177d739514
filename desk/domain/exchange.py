"""The exchange and its two parties, as plain frozen values.

The words are those of the design: an exchange is a meeting of exactly two parties; each party
stands on one side of it and has a presence of its own; the exchange has one outcome.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from pendulum import DateTime


class Kind(StrEnum):
    """What is exchanged; decides role names and rules."""

    SALE = "sale"
    VEHICLE = "vehicle"
    CUSTODY = "custody"
    OTHER = "other"


class Side(StrEnum):
    """Which of the two parties."""

    GIVER = "giver"
    RECEIVER = "receiver"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.RECEIVER if self is Side.GIVER else Side.GIVER


class Presence(StrEnum):
    """Where a party is, as far as the desk knows."""

    EXPECTED = "expected"
    HELD = "held"
    HERE = "here"
    LEFT = "left"
    ABSENT = "absent"

    @property
    def in_the_building(self) -> bool:
        """Whether the person can be met at the station now, kept apart or not."""
        return self in (Presence.HERE, Presence.HELD)


class Outcome(StrEnum):
    """How an exchange ended; ``NONE`` until it has."""

    NONE = "none"
    MET = "met"
    NOT_MET = "not_met"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class IdCheck(StrEnum):
    """Whether an identity document was looked at; never a copy or a number of one."""

    NOT_ASKED = "not_asked"
    SEEN = "seen"
    NOT_SHOWN = "not_shown"


class DisputeCategory(StrEnum):
    """What a dispute is about (the categories that stations' own rules name)."""

    NOT_AS_DESCRIBED = "not_as_described"
    COUNTERFEIT = "counterfeit"
    SUSPECTED_STOLEN = "suspected_stolen"
    THREAT = "threat"
    PROHIBITED_ITEM = "prohibited_item"
    REFUSED = "refused"
    OTHER = "other"


class Settlement(StrEnum):
    """How a dispute ended at the desk; anything more is a matter for a report."""

    ADVISED_CIVIL = "advised_civil"
    REPORT_TAKEN = "report_taken"
    NO_ACTION = "no_action"


@dataclass(frozen=True, slots=True)
class Visit:
    """One coming and going of a party.

    Attributes:
        arrived_at: when the party came.
        left_at: when it went; with ``left_observed`` False the moment by which it had gone.
        left_observed: True and False as above; None while the party is still here.
        held: whether it was kept apart from the other party when it came.
        released_at: when it was no longer; None while it is held, and where it never was.
    """

    arrived_at: DateTime
    left_at: DateTime | None = None
    left_observed: bool | None = None
    held: bool = False
    released_at: DateTime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the party has not left again."""
        return self.left_at is None

    @property
    def last_movement(self) -> DateTime:
        """When the party last came, was released or went."""
        return self.left_at or self.released_at or self.arrived_at

    @property
    def here_from(self) -> DateTime | None:
        """Since when the party was here, free to meet the other; None where it never was.

        Whoever is held has come, and is kept apart so that the two do not meet: the design's
        ``met`` asks that both were here, and ``held`` is the presence that is not yet ``here``.
        """
        return self.released_at if self.held else self.arrived_at

    def overlaps(self, other: Visit) -> bool:
        """Whether the record shows that both parties were here at one and the same moment.

        Each was here before the other left: from its arrival, or its release where it was held, up
        to its leaving, that moment not counted. Where one left in the very minute in which the
        other came, as in 10:05 and 10:05, what was typed does not tell which was first; and ``met``
        is evidence, so that what may have been one after the other is no meeting. Whoever saw them
        together types a later minute for the one who left, or finishes the exchange while both are
        still here: nobody leaves at the moment of an arrival but after it (``desk.domain.order``),
        so that they met even where all of it was typed as one minute.
        """
        return _here_before(self, other.left_at) and _here_before(other, self.left_at)


def _here_before(visit: Visit, left_at: DateTime | None) -> bool:
    here_from = visit.here_from
    return here_from is not None and (left_at is None or here_from < left_at)


@dataclass(frozen=True, slots=True)
class Party:
    """The person on one side of one exchange, or nobody named yet.

    Attributes:
        side: the side the party stands on.
        name: None while the party is not named yet.
        phone: as it was given; likewise ``email`` and ``plate``.
        assumed: whether a booking file left the side open, so that it was guessed.
        expected_at: when the party said it would come, if it called; grace counts from it.
        visits: oldest first.
    """

    side: Side
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    plate: str | None = None
    assumed: bool = False
    presence: Presence = Presence.EXPECTED
    id_check: IdCheck = IdCheck.NOT_ASKED
    expected_at: DateTime | None = None
    visits: tuple[Visit, ...] = ()

    @property
    def last_visit(self) -> Visit | None:
        """The newest visit, open or ended."""
        return self.visits[-1] if self.visits else None


@dataclass(frozen=True, slots=True)
class Dispute:
    """The latest dispute of an exchange; its words lie in the record, not here.

    Attributes:
        number: which dispute of the station this is.
        reported_by: the side that reported it, or None for the desk itself.
        settled_at: None while it is open.
    """

    number: int
    category: DisputeCategory
    reported_by: Side | None
    opened_at: DateTime
    settled_at: DateTime | None = None
    settlement: Settlement | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it yet."""
        return self.settled_at is None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A meeting of exactly two parties, at a time, in a bay or in none yet.

    Attributes:
        ref: the six-character reference.
        starts_at: in UTC, like every time here.
        bay: the bay's code, or None for "no bay yet".
        closed_at: when the outcome was reached.
        started_at: when the parties were sent to the bay. While no outcome is reached it is about
            those who are here now: it goes when one of them leaves, and by a reopening, so that
            they can be sent again. An outcome keeps the start of the meeting that it ended.
        large: whether the item needs a bay for large items.
        source: which kind of file or form it came from.
        external_id: the booking tool's own id.
        booking_key: what its file knows it by where the tool gives no id; it stays when an
            officer moves the exchange or names a party.
        version: rises with every change; two desks compare it.
    """

    ref: str
    kind: Kind
    starts_at: DateTime
    ends_at: DateTime
    giver: Party
    receiver: Party
    bay: str | None = None
    item: str = ""
    outcome: Outcome = Outcome.NONE
    closed_at: DateTime | None = None
    started_at: DateTime | None = None
    dispute: Dispute | None = None
    large: bool = False
    source: str | None = None
    external_id: str | None = None
    booking_key: str | None = None
    version: int = 1

    @property
    def parties(self) -> tuple[Party, Party]:
        """Both parties, giver first."""
        return (self.giver, self.receiver)

    @property
    def disputed(self) -> bool:
        """Whether a dispute is open."""
        return self.dispute is not None and self.dispute.is_open

    @property
    def length_minutes(self) -> int:
        """The booked length in whole minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    def party(self, side: Side) -> Party:
        """Returns the party on that side."""
        return self.giver if side is Side.GIVER else self.receiver

    def with_party(self, party: Party) -> Exchange:
        """Returns the same exchange with that party on its side."""
        if party.side is Side.GIVER:
            return replace(self, giver=party)
        return replace(self, receiver=party)

    def sides_with(self, *presences: Presence) -> tuple[Side, ...]:
        """Returns the sides whose party has one of those presences, giver first."""
        return tuple(party.side for party in self.parties if party.presence in presences)

    @property
    def met(self) -> bool:
        """Whether both parties were here at one and the same moment."""
        return any(
            mine.overlaps(theirs) for mine in self.giver.visits for theirs in self.receiver.visits
        )
