"""Acts on a disk that fills up: ``python -m tests.faults.full_disk FOLDER REF``.

The limit on the size of a file stands for the full disk. Prints one JSON document: the acts that
were acknowledged, the sentence of the one that was not, and the answer once there is room again.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from pathlib import Path

from desk.domain.intents import Note
from desk.errors import StoreError
from tests.builders import DUPONT
from tests.faults.stream import open_there

_MOST = 2000
"""Notes after which the disk should have been full."""


def largest_file(folder: Path) -> int:
    """Returns the size of the largest file there, in bytes."""
    return max(file.stat().st_size for file in folder.iterdir() if file.is_file())


def main(folder: Path, ref: str) -> dict[str, object]:
    """Writes notes until the disk is full, makes room, and writes one more."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    acknowledged: list[str] = []
    refused: StoreError | None = None
    with open_there(folder) as service:
        full = largest_file(folder) + 64 * 1024
        resource.setrlimit(resource.RLIMIT_FSIZE, (full, resource.RLIM_INFINITY))
        while refused is None and len(acknowledged) < _MOST:
            note = Note(ref=ref, by=DUPONT, text="a long note " * 40)
            try:
                assert service.perform(note).accepted
            except StoreError as error:
                refused = error
            else:
                acknowledged.append(note.intent_id)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        after = service.perform(Note(ref=ref, by=DUPONT, text="there is room again"))
        return {
            "acknowledged": len(acknowledged),
            "code": refused and refused.code,
            "sentence": refused and refused.explanation,
            "remedy": refused and refused.next,
            "stored": sum(row.verb == "note" for row in service.journal()),
            "accepted_after": after.accepted,
            "findings": len(service.verify().findings),
        }


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1]), sys.argv[2]), sys.stdout)
