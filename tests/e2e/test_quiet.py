"""A board that nobody touches sends nothing, and a minute sends only what it changes."""

from __future__ import annotations

from tests.e2e.terminal import Terminal
from tests.e2e.wire import rows_drawn


def test_seconds_that_change_nothing_send_nothing() -> None:
    with Terminal.of_desk("practice", "--at", "2026-11-21 14:32") as terminal:
        terminal.wait_for("4 here  1 overdue", "Sat 21 Nov  14:32")
        terminal.settle(1.2)
        assert terminal.listen(3.0) == b""

        # Nor does the cursor of a text box blink.
        terminal.enter("/note")
        terminal.wait_for("a line for the timeline")
        terminal.settle(1.2)
        assert terminal.listen(2.0) == b""


def test_a_minute_draws_only_the_rows_that_change() -> None:
    with Terminal.of_desk("practice", "--at", "2026-11-21 14:32:55") as terminal:
        terminal.wait_for("4 here  1 overdue", "Sat 21 Nov  14:32")
        terminal.settle(0.3)
        assert "14:32" in terminal.lines[0]
        before, sent = terminal.lines, len(terminal.sent)
        terminal.wait_for("Sat 21 Nov  14:33")
        terminal.settle(0.3)
        after = terminal.lines

    changed = {y for y, (was, now) in enumerate(zip(before, after, strict=True)) if was != now}
    assert rows_drawn(terminal.sent[sent:]) == changed
    assert 3 < len(changed) < 20
