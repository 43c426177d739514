"""A plain database becomes an encrypted one, with everything in it and nothing left."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from desk.domain.backups import BackupPlan
from desk.domain.rules import Rules
from desk.errors import StoreError
from desk.paths import DataFolder
from desk.service import Desk, Workplace, found_station, open_desk, verify_record
from desk.storage import encrypting
from desk.storage.copying import sound_heads
from desk.storage.encrypting import encrypt_in_place, encrypt_station, is_plain, plain_files
from desk.storage.engine import connect
from tests.builders import KENNEWICK, StationUnderTest, an_exchange
from tests.storage.test_upgrading import SCHEMAS, released

KEY = bytes(range(32))
MARKS = (b"Marie Dupont", b"CREATE TABLE")


@pytest.fixture
def path(lived: Path, tmp_path: Path) -> Path:
    """The plain database of a station after a full day, which nobody has open."""
    return Path(shutil.copy(lived, tmp_path / "desk.db"))


def test_the_record_is_the_same_and_only_the_key_opens_it(path: Path) -> None:
    before = verify_record(path)

    encrypt_in_place(path, KEY)

    assert verify_record(path, KEY) == before
    for mark in MARKS:
        assert mark not in path.read_bytes()
    for key in (None, bytes(32)):
        with pytest.raises(StoreError) as refused:
            verify_record(path, key)
        assert refused.value.code == "damaged"
    assert list(path.parent.iterdir()) == [path]
    assert path.stat().st_mode & 0o077 == 0


def test_the_station_works_on_and_finds_what_was_typed(station: StationUnderTest) -> None:
    station.book(an_exchange())
    station.service.close()

    encrypt_in_place(station.path, KEY)

    with opened_with_key(station) as service:
        assert [found.exchange.item for found in service.find("iPhone", 5)] == ["iPhone 13 128 GB"]
        service.sign_on("7730", "Tran")
        assert service.verify().ok


def opened_with_key(station: StationUnderTest) -> Desk:
    return open_desk(station.path, station.rules, replace(station.workplace(), key=KEY))


def test_an_encrypted_database_stays_as_it_is(path: Path) -> None:
    encrypt_in_place(path, KEY)
    before = path.read_bytes()

    encrypt_in_place(path, KEY)

    assert path.read_bytes() == before
    with pytest.raises(StoreError) as refused:
        encrypt_in_place(path, bytes(32))
    assert refused.value.code == "damaged"


def test_the_plain_file_is_overwritten_before_it_is_deleted(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwritten: list[bytes] = []
    unlink = Path.unlink

    def look(self: Path, *, missing_ok: bool = False) -> None:
        if self.name.endswith(".plain") and self.exists():
            overwritten.append(self.read_bytes())
        unlink(self, missing_ok=missing_ok)

    size = path.stat().st_size
    monkeypatch.setattr(Path, "unlink", look)

    encrypt_in_place(path, KEY)

    assert overwritten == [bytes(size)]


def test_another_name_of_the_plain_file_is_somebody_elses(path: Path, tmp_path: Path) -> None:
    snapshot = tmp_path / "snapshot"
    os.link(path, snapshot)
    before = snapshot.read_bytes()

    encrypt_in_place(path, KEY)

    assert len(snapshot.read_bytes()) == len(before)
    assert verify_record(snapshot).ok


def test_a_database_that_is_open_stays_plain(station: StationUnderTest) -> None:
    with pytest.raises(StoreError) as refused:
        encrypt_in_place(station.path, KEY)

    assert refused.value.code == "in_use"
    assert station.service.verify().ok


def test_a_copy_that_differs_is_not_used(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose_a_row(held: dbapi2.Connection) -> Iterator[tuple[str, str]]:
        held.execute("DELETE FROM encrypted.act_line WHERE act_number = 5")
        yield "*", "act_line"

    monkeypatch.setattr(encrypting, "_tables", lose_a_row)

    with pytest.raises(StoreError) as refused:
        encrypt_in_place(path, KEY)

    assert refused.value.code == "bad_copy"
    assert is_plain(path)
    assert verify_record(path).ok


def test_a_folder_that_takes_nothing_is_told(path: Path) -> None:
    (path.with_name("desk.db.encrypting") / "full").mkdir(parents=True)

    with pytest.raises(StoreError) as refused:
        encrypt_in_place(path, KEY)

    assert refused.value.code == "cannot_write"
    assert is_plain(path)


def test_the_files_of_another_program_are_none_of_ours(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(b"SQLite format 3\0" + bytes(84))

    assert not is_plain(other)


# A whole station


def test_backups_are_encrypted_too_and_get_the_slots(station: StationUnderTest) -> None:
    folder = DataFolder(station.path.parent)
    stick = folder.path / "stick"
    stick.mkdir()
    made = Path(station.service.back_up(BackupPlan(second=str(stick))).file)
    station.service.close()
    folder.key_slots.write_text("{}", encoding="utf-8")
    copies = (made, stick / made.name)
    assert plain_files(folder, [stick]) == (*copies, folder.database)

    done, left = encrypt_station(folder, KEY, [stick, folder.path / "away"])

    assert (done, left) == ((*copies, folder.database), ())
    assert plain_files(folder, [stick]) == ()
    for each in done:
        sound_heads(each, KEY)
    for each in copies:
        slots = each.with_name(f"{each.stem}.keyslots.json")
        assert slots.read_text(encoding="utf-8") == "{}"


def test_what_cannot_be_encrypted_is_named_and_keeps_nothing_else_in_clear(
    station: StationUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, stick, share = DataFolder(station.path.parent), tmp_path / "stick", tmp_path / "share"
    for place in (stick, share):
        place.mkdir()
        station.service.back_up(BackupPlan(second=str(place)))
    station.service.close()
    made, *_later = sorted(stick.glob("*.db"))
    # Damaged, as it lies there and as it was set aside; the share is no place for a database.
    broken = stick / "desk-2026-11-20T090000.db"
    broken.write_bytes(made.read_bytes()[:5000])
    aside = folder.damaged_at(station.clock.now())
    aside.write_bytes(b"SQLite format 3\0")
    monkeypatch.setattr(encrypting, "refuse_network", partial(_refuse, share))

    done, left = encrypt_station(folder, KEY, [stick, share])

    assert folder.database in done
    assert set(left) == {broken, aside, *share.glob("*.db")}
    assert len(left) == 3
    assert not is_plain(made)


def _refuse(share: Path, there: Path) -> None:
    if there == share:
        raise StoreError("network", "It lies over the network.")


def test_the_backups_of_another_station_on_the_same_stick_stay_as_they_are(
    station: StationUnderTest, tmp_path: Path
) -> None:
    stick, other = tmp_path / "stick", tmp_path / "other"
    for place in (stick, other):
        place.mkdir()
    renton = replace(KENNEWICK, code="RPD", name="Renton PD")
    workplace = Workplace(station.clock, "desk 1", ballast=0)
    with found_station(other / "desk.db", renton, Rules(), workplace) as elsewhere:
        elsewhere.back_up(BackupPlan(second=str(stick)))
    station.service.close()
    (theirs,) = stick.glob("*.db")
    folder = DataFolder(station.path.parent)

    done, left = encrypt_station(folder, KEY, [stick])

    assert (done, left) == ((folder.database,), ())
    assert is_plain(theirs)


def test_a_backup_of_an_older_release_is_encrypted_as_it_is(tmp_path: Path) -> None:
    path = released(tmp_path, SCHEMAS[0]).path

    encrypt_in_place(path, KEY)

    with closing(connect(path, KEY)) as connection:
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert revision == (SCHEMAS[0],)


def test_an_empty_folder_holds_nothing_plain(tmp_path: Path) -> None:
    assert plain_files(DataFolder(tmp_path)) == ()


def a_draft(place: Path, name: str, content: bytes) -> Path:
    """Puts what a backup has left that was cut short while it was made."""
    draft = place / ".k1ll3d.partial" / name
    draft.parent.mkdir(parents=True)
    draft.write_bytes(content)
    return draft


def test_backups_that_were_never_finished_are_destroyed(
    station: StationUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(station.path.parent)
    stick = folder.path / "stick"
    stick.mkdir()
    made = Path(station.service.back_up(BackupPlan(second=str(stick))).file)
    station.service.close()
    plain = made.read_bytes()
    drafts = (
        a_draft(folder.backups, "upgrade-2026-11-21T143200.db", plain[:5000]),
        a_draft(stick, made.name, plain[:5000]),
    )
    overwritten: list[bytes] = []
    unlink = Path.unlink

    def look(self: Path, *, missing_ok: bool = False) -> None:
        if self in drafts:
            overwritten.append(self.read_bytes())
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", look)
    assert set(drafts) < set(plain_files(folder, [stick]))

    assert encrypt_station(folder, KEY, [stick]).left == ()

    assert overwritten == [bytes(5000)] * 2
    assert not any(draft.parent.exists() for draft in drafts)


def test_what_another_station_is_writing_to_the_stick_stays(
    station: StationUnderTest, tmp_path: Path
) -> None:
    stick, other = tmp_path / "stick", tmp_path / "other"
    other.mkdir()
    renton = replace(KENNEWICK, code="RPD", name="Renton PD")
    workplace = Workplace(station.clock, "desk 1", ballast=0)
    found_station(other / "desk.db", renton, Rules(), workplace).close()
    theirs = a_draft(stick, "desk-2026-11-20T090000.db", (other / "desk.db").read_bytes())
    station.service.close()

    done, left = encrypt_station(DataFolder(station.path.parent), KEY, [stick])

    assert (done, left) == ((station.path,), ())
    assert theirs.exists()
