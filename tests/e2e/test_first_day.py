"""A station from nothing: founded, its bookings taken in, its first exchange met."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from desk.clock import SystemClock
from tests.e2e.stations import noon_zone
from tests.e2e.terminal import DESK, Terminal
from tests.guarded import WORDS


def bookings() -> str:
    """Returns a plain booking file of today, as the station's clock shows it."""
    soon = SystemClock().now().in_timezone(noon_zone()).add(minutes=5)
    return (
        "Date,Time,Seller,Buyer,Item,Bay\n"
        f"{soon:%Y-%m-%d},{soon:%H:%M},Marie Dupont,Paul Martin,iPhone 13,1\n"
    )


def document(folder: Path, *words: str) -> Any:
    """Returns what a command answers to programs."""
    words_file = folder / "words"
    words_file.write_text(WORDS, encoding="utf-8")
    who = ("--officer", "7731", "--passphrase-file", str(words_file))
    command = [DESK, "--data", str(folder), *who, *words, "--json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def test_from_an_empty_folder_to_a_met_exchange(tmp_path: Path) -> None:
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

    (met,) = document(folder, "list")["exchanges"]
    assert (met["stage"], met["outcome"], met["item"]) == ("met", "met", "iPhone 13")
    assert [party["presence"] for party in met["parties"]] == ["left", "left"]
    assert document(folder, "verify")["ok"]
    assert (folder / "station.toml").read_text(encoding="utf-8").startswith("#")
