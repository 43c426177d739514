"""`desk slip`: for one side, as text or as PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.domain.exchange import Kind
from tests.builders import StationUnderTest, an_exchange
from tests.cli.running import CommandLine


def test_a_slip_is_text_with_its_code_and_nothing_about_the_other(
    cli: CommandLine, station: StationUnderTest
) -> None:
    ref = station.book_one()

    ended = cli("slip", ref, "buyer")

    assert (ended.code, ended.err) == (0, "")
    assert f"{ref}-R, Buyer\n" in ended.out
    assert "▀▀▀▀▀█" in ended.out
    assert "Come at most 30 minutes early" in ended.out
    assert not any(hidden in ended.out for hidden in ("Dupont", "Martin", "iPhone"))
    assert cli("slip", f"{ref}-R").out == ended.out


def test_the_code_for_other_printers_and_none(cli: CommandLine, station: StationUnderTest) -> None:
    ref = station.book_one()

    plain = cli("slip", f"{ref}-G", "--qr", "ascii").out
    without = cli("slip", f"{ref}-G", "--qr", "none").out

    assert "##############" in plain
    assert plain.isascii()
    assert "##" not in without
    assert f"{ref}-G" in without


def test_the_station_s_own_rules_stand_in_the_place_of_desk_s(
    cli: CommandLine, station: StationUnderTest
) -> None:
    settings = station.path.with_name("station.toml")
    rules = 'rules = ["Park forwards.", "Be \\u001b[2Jkind."]'
    settings.write_text(settings.read_text("utf-8").replace("rules = []", rules), "utf-8")

    said = cli("slip", station.book_one(), "g").out

    assert "- Park forwards.\n- Be [2Jkind.\n" in said
    assert "30 minutes" not in said


def test_a_pdf_is_written_and_said(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path
) -> None:
    ref, file = station.book_one(), tmp_path / "slip.pdf"

    ended = cli("slip", ref, "seller", "--pdf", str(file))

    assert (ended.code, ended.out) == (0, "")
    assert ended.err == f"{ref}-G written to {file}.\n"
    assert file.read_bytes().startswith(b"%PDF-")


def test_json_is_one_document_with_the_station_s_times(
    cli: CommandLine, station: StationUnderTest
) -> None:
    ref = station.book_one()

    document = cli("slip", ref, "g", "--json").document

    assert document.pop("rules")
    assert document == {
        "slip": f"{ref}-G",
        "ref": ref,
        "side": "giver",
        "station": "Kennewick PD",
        "starts_at": "2026-11-21T14:15:00-08:00",
        "ends_at": "2026-11-21T14:35:00-08:00",
        "bay": "1",
        "out": None,
    }


@pytest.mark.parametrize("words", [[], ["adult"], ["seller"], ["-"]])
def test_a_side_that_is_not_clear_is_asked_for(
    cli: CommandLine, station: StationUnderTest, words: list[str]
) -> None:
    ref = station.book_one(an_exchange().of_kind(Kind.CUSTODY))

    ended = cli("slip", ref, *words, "--json")

    assert ended.code == 2
    assert ended.error["code"] == "which_side"
    assert f"{ref}-G for the releasing adult" in ended.error["next"]


def test_a_side_said_twice_otherwise_is_not_clear(
    cli: CommandLine, station: StationUnderTest
) -> None:
    ref = station.book_one()

    assert cli("slip", f"{ref}-G", "buyer", "--json").error["code"] == "which_side"


@pytest.mark.parametrize("typed", ["K7QDM7", "K7QDM8", "nobody", "\x1b[2J"])
def test_a_reference_that_nobody_has_is_told(cli: CommandLine, typed: str) -> None:
    ended = cli("slip", typed, "g")

    assert ended.code == 1
    assert "is not a reference of this station." in ended.err
    assert "\x1b" not in ended.err


def test_text_and_pdf_at_once_are_refused(cli: CommandLine) -> None:
    assert cli("slip", "K7QDM7", "--text", "--pdf", "x.pdf").code == 2
