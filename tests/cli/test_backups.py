"""`desk backup` and `desk restore`: what is kept, put back, proved and refused."""

from __future__ import annotations

from pathlib import Path

from desk.paths import DataFolder
from tests.builders import StationUnderTest
from tests.cli.running import CommandLine
from tests.guarded import WORDS

NAME = "desk-2026-11-21T143200.db"


def test_a_backup_is_told_with_the_act_up_to_which_it_goes(
    cli: CommandLine, station: StationUnderTest
) -> None:
    ended = cli("backup")

    file = station.path.parent / "backups" / NAME
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"{file} is a good backup, up to act ")
    assert station.service.journal()[-1].verb in {"backup", "checkpoint"}
    assert {row.officer for row in station.service.journal() if row.verb == "backup"} == {"4412"}


def test_a_backup_as_a_document(cli: CommandLine, station: StationUnderTest) -> None:
    document = cli("backup", "--json").document

    row = station.service.journal()[document["head_number"] - 1]
    assert document == {
        "file": str(station.path.parent / "backups" / NAME),
        "head_number": row.number,
        "head_hash": row.hash,
        "trouble": None,
        "dropped": [],
    }


def test_a_copy_is_put_where_it_was_said_or_told_to_be_missing(
    cli: CommandLine, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    assert cli("backup", "--to", str(stick)).code == 0
    assert {path.name for path in stick.iterdir()} >= {NAME, NAME.replace(".db", ".keyslots.json")}
    away = cli("backup", "--to", str(tmp_path / "away"))
    assert away.code == 3
    assert "is away" in away.out


def test_the_second_folder_and_what_is_kept_stand_in_the_settings(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    DataFolder(station.path.parent).settings.write_text(
        f"[backups]\nlast = 1\ndays = 0\nmonths = 0\nsecond = '{stick}'\n", encoding="utf-8"
    )

    cli("backup")
    station.clock.advance(hours=1)
    document = cli("backup", "--json").document

    assert document["dropped"] == [NAME]
    assert [path.name for path in stick.glob("*.db")] == ["desk-2026-11-21T153200.db"]


def test_a_supervisor_restores_a_backup(
    cli: CommandLine, station: StationUnderTest, chief: tuple[str, ...]
) -> None:
    made = cli("backup", "--json").document
    station.book_one()
    cli("checkpoint")
    before = station.service.journal()[-1]
    station.service.close()

    ended = cli("restore", made["file"], *chief)

    kept_as = station.path.parent / "backups" / "replaced-2026-11-21T143200.db"
    assert ended.code == 0, ended.err
    assert ended.out.splitlines()[0].endswith(f"up to act {made['head_number']}.")
    assert str(kept_as) in ended.out
    with station.another_desk() as service:
        restored = [row for row in service.journal() if row.verb == "restore"]
    assert [(row.number, row.officer) for row in restored] == [(made["head_number"] + 1, "1000")]
    assert cli("verify").code == 0, "the checkpoint beside it is of the record that was replaced"
    again = cli("restore", str(kept_as), "--json", *chief).document
    assert again["after"] >= before.number
    assert again["kept_as"] is not None


def test_a_supervisor_who_came_after_the_backup_is_one_in_it_too(
    cli: CommandLine, station: StationUnderTest, chief: tuple[str, ...], tmp_path: Path
) -> None:
    made = cli("backup", "--json").document
    (tmp_path / "theirs").write_text("a lantern of many colours\n", encoding="utf-8")
    new = ("--new-passphrase-file", str(tmp_path / "theirs"))
    cli("officers", "add", "77", "Ada Byron", "--supervisor", *new, *chief)
    station.service.close()
    ada = ("--officer", "77", "--passphrase-file", str(tmp_path / "theirs"))

    assert cli("restore", made["file"], *ada).code == 0

    told = {each["badge"]: each for each in cli("officers", "--json", *ada).document["officers"]}
    assert (told["77"]["name"], told["77"]["role"]) == ("Ada Byron", "supervisor")
    with station.another_desk() as service:
        acts = [(row.verb, row.officer) for row in service.journal()[made["head_number"] :]]
    assert acts[:2] == [("enrol", None), ("restore", "77")]
    assert cli("verify", *ada).code == 0


def test_nobody_but_a_supervisor_restores_and_who_tried_is_journalled(
    cli: CommandLine, station: StationUnderTest
) -> None:
    made = cli("backup", "--json").document
    station.service.close()

    ended = cli("restore", made["file"], "--json")

    assert ended.code == 1
    assert ended.error["code"] == "not_allowed"
    assert "supervisor" in ended.error["explanation"]
    with station.another_desk() as service:
        tried = [row for row in service.journal() if row.verb == "restore"]
    assert [(row.accepted, row.code, row.officer) for row in tried] == [
        (False, "not_allowed", "4412")
    ]


def test_a_board_that_is_open_keeps_the_record(
    cli: CommandLine, station: StationUnderTest, chief: tuple[str, ...]
) -> None:
    made = cli("backup", "--json").document
    assert station.service.journal()

    ended = cli("restore", made["file"], *chief)

    assert ended.code == 1
    assert "Leave the board on every desk" in ended.err


def test_a_new_pc_gets_the_station_from_a_stick(
    cli: CommandLine, station: StationUnderTest, tmp_path: Path, chief: tuple[str, ...]
) -> None:
    made = Path(cli("backup", "--json").document["file"])
    new = tmp_path / "new PC"
    new.mkdir()

    ended = cli("--data", str(new), "restore", str(made), *chief)

    assert ended.code == 0, ended.err
    assert {path.name for path in new.iterdir()} >= {"desk.db", "keyslots.json", "station.toml"}
    assert cli("--data", str(new), "verify").code == 0
    assert WORDS.encode() not in (new / "desk.db").read_bytes()
    assert station.service.verify().ok


def test_the_drill_proves_the_newest_backup(cli: CommandLine, station: StationUnderTest) -> None:
    made = cli("backup", "--json").document

    ended = cli("restore", "--drill")
    document = cli("restore", "--drill", "--json").document

    assert ended.code == 0, ended.out
    assert f"{made['file']} was restored and verified" in ended.out
    assert document["ok"]
    assert document["rows"] == made["head_number"]
    assert document["counts"]["station"] == [1, 1]
    assert station.service.verify().ok


def test_the_drill_fails_where_there_is_none(cli: CommandLine) -> None:
    ended = cli("restore", "--drill")

    assert ended.code == 1
    assert "There is no backup" in ended.out


def test_a_file_or_a_drill_has_to_be_said(cli: CommandLine) -> None:
    for words in ((), ("backups/one.db", "--drill")):
        ended = cli("restore", *words)
        assert ended.code == 2
        assert "--drill" in ended.err
