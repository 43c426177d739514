"""The wiring: what is opened is closed, what is odd is said, and the screen paints first."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk import vault
from desk.bootstrap import (
    FoundingPlan,
    Seat,
    board_of,
    found,
    open_station,
    settings_of,
    show,
)
from desk.clock import Clock
from desk.domain.exchange import Kind
from desk.domain.officers import FirstSupervisor, Proof
from desk.domain.ports import DeskService
from desk.domain.rules import KindRules
from desk.errors import DeskError, SettingsError, StoreError
from desk.paths import DataFolder
from desk.service import Desk
from desk.settings import Settings
from desk.tui.launch import Launch, StationAnswers, StationDescription
from tests.builders import DUPONT, KENNEWICK, StationUnderTest
from tests.e2e.terminal import Terminal
from tests.guarded import WORDS, a_staffed_station

TOML = '[station]\nname = "Kennewick PD"\ncode = "KPD"\ntimezone = "America/Los_Angeles"\n'
DUPONTS = Proof(DUPONT.badge, WORDS)
ITO = FirstSupervisor("1000", "Ito", "nine tall ships at anchor")


@pytest.fixture
def station(tmp_path: Path) -> Iterator[StationUnderTest]:
    """A guarded station at which Dupont has signed in."""
    made = a_staffed_station(tmp_path)
    with made.service:
        yield made


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "calibrated", lambda: vault.LEAST)


def a_seat(folder: Path, clock: Clock, warn: Callable[[str], None]) -> Seat:
    """Returns a seat where Dupont would prove who it is."""
    return Seat(DataFolder(folder), clock, "desk 1", warn, lambda: DUPONTS)


def opened(launch: Launch, proof: Proof = DUPONTS) -> DeskService:
    """Returns the station that the screen opens with a passphrase."""
    assert launch.entrance is not None
    return launch.entrance.open(proof)


@pytest.fixture
def said() -> list[str]:
    """What the seat warned of."""
    return []


@pytest.fixture
def seat(station: StationUnderTest, said: list[str]) -> Seat:
    """A seat at the station, which has a settings file."""
    (station.path.parent / "station.toml").write_text(TOML, encoding="utf-8")
    return a_seat(station.path.parent, station.clock, said.append)


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


def nothing(_answers: StationAnswers) -> str:
    """Sets nothing up."""
    return ""


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

    assert "rules" in [row.verb for row in station.service.journal()[-2:]]


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
    with board_of(seat, DUPONTS, nothing) as launch:
        assert (launch.title, launch.timezone) == ("Kennewick PD", "America/Los_Angeles")
        assert launch.proof == DUPONTS
        assert launch.data_folder == seat.folder.path
        assert launch.set_up is None
        assert launch.warning == ""
        assert not launch.practice
        assert opened(launch).station == KENNEWICK


def test_what_the_board_connects_is_closed_when_it_ends(seat: Seat, closed: list[Desk]) -> None:

    with board_of(seat, DUPONTS, nothing) as launch:
        service = opened(launch)
        assert closed == []

    assert closed == [service]


def test_the_board_asks_who_is_there_if_nobody_is_named(seat: Seat) -> None:
    with board_of(seat, None, nothing) as launch:
        assert (launch.officer, launch.proof) == (None, None)


def test_the_board_says_that_settings_are_missing(seat: Seat, said: list[str]) -> None:
    seat.folder.settings.unlink()

    with board_of(seat, DUPONTS, nothing) as launch:
        assert "every setting has its default" in launch.warning
        assert launch.set_up is None
        opened(launch)

    assert said == []  # The board has the screen to itself.


def test_the_board_of_an_empty_folder_sets_a_station_up(seat: Seat, tmp_path: Path) -> None:
    new = a_seat(tmp_path / "new", seat.clock, seat.warn)

    def set_up(answers: StationAnswers) -> str:
        return found(new, FoundingPlan(KENNEWICK, answers.supervisor, TOML))

    with board_of(new, None, set_up) as launch:
        assert launch.set_up is set_up
        described = StationDescription("Kennewick PD", "KPD", KENNEWICK.timezone, 3, lobby=True)
        assert launch.set_up(StationAnswers(described, ITO))
        assert opened(launch, ITO.proof).station == KENNEWICK

    assert new.folder.settings.read_text(encoding="utf-8") == TOML


def test_the_board_does_not_make_a_new_station_where_one_was_lost(seat: Seat) -> None:
    seat.folder.database.unlink()

    with board_of(seat, DUPONTS, nothing) as launch:
        assert launch.set_up is None
        with pytest.raises(StoreError, match=r"no desk\.db"):
            launch.prepare()


def test_a_key_for_an_unknown_command_stops_the_board(seat: Seat) -> None:
    seat.folder.settings.write_text("[keys]\narive = 'f11'\n", encoding="utf-8")

    with (
        pytest.raises(SettingsError, match=r"line 2: keys\.arive"),
        board_of(seat, DUPONTS, nothing),
    ):
        pass


def test_a_station_cannot_be_made_where_nothing_can_be_written(seat: Seat, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    blocked = a_seat(tmp_path / "file/data", seat.clock, seat.warn)

    with pytest.raises(StoreError) as caught:
        found(blocked, FoundingPlan(KENNEWICK, ITO, TOML))

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

    def sign_out(self) -> None:
        """Ends nobody's work."""


@pytest.mark.parametrize(
    ("name", "ended_by"), [("problem", StoreError("x", "gone")), ("failure", ZeroDivisionError())]
)
def test_what_ended_the_board_is_told_after_it(
    seat: Seat, monkeypatch: pytest.MonkeyPatch, name: str, ended_by: Exception
) -> None:
    monkeypatch.setattr("desk.tui.app.DeskApp", FakeApp)
    monkeypatch.setattr(FakeApp, name, ended_by)

    with board_of(seat, DUPONTS, nothing) as launch, pytest.raises(type(ended_by)):
        show(launch)


HEAVY = (
    *("alembic", "fpdf", "icalendar", "segno", "sqlalchemy", "sqlcipher3", "sqlmodel"),
    *("argon2", "cryptography"),
)


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


def test_an_officer_types_the_passphrase_before_the_database_is_imported(
    seat: Seat, station: StationUnderTest, tmp_path: Path
) -> None:
    station.service.close()
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    folder = str(seat.folder.path)
    command = [sys.executable, "-c", GATED, str(gate), "--data", folder, "--desk", "gate"]

    with Terminal(command) as terminal:
        terminal.wait_for("Badge", "Passphrase")
        terminal.type(DUPONT.badge)
        terminal.press("enter")
        terminal.type(WORDS)
        terminal.press("enter")
        gate.write_bytes(b"open")
        terminal.wait_for("Find a name", "4412 · gate")
