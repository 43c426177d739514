"""Sentences that only the screen says."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from desk.domain.days import TimeTextError
from desk.domain.verdict import Verdict
from desk.errors import DeskError
from desk.i18n import _
from desk.wording import tell


def time_text_words(wrong: TimeTextError) -> str:
    """Returns what is wrong with a typed day or time, and what to type."""
    return {
        "no_such_day": _("That is not a day. Type 23/11, mon, -1 or 2026-11-23."),
        "no_such_time": _("That is not a time. Type 1428, 14:28 or -5 for five minutes ago."),
        "in_the_future": _("That time is still to come. Type when it happened, or nothing."),
        "skipped_time": _("The clocks skip that time. Type minutes ago, such as -5."),
        "repeated_time": _("The clocks show that time twice. Type minutes ago, such as -5."),
    }[wrong.code]


def failure_words(answer: Verdict | DeskError, zone: ZoneInfo) -> str:
    """Returns why something was not done, and what can be done about it."""
    if isinstance(answer, DeskError):
        parts = [answer.explanation, answer.next]
    else:
        told = tell(answer, zone)
        parts = [told.explanation, told.next]
    return " ".join(part for part in parts if part)
