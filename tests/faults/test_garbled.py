"""Damaged database files: a sentence or findings, never a traceback, and nothing worse."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from desk.domain.officers import Proof
from desk.domain.rules import Rules
from desk.entrance import Entrance, miss_no_database
from desk.errors import DamagedError, DeskError, StoreError
from desk.paths import DataFolder
from desk.storage.quarantine import newest_good, set_aside
from desk.vault import LEAST, Choice, new_station
from tests.builders import KENNEWICK, StoppedClock, moment
from tests.faults.garbling import DAMAGES, EACH, KEYS, PAGE, Original, an_original, garbled, look
from tests.faults.holding import held_by_another_program
from tests.guarded import CHIEF, CHIEFS_WORDS, a_guarded_station

NOW = moment("14:32")


@pytest.fixture(scope="module", params=KEYS)
def original(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Original:
    """A station with a day's acts in it, plain or encrypted, and a backup."""
    return an_original(tmp_path_factory.mktemp("original"), KEYS[request.param])


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_told_or_found_or_has_changed_nothing(
    original: Original, damage: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Promises: no traceback and no other day than it was.

    What cannot be opened is set aside as it was, and the newest good backup is offered.
    """
    as_written = look(original.copied(tmp_path / "whole", original.database), original.key)
    assert as_written.code == "whole"
    answers = []
    for folder, data in garbled(original, damage, tmp_path):
        answer = look(folder, original.key)
        answers.append(answer.code)
        if answer.code == "whole":
            assert answer.said == as_written.said
        elif answer.code != "findings":
            explanation, way_out = answer.told
            assert explanation
            assert original.backup.name in way_out or "desk verify" in way_out
            assert [file.read_bytes() for file in folder.damaged] in ([], [data])
            assert folder.has_station == (folder.damaged == ())

    assert len(answers) == EACH
    assert "damaged" in answers
    assert capfd.readouterr() == ("", ""), "the library wrote across the screen"


@pytest.fixture
def cut_off(original: Original, tmp_path: Path) -> DataFolder:
    """A station whose database cannot be opened."""
    return original.copied(tmp_path / "cut off", original.database[: PAGE // 2])


def test_what_is_set_aside_keeps_its_log_and_is_missed(
    original: Original, cut_off: DataFolder
) -> None:
    """Promises: nothing is deleted or written over, and no new station is begun in its place."""
    log = cut_off.database.with_name("desk.db-wal")
    log.write_bytes(b"the newest acts")

    first = set_aside(cut_off, original.key, NOW)
    cut_off.database.write_bytes(b"another")
    second = set_aside(cut_off, original.key, NOW)

    assert cut_off.damaged == (first, second)
    assert first is not None
    assert first.read_bytes() == original.database[: PAGE // 2]
    assert first.with_name(first.name + "-wal").read_bytes() == b"the newest acts"
    assert not log.exists()
    assert not cut_off.is_new
    with pytest.raises(StoreError, match=second.name if second else "") as missed:
        miss_no_database(cut_off)
    assert str(cut_off.backups) in (missed.value.next or "")


def test_what_another_desk_works_with_stays_where_it_is(original: Original, tmp_path: Path) -> None:
    """Promises: whoever still has the database open goes on working with it."""
    folder = original.copied(tmp_path / "shared", original.database)
    with held_by_another_program(folder.database, "normal", original.key):
        assert set_aside(folder, original.key, NOW) is None

    assert folder.database.read_bytes() == original.database
    assert folder.damaged == ()


def test_a_database_that_was_never_encrypted_stays_where_it_is(tmp_path: Path) -> None:
    """Promises: a file that a key does not fit, because it has none, is not taken for damaged."""
    plain = an_original(tmp_path / "original", None)
    folder = plain.copied(tmp_path / "copy", plain.database)

    assert look(folder, KEYS["encrypted"]).code == "damaged"

    assert folder.has_station
    assert folder.damaged == ()


def test_the_newest_backup_that_is_good_is_offered(original: Original, cut_off: DataFolder) -> None:
    """Has teeth: damaged backups, and what a restore has replaced, are not offered."""
    for name in ("desk-2026-11-21T143300.db", "upgrade-2026-11-21T143400.db"):
        (cut_off.backups / name).write_bytes(original.database[:-PAGE])
    (cut_off.backups / "replaced-2026-11-21T143500.db").write_bytes(original.database)

    assert original.backup.name in look(cut_off, original.key).told[1]

    (cut_off.backups / original.backup.name).unlink()
    assert newest_good(cut_off, original.key) is None


def test_whoever_signs_in_at_a_damaged_station_is_told_so(tmp_path: Path) -> None:
    """Promises: the same at the door of a guarded station, whose slots stay where they are."""
    station = a_guarded_station(tmp_path)
    station.service.close()
    folder = DataFolder(tmp_path)
    slots, whole = folder.key_slots.read_bytes(), folder.database.read_bytes()
    folder.database.write_bytes(whole[:-PAGE])
    rules, proof = Rules(), Proof(CHIEF.badge, CHIEFS_WORDS)

    with ExitStack() as closing:
        way_in = Entrance(folder, station.clock, "desk 1", rules, lambda _station: None, closing)
        with pytest.raises(DamagedError) as told:
            way_in.open(proof)

    assert folder.damaged[0].name in told.value.explanation
    assert str(folder.backups) in (told.value.next or "")
    assert folder.damaged[0].read_bytes() == whole[:-PAGE]
    assert folder.key_slots.read_bytes() == slots


def refused(station: Path) -> DeskError:
    """Returns why the chief cannot open the station."""
    proof = Proof(CHIEF.badge, CHIEFS_WORDS)
    clock = StoppedClock(NOW)
    with ExitStack() as closing:
        folder = DataFolder(station)
        way_in = Entrance(folder, clock, "desk 1", Rules(), lambda _station: None, closing)
        try:
            way_in.need_station()
            way_in.open(proof)
        except DeskError as error:
            return error
    pytest.fail("it was opened")


@pytest.fixture
def kept(tmp_path: Path) -> tuple[DataFolder, Path]:
    """A guarded station without backups but for the slots of one, and where those are."""
    a_guarded_station(tmp_path).service.close()
    folder = DataFolder(tmp_path)
    folder.backups.mkdir()
    slots = folder.key_slots.read_bytes()
    older, copy, damaged = (
        folder.backups / f"desk-2026-11-{day}T080000.keyslots.json" for day in (19, 20, 21)
    )
    for path, content in ((older, slots), (copy, slots), (damaged, b"{")):
        path.write_bytes(content)
    return folder, copy


@pytest.mark.parametrize(("content", "code"), [(None, "no_slots"), (b"{", "bad_slots")])
def test_slots_that_are_gone_or_damaged_are_told_with_the_newest_that_open(
    kept: tuple[DataFolder, Path], content: bytes | None, code: str
) -> None:
    """Promises: an encrypted record is never taken for one that is still to be secured."""
    folder, copy = kept
    whole = folder.database.read_bytes()
    folder.key_slots.unlink()
    if content is not None:
        folder.key_slots.write_bytes(content)

    error = refused(folder.path)

    assert error.code == code
    assert f"Copy {copy} to {folder.key_slots}" in (error.next or "")
    assert folder.database.read_bytes() == whole


def test_the_slots_of_another_station_do_not_set_a_sound_database_aside(
    kept: tuple[DataFolder, Path],
) -> None:
    """Promises: damage is told from a key that is not the database's."""
    folder, copy = kept
    whole = folder.database.read_bytes()
    choice = Choice(CHIEF.badge, CHIEFS_WORDS, ())
    there = DataFolder(folder.path / "elsewhere")
    there.path.mkdir()
    new_station(there, StoppedClock(NOW), KENNEWICK.code, choice, LEAST)
    there.key_slots.replace(folder.key_slots)

    error = refused(folder.path)

    assert error.code == "damaged"
    assert "do not belong together" in error.explanation
    assert str(copy.parent) in (error.next or "")
    assert folder.database.read_bytes() == whole
    assert folder.damaged == ()


def test_a_database_of_which_any_page_fits_is_set_aside_without_a_backup(tmp_path: Path) -> None:
    """Has teeth: a garbled beginning alone does not make the key a wrong one."""
    station = a_guarded_station(tmp_path)
    station.service.close()
    folder = DataFolder(tmp_path)
    whole = folder.database.read_bytes()
    folder.database.write_bytes(whole[:100] + bytes(PAGE) + whole[100 + PAGE :])

    assert refused(tmp_path).code == "damaged"
    assert len(folder.damaged) == 1
