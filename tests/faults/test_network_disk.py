"""A data folder on a network disk, whose locks cannot be trusted, is refused and left alone."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PureWindowsPath

import pytest

from desk.errors import StoreError
from desk.service import found_station, open_desk
from desk.storage.places import is_on_a_server, refuse_network
from tests.builders import KENNEWICK, StationUnderTest


def mounts(folder: Path, *lines: str) -> Path:
    table = folder / "mounts"
    table.write_text("\n".join(("/dev/sda1 / ext4 rw 0 0", *lines)) + "\n", encoding="utf-8")
    return table


@pytest.fixture
def on_a_share(station: StationUnderTest, monkeypatch: pytest.MonkeyPatch) -> StationUnderTest:
    """A station whose folder lies on a share."""
    folder = station.path.parent
    table = mounts(folder, f"server:/share {folder} nfs4 rw 0 0")
    refusing = partial(refuse_network, mounts=table)
    monkeypatch.setattr("desk.storage.database.refuse_network", refusing)
    return station


def test_a_station_on_a_share_is_not_opened(on_a_share: StationUnderTest) -> None:
    """Promises: a sentence that names the kind of disk, before anything is read or written."""
    on_a_share.service.close()
    before = on_a_share.path.read_bytes()

    with pytest.raises(StoreError, match=r"network disk \(nfs4\)"):
        open_desk(on_a_share.path, on_a_share.rules, on_a_share.workplace())

    assert on_a_share.path.read_bytes() == before


def test_a_station_is_not_founded_on_a_share(on_a_share: StationUnderTest) -> None:
    """Promises: the same of a new one; no file is made there."""
    there = on_a_share.path.with_name("new.db")

    with pytest.raises(StoreError) as refused:
        found_station(there, KENNEWICK, on_a_share.rules, on_a_share.workplace())

    assert refused.value.code == "network_disk"
    assert not there.exists()


def test_what_mounts_itself_is_what_it_has_mounted(tmp_path: Path) -> None:
    """Promises: of two file systems on one folder the later counts, as with shares on demand."""
    on_demand = f"systemd-1 {tmp_path} autofs rw 0 0"
    share = f"server:/share {tmp_path} cifs rw 0 0"

    refuse_network(tmp_path / "desk.db", mounts(tmp_path, on_demand))
    with pytest.raises(StoreError):
        refuse_network(tmp_path / "desk.db", mounts(tmp_path, on_demand, share))


@pytest.mark.parametrize(
    ("path", "is_share"),
    [
        (r"\\server\share\desk\desk.db", True),
        (r"\\?\UNC\server\share\desk.db", True),
        (r"\\?\C:\desk\desk.db", False),
        (r"C:\desk\desk.db", False),
    ],
)
def test_a_share_is_known_by_its_name_on_windows(path: str, *, is_share: bool) -> None:
    """Promises: the same on Windows, which has no table of mounts."""
    assert is_on_a_server(PureWindowsPath(path)) == is_share
