"""Booking files are found in the inbox and on drives, and no drive stands in the way."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk.errors import BookingFileError
from desk.intake.drives import Drive, no_drives
from desk.intake.found import Found, Lookout, files_in_the_inbox
from tests.intake.making import a_file


def put(folder: Path, name: str, seconds_ago: int = 0) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    os.utime(path, (1_000_000 - seconds_ago, 1_000_000 - seconds_ago))
    return path


def listed(found: Found) -> list[tuple[str, str]]:
    return [(file.path.name, file.place) for file in found.files]


class TestInbox:
    def test_newest_first_without_folders_and_hidden_files(self, tmp_path: Path) -> None:
        for age, name in enumerate(["noon.csv", "morning.csv", "old.tsv", ".hidden.csv"]):
            put(tmp_path, name, age)
        (tmp_path / "folder.csv").mkdir()

        names = [file.path.name for file in files_in_the_inbox(tmp_path)]
        assert names == ["noon.csv", "morning.csv", "old.tsv"]

    def test_no_inbox_is_empty(self, tmp_path: Path) -> None:
        assert files_in_the_inbox(tmp_path / "inbox") == ()

    def test_one_that_is_a_file(self, tmp_path: Path) -> None:
        with pytest.raises(BookingFileError) as caught:
            files_in_the_inbox(a_file(tmp_path, "x", "inbox"))
        assert caught.value.code == "unreadable_inbox"
        assert Lookout(tmp_path / "inbox", no_drives).look().troubles == (
            "The folder for booking files cannot be read.",
            "Check that it may be read.",
        )


@pytest.fixture
def stick(tmp_path: Path) -> Drive:
    path = tmp_path / "stick"
    path.mkdir()
    return Drive(path, "KINGSTON")


class TestDrives:
    def test_the_top_and_one_level_down_newest_of_all_first(
        self, tmp_path: Path, stick: Drive
    ) -> None:
        put(tmp_path / "inbox", "in.csv", 20)
        put(tmp_path / "inbox", "in.xlsx", 40)
        put(stick.path, "NEW.CSV", 10)
        put(stick.path, "exports/old.ics", 30)
        for name in ("a.jpg", ".b.csv", "exports/deep/c.csv", "$RECYCLE.BIN/d.csv"):
            put(stick.path, name)
        (stick.path / "link.csv").symlink_to(tmp_path / "inbox/in.csv")

        found = Lookout(tmp_path / "inbox", lambda: (stick,)).look()

        assert listed(found) == [
            ("NEW.CSV", "KINGSTON"),
            ("in.csv", ""),
            ("old.ics", "KINGSTON/exports"),
            ("in.xlsx", ""),
        ]
        assert (found.drives, found.troubles) == (("KINGSTON",), ())

    def test_nothing_is_written_to_a_stick(self, tmp_path: Path, stick: Drive) -> None:
        put(stick.path, "a.csv")
        stick.path.chmod(0o555)
        before = [(each.name, each.stat().st_mtime_ns) for each in stick.path.iterdir()]
        changed = stick.path.stat().st_mtime_ns

        assert listed(Lookout(tmp_path / "inbox", lambda: (stick,)).look()) == [
            ("a.csv", "KINGSTON")
        ]

        assert [(each.name, each.stat().st_mtime_ns) for each in stick.path.iterdir()] == before
        assert stick.path.stat().st_mtime_ns == changed

    def test_one_that_was_pulled_out_is_a_sentence(self, tmp_path: Path, stick: Drive) -> None:
        put(tmp_path / "inbox", "in.csv")
        put(stick.path, "a.csv")
        plugged_in = [stick]
        lookout = Lookout(tmp_path / "inbox", lambda: tuple(plugged_in))
        assert len(lookout.look().files) == 2

        (stick.path / "a.csv").unlink()
        stick.path.rmdir()
        found = lookout.look()
        assert listed(found) == [("in.csv", "")]
        assert found.troubles == ("KINGSTON cannot be read: No such file or directory.",)

        plugged_in.clear()
        assert lookout.look() == Found(files_in_the_inbox(tmp_path / "inbox"))

    def test_one_with_too_much_on_it_is_looked_at_in_part(
        self, tmp_path: Path, stick: Drive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("desk.intake.found._MOST_FILES", 3)
        for n in range(5):
            put(stick.path, f"{n}.csv")

        found = Lookout(tmp_path / "inbox", lambda: (stick,)).look()

        assert len(found.files) == 3
        assert found.troubles == ("KINGSTON holds too much to look at all of it.",)

    def test_one_that_hangs_keeps_nobody_waiting_and_is_not_asked_twice(
        self, tmp_path: Path, stick: Drive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(tmp_path / "inbox", "in.csv")
        put(stick.path, "a.csv")
        goes_on = threading.Event()
        asked: list[Path] = []
        scandir = os.scandir

        def hang(path: Any) -> Any:
            if Path(path) == stick.path:
                asked.append(path)
                goes_on.wait(10)
            return scandir(path)

        monkeypatch.setattr("desk.intake.found.os.scandir", hang)
        lookout = Lookout(tmp_path / "inbox", lambda: (stick,), patience=0.0)

        for _look in range(2):
            found = lookout.look()
            assert listed(found) == [("in.csv", "")]
            assert found.troubles == ("KINGSTON does not answer.",)
        assert len(asked) == 1
        goes_on.set()
        assert ("a.csv", "KINGSTON") in list(_later(lookout))


def _later(lookout: Lookout) -> Iterator[tuple[str, str]]:
    """Looks until the drive has answered."""
    for _look in range(10_000):
        found = lookout.look()
        if not found.troubles:
            yield from listed(found)
            return
