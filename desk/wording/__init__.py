"""The sentences: what a verdict, an act or a side is called, for screen and command line alike.

A verdict is a code and facts; here they become words. Names of people never come in: a sentence
names the side. Times are told in the station's zone.
"""

from desk.wording.acts import (
    act_done,
    bay_reasons,
    category_name,
    clock_time,
    comes_at,
    day_and_time,
    day_name,
    day_of_month,
    duration,
    id_check_name,
    kind_name,
    outcome_name,
    prior_line,
    reopen_reasons,
    role,
    roles,
    settlement_name,
    short_day,
    short_role,
    standard_reasons,
    time_with_entry,
    timeline_line,
    verb_done,
)
from desk.wording.bookings import booked_words
from desk.wording.left_in_clear import left_in_clear_lines
from desk.wording.phrases import tell_booking_time, tell_phrase, tell_time_text
from desk.wording.places import bay_name, free_places_words, place_words
from desk.wording.rights import (
    candidate_words,
    erasure_lines,
    leftover_lines,
    request_end_name,
    request_kind_name,
)
from desk.wording.verdicts import Told, tell, tell_misreading, tell_step

__all__ = [
    "Told",
    "act_done",
    "bay_name",
    "bay_reasons",
    "booked_words",
    "candidate_words",
    "category_name",
    "clock_time",
    "comes_at",
    "day_and_time",
    "day_name",
    "day_of_month",
    "duration",
    "erasure_lines",
    "free_places_words",
    "id_check_name",
    "kind_name",
    "left_in_clear_lines",
    "leftover_lines",
    "outcome_name",
    "place_words",
    "prior_line",
    "reopen_reasons",
    "request_end_name",
    "request_kind_name",
    "role",
    "roles",
    "settlement_name",
    "short_day",
    "short_role",
    "standard_reasons",
    "tell",
    "tell_booking_time",
    "tell_misreading",
    "tell_phrase",
    "tell_step",
    "tell_time_text",
    "time_with_entry",
    "timeline_line",
    "verb_done",
]
