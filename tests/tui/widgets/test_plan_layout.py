"""The lines of an import's preview: nothing wider than there is room, nothing that matters cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.booking import PartyDraft
from desk.domain.drafts import Change, Draft, ImportPlan, Rejection
from desk.domain.exchange import Exchange, Kind
from desk.tui.present import cells
from desk.tui.widgets.plan_layout import plan_lines
from tests.builders import KENNEWICK, a_draft, a_plan, an_exchange, moment
from tests.hostile import ANY_TEXT

SUNDAY = date(2026, 11, 22)


def lines_of(plan: ImportPlan, width: int = 70) -> list[str]:
    return [
        "".join(piece.text for piece in line.pieces).rstrip()
        for line in plan_lines(plan, KENNEWICK, width)
    ]


def told(draft: Draft, field: str, known: Exchange | None = None) -> list[str]:
    """What stands below a changed exchange, without its margin."""
    change = Change(draft, known or an_exchange().build(), (field,))
    heading, _day, _booking, *differences = lines_of(a_plan(changed=(change,)))
    assert heading == "Changed: 1"
    return [difference.strip() for difference in differences]


def test_a_plan_of_nothing_says_so() -> None:
    assert lines_of(a_plan()) == ["It holds no booking."]


def test_bookings_stand_under_their_days_by_time() -> None:
    tomorrow = a_draft(an_exchange().at("09:00", SUNDAY).in_bay(None))
    later = a_draft(an_exchange().at("16:00").in_bay("Lobby"))

    assert lines_of(a_plan(tomorrow, later, a_draft())) == [
        "New: 3",
        "  Sat 21 Nov 2026",
        "  14:15 1      Marie Dupont      Paul Martin       iPhone 13 128 GB",
        "  16:00 Lobby  Marie Dupont      Paul Martin       iPhone 13 128 GB",
        "  Sun 22 Nov 2026",
        "  09:00        Marie Dupont      Paul Martin       iPhone 13 128 GB",
    ]


def test_a_bay_that_cannot_be_theirs_is_marked() -> None:
    lobby = a_draft(an_exchange().at("16:00").in_bay("Lobby"))
    known = an_exchange("T5WCBP").build()
    dearer = a_draft(item="dearer")
    plan = replace(
        a_plan(lobby, changed=(Change(dearer, known, ("item",)),)),
        no_room=frozenset({lobby, dearer}),
    )

    lines = lines_of(plan)

    assert "  14:15 1!     Marie Dupont      Paul Martin       T5WCBP iPhone 13 1…" in lines
    assert "  16:00 Lobby! Marie Dupont      Paul Martin       iPhone 13 128 GB" in lines


def test_a_stored_exchange_shows_its_reference() -> None:
    plan = a_plan(missing=(an_exchange("T5WCBP").build(),))

    assert lines_of(plan)[-1].endswith("Paul Martin       T5WCBP iPhone 13 1…")


@pytest.mark.parametrize(
    ("party", "shown"),
    [
        (PartyDraft("Marie Dupont"), "Marie Dupont "),
        (PartyDraft("Marie Dupont", assumed=True), "Marie Dupont? "),
        (PartyDraft(None), "not named yet "),
        (PartyDraft(None, assumed=True), "not named yet? "),
        (PartyDraft("Maria del Carmen Dupont"), "M. Dupont "),
        (PartyDraft("Maria Schwarzenbacher-Hohenlohe", assumed=True), "M. Schwarzenbac…? "),
    ],
)
def test_a_party_is_named_as_long_as_there_is_room(party: PartyDraft, shown: str) -> None:
    assert f"1      {shown}" in lines_of(a_plan(a_draft(giver=party)))[-1]


def test_a_custody_exchange_shows_roles_for_names() -> None:
    plan = a_plan(a_draft(an_exchange().of_kind(Kind.CUSTODY)))

    assert "releasing adult   receiving adult" in lines_of(plan)[-1]


def test_both_bookings_of_one_meeting_stand_together() -> None:
    one = a_draft()
    other = a_draft(an_exchange().at("14:30").between("Paul Martin", "Marie Dupont"))
    _heading, _day, first, second = lines_of(a_plan(same_meeting=((one, other),)))

    assert "Marie Dupont      Paul Martin" in first
    assert "Paul Martin       Marie Dupont" in second


@pytest.mark.parametrize(
    ("draft", "field", "shown"),
    [
        (a_draft(starts_at=moment("15:00")), "starts_at", "start            14:15 → 15:00"),
        (a_draft(ends_at=moment("15:00")), "ends_at", "end              14:35 → 15:00"),
        (a_draft(bay="2"), "bay", "bay              bay 1 → bay 2"),
        (a_draft(bay=None), "bay", "bay              bay 1 → no bay yet"),
        (a_draft(kind=Kind.VEHICLE), "kind", "kind             Sale → Vehicle"),
        (a_draft(item="Bike"), "item", "item             iPhone 13 128 GB → Bike"),
        (a_draft(item=""), "item", "item             iPhone 13 128 GB → –"),
        (a_draft(cancelled=True), "cancelled", "cancelled        no → yes"),
        (
            a_draft(giver=PartyDraft("Max")),
            "giver.name",
            "seller name      Marie Dupont → Max",
        ),
        (
            a_draft(receiver=PartyDraft()),
            "receiver.name",
            "buyer name       Paul Martin → not named yet",
        ),
        (
            a_draft(receiver=PartyDraft(phone="+1 509")),
            "receiver.phone",
            "buyer phone      – → +1 509",
        ),
        (
            a_draft(receiver=PartyDraft(email="p@m")),
            "receiver.email",
            "buyer e-mail     – → p@m",
        ),
        (
            a_draft(giver=PartyDraft(plate="BRT")),
            "giver.plate",
            "seller plate     – → BRT",
        ),
    ],
)
def test_a_change_stands_old_beside_new(draft: Draft, field: str, shown: str) -> None:
    assert told(draft, field) == [shown]


def test_another_day_is_told_with_its_year() -> None:
    moved = a_draft(starts_at=moment("14:15", SUNDAY))

    assert told(moved, "starts_at") == [
        "start            Sat 21 Nov 2026 14:15 → Sun 22 Nov 2026 14:15"
    ]


def test_what_a_custody_exchange_is_called() -> None:
    known = an_exchange().of_kind(Kind.CUSTODY).build()
    draft = a_draft(giver=PartyDraft(email="a@b"))

    assert told(draft, "giver.email", known) == ["releasing e-mail – → a@b"]


def test_the_new_goes_below_the_old_where_it_does_not_fit_beside() -> None:
    draft = a_draft(item="iPhone 13 Pro Max, graphite, with two cases and a charger")

    assert told(draft, "item") == [
        "item             iPhone 13 128 GB",
        "→ iPhone 13 Pro Max, graphite, with two cases",
        "and a charger",
    ]


def test_a_word_that_no_line_holds_is_broken_and_not_cut() -> None:
    address = "p" * 60 + "@example.org"
    draft = a_draft(giver=PartyDraft(email=address))
    _old, *new = told(draft, "giver.email")

    assert "".join(line.removeprefix("→ ") for line in new) == address


def test_a_rejection_names_row_and_field_and_the_remedy() -> None:
    rejection = Rejection("a.csv", 4, "Time", "no_such_time", "“25” is no time.", "Write HH:MM.")

    assert lines_of(a_plan(rejections=(rejection,))) == [
        "Rejected: 1",
        "  Row 4 · Time",
        "    “25” is no time.",
        "    Write HH:MM.",
    ]


def test_of_several_files_a_rejection_names_its_own() -> None:
    whole = Rejection("b.csv", None, None, "empty_file", "The file is empty.", "Export it again.")
    plan = replace(a_plan(rejections=(whole,)), files=("a.csv", "b.csv"))

    assert lines_of(plan)[1] == "  b.csv · The whole file"


def test_a_long_reason_goes_on_in_the_next_line() -> None:
    reason = "The row has 7 cells, and there are only 6 columns that the first record names."
    rejection = Rejection("a.csv", 4, None, "surplus_cells", reason, "")
    _heading, _place, *words = lines_of(a_plan(rejections=(rejection,)))

    assert " ".join(line.strip() for line in words).strip() == reason


@given(text=ANY_TEXT, width=st.integers(min_value=1, max_value=200))
def test_no_line_is_wider_than_there_is_room(text: str, width: int) -> None:
    party = PartyDraft(text, text, text, text, assumed=True)
    draft = a_draft(giver=party, receiver=party, item=text)
    known = an_exchange().between(text, text).about(text).build()
    fields = ("starts_at", "kind", "bay", "item", "giver.name", "receiver.email", "cancelled")
    change = Change(replace(draft, starts_at=moment("14:15", SUNDAY)), known, fields)
    plan = ImportPlan(
        files=(text, text),
        new=(draft,),
        changed=(change,),
        rejections=(Rejection(text, 2, text, "code", text, text),),
    )

    widths = [cells(line.pieces) for line in plan_lines(plan, KENNEWICK, width)]
    assert max(widths) <= max(width, 62)
