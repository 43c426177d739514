"""The README says what the program does: every key, word, command, option and setting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from typer.core import TyperGroup

from desk.cli.program import program
from desk.domain.phrases import verb_words
from desk.settings import Settings
from desk.settings_tables import BayTable
from desk.tui.commands import COMMANDS, by_word
from tests.readme_parts import PARTS, README, part

TEXT = README.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_what_the_program_makes_of_it(name: str) -> None:
    assert part(name, TEXT) == PARTS[name](), "python -m tests.readme_parts makes it anew"


def commands(group: TyperGroup, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yields every command with its name, the root's empty; not a group that does nothing."""
    if not name:
        yield name, group
    for command in group.commands.values():
        whole = f"{name} {command.name}".strip()
        if isinstance(command, TyperGroup):
            yield from commands(command, whole)
        else:
            yield whole, command


def options() -> Iterator[tuple[str, str]]:
    """Yields every command with each of its options."""
    for name, command in commands(program()):
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    yield name, option


@pytest.mark.parametrize(("command", "option"), sorted(set(options())))
def test_every_command_and_option_is_named(command: str, option: str) -> None:
    assert f"`desk {command}".rstrip() in TEXT
    assert option in part_about_commands()


def part_about_commands() -> str:
    """Returns the README's section on the command line."""
    return TEXT.partition("\n## Commands\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("variable", ["DESK_DATA", "DESK_OFFICER", "DESK_NAME"])
def test_every_environment_variable_is_named(variable: str) -> None:
    assert f"`{variable}`" in TEXT


def settings_named() -> Iterator[str]:
    """Yields every table and key of ``station.toml`` but the keys of ``[keys]``."""
    for table, field in Settings.model_fields.items():
        value = field.get_default(call_default_factory=True)
        yield f"[{table}" if table in ("rules", "bays") else f"[{table}]"
        inner = getattr(type(value), "model_fields", {})
        for key, inner_field in inner.items():
            kind = inner_field.get_default(call_default_factory=True)
            keys = getattr(type(kind), "model_fields", None)
            if keys is None:
                yield f"`{key}`"
            else:
                yield f"`[{table}.{key}]`"
                yield from (f"`{minutes}`" for minutes in keys)
    yield from (f"`{key}`" for key in BayTable.model_fields)


@pytest.mark.parametrize("setting", sorted(set(settings_named())))
def test_every_setting_is_named(setting: str) -> None:
    assert setting in TEXT


def test_every_word_after_the_slash_is_a_command() -> None:
    words = by_word(COMMANDS)
    board_only = {word for command in COMMANDS if command.verb is None for word in command.words}

    assert set(verb_words()) <= set(words)
    assert set(words) - set(verb_words()) == board_only


def test_every_word_of_desk_do_is_named() -> None:
    grammar = part_about_commands()

    for word in {command.verb.value for command in COMMANDS if command.verb is not None}:
        assert re.search(rf"(?m)(^|\s){word}\b", grammar), word


def test_no_two_commands_share_a_key_or_a_word() -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    words = [word for command in COMMANDS for word in command.words]

    assert len(set(keys)) == len(keys)
    assert len(set(words)) == len(words)


def test_every_file_that_is_linked_is_there() -> None:
    for target in re.findall(r"\]\((?!#|http)([^)]+)\)", TEXT):
        assert (README.parent / target).exists(), target
