"""What workers tell the board once they are done; a late answer says what it is for."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from desk.domain.views import Board, FoundEver, TimelineEntry
from desk.errors import DeskError


@dataclass
class BoardLoaded(Message):
    """A day's board was read; the board says which day it is."""

    board: Board


@dataclass
class TimelineLoaded(Message):
    """The acts on an exchange were read, as of one of its versions."""

    ref: str
    entries: tuple[TimelineEntry, ...]


@dataclass
class FoundOnAllDays(Message):
    """A text was looked for on all days."""

    text: str
    found: tuple[FoundEver, ...]


@dataclass
class Changed(Message):
    """Some desk has written to the store."""


@dataclass
class Failed(Message):
    """A background job could not be done; ``fatal`` ends the program with its sentence."""

    error: DeskError
    fatal: bool = False


@dataclass
class LockAsked(Message):
    """The screen is to be covered until that badge comes back; an empty one is anybody's."""

    badge: str
