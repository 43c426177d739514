"""The ways into a station: founding, opening, securing an older one, and the recovery code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desk import vault
from desk.domain.backups import BackupPlan
from desk.domain.officers import FirstSupervisor, Proof
from desk.domain.rules import Rules
from desk.domain.views import Role, Station
from desk.entrance import Entrance
from desk.errors import DamagedError, StoreError, VaultError, WrongSecretError
from desk.out.day_files import DayFiles
from desk.paths import DataFolder
from desk.storage import encrypting
from desk.storage.failures import damaged
from tests.builders import DUPONT, KENNEWICK, StoppedClock, a_station, an_exchange, moment

CHIEF = FirstSupervisor("1000", "Ito", "nine tall ships at anchor")


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "calibrated", lambda: vault.LEAST)


def _any(_station: Station) -> None:
    """Takes every station for the one that was meant."""


@pytest.fixture
def way_in(tmp_path: Path) -> Iterator[Entrance]:
    with ExitStack() as closing:
        clock = StoppedClock(moment("14:32"))
        yield Entrance(DataFolder(tmp_path), clock, "desk 1", Rules(), _any, closing)


@pytest.fixture
def older(tmp_path: Path) -> str:
    """A station of a time before passphrases, with one exchange; returns its reference."""
    station = a_station(tmp_path)
    ref = station.book_one(an_exchange().between("Siobhán Zweig", "Bo Two"))
    station.service.close()
    return ref


def names_in(folder: Path) -> list[str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return [file.name for file in files if b"Zweig" in file.read_bytes()]


def test_a_new_station_is_opened_by_its_supervisor_alone(way_in: Entrance) -> None:
    way_in.found(KENNEWICK, CHIEF)

    assert way_in.open(CHIEF.proof).station == KENNEWICK
    with pytest.raises(WrongSecretError):
        way_in.open(Proof(CHIEF.badge, "nine small ships at anchor"))
    with pytest.raises(StoreError) as twice:
        way_in.need_plain_station()
    assert twice.value.code == "already_secured"


def test_a_weak_passphrase_founds_nothing(way_in: Entrance, tmp_path: Path) -> None:
    with pytest.raises(VaultError):
        way_in.found(KENNEWICK, FirstSupervisor("1000", "Ito", "password1234"))

    assert not (tmp_path / "desk.db").exists()


def test_the_first_supervisor_has_no_passphrase_of_names_around(
    way_in: Entrance, tmp_path: Path
) -> None:
    guessable = FirstSupervisor("1000", "R. Ito", "Kennewick Ito 1000")

    with pytest.raises(VaultError) as weak:
        way_in.found(KENNEWICK, guessable)
    assert weak.value.code == "weak_passphrase"
    assert not (tmp_path / "keyslots.json").exists()

    a_station(tmp_path).service.close()
    with pytest.raises(VaultError) as weak:
        way_in.secure(guessable)
    assert weak.value.code == "weak_passphrase"
    assert not way_in.is_guarded


@pytest.mark.usefixtures("older")
def test_an_older_station_lets_nobody_in_before_it_is_secured(way_in: Entrance) -> None:
    for ask in (way_in.need_station, way_in.prepare):
        with pytest.raises(StoreError) as refused:
            ask()
        assert refused.value.code == "not_secured"


def test_an_older_station_is_secured_with_all_that_it_holds(
    way_in: Entrance, older: str, tmp_path: Path
) -> None:
    assert names_in(tmp_path)

    way_in.secure(CHIEF)

    assert names_in(tmp_path) == []
    service = way_in.open(CHIEF.proof)
    assert service.exchange(older) is not None
    assert service.verify().ok
    with pytest.raises(WrongSecretError):
        way_in.open(Proof(DUPONT.badge, CHIEF.passphrase))


SHEET = {"txt": b"14:30 Siobhan Zweig"}


@pytest.mark.usefixtures("older")
@pytest.mark.parametrize("wanted", [{}, {"days_in_clear": True}], ids=["not wanted", "wanted"])
def test_securing_leaves_no_sheet_in_clear_that_desk_wrote_unasked(
    way_in: Entrance, tmp_path: Path, wanted: dict[str, Any]
) -> None:
    exports = DataFolder(tmp_path).exports
    DayFiles(exports).write(date(2026, 11, 21), SHEET)
    asked_for = exports / "day-2026-11-20.txt"
    asked_for.write_bytes(SHEET["txt"])

    assert replace(way_in, **wanted).secure(CHIEF).left == ()

    assert asked_for.exists()
    assert (exports / "day-2026-11-21.txt").exists() == bool(wanted)


@pytest.mark.usefixtures("older")
def test_securing_names_what_is_left_in_clear(way_in: Entrance, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    assert replace(way_in, second=stick).secure(CHIEF).away == str(stick)

    there = tmp_path / "another"
    there.mkdir()
    a_station(there).service.close()
    stick.mkdir()
    whole, broken = (stick / f"desk-2026-11-2{n}T090000.db" for n in range(2))
    plain = (there / "desk.db").read_bytes()
    whole.write_bytes(plain)
    broken.write_bytes(plain[:5000])
    another = replace(way_in, folder=DataFolder(there), second=stick)

    secured = another.secure(CHIEF)

    assert (secured.left, secured.away) == ((str(broken),), "")
    assert not encrypting.is_plain(whole)


@pytest.mark.parametrize("cut_short", ["new_station", "encrypt_station"])
def test_securing_is_done_again_or_finished_wherever_it_was_cut_short(
    way_in: Entrance, older: str, monkeypatch: pytest.MonkeyPatch, cut_short: str
) -> None:
    def power_cut(*_arguments: object) -> None:
        raise KeyboardInterrupt

    room = vault if cut_short == "new_station" else encrypting
    monkeypatch.setattr(room, cut_short, power_cut)
    with pytest.raises(KeyboardInterrupt):
        way_in.secure(CHIEF)
    monkeypatch.undo()
    monkeypatch.setattr(vault, "calibrated", lambda: vault.LEAST)

    if not way_in.is_guarded:
        way_in.secure(CHIEF)
    service = way_in.open(CHIEF.proof)

    assert service.exchange(older) is not None
    assert service.verify().ok
    assert names_in(way_in.folder.path) == []


def test_the_recovery_code_makes_a_supervisor_and_a_new_code(way_in: Entrance) -> None:
    code = way_in.found(KENNEWICK, CHIEF)
    other = FirstSupervisor("2000", "Vega", "eleven boats are missing")

    recovered = way_in.recover(code, other)
    recovered.confirm()

    service = way_in.open(other.proof)
    access = service.access
    assert access is not None
    assert [(one.badge, one.role) for one in access.officers("desk 1")] == [
        ("1000", Role.SUPERVISOR),
        ("2000", Role.SUPERVISOR),
    ]
    assert [row.verb for row in service.journal()][-2:] == ["recover", "sign_in"]
    with pytest.raises(VaultError):
        way_in.recover(code, other)
    assert way_in.recover(recovered.recovery_code, other).recovery_code != code


def test_a_code_that_was_not_written_down_does_not_end_the_old_one(way_in: Entrance) -> None:
    code = way_in.found(KENNEWICK, CHIEF)
    way_in.recover(code, CHIEF)

    assert way_in.recover(code, CHIEF).recovery_code


def test_damage_that_shows_later_is_told_with_the_newest_good_backup(tmp_path: Path) -> None:
    clock = StoppedClock(moment("14:32"))

    def work() -> None:
        with ExitStack() as closing:
            way_in = Entrance(DataFolder(tmp_path), clock, "desk 1", Rules(), _any, closing)
            way_in.found(KENNEWICK, CHIEF)
            made.append(way_in.open(CHIEF.proof).back_up(BackupPlan()).file)
            raise damaged()

    made: list[str] = []
    with pytest.raises(DamagedError) as told:
        work()

    assert made[0] in (told.value.next or "")
    there = [path for path in tmp_path.rglob("*") if path.name != "desk.db-shm"]
    assert {"backups", "ballast"} <= {path.name for path in there}
    assert [path for path in there if path.stat().st_mode & 0o077] == []
    assert (tmp_path / "desk.db").exists()
