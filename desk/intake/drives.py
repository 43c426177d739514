"""The removable drives of this computer: what the system says of them, and nothing read of them.

No drive is asked anything here, so a broken one keeps nobody waiting.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desk.text import clean

_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Drive:
    """One removable drive.

    Attributes:
        label: what people call it, as far as it may be shown.
    """

    path: Path
    label: str


Drives = Callable[[], tuple[Drive, ...]]
"""Returns the removable drives that are plugged in now."""


def removable_drives() -> tuple[Drive, ...]:
    """Returns the removable drives of this computer, as they are now."""
    if sys.platform == "win32":
        return tuple(_windows_drives())
    if sys.platform == "darwin":
        return mac_drives(Path("/Volumes"))
    return linux_drives(Path("/proc/self/mounts"), Path("/sys/class/block"))


def no_drives() -> tuple[Drive, ...]:
    """Returns none, where nothing is to be looked for outside the station's folder."""
    return ()


def _named(path: Path) -> Drive:
    return Drive(path, clean(path.name, _LONGEST_LABEL) or "?")


# Linux

_DESKTOPS_PUT_THEM_IN = (Path("/media"), Path("/run/media"))
_BY_HAND_IN = Path("/mnt")
_OCTAL = re.compile(rb"\\([0-7]{3})")


def linux_drives(mounts: Path, block: Path) -> tuple[Drive, ...]:
    """Returns what is mounted where desktops put drives, and what is removable under ``/mnt``.

    Args:
        mounts: the kernel's table of what is mounted; none where it cannot be read.
        block: the folder in which the kernel tells of each block device.
    """
    try:
        lines = mounts.read_bytes().splitlines()
    except OSError:
        return ()
    found: dict[Path, None] = {}
    for line in lines:
        device, path = (_unescaped(field) for field in (*line.split(b" "), b"")[:2])
        # What comes over the network or is made up by the kernel has no such device.
        if Path("/dev") not in device.parents:
            continue
        by_desktop = any(parent in path.parents for parent in _DESKTOPS_PUT_THEM_IN)
        by_hand = _BY_HAND_IN in (path, *path.parents)
        if by_desktop or (by_hand and _is_removable(block / device.name)):
            found[path] = None
    return tuple(map(_named, found))


def _unescaped(field: bytes) -> Path:
    """Returns a path of the table, in which a space is written as its octal number."""
    return Path(os.fsdecode(_OCTAL.sub(lambda octal: bytes([int(octal[1], 8) & 0xFF]), field)))


def _is_removable(device: Path) -> bool:
    """Tells whether a device, or the disk that it is a part of, can be taken out.

    A stick says so itself; a disk on a cable does not, but hangs on USB.
    """
    try:
        whole = device.resolve(strict=True)
        if any(part.startswith("usb") for part in whole.parts):
            return True
        marks = [each / "removable" for each in (whole, whole.parent)]
        return any(mark.read_text("ascii").strip() == "1" for mark in marks if mark.is_file())
    except (OSError, ValueError):
        return False


# macOS


def mac_drives(volumes: Path) -> tuple[Drive, ...]:
    """Returns what is mounted beside the system, which itself is there as a link to the root."""
    try:
        with os.scandir(volumes) as entries:
            paths = [
                Path(entry.path)
                for entry in entries
                if not entry.is_symlink() and not entry.name.startswith((".", "com.apple."))
            ]
    except OSError:
        return ()
    return tuple(map(_named, sorted(paths)))


# Windows


def _windows_drives() -> Iterator[Drive]:
    """Yields the drives with a letter that Windows calls removable."""
    if sys.platform != "win32":
        return
    kernel = ctypes.windll.kernel32
    for root in lettered(kernel.GetLogicalDrives(), kernel.GetDriveTypeW):
        yield Drive(root, root.drive or str(root))


_DRIVE_REMOVABLE = 2
"""What ``GetDriveTypeW`` returns for a stick or a card."""


def lettered(letters: int, type_of: Callable[[str], int]) -> tuple[Path, ...]:
    """Returns the roots of the removable drives among those with a letter.

    Args:
        letters: the letters in use, as ``GetLogicalDrives`` returns them: A is the lowest bit.
        type_of: ``GetDriveTypeW``.
    """
    roots = [f"{chr(ord('A') + n)}:\\" for n in range(26) if letters >> n & 1]
    return tuple(Path(root) for root in roots if type_of(root) == _DRIVE_REMOVABLE)
