"""`desk doctor`: what is well, what is not, and what to do about it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desk.clock import SystemClock
from desk.domain.backups import BackupPlan
from desk.paths import DataFolder
from desk.storage import health
from tests.builders import DAY, StationUnderTest, a_station
from tests.cli.running import CommandLine
from tests.e2e.terminal import Terminal

EVERYWHERE = [
    "desk",
    "python",
    "sqlite",
    "sqlcipher",
    "sqlalchemy",
    "argon2-cffi",
    "cryptography",
    "textual",
    "terminal",
    "colours",
    "utf-8",
    "folder",
    "permissions",
    "disk",
    "room",
]


def checks(document: Any) -> dict[str, Any]:
    return {check["name"]: check for check in document["checks"]}


def test_a_healthy_desk_is_told_in_one_document(
    cli: CommandLine, station: StationUnderTest
) -> None:
    station.service.back_up(BackupPlan())

    ended = cli("doctor", "--json")

    assert ended.code == 0
    assert list(ended.document) == ["ok", "checks"]
    assert ended.document["ok"] is True
    found = ended.document["checks"]
    assert [list(check) for check in found] == [["name", "ok", "value", "fix"]] * len(found)
    assert [check["name"] for check in found] == [
        *EVERYWHERE,
        "encryption",
        "slots",
        "public key",
        "backup",
        "station",
        "database",
        "zone",
        "clock",
    ]
    value = {name: check["value"] for name, check in checks(ended.document).items()}
    assert value["permissions"] == "0700"
    assert value["disk"] == "local"
    assert value["encryption"] == "desk.db and 1 backup; not station.toml, inbox, exports"
    assert value["slots"] == "2 passphrases, 2 passes over 19 MiB"
    assert len(value["public key"]) == 64
    assert value["backup"] == "0 min old"
    assert [check["fix"] for check in found] == [None] * len(found)


def test_the_settings_that_commits_depend_on_are_read_back(cli: CommandLine) -> None:
    database = checks(cli("doctor", "--json").document)["database"]

    assert "journal_mode wal" in database["value"]
    assert "synchronous 2" in database["value"]


def test_a_folder_without_a_station_is_no_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = CommandLine(capsys, {"DESK_DATA": str(tmp_path / "new")}, SystemClock())

    ended = new("doctor", "--json")

    assert ended.code == 0
    assert [check["name"] for check in ended.document["checks"]] == [*EVERYWHERE, "station"]
    assert not (tmp_path / "new").exists()


def test_a_library_that_can_lose_commits_is_red(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        health, "library", lambda: health.Library("3.40.1", None, keeps_wal_safe=False)
    )

    ended = cli("doctor", "--json")

    assert ended.code == 1
    assert ended.document["ok"] is False
    for name, value in (("sqlite", "3.40.1"), ("sqlcipher", None)):
        check = checks(ended.document)[name]
        assert (check["ok"], check["value"]) == (False, value)
        assert check["fix"]


def test_a_clock_that_was_set_back_is_red(cli: CommandLine, station: StationUnderTest) -> None:
    station.book_one()
    cli("backup")
    station.clock.set("13:32", DAY)

    ended = cli("doctor", "--json")

    assert ended.code == 1
    found = checks(ended.document)
    assert found["clock"]["ok"] is False
    assert found["backup"]["value"] == "later than the clock"
    assert "clock" in found["backup"]["fix"]


def test_what_others_could_read_is_red_with_a_remedy(
    cli: CommandLine, station: StationUnderTest
) -> None:
    folder = DataFolder(station.path.parent)
    folder.backups.mkdir()
    plain = folder.backups / "desk-2020-01-01T080000.db"
    plain.write_bytes(b"SQLite format 3\0")
    folder.path.chmod(0o755)

    found = checks(cli("doctor", "--json").document)

    folder.path.chmod(0o700)
    for name, value in (
        ("permissions", "0755"),
        ("encryption", "1 backup is not encrypted"),
        ("backup", "2516 d old"),
    ):
        assert (found[name]["ok"], found[name]["value"]) == (False, value)
        assert found[name]["fix"]


def test_a_backup_that_was_cut_short_in_clear_is_red(
    cli: CommandLine, station: StationUnderTest
) -> None:
    left = DataFolder(station.path.parent).backups / ".k1ll3d.partial"
    left.mkdir(parents=True)
    (left / "upgrade-2020-01-01T080000.db").write_bytes(b"SQLite format 3\0")

    found = checks(cli.without("DESK_OFFICER")("doctor", "--json").document)["encryption"]

    assert (found["ok"], found["value"]) == (False, "1 unfinished backup is not encrypted")
    assert str(left) in found["fix"]


def test_an_encrypted_record_without_its_slots_is_red_with_a_remedy(
    cli: CommandLine, station: StationUnderTest
) -> None:
    folder = DataFolder(station.path.parent)
    station.service.back_up(BackupPlan())
    folder.key_slots.unlink()

    found = checks(cli("doctor", "--json").document)

    for name in ("slots", "station"):
        assert not found[name]["ok"]
        assert "keyslots.json is missing" in found[name]["value"]
        assert str(folder.kept_slots[0]) in found[name]["fix"]


def test_a_station_of_a_time_before_passphrases_is_told_how_to_get_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = a_station(tmp_path)
    older.service.close()

    ended = CommandLine(capsys, {"DESK_DATA": str(tmp_path)}, older.clock)("doctor", "--json")

    found = checks(ended.document)
    assert ended.code == 1
    for name in ("encryption", "backup", "station"):
        assert not found[name]["ok"]
        assert "desk secure" in found[name]["fix"]


def test_without_a_passphrase_the_station_stays_closed(cli: CommandLine) -> None:
    for closed in (cli.without("DESK_OFFICER"), cli.without("DESK_PASSPHRASE_FILE")):
        found = checks(closed("doctor", "--json").document)

        assert found["station"]["ok"]
        assert "closed" in found["station"]["value"]
        assert "database" not in found
        assert found["slots"]["ok"]


class _Usage(NamedTuple):
    free: int


def test_a_disk_that_is_nearly_full_is_red(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: _Usage(free=100 * 1024**2))

    room = checks(cli("doctor", "--json").document)["room"]

    assert (room["ok"], room["value"]) == (False, "100 MiB")


def test_a_folder_that_cannot_be_written_is_red(
    cli: CommandLine, station: StationUnderTest
) -> None:
    file = station.path.parent / "file"
    file.touch()

    ended = cli("doctor", "--json", "--data", str(file))

    assert ended.code == 1
    assert checks(ended.document)["folder"]["ok"] is False


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("desk.db", "no database", "damaged"),
        ("station.toml", "[looks]\ntheme = 1\n", "line 2: looks.theme"),
        ("station.toml", "[keys]\nfnid = 'f11'\n", "line 2: keys.fnid is not a setting"),
        ("station.toml", "[keys]\narrive = 'Enter'\n", "line 2: keys.arrive: “Enter” is not"),
        ("station.toml", "[keys]\narrive = 'f3'\n", "line 2: keys.arrive: “f3” is a key of"),
        ("station.toml", "x = " + "[" * 5000, "line 1: lists or tables stand too deep"),
    ],
)
def test_a_station_that_does_not_open_is_red(
    cli: CommandLine, station: StationUnderTest, name: str, content: str, words: str
) -> None:
    station.service.close()
    (station.path.parent / name).write_text(content, encoding="utf-8")

    ended = cli("doctor", "--json")

    assert ended.code == 1
    check = checks(ended.document)["station"]
    assert check["ok"] is False
    assert words in check["value"]
    assert check["fix"]


def test_people_get_a_table(cli: CommandLine) -> None:
    lines = cli("doctor").out.splitlines()

    assert lines[0].split() == ["Check", "Found", "What", "to", "do"]
    assert [line.split()[:2] for line in lines[1:3]] == [["desk", "ok"], ["python", "ok"]]


def seen_by_doctor(columns: int, rows: int, **environment: str) -> str:
    """Returns what the doctor says in a terminal of that size."""
    import sys

    variables = {"DESK_DATA": os.devnull, "PYTHONIOENCODING": "utf-8", **environment}
    command = [sys.executable, "-m", "desk", "doctor"]
    with Terminal(command, columns, rows, environment=variables) as terminal:
        terminal.wait_ended()
        terminal.settle(0.1)
        return bytes(terminal.sent).decode()


def test_the_terminal_is_looked_at() -> None:
    said = seen_by_doctor(100, 40)

    assert "100x40" in said
    assert "16 million" in said


def test_a_small_dumb_terminal_that_draws_only_ascii_is_red_and_told_so() -> None:
    said = seen_by_doctor(70, 20, TERM="dumb", COLORTERM="", PYTHONIOENCODING="ascii")

    assert "at least 80 columns by 24 lines" in said
    assert "Use another terminal" in said
    assert 'glyphs = "ascii"' in said
