"""`desk journal` and `desk verify`."""

from __future__ import annotations

import pytest

from desk.domain.exchange import Side
from desk.domain.intents import Arrive
from tests.builders import StationUnderTest, an_exchange
from tests.cli.running import CommandLine
from tests.guarded import tampering

ROW_KEYS = [
    "number",
    "verb",
    "accepted",
    "code",
    "refs",
    "side",
    "officer",
    "desk",
    "occurred_at",
    "recorded_at",
    "undoes",
    "overrode",
    "hash",
]


def test_the_journal_is_one_document(cli: CommandLine, station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().with_seller_here("14:13"))

    document = cli("journal", "--json").document

    assert list(document) == ["rows"]
    assert all(list(row) == ROW_KEYS for row in document["rows"])
    verbs = [row["verb"] for row in document["rows"]]
    assert (verbs[:2], verbs[-3:]) == (["init", "enrol"], ["import", "arrive", "sign_in"])
    newest = document["rows"][-2]
    assert newest == {
        "number": len(verbs) - 1,
        "verb": "arrive",
        "accepted": True,
        "code": "accepted",
        "refs": [ref],
        "side": "giver",
        "officer": "4412",
        "desk": "desk 1",
        "occurred_at": "2026-11-21T14:13:00-08:00",
        "recorded_at": "2026-11-21T14:32:00-08:00",
        "undoes": None,
        "overrode": [],
        "hash": newest["hash"],
    }
    assert len(newest["hash"]) == 64


def test_the_journal_of_one_exchange(cli: CommandLine, station: StationUnderTest) -> None:
    mine, _other = station.book(an_exchange(), an_exchange().at("15:00"))
    station.did(Arrive, mine, side=Side.GIVER)

    rows = cli("journal", mine.lower(), "--json").document["rows"]

    assert [row["verb"] for row in rows] == ["import", "arrive"]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("K7QDM7", "K7QDM7 is not"),
        ("K7QDMO", "never has 0, O, 1, I, L or U"),
        ("what", "six letters"),
    ],
)
def test_a_reference_that_nobody_knows_is_told(cli: CommandLine, typed: str, hint: str) -> None:
    ended = cli("journal", typed, "--json")

    assert ended.code == 1
    assert ended.error["code"] == "unknown"
    assert hint in ended.error["explanation"]


def test_people_get_one_line_for_each_act(cli: CommandLine, station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().with_seller_here())

    lines = cli("journal").out.splitlines()

    arrived = next(row.number for row in station.service.journal() if row.verb == "arrive")
    line = next(each for each in lines if each.split()[0] == str(arrived))
    assert line.split()[1:3] == ["2026-11-21", "14:32"]
    assert ref in line


def test_an_untouched_record_is_told_so(cli: CommandLine, station: StationUnderTest) -> None:
    station.book_one()

    ended = cli("verify", "--json")

    assert ended.code == 0
    assert ended.document == {
        "ok": True,
        "rows": len(station.service.journal()),
        "head": station.service.journal()[-1].hash,
        "findings": [],
        "checkpoints": [],
    }
    assert "acts, and every one as it was written." in cli("verify").out


def test_a_touched_record_is_told_row_by_row(cli: CommandLine, station: StationUnderTest) -> None:
    station.book_one(an_exchange().with_seller_here())
    station.service.close()
    with tampering(station) as database:
        triggers = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'act'"
        ).fetchall()
        for (name,) in triggers:
            database.execute(f'DROP TRIGGER "{name}"')
        (number,) = database.execute("SELECT max(number) FROM act").fetchone()
        database.execute("UPDATE act SET verb = 'leave' WHERE number = ?", (number,))

    ended = cli("verify", "--json")

    assert ended.code == 1
    document = ended.document
    assert list(document) == ["ok", "rows", "head", "findings", "checkpoints"]
    assert document["ok"] is False
    assert list(document["findings"][0]) == ["number", "table", "code", "explanation"]
    assert any(finding["number"] == number for finding in document["findings"])
    people = cli("verify")
    assert people.code == 1
    assert "act" in people.out


def test_a_record_is_looked_at_as_it_is_whatever_the_settings_say(
    cli: CommandLine, station: StationUnderTest
) -> None:
    acts = len(station.service.journal())
    settings = station.path.parent / "station.toml"
    settings.write_text("[rules.sale]\ngrace = 99\n[looks]\ntheme = 1\n", encoding="utf-8")
    with tampering(station) as database:
        database.execute("DROP TRIGGER act_is_never_changed")
        database.execute("UPDATE station SET timezone = 'Nowhere/Atall', rules_digest = 'x'")

    for _again in range(2):
        ended = cli("verify", "--json")

        assert ended.code == 1
        assert ended.document["rows"] == acts
        assert [
            (found["number"], found["table"], found["code"]) for found in ended.document["findings"]
        ] == [(None, "act", "trigger_missing"), (1, "station", "changed")]
        assert ended.document["findings"][1]["explanation"] == (
            "station 1 is not as the journal says: timezone, rules_digest."
        )
