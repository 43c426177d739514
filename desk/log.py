"""The log: what the program went through, for whoever looks after it, and nothing about anybody.

Nothing gets in by chance. A line is made of a fixed word, and of numbers and further fixed words;
there is no way to hand in a text. Of an error its code is kept and never its sentence, of a fault
its type and where in the code it passed, never its message: those may hold what somebody typed or
what a row says. No other part of the program, and no library, can write to it.
"""

from __future__ import annotations

import logging
import os
import platform
import re
import sys
from collections.abc import Iterator
from enum import StrEnum
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import walk_tb
from typing import TypeAlias

import desk
from desk.clock import Clock
from desk.errors import DeskError

_BYTES = 256 * 1024
_OLDER = 3
_CODE = re.compile("[a-z][a-z0-9_]{0,39}")


class Event(StrEnum):
    """What can be told."""

    STARTED = "started"
    ENDED = "ended"
    FAILED = "failed"
    FAULT = "fault"


Fact: TypeAlias = int | StrEnum
"""A number, or a word out of a list that the code knows."""


class Log:
    """A file that begins anew when it has grown large; some older ones are kept beside it.

    It is opened for each line and closed again, so that two desks can write one, and nothing that
    is wrong with it stops the work.

    Args:
        file: where; its folder has to be there.
        clock: the one clock.
    """

    def __init__(self, file: Path, clock: Clock) -> None:
        self.file = file
        self._clock = clock

    def note(self, event: Event, level: int = logging.INFO, **facts: Fact) -> bool:
        """Writes one line; returns whether it could be written.

        Raises:
            TypeError: a fact is neither a number nor one of the code's own words.
        """
        return self._write(level, event, *(f"{name}={_plain(facts[name])}" for name in facts))

    def started(self) -> bool:
        """Writes that the program began, and what it runs on."""
        return self._write(logging.INFO, Event.STARTED, *_what_runs())

    def failed(self, error: DeskError) -> bool:
        """Writes that something could not be done: the error's code, and not its sentence."""
        code = error.code if _CODE.fullmatch(error.code) else "unknown"
        return self._write(logging.WARNING, Event.FAILED, f"code={code}")

    def fault(self, fault: BaseException) -> bool:
        """Writes a fault of the program's own down: what it was, and where it came from."""
        return self._write(
            logging.ERROR, Event.FAULT, *_what_runs(), *(f"\n  {line}" for line in _traces(fault))
        )

    def _write(self, level: int, event: Event, *parts: str) -> bool:
        if not self.file.parent.is_dir():
            return False
        moment = self._clock.now().isoformat(timespec="milliseconds")
        line = " ".join((moment, logging.getLevelName(level), event, *parts))
        handler = _Handler(self.file)
        handler.handle(logging.LogRecord("desk", level, "", 0, line, None, None))
        handler.close()
        return not handler.refused


class _Handler(RotatingFileHandler):
    """Writes a file that only this account may read, and remembers whether it could."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, maxBytes=_BYTES, backupCount=_OLDER, encoding="utf-8", delay=True)
        self.refused = False

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return TextIOWrapper(os.fdopen(handle, "ab"), encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:
        """Remembers that the line could not be written; the standard library would print."""
        del record
        self.refused = True


def _plain(fact: Fact) -> str:
    if isinstance(fact, int | StrEnum):
        return str(fact)
    raise TypeError(f"the log holds no {type(fact).__name__}")


def _what_runs() -> tuple[str, ...]:
    return ("desk", desk.version(), "python", platform.python_version(), sys.platform)


def _traces(fault: BaseException | None) -> Iterator[str]:
    """Yields each exception of the chain, newest first, with where it passed."""
    while fault is not None:
        yield f"{type(fault).__module__}.{type(fault).__qualname__}"
        for frame, line in walk_tb(fault.__traceback__):
            # Not the file: its folders may be called after somebody.
            yield f"  {frame.f_globals.get('__name__')}:{line} {frame.f_code.co_qualname}"
        fault = fault.__cause__ or fault.__context__
