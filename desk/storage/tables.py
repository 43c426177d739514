"""The tables. Nothing here is SQLite's alone; what is stands in ``engine`` and ``triggers``.

Words about people and things (names, contacts, plates, items, a booking tool's ids, notes, the
names of files) lie only in the ``*_details`` tables: one row per version, never changed, each with
a random key of its own. The other tables and the journal hold ids, times and fixed words.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from desk.domain.exchange import (
    DisputeCategory,
    IdCheck,
    Kind,
    Outcome,
    Presence,
    Settlement,
    Side,
)
from desk.domain.lifecycle import Verb
from desk.domain.verdict import Code
from desk.domain.views import Role
from desk.storage.types import ROW_ID, UtcTime, Word

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_COUNTED_ON = {"sqlite_autoincrement": True}  # So that an erased row's number is never reused.


def _id() -> Any:
    return Field(default=None, sa_column=Column(ROW_ID, primary_key=True))


def _of(table: str, *, nullable: bool = False) -> Any:
    return Field(sa_column=Column(ROW_ID, ForeignKey(f"{table}.id"), nullable=nullable))


def _number(*, nullable: bool = False) -> Any:
    return Field(default=None, sa_column=Column(BigInteger, nullable=nullable))


def _text(*, nullable: bool = False) -> Any:
    return Field(default=None, sa_column=Column(Text, nullable=nullable))


def _time(*, nullable: bool = False) -> Any:
    return Field(default=None, sa_column=Column(UtcTime, nullable=nullable))


def _word(words: type[StrEnum], *, nullable: bool = False) -> Any:
    return Field(default=None, sa_column=Column(Word(words), nullable=nullable))


def _flag(name: str, *, nullable: bool = False) -> Any:
    kind = Boolean(create_constraint=True, name=name)
    return Field(default=None, sa_column=Column(name, kind, nullable=nullable))


def _key() -> Any:
    return Field(sa_column=Column(LargeBinary, nullable=False))


def _one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    allowed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


def _check(name: str, rule: str) -> CheckConstraint:
    return CheckConstraint(rule, name=name)


class Row(SQLModel):
    """What every table is made from."""

    metadata = METADATA


class StationRow(Row, table=True):
    """One police station, and the head of its journal."""

    __tablename__ = "station"
    __table_args__ = (
        UniqueConstraint("code"),
        _check("head_number", "head_number >= 0"),
        _check("head_hash", "length(head_hash) = 64"),
    )

    id: int | None = _id()
    code: str = _text()
    name: str = _text()
    timezone: str = _text()
    rules_digest: str = _text()
    head_number: int = _number()
    head_hash: str = _text()
    founded_at: datetime = _time()


class BayRow(Row, table=True):
    """A place to meet; ``cameras`` and ``kinds`` are JSON lists."""

    __tablename__ = "bay"
    __table_args__ = (UniqueConstraint("station_id", "code"),)

    id: int | None = _id()
    station_id: int = _of("station")
    position: int = _number()
    code: str = _text()
    label: str = _text()
    cameras: str = _text()
    kinds: str = _text()


class OfficerRow(Row, table=True):
    """Who uses the desk."""

    __tablename__ = "officer"
    __table_args__ = (UniqueConstraint("station_id", "badge"), _one_of("role", Role))

    id: int | None = _id()
    station_id: int = _of("station")
    badge: str = _text()
    name: str = _text()
    role: Role = _word(Role)
    known_since: datetime = _time()


class ExchangeDetailsRow(Row, table=True):
    """One version of what an exchange is about."""

    __tablename__ = "exchange_details"
    __table_args__ = (
        Index(None, "station_id", "external_id"),
        _check("key", "length(key) = 32"),
        _COUNTED_ON,
    )

    id: int | None = _id()
    station_id: int = _of("station")
    item: str = _text()
    external_id: str | None = _text(nullable=True)
    key: bytes = _key()


class PartyDetailsRow(Row, table=True):
    """One version of who a party is; all empty while it is not named yet."""

    __tablename__ = "party_details"
    __table_args__ = (_check("key", "length(key) = 32"), _COUNTED_ON)

    id: int | None = _id()
    station_id: int = _of("station")
    name: str | None = _text(nullable=True)
    phone: str | None = _text(nullable=True)
    email: str | None = _text(nullable=True)
    plate: str | None = _text(nullable=True)
    key: bytes = _key()


class NoteDetailsRow(Row, table=True):
    """What an officer wrote: a note, a reason, a report."""

    __tablename__ = "note_details"
    __table_args__ = (_check("key", "length(key) = 32"), _COUNTED_ON)

    id: int | None = _id()
    station_id: int = _of("station")
    text: str = _text()
    key: bytes = _key()


class FileDetailsRow(Row, table=True):
    """The name of a booking file that was taken in."""

    __tablename__ = "file_details"
    __table_args__ = (_check("key", "length(key) = 32"), _COUNTED_ON)

    id: int | None = _id()
    station_id: int = _of("station")
    name: str = _text()
    key: bytes = _key()


class ExchangeRow(Row, table=True):
    """An exchange; ``unbooked`` hides one whose booking was undone."""

    __tablename__ = "exchange"
    __table_args__ = (
        UniqueConstraint("ref"),
        Index(None, "station_id", "starts_at"),
        _one_of("kind", Kind),
        _one_of("outcome", Outcome),
        _check("times", "ends_at >= starts_at"),
        _check("closed", "(outcome = 'none') = (closed_at IS NULL)"),
        _check("version", "version >= 1"),
    )

    id: int | None = _id()
    station_id: int = _of("station")
    ref: str = _text()
    kind: Kind = _word(Kind)
    starts_at: datetime = _time()
    ends_at: datetime = _time()
    bay_id: int | None = _of("bay", nullable=True)
    outcome: Outcome = _word(Outcome)
    closed_at: datetime | None = _time(nullable=True)
    started_at: datetime | None = _time(nullable=True)
    source: str | None = _text(nullable=True)
    details_id: int = _of("exchange_details")
    unbooked: bool = _flag("unbooked")
    version: int = _number()


class PartyRow(Row, table=True):
    """The person on one side; ``hold`` keeps it apart from the other when it arrives."""

    __tablename__ = "party"
    __table_args__ = (
        UniqueConstraint("exchange_id", "side"),
        Index(
            "ix_party_here",
            "station_id",
            "exchange_id",
            sqlite_where=text("presence IN ('here', 'held')"),
            postgresql_where=text("presence IN ('here', 'held')"),
        ),
        _one_of("side", Side),
        _one_of("presence", Presence),
        _one_of("id_check", IdCheck),
    )

    id: int | None = _id()
    station_id: int = _of("station")
    exchange_id: int = _of("exchange")
    side: Side = _word(Side)
    presence: Presence = _word(Presence)
    assumed: bool = _flag("assumed")
    id_check: IdCheck = _word(IdCheck)
    expected_at: datetime | None = _time(nullable=True)
    hold: bool = _flag("hold")
    details_id: int = _of("party_details")


class VisitRow(Row, table=True):
    """One coming and going of a party."""

    __tablename__ = "visit"
    __table_args__ = (
        Index(None, "party_id"),
        _check("times", "left_at >= arrived_at"),
        _check("left", "(left_at IS NULL) = (left_observed IS NULL)"),
    )

    id: int | None = _id()
    station_id: int = _of("station")
    party_id: int = _of("party")
    arrived_at: datetime = _time()
    left_at: datetime | None = _time(nullable=True)
    left_observed: bool | None = _flag("left_observed", nullable=True)


class DisputeRow(Row, table=True):
    """A dispute; its words lie in the note of the act that filed it."""

    __tablename__ = "dispute"
    __table_args__ = (
        UniqueConstraint("station_id", "number"),
        Index(None, "exchange_id"),
        _one_of("category", DisputeCategory),
        _one_of("reported_by", Side),
        _one_of("settlement", Settlement),
        _check("settled", "(settled_at IS NULL) = (settlement IS NULL)"),
    )

    id: int | None = _id()
    station_id: int = _of("station")
    exchange_id: int = _of("exchange")
    number: int = _number()
    category: DisputeCategory = _word(DisputeCategory)
    reported_by: Side | None = _word(Side, nullable=True)
    opened_at: datetime = _time()
    settled_at: datetime | None = _time(nullable=True)
    settlement: Settlement | None = _word(Settlement, nullable=True)


class ActRow(Row, table=True):
    """One act of the journal; ``overrode``, ``facts``, ``next`` and ``details`` are JSON.

    ``ref`` is the reference that was asked for, ``prior`` the act that a refusal was about, and
    ``details`` the commitments to the rows written for the act as a whole. Verbs and codes are
    held by a trigger, not by a CHECK: their list grows with every release, and a journal is no
    table to rebuild for a word.
    """

    __tablename__ = "act"
    __table_args__ = (
        ForeignKeyConstraint(["station_id", "undoes"], ["act.station_id", "act.number"]),
        ForeignKeyConstraint(["station_id", "prior"], ["act.station_id", "act.number"]),
        UniqueConstraint("intent_id"),
        UniqueConstraint("station_id", "undoes"),
        Index(None, "station_id", "recorded_at"),
        Index(None, "station_id", "officer_id", "number"),
        _one_of("side", Side),
        _check("number", "number >= 1"),
        _check("hashes", "length(prev_hash) = 64 AND length(hash) = 64"),
    )

    station_id: int = Field(
        sa_column=Column(ROW_ID, ForeignKey("station.id"), primary_key=True, autoincrement=False)
    )
    number: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    intent_id: str = _text()
    verb: Verb = _word(Verb)
    accepted: bool = _flag("accepted")
    code: Code = _word(Code)
    ref: str | None = _text(nullable=True)
    side: Side | None = _word(Side, nullable=True)
    officer_id: int | None = _of("officer", nullable=True)
    desk: str = _text()
    occurred_at: datetime = _time()
    recorded_at: datetime = _time()
    undoes: int | None = _number(nullable=True)
    prior: int | None = _number(nullable=True)
    overrode: str = _text()
    facts: str = _text()
    next: str = _text()
    details: str = _text()
    lines_digest: str = _text()
    prev_hash: str = _text()
    hash: str = _text()


class ActLineRow(Row, table=True):
    """What one act did to one exchange; both snapshots are empty where it was refused."""

    __tablename__ = "act_line"
    __table_args__ = (
        ForeignKeyConstraint(["station_id", "act_number"], ["act.station_id", "act.number"]),
        Index(None, "exchange_id", "act_number"),
    )

    station_id: int = Field(sa_column=Column(ROW_ID, primary_key=True, autoincrement=False))
    act_number: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    exchange_id: int = Field(
        sa_column=Column(ROW_ID, ForeignKey("exchange.id"), primary_key=True, autoincrement=False)
    )
    before: str | None = _text(nullable=True)
    after: str | None = _text(nullable=True)
    details: str = _text()
    file_id: int | None = _of("file_details", nullable=True)
    digest: str = _text()


def _table(row: type[Row]) -> Table:
    return METADATA.tables[str(row.__tablename__)]


STATION = _table(StationRow)
BAY = _table(BayRow)
OFFICER = _table(OfficerRow)
EXCHANGE_DETAILS = _table(ExchangeDetailsRow)
PARTY_DETAILS = _table(PartyDetailsRow)
NOTE_DETAILS = _table(NoteDetailsRow)
FILE_DETAILS = _table(FileDetailsRow)
EXCHANGE = _table(ExchangeRow)
PARTY = _table(PartyRow)
VISIT = _table(VisitRow)
DISPUTE = _table(DisputeRow)
ACT = _table(ActRow)
ACT_LINE = _table(ActLineRow)

DETAILS = (EXCHANGE_DETAILS, PARTY_DETAILS, NOTE_DETAILS, FILE_DETAILS)
"""The tables that hold words about people and things."""
