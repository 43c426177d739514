"""A board that nobody touches sends nothing, and a minute sends only what it changes."""

from __future__ import annotations

from tests.e2e.terminal import Terminal
from tests.e2e.wire import not_meant, rows_drawn


def test_the_board_sends_only_what_changes() -> None:
    with Terminal.of_desk("practice", "--at", "2026-11-21 14:32:54") as terminal:
        terminal.wait_for("Sat 21 Nov  14:32", "4 here  1 overdue  8 to come", "⚑ disputed")
        terminal.settle()
        before, sent = terminal.lines, len(terminal.sent)
        terminal.wait_for("Sat 21 Nov  14:33")
        terminal.settle()
        after, minute = terminal.lines, terminal.sent[sent:]

        # Two seconds that change nothing; nor does the cursor of a text box blink.
        assert terminal.listen(2.2) == b""
        terminal.enter("/note")
        terminal.wait_for("a line for the timeline")
        terminal.settle()
        assert terminal.listen(1.2) == b""

    changed = {y for y, (was, now) in enumerate(zip(before, after, strict=True)) if was != now}
    assert rows_drawn(minute) == changed
    assert 3 < len(changed) < 20
    assert not_meant(terminal.sent) == []
