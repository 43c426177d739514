"""After a day full of names, neither the log nor what is sent to somebody who helps has one."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from desk import __main__
from desk.cli import program
from desk.cli.given import Given
from tests.builders import StationUnderTest, a_draft, a_plan, an_exchange
from tests.cli.running import CommandLine
from tests.hostile import HOSTILE

NAMES = ("Mirabelle", "Quiñones", "Dupont", "BRT-4471", "5095550142")
SELLER, BUYER, OFFICER, PLATE, PHONE = NAMES


@pytest.fixture
def folder(cli: CommandLine, station: StationUnderTest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a station after such a day, on which the program made a mistake, too."""
    folder = station.path.parent
    drafts = [
        a_draft(an_exchange().at(f"{hour}:00").between(f"{SELLER} {text}", f"{BUYER} {text}"))
        for hour, text in zip(range(10, 22), HOSTILE, strict=False)
    ]
    assert station.take_in(a_plan(*drafts)).accepted
    refs = [each.ref for each in station.board().exchanges]
    for words in (
        ["do", "arrive", SELLER],
        ["do", "arrive", refs[0], BUYER],
        ["do", "note", refs[1], f"{SELLER} called {PHONE}, {PLATE}"],
        ["do", "dispute", refs[2], "threat", BUYER],
        ["do", "undo", "Q2MNRP"],
        ["journal", SELLER],
        ["import", f"{folder}/{SELLER}.csv"],
        ["list", BUYER],
        ["export", "--out", f"{folder}/{BUYER}/{SELLER}.csv"],
        ["verify", "--against", f"{folder}/{SELLER}"],
        ["officers", "add", f"7788 {SELLER}"],
    ):
        cli(*words)
    fault(folder, monkeypatch)
    settings = folder / "station.toml"
    settings.write_text(
        f'[looks]\ntheme = "day"\n[slip]\nrules = ["Ask {OFFICER}."]\n'
        f'[paper]\nfonts = ["/home/{BUYER}/a.ttf"]\n[imports]\nrows = 5000\n',
        encoding="utf-8",
    )
    return folder


def fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the program make a mistake about somebody."""

    def broken(_arguments: list[str], _given: Given) -> int:
        raise KeyError(SELLER, folder)

    with monkeypatch.context() as patched:
        patched.setenv("DESK_DATA", str(folder))
        patched.setattr(program, "run", broken)
        assert __main__.main() == 1


def test_the_log_names_nobody(folder: Path) -> None:
    log = (folder / "desk.log").read_text(encoding="utf-8")

    codes = {word for line in log.splitlines() for word in line.split() if "code=" in word}
    assert codes >= {"code=unknown", "code=cannot_write", "code=cannot_read"}
    assert "builtins.KeyError" in log
    assert log.isascii()
    assert not [name for name in NAMES if name.casefold() in log.casefold()]
    assert str(folder) not in log


def test_the_support_bundle_names_nobody_and_says_what_helps(
    cli: CommandLine, folder: Path
) -> None:
    assert cli("support-bundle").code == 0
    out = folder / "exports" / "desk-support.zip"

    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as bundle:
        parts = {name: bundle.read(name).decode() for name in bundle.namelist()}

    assert list(parts) == ["doctor.json", "settings.json", "database.json", "desk.log"]
    whole = "\n".join(parts.values())
    assert not [name for name in NAMES if name.casefold() in whole.casefold()]
    assert not [word for word in (str(folder), "Kennewick", "4412", "7788") if word in whole]
    settings = json.loads(parts["settings.json"])
    assert settings["looks"]["theme"] == "day"
    assert settings["imports"]["rows"] == 5000
    assert settings["slip"]["rules"] == {"length": 1}
    database = json.loads(parts["database.json"])["database"]
    assert database["schema"] == "0002"
    assert database["rows"]["exchange"] == 12
    checks = {each["name"]: each for each in json.loads(parts["doctor.json"])["checks"]}
    assert checks["folder"]["value"] is None
    assert checks["slots"]["value"]


def test_a_bundle_is_made_of_a_station_that_does_not_open(
    cli: CommandLine, folder: Path, tmp_path: Path
) -> None:
    (folder / "station.toml").write_text(f"theme = '{SELLER}'", encoding="utf-8")
    (folder / "desk.db").write_text(SELLER, encoding="utf-8")

    ended = cli("support-bundle", "--json", "--out", str(tmp_path / "sent.zip"))

    assert ended.code == 0
    assert list(ended.document) == ["out", "bytes"]
    with zipfile.ZipFile(tmp_path / "sent.zip") as bundle:
        assert json.loads(bundle.read("database.json")) == {"database": None}
        whole = "".join(bundle.read(name).decode() for name in bundle.namelist())
    assert SELLER not in whole
