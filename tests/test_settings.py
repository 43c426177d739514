"""`station.toml`: what it means, and how its mistakes are told."""

from datetime import time
from pathlib import Path

import pytest

from desk.cli.station_file import station_file
from desk.domain.exchange import Kind
from desk.domain.rules import BayRules, KindRules, Rules
from desk.domain.views import Station
from desk.errors import SettingsError
from desk.settings import Settings, SettingsFile, read_settings

EXAMPLE = Path(__file__).parents[1] / "data/station.example.toml"
KENNEWICK = Station("Kennewick PD", "KPD", "America/Los_Angeles", bays=())


def written(folder: Path, text: str) -> Path:
    path = folder / "station.toml"
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str) -> SettingsFile:
    return read_settings(written(folder, text))


def refused(folder: Path, text: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        read(folder, text)
    return caught.value


def test_the_example_is_what_a_new_station_gets() -> None:
    text = station_file("Kennewick PD", "KPD", "America/Los_Angeles")

    assert EXAMPLE.read_text(encoding="utf-8") == text


def test_the_example_says_the_defaults(tmp_path: Path) -> None:
    said = read(tmp_path, EXAMPLE.read_text(encoding="utf-8")).settings

    assert said.model_copy(update={"station": Settings().station}) == Settings()


def test_the_example_writes_every_default_out(tmp_path: Path) -> None:
    said = read(tmp_path, EXAMPLE.read_text(encoding="utf-8")).settings

    for table in (said.station, said.looks, said.imports, *dict(said.rules).values()):
        assert table.model_fields_set == set(type(table).model_fields)


def test_the_example_mentions_no_key_that_desk_does_not_know(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()

    keys = [line.removeprefix("# ") for line in lines if line.startswith("# arrive")]

    assert read(tmp_path, "\n".join(["[keys]", *keys])).settings.keys == {"arrive": "f2"}


def test_an_empty_file_means_the_defaults(tmp_path: Path) -> None:
    settings = read(tmp_path, "").settings

    assert settings == Settings()
    assert settings.station_rules == Rules()


def test_a_rule_of_one_kind_leaves_the_others_alone(tmp_path: Path) -> None:
    rules = read(tmp_path, "[rules.custody]\ngrace = 30\n").settings.station_rules

    assert rules.of(Kind.CUSTODY) == KindRules(grace=30, stagger=15)
    assert rules.of(Kind.SALE) == KindRules()


def test_looks_and_keys_are_read(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        '[looks]\ntheme = "day"\nglyphs = "ascii"\nidle_minutes = 5\n[keys]\narrive = "f11"\n',
    ).settings

    assert (settings.looks.theme, settings.looks.glyphs) == ("day", "ascii")
    assert settings.looks.idle_minutes == 5
    assert settings.keys == {"arrive": "f11"}


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    path.write_bytes(b"\xef\xbb\xbf[looks]\r\ntheme = 'day'\r\n")

    assert read_settings(path).settings.looks.theme == "day"


def test_names_in_other_scripts_survive_writing_and_reading(tmp_path: Path) -> None:
    name = 'Préfecture "田中" \\ №1'

    assert read(tmp_path, station_file(name, "P1", "Europe/Paris")).settings.station.name == name


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[looks]\ntheme\n", 2, "this is not TOML"),
        ("[looks]\n\ntheme = \n", 3, "this is not TOML"),
        ("[looks]\ntheme = 'day'\ntheme = 'night'\n\n[keys]\n", 3, "this is not TOML"),
        ("[looks]\ntheme = 'day'\n[keys]\narrive = 'f2", 4, "this is not TOML"),
        ("[rules.sale]\ngrace = 'long'\n", 2, "rules.sale.grace must be a whole number"),
        ("[rules.sale]\n\ngrace = 1.5\n", 3, "not “1.5”"),
        ("rules.sale.grace = true\n", 1, "not true"),
        ("[rules]\nsale = { early = 1, grace = -1 }\n", 2, "rules.sale.grace must be 0 minutes"),
        ("[rules.sale]\nearly = 1441\n", 2, "must be 1440 minutes or less"),
        ("[rules.sale]\nlength = 0\n", 2, "must be 1 minute or more"),
        ("# looks\n[looks]\n'theme' = \"dark\"\n", 3, "'night', 'day' or 'high-contrast'"),
        ("[keys]\nfind = 'f11'\narrive = 2\n", 3, "keys.arrive must be words in quotation marks"),
        ("looks = 'day'\n", 1, "looks must be a table of settings, not “day”"),
        ("\n[rules.sale]\ngrace = [\n 1,\n]\n", 3, "not a list"),
        ("[looks]\ntheme = { dark = 1 }\n", 2, "not a table"),
        ("[[rules]]\n", 1, "rules must be a table of settings"),
        ("[imports]\nrows = 0\n", 2, "imports.rows must be 1 or more, not “0”"),
        ("[imports]\ncell = 999999\n", 2, "imports.cell must be 131072 or less"),
        ("[imports]\nmebibytes = 1.5\n", 2, "imports.mebibytes must be a whole number, not"),
        ("[imports]\nday_order = 'us'\n", 2, "'ask', 'day_first' or 'month_first'"),
        ("[retention]\nsales = 0\n", 2, "retention.sales must be 1 or more, not “0”"),
        ("[slip]\n\nrules = 'be kind'\n", 3, "slip.rules must be a list"),
        ("[slip]\nrules = ['a',\n  2]\n", 2, "slip.rules.1 must be words in quotation marks"),
        ("[paper]\nsize = 'a5'\n", 2, "paper.size must be 'a4' or 'letter', not “a5”"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_key(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    error = refused(tmp_path, text)

    assert f"{tmp_path / 'station.toml'}, line {line}: " in error.explanation
    assert words in error.explanation
    assert error.next


@pytest.mark.parametrize(
    ("text", "line", "key", "remedy"),
    [
        ("[looks]\nteme = 'day'\n", 2, "looks.teme", "Did you mean theme?"),
        ("[rules.sale]\ngrase = 1\n", 2, "rules.sale.grase", "Did you mean grace?"),
        ("[rules.sail]\ngrace = 1\n", 1, "rules.sail", "Did you mean sale?"),
        ("[rules.sale]\nstagger = 1\n", 2, "rules.sale.stagger", "Known here: early, grace, la"),
        (
            "theme = 'day'\n",
            1,
            "theme",
            "Known here: backups, bays, imports, keys, lock, looks, paper, retention, rules, slip",
        ),
        ("[retention]\nveiws = 1\n", 2, "retention.veiws", "Did you mean views?"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest(
    tmp_path: Path, text: str, line: int, key: str, remedy: str
) -> None:
    error = refused(tmp_path, text)

    assert error.code == "settings_key"
    assert f"line {line}: {key} is not a setting." in error.explanation
    assert remedy in (error.next or "")


def test_of_several_mistakes_the_first_in_the_file_is_told(tmp_path: Path) -> None:
    error = refused(tmp_path, "[looks]\ntheme = 1\n[rules.sale]\nerly = 2\ngrace = 'x'\n")

    assert "line 2: looks.theme" in error.explanation


def test_text_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    path.write_bytes(b"[station]\nname = 'Pr\xe9fecture'\n")

    with pytest.raises(SettingsError, match=r"line 2: this is not UTF-8 text"):
        read_settings(path)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "station.toml").mkdir()

    with pytest.raises(SettingsError, match=r"station\.toml cannot be read"):
        read_settings(tmp_path / "station.toml")


def test_a_file_of_this_station_is_accepted(tmp_path: Path) -> None:
    file = read(tmp_path, station_file("Another name", "KPD", "America/Los_Angeles"))

    file.check_station(KENNEWICK)
    read(tmp_path, "").check_station(KENNEWICK)


@pytest.mark.parametrize(
    ("code", "timezone", "words"),
    [
        ("RPD", "America/Los_Angeles", "station.code is “RPD”, but the database says “KPD”"),
        ("KPD", "US/Pacific", "station.timezone is “US/Pacific”, but the database says"),
    ],
)
def test_a_file_of_another_station_is_refused_with_the_remedy(
    tmp_path: Path, code: str, timezone: str, words: str
) -> None:
    file = read(tmp_path, f"[station]\ncode = '{code}'\ntimezone = '{timezone}'\n")

    with pytest.raises(SettingsError) as caught:
        file.check_station(KENNEWICK)

    assert words in caught.value.explanation
    assert "station.toml, line " in caught.value.explanation
    assert "use the folder of" in (caught.value.next or "")


@pytest.mark.parametrize(
    ("text", "line", "words", "remedy"),
    [
        ("[keys]\ncopy = 'f11'\narive = 'f2'\n", 3, "arive is not a setting.", "mean arrive?"),
        ("[keys]\n\narrive = 'F2'\n", 3, "arrive: “F2” is not the name", "Did you mean f2?"),
        ("keys.arrive = 'f11, banana'\n", 1, "arrive: “banana” is not", "desk doctor --keys"),
        ("[keys]\narrive = ''\n", 2, "arrive: “” is not the name of a key.", "doctor --keys"),
        ("[keys]\narrive = 'a'\n", 2, "arrive: “a” is typed into the field", "alt+ before it"),
        ("[keys]\narrive = 'enter'\n", 2, "arrive: “enter” already does", "another key"),
        ("[keys]\n'arrive' = 'f3'\n", 2, "arrive: “f3” is a key of finish", "arrive or finish"),
        ("[keys]\ncopy = 'f9'\nfold = 'f9'\n", 2, "copy: “f9” is a key of fold", "copy or fold"),
    ],
)
def test_keys_that_a_command_cannot_have_are_told_with_line_and_key(
    tmp_path: Path, text: str, line: int, words: str, remedy: str
) -> None:
    error = refused(tmp_path, text)

    assert f"station.toml, line {line}: keys.{words}" in error.explanation
    assert remedy in (error.next or "")


def test_commands_may_change_keys_with_each_other(tmp_path: Path) -> None:
    file = read(tmp_path, "[keys]\narrive = 'f3'\nfinish = 'f2'\nquit = 'ctrl+q, f11'\n")

    assert file.settings.keys == {"arrive": "f3", "finish": "f2", "quit": "ctrl+q, f11"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[looks]\ntheme = 'day'\nx = " + "[" * 5000 + "]" * 5000 + "\n[keys]\n", 3),
        ("\nx = " + "{x = " * 5000 + "1" + "}" * 5000, 2),
    ],
)
def test_lists_and_tables_too_deep_in_each_other_are_told(
    tmp_path: Path, text: str, line: int
) -> None:
    error = refused(tmp_path, text)

    assert error.code == "settings_syntax"
    assert f"line {line}: lists or tables stand too deep in each other." in error.explanation
    assert error.next == "Delete that line."


@pytest.mark.parametrize("zone", ["Mars/Olympus", "America", "../../etc/passwd", ""])
def test_a_zone_that_there_is_not_is_told(tmp_path: Path, zone: str) -> None:
    error = refused(tmp_path, f"[station]\ntimezone = '{zone}'\n")

    assert "line 2: station.timezone must be the name of a time zone" in error.explanation


def test_a_bay_s_rules_are_read(tmp_path: Path) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").split("# [bays.Lobby]")[1].split("\n\n")[0]
    shown = "[bays.Lobby]" + lines.replace("\n# ", "\n") + "\n"

    rules = read(tmp_path, shown).settings.station_rules

    assert rules.of_bay("Lobby") == BayRules(
        5, frozenset({Kind.SALE, Kind.CUSTODY}), time(8), time(22), large=False
    )
    assert rules.of_bay("1") == BayRules()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('opens = "8:00"', "bays.1.opens must be a time such as “08:00”, not “8:00”."),
        (
            'kinds = ["cars"]',
            "bays.1.kinds.0 must be 'sale', 'vehicle', 'custody' or 'other', not “cars”.",
        ),
        ("buffer = -1", "bays.1.buffer must be 0 minutes or more"),
    ],
)
def test_a_bay_s_mistakes_are_named(tmp_path: Path, line: str, told: str) -> None:
    assert f"line 2: {told}" in refused(tmp_path, f"[bays.1]\n{line}\n").explanation


def test_a_bay_that_the_station_does_not_have_is_named(tmp_path: Path) -> None:
    file = read(tmp_path, "[bays.9]\nbuffer = 5\n")

    with pytest.raises(SettingsError, match=r"bays\.9 is not a setting"):
        file.check_station(KENNEWICK)
