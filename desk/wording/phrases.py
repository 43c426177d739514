"""What is wrong with a typed time, or with the words after ``/`` and ``desk do``."""

from __future__ import annotations

from desk.domain.days import TimeTextError
from desk.domain.exchange import DisputeCategory, Settlement
from desk.domain.phrases import Fault, PhraseError
from desk.i18n import _


def tell_time_text(wrong: TimeTextError) -> str:
    """Returns what is wrong with a typed day or time, and what to type."""
    return {
        "no_such_day": _("That is not a day. Type 23/11, mon, -1 or 2026-11-23."),
        "no_such_time": _("That is not a time. Type 1428, 14:28 or -5 for five minutes ago."),
        "in_the_future": _("That time is still to come. Type when it happened, or nothing."),
        "skipped_time": _("The clocks skip that time. Type another, or minutes ago: -5."),
        "repeated_time": _("The clocks show that time twice. Type another, or minutes ago: -5."),
    }[wrong.code]


def tell_booking_time(wrong: TimeTextError) -> str:
    """Returns what is wrong with the day or the time of a booking, and what to type."""
    return {
        "no_such_day": _("That is not a day. Type 23/11, mon, +1 or 2026-11-23."),
        "no_such_time": _("Type the time: 1015 or 10:15."),
        "skipped_time": _("The clocks skip that time on that day. Type another."),
        "repeated_time": _("The clocks show that time twice on that day; Enter asks which."),
    }[wrong.code]


def tell_phrase(wrong: PhraseError) -> str:
    """Returns what is wrong with the words after ``/`` or ``desk do``, and what to type."""
    sentence = _phrase_sentences()[Fault(wrong.code)]
    return sentence.format(
        word=wrong.word,
        categories=", ".join(DisputeCategory),
        outcomes=", ".join(Settlement),
    )


def _phrase_sentences() -> dict[Fault, str]:
    return {
        Fault.MISSING_VERB: _("Say what to do: arrive, leave, finish, note …"),
        Fault.UNKNOWN_VERB: _("“{word}” is not a command."),
        Fault.MISSING_REF: _("Say which exchange: its six-character reference."),
        Fault.MISSING_SIDE: _("Say which party: giver or receiver."),
        Fault.MISSING_TIME: _("A time is missing: 1428, 14:28 or -5 for five minutes ago."),
        Fault.MISSING_ID: _("Say whether the ID was seen: id seen, or id not_shown."),
        Fault.UNKNOWN_ID: _("“{word}” is not an answer about the ID: seen or not_shown."),
        Fault.MISSING_CATEGORY: _("Say what the dispute is about: {categories}."),
        Fault.UNKNOWN_CATEGORY: _("“{word}” is not a category. Use one of {categories}."),
        Fault.MISSING_OUTCOME: _("Say how the dispute ended: {outcomes}."),
        Fault.UNKNOWN_OUTCOME: _("“{word}” is not an outcome. Use one of {outcomes}."),
        Fault.MISSING_TEXT: _("A few words are missing at the end."),
        Fault.MISSING_NUMBER: _("Say which act, by its number in the journal: undo act 12."),
        Fault.UNKNOWN_REASON: _("There is no reason number {word}."),
        Fault.MISSING_CHANGE: _("Say what changes: 15:30, mon, mon 10:15 or bay 2."),
        Fault.MISSING_NAMES: _("Say two names, each in quotes; a dash for one not named yet."),
        Fault.UNKNOWN_BAY: _("“{word}” is not a bay of this station, nor none."),
        Fault.NO_SUCH_MOMENT: _("“{word}” is not a day or a time: 15:30, mon, 23/11."),
        Fault.UNKNOWN_WORD: _("“{word}” does not belong there."),
        Fault.NO_SUCH_TIME: _("“{word}” is not a time. Type 1428, 14:28 or -5."),
        Fault.SKIPPED_TIME: _("The clocks skip {word}. Type another time, or minutes ago: -5."),
        Fault.REPEATED_TIME: _(
            "The clocks show {word} twice. Type another time, or minutes ago: -5."
        ),
    }
