"""`desk export`: which days, in which form, and where to."""

from __future__ import annotations

import csv
import io
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from desk.cli.spreadsheet import COLUMNS
from desk.domain.exchange import IdCheck, Side
from desk.domain.intents import Arrive, Leave
from tests.builders import StationUnderTest, a_draft, a_plan, an_exchange, moment
from tests.cli.running import CommandLine, Ended
from tests.hostile import HOSTILE

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def days_told(ended: Ended) -> list[str]:
    return [row["starts_at"][:10] for row in rows(ended.out)]


@pytest.fixture
def three_days(station: StationUnderTest) -> None:
    station.book(
        an_exchange().at("10:00", FRIDAY),
        an_exchange(),
        an_exchange().at("10:00", MONDAY),
    )


def test_a_row_says_everything_about_an_exchange(
    cli: CommandLine, station: StationUnderTest
) -> None:
    ref = station.book_one()
    station.did(Arrive, ref, side=Side.GIVER, at=moment("14:13"), id_check=IdCheck.SEEN)
    station.did(Leave, ref, side=Side.GIVER, at=moment("14:30"))

    ended = cli("export", "--format", "csv")

    (row,) = rows(ended.out)
    assert tuple(row) == COLUMNS
    assert (row["ref"], row["kind"], row["stage"]) == (ref, "sale", "parted")
    assert (row["outcome"], row["disputed"]) == ("", "no")
    assert (row["giver_role"], row["giver_name"]) == ("seller", "Marie Dupont")
    assert (row["giver_presence"], row["giver_id"], row["giver_visits"]) == ("left", "seen", "1")
    assert row["giver_arrived_at"] == "2026-11-21T14:13:00-08:00"
    assert row["giver_left_at"] == "2026-11-21T14:30:00-08:00"
    assert row["giver_left_observed"] == "yes"
    assert (row["receiver_visits"], row["receiver_arrived_at"]) == ("0", "")


@pytest.mark.parametrize(
    ("options", "days"),
    [
        ([], ["2026-11-21"]),
        (["--day", "mon"], ["2026-11-23"]),
        (["--day", "-1"], ["2026-11-20"]),
        (["--from", "yesterday", "--to", "today"], ["2026-11-20", "2026-11-21"]),
        (["--from", "-1", "--to", "+2"], ["2026-11-20", "2026-11-21", "2026-11-23"]),
        (["--from", "mon"], ["2026-11-23"]),
    ],
)
@pytest.mark.usefixtures("three_days")
def test_the_days_that_are_meant_are_written(
    cli: CommandLine, options: list[str], days: list[str]
) -> None:
    assert days_told(cli("export", "--format", "csv", *options)) == days


def test_who_is_here_from_another_day_is_told_with_that_day(
    cli: CommandLine, station: StationUnderTest
) -> None:
    ref = station.book_one(an_exchange().at("10:00", FRIDAY))
    station.clock.set("10:00", FRIDAY)
    station.did(Arrive, ref, side=Side.GIVER)
    station.clock.set("14:32")
    assert [exchange.ref for exchange in station.board().exchanges] == [ref]

    assert days_told(cli("export")) == []
    assert days_told(cli("export", "--from", "-1", "--to", "today")) == ["2026-11-20"]


@pytest.mark.parametrize(
    "options",
    [
        ["--day", "today", "--from", "mon"],
        ["--from", "mon", "--to", "today"],
        ["--from", "2026-01-01", "--to", "2027-01-02"],
        ["--day", "someday"],
        ["--format", "xml"],
    ],
)
def test_days_and_forms_that_make_no_sense_are_wrong_usage(
    cli: CommandLine, options: list[str]
) -> None:
    ended = cli("export", *options)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err


@pytest.mark.parametrize("options", [["--format", "json"], ["--json"]])
def test_a_document_has_the_exchanges_of_the_list(
    cli: CommandLine, station: StationUnderTest, options: list[str]
) -> None:
    station.book_one()

    document = cli("export", *options).document

    assert list(document) == ["station", "code", "timezone", "from", "to", "now", "exchanges"]
    assert document["exchanges"] == cli("list", "--json").document["exchanges"]


def test_rows_are_no_document(cli: CommandLine) -> None:
    ended = cli("export", "--format", "csv", "--json")

    assert ended.code == 2
    assert ended.error["code"] == "csv_is_not_json"


def test_a_file_is_written_and_told_about(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path
) -> None:
    station.book_one()
    out = tmp_path / "day.csv"
    out.write_text("yesterday's", encoding="utf-8")

    ended = cli("export", "--out", str(out))

    assert (ended.code, ended.out) == (0, "")
    assert ended.err == f"1 exchange written to {out}.\n"
    assert rows(out.read_text(encoding="utf-8"))[0]["giver_name"] == "Marie Dupont"


def test_programs_are_told_what_was_written(cli: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "day.csv"

    document = cli("export", "--format", "csv", "--out", str(out), "--json").document

    assert document == {"out": str(out), "format": "csv", "exchanges": 0}
    assert out.read_text(encoding="utf-8").startswith("ref,kind,")


def test_a_file_that_cannot_be_written_is_told(cli: CommandLine, tmp_path: Path) -> None:
    ended = cli("export", "--out", str(tmp_path / "nowhere/day.csv"), "--json")

    assert ended.code == 1
    assert ended.error["code"] == "cannot_write"
    assert "nowhere" in ended.error["explanation"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes among its files")
def test_what_is_no_file_is_not_replaced_by_one(cli: CommandLine, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    ended = cli("export", "--out", str(pipe), "--json")

    assert ended.error["code"] == "cannot_write"
    assert pipe.is_fifo()


def test_a_link_is_followed(cli: CommandLine, tmp_path: Path) -> None:
    file, link = tmp_path / "day.csv", tmp_path / "link.csv"
    file.touch()
    link.symlink_to(file)

    assert cli("export", "--out", str(link)).code == 0

    assert link.is_symlink()
    assert file.read_text(encoding="utf-8").startswith("ref,kind,")


def test_no_cell_is_a_formula_or_a_control_code(
    cli: CommandLine, station: StationUnderTest
) -> None:
    drafts = [
        a_draft(an_exchange().between(text or "x", "Paul Martin").about(text), row=row)
        for row, text in enumerate(HOSTILE, start=2)
    ]
    assert station.take_in(a_plan(*drafts)).accepted

    ended = cli("export")

    cells = [cell for row in rows(ended.out) for cell in row.values()]
    assert len(rows(ended.out)) == len(HOSTILE)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert [cell for cell in cells if any(each < " " or each == "\x9b" for each in cell)] == []
    assert '\'=HYPERLINK("x")' in cells


# Calendars and single exchanges


def events(content: str | bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


@pytest.mark.usefixtures("three_days")
def test_a_calendar_has_the_days_that_are_meant(cli: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "days.ics"

    ended = cli("export", "--from", "-1", "--to", "mon", "--format", "ics", "--out", str(out))

    assert ended.err == f"3 exchanges written to {out}.\n"
    assert [str(event["dtstart"].dt.date()) for event in events(out.read_bytes())] == [
        "2026-11-20",
        "2026-11-21",
        "2026-11-23",
    ]
    assert out.read_bytes().count(b"\r\n") == out.read_bytes().count(b"\n")


def test_one_exchange_of_any_day_is_written(cli: CommandLine, station: StationUnderTest) -> None:
    _other, ref = station.book(an_exchange(), an_exchange().at("10:00", MONDAY))

    (event,) = events(cli("export", "--ref", ref, "--format", "ics").out)
    (row,) = rows(cli("export", "--ref", ref).out)
    document = cli("export", "--ref", ref, "--json").document

    assert event["uid"] == f"{ref}@KPD"
    assert "Marie Dupont" in event["description"]
    assert row["ref"] == ref
    assert (document["from"], document["to"]) == ("2026-11-23", "2026-11-23")
    assert [each["ref"] for each in document["exchanges"]] == [ref]


def test_a_party_s_calendar_says_nothing_about_the_other(
    cli: CommandLine, station: StationUnderTest
) -> None:
    ref = station.book_one()

    said = cli("export", "--ref", f"{ref}-G", "--format", "ics").out

    assert f"SUMMARY:Sale {ref}-G" in said
    assert not any(hidden in said for hidden in ("Dupont", "Martin", "iPhone"))


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (["--ref", "{ref}-G"], 2, "side_is_for_ics"),
        (["--ref", "{ref}", "--day", "today"], 2, "which_days"),
        (["--ref", "K7QDM7"], 1, "unknown"),
        (["--format", "ics"], 2, "ics_is_not_json"),
    ],
)
def test_what_cannot_be_written_is_told(
    cli: CommandLine, station: StationUnderTest, words: list[str], exit_code: int, code: str
) -> None:
    ref = station.book_one()
    out = [] if code.startswith("ics") else ["--out", "x.csv"]

    ended = cli("export", *(word.format(ref=ref) for word in words), *out, "--json")

    assert (ended.code, ended.error["code"]) == (exit_code, code)


def test_a_calendar_of_one_s_own_is_not_booked_twice(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path
) -> None:
    ref, nowhere = station.book(an_exchange(), an_exchange().at("16:00").in_bay(None))
    out = tmp_path / "own.ics"
    cli("export", "--format", "ics", "--out", str(out))

    told = cli("import", str(out), "--json").document

    assert (told["new"], told["rejected"]) == (0, 2)
    assert {each["code"] for each in told["rejections"]} == {"own_exchange"}
    assert [each["reason"][6:12] for each in told["rejections"]] == [ref, nowhere]
    # To another station it is news.
    out.write_bytes(out.read_bytes().replace(b"@KPD", b"@RPD"))
    assert cli("import", str(out), "--json").document["new"] == 2
