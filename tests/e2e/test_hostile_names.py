"""Names that hold commands for terminals, and a terminal that is never sent one."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.stations import StationOnDisk
from tests.e2e.terminal import Terminal
from tests.e2e.wire import not_meant

HOSTILE = Path(__file__).parents[2] / "data/samples/hostile-names.csv"
ROWS = 24
FIRST_ROWS = 13
"""As many as hold markup and control codes."""


def test_no_name_reaches_the_board_s_terminal_as_a_command() -> None:
    command = ("practice", "--at", "2026-11-23 09:30", "--bookings", str(HOSTILE))
    with Terminal.of_desk(*command, columns=160, rows=50) as terminal:
        terminal.wait_for("[bold]Bob[/bold]", "[@click=app.quit]Al[/]", "=HYPERLINK", "田中太郎")
        # Every row's card, and the sheets of those that are nothing but commands.
        terminal.press(*["down"] * ROWS, *["up"] * ROWS)
        for _row in range(FIRST_ROWS):
            terminal.press("enter")
            terminal.read("Enter does it")
            terminal.press("escape", "down")
        for typed in ("pwn", "52;c", "person"):
            terminal.enter(typed)
            terminal.settle(0.2)
            terminal.press("escape", "escape")
        terminal.press("ctrl+q")
        assert terminal.wait_ended() == 0

    assert not_meant(terminal.sent) == []


def test_no_name_reaches_the_shell_s_terminal_as_a_command(disk: StationOnDisk) -> None:
    for words in (("import", str(HOSTILE)), ("list", "2026-11-23")):
        with Terminal(disk.command(*words), columns=200) as terminal:
            assert terminal.wait_ended() == 0

        assert not_meant(terminal.sent) == []
