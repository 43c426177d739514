"""A database that another program holds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HOLDER = """
import sys
from sqlcipher3 import dbapi2
path, mode, key = sys.argv[1:]
held = dbapi2.connect(path, isolation_level=None)
if key:
    held.execute(f"PRAGMA key = \\"x'{key}'\\"")
held.execute(f"PRAGMA locking_mode = {mode}")
held.execute("BEGIN EXCLUSIVE")
held.execute("UPDATE station SET name = name")
print("held", flush=True)
sys.stdin.read()
held.rollback()
"""


@contextmanager
def held_by_another_program(
    database: Path, mode: str = "normal", key: bytes | None = None
) -> Iterator[None]:
    """Lets another process hold a database while this one goes on.

    Args:
        database: the file.
        mode: ``normal`` for the write lock, ``exclusive`` for every lock there is.
        key: what it is encrypted with; None for nothing.
    """
    command = [sys.executable, "-c", _HOLDER, str(database), mode, key.hex() if key else ""]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield
