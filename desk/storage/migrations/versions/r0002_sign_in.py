"""Officers sign in: whether each may come in, and by which PIN."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes the tables of PINs and of access."""
    op.create_table(
        "pin_details",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
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
