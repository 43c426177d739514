"""Whatever is wrong with the place, the officer gets a sentence and keeps what was typed."""

from __future__ import annotations

import sys

from desk.domain.lifecycle import Verb
from tests.e2e.board_at_work import BoardAtWork
from tests.e2e.stations import StationOnDisk
from tests.e2e.terminal import Terminal


def test_a_database_that_cannot_be_opened(disk: StationOnDisk) -> None:
    disk.database.write_bytes(b"no database at all\n" * 500)
    explanation = "or desk.db is damaged."
    with disk.board() as terminal:
        terminal.read("desk cannot go on", explanation, "Nothing was changed.")
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


def test_another_program_holds_the_database(at_work: BoardAtWork) -> None:
    terminal = at_work.terminal
    with at_work.disk.raw() as holder:
        terminal.enter("/note")
        terminal.read("a line for the timeline")
        holder.execute("BEGIN EXCLUSIVE")
        terminal.enter("waits outside")
        terminal.wait_for("Another desk is writing, and nothing was saved.", "waits outside")
        holder.rollback()

        terminal.press("enter")
        terminal.wait_for("✓", "note")

    assert at_work.journal[-1].verb is Verb.NOTE


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
        terminal.enter("waits outside")
        terminal.wait_for("can be read but not written", "waits outside")
        terminal.press("ctrl+q")
        terminal.wait_for("Ctrl+Q again leaves and loses 1 half-typed text")
        terminal.press("ctrl+q")
        # That the officer left could not be written either, and is said where the shell goes on.
        assert terminal.wait_ended() == 1

    after = terminal.sent.decode().rpartition("\x1b[?1049l")[2]
    assert "can be read but not written" in after
