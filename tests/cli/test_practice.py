"""`desk practice`: a believable day at any hour, and nothing left of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pendulum import DateTime

from desk.cli.practice_day import invent
from desk.cli.practice_station import (
    KENNEWICK,
    OFFICER,
    Hand,
    Practice,
    board_of,
    live_the_day,
    moment_meant,
    take_files_in,
)
from desk.domain.exchange import Kind, Presence
from desk.domain.rules import Moment, Rules
from desk.domain.stage import Counts, StageName, count, stage_of
from desk.domain.views import Board
from desk.errors import DeskError, UsageError
from desk.paths import DataFolder
from desk.service import Desk, Workplace, open_desk

SAMPLES = Path(__file__).parents[2] / "data/samples"
AFTERNOON = moment_meant("2026-11-21 14:32")


def a_practice(now: DateTime, *bookings: Path, seed: int = 1) -> Practice:
    return Practice(Hand(now), seed, bookings, "desk 1")


def opened(folder: Path, practice: Practice) -> Desk:
    return open_desk(folder / "desk.db", Rules(), Workplace(practice.clock, "desk 1", ballast=0))


def lived(folder: Path, practice: Practice) -> Desk:
    live_the_day(practice, DataFolder(folder))
    return opened(folder, practice)


def today(service: Desk, now: DateTime) -> Board:
    return service.board(now.astimezone(KENNEWICK.zone).date())


def stages(board: Board, now: DateTime) -> list[StageName]:
    return [stage_of(each, Rules(), Moment(now)).name for each in board.exchanges]


@pytest.fixture(scope="module")
def afternoon(tmp_path_factory: pytest.TempPathFactory) -> Board:
    """The board of the day that is invented for the afternoon."""
    with lived(tmp_path_factory.mktemp("afternoon"), a_practice(AFTERNOON)) as service:
        return today(service, AFTERNOON)


def test_the_same_seed_is_the_same_day() -> None:
    assert invent(AFTERNOON, 1) == invent(AFTERNOON, 1)
    assert invent(AFTERNOON, 1).drafts != invent(AFTERNOON, 2).drafts


def test_the_same_seed_has_the_same_references(afternoon: Board, tmp_path: Path) -> None:
    with lived(tmp_path, a_practice(AFTERNOON)) as service:
        again = today(service, AFTERNOON)

    assert [each.ref for each in again.exchanges] == [each.ref for each in afternoon.exchanges]


def test_the_board_looks_like_the_picture(afternoon: Board) -> None:
    board, now = afternoon, Moment(AFTERNOON)

    found = stages(board, AFTERNOON)
    staged = ((each, stage_of(each, Rules(), now)) for each in board.exchanges)
    assert count(staged) == Counts(4, 1, 8)
    assert found[-11:] == [
        StageName.OVERDUE,
        *sorted([StageName.LATE, StageName.READY], key=found.index),
        StageName.DUE,
        StageName.DUE,
        *[StageName.UPCOMING] * 6,
    ]
    assert {StageName.MET, StageName.NO_SHOW, StageName.NOT_MET, StageName.CANCELLED} < set(found)
    assert [each.disputed for each in board.exchanges].count(True) == 1
    assert {each.kind for each in board.exchanges} == set(Kind)
    (ready,) = [each for each in board.exchanges if len(each.sides_with(Presence.HERE)) == 2]
    assert ready.kind is Kind.CUSTODY


@pytest.mark.parametrize(
    ("at", "seed"),
    [
        ("2026-11-21 14:30", 2),
        ("2026-11-21 14:44", 7),
        ("2026-11-21 14:44", 1000),
        ("2026-11-23 00:05", 2),
        ("2026-12-31 23:58", 7),
        ("2026-03-08 03:01", 1000),
        ("2026-11-01 04:00", 2),
    ],
)
def test_every_act_of_the_day_was_possible(tmp_path: Path, at: str, seed: int) -> None:
    now = moment_meant(at)
    with lived(tmp_path, a_practice(now, seed=seed)) as service:
        rows = service.journal()

        assert [row for row in rows if not row.accepted] == []
        assert max(row.recorded_at for row in rows) <= now
        assert {row.officer for row in rows[2:]} == {OFFICER.badge}
        assert service.verify().ok


def test_files_take_the_place_of_the_invented_day(tmp_path: Path) -> None:
    now = moment_meant("2026-11-23 10:02")
    practice = a_practice(now, SAMPLES / "calendly.csv")

    take_files_in(practice, DataFolder(tmp_path))

    with opened(tmp_path, practice) as service:
        board = today(service, now)
    assert len(board.exchanges) == 24
    assert {each.source for each in board.exchanges} == {"calendly"}
    assert practice.rejections == []


def test_the_good_rows_of_a_file_are_taken_and_the_others_told(tmp_path: Path) -> None:
    practice = a_practice(AFTERNOON, SAMPLES / "broken-rows.csv")

    take_files_in(practice, DataFolder(tmp_path))

    assert len(practice.rejections) == 7


def test_a_file_with_nothing_to_take_is_told(tmp_path: Path) -> None:
    practice = a_practice(AFTERNOON, SAMPLES / "not-a-booking-file.csv")

    with pytest.raises(DeskError, match=r"not-a-booking-file\.csv: "):
        take_files_in(practice, DataFolder(tmp_path))


def test_the_board_is_started_at_the_practice_station(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with board_of(a_practice(AFTERNOON)) as launch:
        assert (launch.title, launch.timezone) == ("Kennewick PD", "America/Los_Angeles")
        assert launch.practice
        assert launch.officer is not None
        assert (launch.officer.badge, launch.officer_name) == ("0000", "Practice")
        service = launch.connect()
        assert [bay.code for bay in service.station.bays] == ["1", "2", "3", "Lobby"]
        assert launch.data_folder.parent == tmp_path

    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_of_a_practice_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def interrupted() -> None:
        with board_of(a_practice(AFTERNOON, SAMPLES / "calendly.csv")) as launch:
            launch.connect()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "at",
    [
        *("", "14:32", "2026-11-31 10:00", "2026-03-08 02:30", "2026-11-01 01:30", "noon"),
        *("9999-12-31 23:59", "0001-01-01 00:00", "2026-11-23 10:02+05:00", "2026-11-23 10:02Z"),
    ],
)
def test_a_time_that_is_none_is_wrong_usage(at: str) -> None:
    with pytest.raises(UsageError) as caught:
        moment_meant(at)

    assert caught.value.code == "no_such_time"
