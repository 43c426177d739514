"""Kills a program at each of its steps, one after another.

A step is a call that asks SQLite or the disk for something. The child counts its own, and dies
before the one that it was told, as by ``kill -9``.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from types import BuiltinFunctionType, FrameType

_OF_THE_DISK = frozenset(
    {"fsync", "link", "mkdir", "remove", "rename", "replace", "rmdir", "unlink", "write"}
)
_OF_SQLITE = frozenset({"backup", "close", "commit", "connect", "execute", "rollback"})


def kill_at_each_step(act: Callable[[], None], every: int) -> Iterator[int]:
    """Does something in one child after another, each of which is killed before another step.

    Args:
        act: what; whoever is handed the number sets the stage for the next child.
        every: of the steps that ask SQLite, whose own work is atomic, one of so many is taken; of
            those that ask the disk each.

    Yields:
        The number of the step before which a child was killed.
    """
    steps = _steps_of(act)
    yield 0  # It was done once, to the end.
    asks_sqlite = 0
    for number, step in enumerate(steps.decode(), start=1):
        asks_sqlite += step == "s"
        if step == "d" or asks_sqlite % every == 0:
            _kill_before(number, act)
            yield number


def _steps_of(act: Callable[[], None]) -> bytes:
    """Returns the steps, each a letter: it asks the disk, or SQLite."""
    reader, writer = os.pipe()
    steps: list[str] = []

    def note(step: str) -> None:
        steps.append(step)

    child = _forked(act, note, lambda: os.write(writer, "".join(steps).encode()))
    _child, status = os.waitpid(child, 0)
    assert status == 0, "it does not come to its end even where nobody kills it"
    os.close(writer)
    with os.fdopen(reader, "rb") as said:
        return said.read()


def _kill_before(number: int, act: Callable[[], None]) -> None:
    left = number

    def count(_step: str) -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    _child, status = os.waitpid(_forked(act, count, lambda: None), 0)
    assert os.WIFSIGNALED(status), "it has fewer steps than the first time"


def _forked(
    act: Callable[[], None], heed: Callable[[str], None], finish: Callable[[], object]
) -> int:
    """Starts a child that does something, heeding each of its steps; returns its number."""
    child = os.fork()
    if child:
        return child

    def listen(_frame: FrameType, event: str, called: object) -> None:
        if event == "c_call" and isinstance(called, BuiltinFunctionType):
            step = _step(called)
            if step:
                heed(step)

    sys.setprofile(listen)
    act()
    sys.setprofile(None)
    finish()
    os._exit(0)


def _step(called: BuiltinFunctionType) -> str:
    owner = type(called.__self__).__module__
    if owner.startswith("sqlcipher3"):
        return "s" if called.__name__ in _OF_SQLITE else ""
    asks_disk = called.__module__ == "posix" or owner == "_io"
    return "d" if asks_disk and called.__name__ in _OF_THE_DISK else ""
