"""The outermost boundary: a fault is written down without names and told in a sentence."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk import __main__
from desk.cli import program
from desk.cli.given import Given

NAME = "Marie Dupont"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("DESK_DATA", str(folder))
    monkeypatch.setattr(sys, "argv", ["desk", "list"])
    return folder


@pytest.fixture
def _faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program with a mistake in it, whose exception repeats what a row says."""

    def broken(_arguments: list[str], _given: Given) -> int:
        try:
            raise KeyError(NAME)
        except KeyError as missing:
            raise ValueError(f"no such person: {NAME}") from missing

    monkeypatch.setattr(program, "run", broken)


@pytest.mark.usefixtures("data", "_faulty")
def test_a_start_is_not_held_up_by_looking_for_garbage() -> None:
    usual = gc.get_threshold()
    try:
        gc.set_threshold(700, 10, 10)
        __main__.main()
        assert gc.get_threshold()[0] >= 10_000
    finally:
        gc.set_threshold(*usual)


@pytest.mark.usefixtures("_faulty")
def test_a_fault_is_told_in_a_sentence(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main() == 1

    out, err = capsys.readouterr()
    assert out == ""
    assert "desk has made a mistake and ends." in err
    assert str(data / "desk.log") in err
    assert "Traceback" not in err
    assert NAME not in err


@pytest.mark.usefixtures("_faulty")
def test_a_fault_is_written_down_without_names(data: Path) -> None:
    __main__.main()

    log = (data / "desk.log").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "KeyError" in log
    assert "test_main:" in log
    assert "desk.__main__:" in log
    assert NAME not in log


@pytest.mark.usefixtures("_faulty")
def test_faults_are_added_to_those_before_and_old_ones_put_aside(data: Path) -> None:
    log = data / "desk.log"
    __main__.main()
    __main__.main()
    two = log.read_text(encoding="utf-8")
    log.write_bytes(b"x" * 300_000)
    __main__.main()

    assert two.count("ValueError") == 2
    assert log.stat().st_size < 2000
    assert (data / "desk.log.1").stat().st_size == 300_000


@pytest.mark.usefixtures("_faulty")
def test_a_fault_that_cannot_be_written_down_is_told_all_the_same(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data.touch()

    assert __main__.main() == 1

    assert "could not be written down" in capsys.readouterr().err


def test_ctrl_c_ends_with_a_sentence(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_given: Given, _day: str) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("desk.cli.listing.list_day", interrupted)

    assert __main__.main() == 1

    out, err = capsys.readouterr()
    assert (out, err) == ("", "Stopped. What was accepted before is saved.\n")
    assert not data.exists()


def test_python_can_run_the_package(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "desk", "list", "--json"],
        env={**os.environ, "DESK_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert json.loads(ended.stdout)["error"]["code"] == "missing"
    assert ended.stderr == ""


def test_a_reader_that_has_gone_is_no_fault(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "desk", "--help"],
        env={**os.environ, "DESK_DATA": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        said = child.stderr.read()

    assert b"Traceback" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_no_encoding_ends_the_program(tmp_path: Path, encoding: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "desk", "田中\U0001f600"],
        env={**os.environ, "DESK_DATA": str(tmp_path), "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )

    assert ended.returncode == 2
    assert b"Traceback" not in ended.stderr


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="no device here is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["--version"], ["--version", "--json"], ["--help"]])
def test_stdout_on_a_full_disk_is_a_sentence(arguments: list[str], unbuffered: str) -> None:
    with FULL.open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "desk", *arguments],
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )

    assert ended.returncode == 1
    assert "No space left on device" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Exception" not in ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a pipe in another way")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_who_has_seen_enough_is_no_matter_for_words(unbuffered: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "desk", "--help"],
        env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    os.close(writing)

    assert (ended.returncode, ended.stderr) == (1, b"")


_INTERRUPTED_WHILE_LOADING = """
import sys

class Impatient:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Impatient())
from desk.__main__ import main
sys.exit(main())
"""


def test_ctrl_c_while_the_program_is_loaded_ends_it_without_words() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED_WHILE_LOADING],
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (1, b"", b"")
