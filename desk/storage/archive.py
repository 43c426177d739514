"""The archive of acts that the journal lets go of: a database file, encrypted as the record is.

It has one row for each act: the act with its officer's badge, its lines and the looks it noted, as
canonical JSON, from which everything that the chain covers can be computed again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, select

from desk.errors import StoreError
from desk.i18n import _
from desk.paths import DataFolder, make_private_folder, sync_file, sync_folder
from desk.storage.canonical import canonical
from desk.storage.engine import connect_bare, create
from desk.storage.failures import spoken
from desk.storage.raw import raw_columns, raw_rows
from desk.storage.tables import ACT, ACT_LINE, LOOK, OFFICER

_TABLE = "CREATE TABLE archive (number INTEGER PRIMARY KEY, content TEXT NOT NULL)"
_PUT = "INSERT INTO archive VALUES (?, ?)"
_DRAFT = ".unfinished"


def write_archive(
    connection: Connection,
    station_id: int,
    folder: DataFolder,
    key: bytes | None,
    span: tuple[int, int],
) -> Path:
    """Writes acts into an archive, which is on the disk as a whole when this returns.

    One of the same acts is replaced: it is of a shortening that never came to be.

    Args:
        connection: to read by.
        station_id: whose acts.
        folder: the station's; the archive lies in its ``archive``.
        key: what the record is encrypted with, and the archive then is; None for neither.
        span: the first act and the last.

    Raises:
        StoreError: it cannot be written; nothing has the archive's name.
    """
    first, last = span
    file = folder.archive / f"journal-{first:06}-{last:06}.db"
    draft = file.with_name(file.name + _DRAFT)
    try:
        make_private_folder(file.parent)
        draft.unlink(missing_ok=True)
        create(draft, key)
        with spoken(), closing(connect_bare(draft, key)) as archive:
            archive.execute("PRAGMA journal_mode = OFF")
            archive.execute("BEGIN")
            archive.execute(_TABLE)
            archive.executemany(_PUT, _contents(connection, station_id, span))
            archive.execute("COMMIT")
        sync_file(draft)
        draft.replace(file)
        sync_folder(file.parent)
    except OSError as error:
        raise StoreError(
            "cannot_write",
            _("{file} cannot be written: {reason}.").format(file=file, reason=error.strerror),
            _("Make room there, and do it again; the journal is as it was."),
        ) from error
    return file


def _contents(
    connection: Connection, station_id: int, span: tuple[int, int]
) -> Iterator[tuple[int, str]]:
    acts = select(*raw_columns(ACT), OFFICER.c.badge).select_from(
        ACT.outerjoin(OFFICER, OFFICER.c.id == ACT.c.officer_id)
    )
    chosen = acts.where(ACT.c.station_id == station_id, ACT.c.number.between(*span))
    rows = connection.execute(
        chosen.order_by(ACT.c.number), execution_options={"yield_per": 500}
    ).mappings()
    for act in rows:
        own = {"act": dict(act)}
        lines, looks = (_of_act(connection, table, act) for table in (ACT_LINE, LOOK))
        yield act["number"], canonical(own | {"lines": lines, "looks": looks})


def _of_act(connection: Connection, table: Table, act: RowMapping) -> list[dict[str, Any]]:
    its = (table.c.station_id == act["station_id"]) & (table.c.act_number == act["number"])
    chosen = raw_rows(table).where(its).order_by(*table.primary_key)
    return [dict(row) for row in connection.execute(chosen).mappings()]


def digest_of(path: Path) -> str:
    """Returns what tells a file from any other: SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
