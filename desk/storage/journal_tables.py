"""The tables of the journal: acts, their lines, and the looks that acts note."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text

from desk.domain.exchange import Side
from desk.domain.lifecycle import Verb
from desk.domain.looks import LookedAt
from desk.domain.verdict import Code
from desk.storage import columns

SIGNED_OUT = "verb = 'sign_out'"
"""The condition of a partial index, which is used where a query spells it the same way."""


class ActRow(columns.Row, table=True):
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
        Index(
            "ix_act_signed_out",
            "station_id",
            "officer_id",
            "number",
            sqlite_where=text(SIGNED_OUT),
            postgresql_where=text(SIGNED_OUT),
        ),
        columns.one_of("side", Side),
        columns.check("number", "number >= 1"),
        columns.check("hashes", "length(prev_hash) = 64 AND length(hash) = 64"),
    )

    station_id: int = columns.key_of("station")
    number: int = columns.key_number()
    intent_id: str = columns.words()
    verb: Verb = columns.word(Verb)
    accepted: bool = columns.flag("accepted")
    code: Code = columns.word(Code)
    ref: str | None = columns.words(nullable=True)
    side: Side | None = columns.word(Side, nullable=True)
    officer_id: int | None = columns.row_of("officer", nullable=True)
    desk: str = columns.words()
    occurred_at: datetime = columns.moment()
    recorded_at: datetime = columns.moment()
    undoes: int | None = columns.number(nullable=True)
    prior: int | None = columns.number(nullable=True)
    overrode: str = columns.words()
    facts: str = columns.words()
    next: str = columns.words()
    details: str = columns.words()
    lines_digest: str = columns.words()
    prev_hash: str = columns.words()
    hash: str = columns.words()


class ActLineRow(columns.Row, table=True):
    """What one act did to one exchange; both snapshots are empty where it was refused."""

    __tablename__ = "act_line"
    __table_args__ = (
        ForeignKeyConstraint(["station_id", "act_number"], ["act.station_id", "act.number"]),
        Index(None, "exchange_id", "act_number"),
    )

    station_id: int = columns.key_row()
    act_number: int = columns.key_number()
    exchange_id: int = columns.key_of("exchange")
    before: str | None = columns.words(nullable=True)
    after: str | None = columns.words(nullable=True)
    details: str = columns.words()
    file_id: int | None = columns.row_of("file_details", nullable=True)
    digest: str = columns.words()


class LookRow(columns.Row, table=True):
    """One look, in the order in which the act that notes them counts them, from 1.

    Looks are noted many at a time; what was looked at is held by a trigger, as verbs are.
    """

    __tablename__ = "look"
    __table_args__ = (
        ForeignKeyConstraint(["station_id", "act_number"], ["act.station_id", "act.number"]),
        Index(None, "exchange_id"),
        columns.check("position", "position >= 1"),
    )

    station_id: int = columns.key_row()
    act_number: int = columns.key_number()
    position: int = columns.key_number()
    officer_id: int | None = columns.row_of("officer", nullable=True)
    desk: str = columns.words()
    at: datetime = columns.moment()
    what: LookedAt = columns.word(LookedAt)
    exchange_id: int | None = columns.row_of("exchange", nullable=True)
