"""The program opens no network connection: over import, the board and every command.

An audit hook sees every socket that Python makes, whichever library asks for it, and ends the
child at once with a code of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk.cli.program import program
from tests.builders import StationUnderTest, an_exchange
from tests.e2e.terminal import Terminal
from tests.guarded import WORDS

SAMPLES = Path(__file__).parents[2] / "data/samples"
CAUGHT = 99

WATCHED = f"""
import os, socket, sys

FORBIDDEN = {{
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyaddr",
    "socket.gethostbyname",
    "socket.sendmsg",
    "socket.sendto",
}}
INTERNET = (socket.AF_INET, socket.AF_INET6)


def watch(event, arguments):
    opened = event == "socket.__new__" and arguments[1] in INTERNET
    if opened or event in FORBIDDEN:
        os._exit({CAUGHT})


sys.addaudithook(watch)
"""
DESK = WATCHED + "from desk.__main__ import main\nsys.exit(main())\n"
EVERY_COMMAND = (
    WATCHED
    + """
import functools, json
from desk import vault
from desk.cli import program
from desk.cli.given import Given
# Made once for all of them, and no key costs what it would cost whoever guesses.
program.program = functools.cache(program.program)
vault.calibrated = lambda: vault.LEAST
codes = {words[0]: program.run(words, Given()) for words in json.loads(sys.argv[1])}
print("codes", json.dumps(codes))
"""
)

COMMANDS: dict[str, list[str]] = {
    "init": [
        *("--name", "Two", "--code", "TWO", "--timezone", "Europe/Paris", "--bays", "1"),
        *("--supervisor", "1000 Ito"),
    ],
    "practice": ["--at", "2026-11-21 14:32"],
    "list": ["2026-11-21"],
    "do": ["note", "REF", "calm"],
    "import": [str(SAMPLES / "calendly.csv")],
    "export": ["--day", "2026-11-21", "--format", "ics"],
    "slip": ["REF", "g", "--qr", "ascii"],
    "sheet": ["day", "2026-11-21", "--out", "--json"],
    "journal": [],
    "verify": [],
    "checkpoint": [],
    "backup": [],
    "restore": ["--drill"],
    "officers": [],
    "recover": ["--supervisor", "1000 Ito", "--code-file", "WORDS"],
    "secure": ["--supervisor", "1000 Ito"],
    "hold": [],
    "request": [],
    "retention": [],
    "support-bundle": [],
    "doctor": [],
}
REFUSED = {"recover", "secure"}
"""What cannot be done there, and opens no connection all the same."""


def watched(code: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={
            **os.environ,
            "DESK_DATA": str(folder),
            "DESK_OFFICER": "4412 Dupont",
            "DESK_PASSPHRASE_FILE": str(folder / "words"),
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket()",
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "socket.getaddrinfo('localhost', 80)",
        "socket.gethostbyname('localhost')",
        "socket.socketpair()[0].sendto(b'x', 'nowhere')",
        "socket.socket(socket.AF_UNIX).connect('nowhere')",
        "__import__('urllib.request').request.urlopen('http://localhost')",
    ],
)
def test_the_watch_catches_whoever_tries(tmp_path: Path, attempt: str) -> None:
    assert watched(WATCHED + attempt, folder=tmp_path).returncode == CAUGHT


def test_no_command_is_forgotten() -> None:
    assert set(COMMANDS) == set(program().commands)


def test_no_command_opens_a_connection(station: StationUnderTest, tmp_path: Path) -> None:
    ref = station.book_one(an_exchange())
    station.service.close()
    words_file = station.path.parent / "words"
    words_file.write_text(f"{WORDS}\n", encoding="utf-8")
    commands = [
        [command, *(word.replace("REF", ref).replace("WORDS", str(words_file)) for word in words)]
        for command, words in COMMANDS.items()
        if command != "practice"
    ]
    commands[0] += ["--data", str(tmp_path / "two")]

    ended = watched(EVERY_COMMAND, json.dumps(commands), folder=station.path.parent)

    assert ended.returncode == 0, ended.stderr
    codes = json.loads(ended.stdout.rpartition("codes ")[2])
    # The doctor may find that this PC's clock is not the station's: a finding, and no connection.
    assert codes.pop("doctor") in (0, 1)
    assert {command for command, code in codes.items() if code} == REFUSED


def test_the_board_opens_no_connection() -> None:
    command = [sys.executable, "-c", DESK, "practice", *COMMANDS["practice"]]

    with Terminal(command, folder=SAMPLES) as terminal:
        terminal.wait_for("overdue 2 min")
        terminal.enter("/import")
        terminal.read("Import a booking file")
        terminal.enter("plain.csv")
        terminal.wait_for("2 new 15", "Enter takes it in")
        terminal.press("enter")
        terminal.wait_gone("Enter takes it in")
        terminal.press("ctrl+q")
        ended = terminal.wait_ended()

    assert ended == 0
