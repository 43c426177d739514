"""Officers sign in: whether each may come in, and by which PIN; and what each looked at."""

import sqlalchemy as sa
from alembic import op

from desk.storage.migrations import rights

revision = "0002"
down_revision = "0001"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes the tables of PINs, of access, of looks and of rights."""
    rights.make_tables()
    op.create_table(
        "pin_details",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("digits", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(key) = 32", name=op.f("ck_pin_details_key")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_pin_details_station_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin_details")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "access",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("officer_id", _ROW_ID, nullable=False),
        sa.Column("locked_at", sa.BigInteger(), nullable=True),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.Column("pin_id", _ROW_ID, nullable=True),
        sa.ForeignKeyConstraint(["station_id"], ["station.id"], name=op.f("fk_access_station_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_access_officer_id")),
        sa.ForeignKeyConstraint(["pin_id"], ["pin_details.id"], name=op.f("fk_access_pin_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access")),
        sa.UniqueConstraint("officer_id", name=op.f("uq_access_officer_id")),
    )
    op.create_index(
        "ix_act_signed_out",
        "act",
        ["station_id", "officer_id", "number"],
        sqlite_where=sa.text("verb = 'sign_out'"),
    )
    _look()


def _look() -> None:
    op.create_table(
        "look",
        sa.Column("station_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("act_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("officer_id", _ROW_ID, nullable=True),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("exchange_id", _ROW_ID, nullable=True),
        sa.CheckConstraint("position >= 1", name=op.f("ck_look_position")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_look_officer_id")),
        sa.ForeignKeyConstraint(["exchange_id"], ["exchange.id"], name=op.f("fk_look_exchange_id")),
        sa.ForeignKeyConstraint(
            ["station_id", "act_number"],
            ["act.station_id", "act.number"],
            name=op.f("fk_look_station_id_act_number"),
        ),
        sa.PrimaryKeyConstraint("station_id", "act_number", "position", name=op.f("pk_look")),
    )
    op.create_index(op.f("ix_look_exchange_id"), "look", ["exchange_id"])
