"""The disk is full: the act is refused with a sentence, and everything before it is intact."""

from __future__ import annotations

from typing import Any

import pytest

from desk.domain.intents import Note
from desk.errors import StoreError
from desk.service import Workplace, open_desk
from tests.builders import StationUnderTest
from tests.faults.full_disk import OF_ITS_OWN, can_mount
from tests.faults.handles import Refusal, can_refuse, refuse
from tests.faults.programs import outcome_of

# One worker, which fills every disk in one program.
pytestmark = pytest.mark.xdist_group("full disk")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What became of the acts on each full disk."""
    folder = tmp_path_factory.mktemp("full")
    if not can_mount(folder):
        pytest.skip(reason="this account may not mount a disk of its own")
    return outcome_of("full_disk", folder, under=OF_ITS_OWN)


def test_a_full_disk_refuses_an_act_gives_its_ballast_up_and_goes_on(outcomes: Any) -> None:
    """Promises: refused and shown, nothing lost, and there is room for what comes next."""
    outcome = outcomes["acting"]

    assert outcome["code"] == "disk_full"
    assert "given up" in outcome["sentence"]
    assert not outcome["ballast"]
    assert outcome["before"] > 0
    assert outcome["after"] == 3
    assert outcome["stored"] == outcome["before"] + outcome["after"]
    assert outcome["findings"] == 0


def test_a_full_disk_without_a_ballast_refuses_until_there_is_room(outcomes: Any) -> None:
    """Has teeth: it is the ballast that lets the work go on; without it nothing is lost either."""
    outcome = outcomes["acting_without_a_ballast"]

    assert outcome["code"] == "disk_full"
    assert "given up" not in outcome["sentence"]
    assert outcome["after"] == 0
    assert outcome["stored"] == outcome["before"]
    assert outcome["findings"] == 0


@pytest.mark.skipif(not can_refuse(), reason="only Linux has a file without room")
def test_what_the_system_says_of_a_full_disk_is_understood(station: StationUnderTest) -> None:
    """Promises: the same, where no disk can be mounted."""
    ref = station.book_one()
    station.service.close()
    ballast = station.path.with_name("ballast")
    workplace = Workplace(station.clock, "desk 1", ballast=1000)
    with open_desk(station.path, station.rules, workplace) as service:
        assert service.perform(Note(by=station.by, ref=ref, text="there is room")).accepted
        kept = service.journal()
        note = Note(by=station.by, ref=ref, text="kept in the form")
        assert ballast.exists()
        refuse(station.path.with_name("desk.db-wal"), Refusal.ROOM)

        with pytest.raises(StoreError, match="given up"):
            service.perform(note)

        assert not ballast.exists()
        assert service.journal() == kept
        assert service.perform(note).accepted
        assert service.verify().ok


def test_a_station_that_is_opened_on_a_full_disk_gives_its_ballast_up_too(outcomes: Any) -> None:
    """Promises: the same, where there is not even room for the index of SQLite's log."""
    outcome = outcomes["opening"]

    assert (outcome["code"], outcome["ballast"]) == ("disk_full", False)
    assert "given up" in outcome["sentence"]
    assert outcome["after"] == 3
    assert outcome["findings"] == 0
