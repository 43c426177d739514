"""`desk doctor --keys`: what a key sends, what the board hears, what it does."""

from __future__ import annotations

import os
import sys

import pytest

from desk.cli.keys import line_about
from tests.e2e.terminal import Terminal

LABELS = {"f2": "Arrive", "f4": "No-show"}


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("\x1bOQ", ["ESC", "O", "Q", "f2", "Arrive"]),
        ("\x1b[12~", ["ESC", "[", "1", "2", "~", "f2", "Arrive"]),
        ("\x1b4", ["ESC", "4", "f4", "No-show"]),
        ("\x1b'", ["ESC", "'", "f4", "No-show"]),
        ("a", ["a", "a"]),
        ("é", ["é", "é"]),
        ("\r", ["^M", "enter"]),
        ("\x1a", ["^Z", "ctrl+z"]),
        (" ", ["SPACE", "space"]),
        ("\x7f", ["DEL", "backspace"]),
        ("\x9b", ["U+009B"]),
        ("\x1b[<0;1;1M", ["ESC", "[", "<", "0", ";", "1", ";", "1", "M", "no", "key"]),
    ],
)
def test_a_key_is_told_as_sent_as_heard_and_as_command(sent: str, told: list[str]) -> None:
    assert line_about(sent, LABELS).split()[: len(told)] == told


@pytest.mark.parametrize("sent", ["\x1b]0;pwn\x07", "\x9b31m", "\ufffd", "\x1b" * 5, "\x00"])
def test_nothing_that_was_sent_is_obeyed(sent: str) -> None:
    assert line_about(sent, LABELS).isprintable()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("WT_SESSION", "1", "Windows Terminal"),
        ("VTE_VERSION", "7200", "F10"),
        ("TMUX", "socket,1,0", "escape-time"),
        ("TERM_PROGRAM", "Apple_Terminal", "Use Option as Meta key"),
        ("TERM_PROGRAM", "vscode", "sendKeybindingsToShell"),
        ("TERM_PROGRAM", "unheard of", "kept by the terminal"),
    ],
)
def test_the_terminals_setting_is_named_and_keys_are_shown_until_ctrl_c(
    name: str, value: str, words: str
) -> None:
    unset = dict.fromkeys(
        ("WT_SESSION", "VTE_VERSION", "KONSOLE_VERSION", "TMUX", "STY", "TERM_PROGRAM"), ""
    )
    command = [sys.executable, "-m", "desk", "doctor", "--keys"]
    variables = {"DESK_DATA": os.devnull, **unset, name: value}
    with Terminal(command, 160, 24, environment=variables) as terminal:
        terminal.wait_for("Ctrl+C ends", words)
        terminal.press("f2")
        terminal.wait_for("ESC O Q", "f2", "Arrive")
        terminal.type("\x03")
        ended = terminal.wait_ended()

    assert ended == 0
