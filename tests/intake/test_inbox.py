"""What comes into the inbox is noticed once it is whole, and goes aside once it is taken in."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.domain.drafts import Rejection
from desk.errors import BookingFileError
from desk.intake.found import FoundFile
from desk.intake.inbox import InboxWatch, held_in, put_away, was_taken_in
from tests.builders import a_draft, a_plan
from tests.intake.making import a_file


def names(files: tuple[FoundFile, ...] | None) -> list[str] | None:
    return None if files is None else [file.path.name for file in files]


def held(path: Path) -> FoundFile:
    file = held_in(path.parent, path)
    assert file is not None
    return file


def test_a_file_is_noticed_once_it_no_longer_grows(tmp_path: Path) -> None:
    watch = InboxWatch(tmp_path)
    assert watch.look() is None
    file = a_file(tmp_path, "", "b.csv")
    assert [watch.look() for _look in range(3)] == [None] * 3

    file.write_text("Da")
    assert watch.look() is None
    file.write_text("Date,Time")
    assert watch.look() is None
    assert names(watch.look()) == ["b.csv"]
    assert watch.look() is None

    a_file(tmp_path, "x", "a.csv.part")
    a_file(tmp_path, "x", "Thumbs.db")
    assert [watch.look() for _look in range(3)] == [None] * 3

    file.unlink()
    assert names(watch.look()) == []


def test_an_inbox_that_cannot_be_read_is_not_the_watchs_to_tell(tmp_path: Path) -> None:
    assert InboxWatch(a_file(tmp_path, "x", "inbox")).look() is None


def test_only_what_lies_in_the_inbox_itself_is_held(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    (inbox / "done").mkdir(parents=True)
    inside = a_file(inbox, "x", "a.csv")
    (tmp_path / "link").symlink_to(inbox)

    assert held_in(inbox, inside) is not None
    assert held_in(inbox, tmp_path / "link/a.csv") is not None
    for elsewhere in (
        a_file(tmp_path, "x", "a.csv"),
        a_file(inbox / "done", "x", "a.csv"),
        inbox / "gone.csv",
        Path("a\0.csv"),
    ):
        assert held_in(inbox, elsewhere) is None


def test_files_of_one_name_are_all_kept(tmp_path: Path) -> None:
    moved = [put_away(held(a_file(tmp_path, text, "day.csv"))) for text in ("a", "b", "c")]

    assert [path.name for path in moved] == ["day.csv", "day (2).csv", "day (3).csv"]
    assert [path.read_text() for path in moved] == ["a", "b", "c"]
    assert [path.name for path in tmp_path.iterdir()] == ["done"]


def test_one_that_was_written_anew_stays(tmp_path: Path) -> None:
    file = a_file(tmp_path, "a", "day.csv")
    seen = held(file)
    file.write_text("a longer one")

    with pytest.raises(BookingFileError) as caught:
        put_away(seen)

    assert caught.value.code == "changed_since"
    assert file.read_text() == "a longer one"


def test_one_that_cannot_be_moved_stays_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = a_file(tmp_path, "a", "day.csv")
    seen = held(file)

    def refuse(_path: Path, _to: Path) -> None:
        raise PermissionError(13, "It is open elsewhere")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(BookingFileError) as caught:
            put_away(seen)
    assert caught.value.code == "not_moved"
    assert "It is open elsewhere" in caught.value.explanation
    assert (file.exists(), [*(tmp_path / "done").iterdir()]) == (True, [])

    (tmp_path / "done").rmdir()
    a_file(tmp_path, "in the way", "done")
    with pytest.raises(BookingFileError):
        put_away(seen)
    assert file.exists()


def test_a_file_of_which_nothing_was_taken_in_was_not(tmp_path: Path) -> None:
    good = a_draft(file="good.csv")
    plan = a_plan(
        good,
        rejections=tuple(
            Rejection(file, None, None, "x", "", "") for file in ("bad.csv", "good.csv")
        ),
    )
    taken = {
        name: was_taken_in(plan, held(a_file(tmp_path, "x", name)))
        for name in ("good.csv", "bad.csv", "empty.csv")
    }
    assert taken == {"good.csv": True, "bad.csv": False, "empty.csv": True}
