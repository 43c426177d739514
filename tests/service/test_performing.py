"""One act: decided on what is stored, written with its answer, and answered once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pendulum import DateTime

from desk.domain.exchange import DisputeCategory, IdCheck, Presence, Settlement, Side
from desk.domain.intents import (
    Arrive,
    ArriveAnyway,
    By,
    Cancel,
    ExchangeIntent,
    Expect,
    Leave,
    Note,
    OpenDispute,
    Reopen,
    Settle,
    Undo,
    new_intent_id,
)
from desk.domain.lifecycle import Verb
from desk.domain.rules import Rules
from desk.domain.verdict import Code, Step, Verdict
from desk.domain.views import Station
from desk.errors import UsageError
from desk.storage import stations
from desk.storage.database import Database
from desk.storage.journal import Act, Actor
from desk.storage.stations import House
from desk.storage.unit import UnitOfWork
from desk.text import clean
from tests.builders import (
    KENNEWICK,
    StationUnderTest,
    a_draft,
    a_plan,
    an_exchange,
    moment,
)
from tests.hostile import HOSTILE, HOSTILE_NAMES

G, R = Side.GIVER, Side.RECEIVER


def acts(station: StationUnderTest) -> int:
    return len(station.service.journal())


def test_an_accepted_act_changes_the_exchange_and_stands_in_the_journal(
    station: StationUnderTest,
) -> None:
    ref = station.book_one()

    verdict = station.do(Arrive, ref, side=G, at=moment("14:13"), id_check=IdCheck.SEEN)

    assert verdict.accepted
    exchange = station.exchange(ref)
    assert exchange.giver.presence is Presence.HERE
    assert exchange.giver.id_check is IdCheck.SEEN
    assert exchange.version == 2
    row = station.service.journal()[-1]
    assert row.number == verdict.number == 4
    assert (row.verb, row.accepted, row.code, row.refs) == ("arrive", True, "accepted", (ref,))
    assert (row.side, row.officer, row.desk) == ("giver", "4412", "desk 1")
    assert (row.occurred_at, row.recorded_at) == (moment("14:13"), moment("14:32"))


def test_a_refused_act_stands_in_the_journal_and_changes_nothing(
    station: StationUnderTest,
) -> None:
    ref = station.book_one(an_exchange().with_seller_here())
    before = station.exchange(ref)

    verdict = station.do(Arrive, ref, side=G)

    assert verdict.code is Code.ALREADY_HERE
    assert station.exchange(ref) == before
    row = station.service.journal()[-1]
    assert (row.number, row.accepted, row.code, row.refs) == (
        verdict.number,
        False,
        "already_here",
        (ref,),
    )


def test_an_override_is_recorded_with_what_it_overrode(station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().at("18:00"))
    assert station.do(Arrive, ref, side=G).code is Code.TOO_EARLY

    verdict = station.did(ArriveAnyway, ref, side=G, reason="came by train")

    assert verdict.overrode == (Code.TOO_EARLY,)
    assert station.service.journal()[-1].overrode == ("too_early",)
    assert station.service.timeline(ref)[0].text == "came by train"


def test_a_called_in_time_is_on_the_timeline(station: StationUnderTest) -> None:
    ref = station.book_one()
    station.did(Expect, ref, side=R, comes_at=moment("14:50"))

    assert station.service.timeline(ref)[0].comes_at == moment("14:50")


def test_the_timeline_names_the_dispute_and_when_an_id_was_looked_at(
    station: StationUnderTest,
) -> None:
    ref = station.book_one()
    station.did(Arrive, ref, side=G, id_check=IdCheck.SEEN)
    station.did(Leave, ref, side=G)
    station.did(Arrive, ref, side=G)
    station.did(OpenDispute, ref, category=DisputeCategory.COUNTERFEIT, text="x")
    station.did(Settle, ref, settlement=Settlement.REPORT_TAKEN, text="x")

    settled, filed, came_back, _left, came, _booked = station.service.timeline(ref)

    assert (filed.category, settled.settlement) == ("counterfeit", "report_taken")
    assert (came.id_check, came_back.id_check) == ("seen", None)


def test_the_timeline_names_the_file_and_what_was_undone(station: StationUnderTest) -> None:
    ref = station.book_one()
    station.did(Cancel, ref)
    station.undo(ref)

    undo, cancel, booked = station.service.timeline(ref)

    assert (undo.verb, cancel.verb, booked.verb) == ("undo", "cancel", "import")
    assert (undo.undone, cancel.undone, booked.undone) == (False, True, False)
    assert booked.file == "bookings.csv"


# Who and what is meant


def test_a_reference_that_no_exchange_has_is_unknown(station: StationUnderTest) -> None:
    verdict = station.do(Arrive, "K7QDM7", side=G)

    assert (verdict.code, verdict.ref) == (Code.UNKNOWN, "K7QDM7")
    assert verdict.next == (Step.CHECK_REFERENCE,)
    assert station.service.journal()[-1].refs == ("K7QDM7",)


@pytest.mark.parametrize("text", ["Marie Dupont", "", "K7QDM8", "0OIL11", *HOSTILE])
def test_what_is_no_reference_is_said_back_and_not_kept(
    station: StationUnderTest, text: str
) -> None:
    note, undo = station.do(Note, text, text="x"), station.undo(text)

    assert note.code is undo.code is Code.UNKNOWN
    assert note.ref == undo.ref == clean(text, 12)
    assert [row.refs for row in station.service.journal()[2:]] == [(), ()]


def test_a_reference_is_read_in_any_case(station: StationUnderTest) -> None:
    ref = station.book_one()

    assert station.did(Arrive, ref.lower(), side=G).ref == ref


def _theirs(now: DateTime) -> Act:
    return Act(
        intent_id=new_intent_id(),
        verb=Verb.BOOK,
        code=Code.ACCEPTED,
        by=Actor("desk 1"),
        occurred_at=now,
        recorded_at=now,
        facts={},
    )


def test_another_stations_exchange_is_not_acted_on(station: StationUnderTest) -> None:
    other = Station("Richland PD", "RPD", "America/Los_Angeles", KENNEWICK.bays[:1])
    database = Database(station.path, ballast=0)
    with database.writing() as connection:
        stations.found(connection, other, Rules(), "desk 1", station.clock.now())
        theirs = connection.exec_driver_sql("SELECT max(id) FROM station").scalar_one()
        bay = connection.exec_driver_sql("SELECT max(id) FROM bay").scalar_one()
        unit = UnitOfWork(connection, House(theirs, {"1": bay}), station.clock.now(), str)
        unit.add([an_exchange("K7QDM7").build()])
        unit.record(_theirs(station.clock.now()))
        connection.commit()
    database.close()

    verdict = station.do(Arrive, "K7QDM7", side=G)

    assert verdict.code is Code.WRONG_STATION
    assert verdict.next == (Step.CALL_OTHER_STATION,)
    assert station.undo("K7QDM7").code is Code.WRONG_STATION
    assert station.service.exchange("K7QDM7") is None
    assert station.service.timeline("K7QDM7") == ()
    assert station.board().exchanges == ()
    assert station.service.verify().ok


def test_a_stranger_cannot_act_and_leaves_no_trace(station: StationUnderTest) -> None:
    ref = station.book_one()
    before = acts(station)
    stranger = By("999", "desk 1")

    attempts: list[Callable[[], Verdict]] = [
        lambda: station.do(Arrive, ref, side=G, by=stranger),
        lambda: station.undo(ref, by=stranger),
        lambda: station.take_in(a_plan(a_draft()), by=stranger),
    ]
    for attempt in attempts:
        with pytest.raises(UsageError) as refused:
            attempt()
        assert refused.value.code == "unknown_officer"
        assert "999" in refused.value.explanation
    assert acts(station) == before


# The same intent again


INTENTS: dict[str, dict[str, Any]] = {
    "accepted": {"made": Arrive, "side": R, "at": moment("14:30")},
    "refused with an earlier act": {"made": Arrive, "side": G},
    "refused with next steps": {"made": Reopen, "reason": "x"},
    "overridden": {"made": ArriveAnyway, "side": R, "reason": "x"},
    "stale": {"made": Note, "text": "x", "seen_version": 99},
    "in the future": {"made": Leave, "side": G, "at": moment("23:00")},
}


@pytest.mark.parametrize("name", INTENTS)
def test_a_retry_is_given_the_first_answer_and_writes_nothing(
    station: StationUnderTest, name: str
) -> None:
    ref = station.book_one(an_exchange().with_seller_here())
    fields = dict(INTENTS[name])
    intent: ExchangeIntent = fields.pop("made")(by=station.by, ref=ref, **fields)
    first = station.service.perform(intent)
    before, count = station.exchange(ref), acts(station)
    station.clock.advance(minutes=7)

    again = station.service.perform(intent)
    with station.another_desk() as other:
        elsewhere = other.perform(intent)

    assert again == first == elsewhere
    assert station.exchange(ref) == before
    assert acts(station) == count


def test_an_undoing_and_an_import_are_answered_once_too(station: StationUnderTest) -> None:
    ref = station.book_one()
    undo = Undo(by=station.by, ref=ref)
    first = station.service.undo(undo)
    assert first.accepted
    assert station.service.undo(undo) == first
    assert station.service.perform(Note(by=station.by, ref=ref, text="x")).code is Code.UNKNOWN


# The text


@pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_NAMES)
def test_hostile_text_is_stored_clean_and_read_back(station: StationUnderTest, text: str) -> None:
    ref = station.book_one(an_exchange().between("Marie Dupont", None))
    station.do(Arrive, ref, side=R, name=text)
    station.do(Note, ref, text=text, by=replace(station.by, desk=text))
    station.do(ArriveAnyway, ref, side=G, reason=text)

    name = station.exchange(ref).receiver.name
    notes = [each.text for each in station.service.timeline(ref)]
    for kept in (name, *notes):
        assert kept is None or not set(kept) & set(map(chr, [*range(32), *range(127, 160)]))
    assert station.service.verify().ok


def test_a_name_of_nothing_is_no_name(station: StationUnderTest) -> None:
    ref = station.book_one(an_exchange().between("Marie Dupont", None))
    station.did(Arrive, ref, side=R, name=" \x1b ")

    assert station.exchange(ref).receiver.name is None


def test_a_note_of_nothing_is_refused(station: StationUnderTest) -> None:
    ref = station.book_one()

    assert station.do(Note, ref, text="\x00 \u2028").code is Code.NO_TEXT
