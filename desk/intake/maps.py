"""Mappings: which column of a station's own export is what, saved per source under a name.

A mapping is one TOML file in the data folder's ``maps/``; its name is the source that is stored
with each exchange. It is recognised by the file's header.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

import tomlkit
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from desk.domain.booking import MadeAt
from desk.domain.exchange import Kind
from desk.domain.reading import DayOrder
from desk.errors import BookingFileError
from desk.i18n import _
from desk.intake.encoding import ENCODINGS
from desk.intake.table import DELIMITERS
from desk.intake.values import KIND_WORDS
from desk.intake.zones import zone_named
from desk.paths import make_private_folder, write_whole
from desk.text import cut, fold

_NAME = re.compile(r"\w[\w -]{0,38}\w|\w")
_LARGEST = 1 << 18
RESERVED = frozenset(
    {
        *MadeAt,
        "acuity",
        "calendly",
        "easyappointments",
        "google_calendar",
        "google_csv",
        "ics",
        "librebooking",
        "microsoft_bookings",
        "outlook",
        "plain",
        *("aux", "con", "nul", "prn"),
    }
)
"""Sources that mean something else, and names that Windows gives to devices."""

CANCELLED_WORDS = (
    "annule",
    "annulee",
    "canceled",
    "cancelled",
    "cancelado",
    "storniert",
)


class Target(StrEnum):
    """What a column can fill."""

    STARTS = "starts"
    ENDS = "ends"
    LENGTH = "length"
    GIVER_NAME = "giver.name"
    GIVER_PHONE = "giver.phone"
    GIVER_EMAIL = "giver.email"
    GIVER_PLATE = "giver.plate"
    RECEIVER_NAME = "receiver.name"
    RECEIVER_PHONE = "receiver.phone"
    RECEIVER_EMAIL = "receiver.email"
    RECEIVER_PLATE = "receiver.plate"
    KIND = "kind"
    ITEM = "item"
    BAY = "bay"
    EXTERNAL_ID = "external_id"
    CANCELLED = "cancelled"


_MOST_COLUMNS = {Target.STARTS: 2, Target.ENDS: 2, Target.GIVER_NAME: 2, Target.RECEIVER_NAME: 2}
"""Day and time, first and last name; everything else is one column."""


def _known_encoding(name: str) -> str:
    if name not in ENCODINGS:
        raise ValueError(name)
    return name


def _known_delimiter(sign: str) -> str:
    if sign not in DELIMITERS:
        raise ValueError(sign)
    return sign


def _known_zone(name: str) -> str:
    if zone_named(name) is None:
        raise ValueError(name)
    return name


def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(word) for word in words)


def _complete(columns: Mapping[Target, tuple[str, ...]]) -> dict[Target, tuple[str, ...]]:
    """Checks that the columns make a booking.

    Raises:
        ValueError: a start or every name is missing, or too many columns fill one thing.
    """
    filled = {target: _folded(names) for target, names in columns.items() if names}
    if Target.STARTS not in filled or not {Target.GIVER_NAME, Target.RECEIVER_NAME} & set(filled):
        raise ValueError
    if any(len(names) > _MOST_COLUMNS.get(target, 1) for target, names in filled.items()):
        raise ValueError
    return filled


Words = Annotated[tuple[str, ...], AfterValidator(_folded)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_enum_values=False)


class Fixed(_Value):
    """What a mapping says of how its files are read; what is None is detected."""

    encoding: Annotated[str, AfterValidator(_known_encoding)] | None = None
    delimiter: Annotated[str, AfterValidator(_known_delimiter)] | None = None
    day_order: DayOrder | None = None
    zone: Annotated[str, AfterValidator(_known_zone)] | None = None


class SourceMap(_Value):
    """Which column is what, in the files of one source.

    Attributes:
        name: what it is saved and chosen by.
        header: every column of the file, folded; a file with just these is recognised.
        columns: by what they fill; two columns are a day and a time, or a first and a last name.
        assumed: whether the columns leave open which party is on which side.
        fixed: how its files are read.
        cancelled: the folded words that call a booking off.
        kinds: the folded words of a service's name by which its kind is known; else a sale.
    """

    name: str
    header: Words
    columns: Annotated[dict[Target, tuple[str, ...]], AfterValidator(_complete)]
    assumed: bool = True
    fixed: Fixed = Fixed()
    cancelled: Words = CANCELLED_WORDS
    kinds: dict[Kind, Words] = Field(default_factory=lambda: dict(KIND_WORDS))

    def named(self, name: str) -> Self:
        """Returns the same mapping under another name.

        Raises:
            BookingFileError: no mapping can have that name.
        """
        return self.model_copy(update={"name": checked_name(name)})


@dataclass(frozen=True, slots=True)
class Maps:
    """Every mapping of a folder, and why the others cannot be used."""

    maps: tuple[SourceMap, ...] = ()
    troubles: tuple[BookingFileError, ...] = ()


def checked_name(name: str) -> str:
    """Returns the name, without the spaces around it.

    Raises:
        BookingFileError: it cannot be a file's name, or means another source.
    """
    plain = name.strip()
    if not _NAME.fullmatch(plain) or plain.casefold() in RESERVED:
        raise BookingFileError(
            "bad_map_name",
            _("“{name}” cannot be a mapping's name.").format(name=cut(name, 40)),
            _("Use up to 40 letters, digits, spaces and hyphens."),
        )
    return plain


def load_maps(folder: Path) -> Maps:
    """Returns the mappings in a folder, by name; none where there is no such folder."""
    maps: list[SourceMap] = []
    troubles: list[BookingFileError] = []
    try:
        paths = sorted(folder.glob("*.toml"))
    except OSError:
        paths = []
    for path in paths:
        try:
            maps.append(load_map(path))
        except BookingFileError as trouble:
            troubles.append(trouble)
    return Maps(tuple(maps), tuple(troubles))


def load_map(path: Path) -> SourceMap:
    """Returns the mapping in a file.

    Raises:
        BookingFileError: it cannot be read, is not TOML, or a key or value cannot be used.
    """
    name = checked_name(path.stem)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _trouble(path, str(error.strerror)) from None
    try:
        tables = tomllib.loads(content[:_LARGEST].decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise _trouble(path, str(error)) from None
    try:
        return SourceMap.model_validate(tables | {"name": name})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(map(str, first["loc"])) or "?"
        raise _trouble(path, _("“{key}” cannot be used").format(key=cut(key, 60))) from None


def save_map(folder: Path, source_map: SourceMap) -> Path:
    """Writes the mapping into its file, and returns that; one of the same name is replaced.

    Raises:
        BookingFileError: no mapping can have that name, or the folder cannot be written.
    """
    path = folder / f"{checked_name(source_map.name)}.toml"
    said = source_map.model_dump(mode="json", exclude={"name"}, exclude_none=True)
    document = tomlkit.document()
    document.add(tomlkit.comment(_("Which column is what; made by /import, and yours to mend.")))
    for key, value in said.items():
        document.add(key, tomlkit.item(value))
    try:
        make_private_folder(folder)
        write_whole(path, tomlkit.dumps(document).encode())
    except OSError as error:
        raise BookingFileError(
            "cannot_write",
            _("{file} cannot be written: {reason}.").format(file=path, reason=error.strerror),
            _("Make room, or let this account write there."),
        ) from None
    return path


def _trouble(path: Path, reason: str) -> BookingFileError:
    return BookingFileError(
        "bad_map",
        _("The mapping {file} cannot be used: {reason}.").format(
            file=path, reason=cut(reason, 200)
        ),
        _("Mend it, or delete it and say on the board's /import which column is what."),
    )


def columns_of(source_map: SourceMap) -> frozenset[str]:
    """Returns every column that a mapping reads."""
    return frozenset(_flat(source_map.columns.values()))


def _flat(names: Iterable[Sequence[str]]) -> Iterable[str]:
    return (name for each in names for name in each)
