"""The first schema: the station, its exchanges, and the journal with its details.

Types are spelled out as the database knows them, so that this stays what it was when the tables in
the code move on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Makes every table."""
    _station()
    _bay()
    _exchange_details()
    _file_details()
    _note_details()
    _officer_details()
    _officer()
    _party_details()
    _act()
    _exchange()
    _act_line()
    _dispute()
    _party()
    _visit()


def _station() -> None:
    op.create_table(
        "station",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("rules_digest", sa.Text(), nullable=False),
        sa.Column("head_number", sa.BigInteger(), nullable=False),
        sa.Column("head_hash", sa.Text(), nullable=False),
        sa.Column("founded_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("head_number >= 0", name=op.f("ck_station_head_number")),
        sa.CheckConstraint("length(head_hash) = 64", name=op.f("ck_station_head_hash")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station")),
        sa.UniqueConstraint("code", name=op.f("uq_station_code")),
    )


def _bay() -> None:
    op.create_table(
        "bay",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("cameras", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        _of_station("bay"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bay")),
        sa.UniqueConstraint("station_id", "code", name=op.f("uq_bay_station_id_code")),
    )


def _of_station(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["station_id"], ["station.id"], name=op.f(f"fk_{table}_station_id")
    )


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _exchange_details() -> None:
    op.create_table(
        "exchange_details",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("booking_key", sa.Text(), nullable=True),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(key) = 32", name=op.f("ck_exchange_details_key")),
        _of_station("exchange_details"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_details")),
        sqlite_autoincrement=True,
    )
    _index("exchange_details", "station_id", "external_id")
    _index("exchange_details", "station_id", "booking_key")


def _file_details() -> None:
    op.create_table(
        "file_details",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(key) = 32", name=op.f("ck_file_details_key")),
        _of_station("file_details"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_details")),
        sqlite_autoincrement=True,
    )


def _note_details() -> None:
    op.create_table(
        "note_details",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(key) = 32", name=op.f("ck_note_details_key")),
        _of_station("note_details"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_details")),
        sqlite_autoincrement=True,
    )


def _officer_details() -> None:
    op.create_table(
        "officer_details",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(key) = 32", name=op.f("ck_officer_details_key")),
        _of_station("officer_details"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer_details")),
        sqlite_autoincrement=True,
    )


def _officer() -> None:
    op.create_table(
        "officer",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("badge", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("known_since", sa.BigInteger(), nullable=False),
        sa.Column("details_id", _ROW_ID, nullable=False),
        sa.CheckConstraint("role IN ('officer', 'supervisor')", name=op.f("ck_officer_role")),
        sa.ForeignKeyConstraint(
            ["details_id"], ["officer_details.id"], name=op.f("fk_officer_details_id")
        ),
        _of_station("officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sa.UniqueConstraint("station_id", "badge", name=op.f("uq_officer_station_id_badge")),
    )


def _party_details() -> None:
    op.create_table(
        "party_details",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("plate", sa.Text(), nullable=True),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(key) = 32", name=op.f("ck_party_details_key")),
        _of_station("party_details"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_details")),
        sqlite_autoincrement=True,
    )


def _act() -> None:
    op.create_table(
        "act",
        sa.Column("station_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("intent_id", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Boolean(create_constraint=True, name="accepted"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=True),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("officer_id", _ROW_ID, nullable=True),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("undoes", sa.BigInteger(), nullable=True),
        sa.Column("prior", sa.BigInteger(), nullable=True),
        sa.Column("overrode", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("next", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("lines_digest", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("side IN ('giver', 'receiver')", name=op.f("ck_act_side")),
        sa.CheckConstraint(
            "length(prev_hash) = 64 AND length(hash) = 64", name=op.f("ck_act_hashes")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_act_number")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_act_officer_id")),
        sa.ForeignKeyConstraint(
            ["station_id", "prior"],
            ["act.station_id", "act.number"],
            name=op.f("fk_act_station_id_prior"),
        ),
        sa.ForeignKeyConstraint(
            ["station_id", "undoes"],
            ["act.station_id", "act.number"],
            name=op.f("fk_act_station_id_undoes"),
        ),
        _of_station("act"),
        sa.PrimaryKeyConstraint("station_id", "number", name=op.f("pk_act")),
        sa.UniqueConstraint("intent_id", name=op.f("uq_act_intent_id")),
        sa.UniqueConstraint("station_id", "undoes", name=op.f("uq_act_station_id_undoes")),
    )
    _index("act", "station_id", "officer_id", "number")
    _index("act", "station_id", "recorded_at")


def _exchange() -> None:
    op.create_table(
        "exchange",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("bay_id", _ROW_ID, nullable=True),
        sa.Column("large", sa.Boolean(create_constraint=True, name="large"), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("details_id", _ROW_ID, nullable=False),
        sa.Column("unbooked", sa.Boolean(create_constraint=True, name="unbooked"), nullable=False),
        sa.Column("merged_into", _ROW_ID, nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'none') = (closed_at IS NULL)", name=op.f("ck_exchange_closed")
        ),
        sa.CheckConstraint(
            "kind IN ('sale', 'vehicle', 'custody', 'other')", name=op.f("ck_exchange_kind")
        ),
        sa.CheckConstraint(
            "outcome IN ('none', 'met', 'not_met', 'no_show', 'cancelled')",
            name=op.f("ck_exchange_outcome"),
        ),
        sa.CheckConstraint("ends_at >= starts_at", name=op.f("ck_exchange_times")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_exchange_version")),
        sa.ForeignKeyConstraint(["bay_id"], ["bay.id"], name=op.f("fk_exchange_bay_id")),
        sa.ForeignKeyConstraint(
            ["details_id"], ["exchange_details.id"], name=op.f("fk_exchange_details_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["exchange.id"], name=op.f("fk_exchange_merged_into")
        ),
        _of_station("exchange"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange")),
        sa.UniqueConstraint("ref", name=op.f("uq_exchange_ref")),
    )
    _index("exchange", "station_id", "starts_at")
    _index("exchange", "merged_into")


def _act_line() -> None:
    op.create_table(
        "act_line",
        sa.Column("station_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("act_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("exchange_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("file_id", _ROW_ID, nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exchange_id"], ["exchange.id"], name=op.f("fk_act_line_exchange_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["file_details.id"], name=op.f("fk_act_line_file_id")),
        sa.ForeignKeyConstraint(
            ["station_id", "act_number"],
            ["act.station_id", "act.number"],
            name=op.f("fk_act_line_station_id_act_number"),
        ),
        sa.PrimaryKeyConstraint(
            "station_id", "act_number", "exchange_id", name=op.f("pk_act_line")
        ),
    )
    _index("act_line", "exchange_id", "act_number")


def _dispute() -> None:
    op.create_table(
        "dispute",
        sa.Column("station_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("exchange_id", _ROW_ID, nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("settlement", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "category IN ('not_as_described', 'counterfeit', 'suspected_stolen', 'threat',"
            " 'prohibited_item', 'refused', 'other')",
            name=op.f("ck_dispute_category"),
        ),
        sa.CheckConstraint(
            "reported_by IN ('giver', 'receiver')", name=op.f("ck_dispute_reported_by")
        ),
        sa.CheckConstraint(
            "settlement IN ('advised_civil', 'report_taken', 'no_action')",
            name=op.f("ck_dispute_settlement"),
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settlement IS NULL)", name=op.f("ck_dispute_settled")
        ),
        sa.ForeignKeyConstraint(
            ["exchange_id"], ["exchange.id"], name=op.f("fk_dispute_exchange_id")
        ),
        _of_station("dispute"),
        sa.PrimaryKeyConstraint("station_id", "number", name=op.f("pk_dispute")),
    )
    _index("dispute", "exchange_id")


def _party() -> None:
    op.create_table(
        "party",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("exchange_id", _ROW_ID, nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("presence", sa.Text(), nullable=False),
        sa.Column("assumed", sa.Boolean(create_constraint=True, name="assumed"), nullable=False),
        sa.Column("id_check", sa.Text(), nullable=False),
        sa.Column("expected_at", sa.BigInteger(), nullable=True),
        sa.Column("hold", sa.Boolean(create_constraint=True, name="hold"), nullable=False),
        sa.Column("details_id", _ROW_ID, nullable=False),
        sa.CheckConstraint(
            "id_check IN ('not_asked', 'seen', 'not_shown')", name=op.f("ck_party_id_check")
        ),
        sa.CheckConstraint(
            "presence IN ('expected', 'held', 'here', 'left', 'absent')",
            name=op.f("ck_party_presence"),
        ),
        sa.CheckConstraint("side IN ('giver', 'receiver')", name=op.f("ck_party_side")),
        sa.ForeignKeyConstraint(
            ["details_id"], ["party_details.id"], name=op.f("fk_party_details_id")
        ),
        sa.ForeignKeyConstraint(
            ["exchange_id"], ["exchange.id"], name=op.f("fk_party_exchange_id")
        ),
        _of_station("party"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("exchange_id", "side", name=op.f("uq_party_exchange_id_side")),
    )
    op.create_index(
        "ix_party_here",
        "party",
        ["station_id", "exchange_id"],
        sqlite_where=sa.text("presence IN ('here', 'held')"),
        postgresql_where=sa.text("presence IN ('here', 'held')"),
    )


def _visit() -> None:
    op.create_table(
        "visit",
        sa.Column("station_id", _ROW_ID, nullable=False),
        sa.Column("party_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "left_observed", sa.Boolean(create_constraint=True, name="left_observed"), nullable=True
        ),
        sa.Column("held", sa.Boolean(create_constraint=True, name="held"), nullable=False),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(left_at IS NULL) = (left_observed IS NULL)", name=op.f("ck_visit_left")
        ),
        sa.CheckConstraint("position >= 1", name=op.f("ck_visit_position")),
        sa.CheckConstraint("left_at > arrived_at", name=op.f("ck_visit_times")),
        sa.CheckConstraint(
            "released_at IS NULL OR held AND released_at >= arrived_at",
            name=op.f("ck_visit_released"),
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_visit_party_id")),
        _of_station("visit"),
        sa.PrimaryKeyConstraint("party_id", "position", name=op.f("pk_visit")),
    )
