"""``keyslots.json`` beside the database: written as a whole, read strictly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from desk.errors import VaultError
from desk.paths import DataFolder, way_to_slots, write_whole
from desk.vault.failures import bad_slots, newer_slots, no_slots, spoken
from desk.vault.slots import FORMAT, KeySlots

_LARGEST = 1024 * 1024  # Some two thousand officers; no station has them.


_MENDED_BY_A_COPY = frozenset({"no_slots", "bad_slots", "wrong_key"})


class _Form(BaseModel):
    """What every form of the file says first."""

    model_config = ConfigDict(strict=True)

    format: int


def read_of(folder: DataFolder) -> KeySlots:
    """Returns what the station's own file says.

    Raises:
        VaultError: as ``read``; the next step names the newest copy that can be used.
    """
    with naming_a_copy(folder):
        return read(folder.key_slots)


@contextmanager
def naming_a_copy(folder: DataFolder) -> Iterator[None]:
    """Names the newest sound slots beside a backup, where slots turn out to be of no use inside.

    Raises:
        VaultError: they are.
    """
    try:
        yield
    except VaultError as error:
        if error.code not in _MENDED_BY_A_COPY:
            raise
        way_out = way_to_slots(folder, _newest_sound(folder))
        raise VaultError(error.code, error.explanation, way_out) from None


def _newest_sound(folder: DataFolder) -> Path | None:
    for copy in folder.kept_slots:
        with suppress(VaultError):
            read(copy)
            return copy
    return None


def read(path: Path) -> KeySlots:
    """Returns what the file says.

    Raises:
        VaultError: there is none, it cannot be read, a newer desk wrote it, or it is not as desk
            writes it.
    """
    with spoken():
        try:
            with path.open("rb") as file:
                content = file.read(_LARGEST + 1)
        except FileNotFoundError:
            raise no_slots() from None
    return parsed(content)


def parsed(content: bytes) -> KeySlots:
    """Returns what the content of a slot file says.

    Raises:
        VaultError: a newer desk wrote it, or it is not as desk writes it.
    """
    if len(content) > _LARGEST:
        raise bad_slots()
    try:
        if _Form.model_validate_json(content).format > FORMAT:
            raise newer_slots()
        return KeySlots.model_validate_json(content)
    except ValidationError:  # Not handed on: it quotes the file.
        raise bad_slots() from None


def content_of(slots: KeySlots) -> bytes:
    """Returns the content of a file that says this."""
    return f"{slots.model_dump_json(indent=2)}\n".encode()


def write(path: Path, slots: KeySlots) -> None:
    """Writes the file, so that it is there as a whole, or as it was before.

    Only this account may read it, and nobody else writes it now (`locking`). Checked as it will
    be read, so that no slot is written that nobody can read again.

    Raises:
        VaultError: the folder cannot be written, or the disk is full; nothing was changed.
    """
    content = content_of(slots)
    parsed(content)
    with spoken():
        _sweep(path)
        write_whole(path, content)


def _sweep(path: Path) -> None:
    """Deletes what desks left that were killed while they wrote: no slot outlives its officer."""
    for unfinished in path.parent.glob(f".{path.name}.*"):
        unfinished.unlink(missing_ok=True)
