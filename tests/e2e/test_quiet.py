"""A board that nobody touches sends nothing, and a minute sends only what it changes."""

from __future__ import annotations

import re
import signal
from pathlib import Path

from tests.e2e.terminal import DESK, Terminal
from tests.e2e.wire import not_meant, rows_drawn

A_MINUTE_AND_MORE = 75.0


def clock(screen: str) -> str:
    """Returns the time in the title."""
    found = re.search(r"Sat 21 Nov  (\d\d:\d\d)", screen)
    assert found, screen
    return found[1]


def test_the_board_sends_only_what_changes_and_goes_in_good_order(tmp_path: Path) -> None:
    # Six seconds before the minute; a PC that starts the program so slowly sees the next one.
    command = [DESK, "practice", "--at", "2026-11-21 14:32:54"]
    with Terminal(command, environment={"TMPDIR": str(tmp_path)}) as terminal:
        terminal.wait_for("Sat 21 Nov  14:3", " overdue  8 to come", "⚑ disputed")
        terminal.settle()
        before, sent, shown = terminal.lines, len(terminal.sent), clock(terminal.text)
        terminal.wait_until(lambda now: clock(now) != shown, "a minute", A_MINUTE_AND_MORE)
        terminal.settle()
        after, minute = terminal.lines, terminal.sent[sent:]

        # Two seconds that change nothing; nor does the cursor of a text box blink.
        assert terminal.listen(2.2) == b""
        terminal.enter("/note")
        terminal.read("a line for the timeline")
        assert terminal.listen(1.2) == b""

        assert list(tmp_path.iterdir()) != []
        terminal.process.send_signal(signal.SIGTERM)
        terminal.wait_ended()

    assert list(tmp_path.iterdir()) == []
    changed = {y for y, (was, now) in enumerate(zip(before, after, strict=True)) if was != now}
    assert rows_drawn(minute) == changed
    assert 3 < len(changed) < 20
    assert not_meant(terminal.sent) == []
