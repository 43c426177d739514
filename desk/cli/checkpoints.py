"""``desk checkpoint``, and the checkpoints that ``desk verify`` holds the record against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desk.cli import output
from desk.cli.files import write_file
from desk.cli.given import Given
from desk.domain.checkpoint import Checkpoint, NoCheckpointError, read_checkpoint
from desk.domain.intents import By
from desk.errors import DeskError, UsageError
from desk.i18n import _
from desk.text import cut

if TYPE_CHECKING:
    from desk.domain.views import Finding
    from desk.service import Against

_LARGEST = 64 * 1024
_KEY = re.compile("[0-9a-fA-F]{64}")
_SHOWN = 40


def register(app: typer.Typer) -> None:
    """Adds the command."""

    @app.command(
        "checkpoint",
        help=_("Sign where the record ends now, to compare it with later, on any PC."),
    )
    def checkpoint(
        context: typer.Context,
        out: Annotated[
            Path | None,
            typer.Option(metavar="FILE", help=_("Where else to; a file of that name is replaced.")),
        ] = None,
    ) -> int:
        return make_checkpoint(context.obj, out)


def make_checkpoint(given: Given, out: Path | None) -> int:
    """Makes a checkpoint, and says where it lies.

    Raises:
        DeskError: the station cannot be opened, or a file not be written.
    """
    from desk.bootstrap import open_station

    with open_station(given.seat) as station:
        made = station.service.checkpoint(By(given.officer_needed().badge, given.desk_name))
    file = given.folder.checkpoint(made.number)
    if out is not None:
        write_file(out, made.text.encode())
        file = out
    if given.json:
        output.show(checkpoint_document(made, file))
    else:
        output.show_lines(
            [
                _("{hash}   act {number}").format(hash=made.short_hash, number=made.number),
                _("Keep a copy of {file} where nobody who writes the record can change it.").format(
                    file=file
                ),
            ]
        )
    return 0


def checkpoint_document(made: Checkpoint, file: Path) -> dict[str, object]:
    """Returns a checkpoint, as ``desk checkpoint`` prints it."""
    return {
        "station": made.station,
        "number": made.number,
        "hash": made.hash,
        "moment": made.moment.isoformat(),
        "public_key": None if made.public_key is None else made.public_key.hex(),
        "signature": None if made.signature is None else made.signature.hex(),
        "out": str(file),
    }


def against(files: Sequence[Path], public_key: str | None) -> Against | None:
    """Returns what the record is to be compared with; None where nothing was named.

    Raises:
        DeskError: a file is no checkpoint, or cannot be read.
        UsageError: a key was given that is none, or nothing that it could have signed.
    """
    from desk.service import Against

    if public_key is not None and not files:
        raise UsageError(
            "no_checkpoint",
            _("A public key alone compares nothing."),
            _("Add --against and a checkpoint."),
        )
    if not files:
        return None
    checkpoints = tuple(_checkpoint_in(file) for file in files)
    return Against(checkpoints, None if public_key is None else _key_meant(public_key))


def are_alone(given: Given) -> bool:
    """Returns whether there is no record to compare checkpoints with, or nobody to open it.

    Raises:
        UsageError: an officer was named, and no badge is in what was said.
    """
    return not given.folder.has_station or given.officer_named() is None


def check_signatures(given: Given, said: Against) -> int:
    """Prints what checkpoints say, and whether the key that was given has signed them.

    This needs no record, no station and no officer, and so says nothing of any record.
    """
    from desk.service import doubts

    # Each by itself: the same act may have been signed twice, once by somebody else.
    found = [
        tuple(doubts(given.folder, replace(said, checkpoints=(each,)))) for each in said.checkpoints
    ]
    told = list(zip(said.checkpoints, found, strict=True))
    if given.json:
        output.show(
            {
                "ok": not any(found),
                "record": None,
                "checkpoints": [_signed_document(*each) for each in told],
            }
        )
    else:
        lines = [line for each in told for line in _signed_lines(*each)]
        output.show_lines(
            [*lines, _("No record was compared with it: that needs the station and an officer.")]
        )
    return 1 if any(found) else 0


def _signed_document(checkpoint: Checkpoint, doubts: Sequence[Finding]) -> dict[str, object]:
    return {
        "station": checkpoint.station,
        "number": checkpoint.number,
        "hash": checkpoint.hash,
        "moment": checkpoint.moment.isoformat(),
        "signed": not doubts,
        "finding": doubts[0].code if doubts else None,
    }


def _signed_lines(checkpoint: Checkpoint, doubts: Sequence[Finding]) -> Iterator[str]:
    yield _("{station}, {when}: act {number}, {hash}").format(
        station=checkpoint.station,
        when=f"{checkpoint.moment:%Y-%m-%d %H:%M}",
        number=checkpoint.number,
        hash=checkpoint.short_hash,
    )
    if doubts:
        yield from (each.explanation for each in doubts)
    else:
        yield _("It is signed by the key that you gave.")


def _checkpoint_in(file: Path) -> Checkpoint:
    try:
        return read_checkpoint(_content(file))
    except NoCheckpointError:
        raise DeskError(
            "bad_checkpoint",
            _("{file} is no checkpoint, or is not as desk wrote it.").format(file=file),
            _("Name a file of exports/checkpoints, or one that lies beside a backup."),
        ) from None


def _key_meant(typed: str) -> bytes:
    """Returns the public key that was typed, or stands in a file or in a checkpoint."""
    if _KEY.fullmatch(typed):
        return bytes.fromhex(typed)
    content = _content(Path(typed))
    try:
        found = read_checkpoint(content).public_key
    except NoCheckpointError:
        text = content.decode("ascii", "replace").strip()
        found = bytes.fromhex(text) if _KEY.fullmatch(text) else None
    if found is None:
        raise UsageError(
            "bad_public_key",
            _("“{typed}” is no public key, and no file with one.").format(typed=cut(typed, _SHOWN)),
            _("Give its 64 digits, or a signed checkpoint of the station."),
        )
    return found


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST)
    except OSError as error:
        raise DeskError(
            "cannot_read",
            _("{file} cannot be read: {reason}.").format(
                file=cut(str(file), 200), reason=error.strerror
            ),
            _("See that the name is right, and that this account may read it."),
        ) from None
