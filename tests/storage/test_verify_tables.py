"""The tables are held to the journal, row by row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from desk.domain.intents import Note
from desk.domain.rules import Rules
from desk.domain.views import Bay, Officer
from desk.service import open_desk
from desk.storage import stations
from desk.storage.engine import connect
from desk.storage.officers import Officers
from tests.builders import KENNEWICK, StationUnderTest, moment
from tests.storage.loose import rows_of, tampering
from tests.storage.test_verify import (
    DETAILS,
    HEAD,
    KEYS,
    NAMED_BY,
    TABLES,
    checked,
    columns_of,
    named,
    one_byte_off,
    put,
)

REPLAYED = ("station", "bay", "officer", "access", "exchange", "party", "visit", "dispute")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table, column)
        for table in REPLAYED
        for column in columns_of(table)
        if column not in (*KEYS[table], *HEAD)
    ],
)
def test_the_column_that_was_touched_is_said(loose: Engine, table: str, column: str) -> None:
    with tampering(loose) as connection:
        row = rows_of(connection, table)[0]
        put(connection, table, row, column, one_byte_off(row[column], position=6))

        said = [each for each in checked(connection).findings if each.table == table]

    assert [each.number for each in said] == [row[NAMED_BY[table]]]
    assert said[0].code == "changed"
    assert column in said[0].explanation


@pytest.mark.parametrize("table", [name for name in REPLAYED if name != "station"])
def test_a_row_handed_to_another_station_is_named(loose: Engine, table: str) -> None:
    with tampering(loose) as connection:
        a_second_station(connection)
        row = rows_of(connection, table)[0]
        put(connection, table, row, "station_id", 2)

        assert (table, row[NAMED_BY[table]]) in named(connection)


ADDED: dict[str, dict[str, object]] = {
    "station": {"id": 9, "code": "RPD"},
    "bay": {"id": 9, "code": "9"},
    "officer": {"id": 9, "badge": "0815"},
    "access": {"id": 9, "officer_id": 99},
    "exchange": {"id": 99, "ref": "Q2MNRP"},
    "party": {"id": 99, "exchange_id": 999},
    "visit": {"position": 9},
    "dispute": {"number": 9},
    "act": {"number": 99, "intent_id": "x", "undoes": None},
    "act_line": {"act_number": 99},
    "look": {"position": 9},
    "legal_hold": {"id": 99},
    "held_exchange": {"id": 99, "exchange_id": 999},
    "request": {"id": 99},
    "picked_party": {"id": 99, "party_id": 999},
    **{name: {"id": 99} for name in DETAILS},
}


@pytest.mark.parametrize("table", TABLES)
def test_an_added_row_is_named(loose: Engine, table: str) -> None:
    with tampering(loose) as connection:
        added = rows_of(connection, table)[-1] | ADDED[table]
        insert(connection, table, added)

        assert (table, added[NAMED_BY[table]]) in named(connection)


@pytest.mark.parametrize("table", [name for name in TABLES if "station_id" in columns_of(name)])
def test_a_row_added_for_a_station_that_is_not_there_is_named(loose: Engine, table: str) -> None:
    with tampering(loose) as connection:
        added = rows_of(connection, table)[-1] | ADDED[table] | {"station_id": 7}
        insert(connection, table, added)

        assert (table, added[NAMED_BY[table]]) in named(connection)


def insert(connection: Connection, table: str, row: dict[str, object]) -> None:
    marks = ", ".join("?" * len(row))
    connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({marks})", tuple(row.values()))


def a_second_station(connection: Connection) -> None:
    """Founds another station in the same file, with an officer of its own."""
    renton = replace(KENNEWICK, name="Renton PD", code="RPD", bays=(Bay("A", "Yard"),))
    stations.found(connection, renton, Rules(), "desk 1", moment("14:32"))
    Officers(connection, 2).know(Officer("1", "Ito"), "desk 1", moment("14:32"))


def test_a_second_station_in_the_file_is_sound_too(loose: Engine) -> None:
    with tampering(loose) as connection:
        acts = checked(connection).rows
        a_second_station(connection)

        found = checked(connection)

    assert found.ok
    assert found.rows == acts + 2


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table, column)
        for table in ("station", "bay", "officer", "officer_details", "act")
        for column in columns_of(table)
        if column not in KEYS[table]
    ],
)
def test_what_is_touched_of_a_second_station_is_named(
    loose: Engine, table: str, column: str
) -> None:
    with tampering(loose) as connection:
        a_second_station(connection)
        row = rows_of(connection, table)[-1]
        touched = ("act", 2) if column in HEAD else (table, row[NAMED_BY[table]])
        put(connection, table, row, column, one_byte_off(row[column], position=6))

        assert touched in named(connection)


def test_a_finding_says_which_of_two_stations_it_is_about(loose: Engine) -> None:
    with tampering(loose) as connection:
        a_second_station(connection)
        connection.exec_driver_sql("UPDATE act SET desk = 'x' WHERE number = 2")

        told = {each.explanation for each in checked(connection).findings}

    assert told >= {f"Station {code}: Act 2 is not as written." for code in ("KPD", "RPD")}
    assert all(each.startswith(("Station KPD: ", "Station RPD: ")) for each in told)


def test_an_act_on_an_exchange_that_was_touched_meanwhile_is_named(
    station: StationUnderTest,
) -> None:
    ref = station.book_one()
    raw = connect(station.path)
    raw.execute("UPDATE party SET id_check = 'seen'")
    raw.close()
    note = station.did(Note, ref, text="x")

    found = {(each.table, each.number) for each in station.service.verify().findings}

    assert found == {("act_line", note.number)}


def test_an_older_dispute_is_held_to_its_own_lines(loose: Engine) -> None:
    with tampering(loose) as connection:
        connection.exec_driver_sql("UPDATE dispute SET category = 'refused' WHERE number = 1")

        assert named(connection) == {("dispute", 1)}


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ("UPDATE bay SET position = 9 - position", ("bay", 1)),
        # The codes in their order are the same, and every exchange lies in the other bay.
        ("UPDATE bay SET id = 100 - id", ("bay", 1)),
        ("DELETE FROM station", ("station", 1)),
    ],
)
def test_a_station_that_is_not_the_one_founded_is_named(
    loose: Engine, change: str, row: tuple[str, int]
) -> None:
    with tampering(loose) as connection:
        connection.exec_driver_sql(change)

        assert row in named(connection)


def test_a_name_that_an_officer_gave_later_is_the_one_that_counts(loose: Engine) -> None:
    with tampering(loose) as connection:
        first, *rest = rows_of(connection, "officer_details")
        connection.exec_driver_sql(
            "UPDATE officer SET details_id = ? WHERE badge = '7730'", (first["id"],)
        )

        (found,) = checked(connection).findings

    assert "Tran" in [row["name"] for row in rest]
    assert "details_id" in found.explanation


def test_another_badge_on_an_officer_is_named_act_by_act(loose: Engine) -> None:
    with tampering(loose) as connection:
        connection.exec_driver_sql("UPDATE officer SET badge = '9999' WHERE id = 1")
        own = {row["number"] for row in rows_of(connection, "act") if row["officer_id"] == 1}

        assert {("act", number) for number in own} <= named(connection)


def test_reopening_the_file_finds_the_same(lived: Path, station: StationUnderTest) -> None:
    with open_desk(lived, station.rules, station.workplace()) as service:
        assert service.verify().ok
