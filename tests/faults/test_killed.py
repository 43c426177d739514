"""The plug is pulled in the middle of a stream of acts; nothing acknowledged is lost."""

from __future__ import annotations

import os
from typing import Any

import pytest

from desk.domain.intents import Note
from desk.storage.triggers import triggers
from tests.builders import DUPONT
from tests.e2e.stations import StationOnDisk, a_station_on_disk
from tests.faults.programs import outcome_of
from tests.faults.stream import halves_in

pytestmark = [
    pytest.mark.skipif(
        not hasattr(os, "fork"), reason="the writers are forked, which Windows has no way to do"
    ),
    pytest.mark.xdist_group("killed"),
]

KILLS = 40


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> StationOnDisk:
    """A station of today, without a program on it."""
    return a_station_on_disk(tmp_path_factory.mktemp("killed"))


@pytest.fixture(scope="module")
def outcomes(on_disk: StationOnDisk) -> Any:
    """What became of the acts of so many killed writers, by when they acknowledge."""
    return outcome_of("stream", on_disk.folder, KILLS, *on_disk.refs.values())


def test_every_acknowledged_act_is_there_and_none_is_half_there(outcomes: Any) -> None:
    """Promises: what was acknowledged survives kill -9; no act is half there, no chain broken."""
    outcome = outcomes["after_the_commit"]

    assert outcome["kills"] == KILLS
    assert outcome["acknowledged"] >= KILLS
    assert outcome["stored"] >= outcome["acknowledged"]
    assert (outcome["lost"], outcome["halves"], outcome["findings"]) == ([], [], [])


def test_a_writer_that_speaks_too_soon_is_caught(outcomes: Any) -> None:
    """Has teeth: what is acknowledged before its commit is soon lost."""
    assert outcomes["before_the_commit"]["lost"] != []


@pytest.mark.usefixtures("outcomes")
def test_an_act_that_is_half_there_is_caught(on_disk: StationOnDisk) -> None:
    """Has teeth: an accepted act without its line is seen."""
    with on_disk.opened() as service:
        ref = on_disk.refs["Ana"]
        assert service.perform(Note(ref=ref, by=DUPONT, text="waits at the door")).accepted
    with on_disk.raw() as raw:
        assert halves_in(raw) == []
        for name in triggers():
            raw.execute(f'DROP TRIGGER "{name}"')
        raw.execute("DELETE FROM act_line WHERE act_number = (SELECT max(number) FROM act)")
        assert len(halves_in(raw)) == 1
