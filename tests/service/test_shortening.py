"""The journal is shortened from its beginning, into an archive, and is as sound as before."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from desk.domain.backups import BackupPlan
from desk.domain.checkpoint import Checkpoint, read_checkpoint
from desk.domain.exchange import DisputeCategory, Settlement, Side
from desk.domain.intents import Arrive, Finish, Note, OpenDispute, Settle
from desk.domain.looks import LookedAt
from desk.domain.retention import Applied, Periods, RecordClass
from desk.domain.verdict import Code
from desk.domain.views import Verification
from desk.service import Against, verify_record
from desk.storage import verify
from desk.storage.canonical import GENESIS, act_hash
from desk.storage.engine import connect_to_read
from desk.storage.tables import METADATA
from desk.vault import is_signed
from tests.builders import DAY, StationUnderTest, an_exchange
from tests.guarded import CHIEF, StaffedStation, a_staffed_station
from tests.rights.making import hold, with_supervisor, zeldas
from tests.storage.loose import a_loose_copy, rows_of, tampering
from tests.storage.test_verify import checked, one_byte_off, put

A_YEAR: Periods = {
    RecordClass.SALES: 365,
    RecordClass.DISPUTES: 365,
    RecordClass.VIEWS: 365,
    RecordClass.JOURNAL: 365,
}
NOTHING = BackupPlan()


@pytest.fixture
def station(tmp_path: Path) -> Iterator[StaffedStation]:
    """A guarded station at which the supervisor has signed in too."""
    made = a_staffed_station(tmp_path)
    with made.service:
        assert made.service.guarded_access.sign_in(CHIEF).accepted
        yield made


def lived(station: StationUnderTest, *, day: int = 0) -> str:
    """Lets an exchange with two disputes come to its end; returns its reference."""
    station.clock.set("14:32", DAY + timedelta(days=day))
    ref = station.book_one(zeldas(an_exchange().at("14:15", DAY + timedelta(days=day))))
    station.service.looked(station.by, LookedAt.DISPUTE, [ref])
    station.service.write_looks()
    for side in Side:
        station.did(Arrive, ref, side=side)
    assert not station.do(Arrive, ref, side=Side.GIVER).accepted
    for category in (DisputeCategory.THREAT, DisputeCategory.COUNTERFEIT):
        station.did(OpenDispute, ref, category=category, text="shouted")
        station.did(Settle, ref, settlement=Settlement.NO_ACTION)
    station.did(Finish, ref)
    station.undo(ref)
    station.did(Finish, ref)
    return ref


def apply(station: StationUnderTest, periods: Periods = A_YEAR) -> Applied:
    retention = station.service.retention
    return retention.apply(CHIEF, retention.report(periods, NOTHING), periods)


def numbers(station: StationUnderTest) -> list[int]:
    return [row.number for row in station.service.journal()]


def test_old_acts_go_and_the_record_is_as_sound_as_before(station: StaffedStation) -> None:
    lived(station)
    newest = numbers(station)[-1]
    kept = lived(station, day=400)
    assert station.service.verify().findings == ()

    applied = apply(station)

    assert (applied.verdict.code, applied.exchanges) == (Code.ACCEPTED, 1)
    assert numbers(station)[0] == newest + 1 == applied.acts + 1
    assert station.service.verify().findings == ()
    station.did(Note, kept, text="goes on")
    assert station.service.verify().findings == ()
    assert apply(station).verdict.code is Code.NOTHING_DUE

    station.clock.set("14:32", DAY + timedelta(days=800))
    again = apply(station)
    assert again.archive == f"archive/journal-{newest + 1:06}-{newest + again.acts:06}.db"
    assert station.service.verify().findings == ()


def test_what_went_lies_in_the_archive_and_is_signed_for(station: StaffedStation) -> None:
    lived(station)
    lived(station, day=400)

    applied = apply(station)

    folder = station.path.parent
    with closing(connect_to_read(folder / applied.archive, station.key)) as archive:
        kept = archive.execute("SELECT number, content FROM archive ORDER BY number").fetchall()
    assert [number for number, _content in kept] == [*range(1, applied.acts + 1)]
    before = GENESIS
    for _number, content in kept:
        act = json.loads(content)["act"]
        assert act["prev_hash"] == before
        columns = {name: value for name, value in act.items() if name not in verify.CHAINED}
        before = act_hash(before, columns, act["lines_digest"])
        assert before == act["hash"]
    signed = (folder / applied.archive).with_suffix(".checkpoint.txt")
    checkpoint = read_checkpoint(signed.read_bytes())
    assert (checkpoint.number, checkpoint.hash) == (applied.acts, before)
    assert checkpoint.signature is not None
    assert checkpoint.public_key is not None
    assert is_signed(checkpoint.message, checkpoint.signature, checkpoint.public_key)
    with pytest.raises(dbapi2.DatabaseError):
        dbapi2.connect(str(folder / applied.archive)).execute("SELECT * FROM archive")


def test_a_checkpoint_of_an_act_that_went_is_compared_with_the_archive(
    station: StaffedStation,
) -> None:
    early = station.service.checkpoint(CHIEF)
    lived(station)
    lived(station, day=400)
    late = station.service.checkpoint(CHIEF)
    first = apply(station)
    signed = (station.path.parent / first.archive).with_suffix(".checkpoint.txt")
    checkpoints = (early, read_checkpoint(signed.read_bytes()), late)
    forged = replace(early, hash="0" * 64)

    def compared(*made: Checkpoint) -> Verification:
        return verify_record(station.path, station.key, Against(made))

    found = compared(*checkpoints)
    assert found.findings == ()
    assert [(each.number, each.archive) for each in found.agreed] == [
        (early.number, first.archive),
        (first.acts, ""),
        (late.number, ""),
    ]
    assert [each.code for each in compared(forged).findings if each.number == early.number] == [
        "rewritten",
        "forged",
    ]

    station.clock.set("14:32", DAY + timedelta(days=800))
    second = apply(station)
    station.service.close()
    assert [each.archive for each in compared(*checkpoints).agreed] == [
        first.archive,
        second.archive,
        second.archive,
    ]
    later_archive = station.path.parent / second.archive
    later_archive.rename(later_archive.with_suffix(".away"))
    (missing,) = compared(early).findings
    assert (missing.code, missing.number) == ("archive_missing", early.number)
    assert f"-{first.acts + second.acts:06}.db" in missing.explanation
    shutil.copy(station.path.parent / first.archive, later_archive)
    (touched,) = compared(early).findings
    assert (touched.code, second.archive in touched.explanation) == ("archive_touched", True)


def test_an_act_about_what_still_has_words_keeps_all_that_came_after(
    station: StaffedStation,
) -> None:
    early = lived(station)
    assert hold(station, early, by=CHIEF).accepted
    lived(station, day=1)
    before = numbers(station)
    station.clock.set("14:32", DAY + timedelta(days=400))

    applied = apply(station)

    assert applied.exchanges == 1
    booked = next(row for row in station.service.journal() if early in row.refs).number
    assert numbers(station)[0] == booked
    assert set(before) - set(numbers(station)) == {*range(1, booked)}
    assert station.service.verify().findings == ()


def test_an_archive_without_its_act_is_a_try_that_is_made_again(
    station: StaffedStation, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(station)
    lived(station, day=400)
    with monkeypatch.context() as patch:
        patch.setattr("desk.service.retention.shorten", lambda *_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            apply(station)
    assert numbers(station)[0] == 1
    assert list((station.path.parent / "archive").glob("*.db"))

    assert apply(station).acts > 0
    assert station.service.verify().findings == ()


def test_nobody_shortens_what_nobody_can_sign_for(tmp_path: Path) -> None:
    from tests.builders import a_station
    from tests.rights.making import CHIEF as THEIR_CHIEF

    plain = with_supervisor(a_station(tmp_path))
    lived(plain)
    plain.clock.set("14:32", DAY + timedelta(days=400))
    retention = plain.service.retention
    report = retention.report(A_YEAR, NOTHING)
    applied = retention.apply(THEIR_CHIEF, report, A_YEAR)
    plain.service.close()

    assert report.of(RecordClass.JOURNAL).count == 0
    assert (applied.exchanges, applied.acts) == (1, 0)


# Whatever is touched afterwards is named


@pytest.fixture(scope="module")
def shortened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A copy of a shortened record, on which nothing is refused."""
    folder = tmp_path_factory.mktemp("shortened")
    made = a_staffed_station(folder)
    with made.service:
        assert made.service.guarded_access.sign_in(CHIEF).accepted
        lived(made)
        lived(made, day=400)
        assert apply(made).acts > 0
    engine = a_loose_copy(made.path, tmp_path_factory.mktemp("loose"), made.key)
    yield engine
    engine.dispose()


def test_a_shortened_record_is_sound(shortened: Engine) -> None:
    with tampering(shortened) as connection:
        assert checked(connection).findings == ()


@pytest.mark.parametrize(
    "table", ["journal_start", "exchange", "party", "visit", "dispute", "officer", "station"]
)
def test_one_changed_byte_is_named_in_what_was_said_anew(shortened: Engine, table: str) -> None:
    for column in METADATA.tables[table].columns:
        with tampering(shortened) as connection:
            row = rows_of(connection, table)[0]
            put(connection, table, row, column.name, one_byte_off(row[column.name], position=6))

            assert checked(connection).findings, column.name


def test_a_beginning_that_was_cut_by_another_hand_is_named(shortened: Engine) -> None:
    with tampering(shortened) as connection:
        acts = rows_of(connection, "act")
        first = acts[0]
        connection.exec_driver_sql("DELETE FROM act_line WHERE act_number = ?", (first["number"],))
        connection.exec_driver_sql("DELETE FROM act WHERE number = ?", (first["number"],))
        connection.exec_driver_sql(
            "UPDATE journal_start SET number = ?, hash = ?", (first["number"], first["hash"])
        )

        named = {(each.table, each.code) for each in checked(connection).findings}

    assert ("journal_start", "changed") in named
