"""SQLite that tells every write and sync: https://rogerbinns.github.io/apsw/vfs.html."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import apsw

from tests.faults.cut_disk import Acknowledged, Deleted, Opened, Step, Synced, Truncated, Written

Statement: TypeAlias = tuple[str, Sequence[object]]
"""SQL, and one value for each of its question marks."""

_VFS = "recording"
_SYSTEMS_OWN = ""


@dataclass(frozen=True)
class Act:
    """What one act says to the database, commit included, and what it is called."""

    intent_id: str
    statements: Sequence[Statement]


class _File(apsw.VFSFile):
    def __init__(self, name: str | apsw.URIFilename, flags: list[int], steps: list[Step]) -> None:
        self._name = _short(name)
        self._steps = steps
        super().__init__(_SYSTEMS_OWN, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._steps.append(Written(self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._steps.append(Truncated(self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        self._steps.append(Synced(self._name))
        super().xSync(flags)


class _Vfs(apsw.VFS):
    def __init__(self, steps: list[Step]) -> None:
        self._steps = steps
        super().__init__(_VFS, _SYSTEMS_OWN)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        if name is None:  # What SQLite sorts in is none of the record's.
            return apsw.VFSFile(_SYSTEMS_OWN, name, flags)
        self._steps.append(Opened(_short(name)))
        return _File(name, flags, self._steps)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self._steps.append(Deleted(_short(filename), bool(syncdir)))
        super().xDelete(filename, syncdir)


def _short(name: str | apsw.URIFilename) -> str:
    return Path(name if isinstance(name, str) else name.filename()).name


def record(database: Path, settings: Mapping[str, int | str], acts: Sequence[Act]) -> list[Step]:
    """Does the acts on a database, and returns all that the disk was told, closing included."""
    steps: list[Step] = []
    vfs = _Vfs(steps)
    try:
        with closing(apsw.Connection(str(database), vfs=_VFS)) as connection:
            for name, value in settings.items():
                said = connection.execute(f"PRAGMA {name} = {value}").fetchall()
                read = connection.pragma(name)
                assert read == value, (name, value, said, read)
            for act in acts:
                for sql, values in act.statements:
                    connection.execute(sql, values).fetchall()
                steps.append(Acknowledged(act.intent_id))
    finally:
        vfs.unregister()
    return steps
