"""`desk import`: what is counted, what is written, and how it ends."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.builders import StationUnderTest
from tests.cli.running import CommandLine

SAMPLES = Path(__file__).parents[2] / "data/samples"
KEYS = ["files", "new", "unchanged", "changed", "cancelled", "rejected", "applied", "rejections"]
HEADER = "Date,Time,Seller,Buyer,Item,Bay\n"
GOOD = "2026-11-23,10:15,Marie Dupont,Paul Martin,iPhone 13,1\n"
BAD = "2026-11-31,10:15,Omar Diaz,,Kayak,1\n"


def a_file(folder: Path, *rows: str) -> str:
    path = folder / "bookings.csv"
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return str(path)


def booked(station: StationUnderTest) -> int:
    return sum(row.verb == "import" for row in station.service.journal())


def test_good_files_are_taken_in_as_one_act(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path
) -> None:
    ended = cli("import", str(SAMPLES / "calendly.csv"), a_file(tmp_path, GOOD), "--json")

    assert ended.code == 0
    assert list(ended.document) == KEYS
    assert ended.document == {
        "files": ["calendly.csv", "bookings.csv"],
        "new": 23,
        "unchanged": 0,
        "changed": 0,
        "cancelled": 2,
        "rejected": 0,
        "applied": 25,
        "rejections": [],
    }
    assert booked(station) == 1


def test_the_same_file_twice_changes_nothing(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path
) -> None:
    file = a_file(tmp_path, GOOD)
    cli("import", file)

    ended = cli("import", file, "--json")

    assert ended.code == 0
    assert (ended.document["unchanged"], ended.document["applied"]) == (1, 0)
    assert booked(station) == 1


def test_one_bad_row_keeps_all_others_out(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path
) -> None:
    ended = cli("import", a_file(tmp_path, GOOD, BAD), "--json")

    assert ended.code == 1
    assert (ended.document["new"], ended.document["rejected"]) == (1, 1)
    assert ended.document["applied"] == 0
    (rejection,) = ended.document["rejections"]
    assert list(rejection) == ["file", "row", "field", "code", "reason", "remedy"]
    assert (rejection["file"], rejection["row"]) == ("bookings.csv", 3)
    assert (rejection["field"], rejection["code"]) == ("Date", "no_such_day")
    assert booked(station) == 0


def test_good_rows_can_be_taken_without_the_bad(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path
) -> None:
    ended = cli("import", a_file(tmp_path, GOOD, BAD), "--accept-good", "--json")

    assert ended.code == 3
    assert ended.document["applied"] == 1
    assert booked(station) == 1


def test_with_nothing_good_nothing_is_taken(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path
) -> None:
    ended = cli("import", a_file(tmp_path, BAD), "--accept-good", "--json")

    assert ended.code == 1
    assert booked(station) == 0


@pytest.mark.parametrize(
    ("rows", "options", "code"),
    [
        ([GOOD], [], 0),
        ([GOOD, BAD], [], 1),
        ([GOOD, BAD], ["--accept-good"], 3),
        ([BAD], ["--accept-good"], 1),
    ],
)
def test_a_dry_run_ends_like_the_real_one_and_writes_nothing(
    cli: CommandLine,
    station: StationUnderTest,
    tmp_path: Path,
    rows: list[str],
    options: list[str],
    code: int,
) -> None:
    file = a_file(tmp_path, *rows)

    dry = cli("import", file, "--dry-run", *options, "--json")

    assert booked(station) == 0
    real = cli("import", file, *options, "--json")
    assert (dry.code, real.code) == (code, code)
    assert dry.document == real.document | {"applied": 0}


def test_a_dry_run_without_an_officer_ends_as_the_real_one_would(
    cli: CommandLine, tmp_path: Path
) -> None:
    nobody = cli.without("DESK_OFFICER")

    dry = nobody("import", a_file(tmp_path, GOOD), "--dry-run", "--json")
    assert dry.code == nobody("import", a_file(tmp_path, GOOD)).code == 2
    assert dry.error["code"] == "no_officer"


def test_a_bay_that_two_want_is_told(cli: CommandLine, tmp_path: Path) -> None:
    rows = "2026-11-23,09:00,Ann One,Bo Two,Lamp,1\n2026-11-23,09:10,Cy Three,Di Four,Rug,1\n"
    file = a_file(tmp_path, rows)

    told = cli("import", file).out

    for row in (2, 3):
        assert f"csv:{row} wants bay 1, which is taken then, or not meant for it." in told


def test_taking_in_needs_an_officer(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path
) -> None:
    ended = cli.without("DESK_OFFICER")("import", a_file(tmp_path, GOOD), "--json")

    assert ended.code == 2
    assert ended.error["code"] == "no_officer"
    assert booked(station) == 0


def test_people_read_counts_rows_and_remedies(cli: CommandLine, tmp_path: Path) -> None:
    ended = cli("import", a_file(tmp_path, GOOD, BAD))

    assert ended.out == "1 new, 0 unchanged, 0 changed, 0 cancelled\n"
    assert "bookings.csv:3 (Date): “2026-11-31” is not a day." in ended.err
    assert "--accept-good" in ended.err


def test_a_file_that_is_not_there_is_told(cli: CommandLine, tmp_path: Path) -> None:
    ended = cli("import", str(tmp_path / "monday.csv"), "--json")

    assert ended.code == 1
    assert "monday.csv" in ended.error["explanation"]


@pytest.mark.parametrize("sample", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_no_sample_reaches_the_terminal_as_more_than_text(cli: CommandLine, sample: Path) -> None:
    people = cli("import", str(sample), "--dry-run", "--accept-good")
    programs = cli("import", str(sample), "--dry-run", "--accept-good", "--json")

    assert people.code in (0, 1, 3)
    for text in (people.out, people.err, programs.out, programs.err):
        assert all(character == "\n" or character.isprintable() for character in text)


def test_a_booking_called_off_by_a_file_and_then_not_is_told(
    cli: CommandLine, tmp_path: Path
) -> None:
    sample = (SAMPLES / "calendly.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(sample)))
    file = tmp_path / "calendly.csv"

    def write(canceled: str) -> None:
        with file.open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, rows[0])
            writer.writeheader()
            writer.writerow(rows[0] | {"Canceled": canceled})

    write("true")
    cli("import", str(file))
    write("false")

    ended = cli("import", str(file))

    assert "stays cancelled" in ended.out
    assert "an officer has acted" not in ended.out


# The inbox


def test_a_file_of_the_inbox_goes_aside_once_it_is_taken_in(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path
) -> None:
    inbox = station.path.with_name("inbox")
    inbox.mkdir()
    file, bad = Path(a_file(inbox, GOOD)), inbox / "bad.csv"
    bad.write_text(HEADER + BAD, encoding="utf-8")
    stick = Path(a_file(tmp_path, GOOD.replace("10:15", "11:15")))

    cli("import", "--dry-run", str(file))
    cli("import", str(file), str(bad))
    assert file.exists()
    assert bad.exists()

    ended = cli("import", str(file), str(bad), str(stick), "--accept-good", "--json")
    moved = inbox / "done" / file.name
    assert (ended.code, list(ended.document)) == (3, KEYS)
    assert f"Moved: {moved}.\n" in ended.err
    assert [file.exists(), moved.exists(), bad.exists(), stick.exists()] == [False, True] + [
        True
    ] * 2

    # Nothing of it was new, so nothing was taken in.
    a_file(inbox, GOOD)
    assert cli("import", str(file)).code == 0
    assert file.exists()


def test_a_file_that_cannot_be_moved_is_taken_in_all_the_same(
    cli: CommandLine, station: StationUnderTest
) -> None:
    inbox = station.path.with_name("inbox")
    inbox.mkdir()
    (inbox / "done").write_text("in the way")

    ended = cli("import", a_file(inbox, GOOD))

    assert (ended.code, booked(station)) == (0, 1)
    assert "“bookings.csv” was taken in, and cannot be moved to inbox/done" in ended.err
    assert "It stays in the inbox; move it yourself." in ended.err
