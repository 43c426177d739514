"""Which removable drives there are, as each system tells it."""

from __future__ import annotations

from pathlib import Path

from desk.intake.drives import Drive, lettered, linux_drives, mac_drives

MOUNTS = rb"""/dev/vda1 / ext4 rw 0 0
proc /proc proc rw 0 0
/dev/sdb1 /media/ann/KINGSTON\040\0331 vfat rw 0 0
/dev/sdc1 /run/media/ann/BLUE exfat rw 0 0
server:/share /media/share nfs rw 0 0
/dev/sdb1 /mnt/stick vfat rw 0 0
/dev/sdd1 /mnt/cable ext4 rw 0 0
/dev/vdb1 /mnt/disk ext4 rw 0 0
/dev/nowhere /mnt ext4 rw 0 0
/dev/sdb1 /home/media/x vfat rw 0 0
/dev/short
"""


def test_linux_lists_what_desktops_and_hands_have_mounted(tmp_path: Path) -> None:
    mounts, block = tmp_path / "mounts", tmp_path / "class"
    mounts.write_bytes(MOUNTS)
    block.mkdir()
    for disk, bus, removable in (("sdb", "ata", "1"), ("sdd", "usb1", "0"), ("vdb", "ata", "0")):
        whole = tmp_path / "devices" / bus / disk
        (whole / f"{disk}1").mkdir(parents=True)
        (whole / "removable").write_text(f"{removable}\n")
        (block / f"{disk}1").symlink_to(whole / f"{disk}1")

    assert linux_drives(mounts, block) == (
        Drive(Path("/media/ann/KINGSTON \x1b1"), "KINGSTON 1"),
        Drive(Path("/run/media/ann/BLUE"), "BLUE"),
        Drive(Path("/mnt/stick"), "stick"),
        Drive(Path("/mnt/cable"), "cable"),
    )


def test_linux_without_a_table_has_none(tmp_path: Path) -> None:
    assert linux_drives(tmp_path / "mounts", tmp_path) == ()


def test_a_mac_lists_the_volumes_but_its_own(tmp_path: Path) -> None:
    for name in ("STICK", ".hidden", "com.apple.TimeMachine.localsnapshots"):
        (tmp_path / name).mkdir()
    (tmp_path / "Macintosh HD").symlink_to("/")

    assert mac_drives(tmp_path) == (Drive(tmp_path / "STICK", "STICK"),)
    assert mac_drives(tmp_path / "nowhere") == ()


def test_windows_lists_the_letters_that_it_calls_removable() -> None:
    types = {"A:\\": 2, "C:\\": 3, "E:\\": 2, "F:\\": 5}

    assert lettered(0b110101, types.__getitem__) == (Path("A:\\"), Path("E:\\"))


def test_a_label_is_only_a_label(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2J\u202e[b]").mkdir()

    (drive,) = mac_drives(tmp_path)
    assert drive.label == "a[2J\ufffd[b]"
