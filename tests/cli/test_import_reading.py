"""`desk import`: how files are read is shown, and can be said."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.domain.reading import Overrules
from desk.intake.maps import save_map
from desk.intake.opening import glimpse
from desk.intake.terms import Terms
from tests.builders import StationUnderTest
from tests.cli.running import CommandLine

SAMPLES = Path(__file__).parents[2] / "data/samples"
FRENCH = SAMPLES / "columns-of-their-own-fr.csv"
HEADER = "Date,Time,Seller,Buyer,Item,Bay\n"


def a_file(folder: Path, content: str, encoding: str = "utf-8") -> str:
    path = folder / "bookings.csv"
    path.write_text(content, encoding=encoding)
    return str(path)


def test_how_a_file_was_read_is_shown(cli: CommandLine) -> None:
    ended = cli("import", str(SAMPLES / "microsoft-bookings.tsv"), "--dry-run")

    assert (
        "microsoft-bookings.tsv: Microsoft Bookings · UTF-8 · tab · month before day · "
        "times in America/Los_Angeles\n"
    ) in ended.err
    assert ended.out.startswith("14 new")


def test_an_order_that_no_row_shows_is_said(cli: CommandLine, tmp_path: Path) -> None:
    file = a_file(tmp_path, f"{HEADER}03/12/2026,09:00,Ann,Bob,Lamp,1\n")

    asked = cli("import", file, "--dry-run")
    assert asked.code == 1
    assert "--day-order" in asked.err

    said = cli("import", file, "--dry-run", "--day-order", "month-first")
    assert said.code == 0
    assert "month before day" in said.err


def test_encoding_delimiter_and_zone_are_said(cli: CommandLine, tmp_path: Path) -> None:
    row = "2026-11-23|09:00|Zoé|Bob|Lamp|1\n"
    file = a_file(tmp_path, HEADER.replace(",", "|") + row, "mac_roman")

    assert cli("import", file, "--dry-run").code == 1
    options = ("--encoding", "mac_roman", "--delimiter", "pipe", "--zone", "America/New_York")
    ended = cli("import", file, *options)

    assert ended.code == 0
    assert "Mac Roman · pipe · times in America/New_York" in ended.err
    (exchange,) = cli("list", "2026-11-23", "--json").document["exchanges"]
    assert exchange["parties"][0]["name"] == "Zoé"
    assert exchange["starts_at"] == "2026-11-23T06:00:00-08:00"


def test_a_mapping_of_the_data_folder_is_used(cli: CommandLine, station: StationUnderTest) -> None:
    maps = station.path.parent / "maps"
    proposed = glimpse(FRENCH, Terms(), Overrules()).proposed
    assert proposed is not None

    assert cli("import", str(FRENCH), "--dry-run").code == 1
    save_map(maps, proposed.named("mairie"))

    assert cli("import", str(FRENCH), "--dry-run", "--map", "mairie").code == 0
    by_header = cli("import", str(FRENCH), "--json")
    assert by_header.code == 0
    assert (by_header.document["new"], by_header.document["cancelled"]) == (9, 1)


def test_a_bad_mapping_is_told_and_stops_nothing(
    cli: CommandLine, station: StationUnderTest
) -> None:
    maps = station.path.parent / "maps"
    maps.mkdir()
    (maps / "bad.toml").write_text("header = 1", encoding="utf-8")

    ended = cli("import", str(SAMPLES / "plain.csv"), "--dry-run")

    assert ended.code == 0
    assert "bad.toml" in ended.err


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--map", "nobody"], "no_such_map"),
        (["--encoding", "rot13"], "no_such_encoding"),
        (["--delimiter", "x"], "no_such_delimiter"),
        (["--day-order", "year"], "no_such_order"),
        (["--zone", "Mars/Base"], "no_such_zone"),
    ],
)
def test_what_desk_does_not_know_is_wrong_usage(
    cli: CommandLine, options: list[str], code: str
) -> None:
    ended = cli("import", str(SAMPLES / "plain.csv"), "--dry-run", *options, "--json")

    assert ended.code == 2
    assert ended.error["code"] == code
    assert ended.error["next"]


def test_the_limits_are_the_stations(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path
) -> None:
    settings = station.path.parent / "station.toml"
    settings.write_text("[imports]\nrows = 1\n", encoding="utf-8")
    rows = "".join(f"2026-11-23,09:00,Ann {n},Bob,Lamp,1\n" for n in range(2))

    ended = cli("import", a_file(tmp_path, HEADER + rows), "--dry-run", "--json")

    assert ended.code == 1
    assert ended.document["rejections"][0]["code"] == "too_many_rows"
