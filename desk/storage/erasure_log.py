"""``erasures.log`` beside the database: what was erased, for a backup that still has it.

It holds no words: the numbers of rows and the commitments to them, which fit those rows alone. A
line is on the disk before the next step is taken. ``begun`` is written before the record is
changed, ``erased`` once it has been, ``finished`` when nothing of it lies about any more; so a
program that was killed in between leaves a trace, and the next start finishes what the journal
says, or does nothing where the journal says nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from desk.errors import StoreError
from desk.i18n import _
from desk.paths import sync_folder

Commitments: TypeAlias = Mapping[str, Sequence[tuple[int, str]]]
"""Rows that were erased, by table: the number of each, and the commitment to its words."""

_BEGUN, _ERASED, _FINISHED = "begun", "erased", "finished"


@dataclass(frozen=True, slots=True)
class PastErasure:
    """An erasure that the log tells of.

    Attributes:
        intent_id: of the act that did it.
        rows: what it erased.
    """

    intent_id: str
    rows: Commitments


@dataclass(frozen=True, slots=True)
class ErasureLog:
    """The file; every desk of the station writes to its end."""

    path: Path

    def begin(self, intent_id: str) -> None:
        """Notes that something is going to be erased.

        Raises:
            StoreError: it cannot be written; nothing may be erased then.
        """
        self._append({_BEGUN: intent_id})

    def note(self, erasure: PastErasure) -> None:
        """Notes what was erased.

        Raises:
            StoreError: it cannot be written.
        """
        self._append({_ERASED: erasure.intent_id, "rows": erasure.rows})

    def finish(self, intent_id: str) -> None:
        """Notes that nothing of an erasure is left to do, or that it never came to be.

        Raises:
            StoreError: it cannot be written.
        """
        self._append({_FINISHED: intent_id})

    def unfinished(self) -> tuple[str, ...]:
        """Returns the erasures that were begun and not finished, oldest first."""
        begun: dict[str, None] = {}
        for line in self._lines():
            if isinstance(line.get(_BEGUN), str):
                begun[line[_BEGUN]] = None
            begun.pop(str(line.get(_FINISHED)), None)
        return tuple(begun)

    def erasures(self) -> tuple[PastErasure, ...]:
        """Returns what was erased, oldest first."""
        return tuple(
            PastErasure(line[_ERASED], _rows(line.get("rows")))
            for line in self._lines()
            if isinstance(line.get(_ERASED), str)
        )

    def _lines(self) -> Iterator[dict[str, Any]]:
        """Yields its lines; one that was cut off by a kill or a full disk says nothing."""
        try:
            text = self.path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return
        for line in text.splitlines():
            try:
                said = json.loads(line)
            except ValueError:
                continue
            if isinstance(said, dict):
                yield said

    def _append(self, said: Mapping[str, Any]) -> None:
        # A line that was cut off is ended first.
        line = "\n" + json.dumps(said, separators=(",", ":")) + "\n"
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(handle, "ab") as file:
                file.write(line.encode())
                file.flush()
                os.fsync(handle)
            sync_folder(self.path.parent)
        except OSError as error:
            raise StoreError(
                "cannot_write",
                _("{file} cannot be written: {reason}.").format(
                    file=self.path, reason=error.strerror
                ),
                _("Make room there, or let this account write it, and do it again."),
            ) from None


def _rows(said: object) -> Commitments:
    """Returns the rows of a line; whatever is none of ours in it is left out."""
    if not isinstance(said, dict):
        return {}
    return {
        table: [
            (each[0], each[1])
            for each in rows
            if isinstance(each, list) and [type(part) for part in each] == [int, str]
        ]
        for table, rows in said.items()
        if isinstance(rows, list)
    }
