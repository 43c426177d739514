"""Proving the newest backup: restored into a folder that is gone again, and held to the record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, func, select

from desk.domain.backups import BackupKind, Drill
from desk.errors import StoreError
from desk.i18n import _
from desk.paths import DataFolder
from desk.storage import stations
from desk.storage.backup import not_written
from desk.storage.backup_files import UNFINISHED, backups_in
from desk.storage.copying import Head
from desk.storage.database import Database, database_as_it_is
from desk.storage.migrate import need_tables
from desk.storage.restoring import prepared
from desk.storage.tables import ACT, BAY, EXCHANGE, METADATA, OFFICER, PARTY, STATION

_NEVER_DELETED = frozenset(table.name for table in (STATION, BAY, OFFICER, EXCHANGE, PARTY))


def drill(folder: DataFolder, key: bytes | None) -> Drill:
    """Restores the newest good backup into a temporary folder, and compares it with the record.

    The folder lies among the backups, where it is no less safe than they are.

    Args:
        folder: the station's.
        key: what record and backups are encrypted with; None for neither.

    Raises:
        StoreError: the temporary folder cannot be written, or the record not be read.
    """
    problems: list[str] = []
    with (
        database_as_it_is(folder.database, key) as database,
        closing(database),
        database.reading() as record,
    ):
        need_tables(record)
        _house, station = stations.read(record)
        for backup in backups_in(folder.backups, station.zone):
            if backup.kind is not BackupKind.ROUTINE:
                continue
            try:
                return _compared(backup.path, key, record, problems)
            except StoreError as error:
                problems.append(error.explanation)
            except OSError as error:
                raise not_written(folder.backups, error) from error
    return Drill(None, problems=(*problems, _("There is no backup that could be restored.")))


def _compared(file: Path, key: bytes | None, record: Connection, problems: list[str]) -> Drill:
    with TemporaryDirectory(prefix=".drill-", suffix=UNFINISHED, dir=file.parent) as place:
        draft = Path(place) / file.name
        head, _station = prepared(file, draft, key)
        restored = Database(draft, key, ballast=0)
        with closing(restored), restored.reading() as copy:
            counts = {name: (_count(copy, name), _count(record, name)) for name in METADATA.tables}
    found = (*problems, *_differences(counts, head, record))
    behind = _newest(record, head.code) - head.number
    return Drill(str(file), head.number, behind, counts, found)


def _count(connection: Connection, table: str) -> int:
    counted = select(func.count()).select_from(METADATA.tables[table])
    return connection.execute(counted).scalar_one()


def _newest(record: Connection, code: str) -> int:
    found = select(STATION.c.head_number).where(STATION.c.code == code)
    return record.execute(found).scalar() or 0


def _differences(
    counts: dict[str, tuple[int, int]], head: Head, record: Connection
) -> Iterator[str]:
    """Yields what says that the backup is of another past than the record's."""
    same = (
        select(ACT.c.hash)
        .join(STATION, STATION.c.id == ACT.c.station_id)
        .where(STATION.c.code == head.code, ACT.c.number == head.number)
    )
    if record.execute(same).scalar() != head.hash:
        yield _("Act {number}, the newest of the backup, is another one in the record.").format(
            number=head.number
        )
    for table in sorted(_NEVER_DELETED):
        kept, here = counts[table]
        if kept > here:
            yield _("The backup has {kept} rows of {table}, and the record only {here}.").format(
                kept=kept, table=table, here=here
            )
