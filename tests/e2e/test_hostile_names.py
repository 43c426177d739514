"""Names that hold commands for terminals, and a terminal that is never sent one."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.stations import StationOnDisk
from tests.e2e.terminal import DESK, Terminal
from tests.e2e.wire import not_meant

HOSTILE = Path(__file__).parents[2] / "data/samples/hostile-names.csv"
ROWS = 24
FIRST_WORST = 8
WORST_ROWS = 5
"""From the first with a control code on: titles, clipboards, clearing, colours, a NUL."""


def test_no_name_reaches_the_board_s_terminal_as_a_command(tmp_path: Path) -> None:
    command = [DESK, "practice", "--at", "2026-11-23 09:30", "--bookings", str(HOSTILE)]
    with Terminal(command, 160, 50, environment={"TMPDIR": str(tmp_path)}) as terminal:
        terminal.wait_for("[bold]Bob[/bold]", "[@click=app.quit]Al[/]", "=HYPERLINK", "田中太郎")
        # Every row's card, and the sheets of those that are nothing but commands.
        terminal.press("ctrl+home", *["down"] * ROWS, "ctrl+home", *["down"] * FIRST_WORST)
        for _row in range(WORST_ROWS):
            terminal.press("enter")
            terminal.wait_for("Enter does it")
            terminal.leave("Enter does it")
            terminal.press("down")
        for typed, shown in (("pwn", "Enter does it"), ("person", "“person”: ")):
            terminal.enter(typed)
            terminal.wait_for(shown)
            terminal.leave(shown)
            terminal.leave(f"❯ {typed}")
        terminal.hang_up()

    assert not_meant(terminal.sent) == []
    assert list(tmp_path.iterdir()) == []


def test_no_name_reaches_the_shell_s_terminal_as_a_command(disk: StationOnDisk) -> None:
    taken_in_part = ("import", str(HOSTILE), "--accept-good")
    for words, code in ((taken_in_part, 3), (("list", "2026-11-23"), 0)):
        with Terminal(disk.command(*words), columns=200) as terminal:
            assert terminal.wait_ended() == code

        assert not_meant(terminal.sent) == []
