"""A backup takes the record's place whole or not at all, and nothing that was there is lost."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from desk.domain.backups import Backup, BackupPlan, Drill, Restored
from desk.domain.exchange import Side
from desk.domain.intents import Arrive, By
from desk.domain.rules import Rules
from desk.errors import StoreError
from desk.paths import DataFolder
from desk.service import Workplace, found_station, verify_record
from desk.storage.backup import back_up
from desk.storage.drill import drill
from desk.storage.engine import connect
from desk.storage.restoring import RestoreOrder, restore
from tests.builders import DUPONT, KENNEWICK, StationUnderTest, StoppedClock, moment
from tests.storage.test_upgrading import SCHEMAS, released

ZONE = KENNEWICK.zone


class Kept:
    """A station with one backup, and acts after it; closed."""

    def __init__(self, station: StationUnderTest) -> None:
        self.station = station
        self.folder = DataFolder(station.path.parent)
        self.folder.settings.write_text("[looks]\n", encoding="utf-8")
        self.ref = station.book_one()
        self.backup: Backup = station.service.back_up(BackupPlan())
        self.file = Path(self.backup.file)
        station.clock.advance(minutes=5)
        station.did(Arrive, self.ref, side=Side.GIVER)
        self.head = station.service.journal()[-1]
        station.service.close()

    def order(self, by: By = DUPONT) -> RestoreOrder:
        return RestoreOrder(self.file, None, "desk 1", by)

    def restore(self, by: By = DUPONT) -> Restored:
        return restore(self.folder, self.order(by), self.station.clock.now())

    def drill(self) -> Drill:
        return drill(self.folder, None)

    def names(self) -> set[str]:
        """Returns what lies in the folder, but for what SQLite needs to look at a database."""
        passing = {"desk.db-wal", "desk.db-shm"}
        return {path.name for path in self.folder.path.iterdir()} - passing


@pytest.fixture
def kept(station: StationUnderTest) -> Kept:
    """A station with a backup behind which it has gone on."""
    return Kept(station)


def test_the_record_is_the_backup_and_says_so(kept: Kept) -> None:
    done = kept.restore()

    assert (done.before, done.after) == (kept.head.number, kept.backup.head_number)
    assert kept.names() == {"desk.db", "station.toml", "backups"}
    with kept.station.another_desk() as service:
        whole, last = service.verify(), service.journal()[-1]
    assert whole.ok
    assert whole.rows == kept.backup.head_number + 1
    assert (last.verb, last.officer, last.desk) == ("restore", DUPONT.badge, "desk 1")
    with closing(connect(kept.station.path)) as connection:
        (facts,) = connection.execute("SELECT facts FROM act ORDER BY number DESC").fetchone()
    assert f'"before":{kept.head.number}' in facts
    assert f'"after":{kept.backup.head_number}' in facts
    assert f'"file":"{kept.file.name}"' in facts


def test_what_was_replaced_lies_aside_whole_and_can_be_restored_itself(kept: Kept) -> None:
    slots = kept.folder.key_slots
    slots.write_text("{}", encoding="utf-8")

    done = kept.restore()

    assert done.kept_as is not None
    aside = Path(done.kept_as)
    assert aside.name == "replaced-2026-11-21T143700.db"
    for name in (
        "replaced-2026-11-21T143700.keyslots.json",
        "replaced-2026-11-21T143700.station.toml",
    ):
        assert (kept.folder.backups / name).exists()
    assert verify_record(aside).head == kept.head.hash
    again = RestoreOrder(aside, None, "desk 1", DUPONT)
    assert restore(kept.folder, again, kept.station.clock.now()).after == kept.head.number


def test_slots_and_settings_stay_where_there_are_any(kept: Kept) -> None:
    kept.folder.settings.write_text("# newer\n", encoding="utf-8")
    slots = kept.file.with_name(f"{kept.file.stem}.keyslots.json")
    slots.write_text("{}", encoding="utf-8")

    kept.restore()

    assert kept.folder.settings.read_text(encoding="utf-8") == "# newer\n"
    assert kept.folder.key_slots.read_text(encoding="utf-8") == "{}"


def test_a_backup_makes_a_station_in_an_empty_folder(kept: Kept, tmp_path: Path) -> None:
    new = DataFolder(tmp_path / "new PC")
    new.path.mkdir()

    done = restore(new, kept.order(), kept.station.clock.now())

    assert (done.before, done.kept_as) == (None, None)
    assert new.settings.read_text(encoding="utf-8") == "[looks]\n"
    assert verify_record(new.database).ok


def test_an_officer_whom_the_older_record_does_not_know_stands_in_it_all_the_same(
    kept: Kept,
) -> None:
    kept.restore(By("9999", "desk 1"))

    with closing(connect(kept.station.path)) as connection:
        officer, facts = connection.execute(
            "SELECT officer_id, facts FROM act ORDER BY number DESC"
        ).fetchone()
    assert officer is None
    assert '"badge":"9999"' in facts


# A record that cannot be read


def garble(path: Path) -> None:
    path.write_bytes(b"\0" * 4096 + path.read_bytes()[4096:])


def test_a_damaged_record_is_put_aside_with_its_log(kept: Kept) -> None:
    garble(kept.station.path)
    damaged = kept.station.path.read_bytes()
    log = kept.station.path.with_name("desk.db-wal")
    log.write_bytes(b"what may be left of the newest acts")

    done = kept.restore()

    assert done.before is None
    assert done.kept_as is not None
    aside = Path(done.kept_as)
    assert aside.read_bytes() == damaged
    kept_log = aside.with_name(aside.name + "-wal")
    assert kept_log.read_bytes() == b"what may be left of the newest acts"
    assert not log.exists()
    assert verify_record(kept.station.path).ok


def test_where_a_file_has_one_name_only_it_is_copied(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(_one: Path, _other: Path) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", no_links)

    done = kept.restore()

    assert done.kept_as is not None
    aside = Path(done.kept_as)
    assert verify_record(aside).head == kept.head.hash


# What is refused


def refused(kept: Kept, order: RestoreOrder) -> StoreError:
    """Returns why it was; nothing was changed."""
    before, names = kept.station.path.read_bytes(), kept.names()
    with pytest.raises(StoreError) as why:
        restore(kept.folder, order, kept.station.clock.now())
    assert kept.station.path.read_bytes() == before
    assert kept.names() == names
    return why.value


def test_a_damaged_backup_is_refused(kept: Kept) -> None:
    garble(kept.file)

    error = refused(kept, kept.order())

    assert error.code == "bad_backup"
    assert "another key" in error.explanation


def test_a_wrong_key_is_refused_in_the_same_words(kept: Kept) -> None:
    assert refused(kept, replace(kept.order(), key=os.urandom(32))).code == "bad_backup"


def test_a_backup_whose_record_was_touched_is_refused(kept: Kept) -> None:
    with closing(dbapi2.connect(str(kept.file))) as connection:
        connection.execute("UPDATE bay SET label = 'Bay 9' WHERE code = '1'")
        connection.commit()

    error = refused(kept, kept.order())

    assert error.code == "touched_backup"
    assert "bay 1" in error.explanation


def test_a_newer_schema_is_refused_with_the_version_that_it_needs(kept: Kept) -> None:
    with closing(dbapi2.connect(str(kept.file))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
        connection.commit()

    error = refused(kept, kept.order())

    assert error.code == "newer_schema"
    assert "0999" in error.explanation


def test_another_stations_backup_is_refused(kept: Kept, tmp_path: Path) -> None:
    other = DataFolder(tmp_path / "other")
    clock = StoppedClock(moment("14:32"))
    richland = replace(KENNEWICK, code="RPD")
    found_station(other.database, richland, Rules(), Workplace(clock, "desk 1", ballast=0)).close()
    theirs = back_up(other, None, BackupPlan(), clock.now(), ZONE).file

    assert refused(kept, replace(kept.order(), file=Path(theirs))).code == "other_station"
    new = DataFolder(tmp_path / "new PC")
    new.path.mkdir()
    with pytest.raises(StoreError) as why:
        restore(new, replace(kept.order(), code="RPD"), clock.now())
    assert why.value.code == "other_station"
    assert list(new.path.iterdir()) == []


def test_a_file_that_is_not_there_is_refused(kept: Kept) -> None:
    nowhere = kept.file.with_name("desk-2026-11-20T143200.db")

    assert refused(kept, replace(kept.order(), file=nowhere)).code == "missing"


def test_a_record_that_another_desk_has_open_is_not_replaced(kept: Kept) -> None:
    with kept.station.another_desk() as service:
        with pytest.raises(StoreError) as why:
            kept.restore()
        assert why.value.code == "in_use"
        assert service.journal()[-1].number == kept.head.number

    assert verify_record(kept.station.path).head == kept.head.hash


def test_a_folder_that_takes_nothing_is_told(kept: Kept) -> None:
    in_the_way = kept.station.path.with_name("desk.db.restoring")
    (in_the_way / "full").mkdir(parents=True)

    assert refused(kept, kept.order()).code == "cannot_write"


# Older schemas


def test_a_backup_of_an_older_release_is_upgraded_on_its_way_and_stays_what_it_is(
    kept: Kept, tmp_path: Path
) -> None:
    place = tmp_path / "older"
    place.mkdir()
    older = released(place, SCHEMAS[0]).path
    before = older.read_bytes()

    restore(kept.folder, replace(kept.order(), file=older), kept.station.clock.now())

    assert older.read_bytes() == before
    with kept.station.another_desk() as service:
        assert service.verify().ok
        assert service.journal()[-1].verb == "restore"


# The drill


def test_the_drill_restores_the_newest_backup_and_leaves_nothing(kept: Kept) -> None:
    names = sorted(kept.folder.backups.iterdir())

    done = kept.drill()

    assert done.ok
    assert (done.file, done.rows) == (str(kept.file), kept.backup.head_number)
    assert done.behind == kept.head.number - kept.backup.head_number
    assert done.counts["act"] == (done.rows, kept.head.number)
    assert done.counts["exchange"] == (1, 1)
    assert done.counts["visit"] == (0, 1)
    assert sorted(kept.folder.backups.iterdir()) == names


def test_the_drill_names_a_bad_backup_and_proves_the_one_before(kept: Kept) -> None:
    with kept.station.another_desk() as service:
        newest = Path(service.back_up(BackupPlan()).file)
    garble(newest)

    done = kept.drill()

    assert not done.ok
    assert done.file == str(kept.file)
    assert newest.name in done.problems[0]


def test_the_drill_fails_where_there_is_no_backup(kept: Kept) -> None:
    kept.file.unlink()

    done = kept.drill()

    assert not done.ok
    assert done.file is None
    assert len(done.problems) == 1


def test_the_drill_sees_a_backup_of_another_past(kept: Kept, tmp_path: Path) -> None:
    clock = StoppedClock(moment("10:00"))
    other = DataFolder(tmp_path / "other")
    workplace = Workplace(clock, "desk 1", ballast=0)
    with found_station(other.database, KENNEWICK, Rules(), workplace) as service:
        service.sign_on("0001", "Ono")
    theirs = Path(back_up(other, None, BackupPlan(), moment("14:36"), ZONE).file)
    theirs.rename(kept.folder.backups / theirs.name)

    done = kept.drill()

    assert not done.ok
    assert "is another one" in done.problems[0]


def test_the_drill_sees_that_the_record_has_lost_rows(kept: Kept) -> None:
    with closing(dbapi2.connect(str(kept.station.path))) as connection:
        connection.execute("DROP TRIGGER bay_is_never_deleted")
        connection.execute("DELETE FROM bay WHERE code = 'Lobby'")
        connection.commit()

    done = kept.drill()

    assert done.problems == ("The backup has 4 rows of bay, and the record only 3.",)
