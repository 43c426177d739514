"""F8, F8 takes back every act but a filed dispute, and leaves the exchange as it was."""

from __future__ import annotations

from dataclasses import replace

from desk.domain.exchange import Exchange, Side
from desk.domain.intents import Arrive, Cancel
from desk.service import Desk
from tests.builders import DUPONT
from tests.e2e.board_at_work import BoardAtWork
from tests.e2e.terminal import Terminal

EXPECTED = (
    ("arrive {ref} seller", None),
    ("note {ref} waits outside", None),
    ("expect {ref} buyer 13:30", None),
    ("swap {ref}", None),
    ("no_show {ref} both", "f4"),
    ("cancel {ref}", "f10"),
)
BOTH_HERE = (
    ("start {ref}", None),
    ("leave {ref} buyer", None),
    ("finish {ref}", None),
    ("not_met {ref}", "f10"),
)
CLOSED = (("reopen {ref} because they came back", "f10"),)


def do(terminal: Terminal, ref: str, words: str, careful_key: str | None) -> None:
    """Does an act by its words, and a careful one by its key where it is shown."""
    terminal.paste(f"/{words.format(ref=ref)}")
    terminal.press("enter")
    if careful_key is not None:
        terminal.read(" does it")
        terminal.press(careful_key)
    terminal.wait_for(f"✓ {ref} ")


def undo(terminal: Terminal) -> None:
    terminal.press("f8")
    terminal.read("this never happened")
    terminal.press("f8")
    terminal.wait_for("✓ Undone: ")


def as_it_was(record: Desk, ref: str) -> Exchange:
    """Returns the exchange as it is stored, without its version, which only rises."""
    exchange = record.exchange(ref)
    assert exchange is not None
    return replace(exchange, version=0)


def test_every_act(at_work: BoardAtWork) -> None:
    terminal, disk = at_work.terminal, at_work.disk
    with disk.opened("desk 1") as record:
        for side in Side:
            assert record.perform(Arrive(ref=disk.refs["Chloe"], by=DUPONT, side=side)).accepted
        assert record.perform(Cancel(ref=disk.refs["Emil"], by=DUPONT)).accepted

        terminal.wait_for("· A. Silva", "2 here")
        for seller, acts in (("Ana", EXPECTED), ("Chloe", BOTH_HERE), ("Emil", CLOSED)):
            ref = disk.refs[seller]
            before = as_it_was(record, ref)
            for words, careful_key in acts:
                do(terminal, ref, words, careful_key)
                assert as_it_was(record, ref) != before or words.startswith("note")
                undo(terminal)
                assert as_it_was(record, ref) == before, words

        assert record.verify().ok
