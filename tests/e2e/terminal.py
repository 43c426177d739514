"""A real terminal for the installed program: a pseudo-terminal that ``pyte`` draws.

Waiting is always for something on the screen, never for a time to pass.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 20.0
"""Seconds after which a test gives up on what it waits for."""

HAND = 0.06
"""Seconds between two keys of a hand; a scanner's are less than 0.035 apart."""

ESCAPE_PAUSE = 0.15
"""Seconds after which an escape is the Esc key, and not the beginning of another key."""

SLOW = 1.0
"""Seconds within which a busy machine answers a key, if the key changes anything."""

DESK = str(Path(sys.executable).with_name("desk"))
"""The installed program."""

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "backspace": "\x7f",
    "ctrl+home": "\x1b[1;5H",
    "ctrl+q": "\x11",
    "ctrl+z": "\x1a",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f10": "\x1b[21~",
    "ctrl+c": "\x03",
    "ctrl+y": "\x19",
}

_BEYOND_PYTE = re.compile(rb"\x1b\[[<>][\d;]*[a-z]|\x1b\]22;[a-z-]*\x07")
"""Asks for a keyboard protocol or a pointer's shape: pyte would draw the one, and take the other
for a title."""

_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*)?$")


class Terminal:
    """Runs a command in a pseudo-terminal and remembers what it sent.

    Args:
        command: the program and its arguments.
        columns: the terminal's width; ``rows`` its height.
        environment: what the program sees besides the test's own environment.
        folder: where it runs.
    """

    def __init__(
        self,
        command: Sequence[str],
        columns: int = 80,
        rows: int = 24,
        environment: dict[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._lines: list[str] | None = None
        self._rest = b""
        self._is_over = False
        self._sent = bytearray()
        master, slave = pty.openpty()
        self._master = master
        _set_size(slave, columns, rows)
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder,
            env=_environment(environment or {}),
            start_new_session=True,
            close_fds=True,
        )
        os.close(slave)

    @classmethod
    def of_desk(cls, *arguments: str, columns: int = 80, rows: int = 24) -> Self:
        """Starts the installed ``desk`` of this environment."""
        return cls([DESK, *arguments], columns, rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the program, if it has not ended, and takes the terminal away."""
        self.kill()
        os.close(self._master)

    @property
    def has_ended(self) -> bool:
        """Whether the program has ended."""
        return self.process.poll() is not None

    @property
    def lines(self) -> list[str]:
        """The screen's lines, without what is blank at their ends."""
        if self._lines is None:
            self._lines = [line.rstrip() for line in self._screen.display]
        return self._lines

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    @property
    def sent(self) -> bytes:
        """All that the program has sent to its terminal."""
        return bytes(self._sent)

    def type(self, text: str) -> None:
        """Types as a hand does, with a pause before every key.

        To a program that is kept waiting, six characters and an Enter are a scan: `enter` such.
        """
        for character in text:
            self.send(character, after=HAND)

    def press(self, *keys: str) -> None:
        """Presses keys by name, as a hand does."""
        for key in keys:
            self.send(KEYS[key], after=HAND)
            # The next key, if it came before the program has read this one, would be Alt and a key.
            if key == "escape" and not self._read_for(ESCAPE_PAUSE):
                self._hears_within(SLOW)

    def enter(self, text: str) -> None:
        """Types a text, sees it on the screen and presses Enter."""
        self.send(text, after=HAND)
        self.wait_for(text)
        self.press("enter")

    def paste(self, text: str) -> None:
        """Pastes a text as terminals do, and sees it on the screen."""
        self.send(f"\x1b[200~{text}\x1b[201~", after=HAND)
        self.wait_for(text)

    def scan(self, text: str, end: str = "\r") -> None:
        """Sends a text and its line end at once, as a scanner does."""
        self.send(text + end, after=HAND)

    def send(self, raw: str, after: float = 0.0) -> None:
        """Sends what a keyboard sends, after a pause."""
        self._read_for(after)
        os.write(self._master, raw.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Gives the terminal another size, and tells the program."""
        _set_size(self._master, columns, rows)
        self._screen.resize(rows, columns)
        self._lines = None
        os.killpg(self.process.pid, signal.SIGWINCH)

    def wait_for(self, *texts: str) -> None:
        """Waits until every text is on the screen."""
        self.wait_until(lambda screen: all(text in screen for text in texts), str(texts))

    def read(self, *texts: str) -> None:
        """Waits for texts, and reads them: a sheet ignores keys pressed before it was seen."""
        self.wait_for(*texts)
        self.settle(0.2)

    def leave(self, text: str) -> None:
        """Presses Esc until a text is no longer on the screen, as a hand does."""
        self.leave_until(lambda screen: text not in screen, f"not {text}")

    def leave_until(self, holds: Callable[[str], bool], wanted: str) -> None:
        """Presses Esc until something holds of the screen."""
        deadline = time.monotonic() + PATIENCE
        while not holds(self.text) and not self._is_over and time.monotonic() < deadline:
            self.press("escape")
        self.wait_until(holds, wanted)

    def wait_gone(self, text: str) -> None:
        """Waits until a text is no longer on the screen."""
        self.wait_until(lambda screen: text not in screen, f"not {text}")

    def wait_until(
        self, holds: Callable[[str], bool], wanted: str, within: float = PATIENCE
    ) -> None:
        """Waits until something holds of the screen.

        Raises:
            AssertionError: it did not come within so many seconds; with the screen as it is.
        """
        deadline = time.monotonic() + within
        while not holds(self.text):
            if self._is_over or time.monotonic() > deadline:
                raise AssertionError(f"waited for {wanted}, and saw:\n{self.text}")
            self._hears_within(0.05)

    def settle(self, quiet: float = 0.4) -> None:
        """Reads until nothing has come for a while."""
        deadline = time.monotonic() + PATIENCE
        while self._read_for(quiet):
            if time.monotonic() > deadline:
                raise AssertionError(f"it never falls silent:\n{self.text}")

    def listen(self, seconds: float) -> bytes:
        """Returns what the program sends within so many seconds."""
        before = len(self._sent)
        deadline = time.monotonic() + seconds
        while not self._is_over and (left := deadline - time.monotonic()) > 0:
            self._read_for(left)
        return bytes(self._sent[before:])

    def answers_in(self, key: str, quiet: float = 0.04) -> tuple[float, float]:
        """Returns the seconds from a key to the first and to the last byte of its answer.

        Args:
            key: its name.
            quiet: seconds of silence that end an answer.
        """
        self.settle(0.15)
        began = time.perf_counter()
        self.send(KEYS[key])
        select.select([self._master], [], [], PATIENCE)
        first = last = time.perf_counter()
        while self._hears_within(quiet):
            last = time.perf_counter()
        return first - began, last - began

    def wait_ended(self) -> int:
        """Waits until the program has ended, and returns its exit code."""
        deadline = time.monotonic() + PATIENCE
        while not self._is_over and time.monotonic() < deadline:
            self._read_for(0.05)
        return self.process.wait(timeout=PATIENCE)

    def kill(self) -> None:
        """Pulls the plug: the program gets no chance to do anything."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def hang_up(self) -> None:
        """Closes the window, as a hand does that knows no better, and waits for the end."""
        os.killpg(self.process.pid, signal.SIGHUP)
        self.wait_ended()

    def _read_for(self, seconds: float) -> bool:
        """Draws what comes within so many seconds; returns whether anything came."""
        deadline = time.monotonic() + seconds
        came = False
        while (left := deadline - time.monotonic()) > 0 and self._hears_within(left):
            came = True
        return came

    def _hears_within(self, seconds: float) -> bool:
        """Draws the next that comes, if it comes so soon; returns whether anything did."""
        ready, _writable, _failed = select.select([self._master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the program has ended, and with it the terminal's other side
            data = b""
        self._is_over = not data
        self._draw(data)
        return bool(data)

    def _draw(self, data: bytes) -> None:
        self._sent += data
        data = self._rest + data
        unfinished = _UNFINISHED.search(data)
        end = unfinished.start() if unfinished else len(data)
        data, self._rest = data[:end], data[end:]
        self._stream.feed(_BEYOND_PYTE.sub(b"", data))
        self._lines = None


def _environment(more: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", **more}


def _set_size(descriptor: int, columns: int, rows: int) -> None:
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
