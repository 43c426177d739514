"""A disk whose power may be cut: what was synced stays, and of the rest nobody knows.

What it takes for granted is what SQLite does (https://www.sqlite.org/atomiccommit.html): a write
never harms the sectors beside it, and a folder's changes come to the disk in their order.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

_SECTOR = 512


@dataclass(frozen=True)
class Opened:
    """A file was opened, and made if it was not there."""

    name: str


@dataclass(frozen=True)
class Written:
    """Bytes were handed over."""

    name: str
    offset: int
    data: bytes


@dataclass(frozen=True)
class Truncated:
    """A file was given a size."""

    name: str
    size: int


@dataclass(frozen=True)
class Synced:
    """Everything handed over for a file is on the disk, and so is its name."""

    name: str


@dataclass(frozen=True)
class Deleted:
    """A file's name was taken out of the folder; ``synced`` says whether for good."""

    name: str
    synced: bool


@dataclass(frozen=True)
class Acknowledged:
    """Somebody was told that an act is saved."""

    intent_id: str


Step: TypeAlias = Opened | Written | Truncated | Synced | Deleted | Acknowledged
_Change: TypeAlias = Written | Truncated
Fate: TypeAlias = Callable[[random.Random], float]
"""How much of what was not synced is on the disk after all, sector by sector: 0 none, 1 all."""

FATES: tuple[Fate, ...] = (lambda _: 0.0, lambda _: 1.0, lambda chance: chance.random())


@dataclass(eq=False)
class _File:
    synced: bytearray = field(default_factory=bytearray)
    unsynced: list[_Change] = field(default_factory=list)


class CutDisk:
    """A folder on a disk, told step by step what was done to it."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._synced = {name: _File(bytearray(content)) for name, content in files.items()}
        self._open = dict(self._synced)
        self._moves: list[tuple[str, _File | None]] = []
        self.acknowledged: set[str] = set()

    def take(self, step: Step) -> None:
        """Lets one step happen."""
        match step:
            case Opened(name) if name not in self._open:
                self._move(name, _File())
            case Written(name) | Truncated(name):
                self._open[name].unsynced.append(step)
            case Synced(name):
                self._sync(name)
            case Deleted(name, synced):
                self._move(name, None)
                if synced:
                    self._settle()
            case Acknowledged(intent_id):
                self.acknowledged.add(intent_id)

    def cut(self, fate: Fate, chance: random.Random) -> dict[str, bytes]:
        """Returns the files as they lie there when the power comes back."""
        names = dict(self._synced)
        come_so_far = round(fate(chance) * len(self._moves))
        for name, file in self._moves[:come_so_far]:
            _name(names, name, file)
        return {name: _come_back(file, fate, chance) for name, file in names.items()}

    def _move(self, name: str, file: _File | None) -> None:
        _name(self._open, name, file)
        self._moves.append((name, file))

    def _sync(self, name: str) -> None:
        file = self._open[name]
        for change in file.unsynced:
            _apply(file.synced, change)
        file.unsynced.clear()
        if self._synced.get(name) is not file:
            # SQLite syncs the folder with the first sync of a journal that it has made.
            self._settle()

    def _settle(self) -> None:
        for name, file in self._moves:
            _name(self._synced, name, file)
        self._moves.clear()


def _name(names: dict[str, _File], name: str, file: _File | None) -> None:
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file


def _come_back(file: _File, fate: Fate, chance: random.Random) -> bytes:
    content = bytearray(file.synced)
    for change in file.unsynced:
        share = fate(chance)
        for part in _parts(change):
            if chance.random() < share:
                _apply(content, part)
    return bytes(content)


def _parts(change: _Change) -> Iterator[_Change]:
    """Yields what of a change is on the disk or not as a whole: a sector, or a file's size."""
    if isinstance(change, Truncated):
        yield change
        return
    begin, end = change.offset, change.offset + len(change.data)
    while begin < end:
        border = min(end, (begin // _SECTOR + 1) * _SECTOR)
        yield Written(
            change.name, begin, change.data[begin - change.offset : border - change.offset]
        )
        begin = border


def _apply(content: bytearray, change: _Change) -> None:
    if isinstance(change, Truncated):
        del content[change.size :]
        content.extend(bytes(change.size - len(content)))
        return
    content.extend(bytes(max(0, change.offset - len(content))))
    content[change.offset : change.offset + len(change.data)] = change.data
