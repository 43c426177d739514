"""Founding, opening and checking a station: with a key and the slots that held it, or without."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from desk.domain.lifecycle import Verb
from desk.domain.rules import Rules
from desk.domain.views import Officer, Station, Verification
from desk.paths import DataFolder
from desk.service.access import Keys
from desk.service.checkpoints import NOTHING, Against, doubts
from desk.service.cleaning import cleaned_station, cleaned_workplace
from desk.service.desk import Desk
from desk.storage.opening import found_store, open_store, verify_store
from desk.storage.store import Workplace


@dataclass(frozen=True, slots=True)
class Founding:
    """What a guarded station begins with."""

    keys: Keys
    supervisor: Officer


def found_station(path: Path, station: Station, rules: Rules, workplace: Workplace) -> Desk:
    """Makes a station's database, whose journal begins with the founding, and opens it.

    Args:
        path: the database file; its folder is made if need be.
        station: its name, code, time zone and bays.
        rules: the rules in force, which the journal notes.
        workplace: the clock, the desk's name, and where references come from.

    Raises:
        StoreError: there is a database already, or none can be made there.
    """
    made = found_store(path, cleaned_station(station), rules, cleaned_workplace(workplace))
    return Desk(made, rules)


def found_guarded_station(
    path: Path, station: Station, rules: Rules, workplace: Workplace, founding: Founding
) -> Desk:
    """Makes a station's encrypted database, which knows its first supervisor, and opens it.

    Args:
        path: the database file; its folder is made if need be.
        station: its name, code, time zone and bays.
        rules: the rules in force, which the journal notes.
        workplace: the clock, the desk's name, and where references come from.
        founding: who can open it, and whom it knows.

    Raises:
        StoreError: there is a database already, or none can be made there.
    """
    keyed = replace(cleaned_workplace(workplace), key=founding.keys.data_key)
    known = (founding.supervisor,)
    return Desk(
        found_store(path, cleaned_station(station), rules, keyed, known), rules, founding.keys
    )


def name_first_supervisor(
    path: Path,
    rules: Rules,
    workplace: Workplace,
    supervisor: Officer,
    check: Callable[[Station], None],
) -> Station:
    """Writes down, in a record that is not guarded yet, who is to let all others in.

    Args:
        path: the database file.
        rules: the rules in force.
        workplace: the clock and the desk's name.
        supervisor: who.
        check: looks at the station before anything is written, and raises what is wrong.

    Raises:
        StoreError: it is missing, not ours, damaged, or cannot be written.
    """
    said = cleaned_workplace(workplace)
    with closing(open_store(path, rules, said)) as store:
        check(store.station)
        store.make_supervisor(supervisor, Verb.ENROL, said.desk)
        return store.station


def open_guarded_desk(path: Path, rules: Rules, workplace: Workplace, keys: Keys) -> Desk:
    """Opens a station's encrypted database, in which nobody can act who has not signed in.

    Args:
        path: the database file.
        rules: the rules in force.
        workplace: the clock, the desk's name, and where references come from.
        keys: what one of the slots held, and the slots.

    Raises:
        StoreError: it is missing, not ours, damaged, or was written by a newer desk.
    """
    keyed = replace(cleaned_workplace(workplace), key=keys.data_key)
    return _settled(Desk(open_store(path, rules, keyed), rules, keys))


def open_desk(path: Path, rules: Rules, workplace: Workplace) -> Desk:
    """Opens a station's database, and journals its rules if they changed since the last start.

    Args:
        path: the database file.
        rules: the rules in force.
        workplace: the clock, the desk's name, and where references come from.

    Raises:
        StoreError: it is missing, not ours, damaged, or was written by a newer desk.
    """
    return _settled(Desk(open_store(path, rules, cleaned_workplace(workplace)), rules))


def _settled(desk: Desk) -> Desk:
    """Finishes what a kill left undone at another time."""
    desk.retention.settle()
    return desk


def verify_record(path: Path, key: bytes | None = None, against: Against = NOTHING) -> Verification:
    """Checks the record in a database file as it is, before anything opens and mends it.

    Args:
        path: the database file.
        key: what it is encrypted with; None where it is not.
        against: what it once ended with.

    Raises:
        StoreError: it is missing, not ours, damaged, or was written by a newer desk.
        VaultError: the slots beside it cannot be read.
    """
    doubtful = tuple(doubts(DataFolder(path.parent), against))
    found = verify_store(path, key, against.checkpoints, against.beside)
    return replace(found, findings=(*found.findings, *doubtful))
