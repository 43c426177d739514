"""What screens and the command line read: frozen values, built by the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.booking import FieldChange
from desk.domain.exchange import DisputeCategory, Exchange, IdCheck, Kind, Settlement
from desk.domain.finding import Match
from desk.domain.looks import LookedAt
from desk.domain.verdict import PriorAct


class Role(StrEnum):
    """What an officer may do."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class Bay:
    """A marked, camera-covered place to meet.

    Attributes:
        cameras: the names of the cameras that see it.
        kinds: what it may be used for; empty for anything.
    """

    code: str
    label: str
    cameras: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Station:
    """One police station. ``timezone`` is an IANA name."""

    name: str
    code: str
    timezone: str
    bays: tuple[Bay, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The station's zone."""
        return ZoneInfo(self.timezone)

    def bay(self, code: str | None) -> Bay | None:
        """Returns the bay with that code, or None."""
        return next((bay for bay in self.bays if bay.code == code), None)


@dataclass(frozen=True, slots=True)
class Officer:
    """Who uses the desk.

    Attributes:
        locked_at: since when only a supervisor can let this officer in again; None for never.
        left_at: since when this officer belongs to the station no more.
        pin_digits: how many digits the PIN has that unlocks the screen for this officer; None
            where there is no PIN.
    """

    badge: str
    name: str
    role: Role = Role.OFFICER
    locked_at: DateTime | None = None
    left_at: DateTime | None = None
    pin_digits: int | None = None

    @property
    def has_pin(self) -> bool:
        """Whether a PIN unlocks the screen for this officer."""
        return self.pin_digits is not None

    @property
    def may_come_in(self) -> bool:
        """Whether nothing keeps this officer out."""
        return self.locked_at is None and self.left_at is None


@dataclass(frozen=True, slots=True)
class Board:
    """One day's exchanges, by time.

    Today's board also holds any exchange with a person here, and any acted on today.

    Attributes:
        last_recorded_at: the latest time at which one of the newest acts was recorded; a later one
            than now means that the PC's clock was set back.
    """

    day: date
    exchanges: tuple[Exchange, ...]
    last_recorded_at: DateTime | None = None


@dataclass(frozen=True, slots=True)
class DayLoad:
    """How much there is to do on one local day.

    Attributes:
        hours: how many exchanges begin in each hour of the station's clock, from 0 to 23; what
            was cancelled does not count.
        unfinished: how many have ended by the clock and have no outcome.
        disputes: how many have an open dispute.
    """

    day: date
    hours: tuple[int, ...]
    unfinished: int = 0
    disputes: int = 0

    @property
    def exchanges(self) -> int:
        """How many there are on that day."""
        return sum(self.hours)


@dataclass(frozen=True, slots=True)
class FoundEver:
    """An exchange of any day that what was typed may mean, and what of it."""

    exchange: Exchange
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One act on an exchange, as its card tells it.

    Attributes:
        text: a note, a reason or a report, where the act had one.
        file: the booking file it came from, for an import.
        undone: a later act said that it never happened.
        comes_at: for ``expect``, the time that was called in.
        changes: what is booked otherwise since an amendment, or since a file said so.
        id_check: for ``arrive``, what became known of the party's identity document.
        category: for ``dispute``, what it is about.
        settlement: for ``settle``, how it ended.
    """

    number: int
    verb: str
    accepted: bool
    code: str
    side: str | None
    officer: str
    desk: str
    occurred_at: DateTime
    recorded_at: DateTime
    text: str | None = None
    file: str | None = None
    undone: bool = False
    comes_at: DateTime | None = None
    changes: tuple[FieldChange, ...] = ()
    id_check: IdCheck | None = None
    category: DisputeCategory | None = None
    settlement: Settlement | None = None


@dataclass(frozen=True, slots=True)
class UndoableAct:
    """One of an officer's last acts at a desk, and what hangs on it.

    Attributes:
        refs: the exchanges that it touched.
        later: acts, not undone, that stand on it; they would have to go first.
    """

    act: PriorAct
    refs: tuple[str, ...]
    later: tuple[PriorAct, ...] = ()


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One act as the journal holds it; ``overrode`` are codes, ``refs`` the exchanges touched."""

    number: int
    verb: str
    accepted: bool
    code: str
    refs: tuple[str, ...]
    side: str | None
    officer: str | None
    desk: str
    occurred_at: DateTime
    recorded_at: DateTime
    undoes: int | None
    overrode: tuple[str, ...]
    hash: str


@dataclass(frozen=True, slots=True)
class NotedLook:
    """One look as the record holds it.

    Attributes:
        number: the act that noted it, with others.
        officer: the badge of whoever looked; None where nobody was asked.
        ref: the exchange that was seen; None where it was more than one, or none.
    """

    number: int
    officer: str | None
    desk: str
    at: DateTime
    what: LookedAt
    ref: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the record that is not as it was written.

    Attributes:
        number: the journal number, or the row's own number in another table; None where unknown.
    """

    number: int | None
    table: str
    code: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """A checkpoint with which the record agrees.

    Attributes:
        number: the act at which it was made.
        archive: what has that act, by its name in the data folder; empty for the record itself.
    """

    number: int
    archive: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking the whole record found.

    Attributes:
        rows: how many acts there are.
        head: the newest act's hash.
        findings: what is not as it was written, or as a checkpoint says.
        agreed: the checkpoints with which it agrees.
    """

    rows: int
    head: str | None
    findings: tuple[Finding, ...]
    agreed: tuple[Agreed, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings
