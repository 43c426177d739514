"""Two desks, and a command line, at one station."""

from __future__ import annotations

from desk.domain.exchange import Presence
from tests.e2e.stations import StationOnDisk


def test_one_wins_and_the_other_sees_who_and_when(disk: StationOnDisk) -> None:
    with disk.board() as first, disk.board("--desk", "desk 2") as second:
        for terminal in (first, second):
            terminal.wait_for("· A. Silva")
            terminal.type("sil")
            terminal.press("enter")
            terminal.wait_for("Enter  Arrive: seller", "Enter does it")
        first.press("enter")
        first.wait_for("seller arrived,", "✓ A. Silva")

        second.press("enter")
        second.wait_for("is already here.", "Seller arrived 12:", "by 4412 at desk")

    with disk.opened() as service:
        assert [row.accepted for row in service.journal(disk.refs["Ana"])][-2:] == [True, False]
        assert service.verify().ok


def test_what_others_write_appears(disk: StationOnDisk) -> None:
    with disk.board("--desk", "desk 2") as board:
        board.wait_for("· A. Silva", "· C. Dubois", "0 here")
        board.type("nov")
        board.wait_for("❯ nov", "Emil Novak")

        told = disk.document("do", "arrive", disk.refs["Emil"], "seller", "id", "seen")
        assert told["accepted"]
        # The text and the cursor stay where they are.
        board.wait_for("1 here", "❯ nov", "◐ seller", "Seller Emil Novak")
        board.press("escape")
        board.wait_for("✓ E. Novak")

    assert disk.exchange("Emil").giver.presence is Presence.HERE
