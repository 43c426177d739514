"""What a booking made at the desk is called once it is written."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from desk.domain.booking import MadeAt
from desk.domain.intents import Book
from desk.domain.verdict import Verdict
from desk.i18n import _
from desk.wording.acts import clock_time, day_and_time, role


def booked_words(intent: Book, verdict: Verdict, zone: ZoneInfo) -> str:
    """Returns ``K7QDM7 walk-in booked, seller and buyer arrived, 14:32.``, or for when it is."""
    booking = intent.booking
    if intent.made_at is MadeAt.DESK:
        return _("{ref} booked for {when}.").format(
            ref=verdict.ref, when=day_and_time(booking.starts_at, zone)
        )
    who = _(" and ").join(role(booking.kind, side) for side in intent.here)
    return _("{ref} walk-in booked, {who} arrived, {at}.").format(
        ref=verdict.ref,
        who=who,
        at=clock_time(verdict.facts.at or booking.starts_at, zone),
    )
