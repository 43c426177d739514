"""The answer to every attempt: accepted, or refused with a stable code and the facts.

A verdict holds no sentence; ``desk.wording`` makes the words from the code and the facts, for the
screen and the command line alike. No fact is a word about a person, so that a verdict can be kept
in the journal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pendulum import DateTime


class Code(StrEnum):
    """Why an attempt was accepted or refused; stable, for programs."""

    ACCEPTED = "accepted"
    UNKNOWN = "unknown"
    WRONG_STATION = "wrong_station"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    ALREADY_HERE = "already_here"
    ALREADY_LEFT = "already_left"
    ALREADY_STARTED = "already_started"
    ALREADY_DISPUTED = "already_disputed"
    NOT_HERE = "not_here"
    NOT_HELD = "not_held"
    NOT_ARRIVED = "not_arrived"
    NOT_EXPECTED = "not_expected"
    NOT_CLOSED = "not_closed"
    NOT_DISPUTED = "not_disputed"
    DID_NOT_MEET = "did_not_meet"
    HOLD = "hold"
    WRONG_DAY = "wrong_day"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    IN_THE_FUTURE = "in_the_future"
    IN_THE_PAST = "in_the_past"
    BEFORE_ARRIVAL = "before_arrival"
    WHICH_SIDE = "which_side"
    NO_REASON = "no_reason"
    NO_TEXT = "no_text"
    TOO_LONG = "too_long"
    DEPENDED_ON = "depended_on"
    NOTHING_TO_UNDO = "nothing_to_undo"
    SHIFT_ENDED = "shift_ended"
    NOT_YOURS = "not_yours"
    NOT_UNDOABLE = "not_undoable"
    BAY_TAKEN = "bay_taken"
    BAY_CLOSED = "bay_closed"
    BAY_KIND = "bay_kind"
    BAY_LARGE = "bay_large"
    NOTHING_CHANGED = "nothing_changed"
    SAME_EXCHANGE = "same_exchange"
    TOUCHES_OTHERS = "touches_others"
    NOT_ALLOWED = "not_allowed"
    ALREADY_ENROLLED = "already_enrolled"
    UNKNOWN_OFFICER = "unknown_officer"
    LAST_SUPERVISOR = "last_supervisor"
    NOT_PROVEN = "not_proven"
    CUT_SHORT = "cut_short"
    LOCKED_OUT = "locked_out"
    TAKEN_OFF = "taken_off"
    UNDER_HOLD = "under_hold"
    NOT_OVER = "not_over"
    UNKNOWN_HOLD = "unknown_hold"
    UNKNOWN_REQUEST = "unknown_request"
    NO_PERSON = "no_person"
    NOT_IDENTIFIED = "not_identified"
    NOTHING_PICKED = "nothing_picked"
    NOTHING_DUE = "nothing_due"
    STALE = "stale"
    BUSY = "busy"


OVERRIDABLE = frozenset({Code.WRONG_DAY, Code.TOO_EARLY, Code.TOO_LATE})
"""What an arrival may override with a reason; the codes overridden are recorded."""

BAY_REFUSALS = frozenset({Code.BAY_TAKEN, Code.BAY_CLOSED, Code.BAY_KIND, Code.BAY_LARGE})
"""What a booking may override likewise."""


class Step(StrEnum):
    """What can be done after a refusal."""

    CHECK_REFERENCE = "check_reference"
    CALL_OTHER_STATION = "call_other_station"
    REOPEN = "reopen"
    NOTE_CAME = "note_came"
    MOVE_TO_NOW = "move_to_now"
    OVERRIDE = "override"
    OTHER_PLACE = "other_place"
    CLOSE_NOT_MET = "close_not_met"
    CANCEL_INSTEAD = "cancel_instead"
    NAME_SIDE = "name_side"
    GIVE_REASON = "give_reason"
    TYPE_TEXT = "type_text"
    SHORTEN = "shorten"
    CHECK_IN_FIRST = "check_in_first"
    RELEASE_FIRST = "release_first"
    CORRECT_TIME = "correct_time"
    TEXT_AFTER_DASHES = "text_after_dashes"
    TYPE_COMING_TIME = "type_coming_time"
    UNDO_BOTH = "undo_both"
    UNDO_WHOLE = "undo_whole"
    ADD_NOTE = "add_note"
    CORRECT_IT = "correct_it"
    LOOK_AGAIN = "look_again"
    TRY_AGAIN = "try_again"
    LEAVE_INSTEAD = "leave_instead"
    CALL_SUPERVISOR = "call_supervisor"
    CHECK_BADGE = "check_badge"
    MAKE_SUPERVISOR = "make_supervisor"
    LIFT_THE_HOLD = "lift_the_hold"
    CLOSE_IT_FIRST = "close_it_first"
    LIST_HOLDS = "list_holds"
    LIST_REQUESTS = "list_requests"
    DESCRIBE_PERSON = "describe_person"
    SEE_IDENTITY = "see_identity"
    PICK_PARTY = "pick_party"


class RefusedError(Exception):
    """Ends a decision early; never leaves ``desk.domain``.

    Attributes:
        code: the closest failing rule.
        steps: what can be done next, likeliest first.
        facts: what the sentence needs, by the names of ``Facts``.
    """

    def __init__(self, code: Code, *steps: Step, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.steps = steps
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence about a verdict needs, and nothing about a person.

    Attributes:
        side: the party meant, as the value of a ``Side``.
        kind: the exchange's ``Kind``, which names the sides.
        starts_at: when the exchange is booked; ``ends_at`` likewise.
        at: when the attempt happened.
        limit: the moment that was missed or is waited for.
        since: since when things are as they are.
        verb: the act that an undo is about.
        count: how many acts, exchanges or characters are meant.
        field: the field of the intent that is too long.
        most: how many characters it may have.
        bay: the code of the bay that was asked for.
        other: the reference of the exchange that is in the way.
        badge: the officer that it is about.
        case: the number of the hold or the request that it is about.
    """

    side: str | None = None
    kind: str | None = None
    starts_at: DateTime | None = None
    ends_at: DateTime | None = None
    at: DateTime | None = None
    limit: DateTime | None = None
    since: DateTime | None = None
    verb: str | None = None
    count: int | None = None
    bay: str | None = None
    other: str | None = None
    badge: str | None = None
    case: int | None = None
    field: str | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class PriorAct:
    """An earlier act, as far as another officer may be told: who, where and when."""

    number: int
    verb: str
    side: str | None
    officer: str
    desk: str
    occurred_at: DateTime
    recorded_at: DateTime


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one attempt.

    Attributes:
        code: ``accepted``, or the closest failing rule.
        ref: the exchange meant, where it is known.
        next: what can be done now, likeliest first.
        prior: the earlier act that the refusal is about.
        overrode: the codes that a reason overrode.
        number: the journal number of the attempt; None where none could be written.
    """

    code: Code
    ref: str | None = None
    facts: Facts = field(default_factory=Facts)
    next: tuple[Step, ...] = ()
    prior: PriorAct | None = None
    overrode: tuple[Code, ...] = ()
    number: int | None = None

    @property
    def accepted(self) -> bool:
        """Whether the act was done."""
        return self.code is Code.ACCEPTED
