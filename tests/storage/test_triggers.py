"""What the database itself refuses, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from desk.domain.exchange import Side, Visit
from desk.domain.intents import Arrive, Finish, Leave, Start
from desk.storage.engine import connect
from desk.storage.tables import METADATA
from desk.storage.triggers import triggers
from tests.builders import StationUnderTest, an_exchange, moment

APPEND_ONLY = (
    "act",
    "act_line",
    "exchange_details",
    "party_details",
    "officer_details",
    "note_details",
    "pin_details",
    "hold_details",
    "request_details",
    "look",
)
NEVER_DELETED = (
    *("station", "bay", "officer", "access", "exchange", "party", "dispute", "file_details"),
    *("legal_hold", "held_exchange", "request", "picked_party"),
)


@pytest.fixture(scope="module")
def raw(lived: Path) -> Iterator[dbapi2.Connection]:
    """Any other program that opens the file with its rules on."""
    connection = connect(lived)
    yield connection
    connection.close()


def refused(raw: dbapi2.Connection, sql: str) -> str:
    with pytest.raises(dbapi2.IntegrityError) as error:
        raw.execute(sql)
    return str(error.value)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_column_of_what_is_written_once_changes(raw: dbapi2.Connection, table: str) -> None:
    for column in METADATA.tables[table].columns:
        reason = refused(raw, f'UPDATE {table} SET "{column.name}" = "{column.name}"')
        assert reason == f"{table}_is_never_changed"


@pytest.mark.parametrize("table", APPEND_ONLY + NEVER_DELETED)
def test_nothing_that_is_kept_is_deleted(raw: dbapi2.Connection, table: str) -> None:
    assert refused(raw, f"DELETE FROM {table}") == f"{table}_is_never_deleted"


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_nor_replaced(raw: dbapi2.Connection, table: str) -> None:
    assert refused(raw, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}").startswith(table)


def an_act(raw: dbapi2.Connection, **changes: str) -> str:
    """Returns the statement for one more act, right but for the changes."""
    head = raw.execute("SELECT head_number, head_hash FROM station").fetchone()
    columns = {
        "station_id": "1",
        "number": str(head[0] + 1),
        "intent_id": "'new'",
        "verb": "'note'",
        "accepted": "1",
        "code": "'accepted'",
        "desk": "'desk 1'",
        "occurred_at": "0",
        "recorded_at": "0",
        "overrode": "'[]'",
        "facts": "'{}'",
        "next": "'[]'",
        "details": "'[]'",
        "lines_digest": "''",
        "prev_hash": f"'{head[1]}'",
        "hash": f"'{'1' * 64}'",
    } | changes
    return f"INSERT INTO act ({', '.join(columns)}) VALUES ({', '.join(columns.values())})"


@pytest.mark.parametrize(
    "changes",
    [{"number": "1"}, {"number": "999"}, {"prev_hash": f"'{'0' * 64}'"}, {"station_id": "2"}],
)
def test_an_act_follows_the_head(raw: dbapi2.Connection, changes: dict[str, str]) -> None:
    assert refused(raw, an_act(raw, **changes)) == "act_follows_the_head"


@pytest.mark.parametrize("changes", [{"verb": "'steal'"}, {"code": "'fine'"}])
def test_an_act_uses_known_words(raw: dbapi2.Connection, changes: dict[str, str]) -> None:
    assert refused(raw, an_act(raw, **changes)) == "act_uses_known_words"


def test_the_head_moves_to_the_newest_act_and_nowhere_else(raw: dbapi2.Connection) -> None:
    number = raw.execute("SELECT head_number FROM station").fetchone()[0]
    back = (
        f"UPDATE station SET head_number = {number - 1},"
        f" head_hash = (SELECT hash FROM act WHERE number = {number - 1})"
    )
    for statement in (
        back,
        f"UPDATE station SET head_number = {number + 1}",
        f"UPDATE station SET head_hash = '{'1' * 64}'",
    ):
        assert refused(raw, statement) == "station_head_is_the_newest_act"

    raw.execute("BEGIN")
    raw.execute(an_act(raw))
    raw.execute(f"UPDATE station SET head_number = {number + 1}, head_hash = '{'1' * 64}'")
    raw.execute("ROLLBACK")


def test_a_line_is_written_with_its_act_or_not_at_all(raw: dbapi2.Connection) -> None:
    late = "INSERT INTO act_line (station_id, act_number, exchange_id, details, digest)"

    reason = refused(raw, f"{late} VALUES (1, 1, 1, '[]', '')")

    assert reason == "act_line_belongs_to_the_act_being_written"


def test_an_officer_keeps_the_badge(raw: dbapi2.Connection) -> None:
    assert refused(raw, "UPDATE officer SET badge = '1'") == "officer_keeps_the_badge"


def test_the_version_of_an_exchange_only_rises(raw: dbapi2.Connection) -> None:
    for change in ("version = version - 1", "version = version", "kind = 'other'"):
        assert refused(raw, f"UPDATE exchange SET {change}") == "exchange_version_rises"


def test_an_exchange_keeps_its_reference(raw: dbapi2.Connection) -> None:
    change = "UPDATE exchange SET version = version + 1, ref = 'Q2MNRP' WHERE id = 1"

    assert refused(raw, change) == "exchange_keeps_its_reference"


@pytest.mark.parametrize("presence", ["here", "held", "left"])
def test_nobody_who_came_is_absent(station: StationUnderTest, presence: str) -> None:
    station.book_one(an_exchange().with_seller_here())
    raw = connect(station.path)
    raw.execute(f"UPDATE party SET presence = '{presence}' WHERE side = 'giver'")

    reason = refused(raw, "UPDATE party SET presence = 'absent' WHERE side = 'giver'")

    assert reason == "party_that_came_is_not_absent"
    raw.close()


def test_nobody_absent_has_a_visit(station: StationUnderTest) -> None:
    station.book_one()
    raw = connect(station.path)
    raw.execute("UPDATE party SET presence = 'absent' WHERE side = 'giver'")
    visit = "INSERT INTO visit (station_id, party_id, arrived_at) SELECT 1, id, 0 FROM party"

    assert refused(raw, f"{visit} WHERE side = 'giver'") == "visit_is_not_of_an_absent_party"
    raw.close()


def test_met_means_that_both_were_here_at_one_moment(station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().with_left(Side.GIVER, "14:13", "14:20"))
    station.did(Arrive, ref, side=Side.RECEIVER, at=moment("14:21"))
    raw = connect(station.path)
    meet = "UPDATE exchange SET outcome = 'met', closed_at = 1, version = version + 1"

    assert refused(raw, meet).startswith("exchange_met_means_both_were_here")
    raw.close()


BORDERS = [
    ("14:20:01", "14:20", None),
    ("14:20", "14:20", None),
    ("14:20", "14:20", "14:21"),
    ("14:20", "14:19", "14:19:30"),
    ("14:20", "14:12", "14:13"),
    ("14:20", "14:12", "14:13:01"),
]


@pytest.mark.parametrize(("left", "came", "went"), BORDERS)
def test_the_database_knows_a_meeting_as_the_domain_does(
    station: StationUnderTest, left: str, came: str, went: str | None
) -> None:
    seller = Visit(moment("14:13"), moment(left), left_observed=True)
    buyer = Visit(moment(came), None if went is None else moment(went))
    ref = station.book_one(an_exchange().with_left(Side.GIVER, "14:13", left))
    station.did(Arrive, ref, side=Side.RECEIVER, at=buyer.arrived_at)
    if buyer.left_at is not None:
        station.did(Leave, ref, side=Side.RECEIVER, at=buyer.left_at)
    raw = connect(station.path)
    meet = "UPDATE exchange SET outcome = 'met', closed_at = 1, version = version + 1"

    if seller.overlaps(buyer):
        raw.execute(meet)
    else:
        assert refused(raw, meet) == "exchange_met_means_both_were_here_on_update"
    raw.close()


def test_an_open_exchange_is_in_its_bay_only_with_both_here(station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().with_both_here())
    station.did(Start, ref)
    raw = connect(station.path)
    raw.execute("UPDATE party SET presence = 'left' WHERE side = 'giver'")

    reason = refused(raw, "UPDATE exchange SET version = version + 1")

    assert reason == "exchange_in_its_bay_has_both_here"
    raw.close()


def test_no_exchange_begins_as_met(raw: dbapi2.Connection) -> None:
    columns = [column.name for column in METADATA.tables["exchange"].columns if column.name != "id"]
    values = ", ".join("'Q2MNRP'" if name == "ref" else name for name in columns)
    copy = f"INSERT INTO exchange ({', '.join(columns)}) SELECT {values} FROM exchange"

    reason = refused(raw, f"{copy} WHERE outcome = 'met'")

    assert reason == "exchange_met_means_both_were_here_on_insert"


HELD = [
    ("held = 1", None),
    ("held = 1", "14:20"),
    ("held = 1, released_at = arrived_at + 60000000", None),
    ("held = 1, released_at = arrived_at + 60000000", "14:30"),
    ("held = 1, released_at = arrived_at + 60000000", "14:29:59"),
]


@pytest.mark.parametrize(("held", "buyer_left"), HELD)
def test_who_is_held_is_not_here_to_meet_anybody(
    station: StationUnderTest, held: str, buyer_left: str | None
) -> None:
    ref = station.book_one(an_exchange().with_here(Side.RECEIVER, "14:13"))
    station.did(Arrive, ref, side=Side.GIVER, at=moment("14:29"))
    if buyer_left is not None:
        station.did(Leave, ref, side=Side.RECEIVER, at=moment(buyer_left))
    raw = connect(station.path)
    of_seller = "party_id = (SELECT id FROM party WHERE side = 'giver')"
    raw.execute(f"UPDATE visit SET {held} WHERE {of_seller}")
    meet = "UPDATE exchange SET outcome = 'met', closed_at = 1, version = version + 1"

    if station.exchange(ref).met:
        raw.execute(meet)
    else:
        assert refused(raw, meet) == "exchange_met_means_both_were_here_on_update"
    assert station.exchange(ref).met is ("released_at" in held and buyer_left is None)
    raw.close()


@pytest.mark.parametrize(
    "change", ["DELETE FROM visit", "UPDATE visit SET left_at = arrived_at + 1, left_observed = 1"]
)
def test_the_visits_of_those_who_met_stay(station: StationUnderTest, change: str) -> None:
    ref = station.book_one(an_exchange().with_seller_here("14:13").with_buyer_here("14:29"))
    station.did(Finish, ref)
    raw = connect(station.path)

    assert refused(raw, change).startswith("visit_of_those_who_met_stays")
    raw.close()


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("party", "exchange_id = exchange_id"),
        ("party", "station_id = 1"),
        ("visit", "party_id = party_id"),
        ("visit", "position = position"),
    ],
)
def test_rows_stay_with_what_they_belong_to(
    raw: dbapi2.Connection, table: str, change: str
) -> None:
    assert refused(raw, f"UPDATE {table} SET {change}").startswith(f"{table}_keeps_its_")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE party SET side = 'both'",
        "UPDATE party SET presence = 'gone'",
        "UPDATE party SET id_check = 'copied'",
        "UPDATE party SET assumed = 2",
        "UPDATE exchange SET kind = 'gift', version = version + 1",
        "UPDATE exchange SET outcome = 'lost', version = version + 1",
        "UPDATE exchange SET closed_at = NULL, version = version + 1 WHERE outcome <> 'none'",
        "UPDATE exchange SET ends_at = starts_at - 1, version = version + 1",
        "UPDATE visit SET left_at = arrived_at, left_observed = 1",
        "UPDATE visit SET released_at = arrived_at",
        "UPDATE visit SET held = 1, released_at = arrived_at - 1",
        "UPDATE visit SET left_at = NULL, left_observed = 1",
        "UPDATE dispute SET category = 'noise'",
        "UPDATE dispute SET settlement = 'paid'",
        "UPDATE officer SET role = 'chief'",
        "UPDATE station SET head_hash = 'short'",
    ],
)
def test_only_the_words_and_times_that_make_sense_are_held(
    raw: dbapi2.Connection, change: str
) -> None:
    refused(raw, change)


def test_triggers_that_are_gone_or_changed_are_made_again_at_the_next_start(
    station: StationUnderTest,
) -> None:
    raw = connect(station.path)
    raw.execute("DROP TRIGGER act_is_never_deleted")
    raw.execute("DROP TRIGGER act_uses_known_words")
    raw.execute(
        "CREATE TRIGGER act_uses_known_words BEFORE INSERT ON act WHEN NEW.verb NOT IN ('init')"
        " BEGIN SELECT RAISE(ABORT, 'act_uses_known_words'); END"
    )

    with station.another_desk():
        station.book_one()
        assert refused(raw, "DELETE FROM act") == "act_is_never_deleted"
    raw.close()


def test_a_trigger_says_its_own_name(raw: dbapi2.Connection) -> None:
    assert all(f"RAISE(ABORT, '{name}')" in sql for name, sql in triggers().items())
    assert raw.execute("PRAGMA recursive_triggers").fetchone() == (1,)
