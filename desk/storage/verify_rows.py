"""The rows of a table, held against what the journal says of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from sqlalchemy import Connection, RowMapping, Table, literal_column

from desk.domain.views import Finding
from desk.i18n import _
from desk.storage.raw import raw_rows
from desk.storage.tables import METADATA, STATION

Key: TypeAlias = tuple[Any, ...]
"""The values of a row's primary key."""

Said: TypeAlias = Mapping[Key, Mapping[str, Any]]
"""What the journal says of a table: its rows, each with the columns that the journal knows."""

_NUMBERS: Mapping[str, str] = {
    "act": "number",
    "act_line": "act_number",
    "dispute": "number",
    "look": "act_number",
    "visit": "party_id",
}
"""The column that numbers a row for people, where it is not ``id``."""

_BY_HASH = frozenset(
    {
        ("act", "act"),
        ("act", "officer"),
        ("act_line", "exchange"),
        ("act_line", "file_details"),
    }
)
"""Which table may speak of a row that is gone: what an act says is covered by its hash."""

_MOST_ORPHANS = 1000
"""Rows without their parent that are named: a station that is gone leaves every one behind."""


def _key_of(table: Table, row: RowMapping) -> Key:
    return tuple(row[column.name] for column in table.primary_key)


def differences(table: Table, said: Said, held: Iterable[RowMapping]) -> Iterator[Finding]:
    """Yields how the rows of a table differ from what the journal says, one finding a number.

    Args:
        table: whose rows they are.
        said: every row that there should be.
        held: every row that there is, of those that the journal could have spoken of.
    """
    found = {_key_of(table, row): row for row in held}
    findings: dict[object, Finding] = {}
    for key in dict.fromkeys((*said, *found)):
        one = _difference(table, key, said.get(key), found.get(key))
        if one is None:
            continue
        before = findings.get(one.number)
        if before is not None:
            one = replace(before, explanation=f"{before.explanation} {one.explanation}")
        findings[one.number] = one
    yield from findings.values()


def _difference(
    table: Table, key: Key, said: Mapping[str, Any] | None, held: RowMapping | None
) -> Finding | None:
    """Returns what is wrong with one row, or None where it is as the journal says."""
    if said is None:
        return _finding(table, key, "uncommitted", _("No sound act of the journal made {row}."))
    if held is None:
        return _finding(table, key, "missing", _("{row} is in the journal, and missing here."))
    touched = [
        name for name, value in held.items() if name in said and not _same(value, said[name])
    ]
    if not touched:
        return None
    sentence = _("{row} is not as the journal says: {columns}.")
    return _finding(table, key, "changed", sentence, columns=", ".join(touched))


def _same(held: object, said: object) -> bool:
    # SQLite can hold 1.0 where 1 was written, and Python takes both for the same.
    return type(held) is type(said) and held == said


def _finding(table: Table, key: Key, code: str, sentence: str, **facts: str) -> Finding:
    """Returns a finding about one row, which the sentence names where it says ``{row}``."""
    columns = dict(zip((column.name for column in table.primary_key), key, strict=True))
    number = columns[_NUMBERS.get(table.name, "id")]
    row = _("{table} {number}").format(table=table.name, number=number)
    if table.name == "visit":
        row = _("visit {position} of party {number}").format(**columns, number=number)
    known = number if isinstance(number, int) else None
    return Finding(known, table.name, code, sentence.format(row=row, **facts))


def orphans(connection: Connection) -> Iterator[Finding]:
    """Yields the rows that speak of a row that is not there, of whichever station."""
    named = 0
    for name, rowid, parent, _constraint in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        table = METADATA.tables.get(name)
        if table is None or (name, parent) in _BY_HASH:
            continue
        rows = raw_rows(table).where(literal_column("rowid") == rowid)
        row = connection.execute(rows).mappings().one()
        if parent == STATION.name:
            station = (row["station_id"],)
            yield _finding(STATION, station, "missing", _("{row} has rows, and is not there."))
        sentence = _("{row} belongs to a row of {parent} that is not there.")
        yield _finding(table, _key_of(table, row), "orphan", sentence, parent=parent)
        named += 1
        if named == _MOST_ORPHANS:
            return
