"""The sheets of the days that desk keeps in a folder, and clears away again when they are over.

They tell names in clear, so none of them may lie there longer than it is of use. Only what desk
itself wrote there unasked is ever deleted: a list beside the sheets says what that was, by its
content, so that a sheet which somebody asked for, put there or wrote notes into stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from desk.paths import make_private_file, make_private_folder, write_whole

_LIST = ".day-sheets"
_LINE = re.compile(r"([0-9a-f]{64})  (day-(\d{4}-\d\d-\d\d)\.(?:txt|pdf))")


@dataclass(frozen=True, slots=True)
class _Written:
    """One line of the list: what was written once under a name."""

    digest: str
    name: str
    day: date

    @property
    def line(self) -> str:
        return f"{self.digest}  {self.name}\n"


def day_file_name(day: date, kind: str) -> str:
    """Returns ``day-2026-11-21.pdf``."""
    return f"day-{day.isoformat()}.{kind}"


@dataclass(frozen=True, slots=True)
class DayFiles:
    """The sheets that desk keeps up to date in a folder."""

    folder: Path

    def write(self, day: date, contents: Mapping[str, bytes]) -> None:
        """Writes a day's sheet, in each of its kinds.

        Raises:
            OSError: the folder cannot be written.
        """
        make_private_folder(self.folder)
        for kind, content in contents.items():
            written = _Written(_digest(content), day_file_name(day, kind), day)
            # First on the list: a sheet that is not there does no harm, one that is not known would
            # lie there for ever. Two desks may add lines at once.
            with suppress(FileExistsError):
                make_private_file(self.folder / _LIST)
            with (self.folder / _LIST).open("a", encoding="ascii") as known:
                known.write(written.line)
            write_whole(self.folder / written.name, content)

    def clear(self, is_over: Callable[[date], bool]) -> None:
        """Deletes the sheets of the days that are over, as far as desk wrote them unasked.

        Raises:
            OSError: one of them cannot be deleted; it stays on the list.
        """
        known = tuple(dict.fromkeys(self._known()))
        over = tuple(each for each in known if is_over(each.day))
        for each in over:
            file = self.folder / each.name
            if file.is_file() and _digest(file.read_bytes()) == each.digest:
                file.unlink()
        if over:
            left = "".join(each.line for each in known if each not in over)
            write_whole(self.folder / _LIST, left.encode("ascii"))

    def _known(self) -> Iterator[_Written]:
        try:
            lines = (self.folder / _LIST).read_text(encoding="ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return
        for line in lines:
            # Whatever else stands there was not written by desk, and names no file of its own.
            found = _LINE.fullmatch(line)
            if found is None:
                continue
            digest, name, day = found.groups()
            try:
                yield _Written(digest, name, date.fromisoformat(day))
            except ValueError:
                continue


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
