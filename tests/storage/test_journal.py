"""The journal's form, spelled out a second time: what is hashed, and what is never in it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from desk.domain.booking import PartyDraft
from desk.domain.exchange import DisputeCategory, Settlement, Side
from desk.domain.intents import Arrive, ArriveAnyway, Note, OpenDispute, Reopen, Settle
from desk.storage.engine import connect, make_engine
from desk.storage.tables import DETAILS, METADATA
from tests.builders import StationUnderTest, a_draft, a_plan, an_exchange
from tests.storage.loose import rows_of, tampering


@pytest.fixture
def record(loose: Engine) -> Iterator[Connection]:
    with tampering(loose) as connection:
        yield connection


def canonical(value: object) -> bytes:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def test_an_acts_hash_covers_the_one_before_its_columns_its_officer_and_its_lines(
    record: Connection,
) -> None:
    badges = {row["id"]: row["badge"] for row in rows_of(record, "officer")}
    before = "0" * 64
    for number, act in enumerate(rows_of(record, "act"), start=1):
        columns = without(act, "lines_digest", "prev_hash", "hash")
        columns["badge"] = badges.get(act["officer_id"])
        lines = str(act["lines_digest"]).encode()
        own = hashlib.sha256(b"desk/act/1\0" + before.encode() + canonical(columns) + lines)

        assert act["number"] == number
        assert act["prev_hash"] == before
        assert act["hash"] == own.hexdigest()
        before = own.hexdigest()
    head = rows_of(record, "station")[0]
    assert (head["head_number"], head["head_hash"]) == (number, before)


def test_an_acts_lines_are_digested_in_the_order_of_their_exchanges(record: Connection) -> None:
    lines = rows_of(record, "act_line")
    for line in lines:
        digest = hashlib.sha256(b"desk/line/1\0" + canonical(without(line, "digest")))
        assert line["digest"] == digest.hexdigest()
    for act in rows_of(record, "act"):
        own = [line for line in lines if line["act_number"] == act["number"]]
        digests = [
            each["digest"] for each in sorted(own, key=lambda each: str(each["exchange_id"]))
        ]
        digest = hashlib.sha256(b"desk/lines/1\0" + canonical(digests))
        assert act["lines_digest"] == digest.hexdigest()


def test_each_details_row_is_committed_to_once_under_its_own_key(record: Connection) -> None:
    commitments = {}
    for row in (*rows_of(record, "act"), *rows_of(record, "act_line")):
        for table, id_, commitment in json.loads(str(row["details"])):
            assert (table, id_) not in commitments
            commitments[table, id_] = commitment
    keys = set()
    for table in DETAILS:
        for row in rows_of(record, table.name):
            key = row["key"]
            assert isinstance(key, bytes)
            assert len(key) == 32
            keys.add(key)
            columns = canonical({"table": table.name, **without(row, "key")})
            assert (
                commitments.pop((table.name, row["id"]))
                == hmac.new(key, columns, "sha256").hexdigest()
            )
    erased = {
        (table, id_): commitment
        for act in rows_of(record, "act")
        for table, rows in json.loads(str(act["facts"])).get("erased", {}).items()
        for id_, commitment in rows
    }
    assert erased
    assert commitments == erased
    assert len(keys) == sum(len(rows_of(record, table.name)) for table in DETAILS)


def test_json_in_the_journal_is_canonical(record: Connection) -> None:
    for act in rows_of(record, "act"):
        for name in ("overrode", "facts", "next", "details"):
            assert canonical(json.loads(str(act[name]))).decode() == act[name]
    for line in rows_of(record, "act_line"):
        for name in ("before", "after", "details"):
            if line[name] is not None:
                assert canonical(json.loads(str(line[name]))).decode() == line[name]


def test_a_snapshot_holds_ids_times_and_words_of_ours_and_no_version(record: Connection) -> None:
    kept = json.loads(str(rows_of(record, "act_line")[0]["after"]))

    assert set(kept) == {
        "ref",
        "large",
        "merged_into",
        "kind",
        "starts_at",
        "ends_at",
        "bay",
        "outcome",
        "closed_at",
        "started_at",
        "source",
        "details",
        "unbooked",
        "dispute",
        "parties",
    }
    assert [set(party) for party in kept["parties"]] == [
        {
            "id",
            "side",
            "presence",
            "assumed",
            "id_check",
            "expected_at",
            "hold",
            "details",
            "visits",
        }
    ] * 2


def test_a_refused_act_has_a_line_without_states_and_an_unknown_reference_none(
    record: Connection,
) -> None:
    refused = [act for act in rows_of(record, "act") if not act["accepted"]]
    codes = [
        "already_here",
        "unknown",
        "not_proven",
        "locked_out",
        *["not_allowed"] * 2,
        "not_identified",
    ]
    assert [act["code"] for act in refused] == codes
    lines = [
        line
        for line in rows_of(record, "act_line")
        if line["act_number"] in [act["number"] for act in refused]
    ]
    assert [(line["before"], line["after"], line["details"]) for line in lines] == [
        (None, None, "[]")
    ]


SAID = "seller phone email plate buyer item external file note reason report told arriver"
WORDS = {name: f"zq{name}zq" for name in SAID.split()}


def say_everything(station: StationUnderTest) -> None:
    """Has every text that an officer or a file can give stored, each with a word of its own."""
    draft = a_draft(an_exchange().about(WORDS["item"]).from_file("plain", WORDS["external"]))
    giver = PartyDraft(WORDS["seller"], WORDS["phone"], WORDS["email"], WORDS["plate"])
    unnamed = replace(draft, giver=giver, receiver=PartyDraft(None), file=WORDS["file"])
    assert station.take_in(replace(a_plan(unnamed), files=(WORDS["file"],))).accepted
    (exchange,) = station.board().exchanges
    ref = exchange.ref
    station.did(ArriveAnyway, ref, side=Side.GIVER, reason=WORDS["arriver"])
    station.did(Arrive, ref, side=Side.RECEIVER, name=WORDS["buyer"])
    station.did(Note, ref, text=WORDS["note"])
    station.did(OpenDispute, ref, category=DisputeCategory.OTHER, text=WORDS["report"])
    station.did(Settle, ref, settlement=Settlement.NO_ACTION, text=WORDS["told"])
    assert not station.do(Reopen, ref, reason=WORDS["reason"]).accepted
    assert not station.do(Note, f"no {WORDS['note']}", text=WORDS["note"]).accepted


def test_no_word_about_a_person_is_outside_the_details(station: StationUnderTest) -> None:
    say_everything(station)
    engine = make_engine(lambda: connect(station.path))
    with engine.begin() as connection:
        places: dict[str, set[str]] = {word: set() for word in WORDS.values()}
        for table in METADATA.tables:
            for row in rows_of(connection, table):
                for word in WORDS.values():
                    if any(word in str(value) for value in row.values()):
                        places[word].add(table)
    engine.dispose()

    details = {table.name for table in DETAILS}
    assert places.pop(WORDS["reason"]) == set(), "a refused act keeps no words"
    assert all(len(tables) == 1 and tables <= details for tables in places.values()), places
