"""A scanner types faster than a hand, and whatever it reads, it only ever searches."""

from __future__ import annotations

from desk.domain.exchange import Presence
from desk.domain.lifecycle import Verb
from desk.domain.views import JournalRow
from tests.e2e.stations import StationOnDisk
from tests.e2e.terminal import HAND


def journal(disk: StationOnDisk) -> tuple[JournalRow, ...]:
    with disk.opened() as service:
        return service.journal()


def test_one_slip_read_twice_does_one_thing(disk: StationOnDisk) -> None:
    slip = f"{disk.refs['Ana']}-G"
    with disk.board() as terminal:
        terminal.wait_for("· A. Silva")
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
    about_ana = [row.verb for row in journal(disk) if row.refs == (disk.refs["Ana"],)]
    assert about_ana == [Verb.ARRIVE]


def test_a_code_that_spells_a_command_is_a_search(disk: StationOnDisk) -> None:
    before = journal(disk)
    with disk.board() as terminal:
        terminal.wait_for("· A. Silva")
        for code in ("/cancel", f"/arrive {disk.refs['Ana']} seller", "/quit now"):
            terminal.scan(code, "\r\n")
            terminal.wait_for(f"Nothing on this day matches “{code}”")
            # The hand that is used to pressing Enter after a scan.
            terminal.press("enter")
            terminal.settle()
            assert f"Nothing on this day matches “{code}”" in terminal.text
            terminal.press("escape")
            terminal.wait_for("· A. Silva")

    assert journal(disk) == before


def test_a_slip_takes_the_place_of_what_was_typed(disk: StationOnDisk) -> None:
    with disk.board() as terminal:
        terminal.wait_for("· A. Silva")
        terminal.type("/no")
        terminal.scan(disk.refs["Chloe"])
        terminal.wait_for(f"❯ {disk.refs['Chloe']}", "Chloe Dubois", "Enter  Arrive: seller")


SHEETS = {
    "act": ("\r", "▌  Seller  Ana Silva"),
    "no-show": ("\x1bOS", "no-show"),
    "note": ("/note\r", "a line for the timeline"),
    "cancel": ("/cancel\r", "called off"),
    "day": ("\x1b[18~", "closes the bar"),
    "undo": ("\x1b[19~", "this never happened"),
    "import": ("/import\r", "inbox"),
    "list": ("d\r", "“d”: 2 matches"),
}


def test_a_slip_over_any_sheet_presses_nothing_and_waits(disk: StationOnDisk) -> None:
    before = journal(disk)
    other = disk.refs["Emil"]
    with disk.board() as terminal:
        terminal.wait_for("▌")
        for name, (keys, shown) in SHEETS.items():
            for key in [keys] if keys.startswith("\x1b") else keys:
                terminal.send(key, after=HAND)
            terminal.wait_for(shown)
            terminal.scan(other)
            terminal.read("1 scan waiting")
            assert shown in terminal.text, name
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

    assert journal(disk) == before
