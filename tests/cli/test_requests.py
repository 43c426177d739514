"""`desk request`, `desk hold` and `desk retention`: what people ask, what is kept, what goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desk.domain.booking import Booking
from desk.domain.exchange import DisputeCategory
from desk.domain.intents import Amend, Arrive, Finish, Note, OpenDispute
from desk.domain.looks import LookedAt
from tests.builders import DAY, StationUnderTest, an_exchange
from tests.cli.running import CommandLine
from tests.rights.making import G, R, zeldas

ABOUT_ZELDA = ("--asker", "Zelda Quispe", "--name", "Zelda Quispe", "--phone", "509-555-0142")


def asked(cli: CommandLine, *more: str, kind: str = "access") -> str:
    """Writes a request of Zelda's down, and returns its number."""
    ended = cli("request", "open", kind, *ABOUT_ZELDA, *more, "--json")
    assert ended.code == 0, ended
    return str(ended.document["number"])


def met(station: StationUnderTest, ref: str) -> str:
    for side in (G, R):
        station.did(Arrive, ref, side=side)
    station.did(Finish, ref)
    return ref


def test_candidates_are_sure_by_a_code_and_possible_by_a_name(
    cli: CommandLine, station: StationUnderTest
) -> None:
    hers, namesake, mistyped, stranger = station.book(
        zeldas(),
        an_exchange().at("15:00").between("Bo Two", "QUISPE, Zelda"),
        an_exchange().at("15:30").between("Zelda Quispee", "Cy Three"),
        an_exchange().at("16:00").between("Zelda Marsh", "Di Four"),
    )
    number = asked(cli)

    told = cli("request", "show", number, "--json").document["candidates"]

    found = {(each["ref"], each["side"]): (each["sure"], each["by"]) for each in told}
    assert found == {
        (hers, "giver"): (True, ["name", "phone"]),
        (namesake, "receiver"): (False, ["name"]),
        (mistyped, "giver"): (False, ["name"]),
    }
    assert told[0]["ref"] == hers
    assert stranger not in str(told)
    assert not any(each["picked"] for each in told)
    assert "possible: only by name" in cli("request", "show", number).out


def test_who_was_replaced_and_who_is_hidden_are_found_too(
    cli: CommandLine, station: StationUnderTest
) -> None:
    ref = station.book_one(zeldas())
    booking = Booking.of(station.exchange(ref))

    station.did(
        Amend, ref, booking=replace(booking, giver=Booking.of(station.exchange(ref)).receiver)
    )
    hidden = station.book_one(zeldas(an_exchange().at("16:00").about("lamp")))
    station.undo(hidden)

    told = cli("request", "show", asked(cli), "--json").document["candidates"]

    assert {(each["ref"], each["former"]) for each in told} == {(ref, True), (hidden, False)}


def test_the_sheet_has_her_own_data_and_nothing_of_the_other(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path
) -> None:
    ref = station.book_one(zeldas(an_exchange().about("bicycle")))
    station.did(Arrive, ref, side=G)
    station.did(Note, ref, text="Martin says that she shouted")
    station.did(OpenDispute, ref, category=DisputeCategory.THREAT, reported_by=R, text="Quispe hit")
    number = asked(cli)
    assert cli("request", "sheet", number, "--json").error["code"] == "nothing_picked"
    assert cli("request", "pick", number, f"{ref}-G").code == 0

    sheet = cli("request", "sheet", number).out

    for own in (ref, "Zelda Quispe", "+1 509 555 0142", "BRT-4471", "bicycle", "14:32", "Threat"):
        assert own in sheet, own
    for others in ("Martin", "shouted", "hit", "reported by"):
        assert others not in sheet, others
    assert "2 notes by officers" in sheet
    file = tmp_path / "own.pdf"
    assert cli("request", "sheet", number, "--pdf", str(file)).code == 0
    assert file.read_bytes().startswith(b"%PDF")


def test_an_item_that_names_the_other_party_is_left_out(
    cli: CommandLine, station: StationUnderTest
) -> None:
    ref = station.book_one(zeldas(an_exchange().about("bicycle for P. Martin")))
    number = asked(cli)
    assert cli("request", "pick", number, f"{ref}-G").code == 0

    assert "bicycle" not in cli("request", "sheet", number).out


def test_handing_out_is_journalled_with_to_whom_and_looking_is_recorded(
    cli: CommandLine, station: StationUnderTest
) -> None:
    ref = station.book_one(zeldas())
    number = asked(cli)
    cli("request", "pick", number, f"{ref}-G")
    refused = cli("request", "release", number, "--to", "herself", "--json")
    assert (refused.code, refused.document["code"]) == (1, "not_identified")
    assert cli("request", "identify", number, "seen").code == 0

    assert cli("request", "release", number, "--to", "herself, on paper").code == 0

    (released,) = cli("request", "show", number, "--json").document["released"]
    assert (released["to"], released["officer"]) == ("herself, on paper", "4412")
    text = (station.path.parent / "exports" / f"request-{number}.txt").read_text("utf-8")
    assert "Zelda Quispe" in text
    looks = station.service.looks(ref)
    assert LookedAt.HISTORY in {each.what for each in looks}


def test_a_lawyers_request_holds_until_a_supervisor_lifts_it(
    cli: CommandLine, station: StationUnderTest, chief: tuple[str, ...]
) -> None:
    ref = met(station, station.book_one(zeldas()))
    asked(cli, kind="lawyer")
    (hold,) = cli("hold", "--json").document["holds"]
    assert hold["person"]["phone"] == "509-555-0142"
    number = asked(cli, "--id", "seen", kind="erasure")
    cli("request", "pick", number, f"{ref}-G")
    station.clock.advance(hours=1)

    plan = cli("request", "erase", number, "--json").document
    assert (plan["goes"], plan["kept"]) == ([], {ref: hold["number"]})
    refused = cli("request", "erase", number, "--apply", *chief, "--json")
    assert (refused.code, refused.document["code"]) == (1, "under_hold")

    assert cli("hold", "lift", "1", "--because", "over").code == 1
    assert cli("hold", "lift", "1", "--because", "over", *chief).code == 0
    assert cli("request", "erase", number, "--apply").code == 1
    assert cli("request", "erase", number, "--apply", *chief).code == 0
    assert "Zelda" not in cli("export", "--format", "csv").out
    assert cli("verify").code == 0


def test_a_file_that_waits_in_the_inbox_is_named_before_and_after_erasing(
    cli: CommandLine, station: StationUnderTest, chief: tuple[str, ...]
) -> None:
    inbox = station.path.parent / "inbox"
    inbox.mkdir(exist_ok=True)
    waits = inbox / "monday.csv"
    waits.write_text("Seller,Buyer\nZelda Quispe,Bo Two\n", encoding="utf-8")
    told = "inbox/monday.csv waits and still names them: take it in or mend it, then erase again"

    for way in ([], ["--json"]):
        ref = met(station, station.book_one(zeldas()))
        number = asked(cli, "--id", "seen", kind="erasure")
        cli("request", "pick", number, f"{ref}-G")
        station.clock.advance(hours=1)
        for applied in ([], ["--apply", *chief]):
            ended = cli("request", "erase", number, *applied, *way)
            assert ended.code == 0
            if way:
                assert ended.document["leftovers"]["waiting"] == ["inbox/monday.csv"]
            else:
                assert told in ended.out
    assert waits.exists()


def test_a_hold_is_placed_on_exchanges_and_people(
    cli: CommandLine, station: StationUnderTest, chief: tuple[str, ...]
) -> None:
    ref = station.book_one()
    said = ("hold", "place", ref, "--plate", "BRT 4471", "--because", "court order")
    assert cli(*said, "--json").document["code"] == "not_allowed"

    placed = cli(*said, *chief, "--json")

    assert (placed.code, placed.document["number"]) == (0, 1)
    listed = cli("hold").out
    assert all(words in listed for words in (ref, "BRT 4471", "court order"))


def test_retention_reports_first_and_erases_when_told(
    cli: CommandLine, station: StationUnderTest, chief: tuple[str, ...]
) -> None:
    ref = met(station, station.book_one(zeldas()))
    station.clock.set("14:32", DAY + timedelta(days=400))
    assert cli("retention", "--json").document["classes"][0]["days"] is None
    settings = station.path.with_name("station.toml")
    said = settings.read_text("utf-8").replace("# sales = 365", "sales = 365")
    settings.write_text(said, "utf-8")

    report = cli("retention", "--json").document

    assert report["classes"][0] == {
        "class": "sales",
        "days": 365,
        "due": [{"ref": ref, "ended_on": "2026-11-21", "hold": None}],
        "unfinished": [],
        "count": 0,
    }
    assert report["applied"] is None
    assert f"{ref}  sales  2026-11-21  goes" in cli("retention").out
    assert cli("retention", "--apply", "--json").document["code"] == "not_allowed"
    applied = cli("retention", "--apply", *chief, "--json")
    assert (applied.code, applied.document["applied"]["exchanges"]) == (0, 1)
    again = cli("retention", "--apply", *chief, "--json")
    nothing = {"exchanges": 0, "acts": 0, "archive": None}
    assert (again.code, again.document["applied"]) == (0, nothing)
    assert "Nothing is due to be erased" in cli("retention", "--apply", *chief).out


@pytest.mark.parametrize("typed", ["K7QDM7", "nonsense", ""])
def test_a_party_needs_a_side(cli: CommandLine, typed: str) -> None:
    ended = cli("request", "pick", "1", typed, "--json")

    assert (ended.code, ended.error["code"]) == (2, "which_side")


def test_a_request_that_is_not_there_is_said(cli: CommandLine) -> None:
    assert cli("request", "show", "7", "--json").error["code"] == "unknown_request"
    assert cli("request", "close", "7", "withdrawn", "--json").document["code"] == (
        "unknown_request"
    )
    assert cli("request").err.strip() == "Nobody has asked for anything."
