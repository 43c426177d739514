"""The tables are held to the journal, row by row."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from desk.domain.intents import Note
from desk.service import open_desk
from desk.storage.engine import connect
from tests.builders import StationUnderTest
from tests.storage.loose import rows_of, tampering
from tests.storage.test_verify import LIVE, named


@pytest.mark.parametrize("table", [*LIVE, "officer"])
def test_a_row_handed_to_another_station_is_named(loose: Engine, table: str) -> None:
    with tampering(loose) as connection:
        row = rows_of(connection, table)[0]["id"]
        connection.exec_driver_sql(f"UPDATE {table} SET station_id = 2 WHERE id = {row}")

        assert (table, row) in named(connection)


@pytest.mark.parametrize("table", LIVE)
@pytest.mark.parametrize("row", [0, -1])
def test_a_row_gone_from_a_table_is_named(loose: Engine, table: str, row: int) -> None:
    with tampering(loose) as connection:
        gone = rows_of(connection, table)[row]["id"]
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = {gone}")

        assert {each for each, _number in named(connection)} & {table, "exchange", "party"}


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
        first = rows_of(connection, "dispute")[0]
        connection.exec_driver_sql("UPDATE dispute SET category = 'refused' WHERE number = 1")

        assert named(connection) == {("dispute", first["id"])}


def test_an_exchange_that_the_journal_does_not_know_is_named(loose: Engine) -> None:
    with tampering(loose) as connection:
        row = rows_of(connection, "exchange")[-1]
        marks = ", ".join("?" * len(row))
        added = int(str(row["id"])) + 1
        connection.exec_driver_sql(
            f"INSERT INTO exchange VALUES ({marks})",
            tuple((row | {"id": added, "ref": "Q2MNRP"}).values()),
        )

        assert named(connection) == {("exchange", added)}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE station SET code = 'XPD'",
        "UPDATE station SET timezone = 'Europe/Paris'",
        "UPDATE station SET rules_digest = 'x'",
        "UPDATE bay SET code = '9' WHERE code = '1'",
        "DELETE FROM bay WHERE code = 'Lobby'",
        "UPDATE bay SET position = 9 - position",
        # The codes in their order are the same, and every exchange lies in the other bay.
        "UPDATE bay SET id = 100 - id",
    ],
)
def test_a_station_that_is_not_the_one_founded_is_named(loose: Engine, change: str) -> None:
    with tampering(loose) as connection:
        connection.exec_driver_sql(change)

        assert ("station", 1) in named(connection)


def test_another_badge_on_an_officer_is_named_act_by_act(loose: Engine) -> None:
    with tampering(loose) as connection:
        connection.exec_driver_sql("UPDATE officer SET badge = '9999'")
        own = {row["number"] for row in rows_of(connection, "act") if row["officer_id"]}

        assert {("act", number) for number in own} <= named(connection)


def test_reopening_the_file_finds_the_same(lived: Path, station: StationUnderTest) -> None:
    with open_desk(lived, station.rules, station.workplace()) as service:
        assert service.verify().ok
