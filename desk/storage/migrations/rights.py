"""What revision 0002 makes for holds, for requests, and for where a shortened journal begins."""

import sqlalchemy as sa
from alembic import op

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def make_tables() -> None:
    """Makes the tables, each after those that it speaks of."""
    _hold()
    _held_exchange()
    _request()
    _picked_party()
    _journal_start()


def _hold() -> None:
    op.create_table(
        "hold_details",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(key) = 32", name=op.f("ck_hold_details_key")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_hold_details_station_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold_details")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "legal_hold",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("placed_at", sa.BigInteger(), nullable=False),
        sa.Column("lifted_at", sa.BigInteger(), nullable=True),
        sa.Column("details_id", _ROW_ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["details_id"], ["hold_details.id"], name=op.f("fk_legal_hold_details_id")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_legal_hold_station_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
        sqlite_autoincrement=True,
    )


def _held_exchange() -> None:
    op.create_table(
        "held_exchange",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("hold_id", _ROW_ID, nullable=False),
        sa.Column("exchange_id", _ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["exchange_id"], ["exchange.id"], name=op.f("fk_held_exchange_exchange_id")
        ),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["legal_hold.id"], name=op.f("fk_held_exchange_hold_id")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_held_exchange_station_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_exchange")),
        sa.UniqueConstraint(
            "hold_id", "exchange_id", name=op.f("uq_held_exchange_hold_id_exchange_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_held_exchange_exchange_id"), "held_exchange", ["exchange_id"])


def _request() -> None:
    op.create_table(
        "request_details",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(key) = 32", name=op.f("ck_request_details_key")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_request_details_station_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_details")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "request",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("id_check", sa.Text(), nullable=False),
        sa.Column("hold_id", _ROW_ID, nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("ending", sa.Text(), nullable=True),
        sa.Column("details_id", _ROW_ID, nullable=True),
        sa.CheckConstraint(
            "ending IN ('answered', 'refused', 'withdrawn')", name=op.f("ck_request_ending")
        ),
        sa.CheckConstraint(
            "id_check IN ('not_asked', 'seen', 'not_shown')", name=op.f("ck_request_id_check")
        ),
        sa.CheckConstraint("kind IN ('access', 'erasure', 'lawyer')", name=op.f("ck_request_kind")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (ending IS NULL)", name=op.f("ck_request_closed")
        ),
        sa.ForeignKeyConstraint(
            ["details_id"], ["request_details.id"], name=op.f("fk_request_details_id")
        ),
        sa.ForeignKeyConstraint(["hold_id"], ["legal_hold.id"], name=op.f("fk_request_hold_id")),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_request_station_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sqlite_autoincrement=True,
    )


def _picked_party() -> None:
    op.create_table(
        "picked_party",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("request_id", _ROW_ID, nullable=False),
        sa.Column("party_id", _ROW_ID, nullable=False),
        sa.Column("dropped_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_picked_party_party_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["request.id"], name=op.f("fk_picked_party_request_id")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_picked_party_station_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picked_party")),
        sa.UniqueConstraint(
            "request_id", "party_id", name=op.f("uq_picked_party_request_id_party_id")
        ),
        sqlite_autoincrement=True,
    )


def _journal_start() -> None:
    op.create_table(
        "journal_start",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("archive", sa.Text(), nullable=False),
        sa.Column("checkpoint", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "length(hash) = 64 AND length(archive) = 64", name=op.f("ck_journal_start_hashes")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_journal_start_station_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_start")),
        sa.UniqueConstraint("station_id", name=op.f("uq_journal_start_station_id")),
    )
