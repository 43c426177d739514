"""What the tables are made of: columns by their meaning, and the base of every table."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    LargeBinary,
    MetaData,
    Text,
)
from sqlmodel import Field, SQLModel

from desk.storage.types import ROW_ID, UtcTime, Word

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
COUNTED_ON = {"sqlite_autoincrement": True}  # So that an erased row's number is never reused.


def row_id() -> Any:
    """The row's own number."""
    return Field(default=None, sa_column=Column(ROW_ID, primary_key=True))


def row_of(table: str, *, nullable: bool = False) -> Any:
    """The number of a row in another table."""
    return Field(sa_column=Column(ROW_ID, ForeignKey(f"{table}.id"), nullable=nullable))


def key_of(table: str) -> Any:
    """The number of a row in another table, as part of this row's own key."""
    foreign = ForeignKey(f"{table}.id")
    return Field(sa_column=Column(ROW_ID, foreign, primary_key=True, autoincrement=False))


def key_row() -> Any:
    """The same, where a constraint of several columns says which table."""
    return Field(sa_column=Column(ROW_ID, primary_key=True, autoincrement=False))


def key_number() -> Any:
    """A whole number, as part of the row's own key."""
    return Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


def number(*, nullable: bool = False) -> Any:
    """A whole number."""
    return Field(default=None, sa_column=Column(BigInteger, nullable=nullable))


def words(*, nullable: bool = False) -> Any:
    """A text."""
    return Field(default=None, sa_column=Column(Text, nullable=nullable))


def moment(*, nullable: bool = False) -> Any:
    """A moment, in microseconds."""
    return Field(default=None, sa_column=Column(UtcTime, nullable=nullable))


def word(words: type[StrEnum], *, nullable: bool = False) -> Any:
    """A member of an enum, by its value."""
    return Field(default=None, sa_column=Column(Word(words), nullable=nullable))


def flag(name: str, *, nullable: bool = False) -> Any:
    """True or false; SQLite is told to hold nothing else."""
    kind = Boolean(create_constraint=True, name=name)
    return Field(default=None, sa_column=Column(name, kind, nullable=nullable))


def key() -> Any:
    """A details row's random key."""
    return Field(sa_column=Column(LargeBinary, nullable=False))


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """A column holds one of these words."""
    allowed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


def check(name: str, rule: str) -> CheckConstraint:
    """A rule that every row keeps."""
    return CheckConstraint(rule, name=name)


class Row(SQLModel):
    """What every table is made from."""

    metadata = METADATA
