"""A station from nothing: founded, its bookings taken in, its first exchange met."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desk.clock import SystemClock
from tests.cli.running import CommandLine
from tests.e2e.stations import noon_zone
from tests.e2e.terminal import Terminal
from tests.guarded import WORDS


def bookings() -> str:
    """Returns a plain booking file of today, as the station's clock shows it."""
    soon = SystemClock().now().in_timezone(noon_zone()).add(minutes=5)
    return (
        "Date,Time,Seller,Buyer,Item,Bay\n"
        f"{soon:%Y-%m-%d},{soon:%H:%M},Marie Dupont,Paul Martin,iPhone 13,1\n"
    )


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """`desk` at that station, with its supervisor named: other tests start it as a program."""
    words = tmp_path / "words"
    words.write_text(WORDS, encoding="utf-8")
    environment = {
        "DESK_DATA": str(tmp_path / "data"),
        "DESK_OFFICER": "7731",
        "DESK_PASSPHRASE_FILE": str(words),
    }
    return CommandLine(capsys, environment, SystemClock())


def test_from_an_empty_folder_to_a_met_exchange(tmp_path: Path, cli: CommandLine) -> None:
    folder = tmp_path / "data"
    with Terminal.of_desk("--data", str(folder)) as terminal:
        terminal.read("A new station")
        for answer in ("Riverside PD", "RPD", noon_zone(), "2"):
            terminal.enter(answer)
        terminal.press("enter")
        terminal.read("Its first supervisor")
        for answer in ("7731", "Ngozi Okoye"):
            terminal.enter(answer)
        for label in ("Passphrase", "Once more"):
            terminal.send(WORDS)
            terminal.wait_for(f"{label:<12} {'•' * len(WORDS)}")
            terminal.press("enter")
        terminal.read("Write it down now", "Last group")
        (code,) = re.findall(r"(?:\w{4}-){6}\w{4}", terminal.text)
        terminal.enter(code[-4:])
        terminal.wait_for("Riverside PD", "7731 · desk 1", "No exchanges on this day. /import")

        (folder / "inbox" / "today.csv").write_text(bookings(), encoding="utf-8")
        terminal.enter("/import")
        terminal.read("today.csv")
        terminal.type("1")
        terminal.read("2 new 1", "Marie Dupont", "Enter takes it in")
        terminal.press("enter")
        terminal.wait_for("1 booking taken in", "· M. Dupont", "1 to come")

        for letters, shown in (("dup", "✓ M. Dupont"), ("mart", "✓ P. Martin")):
            terminal.type(letters)
            terminal.press("enter", "enter")
            terminal.wait_for("Find a name", shown)
        for act, shown in (("Start: ", "▸ in bay"), ("Finish: ", "✓ met")):
            terminal.wait_for(f"Enter  {act}")
            terminal.press("enter", "enter")
            terminal.wait_for("Find a name", shown)
        terminal.press("ctrl+q")
        assert terminal.wait_ended() == 0

    (met,) = cli("list", "--json").document["exchanges"]
    assert (met["stage"], met["outcome"], met["item"]) == ("met", "met", "iPhone 13")
    assert [party["presence"] for party in met["parties"]] == ["left", "left"]
    assert cli("verify", "--json").document["ok"]
    assert (folder / "station.toml").read_text(encoding="utf-8").startswith("#")
