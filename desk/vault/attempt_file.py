"""``attempts.log`` beside the slots: a line for each step, on the disk before the next is taken."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from desk.clock import Clock
from desk.errors import WrongSecretError
from desk.paths import DataFolder, write_whole
from desk.vault.attempts import (
    Failure,
    Line,
    Means,
    Standing,
    Step,
    Who,
    failures,
    standings,
    without_recorded,
)
from desk.vault.failures import FULL, locked_out
from desk.vault.locking import alone

_ID_BYTES = 16

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attempts:
    """The attempts at one station, as all its desks count them.

    Attributes:
        folder: the station's.
        clock: says when.
    """

    folder: DataFolder
    clock: Clock

    def counted(self, means: Means, who: Who, check: Callable[[], T]) -> T:
        """Returns what the check returns; that it is made is on the disk before it is.

        Args:
            means: what is tried.
            who: whose attempt it is.
            check: raises `WrongSecretError` where the secret does not fit.

        Raises:
            WrongSecretError: it does not fit.
            VaultError: whoever it is is locked, so nothing was checked; or the attempt cannot be
                counted; or whatever the check raises.
        """
        attempt = self._begin(means, who)
        try:
            found = check()
        except WrongSecretError:
            self._end(attempt, Step.WRONG)
            raise
        self._end(attempt, Step.OPENED)
        return found

    def lift(self, badge: str) -> None:
        """Lets an officer try again. That a supervisor did it is in the record by now.

        Raises:
            VaultError: it cannot be written down.
        """
        with alone(self.folder):
            self._append(self._line(Step.LIFTED, Who(badge=badge)))

    def locked_badges(self) -> frozenset[str]:
        """Returns the badges that a supervisor has to unlock.

        Raises:
            VaultError: the file cannot be read.
        """
        with alone(self.folder):
            found = standings(_lines_of(self.folder.attempts))
        return frozenset(
            who.badge for who, standing in found.items() if standing.locked and who.badge
        )

    def failures(self) -> tuple[Failure, ...]:
        """Returns the failed attempts that the record does not have yet, oldest first.

        Raises:
            VaultError: the file cannot be read.
        """
        with alone(self.folder):
            return failures(_lines_of(self.folder.attempts), self.clock.now())

    def recorded(self, ids: Iterable[str]) -> None:
        """Forgets these failures as far as they need not count any more; the record has them.

        Raises:
            VaultError: the file cannot be written; it is as it was.
        """
        with alone(self.folder):
            lines = _lines_of(self.folder.attempts)
            needed = without_recorded(lines, ids, self.clock.now())
            write_whole(self.folder.attempts, b"".join(map(_as_bytes, needed)))

    def _begin(self, means: Means, who: Who) -> Line:
        with alone(self.folder):
            standing = standings(_lines_of(self.folder.attempts)).get(who, Standing())
            step = Step.REFUSED if standing.locked else Step.TRIED
            line = self._line(step, who, means)
            self._append(line)
        if standing.locked:
            raise locked_out()
        return line

    def _end(self, attempt: Line, step: Step) -> None:
        with alone(self.folder):
            self._append(attempt.model_copy(update={"step": step, "at": self.clock.now()}))

    def _line(self, step: Step, who: Who, means: Means | None = None) -> Line:
        attempt = secrets.token_hex(_ID_BYTES)
        return Line(at=self.clock.now(), attempt=attempt, step=step, means=means, who=who)

    def _append(self, line: Line) -> None:
        try:
            self._write(line)
        except OSError as error:
            # Nobody can free space who is not let in first.
            if error.errno not in FULL or not self.folder.give_up_ballast():
                raise
            self._write(line)

    def _write(self, line: Line) -> None:
        path = self.folder.attempts
        if not path.exists():
            write_whole(path, b"")  # So that its name is on the disk too.
        # A line that was cut short by the plug must not take the next one with it.
        start = b"" if _ends_a_line(path) else b"\n"
        with path.open("ab") as file:
            file.write(start + _as_bytes(line))
            file.flush()
            os.fsync(file.fileno())


def _as_bytes(line: Line) -> bytes:
    return f"{line.model_dump_json(exclude_none=True)}\n".encode()


def _ends_a_line(path: Path) -> bool:
    return path.read_bytes()[-1:] in (b"", b"\n")


def _lines_of(path: Path) -> list[Line]:
    """Returns the lines that can be read.

    One that cannot was cut short by the plug, before anything was checked: it is passed over. So
    is what somebody garbled, who might as well have deleted the file.
    """
    if not path.exists():
        return []
    return [line for text in path.read_bytes().splitlines() if (line := _read(text)) is not None]


def _read(text: bytes) -> Line | None:
    try:
        return Line.model_validate_json(text)
    except ValidationError:
        return None
