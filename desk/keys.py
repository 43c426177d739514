"""What keys are called, and which key begins which command.

The screen binds them and the settings are checked against them, so both know this room. A key has
the name that the terminal library gives it: its modifiers in order of the alphabet, then the key.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from desk.i18n import _
from desk.text import cut

COMMAND_KEYS: Mapping[str, tuple[str, ...]] = {
    "help": ("f1",),
    "arrive": ("f2",),
    "finish": ("f3",),
    "no_show": ("f4",),
    "dispute": ("f5",),
    "walk_in": ("f6",),
    "day": ("f7",),
    "week": (),
    "bays": (),
    "find": (),
    "undo": ("f8", "ctrl+z"),
    "lock": ("f12",),
    "switch": (),
    "book": (),
    "amend": (),
    "start": (),
    "leave": (),
    "release": (),
    "not_met": (),
    "cancel": (),
    "reopen": (),
    "note": (),
    "expect": (),
    "swap": (),
    "settle": (),
    "import": (),
    "slip": (),
    "backup": (),
    "copy": ("ctrl+y",),
    "fold": ("ctrl+f",),
    "back": (),
    "theme": (),
    "officers": (),
    "pin": (),
    "passphrase": (),
    "request": (),
    "quit": ("ctrl+q",),
}
"""Every command by its id, with its own keys, the one shown first in front."""

DIGITS = "1234567890"
"""The digits of ``f1`` to ``f10``."""

_AZERTY_NAMES = (
    "ampersand",
    "é",
    "quotation_mark",
    "apostrophe",
    "left_parenthesis",
    "minus",
    "è",
    "underscore",
    "ç",
    "à",
)


def alternatives(function_key: str) -> tuple[str, ...]:
    """Returns the other names of a function key: ``f4`` is also ``alt+4`` and ``alt+apostrophe``.

    A key beyond F10 has none.
    """
    names = [f"f{number}" for number in range(1, len(DIGITS) + 1)]
    if function_key not in names:
        return ()
    place = names.index(function_key)
    return (f"alt+{DIGITS[place]}", f"alt+{_AZERTY_NAMES[place]}")


TAKEN = frozenset(
    {
        *("enter", "escape", "tab", "shift+tab", "backspace", "delete"),
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
        *("ctrl+left", "ctrl+right", "ctrl+home", "ctrl+end", "ctrl+backspace", "alt+backspace"),
        *("shift+left", "shift+right", "shift+home", "shift+end"),
        *("ctrl+shift+left", "ctrl+shift+right", "super+backspace"),
        *("ctrl+a", "ctrl+c", "ctrl+d", "ctrl+e", "ctrl+k", "ctrl+u", "ctrl+v", "ctrl+w", "ctrl+x"),
        *("ctrl+shift+a", "super+c", "ctrl+p", "ctrl+q"),
        # A terminal sends these as enter, tab, backspace and escape.
        *("ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+left_square_bracket"),
        *("f10", *alternatives("f10")),
    }
)
"""Keys that move, edit, open or leave on the board itself, and so can begin no command."""

_MODIFIERS = frozenset({"alt", "ctrl", "hyper", "meta", "shift", "super"})
_NAMED = frozenset(
    {
        *("enter", "escape", "tab", "space", "backspace", "delete", "insert"),
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
        *(f"f{number}" for number in range(1, 25)),
    }
)
_SIGNS: Mapping[str, str] = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Signs that are not called by their name in Unicode."""

_END_OF_LATIN = 0x250
"""Behind the last character that a key of a Latin keyboard sends."""

_SHOWN = 40
"""Cells of a key that a sentence repeats."""


class KeyMistake(NamedTuple):
    """Why a command cannot have the keys that it was given.

    Attributes:
        command: the command's id, which need not be one that there is.
        problem: what is wrong, beginning behind the id; None where there is no such command.
        remedy: what to do about it.
    """

    command: str
    problem: str | None
    remedy: str


def keys_in(given: str) -> tuple[str, ...]:
    """Returns the keys of a list with commas."""
    return tuple(key.strip() for key in given.split(","))


def mistakes_in(remapped: Mapping[str, str]) -> Iterator[KeyMistake]:
    """Yields what is wrong with the keys that a station gave its commands, in their order.

    Args:
        remapped: command id to the keys that replace its own, with commas between them.
    """
    for command, given in remapped.items():
        if command not in COMMAND_KEYS:
            yield KeyMistake(command, None, "")
            continue
        for key in keys_in(given):
            mistake = _wrong_name(key) or _taken(command, key) or _shared(command, key, remapped)
            if mistake is not None:
                yield KeyMistake(command, *mistake)


def _wrong_name(key: str) -> tuple[str, str] | None:
    """Returns what is wrong with the key itself, and the remedy."""
    shown = cut(key, _SHOWN)
    if not _is_key(key):
        meant = _respelt(key)
        remedy = _("desk doctor --keys shows what each key is called.")
        if _is_key(meant):
            remedy = _("Did you mean {nearest}?").format(nearest=meant)
        return _("“{key}” is not the name of a key.").format(key=shown), remedy
    *modifiers, own = key.split("+")
    if set(modifiers) <= {"shift"} and (own == "space" or _is_sign(own)):
        return (
            _("“{key}” is typed into the field, and so can begin nothing.").format(key=shown),
            _("Take a function key, or put ctrl+ or alt+ before it."),
        )
    return None


def _is_key(name: str) -> bool:
    *modifiers, own = name.split("+")
    in_order = modifiers == sorted(set(modifiers)) and _MODIFIERS.issuperset(modifiers)
    return in_order and (own in _NAMED or _is_sign(own))


def _is_sign(name: str) -> bool:
    """Returns whether the name is a letter, a digit, or what Unicode calls another character."""
    if len(name) == 1:
        return name.isalnum() and name == name.lower()
    if name in _SIGNS.values():
        return True
    try:
        sign = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return False
    return name == name.lower() and name not in _SIGNS and ord(sign) < _END_OF_LATIN


def _respelt(key: str) -> str:
    """Returns the key as it would be spelt here: ``F2`` is ``f2``, ``Alt-&`` ``alt+ampersand``."""
    *modifiers, own = (
        key.lower().replace("control", "ctrl").replace("-", "+").replace(" ", "").split("+")
    )
    if len(own) == 1 and not own.isalnum():
        name = unicodedata.name(own, "").lower().replace(" ", "_")
        own = _SIGNS.get(name, name)
    return "+".join((*sorted(modifiers), own))


def _taken(command: str, key: str) -> tuple[str, str] | None:
    if key not in TAKEN or key in COMMAND_KEYS[command]:
        return None
    return (
        _("“{key}” already does something else on the board.").format(key=key),
        _("Give the command another key."),
    )


def _shared(command: str, key: str, remapped: Mapping[str, str]) -> tuple[str, str] | None:
    names = {key, *alternatives(key)}
    for other, own in COMMAND_KEYS.items():
        keys = keys_in(remapped[other]) if other in remapped else own
        theirs = {name for each in keys for name in (each, *alternatives(each))}
        if other != command and names & theirs:
            return (
                _("“{key}” is a key of {other} too.").format(key=key, other=other),
                _("Give {command} or {other} another key below [keys].").format(
                    command=command, other=other
                ),
            )
    return None
