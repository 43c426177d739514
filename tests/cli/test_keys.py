"""`desk doctor --keys`: what a key sends, what the board hears, what it does."""

from __future__ import annotations

import os
import pty
import sys
import tty
from collections.abc import Iterator

import pytest

from desk.cli.keys import line_about
from tests.cli.running import CommandLine
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


@pytest.fixture
def _a_keyboard_with_ctrl_c(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A terminal into which somebody has typed Ctrl+C."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    os.write(ours, b"\x03")
    monkeypatch.setattr("desk.cli.keys.need_terminal", lambda: None)
    monkeypatch.setattr(tty, "setraw", lambda _terminal: None)
    with os.fdopen(theirs) as keyboard:
        monkeypatch.setattr(sys, "stdin", keyboard)
        yield
    os.close(ours)


SIGNS = ("WT_SESSION", "VTE_VERSION", "KONSOLE_VERSION", "TMUX", "STY", "TERM_PROGRAM")


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
@pytest.mark.usefixtures("_a_keyboard_with_ctrl_c")
def test_the_terminals_setting_is_named(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    for sign in SIGNS:
        monkeypatch.setenv(sign, value if sign == name else "")

    ended = cli("doctor", "--keys")

    assert ended.code == 0
    assert words in ended.out


def test_keys_are_shown_until_ctrl_c() -> None:
    command = [sys.executable, "-m", "desk", "doctor", "--keys"]
    with Terminal(command, 160, 24, environment={"DESK_DATA": os.devnull}) as terminal:
        terminal.wait_for("Ctrl+C ends")
        terminal.press("f2")
        terminal.wait_for("ESC O Q", "f2", "Arrive")
        terminal.type("\x03")
        ended = terminal.wait_ended()

    assert ended == 0
