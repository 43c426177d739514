"""The wiring: what is opened is closed, what is odd is said, and the screen paints first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk.bootstrap import Seat, board_of, found, open_station, settings_of, show
from desk.domain.exchange import Kind
from desk.domain.rules import KindRules
from desk.domain.views import Officer
from desk.errors import DeskError, SettingsError, StoreError
from desk.paths import DataFolder
from desk.service import Desk
from desk.settings import Settings
from desk.tui.launch import Launch, StationAnswers
from tests.builders import KENNEWICK, StationUnderTest
from tests.e2e.terminal import Terminal

TOML = '[station]\nname = "Kennewick PD"\ncode = "KPD"\ntimezone = "America/Los_Angeles"\n'
CURIE = Officer("4412", "Marie Curie")


@pytest.fixture
def said() -> list[str]:
    """What the seat warned of."""
    return []


@pytest.fixture
def seat(station: StationUnderTest, said: list[str]) -> Seat:
    """A seat at the station, which has a settings file."""
    (station.path.parent / "station.toml").write_text(TOML, encoding="utf-8")
    return Seat(DataFolder(station.path.parent), station.clock, "desk 1", said.append)


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[Desk]:
    """The services that were closed."""
    services: list[Desk] = []
    close = Desk.close

    def close_and_tell(service: Desk) -> None:
        services.append(service)
        close(service)

    monkeypatch.setattr(Desk, "close", close_and_tell)
    return services


def nothing(_answers: StationAnswers) -> None:
    """Sets nothing up."""


def test_a_station_is_opened_with_its_own_rules_and_closed(
    seat: Seat, said: list[str], closed: list[Desk]
) -> None:
    seat.folder.settings.write_text(f"{TOML}[rules.sale]\ngrace = 5\n", encoding="utf-8")

    with open_station(seat) as station:
        service = station.service
        assert service.station == KENNEWICK
        assert service.rules.of(Kind.SALE) == KindRules(grace=5)
        assert station.settings.looks == Settings().looks
        assert closed == []

    assert closed == [service]
    assert said == []


def test_changed_rules_are_noticed_at_start(seat: Seat, station: StationUnderTest) -> None:
    seat.folder.settings.write_text(f"{TOML}[rules.sale]\ngrace = 5\n", encoding="utf-8")

    with open_station(seat):
        pass

    assert station.service.journal()[-1].verb == "rules"


def test_a_database_without_settings_is_opened_with_a_warning(seat: Seat, said: list[str]) -> None:
    seat.folder.settings.unlink()

    with open_station(seat) as station:
        assert station.settings == Settings()

    assert len(said) == 1
    assert str(seat.folder.settings) in said[0]


def test_settings_without_a_database_offer_both_ways_out(seat: Seat) -> None:
    seat.folder.database.unlink()

    with pytest.raises(StoreError) as caught, open_station(seat):
        pass

    assert caught.value.code == "no_database"
    assert str(seat.folder.backups) in (caught.value.next or "")
    assert "desk init" in (caught.value.next or "")


def test_another_stations_settings_leave_the_record_alone(
    seat: Seat, station: StationUnderTest
) -> None:
    before = station.service.journal()
    foreign = "[station]\ncode = 'RPD'\n[rules.sale]\ngrace = 5\n"
    seat.folder.settings.write_text(foreign, encoding="utf-8")

    with pytest.raises(SettingsError), open_station(seat):
        pass

    assert station.service.journal() == before


def test_without_a_file_every_setting_has_its_default(tmp_path: Path) -> None:
    assert settings_of(DataFolder(tmp_path)).settings == Settings()


def test_the_board_is_started_with_what_the_settings_say(seat: Seat) -> None:
    with board_of(seat, CURIE, nothing) as launch:
        assert (launch.title, launch.timezone) == ("Kennewick PD", "America/Los_Angeles")
        assert launch.officer is not None
        assert (launch.officer.badge, launch.officer.desk) == ("4412", "desk 1")
        assert launch.officer_name == "Marie Curie"
        assert launch.data_folder == seat.folder.path
        assert launch.set_up is None
        assert launch.warning == ""
        assert not launch.practice
        assert launch.connect().station == KENNEWICK


def test_what_the_board_connects_is_closed_when_it_ends(seat: Seat, closed: list[Desk]) -> None:

    with board_of(seat, CURIE, nothing) as launch:
        service = launch.connect()
        assert closed == []

    assert closed == [service]


def test_the_board_asks_who_is_there_if_nobody_is_named(seat: Seat) -> None:
    with board_of(seat, None, nothing) as launch:
        assert launch.officer is None


def test_the_board_says_that_settings_are_missing(seat: Seat, said: list[str]) -> None:
    seat.folder.settings.unlink()

    with board_of(seat, CURIE, nothing) as launch:
        assert "every setting has its default" in launch.warning
        assert launch.set_up is None
        launch.connect()

    assert said == []  # The board has the screen to itself.


def test_the_board_of_an_empty_folder_sets_a_station_up(seat: Seat, tmp_path: Path) -> None:
    new = Seat(DataFolder(tmp_path / "new"), seat.clock, "desk 1", seat.warn)

    def set_up(_answers: StationAnswers) -> None:
        found(new, KENNEWICK, TOML)

    with board_of(new, CURIE, set_up) as launch:
        assert launch.set_up is set_up
        launch.set_up(StationAnswers("Kennewick PD", "KPD", "America/Los_Angeles", 3, lobby=True))
        assert launch.connect().station == KENNEWICK

    assert new.folder.settings.read_text(encoding="utf-8") == TOML


def test_the_board_does_not_make_a_new_station_where_one_was_lost(seat: Seat) -> None:
    seat.folder.database.unlink()

    with board_of(seat, CURIE, nothing) as launch:
        assert launch.set_up is None
        with pytest.raises(StoreError, match=r"no desk\.db"):
            launch.connect()


def test_a_key_for_an_unknown_command_stops_the_board(seat: Seat) -> None:
    seat.folder.settings.write_text("[keys]\narive = 'f11'\n", encoding="utf-8")

    with (
        pytest.raises(SettingsError, match=r"line 2: keys\.arive"),
        board_of(seat, CURIE, nothing),
    ):
        pass


def test_a_station_cannot_be_made_where_nothing_can_be_written(seat: Seat, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    blocked = Seat(DataFolder(tmp_path / "file/data"), seat.clock, "desk 1", seat.warn)

    with pytest.raises(StoreError) as caught:
        found(blocked, KENNEWICK, TOML)

    assert caught.value.code == "cannot_write"


class FakeApp:
    """An app that ends at once."""

    problem: DeskError | None = None
    failure: BaseException | None = None
    return_code = 0

    def __init__(self, _launch: Launch) -> None:
        pass

    def exit(self) -> None:
        """Does nothing."""

    def run(self) -> None:
        """Ends at once."""


@pytest.mark.parametrize(
    ("name", "ended_by"), [("problem", StoreError("x", "gone")), ("failure", ZeroDivisionError())]
)
def test_what_ended_the_board_is_told_after_it(
    seat: Seat, monkeypatch: pytest.MonkeyPatch, name: str, ended_by: Exception
) -> None:
    monkeypatch.setattr("desk.tui.app.DeskApp", FakeApp)
    monkeypatch.setattr(FakeApp, name, ended_by)

    with board_of(seat, CURIE, nothing) as launch, pytest.raises(type(ended_by)):
        show(launch)


HEAVY = ("alembic", "fpdf", "icalendar", "segno", "sqlalchemy", "sqlcipher3", "sqlmodel")


def test_wiring_the_board_imports_no_database() -> None:
    code = "import desk.bootstrap, desk.cli.program, desk.tui.app, sys; print(*sys.modules)"

    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert set(HEAVY) & set(ended.stdout.split()) == set()


GATED = f"""
import sys
from pathlib import Path

class Gate:
    def find_spec(self, name, path=None, target=None):
        if name in {HEAVY}:
            gate.read_bytes()
            sys.meta_path.remove(self)
        return None

gate = Path(sys.argv.pop(1))
sys.meta_path.insert(0, Gate())
from desk.__main__ import main
sys.exit(main())
"""


def test_the_first_frame_is_painted_before_the_database_is_imported(tmp_path: Path) -> None:
    # Whoever imports a part of the database waits until somebody has written into the pipe. So
    # what is on the screen until then was painted without it.
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    command = [sys.executable, "-c", GATED, str(gate), "practice", "--at", "2026-11-21 14:32"]

    with Terminal(command) as terminal:
        terminal.wait_for("Kennewick PD", "14:32", "F1 Help")
        before = terminal.text
        gate.write_bytes(b"open")
        terminal.wait_for("overdue 2 min")

    assert "overdue 2 min" not in before
