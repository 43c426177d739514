"""Keys as terminals send them, whatever the layout and the terminal."""

from __future__ import annotations

from itertools import product

from desk.domain.lifecycle import Verb
from tests.e2e.board_at_work import BoardAtWork
from tests.e2e.terminal import HAND

SHOWS = {
    1: "Keys and words",
    2: "Enter does it",
    4: "F4 does it",
    7: "W shows the week",
    8: "this never happened",
}
"""What F1, F2, F4, F7 and F8 open over a row whose parties are expected."""

AZERTY = "&é\"'(-è_çà"
"""What the keys 1 to 0 type there without Shift."""


def alt(digit: int) -> str:
    return f"\x1b{digit}"


def alt_azerty(digit: int) -> str:
    return f"\x1b{AZERTY[digit - 1]}"


def alt_kitty(digit: int) -> str:
    return f"\x1b[{ord(str(digit))};3u"


def alt_azerty_kitty(digit: int) -> str:
    return f"\x1b[{ord(AZERTY[digit - 1])};3u"


def test_alt_and_a_digit_is_the_function_key(at_work: BoardAtWork) -> None:
    presses = [
        *product([alt, alt_azerty], SHOWS),
        *product([alt_kitty, alt_azerty_kitty], [4, 7]),
    ]
    terminal = at_work.terminal
    for sends, digit in presses:
        terminal.send(sends(digit), after=HAND)
        terminal.wait_for(SHOWS[digit])
        terminal.leave(SHOWS[digit])

    # A careful act needs its key twice, in whichever layout.
    terminal.send("\x1b'", after=HAND)
    terminal.read("never came, and the exchange is closed as a no-show")
    terminal.send("\x1b4", after=HAND)
    terminal.wait_for("no-show of both, ", "✗ no one", "✗ A. Silva")


def test_ctrl_c_loses_nothing(at_work: BoardAtWork) -> None:
    terminal = at_work.terminal
    terminal.type("vis")
    terminal.press("ctrl+c")
    terminal.wait_for("Ctrl+Q leaves. Everything accepted is already saved.", "❯ vis")

    terminal.leave("❯ vis")
    terminal.enter("/note")
    terminal.read("a line for the timeline")
    terminal.send("waits outside")
    terminal.wait_for("waits outside")
    terminal.press("ctrl+c")
    terminal.settle()
    assert "waits outside" in terminal.text
    terminal.press("enter")
    terminal.wait_for("✓", "note")
    assert at_work.journal[-1].verb is Verb.NOTE
