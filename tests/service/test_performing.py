"""One act: decided on what is stored, written with its answer, and answered once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desk.domain.exchange import IdCheck, Presence, Side
from desk.domain.intents import (
    Arrive,
    ArriveAnyway,
    By,
    Cancel,
    ExchangeIntent,
    Expect,
    Leave,
    Note,
    Reopen,
    Undo,
    new_intent_id,
)
from desk.domain.rules import Rules
from desk.domain.verdict import Code, Step, Verdict
from desk.domain.views import Station
from desk.errors import StoreError, UsageError
from desk.service import Desk
from desk.storage import engine, stations
from desk.storage.database import Database
from desk.storage.unit import House, UnitOfWork
from desk.text import clean
from tests.builders import (
    DAY,
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
    assert row.number == verdict.number == 3
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
    assert [row.refs for row in station.service.journal()[1:]] == [(), ()]


def test_a_reference_is_read_in_any_case(station: StationUnderTest) -> None:
    ref = station.book_one()

    assert station.did(Arrive, ref.lower(), side=G).ref == ref


def test_another_stations_exchange_is_not_acted_on(station: StationUnderTest) -> None:
    other = Station("Richland PD", "RPD", "America/Los_Angeles", KENNEWICK.bays[:1])
    database = Database(station.path, ballast=0)
    with database.writing() as connection:
        stations.found(connection, other, Rules(), "desk 1", station.clock.now())
        theirs = connection.exec_driver_sql("SELECT max(id) FROM station").scalar_one()
        bay = connection.exec_driver_sql("SELECT max(id) FROM bay").scalar_one()
        unit = UnitOfWork(connection, House(theirs, {"1": bay}), station.clock.now(), str)
        unit.add([an_exchange("K7QDM7").build()])
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


# Another desk


def test_the_loser_of_a_race_sees_who_and_when(station: StationUnderTest) -> None:
    ref = station.book_one()
    seen = station.exchange(ref).version
    with station.another_desk() as other:
        other.sign_on("7730", "Tran")
        their = By("7730", "desk 2")
        winner = other.perform(Cancel(by=their, ref=ref, seen_version=seen))
        assert winner.accepted

        late = station.do(Cancel, ref, seen_version=seen)
        assert late.code is Code.CANCELLED
        assert late.prior is not None
        assert (late.prior.officer, late.prior.desk) == ("7730", "desk 2")

        stale = station.do(Note, ref, text="x", seen_version=seen)
    assert stale.code is Code.STALE
    assert stale.prior is not None
    assert (stale.prior.number, stale.prior.verb) == (winner.number, "cancel")


def test_one_of_two_desks_wins_each_exchange(station: StationUnderTest) -> None:
    refs = station.book(*(an_exchange().about(f"thing {n}") for n in range(12)))
    barrier = threading.Barrier(2)
    answers: dict[str, list[Verdict]] = {"desk 1": [], "desk 2": []}

    def arrive_all(service: Desk, desk: str) -> None:
        barrier.wait()
        for ref in refs:
            intent = Arrive(by=By(station.by.badge, desk), ref=ref, side=G)
            answers[desk].append(service.perform(intent))

    with station.another_desk("desk 2") as other:
        threads = [
            threading.Thread(target=arrive_all, args=(station.service, "desk 1")),
            threading.Thread(target=arrive_all, args=(other, "desk 2")),
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    for mine, theirs in zip(answers["desk 1"], answers["desk 2"], strict=True):
        loser, winner = sorted((mine, theirs), key=lambda verdict: verdict.accepted)
        assert (winner.accepted, loser.code) == (True, Code.ALREADY_HERE)
        assert loser.prior is not None
        assert loser.prior.number == winner.number
    assert station.service.verify().ok


def test_one_intent_from_many_threads_is_done_once(station: StationUnderTest) -> None:
    ref = station.book_one()
    intent = Arrive(by=station.by, ref=ref, side=G)
    barrier = threading.Barrier(6)
    answers: list[Verdict] = []

    def arrive() -> None:
        barrier.wait()
        answers.append(station.service.perform(intent))

    threads = [threading.Thread(target=arrive) for _each in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 6
    assert all(answer == answers[0] for answer in answers)
    assert len(station.exchange(ref).giver.visits) == 1


def test_a_desk_that_waits_too_long_is_told_so_and_may_try_again(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = station.book_one()
    count = acts(station)
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 50)
    holder = Database(station.path, ballast=0)
    intent = Note(by=station.by, ref=ref, text="x")
    with station.another_desk() as waiting:
        with holder.writing():
            busy = waiting.perform(intent)
        assert (busy.code, busy.ref, busy.number) == (Code.BUSY, ref, None)
        assert busy.next == (Step.TRY_AGAIN,)
        assert acts(station) == count

        assert waiting.perform(intent).accepted
    holder.close()


# The disk


def test_a_commit_that_lasted_though_the_disk_complained_is_answered(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = station.book_one()
    commit = UnitOfWork.commit

    def commit_and_fail(unit: UnitOfWork) -> None:
        commit(unit)
        raise StoreError("io", "the disk complained")

    monkeypatch.setattr(UnitOfWork, "commit", commit_and_fail)

    verdict = station.do(Arrive, ref, side=G)

    assert verdict.accepted
    assert verdict.number == acts(station)


def test_a_commit_that_did_not_last_is_a_failure(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = station.book_one()
    count = acts(station)

    def fail(_unit: UnitOfWork) -> None:
        raise StoreError("io", "the disk complained")

    monkeypatch.setattr(UnitOfWork, "commit", fail)
    with pytest.raises(StoreError):
        station.do(Arrive, ref, side=G)

    assert acts(station) == count
    assert station.exchange(ref).giver.presence is Presence.EXPECTED


# Officers and rules


def test_an_officer_is_known_from_the_first_time_with_the_first_name(service: Desk) -> None:
    assert service.sign_on("7730", "").name == ""
    assert service.sign_on("7730", "Tran").name == "Tran"
    assert service.sign_on("7730", "Somebody else").name == "Tran"
    assert service.sign_on(" 7730\x07", "").name == "Tran"


def test_an_officer_has_a_badge(service: Desk) -> None:
    with pytest.raises(UsageError) as refused:
        service.sign_on(" \x00", "Tran")

    assert refused.value.code == "no_badge"


def test_a_station_begins_with_an_act_of_the_programs_own(station: StationUnderTest) -> None:
    (founding,) = station.service.journal()

    assert (founding.number, founding.verb, founding.officer) == (1, "init", None)
    assert station.service.station == KENNEWICK
    assert station.service.board(DAY).exchanges == ()


def test_changed_rules_are_journalled_once(station: StationUnderTest) -> None:
    kinds = {kind: replace(rules, grace=99) for kind, rules in Rules().kinds.items()}
    changed = replace(station, rules=Rules(kinds))
    for _start in range(2):
        with changed.another_desk() as service:
            assert service.rules == changed.rules
            assert [row.verb for row in service.journal()] == ["init", "rules"]
            assert service.verify().ok
    with station.another_desk() as service:
        assert [row.verb for row in service.journal()] == ["init", "rules", "rules"]


def test_each_intent_has_an_id_of_its_own() -> None:
    assert new_intent_id() != new_intent_id()
