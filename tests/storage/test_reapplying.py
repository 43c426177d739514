"""A backup that is older than an erasure loses what was erased as it is restored."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desk.domain.exchange import IdCheck
from desk.domain.intents import Cancel, Note
from desk.domain.retention import ErasePerson
from desk.domain.rights import Identify, RequestKind
from desk.paths import DataFolder
from desk.service import open_desk
from desk.storage.erasure_log import ErasureLog, PastErasure
from desk.storage.reapplying import reapply_erasures
from desk.storage.restoring import RestoreOrder, restore
from tests.builders import StationUnderTest, an_exchange, kept
from tests.rights.making import CHIEF, ZELDA, ask, pick, with_supervisor, zeldas


@pytest.fixture
def restored(station: StationUnderTest) -> StationUnderTest:
    """A station whose database is one of before Zelda was erased from it."""
    with_supervisor(station)
    ref = station.book_one(zeldas(an_exchange().about("bicycle")))
    station.did(Note, ref, text="Quispe called")
    station.did(Cancel, ref)
    number = ask(station, RequestKind.ERASURE)
    seen = Identify(by=station.by, number=number, id_check=IdCheck.SEEN)
    assert station.service.rights.handle_request(seen).accepted
    assert pick(station, number, ref).accepted
    station.clock.advance(hours=1)
    backup = kept(station)
    station.service = open_desk(station.path, station.rules, station.workplace())
    erased = ErasePerson(by=CHIEF, number=number)
    assert station.service.retention.erase_person(erased).accepted
    station.service.close()
    station.path.write_bytes(backup)
    assert b"Quispe" in station.path.read_bytes()
    return station


def reapply(station: StationUnderTest) -> int:
    log = station.path.parent / "erasures.log"
    return reapply_erasures(station.path, None, log, "desk 1", station.clock.now())


def test_what_was_erased_since_goes_again_and_once(restored: StationUnderTest) -> None:
    assert [reapply(restored), reapply(restored)] == [1, 0]

    assert not [word for word in (b"Quispe", b"BRT-4471") if word in _bytes(restored)]
    with open_desk(restored.path, restored.rules, restored.workplace()) as service:
        assert service.verify().findings == ()
        (exchange,) = service.board(restored.clock.now().date()).exchanges
        assert (exchange.giver.name, exchange.receiver.name) == (None, "Paul Martin")
        assert exchange.item == "bicycle"
        (request,) = service.rights.requests()
        assert request.asker == ""


def test_another_row_with_the_number_of_an_erased_one_stays(restored: StationUnderTest) -> None:
    log = ErasureLog(restored.path.parent / "erasures.log")
    (past,) = log.erasures()
    log.path.unlink()
    others = {table: [(id_, "0" * 64) for id_, _fits in rows] for table, rows in past.rows.items()}
    log.note(PastErasure(past.intent_id, others | {"act": [(1, "0" * 64)]}))

    assert reapply(restored) == 0
    assert ZELDA.name.encode() in _bytes(restored)


def test_restoring_a_backup_does_it_before_anybody_can_read(
    restored: StationUnderTest, tmp_path: Path
) -> None:
    backup = tmp_path / "older.db"
    shutil.copy(restored.path, backup)
    order = RestoreOrder(backup, None, "desk 1", CHIEF)

    restore(DataFolder(restored.path.parent), order, restored.clock.now())

    backup.unlink()
    assert b"Quispe" not in _bytes(restored)
    with open_desk(restored.path, restored.rules, restored.workplace()) as service:
        assert service.verify().findings == ()
        verbs = [row.verb for row in service.journal() if row.accepted]
    assert verbs[-2:] == ["restore", "erase"]


def test_a_log_that_is_cut_off_or_none_of_ours_says_what_it_can(restored: StationUnderTest) -> None:
    log = restored.path.parent / "erasures.log"
    log.write_text('{"erased": 7}\n[]\n{"rows"\n' + log.read_text() + '{"erased":"x","ro')
    ErasureLog(log).begin("next")

    assert reapply(restored) == 1
    assert ErasureLog(log).unfinished() == ("next",)


def _bytes(station: StationUnderTest) -> bytes:
    return b"".join(path.read_bytes() for path in station.path.parent.glob("desk.db*"))
