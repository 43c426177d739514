"""Holds keep what they name, and requests are written down with who decided what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk.domain.backups import BackupPlan
from desk.domain.booking import Booking
from desk.domain.exchange import IdCheck
from desk.domain.intents import Amend, Note
from desk.domain.retention import ErasePerson, RecordClass
from desk.domain.rights import (
    CloseRequest,
    Disclose,
    DropParty,
    Identify,
    LiftHold,
    OpenRequest,
    Person,
    Picked,
    RequestEnd,
    RequestKind,
)
from desk.domain.verdict import Code
from desk.service.rights import Rights
from desk.spelling import spelling_in
from tests.builders import DAY, KENNEWICK, StationUnderTest, an_exchange
from tests.rights.making import (
    CHIEF,
    ZELDA,
    G,
    R,
    ask,
    hold,
    pick,
    rights_of,
    with_supervisor,
    zeldas,
)

SPELLING = spelling_in(KENNEWICK.timezone)


@pytest.fixture
def staffed(station: StationUnderTest) -> StationUnderTest:
    return with_supervisor(station)


@pytest.fixture
def rights(staffed: StationUnderTest) -> Rights:
    return staffed.service.rights


def test_a_hold_on_an_exchange_covers_it_and_no_other(
    staffed: StationUnderTest, rights: Rights
) -> None:
    held, free = staffed.book(an_exchange(), an_exchange().at("15:00").about("lamp"))

    verdict = hold(staffed, held)

    (placed,) = rights.holds()
    assert verdict.accepted
    assert (placed.number, placed.refs, placed.reason) == (
        verdict.facts.case,
        (held,),
        "order of the court",
    )
    assert placed.covers(staffed.exchange(held), SPELLING)
    assert not placed.covers(staffed.exchange(free), SPELLING)


def test_a_hold_on_a_person_covers_them_wherever_they_stand(
    staffed: StationUnderTest, rights: Rights
) -> None:
    hers, namesake, dialled = staffed.book(
        zeldas(),
        an_exchange().at("15:00"),
        an_exchange().at("15:30").with_party(R, phone="(509) 555-0142"),
    )

    assert hold(staffed, person=ZELDA).accepted

    (placed,) = rights.holds()
    covered = [placed.covers(staffed.exchange(ref), SPELLING) for ref in (hers, namesake, dialled)]
    assert covered == [True, False, True]


def by_order(station: StationUnderTest) -> int:
    placed = hold(station, person=Person("mulligatawny, XÉRXES"))
    return placed.facts.case or 0


def by_a_lawyer(station: StationUnderTest) -> int:
    number = ask(station, RequestKind.LAWYER, person=Person("Xerxes Mulligatawny"))
    (placed,) = [each for each in rights_of(station).holds() if each.request == number]
    return placed.number


@pytest.mark.parametrize("held_by_name", [by_order, by_a_lawyer])
def test_a_hold_by_name_alone_keeps_whoever_may_be_meant(
    staffed: StationUnderTest, held_by_name: Callable[[StationUnderTest], int]
) -> None:
    his, renamed, other = staffed.book(
        an_exchange().with_party(G, name="Xerxes Q. Mulligatawny"),
        an_exchange().at("15:00").with_party(G, name="Xerxes Mulligatawny"),
        an_exchange().at("15:30").with_party(G, name="Xenia Mulligan"),
    )
    booking = Booking.of(staffed.exchange(renamed))
    otto = replace(booking.giver, name="Otto Kowalczyk")
    staffed.did(Amend, renamed, booking=replace(booking, giver=otto))
    number = held_by_name(staffed)
    staffed.clock.set("14:32", DAY + timedelta(days=400))
    periods = {RecordClass.SALES: 365}
    retention = staffed.service.retention

    report = retention.report(periods, BackupPlan())

    due = {each.ref: each.hold for each in report.of(RecordClass.SALES).due}
    assert due == {his: number, renamed: number, other: None}
    for ref in (his, renamed):
        erasure = ask(staffed, RequestKind.ERASURE, id_check=IdCheck.SEEN)
        assert pick(staffed, erasure, ref).accepted
        refused = retention.erase_person(ErasePerson(by=CHIEF, number=erasure))
        assert (refused.code, refused.ref, refused.facts.case) == (Code.UNDER_HOLD, ref, number)
    assert retention.apply(CHIEF, report, periods).exchanges == 1
    assert staffed.exchange(his).giver.name == "Xerxes Q. Mulligatawny"
    assert staffed.exchange(other).giver.name is None


def test_a_lifted_hold_covers_nothing(staffed: StationUnderTest, rights: Rights) -> None:
    ref = staffed.book_one()
    number = hold(staffed, ref).facts.case or 0

    assert rights.lift_hold(LiftHold(by=CHIEF, number=number, reason="case closed")).accepted

    (lifted,) = rights.holds()
    assert not lifted.covers(staffed.exchange(ref), SPELLING)
    again = rights.lift_hold(LiftHold(by=CHIEF, number=number, reason="once more"))
    assert again.code is Code.UNKNOWN_HOLD


def test_only_a_supervisor_holds_and_lifts(staffed: StationUnderTest, rights: Rights) -> None:
    ref = staffed.book_one()
    number = hold(staffed, ref).facts.case or 0
    placed = hold(staffed, ref, by=staffed.by)
    lifted = rights.lift_hold(LiftHold(by=staffed.by, number=number, reason="why not"))

    assert [placed.code, lifted.code] == [Code.NOT_ALLOWED] * 2
    assert [hold.is_open for hold in rights.holds()] == [True]
    refused = [row.verb for row in staffed.service.journal() if not row.accepted]
    assert refused == ["hold", "lift_hold"]


def test_a_hold_needs_a_reason_and_something_to_hold(staffed: StationUnderTest) -> None:
    ref = staffed.book_one()

    assert hold(staffed, ref, reason=" ").code is Code.NO_REASON
    assert hold(staffed).code is Code.NO_PERSON
    assert hold(staffed, "Q2MNRP").code is Code.UNKNOWN
    assert hold(staffed, ref, reason="x" * 2001).code is Code.TOO_LONG


def test_a_hold_stands_in_the_timeline_and_keeps_nothing_from_being_undone(
    staffed: StationUnderTest,
) -> None:
    ref = staffed.book_one()
    staffed.did(Note, ref, text="waits outside")
    assert hold(staffed, ref).accepted

    assert staffed.service.timeline(ref)[0].verb == "hold"
    assert staffed.undo(ref).accepted
    assert [act.act.verb for act in staffed.service.undoable(CHIEF, None)] == []


def test_a_lawyers_request_sets_a_hold_at_once_and_each_pick_is_held(
    staffed: StationUnderTest, rights: Rights
) -> None:
    named, picked = staffed.book(an_exchange(), an_exchange().at("15:00").about("lamp"))
    number = ask(staffed, RequestKind.LAWYER, asker="Rechtsanwalt K.", refs=(named,))

    (placed,) = rights.holds()
    assert (placed.refs, placed.person, placed.request) == ((named,), ZELDA, number)
    assert pick(staffed, number, picked, R).accepted
    (placed,) = rights.holds()
    assert placed.refs == (named, picked)


def test_a_request_has_a_month_unless_somebody_says_otherwise(
    staffed: StationUnderTest, rights: Rights
) -> None:
    ask(staffed, RequestKind.ACCESS)
    ask(staffed, RequestKind.ERASURE, due_on=date(2026, 12, 1))

    assert [each.due_on for each in rights.requests()] == [date(2026, 12, 21), date(2026, 12, 1)]


def test_what_is_picked_can_be_dropped_and_picked_again(
    staffed: StationUnderTest, rights: Rights
) -> None:
    ref = staffed.book_one(zeldas())
    number = ask(staffed, RequestKind.ACCESS)
    assert pick(staffed, number, ref).accepted

    dropped = DropParty(by=staffed.by, number=number, ref=ref, side=G)
    assert rights.handle_request(dropped).accepted
    assert rights.requests()[0].picked == ()
    assert pick(staffed, number, ref).accepted
    assert rights.requests()[0].picked == (Picked(ref, G),)


def test_data_are_handed_out_to_whoever_has_shown_who_they_are(
    staffed: StationUnderTest, rights: Rights
) -> None:
    ref = staffed.book_one(zeldas())
    number = ask(staffed, RequestKind.ACCESS)
    handed_out = Disclose(by=staffed.by, number=number, text="to herself, at the counter")

    assert rights.handle_request(handed_out).code is Code.NOT_IDENTIFIED
    seen = Identify(by=staffed.by, number=number, id_check=IdCheck.SEEN)
    assert rights.handle_request(seen).accepted
    assert rights.handle_request(replace(handed_out, intent_id="b")).code is Code.NOTHING_PICKED
    assert pick(staffed, number, ref).accepted
    assert rights.handle_request(replace(handed_out, intent_id="a", text="")).code is Code.NO_TEXT
    assert rights.handle_request(replace(handed_out, intent_id="c")).accepted


def test_a_closed_request_is_done_with(staffed: StationUnderTest, rights: Rights) -> None:
    ref = staffed.book_one(zeldas())
    number = ask(staffed, RequestKind.ACCESS)
    closed = CloseRequest(by=staffed.by, number=number, ending=RequestEnd.WITHDRAWN, text="called")

    assert rights.handle_request(closed).accepted

    (request,) = rights.requests()
    assert (request.is_open, request.ending) == (False, RequestEnd.WITHDRAWN)
    assert pick(staffed, number, ref).code is Code.UNKNOWN_REQUEST


def test_a_request_about_nobody_is_refused(staffed: StationUnderTest, rights: Rights) -> None:
    nobody = OpenRequest(
        by=staffed.by, kind=RequestKind.ACCESS, asker="Zelda Quispe", person=Person(" ")
    )

    assert rights.open_request(nobody).code is Code.NO_PERSON


def test_the_record_holds_all_of_it(staffed: StationUnderTest, rights: Rights) -> None:
    ref = staffed.book_one(zeldas())
    number = ask(staffed, RequestKind.LAWYER, refs=(ref,))
    assert pick(staffed, number, ref).accepted
    handed_out = Disclose(by=staffed.by, number=number, text="to her lawyer")
    assert not rights.handle_request(handed_out).accepted

    assert staffed.service.verify().findings == ()
    assert not any(ZELDA.name in str(row) for row in staffed.service.journal())
