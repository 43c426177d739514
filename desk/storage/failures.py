"""What the driver reports, as one of our own errors: a stable code, a sentence, a next step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import exc
from sqlcipher3 import dbapi2

from desk.errors import BusyError, DamagedError, StoreError
from desk.i18n import _

IO_FAILURES = frozenset({"io", "disk_full", "damaged"})
"""The codes after which every connection is closed and opened again.

What was misread once, by a loose cable, would else be read from the cache for ever.
"""

_PRIMARY = 0xFF  # SQLite's extended result codes keep the primary one in their lowest byte.


class _Said(NamedTuple):
    code: str
    explanation: str
    next_step: str


def damaged() -> DamagedError:
    """Returns the failure for a file whose content is not what was written.

    A wrong key and a damaged file give the same error of SQLCipher's, so the sentence says both.
    """
    return DamagedError(*_damaged())


def disk_full() -> StoreError:
    """Returns the failure for a disk that has no room left."""
    return StoreError(*_disk_full())


def touched(explanation: str) -> StoreError:
    """Returns the failure for a database in which one thing, named here, is not as written."""
    return StoreError(
        "damaged",
        explanation,
        _("Run desk verify, which names every row, and restore the newest good backup."),
    )


def no_station() -> StoreError:
    """Returns the failure for a database that holds no station."""
    return StoreError(
        "no_station",
        _("The database holds no station."),
        _("Run desk init in an empty data folder, or restore a backup."),
    )


def _busy() -> _Said:
    return _Said(
        "busy",
        _("Another desk is writing, and nothing was saved."),
        _("Try again in a moment."),
    )


def _damaged() -> _Said:
    return _Said(
        "damaged",
        _("The database is damaged, is no database, or was opened with the wrong key."),
        _("Leave the file as it is, and restore the newest good backup."),
    )


def _read_only() -> _Said:
    return _Said(
        "read_only",
        _("The database can be read but not written."),
        _("Give this account the right to write the file desk.db and its folder."),
    )


def _cannot_open() -> _Said:
    return _Said(
        "cannot_open",
        _("The database file cannot be opened."),
        _("See that the data folder exists and that this account may read and write it."),
    )


def _io() -> _Said:
    return _Said(
        "io",
        _("The disk refused to read or write the database."),
        _("Look at the disk and its cable before going on; nothing half done was kept."),
    )


def _disk_full() -> _Said:
    return _Said(
        "disk_full",
        _("The disk is full, so nothing was changed."),
        _("Free some space on the disk, and do it again."),
    )


def _inconsistent() -> _Said:
    return _Said(
        "inconsistent",
        _("The database refused a change that would contradict what it holds."),
        _("Nothing was changed. Run desk verify, and report what it says."),
    )


def _other() -> _Said:
    return _Said(
        "database",
        _("The database could not do what was asked."),
        _("Nothing was changed. Do it again; if it stays so, run desk verify."),
    )


# The primary result codes of https://www.sqlite.org/rescode.html.
_BY_PRIMARY: Mapping[int, Callable[[], _Said]] = {
    5: _busy,
    6: _busy,
    8: _read_only,
    10: _io,
    11: _damaged,
    13: _disk_full,
    14: _cannot_open,
    19: _inconsistent,
    23: _read_only,
    26: _damaged,
}


_OF_ITS_KIND: Mapping[str, type[StoreError]] = {"busy": BusyError, "damaged": DamagedError}


def failure(error: BaseException | None) -> StoreError:
    """Returns the driver's error as one of ours, of a kind of its own where there is one."""
    primary = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    said = _BY_PRIMARY.get(primary, _other)()
    return _OF_ITS_KIND.get(said.code, StoreError)(*said)


@contextmanager
def as_written() -> Iterator[None]:
    """Takes a value that we would never have written for damage."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise damaged() from error


@contextmanager
def spoken() -> Iterator[None]:
    """Turns whatever the driver raises inside into a ``StoreError``."""
    try:
        yield
    except exc.DBAPIError as error:
        raise failure(error.orig) from error
    except dbapi2.Error as error:
        raise failure(error) from error
    except UnicodeDecodeError as error:
        # SQLite quotes a garbled schema in its message, which the driver then cannot read.
        raise damaged() from error
