"""A scanner types faster than a hand, and whatever it reads, it only ever searches."""

from __future__ import annotations

from desk.domain.exchange import Presence
from desk.domain.lifecycle import Verb
from tests.e2e.board_at_work import BoardAtWork


def test_one_slip_read_twice_does_one_thing(at_work: BoardAtWork) -> None:
    terminal, disk, before = at_work.terminal, at_work.disk, len(at_work.journal)
    slip = f"{disk.refs['Ana']}-G"
    for line_end in ("\r", "\r\n", "\t"):
        terminal.scan(slip, line_end)
        terminal.send(slip + line_end)
        terminal.wait_for("Enter  Arrive: seller", "That slip is this exchange.")
        terminal.leave("That slip is this exchange.")
    terminal.leave(f"❯ {slip}")
    terminal.scan(slip)
    terminal.wait_for("Enter does it")
    terminal.press("enter")
    terminal.wait_for("seller arrived,", "✓ A. Silva", "1 here")

    terminal.scan(slip)
    terminal.send(f"{slip}\r")
    terminal.wait_for("Enter  Leave: seller", "That slip is this exchange.")

    assert disk.exchange("Ana").giver.presence is Presence.HERE
    assert [row.verb for row in at_work.journal[before:]] == [Verb.ARRIVE]


def test_a_code_that_spells_a_command_is_a_search(at_work: BoardAtWork) -> None:
    terminal, before = at_work.terminal, at_work.journal
    for code in ("/cancel", f"/arrive {at_work.disk.refs['Ana']} seller", "/quit now"):
        terminal.scan(code, "\r\n")
        terminal.wait_for(f"Nothing on this day matches “{code}”")
        # The hand that is used to pressing Enter after a scan.
        terminal.press("enter")
        terminal.settle()
        assert f"Nothing on this day matches “{code}”" in terminal.text
        terminal.press("escape")
        terminal.wait_for("· A. Silva")

    assert at_work.journal == before


def test_a_slip_takes_the_place_of_what_was_typed(at_work: BoardAtWork) -> None:
    terminal, ref = at_work.terminal, at_work.disk.refs["Chloe"]
    terminal.type("/no")
    terminal.scan(ref)
    terminal.wait_for(f"❯ {ref}", "Chloe Dubois", "Enter  Arrive: seller")


SHEETS = (
    ("", "enter", "▌  Seller  Ana Silva"),
    ("", "f4", "no-show"),
    ("/note", "enter", "a line for the timeline"),
    ("/cancel", "enter", "called off"),
    ("", "f7", "W shows the week"),
    ("", "f8", "this never happened"),
    ("/import", "enter", "inbox"),
    ("d", "enter", "“d”: 2 matches"),
)
"""What is typed, the key, and what the sheet says."""


def test_a_slip_over_any_sheet_presses_nothing_and_waits(at_work: BoardAtWork) -> None:
    terminal, before, other = at_work.terminal, at_work.journal, at_work.disk.refs["Emil"]
    for typed, key, shown in SHEETS:
        terminal.send(typed)
        terminal.wait_for(typed)
        terminal.press(key)
        terminal.wait_for(shown)
        terminal.scan(other)
        terminal.read("1 scan waiting")
        assert shown in terminal.text
        terminal.press("escape")
        terminal.wait_for(f"▌  {other}  ", "Emil Novak", "Enter does it")
        terminal.leave("Enter does it")
        terminal.leave(f"❯ {other}")
        terminal.press("ctrl+home")

    # The help page covers the title, where the scan is said to wait.
    terminal.press("f1")
    terminal.wait_for("Keys and words")
    terminal.scan(other)
    terminal.settle(0.2)
    terminal.press("escape")
    terminal.wait_for(f"▌  {other}  ", "Emil Novak")

    assert at_work.journal == before
