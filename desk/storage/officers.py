"""Officers as rows: who they are, what they may do, and whether they may come in.

Every change returns what the act that makes it says of the rows it left, so that the journal, and
not the tables, is the last word on who could do what.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pendulum import DateTime
from sqlalchemy import Connection, bindparam, select, update

from desk.domain.lifecycle import Verb
from desk.domain.officers import FailedAttempt, SignIn
from desk.domain.verdict import Code
from desk.domain.views import Officer, Role
from desk.storage import journal
from desk.storage.details import DetailsRef, keep
from desk.storage.journal import Act, Actor
from desk.storage.stations import ROWS, insert_row, own_act
from desk.storage.tables import ACCESS, OFFICER, OFFICER_DETAILS, PIN_DETAILS

_Rows: TypeAlias = Mapping[str, list[dict[str, Any]]]

_EVERYONE = (
    select(
        OFFICER.c.id,
        OFFICER.c.badge,
        OFFICER.c.role,
        OFFICER_DETAILS.c.name,
        ACCESS.c.id.label("access_id"),
        ACCESS.c.locked_at,
        ACCESS.c.left_at,
        PIN_DETAILS.c.hash.label("pin_hash"),
        PIN_DETAILS.c.digits.label("pin_digits"),
    )
    .join(OFFICER_DETAILS, OFFICER_DETAILS.c.id == OFFICER.c.details_id)
    .outerjoin(ACCESS, ACCESS.c.officer_id == OFFICER.c.id)
    .outerjoin(PIN_DETAILS, PIN_DETAILS.c.id == ACCESS.c.pin_id)
    .where(OFFICER.c.station_id == bindparam("station"))
    .order_by(OFFICER.c.badge)
)
_WITH_BADGE = _EVERYONE.where(OFFICER.c.badge == bindparam("badge"))


@dataclass(frozen=True, slots=True)
class KnownOfficer:
    """An officer's rows.

    Attributes:
        pin_hash: what the PIN is known by; None where the officer has none.
    """

    id: int
    officer: Officer
    access_id: int | None
    pin_hash: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class RowsWritten:
    """What an act says of the rows it left, by table, and what it holds of the words in them.

    Attributes:
        gone: what it says of that which is there no longer.
    """

    rows: _Rows = field(default_factory=dict)
    details: tuple[DetailsRef, ...] = ()
    gone: Mapping[str, Any] = field(default_factory=dict)

    @property
    def facts(self) -> dict[str, Any]:
        """The same, as the act's facts hold it."""
        return ({ROWS: self.rows} if self.rows else {}) | dict(self.gone)

    def __add__(self, other: RowsWritten) -> RowsWritten:
        """Returns what an act says that wrote both."""
        tables = dict.fromkeys((*self.rows, *other.rows))
        rows = {table: [*self.rows.get(table, []), *other.rows.get(table, [])] for table in tables}
        return RowsWritten(rows, self.details + other.details, {**self.gone, **other.gone})


class Officers:
    """A station's officers, within one transaction."""

    def __init__(self, connection: Connection, station_id: int) -> None:
        self._connection = connection
        self._station_id = station_id

    def known(self, badge: str) -> KnownOfficer | None:
        """Returns the officer with that badge, or None."""
        its = {"station": self._station_id, "badge": badge}
        row = self._connection.execute(_WITH_BADGE, its).one_or_none()
        return None if row is None else _known(row)

    def everyone(self) -> tuple[Officer, ...]:
        """Returns all officers that the station ever had, by badge."""
        rows = self._connection.execute(_EVERYONE, {"station": self._station_id})
        return tuple(_known(row).officer for row in rows)

    def know(self, new: Officer, desk: str, now: DateTime) -> None:
        """Writes an officer down; of a badge that is known only an empty name is filled in."""
        before = self.known(new.badge)
        if before is not None and (before.officer.name or not new.name):
            return
        written = self.enrol(new, now) if before is None else self.rename(before, new.name)
        act = own_act(Verb.ENROL, written.facts, desk, now, written.details)
        journal.append(self._connection, self._station_id, act, ())

    def note_sign_in(self, intent: SignIn, now: DateTime) -> None:
        """Journals that an officer has signed in, unless that is in the journal already."""
        known = self.known(intent.by.badge)
        if known is None or journal.answer_to(self._connection, intent.intent_id) is not None:
            return
        act = Act(
            intent_id=intent.intent_id,
            verb=intent.verb,
            code=Code.ACCEPTED,
            by=Actor(intent.by.desk, known.id, intent.by.badge),
            occurred_at=now,
            recorded_at=now,
            facts={"badge": intent.by.badge, "verb": intent.verb},
        )
        journal.append(self._connection, self._station_id, act, ())

    def note_failure(self, attempt: FailedAttempt, desk: str, now: DateTime) -> None:
        """Journals an attempt to come in that failed, unless it is in the journal already."""
        if journal.answer_to(self._connection, attempt.id) is not None:
            return
        known = None if attempt.badge is None else self.known(attempt.badge)
        by = Actor(desk) if known is None else Actor(desk, known.id, known.officer.badge)
        act = Act(
            intent_id=attempt.id,
            verb=attempt.verb,
            code=attempt.code,
            by=by,
            occurred_at=attempt.at,
            recorded_at=now,
            facts={},
        )
        journal.append(self._connection, self._station_id, act, ())

    def keep_out(self, badge: str, desk: str, now: DateTime) -> None:
        """Journals that an officer is kept out, unless it is so already or is nobody's badge."""
        before = self.known(badge)
        if before is None or before.officer.locked_at is not None:
            return
        written = self.lock_out(before, now)
        act = own_act(Verb.LOCK_OUT, written.facts | {"badge": badge}, desk, now)
        journal.append(self._connection, self._station_id, act, ())

    def make_supervisor(self, supervisor: Officer, verb: Verb, desk: str, now: DateTime) -> None:
        """Journals that somebody is a supervisor who can come in, without another's say.

        Args:
            supervisor: who.
            verb: how that came: by the recovery code, or as the first of the station.
            desk: where.
            now: when.
        """
        before = self.known(supervisor.badge)
        if before is None:
            written = self.enrol(supervisor, now)
        else:
            written = self.enrol_again(before, supervisor)
        facts = written.facts | {"badge": supervisor.badge}
        act = own_act(verb, facts, desk, now, written.details)
        journal.append(self._connection, self._station_id, act, ())

    def enrol(self, new: Officer, now: DateTime) -> RowsWritten:
        """Writes a new officer down.

        The name is a word about a person, so the journal holds a commitment to it alone.
        """
        called = self._keep_name(new.name)
        row: dict[str, Any] = {
            "station_id": self._station_id,
            "badge": new.badge,
            "role": new.role,
            "known_since": now,
            "details_id": called.id,
        }
        row["id"] = insert_row(self._connection, OFFICER, row)
        access = self._open_access(row["id"])
        return RowsWritten({OFFICER.name: [row], ACCESS.name: [access]}, (called,))

    def enrol_again(self, before: KnownOfficer, new: Officer) -> RowsWritten:
        """Takes back an officer who had left, perhaps with another name or role."""
        written = self.readmit(before) + self.give_role(before, new.role)
        return written + self.rename(before, new.name or before.officer.name)

    def rename(self, before: KnownOfficer, name: str) -> RowsWritten:
        """Gives an officer another name."""
        called = self._keep_name(name)
        return RowsWritten(self._change(before, {"details_id": called.id}), (called,))

    def give_role(self, before: KnownOfficer, role: Role) -> RowsWritten:
        """Gives an officer another role."""
        return RowsWritten(self._change(before, {"role": role}))

    def lock_out(self, before: KnownOfficer, now: DateTime) -> RowsWritten:
        """Keeps an officer out until a supervisor says otherwise."""
        return RowsWritten(self._let_in(before, {"locked_at": now}))

    def readmit(self, before: KnownOfficer) -> RowsWritten:
        """Lets an officer in again, whatever kept it out."""
        return RowsWritten(self._let_in(before, {"locked_at": None, "left_at": None}))

    def dismiss(self, before: KnownOfficer, now: DateTime) -> RowsWritten:
        """Keeps an officer out who belongs to the station no more."""
        return RowsWritten(self._let_in(before, {"left_at": now, "pin_id": None}))

    def give_pin(self, before: KnownOfficer, pin_hash: str, digits: int) -> RowsWritten:
        """Gives an officer a PIN; the journal holds a commitment to its row alone."""
        row = {"hash": pin_hash, "digits": digits}
        (kept,) = keep(self._connection, PIN_DETAILS, self._station_id, [row])
        return RowsWritten(self._let_in(before, {"pin_id": kept.id}), (kept,))

    def _keep_name(self, name: str) -> DetailsRef:
        (called,) = keep(self._connection, OFFICER_DETAILS, self._station_id, [{"name": name}])
        return called

    def _change(self, before: KnownOfficer, columns: Mapping[str, Any]) -> _Rows:
        self._connection.execute(update(OFFICER).where(OFFICER.c.id == before.id).values(columns))
        return {OFFICER.name: [{"id": before.id, **columns}]}

    def _let_in(self, before: KnownOfficer, columns: Mapping[str, Any]) -> _Rows:
        access: dict[str, Any] = {"id": before.access_id}
        if before.access_id is None:
            access = self._open_access(before.id)
        its = ACCESS.c.id == access["id"]
        self._connection.execute(update(ACCESS).where(its).values(columns))
        return {ACCESS.name: [access | dict(columns)]}

    def _open_access(self, officer_id: int) -> dict[str, Any]:
        """Writes that nothing keeps an officer out."""
        row: dict[str, Any] = {
            "station_id": self._station_id,
            "officer_id": officer_id,
            "locked_at": None,
            "left_at": None,
            "pin_id": None,
        }
        return {"id": insert_row(self._connection, ACCESS, row), **row}


def _known(row: Any) -> KnownOfficer:
    officer = Officer(
        row.badge,
        row.name,
        row.role,
        locked_at=row.locked_at,
        left_at=row.left_at,
        pin_digits=row.pin_digits,
    )
    return KnownOfficer(row.id, officer, row.access_id, row.pin_hash)
