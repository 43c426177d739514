"""desk.intake.columns: which column fills what, and what the first rows mean then."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from desk.domain.drafts import Draft, Rejection
from desk.domain.reading import DayOrder, Overrules
from desk.domain.rules import Rules
from desk.intake.columns import SLOTS, Columns, Slot, tried
from desk.intake.maps import CANCELLED_WORDS, Fixed, SourceMap, Target
from desk.intake.opening import Glimpse, glimpse
from desk.intake.terms import Terms
from tests.hostile import HOSTILE
from tests.intake.making import STATION, TERMS, a_file

TABLE = "Day,At,Who,Family,Other,State\n03/04/2026,09:00,Ann,One,Bob Two,ok\nx,,,,,\n"
MAP = SourceMap(
    name="Town hall",
    header=("day", "at", "who"),
    columns={Target.STARTS: ("day", "at"), Target.GIVER_NAME: ("who",)},
    assumed=False,
    cancelled=("off",),
)


def codes(rows: Iterable[Draft | Rejection]) -> list[str]:
    """Why each row cannot be taken that cannot."""
    return [row.code for row in rows if isinstance(row, Rejection)]


@pytest.fixture
def seen(tmp_path: Path) -> Glimpse:
    return glimpse(a_file(tmp_path, TABLE), TERMS, Overrules())


def test_a_saved_mapping_that_fits_is_where_one_begins(seen: Glimpse) -> None:
    begun = Columns.beginning(seen, Terms(maps=(MAP,)), Overrules(zone="Europe/Paris"))

    assert begun.chosen[Slot(Target.STARTS, 1)] == "at"
    made = begun.filling(Slot(Target.GIVER_NAME, 1), "family").source_map("Hall")
    assert made.columns[Target.GIVER_NAME] == ("who", "family")
    assert made.header == tuple(seen.header.positions)
    assert (made.assumed, made.cancelled) == (False, ("off",))
    assert made.fixed == Fixed(zone="Europe/Paris")
    # What calls a booking off was said of another column.
    other = begun.filling(Slot(Target.CANCELLED), "state").source_map("Hall")
    assert other.cancelled == CANCELLED_WORDS


def test_what_is_lacking(seen: Glimpse) -> None:
    nothing = Columns(seen.header, {})
    start = nothing.filling(Slot(Target.STARTS, 1), "day")
    whole = start.filling(Slot(Target.RECEIVER_NAME), "other")

    assert (nothing.lacks_start, nothing.lacks_names) == (True, True)
    assert (start.lacks_start, start.lacks_names) == (False, True)
    assert (whole.lacks_start, whole.lacks_names) == (False, False)
    # A column in the second place alone is the only one.
    assert whole.source_map("A").columns[Target.STARTS] == ("day",)
    assert whole.filling(Slot(Target.RECEIVER_NAME), None) == start


def test_every_target_has_a_place() -> None:
    assert {slot.target for slot in SLOTS} == set(Target)


def test_the_first_rows_are_read_or_say_why_not(seen: Glimpse) -> None:
    begun = Columns.beginning(seen, Terms(maps=(MAP,)), Overrules())

    open_order = tried(seen, begun.source_map("A"), TERMS, STATION, Rules())
    told = tried(seen, begun.ordered(DayOrder.DAY_FIRST).source_map("A"), TERMS, STATION, Rules())

    assert codes(open_order) == ["ambiguous_day", "no_such_day"]
    first, second = told
    assert isinstance(first, Draft)
    assert first.starts_at.isoformat() == "2026-04-03T16:00:00+00:00"
    assert codes((second,)) == ["no_such_day"]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_can_be_a_column(text: str, tmp_path: Path) -> None:
    words = text.replace("\ud800", "").replace('"', "'")
    rows = "2026-11-23 09:00,Ann\n" * 40
    path = a_file(tmp_path, f'Start,"{words}"\n2026-11-23 09:00,"{words}"\n{rows}')
    seen = glimpse(path, TERMS, Overrules())
    columns = Columns(seen.header, {Slot(Target.STARTS): "start"})
    for name in seen.header.positions:
        made = columns.filling(Slot(Target.GIVER_NAME), name).source_map("A")
        assert len(tried(seen, made, TERMS, STATION, Rules())) == 3
