"""Another program holds the database, or it may only be read: a sentence, and soon."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from desk.domain.intents import Note
from desk.domain.verdict import Code, Step, Verdict
from desk.errors import StoreError
from desk.service import Desk, open_desk
from desk.storage import engine
from tests.builders import StationUnderTest
from tests.faults.holding import held_by_another_program

PROMISED_SECONDS = 5.0


def code_of(ask: Callable[[], object]) -> str:
    """Returns the code of the answer, or of a failure that is told with a next step."""
    try:
        answer = ask()
    except StoreError as error:
        return error.code if error.explanation and error.next else "no sentence"
    return answer.code if isinstance(answer, Verdict) else "answered"


def opening(station: StationUnderTest) -> Desk:
    with open_desk(station.path, station.rules, station.workplace()) as service:
        return service


def test_whoever_waits_for_a_lock_is_answered_in_time(station: StationUnderTest) -> None:
    """Promises: a sentence within 5 s, whatever is asked; what was typed can be done again."""
    note = Note(by=station.by, ref=station.book_one(), text="kept in the form")
    station.service.close()
    asked: dict[str, Callable[[], object]] = {
        "act": lambda: station.service.perform(note),
        "board": station.board,
        "change mark": station.service.change_mark,
        "opening": lambda: opening(station),
        "sign-on": lambda: station.service.sign_on("77", "Late"),
    }

    with held_by_another_program(station.path, "exclusive"), ThreadPoolExecutor() as threads:
        futures = {name: threads.submit(code_of, ask) for name, ask in asked.items()}
        done = wait(futures.values(), PROMISED_SECONDS).done
        answers = {name: each.result() for name, each in futures.items() if each in done}

    assert answers == dict.fromkeys(asked, "busy")
    assert station.service.perform(note).accepted
    assert station.service.verify().ok


def test_the_command_line_has_time_to_start(station: StationUnderTest) -> None:
    """Has teeth: with the time that a program takes to start, no wait passes what is promised."""
    starting = 2000
    with closing(engine.connect(station.path)) as connection:
        (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()

    assert max(patience, engine.WRITE_WAIT_MS) + starting <= PROMISED_SECONDS * 1000


def test_while_another_desk_writes_everything_is_read(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promises: only acts wait for another desk's act, and are told so; none is done twice."""
    monkeypatch.setattr(engine, "WRITE_WAIT_MS", 20)
    note = Note(by=station.by, ref=station.book_one(), text="kept in the form")

    with held_by_another_program(station.path, "normal"):
        answer = station.service.perform(note)
        assert station.exchange(note.ref).ref == note.ref
        assert opening(station).station == station.service.station
        assert station.service.verify().ok

    assert (answer.code, answer.next) == (Code.BUSY, (Step.TRY_AGAIN,))
    assert station.service.perform(note).accepted
    assert station.service.perform(note).accepted
    assert sum(row.verb == "note" for row in station.service.journal()) == 1


def test_where_nothing_can_be_written_everything_is_read(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promises: an act is refused with a sentence and can be done once writing is allowed."""
    note = Note(by=station.by, ref=station.book_one(), text="kept in the form")
    kept = station.service.journal()
    connect = dbapi2.connect

    def to_read(place: str, **how: Any) -> dbapi2.Connection:
        return connect(place.replace("mode=rw", "mode=ro"), **how)

    station.service.close()
    with monkeypatch.context() as patch:
        patch.setattr(dbapi2, "connect", to_read)
        with open_desk(station.path, station.rules, station.workplace()) as service:
            assert code_of(lambda: service.perform(note)) == "read_only"
            assert service.exchange(note.ref) is not None
            assert (service.journal(), service.verify().ok) == (kept, True)

    assert station.service.perform(note).accepted
