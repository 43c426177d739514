"""Whatever is wrong with the place, the officer gets a sentence and keeps what was typed."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing

import pytest
from sqlcipher3 import dbapi2

from desk.domain.lifecycle import Verb
from tests.e2e.stations import StationOnDisk
from tests.e2e.terminal import DESK, Terminal


def garble(disk: StationOnDisk) -> None:
    disk.database.write_bytes(b"no database at all\n" * 500)


def lose(disk: StationOnDisk) -> None:
    disk.database.unlink()


def make_newer(disk: StationOnDisk) -> None:
    with closing(sqlite3.connect(disk.database)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("harm", "explanation", "what_to_do"),
    [
        (garble, "The database is damaged", "restore the newest good backup"),
        (lose, "but no desk.db.", "If the database was lost, copy"),
        (make_newer, "A newer desk has written this database", "Install the newest desk"),
    ],
)
def test_a_database_that_cannot_be_opened(
    disk: StationOnDisk,
    harm: Callable[[StationOnDisk], None],
    explanation: str,
    what_to_do: str,
) -> None:
    harm(disk)
    with disk.board() as terminal:
        terminal.read("desk cannot go on", explanation, what_to_do)
        terminal.press("enter")
        assert terminal.wait_ended() == 1

    # Said once more where the shell goes on.
    after = terminal.sent.decode().rpartition("\x1b[?1049l")[2]
    assert explanation in after
    assert "Traceback" not in terminal.sent.decode()


def test_settings_that_cannot_be_used(disk: StationOnDisk) -> None:
    (disk.folder / "station.toml").write_text("[rules.sale]\ngrace = 'long'\n", encoding="utf-8")
    with disk.board(columns=200) as terminal:
        assert terminal.wait_ended() == 1
        assert "line 2: rules.sale.grace must be" in terminal.text
        assert "\x1b[?1049h" not in terminal.sent.decode()


def test_no_terminal(disk: StationOnDisk) -> None:
    ended = disk.run()

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "needs a terminal" in ended.stderr


def test_a_missing_officer_is_asked_for(disk: StationOnDisk) -> None:
    with Terminal([DESK, "--data", str(disk.folder)]) as terminal:
        terminal.read("Who is at the desk?")
        terminal.type("7731")
        terminal.press("enter")
        terminal.type("Ngozi Okoye")
        terminal.wait_for("7731", "Ngozi Okoye")
        terminal.press("enter")
        terminal.wait_for("7731 · desk 1", "· A. Silva")


def test_another_program_holds_the_database(disk: StationOnDisk) -> None:
    with disk.board() as terminal, closing(dbapi2.connect(str(disk.database))) as holder:
        terminal.wait_for("· A. Silva")
        terminal.enter("/note")
        terminal.read("a line for the timeline")
        terminal.type("waits outside")
        holder.execute("BEGIN EXCLUSIVE")
        terminal.press("enter")
        terminal.wait_for("Another desk is writing, and nothing was saved.", "waits outside")
        holder.rollback()

        terminal.press("enter")
        terminal.wait_for("✓", "note")

    with disk.opened() as service:
        assert service.journal()[-1].verb is Verb.NOTE


_READ_ONLY = """
import sys
from sqlcipher3 import dbapi2
connect = dbapi2.connect
dbapi2.connect = lambda place, **more: connect(place.replace("mode=rw", "mode=ro"), **more)
from desk.__main__ import main
sys.exit(main())
"""


def test_a_database_that_cannot_be_written(disk: StationOnDisk) -> None:
    with Terminal([sys.executable, "-c", _READ_ONLY, *disk.command()[1:]]) as terminal:
        terminal.wait_for("· A. Silva")
        terminal.enter("/note")
        terminal.read("a line for the timeline")
        terminal.type("waits outside")
        terminal.press("enter")
        terminal.wait_for("can be read but not written", "waits outside")
        terminal.press("ctrl+q")
        assert terminal.wait_ended() == 0
