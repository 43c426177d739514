"""A station's day with everything in it: every table holds rows, and every kind of act is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desk.domain.drafts import Change, ImportPlan
from desk.domain.exchange import DisputeCategory, IdCheck, Settlement, Side
from desk.domain.intents import (
    Arrive,
    ArriveAnyway,
    By,
    Cancel,
    Expect,
    Finish,
    Leave,
    NoShow,
    Note,
    OpenDispute,
    Reopen,
    Settle,
    Start,
    Swap,
    new_intent_id,
)
from desk.domain.lifecycle import Verb
from desk.domain.looks import LookedAt
from desk.domain.officers import (
    ChangePin,
    ChangeRole,
    Dismiss,
    Enrol,
    FailedAttempt,
    Readmit,
    Rekey,
    SignIn,
)
from desk.domain.retention import ErasePerson
from desk.domain.rights import (
    CloseRequest,
    Disclose,
    DropParty,
    Identify,
    LiftHold,
    Person,
    PickParty,
    RequestEnd,
    RequestKind,
)
from desk.domain.verdict import Code
from desk.domain.views import Officer, Role
from desk.service.acting import Acting
from desk.service.officers import change_officer, change_pin, note_accepted
from desk.storage.database import Database
from desk.storage.officers import Officers
from desk.storage.opening import open_store
from tests.builders import DUPONT, StationUnderTest, a_draft, a_station, an_exchange, moment
from tests.rights.making import CHIEF, ZELDA, ask, hold, zeldas

G, R = Side.GIVER, Side.RECEIVER


def live(station: StationUnderTest) -> None:
    """Lives a day on the station, from 14:32."""
    station.service.sign_on("7730", "")
    station.service.sign_on("7730", "Tran")
    met, missed, swapped = station.book(
        an_exchange().about("bicycle").from_file("plain", "a-1"),
        an_exchange().at("14:00").about("phone").from_file("plain", "a-2"),
        an_exchange().at("14:45").about("lamp").with_sides_assumed().from_file("plain", "a-3"),
    )
    station.did(Arrive, met, side=G, at=moment("14:13"), id_check=IdCheck.SEEN)
    station.did(Note, met, text="waits outside")
    assert not station.do(Arrive, met, side=G).accepted
    assert not station.do(Arrive, "Q2MNRP", side=G).accepted
    station.did(Arrive, met, side=R)
    station.did(Start, met)
    station.did(OpenDispute, met, category=DisputeCategory.COUNTERFEIT, text="a fake, he says")
    station.clock.advance(minutes=5)
    station.did(Settle, met, settlement=Settlement.ADVISED_CIVIL, text="told both")
    station.did(Finish, met)
    station.did(OpenDispute, met, category=DisputeCategory.THREAT, text="came back shouting")

    station.did(Expect, missed, side=R, comes_at=moment("14:50"))
    station.did(Arrive, missed, side=G, at=moment("14:01"))
    station.did(Leave, missed, side=G, observed=False)
    station.did(NoShow, missed)
    station.did(Reopen, missed, reason="he called")
    station.did(NoShow, missed)
    station.undo(missed)

    station.did(Swap, swapped)
    station.undo(swapped)
    station.clock.advance(hours=2)
    station.did(ArriveAnyway, swapped, side=G, reason="a long way")
    station.take_in(_second_file(station, swapped))
    _look_around(station, met, missed)
    _change_officers(station)
    _ask_about_rights(station, met)


def _look_around(station: StationUnderTest, *refs: str) -> None:
    """Looks at exchanges, and at the journal, which are noted by two acts."""
    station.service.looked(DUPONT, LookedAt.DISPUTE, refs[:1])
    station.service.write_looks()
    station.service.looked(DUPONT, LookedAt.HISTORY, refs)
    station.service.looked(By("", "desk 2"), LookedAt.JOURNAL)
    station.service.write_looks()


def _change_officers(station: StationUnderTest) -> None:
    """Does every act about officers, as at a guarded station."""
    chief = By("1000", "desk 1")
    database = Database(station.path, ballast=0)
    with database.writing() as connection:
        new = Officer(chief.badge, "Ito", Role.SUPERVISOR)
        Officers(connection, 1).know(new, chief.desk, station.clock.now())
        connection.commit()
    database.close()
    store = open_store(station.path, station.rules, station.workplace())
    acting = Acting(store, None)
    assert acting.act(SignIn(by=chief), note_accepted).accepted
    for intent in (
        Enrol(by=chief, badge="2000", name="Vega"),
        ChangeRole(by=chief, badge="2000", role=Role.SUPERVISOR),
        Dismiss(by=chief, badge="2000"),
        Enrol(by=chief, badge="2000", name="Vega-Ruiz"),
        Rekey(by=chief, badge="2000"),
    ):
        assert acting.act(intent, change_officer).accepted
    for by in (chief, DUPONT):
        pin = ChangePin(by=by, pin_hash=f"hash of {by.badge}", digits=6)
        assert acting.act(pin, change_pin).accepted
    tried = FailedAttempt("f" * 32, station.clock.now(), Verb.UNLOCK, Code.NOT_PROVEN, "2000")
    store.note_failures([tried, tried], "desk 1")
    store.lock_out({"2000", "9999"}, "desk 1")
    assert not acting.act(SignIn(by=By("2000", "desk 1")), note_accepted).accepted
    assert acting.act(Readmit(by=chief, badge="2000"), change_officer).accepted
    assert not acting.act(Dismiss(by=DUPONT, badge="2000"), change_officer).accepted
    store.close()


def _ask_about_rights(station: StationUnderTest, met: str) -> None:
    """Does every act about holds and requests."""
    held = hold(station, met, person=ZELDA).facts.case or 0
    assert not hold(station, met, by=DUPONT).accepted
    lifted = LiftHold(by=CHIEF, number=held, reason="the case is closed")
    assert station.service.rights.lift_hold(lifted).accepted
    _erase_somebody(station)
    ask(station, RequestKind.LAWYER, asker="Bo Two", person=Person("Bo Two"))
    number = ask(station, RequestKind.LAWYER, refs=(met,))
    for intent in (
        Identify(by=DUPONT, number=number, id_check=IdCheck.SEEN),
        PickParty(by=DUPONT, number=number, ref=met, side=G),
        PickParty(by=DUPONT, number=number, ref=met, side=R),
        DropParty(by=DUPONT, number=number, ref=met, side=R),
        Disclose(by=DUPONT, number=number, text="to her lawyer"),
        CloseRequest(by=DUPONT, number=number, ending=RequestEnd.ANSWERED),
    ):
        assert station.service.rights.handle_request(intent).accepted


def _erase_somebody(station: StationUnderTest) -> None:
    """Erases the seller of an exchange that was called off, of whom there is a note too."""
    ref = station.book_one(zeldas(an_exchange().at("13:00").about("sledge")))
    station.did(Note, ref, text="Quispe called")
    station.did(Cancel, ref)
    number = ask(station, RequestKind.ERASURE)
    erased = ErasePerson(by=CHIEF, number=number)
    assert not station.service.retention.erase_person(erased).accepted
    for intent in (
        Identify(by=DUPONT, number=number, id_check=IdCheck.SEEN),
        PickParty(by=DUPONT, number=number, ref=ref, side=G),
    ):
        assert station.service.rights.handle_request(intent).accepted
    again = replace(erased, intent_id=new_intent_id())
    assert station.service.retention.erase_person(again).accepted


def _second_file(station: StationUnderTest, but: str) -> ImportPlan:
    """Returns a plan that changes one booking, cancels one and adds one, all of tomorrow's."""
    first, second = station.book(
        an_exchange().at("16:00").about("chair").from_file("plain", "b-1"),
        an_exchange().at("16:30").about("table").from_file("plain", "b-2"),
    )
    assert but not in (first, second)
    chair, table = station.exchange(first), station.exchange(second)
    dearer = a_draft(an_exchange().at("16:10").about("armchair"), file="later.csv")
    cancelled = a_draft(an_exchange().at("16:30"), file="later.csv", cancelled=True)
    return ImportPlan(
        files=("later.csv",),
        new=(a_draft(an_exchange().at("17:00").about("stool"), file="later.csv"),),
        changed=(Change(replace(dearer), chair, ("starts_at", "ends_at", "item")),),
        cancelled=(Change(cancelled, table, ("cancelled",)),),
    )


def a_lived_station(folder: Path) -> StationUnderTest:
    """Returns a station after such a day; its service is open."""
    station = a_station(folder)
    live(station)
    return station
