"""Which keys a station may give its commands."""

from __future__ import annotations

from itertools import chain

import pytest
from textual.keys import Keys
from textual.widgets import Input

from desk.keys import COMMAND_KEYS, TAKEN, alternatives, mistakes_in
from desk.tui.app import DeskApp
from desk.tui.commands import COMMANDS, MOVES, OWN_KEYS
from desk.tui.screens.board import BoardScreen


def wrong(**remapped: str) -> list[tuple[str, str]]:
    """Returns the commands that are wrong, with the problems."""
    return [(each.command, each.problem or "no command") for each in mistakes_in(remapped)]


def test_every_command_of_the_screen_is_known_with_its_keys() -> None:
    own = {
        command.id: tuple(
            key
            for key in command.keys
            if key not in chain.from_iterable(map(alternatives, command.keys))
        )
        for command in COMMANDS
    }

    assert own == COMMAND_KEYS


def test_the_own_keys_are_right() -> None:
    assert wrong(**{name: ",".join(keys) for name, keys in COMMAND_KEYS.items() if keys}) == []


@pytest.mark.parametrize(
    "key",
    [
        "f1",
        "f24",
        "shift+f1",
        "ctrl+shift+f1",
        "alt+4",
        "alt+apostrophe",
        "alt+é",
        "alt+slash",
        "ctrl+underscore",
        "ctrl+t",
        "insert",
        "ctrl+pageup",
    ],
)
def test_a_key_that_no_other_has_is_right(key: str) -> None:
    assert wrong(arrive=key, help="f20", no_show="f21") == []


@pytest.mark.parametrize(
    "key", ["", " ", "F2", "f25", "f 2", "ctrl", "ctrl+", "+", "alt+&", "t+ctrl", "shift+ctrl+f1"]
)
def test_what_is_no_key_is_told(key: str) -> None:
    ((command, problem),) = wrong(arrive=key)

    assert command == "arrive"
    assert problem.endswith("is not the name of a key.")


@pytest.mark.parametrize("key", ["a", "1", "é", "slash", "question_mark", "space", "shift+a"])
def test_what_is_typed_begins_nothing(key: str) -> None:
    ((_command, problem),) = wrong(arrive=key)

    assert "is typed into the field" in problem


def test_every_key_of_textuals_is_a_key() -> None:
    unnamed = {"return", "ctrl+@", "ctrl-at"}
    keys = [key.value for key in Keys if not key.value.startswith("<")]

    assert [
        key
        for key in keys
        if key not in unnamed and any("name of a key" in told for _id, told in wrong(arrive=key))
    ] == []


def test_what_the_board_itself_listens_to_is_taken() -> None:
    screens = (DeskApp, BoardScreen, Input)
    bound = chain.from_iterable(
        key.split(",")
        for screen in screens
        for binding in screen.BINDINGS
        if (key := binding[0] if isinstance(binding, tuple) else binding.key)
    )
    commands = {key for command in COMMANDS for key in command.keys}

    assert {*bound, *MOVES, *OWN_KEYS, DeskApp.COMMAND_PALETTE_BINDING} - commands <= TAKEN


@pytest.mark.parametrize(
    ("remapped", "command"),
    [
        ({"arrive": "f3"}, "arrive"),
        ({"copy": "alt+3"}, "copy"),
        ({"copy": "alt+quotation_mark"}, "copy"),
        ({"arrive": "f11", "copy": "f2, f11"}, "arrive"),
    ],
)
def test_one_key_does_one_thing(remapped: dict[str, str], command: str) -> None:
    first, *_more = wrong(**remapped)

    assert first[0] == command
    assert "is a key of" in first[1]


def test_a_key_may_be_taken_over_from_a_command_that_gave_it_away() -> None:
    assert wrong(arrive="f3", finish="f2") == []
    assert wrong(arrive="f11", copy="f2") == []
