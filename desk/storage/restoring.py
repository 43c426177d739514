"""Restoring a backup, in an order that leaves a whole station whenever it is stopped.

The backup is copied beside the database, brought to the newest schema, verified, and told in its
own journal. Then what is there is put aside into `backups/`, whole and under a name that desk never
deletes, and the copy takes the database's place in one step. Nothing is done to the backup.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path

from pendulum import DateTime
from sqlcipher3 import dbapi2

from desk.domain.backups import BackupKind, Restored
from desk.domain.intents import By
from desk.domain.lifecycle import Verb
from desk.domain.verdict import Code
from desk.domain.views import Officer, Role, Station
from desk.errors import DamagedError, StoreError
from desk.i18n import _
from desk.paths import DataFolder, make_private_folder, sync_file, sync_folder, write_whole
from desk.storage import backup_acts, stations, verify
from desk.storage.backup import not_written
from desk.storage.backup_acts import Noted
from desk.storage.backup_files import (
    BackupFile,
    copy_beside,
    copy_file,
    logs_of,
    new_backup,
    put,
    settings_beside,
    slots_beside,
)
from desk.storage.copying import Head, copy_whole, heads
from desk.storage.database import Database, database_as_it_is
from desk.storage.engine import connect_to_read
from desk.storage.failures import spoken
from desk.storage.holding import held_alone, swap
from desk.storage.migrate import is_current, migrate
from desk.storage.officers import Officers
from desk.storage.reapplying import reapply_erasures

_DRAFT = ".restoring"


def _anybody(_officer: Officer | None) -> None:
    """Lets whoever asks do it."""


@dataclass(frozen=True, slots=True)
class RestoreOrder:
    """What is to be restored.

    Attributes:
        file: the backup's database.
        key: what it is encrypted with; None for neither it nor the record.
        desk: the workstation's name.
        by: who asked for it.
        code: the code of the station that it has to be of, where no record is there to tell.
        permit: is handed the officer as the record knows them, or where none can be read the
            backup, and raises what forbids it to them.
    """

    file: Path
    key: bytes | None
    desk: str
    by: By
    code: str | None = None
    permit: Callable[[Officer | None], None] = _anybody


def restore(folder: DataFolder, order: RestoreOrder, now: DateTime) -> Restored:
    """Puts a backup in the place of the record; slots and settings only where there are none.

    Whoever could open the record can so open it afterwards, also with a passphrase that is newer
    than the backup. The supervisor who restores is one afterwards, although the backup may be of
    a time before: else nobody could be left who enrols those who came since.

    Raises:
        BusyError: another desk has the record open.
        StoreError: the backup is damaged or of another key, of another station, or of a newer
            desk, or the folder cannot be written; the record is as it was.
    """
    draft = folder.database.with_name(folder.database.name + _DRAFT)
    try:
        _remove(draft)
        with ExitStack() as unless_placed:
            unless_placed.callback(_remove, draft)
            head, station = prepared(order.file, draft, order.key)
            before = _looked_at(folder.database, order.key)
            _need_station(head.code, order.code if before is None else before.code)
            officer = _officer_in(draft if before is None else folder.database, order)
            order.permit(officer)
            with ExitStack() as holding:
                held = None
                if before is not None:
                    held = holding.enter_context(held_alone(folder.database, order.key))
                    before = heads(held)[0]
                kept = _put_aside(folder, held, order.key, now, station)
                _tell(draft, order, officer, _facts(order, before, head, kept), now)
                # Before anybody can read in it what was erased since.
                reapply_erasures(draft, order.key, folder.erasures, order.desk, now)
                _fill_gaps(folder, order.file)
                _place(folder, held, draft)
                unless_placed.pop_all()
    except OSError as error:
        raise not_written(folder.path, error) from error
    return Restored(
        before=None if before is None else before.number,
        after=head.number,
        kept_as=None if kept is None else str(kept),
    )


def prepared(file: Path, draft: Path, key: bytes | None) -> tuple[Head, Station]:
    """Copies a backup into a new file, brings it to the newest schema and verifies its record.

    Returns:
        Where its journal ends, and whose it is.

    Raises:
        StoreError: it is damaged, of another key, or of a newer desk.
        OSError: the draft cannot be written.
    """
    if not file.is_file():
        raise StoreError(
            "missing",
            _("There is no backup {file}.").format(file=file),
            _("Name a file of the folder backups, such as desk-2026-11-21T143200.db."),
        )
    try:
        with closing(connect_to_read(file, key)) as source:
            current = is_current(_revision(source))
            head = copy_whole(source, draft, key)
        if not current:
            migrate(draft, key)
        return head, _verified(draft, key)
    except StoreError as error:
        if error.code != "damaged":
            raise
        raise _bad_backup(file) from error


def _revision(source: dbapi2.Connection) -> str:
    with spoken():
        return str(source.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _bad_backup(file: Path) -> StoreError:
    return StoreError(
        "bad_backup",
        _("{file} is damaged, is no backup, or was made with another key.").format(file=file),
        _("Nothing was changed. Take an older one: desk restore --drill finds the newest good."),
    )


def _verified(draft: Path, key: bytes | None) -> Station:
    database = Database(draft, key, ballast=0)
    with closing(database), database.reading() as connection:
        findings = verify.verify(connection).findings
        if findings:
            raise StoreError(
                "touched_backup",
                _("In the backup {count} things are not as they were written: {first}").format(
                    count=len(findings), first=findings[0].explanation
                ),
                _("Nothing was changed. Take an older one."),
            )
        _house, station = stations.read(connection)
        return station


def _need_station(found: str, meant: str | None) -> None:
    if meant is not None and found != meant:
        raise StoreError(
            "other_station",
            _("The backup is of the station {found}, and this one is {meant}.").format(
                found=found, meant=meant
            ),
            _("Nothing was changed. Restore it in a folder of its own: name it with --data."),
        )


def _looked_at(database: Path, key: bytes | None) -> Head | None:
    """Returns where the journal of the record ends; None where there is none that can be read.

    A damaged database is opened for reading alone: closed after writing, SQLite would delete a log
    that it cannot make sense of.
    """
    if not database.is_file():
        return None
    try:
        with closing(connect_to_read(database, key)) as connection:
            return heads(connection)[0]
    except StoreError as error:
        if error.code not in _UNREADABLE:
            raise
        return None


_UNREADABLE = frozenset({"damaged", "io", "database"})
"""What a record fails with that a backup is restored for."""


def _put_aside(
    folder: DataFolder,
    held: dbapi2.Connection | None,
    key: bytes | None,
    now: DateTime,
    station: Station,
) -> Path | None:
    """Keeps the station that is replaced, whole; returns where, or None where there is none."""
    if not folder.has_station:
        return None
    make_private_folder(folder.backups)
    aside = new_backup(folder.backups, BackupKind.REPLACED, now, station.zone)

    def write(draft: BackupFile) -> None:
        copy_beside(folder, draft)
        for log, copy in zip(logs_of(folder.database), logs_of(draft.path), strict=True):
            if log.is_file():
                copy_file(log, copy)
        _link_or_copy(folder.database, held, key, draft.path)

    put(aside, write)
    return aside.path


def _link_or_copy(
    database: Path, held: dbapi2.Connection | None, key: bytes | None, copy: Path
) -> None:
    try:
        os.link(database, copy)
    except OSError:  # Where a file can have one name only.
        if held is None:
            copy_file(database, copy)
        else:
            # Read past SQLite it would be closed past SQLite, which ends the lock.
            copy_whole(held, copy, key)


def _officer_in(database: Path, order: RestoreOrder) -> Officer | None:
    """Returns the officer who asks for it, as a record knows them."""
    held = Database(database, order.key, ballast=0)
    with closing(held), held.reading() as connection:
        house, _station = stations.read(connection)
        known = Officers(connection, house.id).known(order.by.badge)
    return None if known is None else known.officer


def _facts(
    order: RestoreOrder, before: Head | None, after: Head, kept: Path | None
) -> dict[str, object]:
    return {
        "file": order.file.name,
        "before": None if before is None else before.number,
        "after": after.number,
        "kept_as": None if kept is None else kept.name,
    }


def _tell(
    draft: Path,
    order: RestoreOrder,
    officer: Officer | None,
    facts: dict[str, object],
    now: DateTime,
) -> None:
    """Journals in the restored record where it comes from, and leaves it in one file."""
    with database_as_it_is(draft, order.key, ballast=0) as database, closing(database):
        database.check()  # Its triggers may be those of an older desk.
        if officer is not None:
            _keep_in(database, officer, order.desk, now)
        backup_acts.note_in(database, Noted(Verb.RESTORE, order.desk, order.by, facts), now)
    sync_file(draft)


def _keep_in(database: Database, officer: Officer, desk: str, now: DateTime) -> None:
    """Enrols a supervisor whom the restored record does not know as one who may come in."""
    if officer.role is not Role.SUPERVISOR:
        return
    with database.writing() as connection:
        house, _station = stations.read(connection)
        officers = Officers(connection, house.id)
        known = officers.known(officer.badge)
        if known is None or known.officer.role is not officer.role or not known.officer.may_come_in:
            officers.make_supervisor(officer, Verb.ENROL, desk, now)
            connection.commit()


def note_refusal(folder: DataFolder, order: RestoreOrder, code: Code, now: DateTime) -> None:
    """Journals in the record that a backup was not restored; not where it cannot be read."""
    noted = Noted(Verb.RESTORE, order.desk, order.by, {"file": order.file.name}, code)
    with (
        suppress(DamagedError),
        database_as_it_is(folder.database, order.key, ballast=0) as database,
        closing(database),
    ):
        backup_acts.note_in(database, noted, now)


def _fill_gaps(folder: DataFolder, file: Path) -> None:
    """Takes slots and settings from the backup where the folder has none."""
    for mine, kept in (
        (folder.key_slots, slots_beside(file)),
        (folder.settings, settings_beside(file)),
    ):
        if not mine.exists() and kept.is_file():
            write_whole(mine, kept.read_bytes())


def _place(folder: DataFolder, held: dbapi2.Connection | None, draft: Path) -> None:
    """Lets the restored record take the place of the one that lies aside by now."""
    if held is not None:
        swap(held, draft, folder.database)
    else:
        _clear(folder.database)
        draft.replace(folder.database)
    sync_folder(folder.path)


def _clear(database: Path) -> None:
    """Removes a damaged database with its logs, which SQLite would take for the next one's.

    The database goes first: until the next one is there, the folder has none, and desk says so.
    """
    if any(log.is_file() and log.stat().st_size for log in logs_of(database)):
        _remove(database)


def _remove(database: Path) -> None:
    memory = database.with_name(database.name + "-shm")
    for each in (database, *logs_of(database), memory):
        each.unlink(missing_ok=True)
    sync_folder(database.parent)
