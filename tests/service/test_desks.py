"""Two desks, a slow desk, a failing disk; who signs on, and which rules are in force."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import replace

import pytest

from desk.domain.exchange import Presence, Side
from desk.domain.intents import Arrive, By, Cancel, Note, new_intent_id
from desk.domain.rules import Rules
from desk.domain.verdict import Code, Step, Verdict
from desk.domain.views import Bay, Station
from desk.errors import StoreError, UsageError
from desk.service import Desk, found_station
from desk.storage import engine
from desk.storage.database import Database
from desk.storage.unit import UnitOfWork
from desk.text import clean
from tests.builders import DAY, KENNEWICK, StationUnderTest, an_exchange
from tests.hostile import HOSTILE, HOSTILE_NAMES

G, R = Side.GIVER, Side.RECEIVER


def acts(station: StationUnderTest) -> int:
    return len(station.service.journal())


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
    monkeypatch.setattr(engine, "WRITE_WAIT_MS", 50)
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
    founding, enrolment = station.service.journal()

    assert (founding.number, founding.verb, founding.officer) == (1, "init", None)
    assert (enrolment.number, enrolment.verb, enrolment.officer) == (2, "enrol", None)
    assert station.service.station == KENNEWICK
    assert station.service.board(DAY).exchanges == ()


@pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_NAMES)
def test_a_station_of_any_name_is_stored_clean(station: StationUnderTest, text: str) -> None:
    path = station.path.with_name("other.db")
    bays = (Bay(text, text, (text,)),)
    workplace = replace(station.workplace(), desk=text)
    with found_station(path, Station(text, text, "UTC", bays), Rules(), workplace) as service:
        made = service.station
        (founding,) = service.journal()
        assert service.verify().ok

    assert (made.name, made.code, made.bays[0].label) == (clean(text),) * 3
    assert made.bays[0].cameras == (clean(text),)
    assert founding.desk == clean(text, 40)


def test_changed_rules_are_journalled_once(station: StationUnderTest) -> None:
    kinds = {kind: replace(rules, grace=99) for kind, rules in Rules().kinds.items()}
    changed = replace(station, rules=Rules(kinds))
    for _start in range(2):
        with changed.another_desk() as service:
            assert service.rules == changed.rules
            assert [row.verb for row in service.journal()] == ["init", "enrol", "rules"]
            assert service.verify().ok
    with station.another_desk() as service:
        assert [row.verb for row in service.journal()] == ["init", "enrol", "rules", "rules"]


def test_rules_that_could_not_be_journalled_at_once_are_with_the_first_act(
    station: StationUnderTest,
) -> None:
    ref = station.book_one()
    kinds = {kind: replace(rules, grace=99) for kind, rules in Rules().kinds.items()}
    holder = Database(station.path, ballast=0)
    with ExitStack() as held:
        held.enter_context(holder.writing())
        changed = replace(station, rules=Rules(kinds))
        with changed.another_desk() as service:
            assert "rules" not in [row.verb for row in service.journal()]
            held.close()
            for side in Side:
                assert service.perform(Arrive(by=station.by, ref=ref, side=side)).accepted
            newest = [row.verb for row in service.journal()][-4:]
            assert newest == ["import", "rules", "arrive", "arrive"]
            assert service.verify().ok
    holder.close()


def test_each_intent_has_an_id_of_its_own() -> None:
    assert new_intent_id() != new_intent_id()
