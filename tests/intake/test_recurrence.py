"""desk.intake.recurrence: the days of a rule, beside what dateutil makes of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desk.intake.recurrence import Rule

FIRST = date(2026, 1, 1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
weekdays = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True)
some = st.sampled_from([1, 2, 3, 7])


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A rule that a calendar could write."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(some)}"]
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 30))}")
    by = draw(st.sampled_from(["", "day", "month_day", "month"]))
    if by == "day" and frequency in ("MONTHLY", "YEARLY"):
        which = draw(st.sampled_from(["", "1", "2", "-1", "5"]))
        parts.append("BYDAY=" + ",".join(which + each for each in draw(weekdays)))
    elif by == "day":
        parts.append("BYDAY=" + ",".join(draw(weekdays)))
    elif by == "month_day" and frequency != "WEEKLY":
        parts.append(f"BYMONTHDAY={draw(st.sampled_from(['1', '15,16', '-1', '31', '13']))}")
    elif by == "month":
        parts.append(f"BYMONTH={draw(st.sampled_from(['1', '2,11', '6']))}")
    if by == "day" and frequency == "MONTHLY" and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from(['1', '-1', '2,-1']))}")
    if draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(WEEKDAYS))}")
    return ";".join(parts)


@settings(max_examples=60)
@given(
    text=rules(),
    start=st.dates(FIRST, FIRST + timedelta(days=400)),
    window=st.tuples(st.integers(0, 700), st.integers(0, 200)),
)
def test_are_those_of_dateutil(text: str, start: date, window: tuple[int, int]) -> None:
    midnight = datetime(start.year, start.month, start.day, tzinfo=UTC)
    own = rrulestr(text, dtstart=midnight).between(midnight, midnight, inc=True)
    # Where the rule does not name the first day, the libraries do not agree, and we take it.
    assume(own == [midnight])
    begin = start + timedelta(days=window[0])
    end = begin + timedelta(days=window[1])
    expected = [
        each.date()
        for each in rrulestr(text, dtstart=midnight).between(
            datetime(begin.year, begin.month, begin.day, tzinfo=UTC),
            datetime(end.year, end.month, end.day, tzinfo=UTC),
            inc=True,
        )
    ]
    assert list(Rule.read(text).days(start, (begin, end))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300",
        "FREQ=DAILY;INTERVAL=2147483647",
        "FREQ=YEARLY;INTERVAL=9999",
    ],
)
def test_a_rule_that_never_comes_true_ends_with_the_window(text: str) -> None:
    window = (date(2026, 11, 20), date(2027, 11, 20))
    assert list(Rule.read(text).days(date(2000, 1, 3), window)) == []


def test_the_first_day_counts_though_the_rule_does_not_name_it() -> None:
    rule = Rule.read("FREQ=WEEKLY;BYDAY=TU;COUNT=3")
    window = (date(2026, 1, 1), date(2026, 12, 31))
    assert list(rule.days(date(2026, 1, 5), window)) == [
        date(2026, 1, 5),
        date(2026, 1, 6),
        date(2026, 1, 13),
    ]
