"""Columns as the driver hands them over, past the types that would mend or refuse a value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, bindparam, select, type_coerce
from sqlalchemy.types import NullType


def raw_columns(table: Table) -> list[ColumnElement[Any]]:
    """Returns every column of the table, untyped."""
    return [type_coerce(column, NullType()).label(column.name) for column in table.columns]


# A check of the record asks for the rows of every table, so its queries are made once: to make one
# takes longer than to run it.


@cache
def raw_rows(table: Table) -> Select[Any]:
    """Returns the query for a table's rows, untyped."""
    return select(*raw_columns(table))


@cache
def raw_rows_by_id(table: Table) -> Select[Any]:
    """Returns the query for those of a table's rows whose numbers are its parameter ``ids``."""
    return raw_rows(table).where(table.c.id.in_(bindparam("ids", expanding=True)))


@contextmanager
def any_text(connection: Connection) -> Iterator[None]:
    """Lets texts be read that are not Unicode; SQLite's driver would refuse the whole row."""
    driver: Any = connection.connection.driver_connection
    driver.text_factory = _lenient
    try:
        yield
    finally:
        driver.text_factory = str


def _lenient(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape")
