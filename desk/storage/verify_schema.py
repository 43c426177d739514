"""Whether the database is built as desk builds it: tables, indices, and what refuses changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from desk.domain.views import Finding
from desk.i18n import _
from desk.storage.tables import METADATA
from desk.storage.triggers import triggers

_TABLE_OF_TRIGGER = re.compile(r" ON (\w+)")
_OF_ALEMBIC = "alembic_version"
_OF_THE_INDEX = re.compile(r"search(_\w+)?")
"""What is made from the tables, and is no part of the record (``desk.storage.search_index``)."""


class Part(NamedTuple):
    """A table, index, trigger or view: the table that it belongs to, and how it is made."""

    table: str
    sql: str


Parts = Mapping[tuple[str, str], Part]
"""The parts of a database by their kind and name."""


def held_parts(connection: Connection) -> Parts:
    """Returns what the database is made of, but for what SQLite and Alembic keep for themselves."""
    rows = connection.exec_driver_sql(
        "SELECT type, name, tbl_name, sql FROM sqlite_master"
        " WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return {
        (row.type, row.name): Part(row.tbl_name, _comparable(row.sql))
        for row in rows
        if row.name != _OF_ALEMBIC and not _OF_THE_INDEX.fullmatch(row.name)
    }


@cache
def own_parts() -> Parts:
    """Returns what desk makes a database of."""
    dialect = sqlite.dialect()
    parts: dict[tuple[str, str], Part] = {}
    for name, table in METADATA.tables.items():
        made = CreateTable(table).compile(dialect=dialect)
        parts["table", name] = Part(name, _comparable(str(made)))
        for index in table.indexes:
            made_index = CreateIndex(index).compile(dialect=dialect)
            parts["index", str(index.name)] = Part(name, _comparable(str(made_index)))
    for name, sql in triggers().items():
        on = _TABLE_OF_TRIGGER.search(sql)
        parts["trigger", name] = Part(on[1] if on else "", _comparable(sql))
    return parts


@lru_cache(maxsize=256)  # What a sound file holds is word for word what desk makes.
def _comparable(sql: str) -> str:
    """Returns the SQL with its lines in order: a revision may list columns otherwise."""
    lines = (line.strip(" \t,") for line in sql.splitlines())
    return "\n".join(sorted(filter(None, lines)))


UNREADABLE = frozenset({"table_missing", "table_changed"})
"""The codes of what keeps a table's rows from being read."""


def parts_touched(connection: Connection) -> Iterator[Finding]:
    """Yields every table, index, trigger and view that is not as desk makes it."""
    held, own = held_parts(connection), own_parts()
    for kind, name in sorted(held.keys() | own.keys()):
        here, wanted = held.get((kind, name)), own.get((kind, name))
        if here is None and wanted is not None:
            yield _finding(kind, name, wanted, "missing")
        elif here is not None and wanted is None:
            yield _finding(kind, name, here, "unknown")
        elif here is not None and here != wanted:
            yield _finding(kind, name, here, "changed")


def _finding(kind: str, name: str, part: Part, code: str) -> Finding:
    sentence = {
        "missing": _("The {kind} {name} is gone."),
        "unknown": _("The {kind} {name} on {table} is none that desk makes."),
        "changed": _("The {kind} {name} is not as this desk makes it."),
    }[code]
    told = sentence.format(kind=kind, name=name, table=part.table)
    return Finding(None, part.table, f"{kind}_{code}", told)


def damage(connection: Connection) -> Iterator[Finding]:
    """Yields what SQLite itself finds wrong with the file, such as a row that an index lacks."""
    for said in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
        if said != "ok":
            told = _("SQLite says of the file: {said}.").format(said=said)
            yield Finding(None, "database", "damaged", told)
