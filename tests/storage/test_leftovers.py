"""What outside the database holds somebody: which files go with them, and which are only named."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from desk.domain.backups import BackupPlan, BackupPolicy
from desk.domain.retention import Leftovers
from desk.domain.rights import Person
from desk.domain.traces import Traces
from desk.paths import DataFolder
from desk.spelling import spelling_in
from desk.storage.leftovers import LeftFiles, delete_known, digests, files_with, kept_backups
from desk.wording import leftover_lines

ZONE = ZoneInfo("America/Los_Angeles")
ZELDA = Person(name="Zelda Quispe")


def test_a_booking_file_that_waits_is_named_and_stays(tmp_path: Path) -> None:
    """The bookings of others are in it, and nobody has taken them in yet."""
    folder = DataFolder(tmp_path)
    hers = b"Seller,Buyer\nQuispe Zelda,Bo Two\n"
    done, monday, feed, tuesday, scan = (
        folder.inbox / name
        for name in ("done/old.csv", "monday.csv", "web/feed.ics", "tuesday.csv", "scan.pdf")
    )
    contents = {
        done: hers + b"Ann One,Bo Two\n",
        monday: hers,
        feed: b"SUMMARY:Zelda Quis\r\n pe and Bo\r\n",
        tuesday: b"Seller,Buyer\nAnn One,Bo Two\n",
        scan: b"%PDF-1.4 unreadable",
    }
    for path, content in contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    found = files_with(folder, Traces.of([ZELDA], spelling_in("America/Los_Angeles")), ())
    delete_known(folder, digests(found.files))

    assert found == LeftFiles(files=(done,), unread=(scan,), waiting=(monday, feed))
    assert [path for path in contents if not path.exists()] == [done]


def test_what_waits_stays_even_where_a_file_that_was_taken_in_is_the_same(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    taken, again = folder.inbox / "done" / "monday.csv", folder.inbox / "monday.csv"
    taken.parent.mkdir(parents=True)
    for path in (taken, again):
        path.write_text("Seller,Buyer\nZelda Quispe,Bo Two\n", encoding="utf-8")

    delete_known(folder, digests([taken]))

    assert (taken.exists(), again.exists()) == (False, True)


def test_no_day_that_has_passed_is_promised_of_a_backup(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.backups.mkdir()
    names = (
        "desk-2027-11-22T090000",
        "desk-2026-11-22T090000",
        "desk-2026-11-21T090000",
        "upgrade-2026-11-20T090000",
    )
    for name in names:
        (folder.backups / f"{name}.db").write_bytes(b"")
    plan = BackupPlan(BackupPolicy(last=3))

    kept = kept_backups(folder, plan, ZONE, date(2027, 11, 22))

    assert {each.name.partition("T")[0]: each.newer for each in kept} == {
        "desk-2027-11-22": 0,
        "desk-2026-11-22": 2,
        "desk-2026-11-21": 1,
        "upgrade-2026-11-20": 1,
    }
    told = dict(line.split(".db ") for line in leftover_lines(Leftovers(backups=kept)))
    assert [told[name] for name in names] == [
        "still holds it until 2028-11-01",
        "still holds it until 2 more backups are made",
        "still holds it until the next backup is made",
        "still holds it until the next backup is made",
    ]
