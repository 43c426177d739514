"""Making checkpoints, and asking whether one is the station's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from desk.domain.backups import Backup
from desk.domain.checkpoint import Checkpoint, NoCheckpointError, read_checkpoint
from desk.domain.intents import By
from desk.domain.views import Finding
from desk.errors import StoreError
from desk.i18n import _
from desk.paths import DataFolder, make_private_folder, write_whole
from desk.service.access import Keys
from desk.storage.backup_files import checkpoint_beside
from desk.storage.checkpoints import TABLE
from desk.storage.copying import Head
from desk.storage.store import Store
from desk.vault import is_signed, slot_file


@dataclass(frozen=True, slots=True)
class Against:
    """What a record is compared with.

    Attributes:
        checkpoints: where it once ended.
        public_key: whose signature they have to bear; None for the station's own, as its slots
            have it, or where there are none for what each checkpoint itself says.
        beside: the station's own checkpoints that lie beside the record; none of them counts any
            more once a backup was put in its place.
    """

    checkpoints: tuple[Checkpoint, ...] = ()
    public_key: bytes | None = None
    beside: tuple[Checkpoint, ...] = ()


NOTHING = Against()
"""Compares a record with itself alone."""


class Checkpoints:
    """Makes them at one desk.

    Args:
        store: the record.
        keys: what signs; None for a station that has none, as in practice.
    """

    def __init__(self, store: Store, keys: Keys | None) -> None:
        self._store = store
        self._keys = keys

    def make(self, by: By | None) -> Checkpoint:
        """Makes a checkpoint of the journal as it ends now, in the folder of the checkpoints.

        Raises:
            StoreError: the database or the file cannot be written.
        """
        made = self._signed(self._store.note_checkpoint(by))
        _write(self._store.folder.checkpoint(made.number), made)
        return made

    @property
    def are_signed(self) -> bool:
        """Whether there is a key to sign them with."""
        return self._keys is not None

    def make_of(self, head: Head, file: Path) -> Checkpoint:
        """Makes a checkpoint of where the journal ended once, and journals nothing.

        Raises:
            StoreError: the file cannot be written.
        """
        made = self._signed(head)
        _write(file, made)
        return made

    def make_beside(self, backup: Backup, second: str | None, by: By | None) -> Checkpoint:
        """Makes a checkpoint of a backup, as the record in it ends, beside each copy of it.

        It is journalled at once if that can be, otherwise with the next act.

        Args:
            backup: which.
            second: the other folder that may have a copy of it.
            by: who asked for the backup; None where the program made it by itself.

        Raises:
            StoreError: the database or a file cannot be written.
        """
        head = Head(self._store.station.code, backup.head_number, backup.head_hash)
        made = self._signed(head)
        self._store.leave_checkpoint(head, by)
        file = Path(backup.file)
        for copy in [file] if second is None else [file, Path(second) / file.name]:
            if copy.exists():
                _write(checkpoint_beside(copy), made)
        return made

    def _signed(self, head: Head) -> Checkpoint:
        now = self._store.now().in_timezone(self._store.station.timezone)
        plain = Checkpoint(head.code, head.number, head.hash, now.replace(microsecond=0))
        if self._keys is None:
            return plain
        slots = self._keys.slots
        signature = slots.sign(plain.message, self._keys.data_key)
        return replace(plain, public_key=slots.public_key(), signature=signature)


def _write(file: Path, checkpoint: Checkpoint) -> None:
    try:
        make_private_folder(file.parent)
        write_whole(file, checkpoint.text.encode())
    except OSError as error:
        raise StoreError(
            "cannot_write",
            _("No checkpoint could be written to {file}: {reason}.").format(
                file=file, reason=error.strerror
            ),
            _("Make room there, or let this account write it; the record itself is well."),
        ) from None


def newest_beside(folder: DataFolder) -> Against:
    """Returns the newest of the checkpoints in the folder that the station itself has signed.

    Another's, or a station's that was here before, would say nothing of this record.

    Raises:
        VaultError: its slots cannot be read.
    """
    public_key = _own_key(folder)
    signed = [
        each
        for each in _lying_in(folder.checkpoints)
        if public_key is not None and not any(_doubts(each, public_key))
    ]
    newest = max(signed, key=lambda each: each.moment, default=None)
    return NOTHING if newest is None else Against(beside=(newest,))


def _lying_in(place: Path) -> Iterator[Checkpoint]:
    for file in place.glob("*.txt"):
        # What is none, or cannot be read, says nothing; whoever minds names it with --against.
        with suppress(OSError, NoCheckpointError):
            yield read_checkpoint(file.read_bytes())


def _own_key(folder: DataFolder) -> bytes | None:
    if not folder.key_slots.exists():
        return None
    return slot_file.read_of(folder).signing.public


def doubts(folder: DataFolder, against: Against) -> Iterator[Finding]:
    """Yields which checkpoints the station has not signed.

    Raises:
        VaultError: its slots cannot be read.
    """
    public_key = against.public_key
    if public_key is None and against.checkpoints:
        public_key = _own_key(folder)
    for checkpoint in against.checkpoints:
        yield from _doubts(checkpoint, public_key)


def _doubts(checkpoint: Checkpoint, public_key: bytes | None) -> Iterator[Finding]:
    if checkpoint.signature is None or checkpoint.public_key is None:
        if public_key is not None:
            yield _finding(checkpoint, "unsigned", _("{it} is not signed, and has to be."))
        return
    if public_key not in (None, checkpoint.public_key):
        yield _finding(checkpoint, "other_key", _("{it} is signed by another station's key."))
    elif not is_signed(checkpoint.message, checkpoint.signature, checkpoint.public_key):
        yield _finding(checkpoint, "forged", _("{it} is not what the station has signed."))


def _finding(checkpoint: Checkpoint, code: str, sentence: str) -> Finding:
    it = _("The checkpoint of {when}, act {number},").format(
        when=f"{checkpoint.moment:%Y-%m-%d %H:%M}", number=checkpoint.number
    )
    return Finding(checkpoint.number, TABLE, code, sentence.format(it=it))
