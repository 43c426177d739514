"""Which folder is used, and what lies where in it."""

import errno
import os
import stat
from pathlib import Path

import platformdirs
import pytest

from desk.errors import UsageError
from desk.paths import (
    DataFolder,
    data_folder,
    make_private_file,
    make_private_folder,
    write_whole,
)

ROOT = Path(__file__).parents[1]


def an_installation(folder: Path) -> Path:
    package = folder / "site-packages/desk"
    package.mkdir(parents=True)
    return package


def a_checkout(folder: Path) -> Path:
    package = folder / "checkout/desk"
    package.mkdir(parents=True)
    (package.parent / "pyproject.toml").touch()
    return package


def test_the_option_comes_before_the_environment(tmp_path: Path) -> None:
    environment = {"DESK_DATA": str(tmp_path / "theirs")}

    folder = data_folder(str(tmp_path / "mine"), environment, a_checkout(tmp_path))

    assert folder.path == tmp_path / "mine"


def test_the_environment_comes_before_the_checkout(tmp_path: Path) -> None:
    environment = {"DESK_DATA": str(tmp_path / "theirs")}

    folder = data_folder(None, environment, a_checkout(tmp_path))

    assert folder.path == tmp_path / "theirs"


def test_an_empty_variable_names_no_folder(tmp_path: Path) -> None:
    folder = data_folder(None, {"DESK_DATA": ""}, a_checkout(tmp_path))

    assert folder.path == tmp_path / "checkout/data"


def test_a_checkout_keeps_its_data_beside_the_code() -> None:
    assert data_folder(None, {}).path == ROOT / "data"


def test_an_installation_uses_the_platforms_folder(tmp_path: Path) -> None:
    folder = data_folder(None, {}, an_installation(tmp_path))

    assert folder.path == Path(platformdirs.user_data_dir("desk", appauthor=False))


def test_a_relative_folder_is_taken_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert data_folder("here", {}).path == tmp_path / "here"


def test_the_home_folder_can_be_meant(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    assert data_folder(None, {"DESK_DATA": "~/desk"}).path == tmp_path / "desk"


@pytest.mark.parametrize("name", ["A\ud800B", "~nobody-has-this-name/desk"])
def test_a_name_that_no_folder_can_have_is_wrong_usage(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        data_folder(name, {})

    assert caught.value.code == "bad_folder"


def test_a_folder_has_a_station_when_it_holds_the_database(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.settings.touch()
    before = folder.has_station

    folder.database.touch()

    assert (before, folder.has_station) == (False, True)


def test_preparing_makes_what_is_missing_and_keeps_what_is_there(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "new/station")
    folder.prepare()
    (folder.inbox / "monday.csv").touch()

    folder.prepare()

    assert sorted(entry.name for entry in folder.path.iterdir()) == ["backups", "exports", "inbox"]
    assert [entry.name for entry in folder.inbox.iterdir()] == ["monday.csv"]


def test_a_file_is_written_as_a_whole_in_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "day.csv"
    path.write_bytes(b"old, and much longer")

    write_whole(path, b"new")

    assert path.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["day.csv"]


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "day.csv"
    path.write_bytes(b"old")

    def full_disk(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)

    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")

    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["day.csv"]


def test_folders_and_files_are_made_for_this_account_alone(tmp_path: Path) -> None:
    folder = tmp_path / "exports" / "checkpoints"
    make_private_folder(folder)
    make_private_folder(folder)
    file = folder / "one"
    make_private_file(file)

    modes = [stat.S_IMODE(each.stat().st_mode) for each in (folder.parent, folder, file)]
    assert modes == [0o700, 0o700, 0o600]
    with pytest.raises(FileExistsError):
        make_private_file(file)
    with pytest.raises(OSError, match="one"):
        make_private_folder(file)
    with pytest.raises(OSError, match="one"):
        make_private_folder(file / "in a file")


def test_nothing_makes_a_folder_in_a_way_of_its_own() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "desk").rglob("*.py")}

    made = [path.name for path, source in sources.items() if ".mkdir(" in source]

    assert made == ["paths.py"]
