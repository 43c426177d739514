"""Sentences that only the screen says."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from desk.domain.verdict import Verdict
from desk.errors import DeskError
from desk.wording import tell


def failure_words(answer: Verdict | DeskError, zone: ZoneInfo) -> str:
    """Returns why something was not done, and what can be done about it."""
    if isinstance(answer, DeskError):
        parts = [answer.explanation, answer.next]
    else:
        told = tell(answer, zone)
        parts = [told.explanation, told.next]
    return " ".join(part for part in parts if part)
