"""Days as the title and the Time column show them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.days import local_day
from desk.i18n import _
from desk.wording import clock_time, day_of_month, short_day


def day_title(day: date, today: date) -> tuple[str, str]:
    """Returns what the title says of a day, at length and where there is less room.

    ``Sat 21 Nov 2026`` and ``Sat 21 Nov`` for today; ``YESTERDAY Fri 20 Nov · Esc today`` for
    another day, with its year only where that is another too.
    """
    short = short_day(day)
    full = f"{short} {day.year}"
    if day == today:
        return full, short
    told = short if day.year == today.year else full
    named = {-1: _("YESTERDAY"), 1: _("TOMORROW")}.get((day - today).days)
    title = _("{day} · Esc today").format(day=f"{named} {told}" if named else told)
    return title, title


def day_or_time(moment: DateTime, day: date, zone: ZoneInfo) -> str:
    """Returns ``14:15`` of that day, or ``20 Nov`` of another."""
    local = local_day(moment, zone)
    return clock_time(moment, zone) if local == day else day_of_month(local)
