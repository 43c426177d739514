"""What is due goes, whole, and leaves nothing behind but an unbroken record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desk.domain.backups import BackupPlan
from desk.domain.booking import Booking
from desk.domain.exchange import DisputeCategory, IdCheck, Kind, Settlement, Side
from desk.domain.intents import (
    Amend,
    Arrive,
    By,
    Finish,
    Leave,
    Note,
    OpenDispute,
    Settle,
    Swap,
)
from desk.domain.looks import LookedAt
from desk.domain.retention import ErasePerson, Periods, RecordClass, RetentionReport
from desk.domain.rights import CloseRequest, Disclose, Identify, LiftHold, RequestEnd, RequestKind
from desk.domain.verdict import Code, Verdict
from desk.storage.erasure_log import ErasureLog
from tests.builders import DAY, StationUnderTest, an_exchange
from tests.rights.making import CHIEF, ZELDA, G, R, ask, hold, pick, with_supervisor, zeldas

A_YEAR: Periods = {
    RecordClass.SALES: 365,
    RecordClass.CUSTODY: 730,
    RecordClass.DISPUTES: 1000,
    RecordClass.VIEWS: 365,
}
NOTHING = BackupPlan()


@pytest.fixture
def staffed(station: StationUnderTest) -> StationUnderTest:
    return with_supervisor(station)


def lived(station: StationUnderTest, ref: str, note: str = "") -> str:
    """Lets both parties of an exchange meet and go; returns its reference."""
    for side in Side:
        station.did(Arrive, ref, side=side)
    if note:
        station.did(Note, ref, text=note)
    station.did(Finish, ref)
    return ref


def later(station: StationUnderTest, days: int) -> None:
    station.clock.set("14:32", DAY + timedelta(days=days))


def report(station: StationUnderTest, periods: Periods = A_YEAR) -> RetentionReport:
    return station.service.retention.report(periods, NOTHING)


def apply(station: StationUnderTest, periods: Periods = A_YEAR, by: By = CHIEF) -> Verdict:
    applied = station.service.retention.apply(by, report(station, periods), periods)
    assert applied.exchanges == (applied.verdict.facts.count or 0)
    return applied.verdict


def bytes_of(station: StationUnderTest) -> bytes:
    """Returns every byte of the data folder, the database's log of writes included."""
    files = sorted(path for path in station.path.parent.rglob("*") if path.is_file())
    return b"".join(path.read_bytes() for path in files)


def left_of(station: StationUnderTest, *words: str) -> list[str]:
    """Returns which of these words still stand in any file, in whatever case."""
    kept = bytes_of(station).lower()
    return [word for word in words if word.lower().encode() in kept]


def test_nothing_is_due_until_a_period_is_set(staffed: StationUnderTest) -> None:
    lived(staffed, staffed.book_one())
    later(staffed, 5000)

    assert report(staffed, {}).is_empty
    assert apply(staffed, {}).code is Code.NOTHING_DUE


def test_what_is_due_is_so_on_the_day_after_its_period(staffed: StationUnderTest) -> None:
    ref = lived(staffed, staffed.book_one())

    later(staffed, 365)
    assert report(staffed).refs == ()
    later(staffed, 366)
    assert report(staffed).refs == (ref,)


def test_a_dispute_keeps_a_sale_for_longer(staffed: StationUnderTest) -> None:
    ref = staffed.book_one()
    staffed.did(Arrive, ref, side=G)
    staffed.did(OpenDispute, ref, category=DisputeCategory.THREAT, text="shouted")
    staffed.did(Leave, ref, side=G)
    later(staffed, 800)
    assert report(staffed).of(RecordClass.DISPUTES).unfinished == ()

    later(staffed, 1001)
    open_still = report(staffed).of(RecordClass.DISPUTES)
    assert (open_still.goes, [each.ref for each in open_still.unfinished]) == ((), [ref])

    staffed.did(Settle, ref, settlement=Settlement.NO_ACTION)
    later(staffed, 2002)
    assert report(staffed).of(RecordClass.DISPUTES).goes == (ref,)
    assert report(staffed, {RecordClass.SALES: 365}).is_empty


def test_nothing_of_what_was_due_is_left_in_any_file(staffed: StationUnderTest) -> None:
    ref, kept = staffed.book(
        zeldas(an_exchange().about("bicycle of Quispe").from_file("plain", "ext-77")),
        an_exchange().at("15:00").between("Otto Kowalczyk", "Ida Nyberg").about("lamp"),
    )
    lived(staffed, ref, "Xanthippe waits outside")
    lived(staffed, kept)
    words = [
        *("Quispe", "Paul Martin", "555 0142", "zelda.quispe@", "BRT-4471"),
        *("bicycle", "ext-77", "Xanthippe"),
    ]
    assert left_of(staffed, *words) == words
    later(staffed, 366)
    staffed.book_one(
        an_exchange().at("15:00", staffed.clock.now().date()).between("A", "B").about("new one")
    )

    assert apply(staffed).facts.count == 2

    assert left_of(staffed, *words, "Kowalczyk", "Nyberg") == []
    assert left_of(staffed, "new one") == ["new one"]
    assert staffed.service.verify().findings == ()
    assert staffed.exchange(ref).giver.name is None
    assert staffed.exchange(ref).giver.visits != ()
    assert report(staffed).is_empty


def test_the_index_lets_go_of_the_letters_too(staffed: StationUnderTest) -> None:
    lived(staffed, staffed.book_one(an_exchange().between("Żżźź Ąęłćń", "Paul Martin")))
    later(staffed, 366)
    assert apply(staffed).accepted

    assert staffed.service.find("Martin", 5) == ()
    assert left_of(staffed, "zzz") == []


def test_only_a_supervisor_erases(staffed: StationUnderTest) -> None:
    lived(staffed, staffed.book_one(zeldas()))
    later(staffed, 366)

    assert apply(staffed, by=staffed.by).code is Code.NOT_ALLOWED
    assert left_of(staffed, "Quispe") == ["Quispe"]


def test_what_is_held_stays_and_goes_once_the_hold_is_lifted(staffed: StationUnderTest) -> None:
    held, free = staffed.book(zeldas(), an_exchange().at("15:00").about("lamp"))
    for ref in (held, free):
        lived(staffed, ref)
    number = hold(staffed, person=ZELDA).facts.case or 0
    later(staffed, 366)
    due = report(staffed).of(RecordClass.SALES)
    assert {each.ref: each.hold for each in due.due} == {held: number, free: None}

    assert apply(staffed).facts.count == 1
    assert staffed.exchange(held).giver.name == ZELDA.name

    lifted = LiftHold(by=CHIEF, number=number, reason="over")
    assert staffed.service.rights.lift_hold(lifted).accepted
    assert apply(staffed).facts.count == 1
    assert staffed.exchange(held).giver.name is None


def test_a_hold_that_comes_after_the_report_is_heeded(staffed: StationUnderTest) -> None:
    ref = lived(staffed, staffed.book_one(zeldas()))
    later(staffed, 366)
    seen = report(staffed)
    assert hold(staffed, ref).accepted

    applied = staffed.service.retention.apply(CHIEF, seen, A_YEAR)

    assert applied.verdict.code is Code.NOTHING_DUE
    assert staffed.exchange(ref).giver.name == ZELDA.name


def test_exports_and_taken_booking_files_that_name_them_go_too(staffed: StationUnderTest) -> None:
    ref = lived(staffed, staffed.book_one(zeldas()))
    exports, done = (staffed.path.parent / name for name in ("exports", "inbox/done"))
    hers = {
        exports / "day-2026-11-21.txt": "14:15  Zelda Quispe  here\n",
        exports / "day-2026-11-21.pdf": "%PDF-1.4 unreadable",
        exports / f"slip-{ref}-G.pdf": "%PDF-1.4 unreadable",
        exports / "day.json": '{"name": "ZELDA \\u0051uispe"}',
        exports / "calls.csv": "who,phone\nsomebody,+1 (509) 555-0142\n",
        done / "november.csv": "Seller,Buyer\nQuispe Zelda,Bo Two\n",
        done / "feed.ics": "SUMMARY:Zelda Quis\r\n pe and Bo\r\n",
    }
    others = {
        exports / "day-2026-11-20.txt": "Zelda F.\nJean Quispe\nZelda\n",
        exports / "other.pdf": "%PDF-1.4 of somebody else",
        done / "october.csv": "Seller,Buyer\nAnn One,Bo Two\n",
    }
    for path, text in (hers | others).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    later(staffed, 366)
    leftovers = report(staffed).leftovers

    assert apply(staffed).accepted

    root = staffed.path.parent
    assert {root / name for name in leftovers.files} == set(hers)
    assert leftovers.unread == ("exports/other.pdf",)
    assert [path for path in hers if path.exists()] == []
    assert [path for path in others if not path.exists()] == []


def test_backups_that_still_hold_it_are_listed_with_the_day_they_go(
    staffed: StationUnderTest,
) -> None:
    lived(staffed, staffed.book_one())
    later(staffed, 366)
    backups = staffed.path.parent / "backups"
    backups.mkdir()
    for name in ("desk-2027-11-20T090000", "replaced-2027-01-01T090000"):
        (backups / f"{name}.db").write_bytes(b"")

    kept = report(staffed).leftovers.backups

    assert [(each.name, each.gone_by) for each in kept] == [
        ("desk-2027-11-20T090000.db", date(2028, 11, 1)),
        ("replaced-2027-01-01T090000.db", None),
    ]


def test_old_looks_go_as_a_whole_prefix(staffed: StationUnderTest) -> None:
    ref = staffed.book_one(zeldas(an_exchange().of_kind(Kind.CUSTODY)))
    staffed.service.looked(staffed.by, LookedAt.CUSTODY, [ref])
    staffed.service.write_looks()
    later(staffed, 400)
    staffed.service.looked(staffed.by, LookedAt.CUSTODY, [ref])
    staffed.service.write_looks()
    assert report(staffed).of(RecordClass.VIEWS).count == 1

    assert hold(staffed, ref).accepted
    assert report(staffed).of(RecordClass.VIEWS).count == 0
    assert staffed.service.rights.lift_hold(LiftHold(by=CHIEF, number=1, reason="over")).accepted
    assert apply(staffed).accepted

    assert len(staffed.service.looks(None)) == 1
    assert staffed.service.verify().findings == ()


def test_what_was_erased_is_not_undone(staffed: StationUnderTest) -> None:
    ref = lived(staffed, staffed.book_one())
    later(staffed, 366)
    assert apply(staffed).accepted

    assert staffed.undo(ref).code is Code.DEPENDED_ON
    verbs = [entry.verb for entry in staffed.service.timeline(ref)]
    assert verbs[:2] == ["undo", "erase"]


# The person of a request


def identified(station: StationUnderTest, *refs: str) -> int:
    """Returns an erasure request of Zelda's, who has shown who she is and was picked there."""
    number = ask(station, RequestKind.ERASURE)
    seen = Identify(by=station.by, number=number, id_check=IdCheck.SEEN)
    assert station.service.rights.handle_request(seen).accepted
    for ref in refs:
        assert pick(station, number, ref).accepted
    return number


def erase(station: StationUnderTest, number: int, by: By = CHIEF) -> Verdict:
    return station.service.retention.erase_person(ErasePerson(by=by, number=number))


def test_one_party_goes_and_the_other_stays(staffed: StationUnderTest) -> None:
    ref = staffed.book_one(zeldas(an_exchange().about("bicycle")))
    lived(staffed, ref, "the seller was late")
    staffed.did(Note, ref, text="Mme QUISPE called")
    number = identified(staffed, ref)
    staffed.clock.advance(hours=1)

    assert erase(staffed, number).accepted

    exchange = staffed.exchange(ref)
    assert (exchange.giver.name, exchange.receiver.name) == (None, "Paul Martin")
    assert exchange.item == "bicycle"
    texts = [entry.text for entry in staffed.service.timeline(ref)]
    assert "the seller was late" in texts
    assert left_of(staffed, "Quispe", "555 0142", "BRT-4471", "zelda.") == []
    assert staffed.service.verify().findings == ()
    (request,) = staffed.service.rights.requests()
    assert (request.is_open, request.ending, request.asker) == (False, RequestEnd.ANSWERED, "")


def test_every_version_of_her_goes_wherever_she_stood(staffed: StationUnderTest) -> None:
    ref = staffed.book_one(zeldas(an_exchange().between("Selda Quispee", "Paul Martin")))
    staffed.did(Swap, ref)
    booking = Booking.of(staffed.exchange(ref))
    better = booking.receiver
    assert better.name == ZELDA.name
    amended = replace(booking, receiver=replace(better, name="Zelda Quispe-Roy"))
    staffed.did(Amend, ref, booking=amended)
    lived(staffed, ref)
    staffed.clock.advance(hours=1)
    number = identified(staffed)
    assert pick(staffed, number, ref, R).accepted

    assert erase(staffed, number).accepted

    assert left_of(staffed, "Quispe", "Roy") == []
    assert staffed.exchange(ref).giver.name == "Paul Martin"
    assert staffed.service.verify().findings == ()


def test_her_own_requests_and_lifted_holds_go_with_her(staffed: StationUnderTest) -> None:
    ref = lived(staffed, staffed.book_one(zeldas()))
    first = ask(staffed, RequestKind.ACCESS)
    assert hold(staffed, person=ZELDA).accepted
    lifted = LiftHold(by=CHIEF, number=1, reason="Quispe's case is closed")
    assert staffed.service.rights.lift_hold(lifted).accepted
    closed = CloseRequest(
        by=staffed.by, number=first, ending=RequestEnd.ANSWERED, text="Quispe has it"
    )
    assert staffed.service.rights.handle_request(closed).accepted
    number = identified(staffed, ref)
    handed = Disclose(by=staffed.by, number=number, text="to Zelda Quispe herself")
    assert staffed.service.rights.handle_request(handed).accepted
    staffed.clock.advance(hours=1)

    assert erase(staffed, number).accepted

    assert left_of(staffed, "Quispe") == []
    assert staffed.service.verify().findings == ()


def test_a_person_goes_from_all_that_was_picked_or_from_nothing(
    staffed: StationUnderTest,
) -> None:
    past, coming = staffed.book(zeldas(), zeldas(an_exchange().at("18:00")))
    lived(staffed, past)
    staffed.clock.advance(hours=1)
    number = identified(staffed, past, coming)
    assert erase(staffed, number).code is Code.NOT_OVER

    assert hold(staffed, past).accepted
    refused = erase(staffed, number)
    assert (refused.code, refused.ref) == (Code.UNDER_HOLD, past)
    assert staffed.exchange(past).giver.name == ZELDA.name
    plan = staffed.service.retention.plan(number, NOTHING)
    assert plan.kept == {past: 1, coming: None}


def test_erasing_needs_an_identity_and_a_pick(staffed: StationUnderTest) -> None:
    number = ask(staffed, RequestKind.ERASURE)

    assert erase(staffed, number).code is Code.NOT_IDENTIFIED
    assert erase(staffed, identified(staffed)).code is Code.NOTHING_PICKED


def test_every_erasure_is_told_beside_the_database_without_words(
    staffed: StationUnderTest,
) -> None:
    ref = lived(staffed, staffed.book_one(zeldas()))
    staffed.clock.advance(hours=1)
    assert erase(staffed, identified(staffed, ref)).accepted

    log = ErasureLog(staffed.path.parent / "erasures.log")
    (told,) = log.erasures()
    assert set(told.rows) >= {"party_details", "request_details"}
    assert log.unfinished() == ()
    assert Path(log.path).stat().st_mode & 0o077 == 0
