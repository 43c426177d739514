"""An act that the journal let go of, found again in the archives.

Each archive has to lead, act by act, up to where the next one or the journal itself begins: what
an archive says counts only as far as the record still vouches for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk.errors import StoreError
from desk.i18n import _
from desk.paths import DataFolder
from desk.storage.canonical import act_hash
from desk.storage.engine import connect_to_read
from desk.storage.failures import spoken
from desk.storage.verify import CHAINED

_ACTS = "SELECT number, content FROM archive ORDER BY number"


@dataclass(frozen=True, slots=True)
class _Link:
    """An act as the chain has it: its number and its hash."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Archives:
    """The archives of a record.

    Attributes:
        folder: the data folder of the record.
        key: what they are encrypted with; None for nothing.
    """

    folder: DataFolder
    key: bytes | None

    def hash_of(self, number: int, last_gone: int, hash_: str) -> tuple[str, str]:
        """Returns the hash of an act that went, and which archive has it.

        Args:
            number: the act's; it went.
            last_gone: the last act that went.
            hash_: that act's hash, as the record has it.

        Raises:
            StoreError: an archive is not there, cannot be read, or does not lead up to the record.
        """
        end = _Link(last_gone, hash_)
        while True:
            file = self._ending_with(end.number)
            links = self._links(file, end)
            found = next((link for link in links if link.number == number), None)
            if found is not None:
                return found.hash, self._name_of(file)
            end = links[0]

    def _ending_with(self, number: int) -> Path:
        pattern = f"journal-*-{number:06}.db"
        found = sorted(self.folder.archive.glob(pattern))
        if not found:
            raise StoreError(
                "archive_missing",
                _("{file}, which ends with act {number}, is not there.").format(
                    file=self._name_of(self.folder.archive / pattern), number=number
                ),
                _("Put it back from a copy, and verify again."),
            )
        return found[0]

    def _links(self, file: Path, end: _Link) -> list[_Link]:
        """Returns the act before the first of an archive, and all that follow.

        Raises:
            StoreError: they are no chain that ends there.
        """
        links: list[_Link] = []
        try:
            for act in self._acts(file):
                columns = {name: value for name, value in act.items() if name not in CHAINED}
                before = _Link(act["number"] - 1, act["prev_hash"])
                hash_ = act_hash(before.hash, columns, act["lines_digest"])
                if links and links[-1] != before:
                    raise self._touched(file)
                links += [*([] if links else [before]), _Link(act["number"], hash_)]
        except (StoreError, ValueError, LookupError, TypeError):
            raise self._touched(file) from None
        if not links or links[-1] != end:
            raise self._touched(file)
        return links

    def _acts(self, file: Path) -> Iterator[dict[str, Any]]:
        with closing(connect_to_read(file, self.key)) as archive, spoken():
            for _number, content in archive.execute(_ACTS):
                yield json.loads(content)["act"]

    def _touched(self, file: Path) -> StoreError:
        return StoreError(
            "archive_touched",
            _("{file} is not as it was written.").format(file=self._name_of(file)),
            _("Put it back from a copy, and verify again."),
        )

    def _name_of(self, file: Path) -> str:
        return file.relative_to(self.folder.path).as_posix()
