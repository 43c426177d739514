"""Upgrading a station's database: a backup first, and a sentence that says where it lies."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pendulum import DateTime

from desk.errors import StoreError
from desk.i18n import _
from desk.paths import DataFolder
from desk.storage.backup import back_up_before_upgrade
from desk.storage.engine import connect
from desk.storage.failures import damaged, spoken
from desk.storage.migrate import migrate


def upgrade(path: Path, key: bytes | None, now: DateTime) -> None:
    """Makes a backup of the database, and brings its schema to the newest revision.

    Args:
        path: the station's database.
        key: what it is encrypted with; None for one that is not.
        now: the moment that the backup's name tells.

    Raises:
        StoreError: it cannot be done, and the database is as it was; where the backup was made,
            the sentence says where it lies.
    """
    zone = _zone_of(path, key)
    kept = back_up_before_upgrade(DataFolder(path.parent), key, now, zone)
    try:
        migrate(path, key)
    except StoreError as error:
        raise StoreError(
            error.code,
            _("The database could not be upgraded: {reason} A backup of it is {file}.").format(
                reason=error.explanation, file=kept
            ),
            error.next,
        ) from error


def _zone_of(path: Path, key: bytes | None) -> ZoneInfo:
    with closing(connect(path, key)) as connection, spoken():
        row = connection.execute("SELECT timezone FROM station ORDER BY id LIMIT 1").fetchone()
    try:
        return ZoneInfo(*row)
    except (OSError, TypeError, ValueError, ZoneInfoNotFoundError):
        raise damaged() from None
