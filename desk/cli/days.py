"""Days as they are typed behind a command."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from pendulum import DateTime

from desk.domain.days import TimeTextError, local_day, read_day
from desk.errors import UsageError
from desk.i18n import _
from desk.text import cut


def day_meant(text: str, now: DateTime, zone: ZoneInfo) -> date:
    """Returns the day that was typed, as the station's clock has it.

    Raises:
        UsageError: it is not a day.
    """
    try:
        return read_day(text, local_day(now, zone))
    except TimeTextError as error:
        raise UsageError(
            error.code,
            _("“{text}” is not a day.").format(text=cut(text, 40)),
            _("Type today, tomorrow, yesterday, a weekday, -1 or YYYY-MM-DD."),
        ) from None
