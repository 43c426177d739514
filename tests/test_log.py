"""The log: fixed words and numbers, and no way to hand anything else in."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from desk.domain.verdict import Code
from desk.errors import DeskError, StoreError
from desk.log import Event, Log
from tests.builders import StoppedClock, moment

NAME = "Marie Dupont"


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "desk.log", StoppedClock(moment("14:32")))


def said(log: Log) -> str:
    return log.file.read_text(encoding="utf-8")


def test_a_line_says_when_how_bad_and_what(log: Log) -> None:
    assert log.note(Event.STARTED, rows=3, code=Code.STALE)
    assert log.note(Event.FAILED, logging.WARNING)

    assert said(log).splitlines() == [
        "2026-11-21T22:32:00.000+00:00 INFO started rows=3 code=stale",
        "2026-11-21T22:32:00.000+00:00 WARNING failed",
    ]
    assert log.file.stat().st_mode & 0o777 == 0o600


def test_a_text_cannot_be_handed_in(log: Log) -> None:
    facts: dict[str, Any] = {"who": NAME}

    with pytest.raises(TypeError):
        log.note(Event.STARTED, **facts)

    assert not log.file.exists()


def test_an_error_is_its_code_and_a_fault_where_it_came_from(log: Log) -> None:
    log.failed(StoreError("busy", f"{NAME} holds it", NAME))
    log.failed(DeskError(NAME, NAME))
    try:
        raise KeyError(NAME)
    except KeyError as fault:
        log.fault(fault)

    assert "code=busy" in said(log)
    assert "code=unknown" in said(log)
    assert "builtins.KeyError" in said(log)
    assert "test_log:" in said(log)
    assert NAME not in said(log)


def test_it_begins_anew_and_keeps_a_few_older_ones(log: Log) -> None:
    for _each in range(6):
        log.file.write_bytes(b"x" * 300_000)
        log.note(Event.STARTED)

    there = sorted(each.name for each in log.file.parent.iterdir())
    assert there == ["desk.log", "desk.log.1", "desk.log.2", "desk.log.3"]
    assert len(said(log).splitlines()) == 1


def test_what_is_wrong_with_the_log_stops_nothing(
    log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    log.file.mkdir()
    assert not log.note(Event.STARTED)
    assert not Log(log.file / "none" / "desk.log", StoppedClock(moment("14:32"))).started()

    assert capsys.readouterr() == ("", "")
