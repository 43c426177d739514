"""Whether the bays have room for what a file would bring; it is taken in all the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desk.domain.drafts import ImportPlan
from desk.domain.exchange import Exchange, Kind, Outcome
from desk.domain.rules import BayRules, Rules
from tests.intake.making import Shelf, a_draft, a_file, plain, stored, the_plan

LAMP = a_draft()
WALK_IN = replace(stored(LAMP, "Q2MNRP"), source="desk")
ROWS = plain(
    "2026-11-23,09:10,Cy Three,Di Four,Bike,1",
    "2026-11-23,09:40,Ed Five,Flo Six,Sofa,1",
    "2026-11-23,09:50,Gus Seven,Hal Eight,Piano,1",
    "2026-11-23,09:10,Ida Nine,Jo Ten,Tent,2",
    "2026-11-23,09:10,Kim One,Lou Two,Desk,",
)


def rows_without_room(plan: ImportPlan) -> list[int]:
    return sorted(draft.row for draft in plan.no_room)


@pytest.mark.parametrize(
    ("known", "rules", "rows"),
    [
        ((), Rules(), [3, 4]),
        ((WALK_IN,), Rules(), [2, 3, 4]),
        ((replace(WALK_IN, outcome=Outcome.CANCELLED),), Rules(), [3, 4]),
        ((), Rules(bays={"1": BayRules(buffer=10)}), [3, 4]),
        ((), Rules(bays={"1": BayRules(buffer=11)}), [2, 3, 4]),
        ((), Rules(bays={"2": BayRules(kinds=frozenset({Kind.CUSTODY}))}), [3, 4, 5]),
    ],
)
def test_what_no_bay_has_room_for_is_told(
    tmp_path: Path, known: tuple[Exchange, ...], rules: Rules, rows: list[int]
) -> None:
    plan = the_plan(a_file(tmp_path, ROWS), Shelf(known, rules=rules))

    assert rows_without_room(plan) == rows
    assert len(plan.new) == 5
    assert plan.rejections == ()


def test_a_booking_is_not_in_the_way_of_what_it_becomes(tmp_path: Path) -> None:
    file = a_file(tmp_path, plain("2026-11-23,09:00,Ann One,Bob Two,Two lamps,1"))

    plan = the_plan(file, Shelf((stored(LAMP),)))

    assert len(plan.changed) == 1
    assert plan.no_room == frozenset()
