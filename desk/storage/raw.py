"""Columns as the driver hands them over, past the types that would mend or refuse a value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, type_coerce
from sqlalchemy.types import NullType


def raw_columns(table: Table) -> list[ColumnElement[Any]]:
    """Returns every column of the table, untyped."""
    return [type_coerce(column, NullType()).label(column.name) for column in table.columns]


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
