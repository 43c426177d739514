"""A terminal changes its size, and nothing is lost."""

from __future__ import annotations

from tests.e2e.board_at_work import BoardAtWork


def test_another_size_keeps_field_cursor_and_sheet(at_work: BoardAtWork) -> None:
    terminal = at_work.terminal
    terminal.press("down")
    terminal.wait_for("Seller Chloe Dubois")
    terminal.type("dub")
    terminal.wait_for("❯ dub", "seller     Chloe Dubois")

    terminal.resize(120, 36)
    terminal.wait_for("exchange desk", "❯ dub", "seller     Chloe Dubois")
    terminal.resize(200, 60)
    terminal.wait_until(lambda screen: screen.find("desk 1") > 150, "a wide title")
    terminal.wait_for("❯ dub", "seller     Chloe Dubois")
    terminal.resize(20, 5)
    terminal.wait_for("Make this window")
    terminal.press("enter")
    terminal.wait_for(at_work.disk.refs["Chloe"])
    terminal.resize(80, 24)
    terminal.read("❯ dub", "Enter  Arrive: seller", "a bicycle")
    terminal.press("enter")
    terminal.wait_for("seller arrived,", "✓ C. Dubois", "1 here")

    terminal.resize(20, 5)
    terminal.wait_for("Make this window")
    terminal.resize(120, 36)
    terminal.wait_for("✓ C. Dubois", "Find a name, scan a slip, / for commands", "1 here")
    assert not terminal.has_ended
