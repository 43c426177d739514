"""The station's settings: ``station.toml``, read and checked.

Rules, keys and looks are its own; the station's code and zone are repeated from the database, which
is the truth, so that a file that belongs to another station is noticed. Every key may be left out.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from desk.errors import SettingsError
from desk.i18n import _, ngettext
from desk.keys import COMMAND_KEYS, mistakes_in
from desk.settings_tables import Settings, Table
from desk.text import cut

if TYPE_CHECKING:
    from desk.domain.views import Station

__all__ = ["Settings", "SettingsFile", "read_settings"]


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A settings file that was read, and can still say where in it a key stands.

    Attributes:
        path: which file.
        settings: what it says.
        text: the file itself.
    """

    path: Path
    settings: Settings
    text: str = field(default="", repr=False)

    def refuse(self, code: str, key: Sequence[str], problem: str, remedy: str) -> SettingsError:
        """Returns the refusal of one key, naming file, line and key.

        Args:
            code: a stable word.
            key: the key's path, such as ``("rules", "sale", "early")``.
            problem: what is wrong, beginning with the key.
            remedy: what to do about it.
        """
        return _refusal(code, self.path, _line_of(self.text, key), problem, remedy)

    def check_station(self, station: Station) -> None:
        """Checks that the file belongs to the station in the database.

        Raises:
            SettingsError: code or zone differ, or a bay is not one of the station's.
        """
        for key, said, truth in self._differences(station):
            raise self.refuse(
                "settings_station",
                ("station", key),
                _("station.{key} is “{said}”, but the database says “{truth}”.").format(
                    key=key, said=said, truth=truth
                ),
                _("Write {key} = “{truth}” there, or use the folder of “{said}”.").format(
                    key=key, said=said, truth=truth
                ),
            )

        bays = [bay.code for bay in station.bays]
        for code in self.settings.bays:
            if code not in bays:
                problem, remedy = _unknown(("bays", code), bays)
                raise self.refuse("settings_key", ("bays", code), problem, remedy)

    def check_new_station(self, station: Station) -> None:
        """Checks that a station which is to be made is the one that the file is for.

        Raises:
            SettingsError: code or zone differ.
        """
        for key, said, truth in self._differences(station):
            raise self.refuse(
                "settings_station",
                ("station", key),
                _(
                    "station.{key} is “{said}”, so the file is not for a station with “{truth}”."
                ).format(key=key, said=said, truth=truth),
                _("Make the new station in a folder of its own: name it with --data."),
            )

    def _differences(self, station: Station) -> Iterator[tuple[str, str, str]]:
        """Yields each key in which the file differs, what it says, and what is so."""
        mine = self.settings.station
        for key, said, truth in (
            ("code", mine.code, station.code),
            ("timezone", mine.timezone, station.timezone),
        ):
            if said is not None and said != truth:
                yield key, said, truth

    def check_keys(self) -> None:
        """Checks that every command can have the keys that it is given.

        Raises:
            SettingsError: there is no such command or key, or the key does something else.
        """
        for command, wrong, remedy in mistakes_in(self.settings.keys):
            key = ("keys", command)
            if wrong is None:
                raise self.refuse("settings_key", key, *_unknown(key, COMMAND_KEYS))
            problem = _("{key}: {wrong}").format(key=".".join(key), wrong=wrong)
            raise self.refuse("settings_value", key, problem, remedy)


@dataclass(frozen=True, slots=True)
class _Mistake:
    """What pydantic found wrong.

    Attributes:
        key: the key's path.
        kind: which of pydantic's types of errors it is.
        limits: what would have been right, as far as the kind says.
    """

    key: tuple[str, ...]
    kind: str
    value: object
    limits: Mapping[str, Any]


def read_settings(path: Path) -> SettingsFile:
    """Returns what the file says; every key that is missing has its default.

    Raises:
        SettingsError: it cannot be read, is not TOML, or a key or value cannot be used.
    """
    text = _read_text(path)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_refusal(path, text, str(error)) from None
    except RecursionError:
        raise _nesting_refusal(path, text) from None
    try:
        file = SettingsFile(path, Settings.model_validate(tables), text)
    except ValidationError as error:
        mistakes = [
            _Mistake(tuple(map(str, each["loc"])), each["type"], each["input"], each.get("ctx", {}))
            for each in error.errors()
        ]
        raise _first_refusal(path, text, mistakes) from None
    file.check_keys()
    return file


def _read_text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SettingsError(
            "settings_unreadable",
            _("{file} cannot be read: {reason}.").format(file=path, reason=error.strerror),
            _("Make it readable for whoever starts desk."),
        ) from None
    try:
        # Editors on Windows put a byte order mark first, and end lines in two characters.
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problem = _("this is not UTF-8 text.")
        raise _refusal(
            "settings_syntax", path, line, problem, _("Save the file as UTF-8.")
        ) from None


def _refusal(code: str, path: Path, line: int, problem: str, remedy: str) -> SettingsError:
    explanation = _("{file}, line {line}: {problem}").format(file=path, line=line, problem=problem)
    return SettingsError(code, explanation, remedy)


_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)")


def _syntax_refusal(path: Path, text: str, message: str) -> SettingsError:
    place = _PLACE.search(message)
    line = int(place["line"]) if place and place["line"] else len(text.rstrip("\n").split("\n"))
    problem = _("this is not TOML: {problem}.").format(problem=_PLACE.sub("", message))
    return _refusal("settings_syntax", path, line, problem, _("Correct that line."))


def _nesting_refusal(path: Path, text: str) -> SettingsError:
    """Returns the refusal of lists or tables so deep in each other that no parser follows them."""
    lines = text.split("\n")

    def too_deep(count: int) -> bool:
        try:
            tomllib.loads("\n".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            return False
        except RecursionError:
            return True
        return False

    line = bisect_left(range(1, len(lines)), x=True, key=too_deep) + 1
    problem = _("lists or tables stand too deep in each other.")
    return _refusal("settings_syntax", path, line, problem, _("Delete that line."))


def _first_refusal(path: Path, text: str, mistakes: list[_Mistake]) -> SettingsError:
    """Returns the refusal of whatever is wrong first in the file."""
    placed = [(_line_of(text, mistake.key), mistake) for mistake in mistakes]
    line, first = min(placed, key=lambda each: each[0])
    if first.kind == "extra_forbidden":
        return _refusal("settings_key", path, line, *_unknown(first.key, _known_at(first.key[:-1])))
    problem = _("{key} must be {wanted}, not {value}.").format(
        key=".".join(first.key), wanted=_wanted(first), value=_shown(first.value)
    )
    remedy = _("Correct that line, or delete it to have the default.")
    return _refusal("settings_value", path, line, problem, remedy)


def _known_at(key: tuple[str, ...]) -> Collection[str]:
    """Returns the keys of that table."""
    table: Table = Settings()
    for part in key:
        table = getattr(table, part)
    return type(table).model_fields


def _unknown(key: tuple[str, ...], known: Collection[str]) -> tuple[str, str]:
    """Returns what is wrong with an unknown key, and the nearest known one as the remedy."""
    problem = _("{key} is not a setting.").format(key=".".join(key))
    nearest = get_close_matches(key[-1], known, n=1)
    if nearest:
        return problem, _("Did you mean {nearest}?").format(nearest=nearest[0])
    if known:
        return problem, _("Known here: {names}.").format(names=", ".join(sorted(known)))
    return problem, _("Delete that line.")


# Sizes, counts, hours and days; everywhere else a number is minutes.
_COUNTS = frozenset({"backups", "imports", "retention"})
_COUNTS_WANT: Mapping[str, Callable[[], str]] = {
    "greater_than_equal": lambda: _("{ge} or more"),
    "less_than_equal": lambda: _("{le} or less"),
    "int_type": lambda: _("a whole number"),
    "int_from_float": lambda: _("a whole number"),
}


def _wanted(mistake: _Mistake) -> str:
    sizes = _COUNTS_WANT if mistake.key[0] in _COUNTS else {}
    size = sizes.get(mistake.kind)
    return _usually_wanted(mistake) if size is None else size().format(**mistake.limits)


_WANT: Mapping[str, Callable[[], str]] = {
    "int_type": lambda: _("a whole number of minutes"),
    "int_from_float": lambda: _("a whole number of minutes"),
    "string_pattern_mismatch": lambda: _("a time such as “08:00”"),
    "value_error": lambda: _("the name of a time zone, such as America/Los_Angeles"),
    "string_type": lambda: _("words in quotation marks"),
    "list_type": lambda: _('a list: ["…", "…"]'),
}


def _usually_wanted(mistake: _Mistake) -> str:
    limits = mistake.limits
    match mistake.kind:
        case "literal_error":
            return str(limits["expected"])
        case "greater_than_equal":
            least = limits["ge"]
            return ngettext("{n} minute or more", "{n} minutes or more", least).format(n=least)
        case "less_than_equal":
            most = limits["le"]
            return ngettext("{n} minute or less", "{n} minutes or less", most).format(n=most)
    return _WANT.get(mistake.kind, lambda: _("a table of settings"))()


def _shown(value: object) -> str:
    match value:
        case dict():
            return _("a table")
        case list():
            return _("a list")
        case bool():
            return str(value).lower()
    return f"“{cut(str(value), 40)}”"


def _at(table: object, key: str) -> object:
    return table.get(key) if isinstance(table, dict) else None


def _line_of(text: str, key: Sequence[str]) -> int:
    """Returns the line on which a key begins, from 1.

    It is the first line that a parser must have read to know the key, so that every way of writing
    a key that TOML has is understood. A table or value over several lines begins after the last
    line that the parser could stop at.
    """
    lines = text.split("\n")
    complete = 0
    for count in range(1, len(lines) + 1):
        try:
            tables: object = tomllib.loads("\n".join(lines[:count]))
        except (RecursionError, tomllib.TOMLDecodeError):
            continue
        for part in key:
            # A list is one value, whichever part of it is meant.
            tables = tables if isinstance(tables, list) else _at(tables, part)
        if tables is not None:
            return complete + 1
        complete = count
    return 1
