"""The tables. Nothing here is SQLite's alone; what is stands in ``engine`` and ``triggers``.

Words about people and things (names, contacts, plates, items, a booking tool's ids, notes, the
names of files) lie only in the ``*_details`` tables: one row per version, never changed, each with
a random key of its own. The other tables and the journal hold ids, times and fixed words.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Index,
    Table,
    UniqueConstraint,
    text,
)

from desk.domain.exchange import (
    DisputeCategory,
    IdCheck,
    Kind,
    Outcome,
    Presence,
    Settlement,
    Side,
)
from desk.domain.views import Role
from desk.storage import columns
from desk.storage.journal_tables import ActLineRow, ActRow, LookRow
from desk.storage.rights_tables import HOLD_DETAILS, REQUEST_DETAILS, RIGHTS

METADATA = columns.METADATA
"""Every table."""

SOMEBODY_HERE = "presence IN ('here', 'held')"
"""The condition of a partial index, which is used where a query spells it the same way."""


class StationRow(columns.Row, table=True):
    """One police station, and the head of its journal."""

    __tablename__ = "station"
    __table_args__ = (
        UniqueConstraint("code"),
        columns.check("head_number", "head_number >= 0"),
        columns.check("head_hash", "length(head_hash) = 64"),
    )

    id: int | None = columns.row_id()
    code: str = columns.words()
    name: str = columns.words()
    timezone: str = columns.words()
    rules_digest: str = columns.words()
    head_number: int = columns.number()
    head_hash: str = columns.words()
    founded_at: datetime = columns.moment()


class BayRow(columns.Row, table=True):
    """A place to meet; ``cameras`` and ``kinds`` are JSON lists."""

    __tablename__ = "bay"
    __table_args__ = (UniqueConstraint("station_id", "code"),)

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    position: int = columns.number()
    code: str = columns.words()
    label: str = columns.words()
    cameras: str = columns.words()
    kinds: str = columns.words()


class OfficerRow(columns.Row, table=True):
    """Who uses the desk."""

    __tablename__ = "officer"
    __table_args__ = (UniqueConstraint("station_id", "badge"), columns.one_of("role", Role))

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    badge: str = columns.words()
    role: Role = columns.word(Role)
    known_since: datetime = columns.moment()
    details_id: int = columns.row_of("officer_details")


class OfficerDetailsRow(columns.Row, table=True):
    """One version of what an officer is called; empty while only the badge is known."""

    __tablename__ = "officer_details"
    __table_args__ = (columns.check("key", "length(key) = 32"), columns.COUNTED_ON)

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    name: str = columns.words()
    key: bytes = columns.key()


class PinDetailsRow(columns.Row, table=True):
    """One version of what an officer's PIN is known by: Argon2id's encoded hash, and its length."""

    __tablename__ = "pin_details"
    __table_args__ = (columns.check("key", "length(key) = 32"), columns.COUNTED_ON)

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    hash: str = columns.words()
    digits: int = columns.number()
    key: bytes = columns.key()


class AccessRow(columns.Row, table=True):
    """Whether an officer may come in: since when not, for whatever reason, and by which PIN."""

    __tablename__ = "access"
    __table_args__ = (UniqueConstraint("officer_id"),)

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    officer_id: int = columns.row_of("officer")
    locked_at: datetime | None = columns.moment(nullable=True)
    left_at: datetime | None = columns.moment(nullable=True)
    pin_id: int | None = columns.row_of("pin_details", nullable=True)


class ExchangeDetailsRow(columns.Row, table=True):
    """One version of what an exchange is about."""

    __tablename__ = "exchange_details"
    __table_args__ = (
        Index(None, "station_id", "external_id"),
        Index(None, "station_id", "booking_key"),
        columns.check("key", "length(key) = 32"),
        columns.COUNTED_ON,
    )

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    item: str = columns.words()
    external_id: str | None = columns.words(nullable=True)
    booking_key: str | None = columns.words(nullable=True)
    key: bytes = columns.key()


class PartyDetailsRow(columns.Row, table=True):
    """One version of who a party is; all empty while it is not named yet."""

    __tablename__ = "party_details"
    __table_args__ = (columns.check("key", "length(key) = 32"), columns.COUNTED_ON)

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    name: str | None = columns.words(nullable=True)
    phone: str | None = columns.words(nullable=True)
    email: str | None = columns.words(nullable=True)
    plate: str | None = columns.words(nullable=True)
    key: bytes = columns.key()


class NoteDetailsRow(columns.Row, table=True):
    """What an officer wrote: a note, a reason, a report."""

    __tablename__ = "note_details"
    __table_args__ = (columns.check("key", "length(key) = 32"), columns.COUNTED_ON)

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    text: str = columns.words()
    key: bytes = columns.key()


class FileDetailsRow(columns.Row, table=True):
    """The name of a booking file that was taken in."""

    __tablename__ = "file_details"
    __table_args__ = (columns.check("key", "length(key) = 32"), columns.COUNTED_ON)

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    name: str = columns.words()
    key: bytes = columns.key()


class ExchangeRow(columns.Row, table=True):
    """An exchange.

    ``unbooked`` hides one whose booking was undone; one ``merged_into`` another leads there.
    """

    __tablename__ = "exchange"
    __table_args__ = (
        UniqueConstraint("ref"),
        Index(None, "station_id", "starts_at"),
        Index(None, "merged_into"),
        columns.one_of("kind", Kind),
        columns.one_of("outcome", Outcome),
        columns.check("times", "ends_at >= starts_at"),
        columns.check("closed", "(outcome = 'none') = (closed_at IS NULL)"),
        columns.check("version", "version >= 1"),
    )

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    ref: str = columns.words()
    kind: Kind = columns.word(Kind)
    starts_at: datetime = columns.moment()
    ends_at: datetime = columns.moment()
    bay_id: int | None = columns.row_of("bay", nullable=True)
    large: bool = columns.flag("large")
    outcome: Outcome = columns.word(Outcome)
    closed_at: datetime | None = columns.moment(nullable=True)
    started_at: datetime | None = columns.moment(nullable=True)
    source: str | None = columns.words(nullable=True)
    details_id: int = columns.row_of("exchange_details")
    unbooked: bool = columns.flag("unbooked")
    merged_into: int | None = columns.row_of("exchange", nullable=True)
    version: int = columns.number()


class PartyRow(columns.Row, table=True):
    """The person on one side; ``hold`` keeps it apart from the other when it arrives."""

    __tablename__ = "party"
    __table_args__ = (
        UniqueConstraint("exchange_id", "side"),
        Index(
            "ix_party_here",
            "station_id",
            "exchange_id",
            sqlite_where=text(SOMEBODY_HERE),
            postgresql_where=text(SOMEBODY_HERE),
        ),
        columns.one_of("side", Side),
        columns.one_of("presence", Presence),
        columns.one_of("id_check", IdCheck),
    )

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    exchange_id: int = columns.row_of("exchange")
    side: Side = columns.word(Side)
    presence: Presence = columns.word(Presence)
    assumed: bool = columns.flag("assumed")
    id_check: IdCheck = columns.word(IdCheck)
    expected_at: datetime | None = columns.moment(nullable=True)
    hold: bool = columns.flag("hold")
    details_id: int = columns.row_of("party_details")


class VisitRow(columns.Row, table=True):
    """One coming and going of a party; ``position`` is its place among them, from 1.

    Whoever was ``held`` on coming could meet the other party from ``released_at`` on, if ever.
    """

    __tablename__ = "visit"
    __table_args__ = (
        columns.check("position", "position >= 1"),
        columns.check("times", "left_at > arrived_at"),
        columns.check("left", "(left_at IS NULL) = (left_observed IS NULL)"),
        columns.check("released", "released_at IS NULL OR held AND released_at >= arrived_at"),
    )

    station_id: int = columns.row_of("station")
    party_id: int = columns.key_of("party")
    position: int = columns.key_number()
    arrived_at: datetime = columns.moment()
    left_at: datetime | None = columns.moment(nullable=True)
    left_observed: bool | None = columns.flag("left_observed", nullable=True)
    held: bool = columns.flag("held")
    released_at: datetime | None = columns.moment(nullable=True)


class DisputeRow(columns.Row, table=True):
    """A dispute; its words lie in the note of the act that filed it."""

    __tablename__ = "dispute"
    __table_args__ = (
        Index(None, "exchange_id"),
        columns.one_of("category", DisputeCategory),
        columns.one_of("reported_by", Side),
        columns.one_of("settlement", Settlement),
        columns.check("settled", "(settled_at IS NULL) = (settlement IS NULL)"),
    )

    station_id: int = columns.key_of("station")
    number: int = columns.key_number()
    exchange_id: int = columns.row_of("exchange")
    category: DisputeCategory = columns.word(DisputeCategory)
    reported_by: Side | None = columns.word(Side, nullable=True)
    opened_at: datetime = columns.moment()
    settled_at: datetime | None = columns.moment(nullable=True)
    settlement: Settlement | None = columns.word(Settlement, nullable=True)


def _table(row: type[columns.Row]) -> Table:
    return METADATA.tables[str(row.__tablename__)]


STATION = _table(StationRow)
BAY = _table(BayRow)
OFFICER = _table(OfficerRow)
OFFICER_DETAILS = _table(OfficerDetailsRow)
PIN_DETAILS = _table(PinDetailsRow)
ACCESS = _table(AccessRow)
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
LOOK = _table(LookRow)

OF_THE_STATION = (STATION, BAY, OFFICER, ACCESS, *RIGHTS)
"""The tables whose rows are the station's own, and are told by acts."""

DETAILS = (
    EXCHANGE_DETAILS,
    PARTY_DETAILS,
    OFFICER_DETAILS,
    PIN_DETAILS,
    NOTE_DETAILS,
    FILE_DETAILS,
    HOLD_DETAILS,
    REQUEST_DETAILS,
)
"""The tables that hold words about people and things."""

SHOWN = EXCHANGE.c.unbooked.is_(False) & EXCHANGE.c.merged_into.is_(None)
"""Which exchanges there are for whoever looks: booked still, and no second booking of another."""
