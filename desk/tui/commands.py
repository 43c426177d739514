"""The one table of commands.

It makes the key bindings, the footer, the command palette, the words after ``/``, the help page
and the README's list of keys. Which keys begin them, ``desk.keys`` says for the settings too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from textual.binding import Binding

from desk.domain.lifecycle import Verb
from desk.keys import alternatives, keys_in
from desk.tui.every_command import TABLE, Command, key_name

__all__ = [
    "COMMANDS",
    "MOVES",
    "OWN_KEY",
    "OWN_KEYS",
    "ActKeys",
    "Command",
    "act_keys",
    "bindings",
    "by_word",
    "command_said",
    "command_table",
    "completion",
    "key_name",
]


def _with_alternatives(command: Command) -> Command:
    more = tuple(other for key in command.keys for other in alternatives(key))
    return replace(command, keys=command.keys + more)


def command_table(remapped: Mapping[str, str]) -> tuple[Command, ...]:
    """Returns the commands, with the keys that a station gave them.

    Args:
        remapped: command id to the keys that replace its own, comma-separated as Textual
            names them; from ``[keys]`` of ``station.toml``.
    """
    return tuple(
        _with_alternatives(
            replace(command, keys=keys_in(remapped[command.id]))
            if command.id in remapped
            else command
        )
        for command in TABLE
    )


COMMANDS = command_table({})
"""The table with its own keys."""


def bindings(commands: Iterable[Command]) -> list[Binding]:
    """Returns one binding per command that has a key, each with the command's id."""
    return [
        Binding(",".join(command.keys), f"command('{command.id}')", id=command.id, show=False)
        for command in commands
        if command.keys
    ]


def by_word(commands: Iterable[Command]) -> dict[str, Command]:
    """Returns every word after ``/`` with its command."""
    return {word: command for command in commands for word in command.words}


def command_said(typed: str, commands: Iterable[Command]) -> Command | None:
    """Returns the command that a word means, if it is one: ``not-met`` is ``not_met``."""
    said = _joined(typed)
    return next((one for one in commands if said in map(_joined, one.words)), None)


def completion(typed: str, commands: Iterable[Command]) -> tuple[str, ...]:
    """Returns the words that ``typed`` may become, one per command, in the order of the table."""
    start = _joined(typed)
    fitting = ((word for word in one.words if _joined(word).startswith(start)) for one in commands)
    return tuple(word for words in fitting if (word := next(words, None)) is not None)


def _joined(word: str) -> str:
    return word.lower().replace("-", "").replace("_", "")


MOVES: Mapping[str, str] = {
    "up": "move(-1)",
    "down": "move(1)",
    "pageup": "page(-1)",
    "pagedown": "page(1)",
    "ctrl+home": "first",
    "ctrl+end": "last",
}
"""The keys that move the cursor."""

OWN_KEY = "f10"
"""Does a careful act that has no function key of its own."""

OWN_KEYS = (OWN_KEY, *alternatives(OWN_KEY))

ActKeys = Mapping[Verb, tuple[str, ...]]
"""The keys that begin each act, and do a careful one when pressed again."""


def act_keys(commands: Iterable[Command]) -> ActKeys:
    """Returns every act's keys: its command's, or those that the others share."""
    return {one.verb: one.keys or OWN_KEYS for one in commands if one.verb is not None}
