"""desk.intake.rejected: the rows to be mended, with the reason in a last column."""

from pathlib import Path

import pytest

from desk.domain.reading import Overrules
from desk.intake.rejected import rejected_table
from tests.intake.making import NOTHING_SAID, SAMPLES, TERMS, a_file, plain, the_plan


def the_table(path: Path, said: Overrules = NOTHING_SAID) -> tuple[tuple[str, ...], ...]:
    """What is left to mend of a file."""
    return rejected_table(path, the_plan(path, said=said).rejections, TERMS, said)


def test_each_rejected_row_has_its_reason_last() -> None:
    header, *rows = the_table(SAMPLES / "broken-rows.csv")
    assert header[:6] == ("Date", "Time", "Seller", "Buyer", "Item", "Bay")
    assert header[-1] == "Reason"
    assert {len(row) for row in (header, *rows)} == {9}
    assert [row[0] for row in rows] == [
        "2026-11-31",
        "2026-11-23",
        "2026-11-23",
        "2026-11-23",
        "2026-11-23",
        "2026-03-08",
        "2026-11-01",
    ]
    assert rows[4][6:8] == ("surplus", "cells")
    assert "“99”" in rows[3][-1]
    assert "YYYY-MM-DD" in rows[0][-1]


def test_of_a_calendar_its_properties(tmp_path: Path) -> None:
    text = (
        (SAMPLES / "librebooking.ics")
        .read_bytes()
        .replace(b"DTSTART:20261123T193000Z", b"DTSTART:soon")
    )
    header, *rows = the_table(a_file(tmp_path, text, "l.ics"))
    place = header.index("DTSTART")
    assert [row[place] for row in rows] == ["DTSTART:soon"]
    assert "“soon”" in rows[0][-1]


def test_as_the_officer_said_to_read_it(tmp_path: Path) -> None:
    path = a_file(tmp_path, plain("2026-11-31,09:00,Zo\x8e,Bob,,1").encode("latin-1"))
    assert the_table(path, Overrules(encoding="mac_roman"))[1][2] == "Zoé"


@pytest.mark.parametrize("name", ["broken-open-quote.csv", "not-a-booking-file.csv"])
def test_a_file_that_is_refused_as_a_whole_has_none(name: str) -> None:
    assert the_table(SAMPLES / name) == ()


def test_hostile_cells_are_cleaned(tmp_path: Path) -> None:
    path = a_file(tmp_path, plain("2026-11-31,09:00,A\x1b[2Jnn,Bob,,1"))
    assert the_table(path)[1][2] == "A[2Jnn"
