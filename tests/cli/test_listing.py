"""`desk list`: the document's exact keys, and lines that people can read."""

from __future__ import annotations

from datetime import date

import pytest

from desk.domain.exchange import IdCheck, Kind, Side
from desk.domain.intents import Arrive, Cancel, Leave
from desk.text import safe
from tests.builders import StationUnderTest, a_draft, a_plan, an_exchange, moment
from tests.cli.running import CommandLine
from tests.hostile import HOSTILE

MONDAY = date(2026, 11, 23)


def test_a_day_is_one_document_with_every_key(cli: CommandLine, station: StationUnderTest) -> None:
    ref = station.book_one(
        an_exchange().between("Marie Dupont", None).with_sides_assumed().from_file("calendly", "x1")
    )
    came, went = moment("14:13"), moment("14:30")
    station.did(Arrive, ref, side=Side.GIVER, at=came, id_check=IdCheck.SEEN)
    station.did(Leave, ref, side=Side.GIVER, at=went)

    ended = cli("list", "--json")

    assert ended.code == 0
    assert ended.err == ""
    document = ended.document
    assert document == {
        "station": "Kennewick PD",
        "code": "KPD",
        "timezone": "America/Los_Angeles",
        "day": "2026-11-21",
        "now": "2026-11-21T14:32:00-08:00",
        "exchanges": [document["exchanges"][0]],
    }
    assert document["exchanges"][0] == {
        "ref": ref,
        "kind": "sale",
        "starts_at": "2026-11-21T14:15:00-08:00",
        "ends_at": "2026-11-21T14:35:00-08:00",
        "bay": "1",
        "item": "iPhone 13 128 GB",
        "stage": "parted",
        "outcome": None,
        "disputed": False,
        "source": "calendly",
        "external_id": "x1",
        "parties": [SELLER, BUYER],
    }


SELLER = {
    "side": "giver",
    "role": "seller",
    "assumed": False,
    "name": "Marie Dupont",
    "presence": "left",
    "id": "seen",
    "visits": [
        {
            "arrived_at": "2026-11-21T14:13:00-08:00",
            "left_at": "2026-11-21T14:30:00-08:00",
            "left_observed": True,
        }
    ],
}
BUYER = {
    "side": "receiver",
    "role": "buyer",
    "assumed": False,
    "name": None,
    "presence": "expected",
    "id": "not_asked",
    "visits": [],
}


def test_what_is_unknown_is_null(cli: CommandLine, station: StationUnderTest) -> None:
    station.book_one(an_exchange().about("").in_bay(None))

    (exchange,) = cli("list", "--json").document["exchanges"]

    assert (exchange["item"], exchange["bay"], exchange["external_id"]) == (None, None, None)


def test_an_outcome_is_told_by_its_word(cli: CommandLine, station: StationUnderTest) -> None:
    ref = station.book_one()
    station.did(Cancel, ref)

    (exchange,) = cli("list", "--json").document["exchanges"]

    assert (exchange["outcome"], exchange["stage"]) == ("cancelled", "cancelled")


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        (Kind.SALE, ["seller", "buyer"]),
        (Kind.VEHICLE, ["seller", "buyer"]),
        (Kind.CUSTODY, ["releasing adult", "receiving adult"]),
        (Kind.OTHER, ["first party", "second party"]),
    ],
)
def test_the_kind_names_the_roles(
    cli: CommandLine, station: StationUnderTest, kind: Kind, roles: list[str]
) -> None:
    station.book_one(an_exchange().of_kind(kind))

    (exchange,) = cli("list", "--json").document["exchanges"]

    assert [party["role"] for party in exchange["parties"]] == roles


@pytest.mark.parametrize("day", ["monday", "Mon", "+2", "2026-11-23", "23/11"])
def test_a_day_can_be_said_in_many_ways(
    cli: CommandLine, station: StationUnderTest, day: str
) -> None:
    station.book_one(an_exchange().at("10:00", MONDAY))

    document = cli("list", day, "--json").document

    assert document["day"] == "2026-11-23"
    assert len(document["exchanges"]) == 1


@pytest.mark.parametrize("day", ["yesterday", "-1"])
def test_a_day_that_has_passed_can_be_said(cli: CommandLine, day: str) -> None:
    assert cli("list", day, "--json").document["day"] == "2026-11-20"


def test_what_is_no_day_is_wrong_usage(cli: CommandLine) -> None:
    ended = cli("list", "someday", "--json")

    assert ended.code == 2
    assert ended.error["code"] == "no_such_day"
    assert "someday" in ended.error["explanation"]


def test_people_get_one_line_for_each(cli: CommandLine, station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().with_seller_here())

    lines = cli("list").out.splitlines()

    assert len(lines) == 2
    for words in (ref, "14:15", "overdue 2 min", "Marie Dupont", "Paul Martin", "iPhone 13"):
        assert words in lines[1]


def test_an_empty_day_says_what_to_do(cli: CommandLine) -> None:
    ended = cli("list")

    assert ended.out == ""
    assert "Nothing is booked on 2026-11-21." in ended.err
    assert "desk import" in ended.err


def test_nothing_that_a_terminal_obeys_is_printed(
    cli: CommandLine, station: StationUnderTest
) -> None:
    drafts = [
        a_draft(an_exchange().between("x" + text, None).about(text), row=row)
        for row, text in enumerate(HOSTILE, start=2)
    ]
    assert station.take_in(a_plan(*drafts)).accepted

    lines = cli("list").out.splitlines()
    document = cli("list", "--json").out

    assert len(lines) == 1 + len(HOSTILE)
    assert [safe(line) for line in lines] == lines
    assert document.isascii()
    assert all(line.isprintable() for line in document.splitlines())
