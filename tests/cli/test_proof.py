"""`desk checkpoint`, `desk verify --against` and `desk journal --looks`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desk.cli.station_file import station_file
from desk.domain.checkpoint import read_checkpoint
from tests.builders import KENNEWICK
from tests.cli.running import CommandLine
from tests.guarded import CHIEF, CHIEFS_WORDS, GuardedStation, a_guarded_station

SETTINGS = station_file(KENNEWICK.name, KENNEWICK.code, KENNEWICK.timezone)


@pytest.fixture
def guarded(tmp_path: Path) -> GuardedStation:
    """A guarded station with one exchange, and nobody at work."""
    station = a_guarded_station(tmp_path)
    station.sign_in(CHIEF)
    assert station.book(CHIEF).accepted
    station.service.close()
    return station


@pytest.fixture
def cli(guarded: GuardedStation, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """`desk` at that station, for its supervisor."""
    folder = guarded.path.parent
    (folder / "station.toml").write_text(SETTINGS, encoding="utf-8")
    words = folder / "passphrase"
    words.write_text(CHIEFS_WORDS, encoding="utf-8")
    environment = {
        "DESK_DATA": str(folder),
        "DESK_OFFICER": CHIEF.badge,
        "DESK_PASSPHRASE_FILE": str(words),
    }
    return CommandLine(capsys, environment, guarded.clock)


def test_a_checkpoint_is_made_and_agrees_with_the_record(
    cli: CommandLine, guarded: GuardedStation, tmp_path: Path
) -> None:
    out = tmp_path / "paper.txt"

    document = cli("checkpoint", "--json", "--out", str(out)).document

    made = read_checkpoint(out.read_bytes())
    assert document == {
        "station": "KPD",
        "number": made.number,
        "hash": made.hash,
        "moment": "2026-11-21T14:32:00-08:00",
        "public_key": guarded.slots.public_key().hex(),
        "signature": None if made.signature is None else made.signature.hex(),
        "out": str(out),
    }
    kept = guarded.path.parent / "exports" / "checkpoints" / f"checkpoint-{made.number:06}.txt"
    assert kept.read_bytes() == out.read_bytes()
    told = cli("checkpoint").out
    (newer,) = (each for each in kept.parent.iterdir() if each != kept)
    assert str(newer) in told
    assert read_checkpoint(newer.read_bytes()).short_hash in told

    for key in ([], ["--public-key", document["public_key"]], ["--public-key", str(kept)]):
        ended = cli("verify", "--against", str(out), "--against", str(kept), *key)
        assert ended.code == 0, ended
        assert ended.out.count(f"agrees with the checkpoint of act {made.number}.") == 2


def test_what_differs_from_a_checkpoint_is_a_finding(cli: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "paper.txt"
    made = cli("checkpoint", "--json", "--out", str(out)).document
    forged = tmp_path / "forged.txt"
    forged.write_text(out.read_text().replace(made["signature"], "0" * 128))

    ended = cli("verify", "--json", "--against", str(forged))

    assert ended.code == 1
    assert list(ended.document) == ["ok", "rows", "head", "findings", "checkpoints"]
    assert [
        (each["table"], each["number"], each["code"]) for each in ended.document["findings"]
    ] == [("checkpoint", made["number"], "forged")]
    other = cli("verify", "--json", "--against", str(out), "--public-key", "0" * 64)
    assert [each["code"] for each in other.document["findings"]] == ["other_key"]


def test_a_record_that_was_cut_is_named_by_the_checkpoint_beside_it(
    cli: CommandLine, guarded: GuardedStation, tmp_path: Path
) -> None:
    before = tmp_path / "before.db"
    shutil.copy(guarded.path, before)
    made = cli("checkpoint", "--json").document
    agreeing = cli("verify", "--json").document
    assert agreeing["checkpoints"] == [{"number": made["number"], "archive": None}]
    shutil.copy(before, guarded.path)
    for log in guarded.path.parent.glob("desk.db-*"):
        log.unlink()

    ended = cli("verify", "--json")

    assert (ended.code, [each["code"] for each in ended.document["findings"]]) == (1, ["cut"])
    kept = Path(made["out"])
    kept.write_text(kept.read_text().replace(made["signature"], "0" * 128))
    assert cli("verify").code == 0, "what the station has not signed says nothing of it"


def test_a_signature_is_checked_where_there_is_no_record_and_nobody_to_open_one(
    cli: CommandLine, tmp_path: Path
) -> None:
    out, empty = tmp_path / "paper.txt", tmp_path / "empty"
    made = cli("checkpoint", "--json", "--out", str(out)).document
    asked = ("verify", "--against", str(out), "--public-key")
    anonymous = cli.without("DESK_OFFICER").without("DESK_PASSPHRASE_FILE")

    for elsewhere in (cli.at("DESK_DATA", str(empty)), anonymous):
        ended = elsewhere(*asked, made["public_key"], "--json")
        assert (ended.code, ended.document) == (
            0,
            {
                "ok": True,
                "record": None,
                "checkpoints": [
                    {
                        **{name: made[name] for name in ("station", "number", "hash", "moment")},
                        "signed": True,
                        "finding": None,
                    }
                ],
            },
        )
        told = elsewhere(*asked, made["public_key"]).out
        assert "KPD, 2026-11-21 14:32: act" in told
        assert "No record was compared" in told
        other = elsewhere(*asked, "0" * 64, "--json")
        assert (other.code, other.document["checkpoints"][0]["finding"]) == (1, "other_key")
    assert not empty.exists()


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (["--against", "station.toml"], "bad_checkpoint", 1),
        (["--against", "none-such"], "cannot_read", 1),
        (["--public-key", "0" * 64], "no_checkpoint", 2),
    ],
)
def test_what_cannot_be_compared_is_told(
    cli: CommandLine,
    guarded: GuardedStation,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: str,
    exit_code: int,
) -> None:
    monkeypatch.chdir(guarded.path.parent)

    ended = cli("verify", "--json", *arguments)

    assert (ended.error["code"], ended.code) == (code, exit_code)


def test_a_key_that_is_none_is_told(cli: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "paper.txt"
    cli("checkpoint", "--out", str(out))

    ended = cli(
        "verify", "--json", "--against", str(out), "--public-key", str(tmp_path / "passphrase")
    )

    assert (ended.error["code"], ended.code) == ("bad_public_key", 2)


def test_looking_at_the_journal_and_exporting_are_looks(cli: CommandLine) -> None:
    (ref,) = [each["ref"] for each in cli("list", "--json").document["exchanges"]]
    assert cli("journal").code == 0
    assert cli("journal", ref.lower()).code == 0
    assert cli("export", "--day", "today", "--format", "json").code == 0
    assert cli("export", "--day", "tomorrow", "--format", "json").code == 0

    looks = cli("journal", "--looks", "--json").document["looks"]

    assert [list(look) for look in looks] == [
        ["number", "at", "officer", "desk", "what", "ref"]
    ] * 4
    assert [(look["officer"], look["what"], look["ref"]) for look in looks] == [
        ("1000", "journal", None),
        ("1000", "journal", ref),
        ("1000", "export", ref),
        ("1000", "export", None),
    ]
    assert looks[0]["at"] == "2026-11-21T14:32:00-08:00"
    of_one = cli("journal", ref, "--looks")
    assert [line.split()[3] for line in of_one.out.splitlines()[1:]] == ["journal", "export"]
    assert cli("verify").code == 0
