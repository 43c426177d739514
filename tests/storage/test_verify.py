"""Whatever is touched is named: acts, lines, words, and the tables that the journal speaks of."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from desk.domain.views import Verification
from desk.errors import StoreError
from desk.storage import verify
from desk.storage.canonical import act_hash, line_digest, lines_digest
from desk.storage.tables import METADATA
from tests.storage.loose import covered, rows_of, tampering

Named = tuple[str, int | None]
"""A table, and the number of a row in it."""

TABLES = tuple(name for name in METADATA.tables if name != "journal_start")
"""A journal begins with its first act until it is shortened (test_shortening)."""

DETAILS = tuple(name for name in TABLES if name.endswith("_details"))
CHAINED = ("act", "act_line", *DETAILS)
NAMED_BY = dict.fromkeys(TABLES, "id") | {
    "act": "number",
    "act_line": "act_number",
    "dispute": "number",
    "look": "act_number",
    "visit": "party_id",
}
KEYS = {
    name: tuple(column.name for column in table.primary_key)
    for name, table in METADATA.tables.items()
}
HEAD = ("head_number", "head_hash")
"""What the station remembers of its newest act, which is named instead."""


def columns_of(table: str) -> list[str]:
    return [column.name for column in METADATA.tables[table].columns]


def spread(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Returns at most nine of the rows, from the first to the last."""
    return [*rows[: -1 : len(rows) // 8 + 1], rows[-1]]


def name_of(connection: Connection, table: str, row: dict[str, Any], column: str) -> Named:
    """Returns what has to be named when that column of a row is touched."""
    if column in HEAD:
        return "act", int(str(rows_of(connection, "act")[-1]["number"]))
    return table, row[NAMED_BY[table]]


def checked(connection: Connection) -> Verification:
    with covered(connection):
        return verify.verify(connection)


def named(connection: Connection) -> set[Named]:
    found = checked(connection)
    assert not found.ok
    assert all(each.explanation and each.code for each in found.findings)
    return {(each.table, each.number) for each in found.findings}


def put(connection: Connection, table: str, row: dict[str, Any], column: str, value: Any) -> None:
    where = " AND ".join(f'"{key}" IS ?' for key in KEYS[table])
    keys = tuple(row[key] for key in KEYS[table])
    connection.exec_driver_sql(f'UPDATE "{table}" SET "{column}" = ? WHERE {where}', (value, *keys))


def one_byte_off(value: object, position: int = 0) -> object:
    match value:
        case None:
            return "x"
        case int():
            return value ^ 1 << (position % 8)
        case bytes():
            at = position % len(value)
            return value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]
        case str() if not value:
            return "x"
        case str():
            at = position % len(value)
            return value[:at] + chr(ord(value[at]) ^ 64) + value[at + 1 :]
    raise AssertionError(value)


def test_a_record_as_it_was_written_is_sound(loose: Engine) -> None:
    with tampering(loose) as connection:
        found = checked(connection)
        acts = rows_of(connection, "act")

    assert found.findings == ()
    assert found.rows == len(acts)
    assert found.head == acts[-1]["hash"]


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table in TABLES for column in columns_of(table)]
)
def test_one_changed_byte_is_named(loose: Engine, table: str, column: str) -> None:
    with tampering(loose) as connection:
        rows = rows_of(connection, table)
    # Of a chain's rows, the first and the last are not held by a neighbour on either side.
    for row in (rows[0], rows[-1]) if table in CHAINED else rows[-1:]:
        with tampering(loose) as connection:
            touched = name_of(connection, table, row, column)
            put(connection, table, row, column, one_byte_off(row[column], position=6))

            assert touched in named(connection)


@pytest.mark.parametrize("column", [name for name in columns_of("act") if name not in KEYS["act"]])
def test_no_other_act_is_blamed(loose: Engine, column: str) -> None:
    with tampering(loose) as connection:
        row = rows_of(connection, "act")[5]
        put(connection, "act", row, column, one_byte_off(row[column]))

        acts = {each for each in named(connection) if each[0] == "act"}
        assert acts == {("act", row["number"])}


@settings(max_examples=60)
@given(data=st.data())
def test_any_changed_byte_is_named(loose: Engine, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(TABLES))
    column = data.draw(st.sampled_from(columns_of(table)))
    with tampering(loose) as connection:
        row = data.draw(st.sampled_from(rows_of(connection, table)))
        touched = name_of(connection, table, row, column)
        value = one_byte_off(row[column], data.draw(st.integers(0, 99)))
        try:
            put(connection, table, row, column, value)
        except IntegrityError:
            reject()  # Another row has that value already, where it may stand only once.

        assert touched in named(connection)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("value", [b"\xff\xfe", "\N{SNOWMAN}", 1.5, 2**62])
def test_a_value_of_another_kind_is_named_too(loose: Engine, table: str, value: object) -> None:
    texts = {each.name for each in METADATA.tables[table].columns if str(each.type) == "TEXT"}
    for column in columns_of(table):
        with tampering(loose) as connection:
            row = rows_of(connection, table)[-1]
            if column == "id" and not isinstance(value, int):
                continue  # A row's number is a whole number, or SQLite says "datatype mismatch".
            if column in texts and not isinstance(value, bytes):
                continue  # SQLite makes a text of it, and other texts are tried above.
            touched = name_of(connection, table, row, column)
            put(connection, table, row, column, value)

            assert touched in named(connection), column


def test_a_text_that_is_not_unicode_is_named(loose: Engine) -> None:
    with tampering(loose) as connection:
        connection.exec_driver_sql("UPDATE act SET desk = CAST(x'ff6465' AS TEXT) WHERE number = 6")

        assert named(connection) == {("act", 6)}


@pytest.mark.parametrize("table", TABLES)
def test_a_deleted_row_is_named_also_the_last(loose: Engine, table: str) -> None:
    with tampering(loose) as connection:
        rows = rows_of(connection, table)
    for row in spread(rows):
        with tampering(loose) as connection:
            where = " AND ".join(f"{key} = {row[key]}" for key in KEYS[table])
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE {where}")

            assert (table, row[NAMED_BY[table]]) in named(connection)


def test_no_neighbour_of_a_deleted_act_is_blamed(loose: Engine) -> None:
    with tampering(loose) as connection:
        connection.exec_driver_sql("DELETE FROM act WHERE number = 5")

        assert {each for each in named(connection) if each[0] == "act"} == {("act", 5)}


def test_a_tail_cut_off_is_named_row_by_row(loose: Engine) -> None:
    with tampering(loose) as connection:
        newest = len(rows_of(connection, "act"))
        connection.exec_driver_sql(f"DELETE FROM act WHERE number > {newest - 3}")
        connection.exec_driver_sql(f"DELETE FROM act_line WHERE act_number > {newest - 3}")

        missing = {("act", number) for number in range(newest - 2, newest + 1)}
        assert missing <= named(connection)


@pytest.mark.parametrize("table", [name for name in TABLES if name != "station"])
def test_two_rows_that_changed_places_are_named(loose: Engine, table: str) -> None:
    with tampering(loose) as connection:
        rows = rows_of(connection, table)
        if len(rows) < 2:
            rows = [*rows, rows[0]]
        first, second = rows[-2], rows[-1]
        payload = [name for name in columns_of(table) if name not in KEYS[table]]
        # Out of the way first, where a column may hold each value only once.
        for name in payload:
            spare = b"?" * 32 if name == "key" else f"?{name}"
            put(connection, table, first, name, spare)
        for name in payload:
            put(connection, table, second, name, first[name])
        for name in payload:
            put(connection, table, first, name, second[name])

        both = {(table, first[NAMED_BY[table]]), (table, second[NAMED_BY[table]])}
        assert both <= named(connection)


def test_an_act_written_anew_with_a_hash_of_its_own_is_named(loose: Engine) -> None:
    with tampering(loose) as connection:
        acts = rows_of(connection, "act")
        for act in (acts[4], acts[-1]):
            forged = act | {"desk": "desk 9"}
            columns = {name: forged[name] for name in forged if name not in verify.CHAINED}
            badge = {"badge": "4412" if act["officer_id"] else None}
            digest, before = str(act["lines_digest"]), str(act["prev_hash"])
            put(connection, "act", act, "desk", "desk 9")
            put(connection, "act", act, "hash", act_hash(before, columns | badge, digest))

            assert ("act", act["number"]) in named(connection)


def test_a_line_written_anew_with_digests_of_its_own_is_named(loose: Engine) -> None:
    with tampering(loose) as connection:
        line = next(row for row in rows_of(connection, "act_line") if '"here"' in str(row["after"]))
        forged = line | {"after": str(line["after"]).replace('"here"', '"left"')}
        digest = line_digest({name: forged[name] for name in forged if name != "digest"})
        put(connection, "act_line", line, "after", forged["after"])
        put(connection, "act_line", line, "digest", digest)
        act = line["act_number"]
        assert ("act_line", act) in named(connection)

        connection.exec_driver_sql(
            "UPDATE act SET lines_digest = ? WHERE number = ?", (lines_digest([digest]), act)
        )
        assert ("act", act) in named(connection)


@pytest.mark.parametrize("nonsense", ["[", "7", '[["act", 1, ""]]', '[["note_details"]]', "null"])
def test_a_record_forged_into_nonsense_is_a_sentence(loose: Engine, nonsense: str) -> None:
    with tampering(loose) as connection:
        act = rows_of(connection, "act")[-1]
        forged = act | {"details": nonsense, "badge": "4412"}
        columns = {name: forged[name] for name in forged if name not in verify.CHAINED}
        own = act_hash(str(act["prev_hash"]), columns, str(act["lines_digest"]))
        connection.exec_driver_sql(
            "UPDATE act SET details = ?, hash = ? WHERE number = ?",
            (nonsense, own, act["number"]),
        )
        connection.exec_driver_sql("UPDATE station SET head_hash = ?", (own,))

        with pytest.raises(StoreError) as refused:
            checked(connection)

    assert refused.value.code == "damaged"


@pytest.mark.parametrize("head", [10**6, 2**62])
def test_a_head_beyond_all_acts_is_named_and_not_counted_up_to(loose: Engine, head: int) -> None:
    with tampering(loose) as connection:
        newest = int(str(rows_of(connection, "act")[-1]["number"]))
        connection.exec_driver_sql(f"UPDATE station SET head_number = {head}")

        found = named(connection)

    assert {("act", newest), ("act", newest + 1)} <= found
    assert len(found) < 2000


def test_an_act_past_the_head_is_named(loose: Engine) -> None:
    with tampering(loose) as connection:
        acts = rows_of(connection, "act")
        newest = int(str(acts[-1]["number"]))
        connection.exec_driver_sql(f"UPDATE station SET head_number = {newest - 1}")

        assert ("act", newest) in named(connection)


def test_a_line_added_to_an_old_act_is_named(loose: Engine) -> None:
    with tampering(loose) as connection:
        line = rows_of(connection, "act_line")[-1]
        added = {name: line[name] for name in line} | {"act_number": 1}
        digest = line_digest({name: added[name] for name in added if name != "digest"})
        marks = ", ".join("?" * len(added))
        connection.exec_driver_sql(
            f"INSERT INTO act_line VALUES ({marks})", tuple((added | {"digest": digest}).values())
        )

        assert ("act_line", 1) in named(connection)


@pytest.mark.parametrize("table", DETAILS)
def test_words_that_nobody_committed_to_are_named(loose: Engine, table: str) -> None:
    with tampering(loose) as connection:
        row = rows_of(connection, table)[-1]
        added = int(str(row["id"])) + 1
        marks = ", ".join("?" * len(row))
        connection.exec_driver_sql(
            f"INSERT INTO {table} VALUES ({marks})", tuple((row | {"id": added}).values())
        )

        assert named(connection) == {(table, added)}
