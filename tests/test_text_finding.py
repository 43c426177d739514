"""desk.text: what is typed and what is stored, folded until they meet."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.text import fold, folded_with_map, safe
from tests.hostile import ANY_TEXT, foreign


class TestFold:
    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("obrien", "O'Brien"),
            ("o'brien", "O'Brien"),
            ("O’Brien", "O'Brien"),
            ("O\u02bcBRIEN", "O'Brien"),
            ("o\u00b4brien", "O'Brien"),
            ("van dijk", "van-Dijk"),
            ("van  dijk", "van\u2011Dijk"),
            ("garcia-lopez", "Ana García\u2013López"),
            ("nguyen thi", "Nguyễn Thị Minh Khai"),
            ("lukasz", "Łukasz"),
            ("soren", "Søren"),
            ("dordevic", "Đorđević"),
            ("strasse", "Straße"),
            ("aero", "Ærø"),
            ("oeuvre", "Œuvre"),
            ("isik", "IŞIK"),
            ("isik", "IŞIK".translate({ord("I"): "\N{LATIN SMALL LETTER DOTLESS I}"})),
            ("istanbul", "İstanbul"),
            ("thor", "Þór"),
            ("novak", "Nova\u0301k"),
            ("bob", "Bo\u200bb"),
            ("bob", safe("Bo\u200bb")),
            ("marie", "".join(chr(ord(letter) + 0xFEE0) for letter in "Marie")),
            ("ΟΔΟΣ", "οδός"),
        ],
    )
    def test_finds(self, typed: str, name: str) -> None:
        assert fold(typed) in fold(name)

    @pytest.mark.parametrize(("typed", "name"), [("martin", "Marten"), ("vandijk", "van Dijk")])
    def test_does_not_find(self, typed: str, name: str) -> None:
        assert fold(typed) not in fold(name)

    @given(ANY_TEXT)
    def test_is_idempotent(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)

    def test_is_idempotent_for_every_character(self) -> None:
        for point in range(sys.maxunicode + 1):
            if unicodedata.category(chr(point)) not in {"Cn", "Co", "Cs"}:
                once = fold(f"x{chr(point)}y")
                assert fold(once) == once, hex(point)

    @given(st.text(st.characters(max_codepoint=0x24F, categories=["Lu", "Ll"])))
    def test_ignores_case_and_how_accents_are_stored(self, text: str) -> None:
        assert fold(text.upper()) == fold(text)
        assert fold(unicodedata.normalize("NFD", text)) == fold(text)

    @given(ANY_TEXT)
    def test_what_is_shown_is_found(self, text: str) -> None:
        assert fold(text) == " ".join(fold(text).split())
        assert foreign(fold(text)) == []

    @given(ANY_TEXT)
    def test_the_map_points_into_the_original(self, text: str) -> None:
        folded, origins = folded_with_map(text)
        assert folded == fold(text)
        assert len(origins) == len(folded)
        assert list(origins) == sorted(origins)
        for piece, origin in zip(folded, origins, strict=True):
            if piece != " ":
                assert piece in fold(text[origin])

    @pytest.mark.parametrize(
        ("typed", "name", "hit"),
        [
            ("obri", "Pat O’Brien", "O’Bri"),
            ("strasse", "Große Straße 5", "Straße"),
            ("van d", "Jan  van - Dijk", "van - D"),
            ("ngu", "Nguyễn", "Ngu"),
        ],
    )
    def test_a_hit_is_marked_in_the_original(self, typed: str, name: str, hit: str) -> None:
        folded, origins = folded_with_map(name)
        start = folded.index(fold(typed))
        end = start + len(fold(typed))
        assert name[origins[start] : origins[end - 1] + 1] == hit
