"""A network disk is refused where the system names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.errors import StoreError
from desk.storage.places import refuse_network


def mounts(folder: Path, *lines: str) -> Path:
    table = folder / "mounts"
    table.write_text("\n".join(("/dev/sda1 / ext4 rw 0 0", *lines)) + "\n", encoding="utf-8")
    return table


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_network_disk_is_refused_with_its_kind(tmp_path: Path, kind: str) -> None:
    table = mounts(tmp_path, f"server:/share {tmp_path} {kind} rw 0 0")

    with pytest.raises(StoreError) as refused:
        refuse_network(tmp_path / "data" / "desk.db", table)

    assert refused.value.code == "network_disk"
    assert kind in refused.value.explanation


def test_the_nearest_mount_decides(tmp_path: Path) -> None:
    table = mounts(
        tmp_path,
        f"server:/share {tmp_path} nfs rw 0 0",
        f"/dev/sdb1 {tmp_path}/local ext4 rw 0 0",
    )

    refuse_network(tmp_path / "local" / "desk.db", table)


def test_a_folder_with_a_space_is_found(tmp_path: Path) -> None:
    escaped = str(tmp_path / "my share").replace(" ", "\\040")
    table = mounts(tmp_path, f"server:/share {escaped} nfs rw 0 0")

    with pytest.raises(StoreError):
        refuse_network(tmp_path / "my share" / "desk.db", table)


def test_where_the_system_does_not_say_nothing_is_refused(tmp_path: Path) -> None:
    refuse_network(tmp_path / "desk.db", tmp_path / "no such table")
    refuse_network(tmp_path / "desk.db", mounts(tmp_path))
