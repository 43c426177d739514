"""Where a station lives on the disk, and what its folder holds."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from pendulum import DateTime

import desk
from desk.errors import UsageError
from desk.i18n import _
from desk.text import cut

_NO_SUCH_THING = frozenset({errno.EINVAL, errno.ENOTSUP})
"""How a share or a stick says that it cannot sync a folder's names apart from its files."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """A data folder, whether or not anything lies in it yet."""

    path: Path

    @property
    def database(self) -> Path:
        """The database: the truth for station, code, zone and bays."""
        return self.path / "desk.db"

    @property
    def key_slots(self) -> Path:
        """The slots that hold the database's key; a station that has them is encrypted."""
        return self.path / "keyslots.json"

    @property
    def attempts(self) -> Path:
        """What was tried to open it, counted before it was checked."""
        return self.path / "attempts.log"

    @property
    def ballast(self) -> Path:
        """What is deleted when the disk is full, to make room."""
        return self.path / "ballast"

    def give_up_ballast(self) -> bool:
        """Deletes what is kept back for a full disk; returns whether that freed anything."""
        try:
            self.ballast.unlink()
        except OSError:
            return False
        return True

    @property
    def settings(self) -> Path:
        """The settings file: rules, keys and looks."""
        return self.path / "station.toml"

    @property
    def inbox(self) -> Path:
        """Where booking files are put for the board's ``/import``."""
        return self.path / "inbox"

    @property
    def maps(self) -> Path:
        """Which column is what, in booking files with columns of their own."""
        return self.path / "maps"

    @property
    def backups(self) -> Path:
        """Where copies of the database lie."""
        return self.path / "backups"

    @property
    def kept_slots(self) -> tuple[Path, ...]:
        """The slots that lie beside the backups, the newest first."""
        return tuple(sorted(self.backups.glob("desk-*.keyslots.json"), reverse=True))

    @property
    def exports(self) -> Path:
        """Where files for others are written."""
        return self.path / "exports"

    @property
    def checkpoints(self) -> Path:
        """Where the journal ended at the end of each shift."""
        return self.exports / "checkpoints"

    def checkpoint(self, number: int) -> Path:
        """Returns the checkpoint that was made at that act."""
        return self.checkpoints / f"checkpoint-{number:06}.txt"

    @property
    def archive(self) -> Path:
        """Where the acts lie that the journal has let go of."""
        return self.path / "archive"

    @property
    def erasures(self) -> Path:
        """What was erased, without words, for backups that still have it."""
        return self.path / "erasures.log"

    @property
    def log(self) -> Path:
        """What the program went through, without names; older ones are beside it."""
        return self.path / "desk.log"

    @property
    def has_station(self) -> bool:
        """Whether a station lives here: the folder holds a database."""
        return self.database.is_file()

    @property
    def damaged(self) -> tuple[Path, ...]:
        """The databases that could not be opened and were set aside, the newest last."""
        return tuple(sorted(self.path.glob("damaged-*.db")))

    def damaged_at(self, moment: DateTime) -> Path:
        """Returns what a database is called that was set aside at that moment, in UTC."""
        return self.path / f"damaged-{moment.strftime('%Y-%m-%dT%H%M%SZ')}.db"

    @property
    def is_new(self) -> bool:
        """Whether nothing here says that there is a station, or was one."""
        return not (self.has_station or self.settings.exists() or self.damaged)

    def prepare(self) -> None:
        """Makes the folder and those inside it, where they are missing; no other account gets in.

        Raises:
            OSError: a folder cannot be made.
        """
        for folder in (self.path, self.inbox, self.backups, self.exports):
            make_private_folder(folder)


def data_folder(
    given: str | None,
    environment: Mapping[str, str] = os.environ,
    package: Path = Path(desk.__file__).parent,
) -> DataFolder:
    """Returns the folder that the program is to use.

    Args:
        given: what ``--data`` said, or None.
        environment: where ``DESK_DATA`` is looked up; an empty value counts as none.
        package: the folder of the imported package; with ``pyproject.toml`` beside it, it is a
            checkout, whose ``data/`` is used.

    Raises:
        UsageError: no file system can have a folder of that name.
    """
    named = given or environment.get("DESK_DATA")
    if named:
        return DataFolder(_folder_named(named))
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file():
        return DataFolder(checkout / "data")
    return DataFolder(platformdirs.user_data_path("desk", appauthor=False))


def _folder_named(name: str) -> Path:
    try:
        os.fsencode(name)
        return Path(name).expanduser().absolute()
    except (UnicodeEncodeError, RuntimeError):  # The latter: nobody has that home folder.
        raise UsageError(
            "bad_folder",
            _("“{name}” cannot be a folder's name.").format(name=cut(name, 60)),
            _("Name the data folder with --data or DESK_DATA."),
        ) from None


def make_private_folder(folder: Path) -> None:
    """Makes a folder, and those that it lies in, where they are missing; no other account gets in.

    Raises:
        OSError: one of them cannot be made.
    """
    # Python's own way makes those in between as anybody may read them.
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)  # Where a file lies there, that is told.


def make_private_file(path: Path) -> None:
    """Makes an empty file that no other account may read.

    Raises:
        FileExistsError: there is one already.
        OSError: it cannot be made.
    """
    path.touch(mode=0o600, exist_ok=False)


def way_to_slots(folder: DataFolder, kept: Path | None) -> str:
    """Returns what to do where a station's slots cannot be used.

    Args:
        folder: the station's.
        kept: the slots beside a backup that open the same database; None where there are none.
    """
    if kept is None:
        return _(
            "Look where copies of the backups go, and copy the newest desk-….keyslots.json "
            "to {slots}."
        ).format(slots=folder.key_slots)
    told = (
        _("Copy {kept} to {slots}; keep what lies there under another name.")
        if folder.key_slots.exists()
        else _("Copy {kept} to {slots}.")
    )
    return told.format(kept=kept, slots=folder.key_slots)


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file so that it is there as a whole, or as it was before.

    A file of that name is replaced. The content is on the disk when this returns.

    Raises:
        OSError: the folder cannot be written, or the disk is full; nothing was changed.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Returns once the file's content is on the disk.

    Raises:
        OSError: the disk does not take it.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Returns once the names in the folder are on the disk.

    Raises:
        OSError: the disk does not take them.
    """
    # Windows has no handle for a folder, and needs none: its rename is journalled.
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_SUCH_THING:
            raise
    finally:
        os.close(handle)
