"""The ways to a store: founding one, opening one, and looking at one as it is."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from desk.domain.checkpoint import Checkpoint
from desk.domain.rules import Rules
from desk.domain.views import Agreed, Finding, Officer, Station, Verification
from desk.paths import DataFolder
from desk.storage import checkpoints, stations, verify
from desk.storage.archived import Archives
from desk.storage.database import database_as_it_is, new_database, opened_database
from desk.storage.migrate import is_current, revision_of
from desk.storage.officers import Officers
from desk.storage.store import Store, Workplace
from desk.storage.upgrading import upgrade


def found_store(
    path: Path,
    station: Station,
    rules: Rules,
    workplace: Workplace,
    known: Sequence[Officer] = (),
) -> Store:
    """Makes a new database for a station; its journal begins with the founding.

    Args:
        path: the database file.
        station: what is founded.
        rules: the rules in force.
        workplace: the clock, the desk's name, the key.
        known: the officers that it knows from its beginning.

    Raises:
        StoreError: there is a database already, or none can be made there.
    """
    with new_database(path, workplace.key, workplace.ballast) as database:
        with database.writing() as connection:
            now = workplace.clock.now()
            station_id = stations.found(connection, station, rules, workplace.desk, now)
            for officer in known:
                Officers(connection, station_id).know(officer, workplace.desk, now)
            connection.commit()
        return Store(database, workplace)


def open_store(path: Path, rules: Rules, workplace: Workplace) -> Store:
    """Opens a station's database, and journals the rules if they changed since the last start.

    Raises:
        StoreError: it is missing, not ours, damaged, or was written by a newer desk.
    """

    def upgraded(older: Path, key: bytes | None) -> None:
        upgrade(older, key, workplace.clock.now())

    with opened_database(path, workplace.key, workplace.ballast, upgraded) as database:
        store = Store(database, workplace)
        workplace.accept(store.station)
        store.notice_rules(rules)
        return store


def verify_store(
    path: Path,
    key: bytes | None = None,
    against: Sequence[Checkpoint] = (),
    beside: Sequence[Checkpoint] = (),
) -> Verification:
    """Checks the record in a file as it is: nothing is mended, noted or written before.

    Opening a station makes its triggers anew and notes its rules, which may be what was touched.

    Args:
        path: the database file.
        key: what it is encrypted with; None where it is not.
        against: where it once ended.
        beside: the same, but none of these counts after a backup was put in the record's place.

    Raises:
        StoreError: it is missing, not ours, damaged, or was written by a newer desk.
    """
    with (
        database_as_it_is(path, key) as database,
        closing(database),
        database.reading() as connection,
    ):
        is_current(revision_of(connection))
        found = verify.verify(connection)
        current = [each for each in beside if not checkpoints.outdated(connection, each)]
        archives = Archives(DataFolder(path.parent), key)
        told = [checkpoints.compared(connection, each, archives) for each in (*against, *current)]
    differs = [each for each in told if isinstance(each, Finding)]
    agreed = tuple(each for each in told if isinstance(each, Agreed))
    return replace(found, findings=(*found.findings, *differs), agreed=agreed)
