"""The disk refuses to write, sync or read, or lies: all is opened again and read anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.domain.intents import Note
from desk.errors import StoreError
from tests.builders import StationUnderTest
from tests.faults.handles import Refusal, can_refuse, refuse

pytestmark = pytest.mark.skipif(
    not can_refuse(), reason="only Linux has the files that stand for a disk that refuses"
)


def log_of(station: StationUnderTest) -> Path:
    """Returns the file that every act is written to first."""
    return station.path.with_name("desk.db-wal")


@pytest.mark.parametrize("refusal", [Refusal.WRITE, Refusal.SYNC])
def test_an_act_that_the_disk_refuses_is_told_and_can_be_done_again(
    station: StationUnderTest, refusal: Refusal
) -> None:
    """Promises: a refused act is told and not there; the next finds everything opened anew."""
    ref = station.book_one()
    kept = station.service.journal()
    refuse(log_of(station), refusal)
    note = Note(by=station.by, ref=ref, text="kept in the form")

    with pytest.raises(StoreError) as raised:
        station.service.perform(note)

    assert (raised.value.code, bool(raised.value.next)) == ("io", True)
    assert station.service.journal() == kept
    assert station.service.perform(note).accepted
    assert station.service.journal()[:-1] == kept
    assert station.service.verify().ok


@pytest.mark.parametrize(("refusal", "code"), [(Refusal.READ, "io"), (Refusal.TRUTH, "damaged")])
def test_a_refused_reading_is_told_and_read_again(
    station: StationUnderTest, refusal: Refusal, code: str
) -> None:
    """Promises: what is not read, or misread, is told, and read from the disk the next time."""
    refuse(station.path, refusal)

    with pytest.raises(StoreError) as raised:
        station.service.verify()

    assert raised.value.code == code
    assert station.service.verify().ok


def test_a_screen_hears_that_it_must_read_anew(station: StationUnderTest) -> None:
    """Promises: the mark of changes has moved, so that no screen goes on with what it has read."""
    ref = station.book_one()
    before = station.service.change_mark()
    refuse(log_of(station), Refusal.SYNC)

    with pytest.raises(StoreError):
        station.did(Note, ref, text="kept in the form")

    assert station.service.change_mark() != before


def test_a_desk_that_keeps_its_handles_is_caught(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Has teeth: where nothing is opened anew, the disk's refusal never ends."""
    monkeypatch.setattr("desk.storage.database.IO_FAILURES", frozenset())
    ref = station.book_one()
    refuse(log_of(station), Refusal.WRITE)

    for _again in range(2):
        with pytest.raises(StoreError):
            station.did(Note, ref, text="kept in the form")
