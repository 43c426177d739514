"""Who may do what: the acts that are about officers, and the rules of who does them.

A role is asked for here and by the service, never by what a screen shows or hides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from pendulum import DateTime

from desk.domain.intents import Intent
from desk.domain.lifecycle import Verb
from desk.domain.verdict import Code
from desk.domain.views import Officer, Role

SUPERVISED = frozenset(
    {
        *(Verb.ENROL, Verb.CHANGE_ROLE, Verb.DISMISS, Verb.READMIT, Verb.RECODE),
        *(Verb.HOLD, Verb.LIFT_HOLD, Verb.ERASE, Verb.SHORTEN),
    }
)
"""What only a supervisor does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn(Intent):
    """An officer begins to work at a desk; who it is has been proven."""

    verb: ClassVar[Verb] = Verb.SIGN_IN


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOut(Intent):
    """An officer ends to work at a desk."""

    verb: ClassVar[Verb] = Verb.SIGN_OUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock(Intent):
    """The desk's screen is covered until an officer unlocks it."""

    verb: ClassVar[Verb] = Verb.LOCK


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock(Intent):
    """An officer uncovers the screen; who it is has been proven, or has not."""

    verb: ClassVar[Verb] = Verb.UNLOCK


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePin(Intent):
    """An officer chooses another PIN.

    Attributes:
        digits: how many it has.
    """

    verb: ClassVar[Verb] = Verb.CHANGE_PIN
    pin_hash: str = field(repr=False)
    digits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerIntent(Intent):
    """An act about an officer.

    Attributes:
        badge: whom it is about.
    """

    badge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrol(OfficerIntent):
    """Somebody belongs to the station from now on, for the first time or again."""

    verb: ClassVar[Verb] = Verb.ENROL
    name: str
    role: Role = Role.OFFICER


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRole(OfficerIntent):
    """An officer has another role from now on."""

    verb: ClassVar[Verb] = Verb.CHANGE_ROLE
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Rekey(OfficerIntent):
    """An officer opens the station with another passphrase from now on."""

    verb: ClassVar[Verb] = Verb.REKEY


@dataclass(frozen=True, slots=True, kw_only=True)
class Recode(OfficerIntent):
    """The station has another recovery code from now on."""

    verb: ClassVar[Verb] = Verb.RECODE


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismiss(OfficerIntent):
    """An officer belongs to the station no more."""

    verb: ClassVar[Verb] = Verb.DISMISS


@dataclass(frozen=True, slots=True, kw_only=True)
class Readmit(OfficerIntent):
    """An officer who was locked out may come in again."""

    verb: ClassVar[Verb] = Verb.READMIT


@dataclass(frozen=True, slots=True)
class Proof:
    """What an officer shows to be let in."""

    badge: str
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FirstSupervisor:
    """Who lets all others in, and by what."""

    badge: str
    name: str
    passphrase: str = field(repr=False)

    @property
    def officer(self) -> Officer:
        """The same, as the record knows officers."""
        return Officer(self.badge, self.name, Role.SUPERVISOR)

    @property
    def proof(self) -> Proof:
        """What this supervisor shows to be let in."""
        return Proof(self.badge, self.passphrase)


@dataclass(frozen=True, slots=True)
class FailedAttempt:
    """An attempt to come in that failed beside the record, and has to stand in it.

    Attributes:
        id: as an intent's id it keeps the attempt from being journalled twice.
        at: when it was made.
        verb: what it was to do.
        code: how it ended.
        badge: whose badge was typed, where it is one of the station's.
    """

    id: str
    at: DateTime
    verb: Verb
    code: Code
    badge: str | None


def refusal(intent: OfficerIntent, by: Officer, everyone: Iterable[Officer]) -> Code | None:
    """Returns why an act about an officer cannot be done, or None where it can.

    Args:
        intent: what is asked for.
        by: who asks for it.
        everyone: the station's officers, those too who left it.
    """
    others = intent.verb in SUPERVISED or intent.badge != by.badge
    if others and by.role is not Role.SUPERVISOR:
        return Code.NOT_ALLOWED
    officers = {officer.badge: officer for officer in everyone}
    about = officers.get(intent.badge)
    if isinstance(intent, Enrol):
        return Code.ALREADY_ENROLLED if about is not None and about.left_at is None else None
    if about is None or about.left_at is not None:
        return Code.UNKNOWN_OFFICER
    if _takes_the_last(intent, about, officers.values()):
        return Code.LAST_SUPERVISOR
    return None


def _takes_the_last(intent: OfficerIntent, about: Officer, everyone: Iterable[Officer]) -> bool:
    """Returns whether nobody would be left to let others in."""
    goes = isinstance(intent, Dismiss) or (
        isinstance(intent, ChangeRole) and intent.role is not Role.SUPERVISOR
    )
    others = (one for one in everyone if one.badge != about.badge and one.may_come_in)
    return goes and not any(one.role is Role.SUPERVISOR for one in others)
