"""The tables of holds, of requests, and of where a shortened journal begins."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Table, UniqueConstraint

from desk.domain.exchange import IdCheck
from desk.domain.rights import RequestEnd, RequestKind
from desk.storage import columns


class HoldRow(columns.Row, table=True):
    """Something that must not be erased until the hold is lifted."""

    __tablename__ = "legal_hold"
    __table_args__ = (columns.COUNTED_ON,)

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    placed_at: datetime = columns.moment()
    lifted_at: datetime | None = columns.moment(nullable=True)
    details_id: int | None = columns.row_of("hold_details", nullable=True)


class HoldDetailsRow(columns.Row, table=True):
    """Why something is held, and what the person is known by whom it is about."""

    __tablename__ = "hold_details"
    __table_args__ = (columns.check("key", "length(key) = 32"), columns.COUNTED_ON)

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    reason: str = columns.words()
    name: str = columns.words()
    phone: str = columns.words()
    email: str = columns.words()
    plate: str = columns.words()
    key: bytes = columns.key()


class HeldExchangeRow(columns.Row, table=True):
    """An exchange that a hold names."""

    __tablename__ = "held_exchange"
    __table_args__ = (
        UniqueConstraint("hold_id", "exchange_id"),
        Index(None, "exchange_id"),
        columns.COUNTED_ON,
    )

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    hold_id: int = columns.row_of("legal_hold")
    exchange_id: int = columns.row_of("exchange")


class RequestRow(columns.Row, table=True):
    """What somebody asked for; ``due_at`` is the end of the day by which it is answered."""

    __tablename__ = "request"
    __table_args__ = (
        columns.one_of("kind", RequestKind),
        columns.one_of("id_check", IdCheck),
        columns.one_of("ending", RequestEnd),
        columns.check("closed", "(closed_at IS NULL) = (ending IS NULL)"),
        columns.COUNTED_ON,
    )

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    kind: RequestKind = columns.word(RequestKind)
    asked_at: datetime = columns.moment()
    due_at: datetime = columns.moment()
    id_check: IdCheck = columns.word(IdCheck)
    hold_id: int | None = columns.row_of("legal_hold", nullable=True)
    closed_at: datetime | None = columns.moment(nullable=True)
    ending: RequestEnd | None = columns.word(RequestEnd, nullable=True)
    details_id: int | None = columns.row_of("request_details", nullable=True)


class RequestDetailsRow(columns.Row, table=True):
    """Who asked, and what the person is known by whom it is about."""

    __tablename__ = "request_details"
    __table_args__ = (columns.check("key", "length(key) = 32"), columns.COUNTED_ON)

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    asker: str = columns.words()
    name: str = columns.words()
    phone: str = columns.words()
    email: str = columns.words()
    plate: str = columns.words()
    key: bytes = columns.key()


class PickedPartyRow(columns.Row, table=True):
    """A party that is the person of a request, as long as nobody said otherwise."""

    __tablename__ = "picked_party"
    __table_args__ = (UniqueConstraint("request_id", "party_id"), columns.COUNTED_ON)

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    request_id: int = columns.row_of("request")
    party_id: int = columns.row_of("party")
    dropped_at: datetime | None = columns.moment(nullable=True)


class JournalStartRow(columns.Row, table=True):
    """Where the journal begins, once its beginning was put into an archive.

    ``number`` and ``hash`` are those of the last act that went; ``archive`` and ``checkpoint`` are
    the digests (SHA-256) of the files that hold what went, and the signed word for it.
    """

    __tablename__ = "journal_start"
    __table_args__ = (
        UniqueConstraint("station_id"),
        columns.check("hashes", "length(hash) = 64 AND length(archive) = 64"),
    )

    id: int | None = columns.row_id()
    station_id: int = columns.row_of("station")
    number: int = columns.number()
    hash: str = columns.words()
    archive: str = columns.words()
    checkpoint: str = columns.words()


def _table(row: type[columns.Row]) -> Table:
    return columns.METADATA.tables[str(row.__tablename__)]


HOLD = _table(HoldRow)
HOLD_DETAILS = _table(HoldDetailsRow)
HELD_EXCHANGE = _table(HeldExchangeRow)
REQUEST = _table(RequestRow)
REQUEST_DETAILS = _table(RequestDetailsRow)
PICKED_PARTY = _table(PickedPartyRow)
JOURNAL_START = _table(JournalStartRow)

RIGHTS = (HOLD, HELD_EXCHANGE, REQUEST, PICKED_PARTY, JOURNAL_START)
"""The tables whose rows the journal speaks of as the station's own."""
