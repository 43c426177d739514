"""A disk that refuses: what this process holds open of a file no longer does what a file does.

The errors are the system's own, and pass through SQLite and its driver as those of a disk do.
"""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path

_ITSELF = Path()


class Refusal(Enum):
    """What is refused: the file that is put under every handle, and how that one is opened.

    Without truth, every byte is read as another.
    """

    ROOM = (Path("/dev/full"), os.O_RDWR)
    SYNC = (Path("/dev/null"), os.O_RDWR)
    TRUTH = (Path("/dev/zero"), os.O_RDWR)
    WRITE = (_ITSELF, os.O_RDONLY)
    READ = (_ITSELF, os.O_WRONLY)


_MOST_HANDLES = 1024


def can_refuse() -> bool:
    """Returns whether this system has all of these files."""
    return all(stand_in.exists() for stand_in, _mode in (each.value for each in Refusal))


def refuse(file: Path, refusal: Refusal) -> None:
    """Lets everything that is open of a file refuse; whoever opens it anew gets the file."""
    stand_in, mode = refusal.value
    true = file.stat()
    handles = [handle for handle in range(3, _MOST_HANDLES) if _is_open(handle, true)]
    assert handles, f"nothing holds {file} open"
    refusing = os.open(file if stand_in is _ITSELF else stand_in, mode)
    for handle in handles:
        os.dup2(refusing, handle, inheritable=False)
    os.close(refusing)


def _is_open(handle: int, true: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), true)
    except OSError:  # Nothing is open under that number.
        return False
