"""`desk sheet day`, and the sheets that an import leaves for the day the power goes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from desk.domain.exchange import Kind
from tests.builders import StationUnderTest, an_exchange
from tests.cli.running import CommandLine

BOOKINGS = (
    "Date,Time,Seller,Buyer,Item,Bay\n"
    "2026-11-21,15:00,Marie Dupont,Paul Martin,Bicycle,1\n"
    "2026-11-22,15:00,Hana Novak,Jim Tran,Piano,1\n"
)


@pytest.fixture
def exports(station: StationUnderTest) -> Path:
    return station.path.with_name("exports")


def names(folder: Path) -> list[str]:
    found = folder.iterdir() if folder.exists() else ()
    return sorted(path.name for path in found if not path.name.startswith("."))


def test_a_day_is_text_with_boxes(cli: CommandLine, station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().with_seller_here("14:13"))

    ended = cli("sheet", "day")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Kennewick PD · Saturday 21 November 2026\nAs of 14:32.")
    assert ref in ended.out
    assert re.search(r"Marie Dupont +\[x\] 14:13  \[ \] _____", ended.out)
    assert ended.out == cli("sheet", "day", "today", "--text").out
    assert "Sunday 22 November 2026" in cli("sheet", "day", "tomorrow").out
    assert "Friday 20 November 2026" in cli("sheet", "day", "-1").out


def test_custody_is_told_by_role_unless_names_are_asked_for(
    cli: CommandLine, station: StationUnderTest
) -> None:
    station.book_one(an_exchange().of_kind(Kind.CUSTODY))

    assert "Dupont" not in cli("sheet", "day").out
    assert "Marie Dupont" in cli("sheet", "day", "--custody", "names").out


def test_a_pdf_goes_where_it_is_told_to(cli: CommandLine, tmp_path: Path, exports: Path) -> None:
    file = tmp_path / "wall.pdf"

    ended = cli("sheet", "day", "--pdf", str(file))

    assert (ended.code, ended.out, ended.err) == (0, "", f"Written: {file}.\n")
    assert file.read_bytes().startswith(b"%PDF-")
    assert names(exports) == []


def test_both_go_into_the_exports(cli: CommandLine, exports: Path) -> None:
    ended = cli("sheet", "day", "--out", "--json")

    assert names(exports) == ["day-2026-11-21.pdf", "day-2026-11-21.txt"]
    document = ended.document
    assert document["files"] == [str(exports / name) for name in reversed(names(exports))]
    text = (exports / "day-2026-11-21.txt").read_text(encoding="utf-8")
    assert text.splitlines() == document["lines"]


def test_the_paper_that_the_station_names_is_used(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path
) -> None:
    settings = station.path.with_name("station.toml")
    said = settings.read_text("utf-8").replace('# size = "a4"', 'size = "a4"')
    letter, a4 = tmp_path / "letter.pdf", tmp_path / "a4.pdf"

    cli("sheet", "day", "--pdf", str(letter))
    settings.write_text(said, "utf-8")
    cli("sheet", "day", "--pdf", str(a4))

    assert b"[0 0 792.00 612.00]" in letter.read_bytes()
    assert b"[0 0 841.89 595.28]" in a4.read_bytes()


def test_a_font_that_is_not_there_is_told(cli: CommandLine, station: StationUnderTest) -> None:
    settings = station.path.with_name("station.toml")
    said = settings.read_text("utf-8").replace("fonts = []", 'fonts = ["nowhere.ttf"]')
    settings.write_text(said, "utf-8")

    ended = cli("sheet", "day", "--out")

    assert ended.code == 1
    assert "The font nowhere.ttf cannot be used" in ended.err


@pytest.mark.parametrize("words", [["--text", "--out"], ["--out", "--pdf", "x.pdf"], ["someday"]])
def test_what_makes_no_sense_is_refused(cli: CommandLine, words: list[str]) -> None:
    assert cli("sheet", "day", *words).code == 2


def test_a_folder_that_cannot_be_written_is_told(cli: CommandLine, exports: Path) -> None:
    exports.write_bytes(b"in the way")

    ended = cli("sheet", "day", "--out")

    assert ended.code == 1
    assert ended.err.startswith(f"{exports} cannot be written")


# After an import


@pytest.fixture
def in_clear(cli: CommandLine) -> None:
    """Has the sheets lie ready, which name people beside an encrypted record."""
    settings = Path(cli.environment["DESK_DATA"]) / "station.toml"
    said = settings.read_text("utf-8").replace("days_in_clear = false", "days_in_clear = true")
    settings.write_text(said, encoding="utf-8")


def test_beside_an_encrypted_record_no_sheet_lies_unless_the_station_wants_it(
    cli: CommandLine, tmp_path: Path, exports: Path, request: pytest.FixtureRequest
) -> None:
    file = tmp_path / "bookings.csv"
    file.write_text(BOOKINGS, encoding="utf-8")

    assert cli("import", str(file)).code == 0
    assert names(exports) == []

    before = (tmp_path / "station.toml").read_text("utf-8")
    request.getfixturevalue("in_clear")
    file.write_text(BOOKINGS.replace("Piano", "Harp"), encoding="utf-8")
    cli("import", str(file))
    assert len(names(exports)) == 4

    # What lay there from when it was wanted goes too.
    (tmp_path / "station.toml").write_text(before, encoding="utf-8")
    assert cli("do", "undo").code == 0
    assert names(exports) == []


@pytest.mark.usefixtures("in_clear")
def test_an_import_leaves_the_sheets_of_today_and_tomorrow(
    cli: CommandLine, tmp_path: Path, exports: Path
) -> None:
    file = tmp_path / "bookings.csv"
    file.write_text(BOOKINGS, encoding="utf-8")

    cli("import", "--dry-run", str(file))
    assert names(exports) == []
    assert cli("import", str(file)).code == 0

    days = ("2026-11-21", "2026-11-22")
    assert names(exports) == [f"day-{day}.{kind}" for day in days for kind in ("pdf", "txt")]
    texts = [(exports / f"day-{day}.txt").read_text(encoding="utf-8") for day in days]
    assert ["Bicycle" in texts[0], "Piano" in texts[1]] == [True, True]


@pytest.mark.usefixtures("in_clear")
def test_the_sheets_of_days_that_are_over_go_with_the_next_import(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path, exports: Path
) -> None:
    file = tmp_path / "bookings.csv"
    file.write_text(BOOKINGS, encoding="utf-8")
    cli("import", str(file))
    cli("sheet", "day", "-1", "--out")
    station.clock.set("09:00", date(2026, 11, 22))

    file.write_text(BOOKINGS.replace("Piano", "Harp"), encoding="utf-8")
    assert cli("import", str(file)).code == 0

    # Yesterday's was kept by desk; that of the day before was asked for. Nothing comes tomorrow.
    assert names(exports) == [
        f"day-2026-11-{day}.{kind}" for day in (20, 22) for kind in ("pdf", "txt")
    ]
    assert "Harp" in (exports / "day-2026-11-22.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("in_clear")
def test_a_file_of_the_coming_week_lies_ready_on_paper(
    cli: CommandLine, tmp_path: Path, exports: Path
) -> None:
    file = tmp_path / "bookings.csv"
    rows = [f"2026-11-{day},09:00,Ann One,Bo Two,Bicycle,1\n" for day in (23, 27, 28)]
    file.write_text("Date,Time,Seller,Buyer,Item,Bay\n" + "".join(rows), encoding="utf-8")

    assert cli("import", str(file)).code == 0

    kept = [name for name in names(exports) if name.endswith(".txt")]
    assert kept == [f"day-2026-11-{day}.txt" for day in (21, 23, 27)]


@pytest.mark.usefixtures("in_clear")
def test_undoing_the_import_takes_tomorrows_sheet_away(
    cli: CommandLine, tmp_path: Path, exports: Path
) -> None:
    file = tmp_path / "bookings.csv"
    file.write_text(BOOKINGS, encoding="utf-8")
    cli("import", str(file))

    assert cli("do", "undo").code == 0

    assert names(exports) == ["day-2026-11-21.pdf", "day-2026-11-21.txt"]
    assert "Bicycle" not in (exports / "day-2026-11-21.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("in_clear")
def test_a_sheet_that_cannot_be_written_fails_no_import(
    cli: CommandLine, tmp_path: Path, exports: Path
) -> None:
    exports.write_bytes(b"in the way")
    file = tmp_path / "bookings.csv"
    file.write_text(BOOKINGS, encoding="utf-8")

    ended = cli("import", str(file))

    assert (ended.code, ended.out) == (0, "2 new, 0 unchanged, 0 changed, 0 cancelled\n")
    assert f"The day sheet in {exports} is not up to date: " in ended.err
    assert "Bicycle" in cli("list").out
