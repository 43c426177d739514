"""Damaged database files: a sentence or findings, never a traceback, and nothing worse."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from desk.domain.exchange import Side
from desk.domain.intents import Arrive
from desk.errors import StoreError
from tests.builders import DAY, DUPONT, a_station, an_exchange
from tests.faults.stream import open_there

_PAGE = 4096
FILES = 60


def cut(data: bytearray, chance: random.Random) -> None:
    """Cuts the end off."""
    del data[chance.randrange(len(data)) :]


def flip(data: bytearray, chance: random.Random) -> None:
    """Turns a few bits over."""
    for _bit in range(8):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def zero(data: bytearray, chance: random.Random) -> None:
    """Blanks a page."""
    start = chance.randrange(len(data) // _PAGE) * _PAGE
    data[start : start + _PAGE] = bytes(_PAGE)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database with a day's acts in it, closed."""
    station = a_station(tmp_path_factory.mktemp("whole"))
    with station.service:
        for ref in station.book(*(an_exchange().at(f"14:{n:02}") for n in range(10, 40))):
            station.did(Arrive, ref, side=Side.GIVER)
    return station.path.read_bytes()


def look(folder: Path) -> tuple[str, object]:
    """Returns what an officer and a supervisor get of the file: a code, and what it says."""
    try:
        with open_there(folder) as service:
            service.sign_on(DUPONT.badge, "Dupont")
            said = (service.board(DAY).exchanges, service.journal(), service.station)
            return ("whole" if service.verify().ok else "findings"), said
    except StoreError as error:
        return (error.code if error.explanation else "no sentence"), None


DAMAGES = {"cut": cut, "flip": flip, "zero": zero}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_told_or_found_or_has_changed_nothing(
    name: str, whole: bytes, tmp_path: Path
) -> None:
    chance = random.Random(name)
    (tmp_path / "desk.db").write_bytes(whole)
    _whole, as_written = look(tmp_path)
    answers = []
    for n in range(FILES // 3):
        folder = tmp_path / str(n)
        folder.mkdir()
        data = bytearray(whole)
        DAMAGES[name](data, chance)
        (folder / "desk.db").write_bytes(data)
        answer, said = look(folder)
        answers.append(answer)
        assert answer != "whole" or said == as_written, n

    assert set(answers) != {"whole"}, "no damage was noticed at all"
    assert "no sentence" not in answers
