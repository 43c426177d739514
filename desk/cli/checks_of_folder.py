"""Whether the data folder is fit for a record, and who else can read it."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.cli.checks import Check, judged
from desk.errors import SettingsError, StoreError, VaultError
from desk.i18n import _, ngettext
from desk.paths import DataFolder

if TYPE_CHECKING:
    from desk.settings import Settings

_LEAST_ROOM = 200 * 1024 * 1024


def checks_of_folder(folder: DataFolder) -> Iterator[Check]:
    """Yields what can be said of any folder."""
    there = next(each for each in (folder.path, *folder.path.parents) if each.exists())
    yield _writable(folder.path, there)
    yield _permissions(folder.path)
    yield _local(there)
    free = shutil.disk_usage(there).free
    enough = free >= _LEAST_ROOM
    yield judged(
        "room", f"{free // 1024**2} MiB", None if enough else _("Free some space on this disk.")
    )


def _writable(folder: Path, there: Path) -> Check:
    try:
        with TemporaryFile(dir=there):
            return Check("folder", ok=True, value=str(folder), tells=True)
    except OSError as error:
        return Check(
            "folder",
            ok=False,
            value=f"{folder}: {error.strerror}",
            fix=_("Let this account write the folder, or name another with --data."),
            tells=True,
        )


def _permissions(folder: Path) -> Check:
    if os.name != "posix" or not folder.is_dir():
        return Check("permissions", ok=True, value=None)
    mode = stat.S_IMODE(folder.stat().st_mode)
    return judged(
        "permissions",
        f"{mode:04o}",
        _("Keep other accounts of this PC out: chmod 700 {folder}").format(folder=folder)
        if mode & (stat.S_IRWXG | stat.S_IRWXO)
        else None,
    )


def _local(there: Path) -> Check:
    from desk.storage.places import refuse_network

    try:
        refuse_network(there)
    except StoreError as error:
        return Check("disk", ok=False, value=_("over the network"), fix=error.next)
    return Check("disk", ok=True, value=_("local"))


def checks_of_files(folder: DataFolder, now: DateTime) -> Iterator[Check]:
    """Yields what can be said of a station without opening it."""
    if not folder.has_station:
        return
    yield _encryption(folder)
    yield from _slots(folder)
    yield _backup(folder, now)


def _encryption(folder: DataFolder) -> Check:
    """Looks at the files themselves: what the settings or the slots say proves nothing."""
    from desk.storage.encrypting import plain_backups, plain_drafts
    from desk.storage.in_clear import is_encrypted

    backups = sorted(folder.backups.glob("*.db"))
    try:
        plain = [each for each in (folder.database, *backups) if not is_encrypted(each)]
        second = _second(folder)
        plain += plain_backups(second)
        drafts = plain_drafts([folder.backups, *second])
    except OSError as error:
        return Check("encryption", ok=False, value=error.strerror, fix=_("Look at the disk."))
    if folder.database in plain:
        return Check(
            "encryption",
            ok=False,
            value=_("desk.db is not encrypted"),
            fix=_to_secure(),
        )
    if plain:
        return Check(
            "encryption",
            ok=False,
            value=ngettext(
                "{n} backup is not encrypted", "{n} backups are not encrypted", len(plain)
            ).format(n=len(plain)),
            fix=_("They are from before the record was: delete them once there are newer ones."),
        )
    if drafts:
        return Check(
            "encryption",
            ok=False,
            value=ngettext(
                "{n} unfinished backup is not encrypted",
                "{n} unfinished backups are not encrypted",
                len(drafts),
            ).format(n=len(drafts)),
            fix=_(
                "Sign in: desk destroys what lies in backups. What stays, delete: {folder}"
            ).format(folder=drafts[0].parent),
        )
    told = ngettext("desk.db and {n} backup", "desk.db and {n} backups", len(backups))
    not_told = _("not station.toml, inbox, exports")
    return Check("encryption", ok=True, value=f"{told.format(n=len(backups))}; {not_told}")


def _to_secure() -> str:
    return _('Run desk secure --supervisor "BADGE NAME".')


def _second(folder: DataFolder) -> list[Path]:
    """Returns the other folder with backups, where there is one and it is not away."""
    second = _settings(folder).backups.plan.second
    return [] if second is None or not Path(second).is_dir() else [Path(second)]


def _slots(folder: DataFolder) -> Iterator[Check]:
    from desk.service.health import slots_summary
    from desk.storage.in_clear import has_lost_slots

    if not folder.key_slots.exists() and not has_lost_slots(folder):
        return
    try:
        summary = slots_summary(folder)
    except VaultError as error:
        yield Check("slots", ok=False, value=error.explanation, fix=error.next)
        return
    told = ngettext("{n} passphrase", "{n} passphrases", summary.passphrases)
    yield judged(
        "slots",
        f"{told.format(n=summary.passphrases)}, {summary.cost}",
        _("Somebody made passphrases cheap to guess: restore keyslots.json from a backup.")
        if summary.is_cheap
        else None,
    )
    yield Check("public key", ok=True, value=summary.public_key)


def _backup(folder: DataFolder, now: DateTime) -> Check:
    from desk.domain.backups import newest_of
    from desk.storage.backup_files import backups_in
    from desk.wording import duration

    settings = _settings(folder)
    zone = ZoneInfo(settings.station.timezone or "UTC")
    made = [each.made_at for each in backups_in(folder.backups, zone)]
    newest = newest_of(made, now)
    if newest is None and made:
        return Check(
            "backup",
            ok=False,
            value=_("later than the clock"),
            fix=_("Set the clock of this PC right, then make one: desk backup"),
        )
    # Whoever is let in by nothing makes no backup either.
    fix = _("Make one: desk backup") if folder.key_slots.exists() else _to_secure()
    if newest is None:
        return Check("backup", ok=False, value=_("none"), fix=fix)
    too_old = settings.backups.plan.policy.hours_too_old(made, now) is not None
    told = _("{time} old").format(time=duration((now - newest).in_minutes()))
    return judged("backup", told, fix if too_old else None)


def _settings(folder: DataFolder) -> Settings:
    """Returns the settings, or the usual ones where they cannot be read, which is told elsewhere.

    Without opening the record they alone say in which zone backups are named.
    """
    from desk.bootstrap import settings_of
    from desk.settings import Settings

    try:
        return settings_of(folder).settings
    except SettingsError:
        return Settings()
