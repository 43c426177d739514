"""Two desks, and a command line, at one station."""

from __future__ import annotations

from desk.domain.exchange import Presence
from tests.e2e.board_at_work import BoardAtWork


def test_one_wins_and_the_other_sees_who_and_when(at_work: BoardAtWork) -> None:
    first, disk = at_work.terminal, at_work.disk
    with disk.board("--desk", "desk 2") as second:
        second.wait_for("· A. Silva")
        for terminal in (first, second):
            terminal.type("sil")
            terminal.press("enter")
            terminal.wait_for("Enter  Arrive: seller", "Enter does it")
        first.press("enter")
        first.wait_for("seller arrived,", "✓ A. Silva")

        second.press("enter")
        second.wait_for("is already here.", "Seller arrived 12:", "by 4412 at desk")

    assert [row.accepted for row in at_work.journal][-2:] == [True, False]
    with disk.opened() as service:
        assert service.verify().ok


def test_what_others_write_appears(at_work: BoardAtWork) -> None:
    board, disk = at_work.terminal, at_work.disk
    board.type("nov")
    board.wait_for("❯ nov", "Emil Novak")

    told = disk.document("do", "arrive", disk.refs["Emil"], "seller", "id", "seen")
    assert told["accepted"]
    # The text and the cursor stay where they are.
    board.wait_for("1 here", "❯ nov", "◐ seller", "Seller Emil Novak")
    board.press("escape")
    board.wait_for("✓ E. Novak")

    assert disk.exchange("Emil").giver.presence is Presence.HERE
