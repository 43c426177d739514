"""The day of a real booking file, as an officer lives it with keys and scanner."""

from __future__ import annotations

import re
from pathlib import Path

from tests.e2e.terminal import DESK, Terminal
from tests.e2e.wire import copied, not_meant

CALENDLY = Path(__file__).parents[2] / "data/samples/calendly.csv"
PRACTICE = ("practice", "--at", "2026-11-23 10:02", "--bookings", str(CALENDLY))


def ref_at(terminal: Terminal, time: str) -> str:
    """Returns the reference in the board's row at that time."""
    row = next(line for line in terminal.lines if re.match(rf"[▌ ]{time} ", line))
    found = re.search(r"  ([2-9A-HJKMNP-Z]{6})  ", row)
    assert found, row
    return found[1]


def undo(terminal: Terminal) -> None:
    """Undoes the last act: its key shows it, and the same key again does it."""
    terminal.press("f8")
    terminal.read("Undo: this never happened")
    terminal.press("f8")
    terminal.wait_for("✓ Undone")


def test_letters_scans_and_undo(tmp_path: Path) -> None:
    with Terminal([DESK, *PRACTICE], environment={"TMPDIR": str(tmp_path)}) as terminal:
        # What is typed before the record is open is found when it is.
        terminal.wait_for("Kennewick PD")
        terminal.type("bro")
        terminal.wait_for("seller?    Keiko Brown", "0000 · desk 1")
        terminal.press("escape")
        terminal.wait_for("10:02", "0 here  4 overdue  17 to come", "▴ 2 closed")
        terminal.wait_for("· K. Brown", "· H. Svensson", "releasing", "receiving")
        brown, ndiaye = ref_at(terminal, "09:45"), ref_at(terminal, "10:00")

        # Three letters that are nobody else's, Enter, Enter.
        terminal.type("bro")
        terminal.press("enter", "enter")
        terminal.wait_for(f"✓ {brown} seller arrived, 10:02.", "✓ K. Brown", "1 here")
        undo(terminal)
        terminal.wait_for("· K. Brown", "0 here")

        # Letters that several share: a list, in which a second Enter picks nobody.
        terminal.type("tran")
        terminal.press("enter")
        terminal.read("“tran”: 3 matches")
        terminal.press("enter", "enter", "enter")
        terminal.settle()
        assert "“tran”: 3 matches" in terminal.text
        terminal.type("1")
        terminal.wait_for("Custody · bay 3", "Enter  Arrive: releasing adult")
        terminal.press("escape", "escape")
        terminal.wait_for("Find a name", "0 here")

        # A slip needs one more Enter; it says which side stands at the desk.
        terminal.scan(f"{ndiaye}-R")
        terminal.wait_for("Enter  Arrive: buyer")
        terminal.press("enter")
        terminal.wait_for(f"✓ {ndiaye} buyer arrived", "✓ J. Yamada", "1 here")
        undo(terminal)
        terminal.wait_for("· J. Yamada", "0 here")

        terminal.press("ctrl+y")
        terminal.wait_for(f"{ndiaye} is on the clipboard.")
        terminal.press("ctrl+q")
        assert terminal.wait_ended() == 0

    assert list(tmp_path.iterdir()) == []
    assert copied(terminal.sent) == [ndiaye]
    assert [code for code in not_meant(terminal.sent) if "]52;" not in code] == []
