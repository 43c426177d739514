"""desk.text: what came from outside, cleaned, made safe, measured, shortened."""

import csv
import io
import sys
import unicodedata
from itertools import groupby

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from desk.text import (
    REPLACEMENT,
    clean,
    cut,
    fit,
    initial_and_surname,
    safe,
    spreadsheet_safe,
    width,
)
from tests.hostile import ANY_TEXT, HOSTILE, HOSTILE_BY_NAME, HOSTILE_NAMES, foreign

FAMILY = HOSTILE_BY_NAME["emoji family"]
FRANCE = HOSTILE_BY_NAME["flag"]
COUPLE = "\U0001f469\U0001f3fd\u200d\u2764\ufe0f\u200d\U0001f48b\u200d\U0001f468"
RAINBOW = "\U0001f3f3\ufe0f\u200d\U0001f308"
CONJUNCT = "क\u094d\u200dष"
BURMESE = "မြို့"


def longest_run_of_marks(value: str) -> int:
    categories = [unicodedata.category(character) for character in value if character != "\u200d"]
    runs = [len(list(run)) for category, run in groupby(categories) if category in {"Mn", "Me"}]
    return max(runs, default=0)


class TestSafe:
    @pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_NAMES)
    def test_nothing_foreign_is_left_of_a_hostile_string(self, text: str) -> None:
        assert foreign(safe(text)) == []
        assert safe(text).encode()

    @given(ANY_TEXT)
    def test_nothing_foreign_is_left_of_any_string(self, text: str) -> None:
        assert foreign(safe(text)) == []

    @given(ANY_TEXT)
    @example("e\x00\u0301")
    @example("\u1100\x00\u1161")
    @example("a\u0301\u0301\u0301\u0301\u200d\u0301")
    @example("ক\u09c1\u09c1\u09c1\u09c7\u09c1\u09be")
    def test_is_idempotent_and_composed(self, text: str) -> None:
        once = safe(text)
        assert safe(once) == once
        assert unicodedata.is_normalized("NFC", once)

    @given(ANY_TEXT)
    def test_marks_do_not_pile_up_or_lean_on_a_neighbour(self, text: str) -> None:
        made = safe(text)
        assert longest_run_of_marks(made) <= 3
        assert not made or width(made[0]) > 0

    @given(ANY_TEXT, ANY_TEXT)
    def test_widths_add_up_whatever_stands_beside(self, left: str, right: str) -> None:
        assert width(f"{safe(left)}│{safe(right)}") == width(safe(left)) + 1 + width(safe(right))

    @given(ANY_TEXT)
    def test_a_joiner_hides_only_what_it_joins(self, text: str) -> None:
        unjoined = safe(text).replace("\u200d", "")
        joiners = safe(text).count("\u200d")
        assert width(unjoined) <= width(safe(text)) + 3 * joiners

    def test_every_character_alone_is_shown_replaced_or_dropped(self) -> None:
        # Above these, planes are private or unassigned but for tags and selectors.
        for point in [*range(0x20000), *range(0xE0000, 0xE0200), 0xF0000, sys.maxunicode]:
            character = chr(point)
            made = safe(character)
            category = unicodedata.category(character)
            assert foreign(made) == []
            assert unicodedata.is_normalized("NFC", made)
            if category in {"Cs", "Cn", "Co"}:
                assert made == ""
            elif category == "Cf" and character != "\u200c":
                assert made == REPLACEMENT
            elif category in {"Lu", "Ll", "Lt", "Nd", "Sc", "Pd", "Ps", "Pe"}:
                assert made == unicodedata.normalize("NFC", character)

    @pytest.mark.parametrize(
        "text",
        [
            "Marie Dupont",
            "[bold]Bob[/bold]",
            "Nguyễn Thị Minh Khai",
            "Łukasz Źółć",
            "Дмитрий Шостакович",
            "Γιώργος Σεφέρης",
            "田中太郎",
            "김민수",
            "نور\u200cمن",
            FAMILY,
            FRANCE,
            COUPLE,
            RAINBOW,
            CONJUNCT,
            BURMESE,
            " and ".join([COUPLE, FAMILY, RAINBOW]),
            "q\u0323\u0308" * 4,
            "3\ufe0f\u20e3",
            "  two  spaces  ",
        ],
    )
    def test_honest_text_is_left_alone(self, text: str) -> None:
        assert safe(text) == text

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("A\x1b]0;pwn\x1b\\", "A]0;pwn\\"),
            ("\x1b[2J", "[2J"),
            ("\x9b31m", "31m"),
            ("A\x00B", "AB"),
            ("A\rB", "A B"),
            ("one\r\ntwo\tthree", "one  two three"),
            ("one\u2028two\x85three", "one two three"),
            ("abc\u202egpj.exe", "abc\ufffdgpj.exe"),
            ("Bo\u200bb", "Bo\ufffdb"),
            ("Bo\u200db", "Bo\ufffdb"),
            ("Bob\u200d", "Bob\ufffd"),
            ("क\u094d\u200d\u1161", "क\u094d\ufffd\u1161"),
            ("\U0001f468\u200dBob", "\U0001f468\ufffdBob"),
            ("\u3164\u2800", "\ufffd\ufffd"),
            ("e\u0301", "é"),
            ("Z" + "\u0301" * 50, "Ź\u0301\u0301\u0301"),
            ("\u0301Bob", "Bob"),
            ("Al \u0301Bob", "Al Bob"),
            ("A\ud800B\ue000\ufdd0", "AB"),
        ],
    )
    def test_the_rest_is_made_harmless(self, text: str, shown: str) -> None:
        assert safe(text) == shown

    def test_a_chain_of_joined_emoji_ends(self) -> None:
        chain = safe("\u200d".join(["\U0001f468"] * 40))
        assert width(chain) >= 40 // 4 * 2


class TestClean:
    @given(ANY_TEXT, st.integers(1, 40))
    def test_is_idempotent(self, text: str, limit: int) -> None:
        once = clean(text, limit)
        assert clean(once, limit) == once

    @given(ANY_TEXT, st.integers(1, 40))
    def test_is_short_safe_and_on_one_line(self, text: str, limit: int) -> None:
        kept = clean(text, limit)
        assert len(kept) <= limit
        assert safe(kept) == kept
        assert kept.split(" ") == (kept.split() or [""])

    @given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), max_size=200))
    def test_keeps_plain_words(self, text: str) -> None:
        assert clean(text) == text

    @pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_NAMES)
    def test_tames_a_hostile_string(self, text: str) -> None:
        kept = clean(text)
        assert len(kept) <= 200
        assert foreign(kept) == []

    def test_collapses_spaces_of_every_kind(self) -> None:
        assert clean(" \t Marie\u00a0\u3000 Dupont\r\n") == "Marie Dupont"

    @pytest.mark.parametrize("last", ["q\u0323\u0308", FAMILY, FRANCE, RAINBOW, BURMESE])
    def test_the_cap_takes_a_character_whole_or_not_at_all(self, last: str) -> None:
        text = "Marie" + last
        for limit in range(5, len(text)):
            assert clean(text, limit) == "Marie"
        assert clean(text, len(text)) == text

    def test_a_single_character_longer_than_the_cap_is_cut_within(self) -> None:
        assert clean(FAMILY, 2) == FAMILY[0]

    def test_a_trailing_joiner_is_no_second_name(self) -> None:
        assert clean("Bob\u200c") == "Bob"


class TestWidths:
    @pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_NAMES)
    def test_are_richs(self, text: str) -> None:
        assert width(text) == cell_len(text)
        assert width(safe(text)) == cell_len(safe(text))

    @given(ANY_TEXT, st.integers(-3, 60))
    def test_fit_is_exact(self, text: str, cells: int) -> None:
        assert cell_len(fit(text, cells)) == max(cells, 0)

    @given(ANY_TEXT, st.integers(-3, 60), st.sampled_from(["", "...", "田", "~"]))
    def test_fit_is_exact_with_any_ellipsis(self, text: str, cells: int, mark: str) -> None:
        assert cell_len(fit(text, cells, ellipsis=mark)) == max(cells, 0)

    @given(ANY_TEXT, st.integers(-3, 60))
    def test_cut_is_the_longest_beginning_that_fits(self, text: str, cells: int) -> None:
        whole = safe(text)
        beginning = cut(text, cells)
        assert whole.startswith(beginning)
        assert width(beginning) <= max(cells, 0)
        # The next character would not have fitted: at its widest it is a flag.
        assert beginning == whole or width(beginning) >= cells - 1

    @given(ANY_TEXT)
    def test_what_fits_is_not_cut(self, text: str) -> None:
        assert cut(text, width(safe(text))) == safe(text)
        assert fit(text, width(safe(text))) == safe(text)

    @pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_NAMES)
    def test_a_hostile_string_fits_a_cell(self, text: str) -> None:
        assert cell_len(fit(text, 12)) == 12
        assert foreign(fit(text, 12)) == []

    @pytest.mark.parametrize(
        ("text", "cells", "shown"),
        [
            ("Dupont", 8, "Dupont  "),
            ("Dupont", 6, "Dupont"),
            ("Dupont", 4, "Dup…"),
            ("Dupont", 1, "…"),
            ("Dupont", 0, ""),
            ("Dupont", -2, ""),
            ("M. Dupont", 4, "M.… "),
            ("田中太郎", 5, "田中…"),
            ("田中太郎", 4, "田… "),
            ("田中太郎", 1, "…"),
            (FRANCE * 2, 3, FRANCE + "…"),
            (FRANCE * 2, 2, "… "),
        ],
    )
    def test_fit(self, text: str, cells: int, shown: str) -> None:
        assert fit(text, cells) == shown

    @pytest.mark.parametrize(
        ("text", "cells", "beginning"),
        [
            ("田中太郎", 3, "田"),
            (FRANCE, 1, ""),
            (FAMILY + "x", 1, ""),
            (FAMILY + "x", 2, FAMILY),
            ("q\u0323\u0308y", 1, "q\u0323\u0308"),
        ],
    )
    def test_cut_never_parts_a_character(self, text: str, cells: int, beginning: str) -> None:
        assert cut(text, cells) == beginning


class TestInitialAndSurname:
    @pytest.mark.parametrize(
        ("name", "short"),
        [
            ("Marie Dupont", "M. Dupont"),
            ("Ana Garcia-Lopez", "A. Garcia-Lopez"),
            ("Nguyễn Thị Minh Khai", "N. Khai"),
            ("Émile  Zola", "É. Zola"),
            ("Cher", "Cher"),
            ("", ""),
            ("田中太郎", "田中太郎"),
            ("田中 太郎", "田中 太郎"),
            ("김 민수", "김 민수"),
            ("Martin King Jr.", "M. King"),
            ("Martin King, Jr.", "M. King"),
            ("Henry Ford II", "H. Ford"),
            ("Prince Jr", "Prince Jr"),
            ("Dupont, Marie", "M. Dupont"),
            ("Dupont,", "Dupont,"),
            ("Dupont,\ufe00", "Dupont,\ufe00"),
            ("(Marie) Dupont", "M. Dupont"),
            ("M\u0323\u0308arie Dupont", "Ṃ\u0308. Dupont"),
            (f"{FAMILY} Dupont", f"{FAMILY}. Dupont"),
            (f"{FRANCE} Dupont", f"{FRANCE}. Dupont"),
        ],
    )
    def test_short_form(self, name: str, short: str) -> None:
        assert initial_and_surname(clean(name)) == short

    @given(ANY_TEXT.map(clean))
    def test_is_short_and_safe_for_any_name(self, name: str) -> None:
        short = initial_and_surname(name)
        assert safe(short) == short
        assert bool(short) == bool(name)
        assert len(short) <= len(name) + 1


class TestSpreadsheetSafe:
    @pytest.mark.parametrize(
        "cell",
        [
            '=HYPERLINK("x")',
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "\N{FULLWIDTH EQUALS SIGN}1",
        ],
    )
    def test_a_formula_becomes_text(self, cell: str) -> None:
        assert spreadsheet_safe(cell) == f"'{cell}"

    @pytest.mark.parametrize("cell", ["", "Marie", "1 = 1", "'=1", "O'Brien"])
    def test_the_rest_is_left_alone(self, cell: str) -> None:
        assert spreadsheet_safe(cell) == cell

    @pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_NAMES)
    def test_no_cell_of_a_written_file_starts_a_formula(self, text: str) -> None:
        file = io.StringIO(newline="")
        csv.writer(file).writerow([spreadsheet_safe(text), spreadsheet_safe(clean(text))])
        file.seek(0)
        assert not any(
            cell.startswith(("=", "+", "-", "@")) for row in csv.reader(file) for cell in row
        )
