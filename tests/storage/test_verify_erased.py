"""What was erased is missed by nobody, and nothing else may go in its name."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import Connection, Engine

from desk.domain.views import Verification
from desk.storage import verify
from desk.storage.canonical import KEY_BYTES, act_hash
from tests.storage.loose import covered, rows_of, tampering


def checked(connection: Connection) -> Verification:
    with covered(connection):
        return verify.verify(connection)


def found(connection: Connection) -> set[tuple[str, int | None, str]]:
    return {(each.table, each.number, each.code) for each in checked(connection).findings}


def erasing(connection: Connection) -> dict[str, object]:
    (act,) = (
        act for act in rows_of(connection, "act") if act["verb"] == "erase" and act["accepted"]
    )
    return act


def test_the_rows_that_an_act_erased_are_gone_and_not_missed(loose: Engine) -> None:
    with tampering(loose) as connection:
        erased = json.loads(str(erasing(connection)["facts"]))["erased"]
        assert set(erased) == {
            *("exchange_details", "note_details", "party_details"),
            *("hold_details", "request_details"),
        }
        for table, rows in erased.items():
            held = {row["id"] for row in rows_of(connection, table)}
            assert held.isdisjoint(number for number, _commitment in rows)
        assert found(connection) == set()


def test_an_erased_row_that_is_there_again_is_named(loose: Engine) -> None:
    with tampering(loose) as connection:
        erased = json.loads(str(erasing(connection)["facts"]))["erased"]
        number = erased["note_details"][0][0]
        connection.exec_driver_sql(
            "INSERT INTO note_details VALUES (?, 1, 'again', ?)", (number, b"k" * KEY_BYTES)
        )

        assert {code for _table, number_, code in found(connection) if number_ == number} & {
            "changed",
            "not_erased",
        }


@pytest.mark.parametrize("rehashed", ["as it was", "anew"])
def test_no_other_row_goes_in_the_name_of_an_erasure(loose: Engine, rehashed: str) -> None:
    with tampering(loose) as connection:
        act = erasing(connection)
        facts = json.loads(str(act["facts"]))
        other = rows_of(connection, "note_details")[0]["id"]
        facts["erased"]["note_details"].append([other, "0" * 64])
        forged = json.dumps(facts, sort_keys=True, separators=(",", ":"))
        hash_ = act["hash"]
        if rehashed == "anew":
            columns = {name: value for name, value in act.items() if name not in verify.CHAINED} | {
                "facts": forged,
                "badge": "1000",
            }
            hash_ = act_hash(str(act["prev_hash"]), columns, str(act["lines_digest"]))
        connection.exec_driver_sql(
            "UPDATE act SET facts = ?, hash = ? WHERE number = ?", (forged, hash_, act["number"])
        )
        connection.exec_driver_sql("DELETE FROM note_details WHERE id = ?", (other,))

        assert found(connection) & {
            ("act", act["number"], "changed"),
            ("act", act["number"], "replaced"),
        }


def test_a_booking_files_name_is_emptied_only_by_an_erasure(loose: Engine) -> None:
    with tampering(loose) as connection:
        (row, *_others) = rows_of(connection, "file_details")
        connection.exec_driver_sql(
            "UPDATE file_details SET name = '', key = ? WHERE id = ?",
            (bytes(KEY_BYTES), row["id"]),
        )

        assert ("file_details", row["id"], "changed") in found(connection)
