"""desk.intake.maps: mappings in files."""

from pathlib import Path

import pytest

from desk.domain.reading import DayOrder
from desk.errors import BookingFileError
from desk.intake.formats import FORMATS
from desk.intake.formats.ics import ANY, PRODUCTS
from desk.intake.maps import (
    RESERVED,
    Fixed,
    SourceMap,
    Target,
    checked_name,
    load_map,
    load_maps,
    save_map,
)
from tests.intake.making import a_file

MAIRIE = SourceMap(
    name="mairie",
    header=("N°", "Date", "Heure", "Client", "État"),
    columns={Target.STARTS: ("Date", "Heure"), Target.GIVER_NAME: ("Client",)},
)
WHOLE = "header = []\n[columns]\nstarts = ['a']\n'giver.name' = ['b']"


class TestSaved:
    def test_and_loaded_again(self, tmp_path: Path) -> None:
        source_map = MAIRIE.model_copy(
            update={"fixed": Fixed(delimiter=";", day_order=DayOrder.DAY_FIRST), "assumed": False}
        )
        path = save_map(tmp_path / "maps", source_map)
        assert path == tmp_path / "maps" / "mairie.toml"
        assert load_map(path) == source_map
        assert load_maps(tmp_path / "maps").maps == (source_map,)

    def test_it_may_be_mended_by_hand(self, tmp_path: Path) -> None:
        path = a_file(
            tmp_path,
            'header = ["When", "Name"]\n[columns]\nstarts = ["When"]\n"giver.name" = ["Name"]\n',
            "by hand.toml",
        )
        loaded = load_map(path)
        assert (loaded.name, loaded.header) == ("by hand", ("when", "name"))
        assert loaded.columns[Target.STARTS] == ("when",)

    def test_no_folder_holds_none(self, tmp_path: Path) -> None:
        assert load_maps(tmp_path / "maps").maps == ()

    @pytest.mark.parametrize(
        ("text", "named"),
        [
            ("header = x\n", "line 1"),
            ("header = []", "columns"),
            ("header = []\n[columns]\nstarts = ['a']", "columns"),
            ("header = []\n[columns]\nstarts = ['a']\nfoo = ['b']", "columns.foo"),
            ("header = 1\n[columns]\nstarts = ['a']\n'giver.name' = ['b']", "header"),
            ("header = []\n[columns]\nstarts = ['a','b','c']\n'giver.name' = ['b']", "columns"),
            (f"x = 1\n{WHOLE}", "x"),
            (f"{WHOLE}\n[fixed]\nzone = 'Mars'", "fixed.zone"),
            (f"{WHOLE}\n[fixed]\nencoding = 'rot13'", "fixed.encoding"),
        ],
    )
    def test_a_bad_one_is_told_and_the_others_are_there(
        self, tmp_path: Path, text: str, named: str
    ) -> None:
        save_map(tmp_path, MAIRIE)
        a_file(tmp_path, text, "bad.toml")
        loaded = load_maps(tmp_path)
        assert [each.name for each in loaded.maps] == ["mairie"]
        (trouble,) = loaded.troubles
        assert "bad.toml" in trouble.explanation
        assert named in trouble.explanation
        assert trouble.next

    @pytest.mark.parametrize("data", [b"\xff\xfe", b"a = [" + b"[" * 5000, b"\x00"])
    def test_any_bytes_are_a_sentence(self, tmp_path: Path, data: bytes) -> None:
        a_file(tmp_path, data, "bad.toml")
        assert len(load_maps(tmp_path).troubles) == 1

    @pytest.mark.parametrize(
        "name",
        ["", " ", "../x", "a/b", "a\\b", "x" * 41, ".x", "nul", "desk", "walk_in", "a\nb", "a.b"],
    )
    def test_names_that_cannot_be(self, name: str) -> None:
        with pytest.raises(BookingFileError):
            checked_name(name)

    def test_nor_can_those_of_formats(self) -> None:
        calendars = {source for source, _title in (*PRODUCTS.values(), ANY)}
        assert {each.source for each in FORMATS} | calendars <= RESERVED

    @pytest.mark.parametrize("name", ["mairie", "Mairie de Lyon 3", "x", "été-2026"])
    def test_names_that_can_be(self, name: str) -> None:
        assert checked_name(f" {name} ") == name

    def test_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        with pytest.raises(BookingFileError) as caught:
            save_map(a_file(tmp_path, "x", "maps"), MAIRIE)
        assert caught.value.code == "cannot_write"
