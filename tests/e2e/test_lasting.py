"""What the screen acknowledged is there, whatever becomes of the program."""

from __future__ import annotations

from desk.domain.exchange import Presence
from desk.domain.lifecycle import Verb
from tests.e2e.stations import StationOnDisk
from tests.e2e.terminal import Terminal


def arrive(terminal: Terminal, letters: str) -> None:
    """Checks in the one party with these letters, and sees that it is done."""
    terminal.type(letters)
    terminal.press("enter")
    terminal.wait_for("Enter  Arrive:", "Enter does it")
    terminal.press("enter")
    terminal.wait_for("✓", "arrived, ")


def test_killed_and_hung_up_between_acts(disk: StationOnDisk) -> None:
    with disk.board() as terminal:
        terminal.wait_for("· A. Silva")
        arrive(terminal, "sil")
        arrive(terminal, "pat")
        # Nobody has seen whether this one was done.
        terminal.type("had")
        terminal.press("enter")
        terminal.wait_for("Enter  Arrive: buyer")
        terminal.press("enter")
        terminal.kill()

    with disk.board() as terminal:
        terminal.wait_for("✓ A. Silva", "✓ D. Patel")
        terminal.enter("/note")
        terminal.read("a line for the timeline")
        terminal.send("never saved")
        terminal.wait_for("never saved")
        terminal.hang_up()

    with disk.opened() as service:
        accepted = [row.verb for row in service.journal() if row.accepted]
        assert accepted.count(Verb.NOTE) == 0
        assert service.verify().ok
    assert disk.exchange("Ana").giver.presence is Presence.HERE
    assert disk.exchange("Chloe").receiver.presence is Presence.HERE
    unseen = disk.exchange("Emil").receiver.presence
    assert accepted.count(Verb.ARRIVE) == 2 + (unseen is Presence.HERE)
