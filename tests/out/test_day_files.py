"""The sheets that desk keeps go once their day is over, and nobody else's ever do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desk.out.day_files import DayFiles, day_file_name

FRIDAY, SATURDAY, SUNDAY = (date(2026, 11, day) for day in (20, 21, 22))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


@pytest.fixture
def files(tmp_path: Path) -> DayFiles:
    """Yesterday's, today's and tomorrow's sheets."""
    kept = DayFiles(tmp_path / "exports")
    for day in (FRIDAY, SATURDAY, SUNDAY):
        kept.write(day, {"txt": f"{day}".encode(), "pdf": b"%PDF-"})
    return kept


def clear(files: DayFiles) -> list[str]:
    files.clear(lambda day: day < SATURDAY)
    return names(files.folder)


def test_only_the_days_that_are_over_go(files: DayFiles) -> None:
    left = [day_file_name(day, kind) for day in (SATURDAY, SUNDAY) for kind in ("pdf", "txt")]

    assert clear(files) == left
    assert clear(files) == left
    files.clear(lambda _day: True)
    assert names(files.folder) == []


def test_what_somebody_else_put_there_stays(files: DayFiles) -> None:
    folder = files.folder
    (folder / "day-2026-11-20.txt").write_text("Notes of the night shift")
    (folder / "day-2026-11-19.pdf").write_bytes(b"%PDF-")
    (folder / "bookings.csv").write_text("Date")
    (folder / "day-2026-11-18.txt").mkdir()

    left = clear(files)

    assert "day-2026-11-20.pdf" not in left
    theirs = ("bookings.csv", "day-2026-11-18.txt", "day-2026-11-19.pdf", "day-2026-11-20.txt")
    assert set(theirs) < set(left)


def test_a_sheet_that_was_written_more_than_once_goes_too(files: DayFiles) -> None:
    files.write(FRIDAY, {"txt": b"later"})

    assert day_file_name(FRIDAY, "txt") not in clear(files)


def test_a_list_that_somebody_wrote_into_leads_to_no_other_file(files: DayFiles) -> None:
    folder = files.folder
    outside = folder.with_name("day-2026-11-20.txt")
    outside.write_bytes(b"2026-11-20")
    known = folder / ".day-sheets"
    digest = known.read_text().split()[0]
    lines = (f"{digest}  ../day-2026-11-20.txt", f"{digest}  day-2026-99-99.txt", "é\0[/", digest)
    known.write_text("\n".join((*lines, known.read_text())), encoding="utf-8")

    assert day_file_name(FRIDAY, "txt") not in clear(files)
    assert outside.exists()


def test_a_folder_without_a_list_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "day-2026-11-20.txt").write_text("x")

    assert clear(DayFiles(tmp_path)) == ["day-2026-11-20.txt"]
    assert clear(DayFiles(tmp_path)) == names(tmp_path)
