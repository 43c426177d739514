"""``desk doctor --keys``: what each key sends, what the board hears, and where to change it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from desk.cli import output
from desk.cli.board import need_terminal
from desk.cli.given import Given
from desk.i18n import _

_END = "\x03"
_PAUSE = 0.05
"""Seconds: what comes within them belongs to one key."""

_NAMES = {"\x1b": "ESC", " ": "SPACE", "\x7f": "DEL"}
Read = Callable[[], str]


def show_keys(given: Given) -> int:
    """Shows each key that is pressed, until Ctrl+C.

    Raises:
        DeskError: there is no terminal, or ``station.toml`` cannot be used.
    """
    from desk.bootstrap import settings_of
    from desk.tui.commands import command_table

    need_terminal()
    keys = settings_of(given.folder).settings.keys
    labels = {key: command.label() for command in command_table(keys) for key in command.keys}
    with _listening() as read:
        _show([_("Press keys to see what this terminal sends. Ctrl+C ends."), *_advice()])
        while (sent := read()) not in ("", _END):
            _show([line_about(sent, labels)])
    return 0


def _show(lines: Sequence[str]) -> None:
    """Prints lines while the terminal does not go back to the start of one by itself."""
    output.show_text("".join(f"{line}\r\n" for line in lines))


def line_about(sent: str, labels: Mapping[str, str]) -> str:
    """Returns what was sent, the key that the board hears, and the command that it begins.

    Args:
        sent: the characters.
        labels: the commands' names by key.
    """
    from desk.tui.heard import keys_heard

    heard = keys_heard(sent)
    shown = " ".join(_NAMES.get(each, _shown(each)) for each in sent)
    named = ", ".join(heard) or _("no key")
    done = ", ".join(labels[key] for key in heard if key in labels)
    return f"{shown:<24} {named:<20} {done}".rstrip()


def _shown(character: str) -> str:
    if ord(character) < 0x20:
        return f"^{chr(ord(character) + 0x40)}"
    return character if character.isprintable() else f"U+{ord(character):04X}"


@contextmanager
def _listening() -> Iterator[Read]:
    """Lets every key through as it is, and gives back the terminal as it was."""
    if sys.platform == "win32":
        import msvcrt

        def read() -> str:
            sent = msvcrt.getwch()
            while msvcrt.kbhit():
                sent += msvcrt.getwch()
            return sent

        yield read
    else:
        import termios
        import tty

        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)
        try:
            tty.setraw(terminal)
            yield lambda: _read_from(terminal)
        finally:
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _read_from(terminal: int) -> str:
    """Returns what the next key sends; empty when the terminal has gone."""
    from select import select

    sent = os.read(terminal, 64)
    while sent and select([terminal], [], [], _PAUSE)[0]:
        more = os.read(terminal, 64)
        if not more:
            break
        sent += more
    return sent.decode("utf-8", "replace")


def _advice() -> list[str]:
    """Returns where to look when a function key, or Alt and a digit, does not arrive."""
    environment = os.environ
    known = [advice for sign, advice in _settings_of_terminals().items() if environment.get(sign)]
    named = _settings_by_name().get(environment.get("TERM_PROGRAM", ""))
    found = [*known, *([named] if named else [])]
    return found or [
        _("A key that shows nothing is kept by the terminal or the desktop: see its shortcuts.")
    ]


def _settings_of_terminals() -> dict[str, str]:
    """Returns the advice for terminals that set a variable of their own."""
    return {
        "WT_SESSION": _(
            "Windows Terminal: Settings, Actions; remove what is on F11 and on Alt with a digit."
        ),
        "VTE_VERSION": _(
            "GNOME Terminal and its kin: Preferences; turn off the menu key F10 and the access "
            "keys of menus (Alt), and in Shortcuts whatever is on F1, F11 and Alt with a digit."
        ),
        "KONSOLE_VERSION": _(
            "Konsole: Settings, Configure Keyboard Shortcuts; free F11 and Alt with a digit."
        ),
        "TMUX": _("tmux: set -s escape-time 10, so that Esc and Alt are told apart quickly."),
        "STY": _("screen: put maptimeout 10 in .screenrc, so that Alt is told from Esc quickly."),
    }


def _settings_by_name() -> dict[str, str]:
    """Returns the advice for terminals that say their name."""
    return {
        "Apple_Terminal": _(
            "Terminal on macOS: Settings, Profiles, Keyboard; choose Use Option as Meta key. "
            "System Settings, Keyboard: use F1, F2 as standard function keys."
        ),
        "iTerm.app": _(
            "iTerm2: Settings, Profiles, Keys; set the left Option key to Esc+. "
            "System Settings, Keyboard: use F1, F2 as standard function keys."
        ),
        "vscode": _(
            "Visual Studio Code: set terminal.integrated.sendKeybindingsToShell, else it keeps "
            "function keys; on macOS also terminal.integrated.macOptionIsMeta."
        ),
    }
