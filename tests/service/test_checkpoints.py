"""Where the journal ended is signed, kept apart, and held against the record ever after."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from desk.domain.backups import BackupPlan
from desk.domain.checkpoint import Checkpoint, read_checkpoint, shortened
from desk.domain.views import Verification
from desk.paths import DataFolder
from desk.service import NOTHING, Against, verify_record
from desk.storage.backup_files import checkpoint_beside
from desk.storage.canonical import act_hash
from desk.storage.engine import connect
from desk.storage.triggers import triggers
from desk.storage.verify import CHAINED
from tests.builders import DUPONT, StationUnderTest
from tests.guarded import CHIEF, GuardedStation, a_guarded_station


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> GuardedStation:
    """A guarded station after a little work, at which nothing is changed any more."""
    station = a_guarded_station(tmp_path_factory.mktemp("guarded"))
    station.sign_in(CHIEF)
    station.book(CHIEF)
    return station


@pytest.fixture(scope="module")
def made(guarded: GuardedStation) -> Checkpoint:
    """A checkpoint of it, and two acts more."""
    checkpoint = guarded.service.checkpoint(CHIEF)
    guarded.book(CHIEF, "Cy Three")
    guarded.service.close()
    return checkpoint


def found(against: Against, station: GuardedStation, path: Path | None = None) -> Verification:
    return verify_record(path or station.path, station.key, against)


def codes(verification: Verification) -> list[tuple[str, int | None, str]]:
    return [(each.table, each.number, each.code) for each in verification.findings]


def test_a_checkpoint_is_kept_journalled_and_true(
    guarded: GuardedStation, made: Checkpoint
) -> None:
    folder = DataFolder(guarded.path.parent)
    rows = {row.number: row for row in guarded.service.journal()}

    assert read_checkpoint(folder.checkpoint(made.number).read_bytes()) == made
    assert rows[made.number].hash == made.hash
    assert (rows[made.number + 1].verb, rows[made.number + 1].officer) == ("checkpoint", "1000")
    assert made.public_key == guarded.slots.public_key()
    assert made.moment == guarded.clock.now()
    assert found(Against((made,)), guarded).ok
    assert found(Against((made,), guarded.slots.public_key()), guarded).ok
    assert found(NOTHING, guarded).ok


def test_a_checkpoint_that_the_station_has_not_signed_is_named(
    guarded: GuardedStation, made: Checkpoint
) -> None:
    assert made.signature is not None
    forged = replace(made, signature=bytes([made.signature[0] ^ 1]) + made.signature[1:])
    unsigned = replace(made, signature=None, public_key=None)
    other_key = replace(made, public_key=bytes(32))
    moved = replace(made, moment=made.moment.add(hours=1))

    assert (
        codes(found(Against((forged, moved)), guarded))
        == [("checkpoint", made.number, "forged")] * 2
    )
    assert codes(found(Against((unsigned,)), guarded)) == [("checkpoint", made.number, "unsigned")]
    assert codes(found(Against((other_key,)), guarded)) == [
        ("checkpoint", made.number, "other_key")
    ]
    assert codes(found(Against((made,), bytes(32)), guarded)) == [
        ("checkpoint", made.number, "other_key")
    ]


def test_a_record_that_ends_before_its_checkpoint_was_cut(
    guarded: GuardedStation, made: Checkpoint
) -> None:
    later = replace(made, number=made.number + 50)

    (cut, *_signature) = found(Against((later,)), guarded).findings

    assert (cut.table, cut.number, cut.code) == ("checkpoint", later.number, "cut")
    assert f"ends with act {made.number + 2}" in cut.explanation


def test_a_checkpoint_of_another_station_is_none_of_this_one(
    guarded: GuardedStation, made: Checkpoint
) -> None:
    (other, *_signature) = found(Against((replace(made, station="RPD"),)), guarded).findings

    assert (other.code, other.number) == ("other_station", made.number)
    assert "RPD" in other.explanation
    assert "KPD" in other.explanation


def test_a_chain_that_was_written_anew_is_sound_in_itself_and_named_by_its_checkpoint(
    guarded: GuardedStation, made: Checkpoint, tmp_path: Path
) -> None:
    path = tmp_path / guarded.path.name
    for original in guarded.path.parent.glob("*"):
        if original.is_file():
            shutil.copy(original, tmp_path)
    rewritten = write_anew(path, guarded.key, made.number)

    assert verify_record(path, guarded.key).ok
    (only,) = verify_record(path, guarded.key, Against((made,))).findings
    assert (only.table, only.number, only.code) == ("checkpoint", made.number, "rewritten")
    assert made.short_hash in only.explanation
    assert shortened(rewritten) in only.explanation


def write_anew(path: Path, key: bytes, number: int) -> str:
    """Says in that act, as whoever holds the key could, that it was done at another desk."""
    connection = connect(path, key)
    for name in triggers():
        connection.execute(f"DROP TRIGGER {name}")
    acts = connection.execute(
        "SELECT act.*, badge FROM act LEFT JOIN officer ON officer.id = officer_id"
        " WHERE number >= ? ORDER BY number",
        (number,),
    )
    names = [column[0] for column in acts.description or ()]
    before, told = "", ""
    for row in [dict(zip(names, act, strict=True)) for act in acts.fetchall()]:
        previous = before or row["prev_hash"]
        desk = row["desk"] if before else "desk 9"
        columns = {name: row[name] for name in names if name not in CHAINED} | {"desk": desk}
        before = act_hash(previous, columns, row["lines_digest"])
        told = told or before
        connection.execute(
            "UPDATE act SET desk = ?, prev_hash = ?, hash = ? WHERE number = ?",
            (desk, previous, before, row["number"]),
        )
    connection.execute("UPDATE station SET head_hash = ?", (before,))
    for sql in triggers().values():
        connection.execute(sql)
    connection.close()
    return told


def test_a_station_without_keys_makes_checkpoints_that_say_so(station: StationUnderTest) -> None:
    made = station.service.checkpoint(DUPONT)
    station.book_one()

    assert (made.public_key, made.signature) == (None, None)
    assert "signature   none" in made.text
    assert verify_record(station.path, against=Against((made,))).ok
    wrong = Against((replace(made, hash="0" * 64),))
    assert codes(verify_record(station.path, against=wrong)) == [
        ("checkpoint", made.number, "rewritten")
    ]


def test_each_copy_of_a_backup_has_the_checkpoint_of_its_own_end(
    station: StationUnderTest, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    backup = station.service.back_up(BackupPlan(second=str(stick)))
    file = Path(backup.file)

    for copy in (file, stick / file.name):
        made = read_checkpoint(checkpoint_beside(copy).read_bytes())
        assert (made.number, made.hash) == (backup.head_number, backup.head_hash)
        assert verify_record(copy, against=Against((made,))).ok
