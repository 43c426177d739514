"""What outside the database holds what is erased in it: exports, booking files, backups.

Files are known by what is in them (SHA-256), never by their names, which can be words about
people themselves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from desk.domain.backups import BackupKind, BackupPlan, BackupPolicy
from desk.domain.retention import KeptBackup, gone_by
from desk.domain.traces import Traces
from desk.paths import DataFolder, sync_folder
from desk.storage.backup_files import backups_in

DONE = "done"
"""In the inbox: the booking files that were taken in (``desk.intake.inbox``)."""

_UNREADABLE = "\0"
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class LeftFiles:
    """Files that hold what is erased.

    Attributes:
        files: those that go.
        unread: those of which nobody can say what is in them.
        waiting: booking files that nobody has taken in yet; bookings of others are in them, too.
    """

    files: tuple[Path, ...] = ()
    unread: tuple[Path, ...] = ()
    waiting: tuple[Path, ...] = ()


def files_with(folder: DataFolder, traces: Traces, refs: Collection[str]) -> LeftFiles:
    """Returns the files of exports and of the inbox that hold somebody.

    Args:
        folder: the station's.
        traces: what gives them away.
        refs: exchanges that go; what is called after one of them goes, too.
    """
    telling, unread = _looked_through(_files(folder), traces, refs)
    # A sheet lies there as text and as PDF, of which only one can be looked into.
    stems = {path.with_suffix("") for path in telling}
    beside = [path for path in unread if path.with_suffix("") in stems]
    waiting, unread_there = _looked_through(_waiting(folder), traces, refs)
    left = [path for path in unread if path not in beside]
    return LeftFiles((*telling, *beside), (*left, *unread_there), tuple(waiting))


def _looked_through(
    paths: Iterable[Path], traces: Traces, refs: Collection[str]
) -> tuple[list[Path], list[Path]]:
    """Returns the files that hold somebody, and those that cannot be looked into."""
    telling: list[Path] = []
    unread: list[Path] = []
    for path in paths:
        text = _text(path)
        named = any(ref in path.stem for ref in refs) or traces.stand_in(path.stem)
        if named or (text is not None and traces.stand_in_file(text)):
            telling.append(path)
        elif text is None:
            unread.append(path)
    return telling, unread


def _files(folder: DataFolder) -> Iterator[Path]:
    """Yields what goes with what is erased."""
    for place in (folder.exports, folder.inbox / DONE):
        yield from _within(place)


def _waiting(folder: DataFolder) -> Iterator[Path]:
    done = folder.inbox / DONE
    yield from (path for path in _within(folder.inbox) if not path.is_relative_to(done))


def _within(place: Path) -> list[Path]:
    return sorted(path for path in place.rglob("*") if path.is_file()) if place.is_dir() else []


def _text(path: Path) -> str | None:
    """Returns what a file says, or None where it is no text."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    encoding = _BYTE_ORDER_MARKS.get(content[:2], "utf-8-sig")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return None if _UNREADABLE in text or content.startswith(b"%PDF") else text


def digests(paths: Iterable[Path]) -> list[str]:
    """Returns what tells these files from any others, in hexadecimal."""
    return sorted({_digest(path) for path in paths})


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def delete_known(folder: DataFolder, known: Collection[str]) -> None:
    """Deletes the files with these digests, wherever they lie in exports and the inbox's past.

    Raises:
        OSError: one of them cannot be deleted.
    """
    if not known:
        return
    for path in _files(folder):
        if _digest(path) in known:
            path.unlink()
            sync_folder(path.parent)


def kept_backups(
    folder: DataFolder, plan: BackupPlan, zone: ZoneInfo, today: date
) -> tuple[KeptBackup, ...]:
    """Returns every backup there is, the last to go at the end; some go only by hand."""
    places = [folder.backups, *([] if plan.second is None else [Path(plan.second)])]
    known = [each for place in places for each in _kept_in(place, plan.policy, zone, today)]
    known += [KeptBackup(path.name, None) for path in folder.damaged]
    going = sorted({each for each in known if each.gone_by is not None}, key=_by_day)
    return (*going, *sorted({each for each in known if each.gone_by is None}, key=_by_day))


def _kept_in(
    place: Path, policy: BackupPolicy, zone: ZoneInfo, today: date
) -> Iterator[KeptBackup]:
    found = backups_in(place, zone)
    routine = [each for each in found if each.kind is BackupKind.ROUTINE]
    # The newest so many are kept however old they are: these have to become older ones first.
    newer = {each.path: max(policy.last - at, 1) for at, each in enumerate(routine)}
    for each in found:
        if each.kind is BackupKind.REPLACED:
            yield KeptBackup(each.path.name, None)
            continue
        day = gone_by(each.made_at, policy, zone)
        yield KeptBackup(each.path.name, day, newer.get(each.path, 1) if day <= today else 0)


def _by_day(backup: KeptBackup) -> tuple[str, str]:
    return str(backup.gone_by), backup.name
