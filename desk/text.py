"""Text from outside: cleaned on its way in, made safe on its way to a display, measured, folded.

Names, notes, items and imported cells are written by strangers. A terminal obeys control codes
wherever it meets them, and a layout trusts the width it was told, so every such string passes
through `clean` before it is stored and through `safe` (or `cut`, or `fit`) before it is shown.

The rules on categories, marks and invisibles follow the Unicode Character Database; widths are
those of `rich.cells`, because Textual lays out by them.
"""

import re
import sys
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import zip_longest

from rich.cells import CellSpan, cell_len, get_character_cell_size, split_graphemes

REPLACEMENT = "\ufffd"
"""Stands where something invisible stood, so that nobody is fooled by what they cannot see."""

MOST_MARKS = 3
"""Marks of one category that one character may carry; Burmese needs three, mischief dozens."""

MOST_JOINS = 3
"""Joiners in one chain; the longest emoji families and the longest Indic conjuncts have three."""

_ZWNJ = "\u200c"
_ZWJ = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_SKIN_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_VIRAMA = 9  # Canonical combining class of the signs that bind Indic consonants.

# A line break or tab separates words, so it leaves a space behind; other controls leave nothing.
_BREAKS = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_DROPPED = frozenset({"Cc", "Cs", "Cn", "Co", "Zl", "Zp"})
# Drawn as nothing (or as a blank) though their categories say letter, mark or symbol: the
# grapheme joiner, Hangul fillers, Khmer inherent vowels, the empty braille cell.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")

# Characters that no rule below touches, alone or in any company of their own: Latin with
# Vietnamese, Greek, Cyrillic, usual punctuation, kana, Han, Hangul. Composed, assigned, visible.
_PLAIN = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u038e-\u03a1\u03a3-\u03ff\u0400-\u0482\u1e00-\u1eff"
    "\u2013\u2014\u2018\u2019\u201c\u201d\u2026"
    "\u3041-\u3096\u30a1-\u30fe\u4e00-\u9ffc\uac00-\ud7a3]*"
)


class _Visible:
    """A `str.translate` table: what each character becomes, worked out when it is met."""

    def __getitem__(self, point: int) -> str | int | None:
        character = chr(point)
        if character in _BREAKS:
            return " "
        category = unicodedata.category(character)
        if category in _DROPPED:
            return None
        if character in _BLANKS or (category == "Cf" and character not in {_ZWNJ, _ZWJ}):
            return REPLACEMENT
        return point


_VISIBLE = _Visible()


def safe(value: str) -> str:
    """Return the text as a display may be sent it.

    Normalised to NFC. Controls, surrogates, unassigned and private characters are gone; line
    breaks and tabs are spaces; bidirectional controls and invisibles show as U+FFFD, except
    U+200C and a U+200D that joins emoji or follows a virama. Marks with nothing to stand on are
    dropped, and so are those past `MOST_MARKS`. Markup is left alone: it is the widget's
    business to take the string as data.

    Idempotent, and quick for text that needs nothing done, because every cell calls it.
    """
    if value.isascii() and value.isprintable():
        return value
    if _PLAIN.fullmatch(value):
        return value
    seen = unicodedata.normalize("NFC", value.translate(_VISIBLE))
    # Normalised again, because taking a mark away can bring two others together.
    return unicodedata.normalize("NFC", _supported(seen))


def _supported(value: str) -> str:
    """Drop marks that have no base or are too many, and show joiners that join nothing."""
    kept: list[str] = []
    marks: Counter[str] = Counter()
    based = False
    joins = 0
    for character, following in zip_longest(value, value[1:], fillvalue=""):
        joined = character == _ZWJ and based and joins < MOST_JOINS and _joins(kept[-1], following)
        # A joiner that joins nothing is shown, not kept: Rich skips what follows a joiner when it
        # measures, so one between ordinary letters would make the text wider than its width.
        sign = REPLACEMENT if character == _ZWJ and not joined else character
        if joined:
            joins += 1
        elif _width_of(sign) == 0:
            category = unicodedata.category(sign)
            marks[category] += 1
            if not based or marks[category] > MOST_MARKS:
                continue
        else:
            joins = joins if kept and kept[-1] == _ZWJ else 0
            marks.clear()
            based = not sign.isspace()
        kept.append(sign)
    return "".join(kept)


def _joins(before: str, after: str) -> bool:
    """Tell whether a zero-width joiner between these two has a meaning."""
    if not after or _width_of(after) == 0:
        return False
    category = unicodedata.category(after)
    if unicodedata.combining(before) == _VIRAMA:
        return category == "Lo"
    emoji = before == _EMOJI_STYLE or before in _SKIN_TONES or unicodedata.category(before) == "So"
    return emoji and category == "So"


def _width_of(character: str) -> int:
    # The latest table, whatever the terminal's: what is stored must not depend on the terminal.
    return get_character_cell_size(character, "latest")


NO_LIMIT = sys.maxsize
"""For `clean`: as many code points as there are."""


def clean(value: str, limit: int = 200) -> str:
    """Return the text as it may be stored: safe, on one line, without spare spaces.

    Args:
        value: Text from a file, a form or the command line.
        limit: The most code points to keep; a character is kept with all its marks or not at
            all (one that is longer than the limit by itself is cut within).

    Returns:
        NFC text of at most `limit` code points. Cleaning it again changes nothing.
    """
    text = " ".join(safe(value).split())
    if len(text) > limit:
        ends = [end for _, end, _ in _clusters(text) if end <= limit]
        text = text[: ends[-1] if ends else limit]
    return text.rstrip(f" {_ZWNJ}{_ZWJ}")


def width(value: str) -> int:
    """Return how many terminal cells the text takes."""
    return cell_len(value)


def cut(value: str, cells: int) -> str:
    """Return as much of the safe text as fits in so many cells, never part of a character."""
    return _cut(safe(value), cells)


def fit(value: str, cells: int, *, ellipsis: str = "…") -> str:
    """Return the safe text in exactly so many cells, cut with an ellipsis or padded with spaces.

    Args:
        value: Any text.
        cells: The width wanted; below zero counts as zero.
        ellipsis: What marks a cut; left out where it would not fit itself.
    """
    text = safe(value)
    if cell_len(text) > cells:
        mark = ellipsis if cell_len(ellipsis) <= cells else ""
        text = _cut(text, cells - cell_len(mark)).rstrip() + mark
    return text + " " * (cells - cell_len(text))


def _cut(text: str, cells: int) -> str:
    if cells <= 0:
        return ""
    size = cell_len(text)
    if size <= cells:
        return text
    if size == len(text) and _PLAIN.fullmatch(text):  # No plain character is without width.
        return text[:cells]
    used = 0
    for start, _, step in _clusters(text):
        used += step
        if used > cells:
            return text[:start]
    return text


def _clusters(value: str) -> list[CellSpan]:
    """Return (start, end, cells) of each user-perceived character.

    Rich's spans, with the two letters of a flag as one.
    """
    clusters: list[CellSpan] = []
    half_flag = False
    for start, end, size in split_graphemes(value)[0]:
        regional = "\U0001f1e6" <= value[start] <= "\U0001f1ff"
        if regional and half_flag:
            first, _, first_size = clusters.pop()
            clusters.append((first, end, first_size + size))
            half_flag = False
        else:
            clusters.append((start, end, size))
            half_flag = regional and end - start == 1
    return clusters


_APOSTROPHES = frozenset(
    "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u2018\u2019\u201b\u2032\uff07"
)
_MINUS = "\u2212"
_ASCII_FOLDED = {
    **{point: None for point in (*range(32), 127) if not chr(point).isspace()},
    **{ord(mark): None for mark in "'`"},
    ord("-"): " ",
}
_UNFOUND = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn"})
# Letters that Unicode does not take apart, as people type them on a keyboard without them.
_SPELLED = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "æ": "ae",
    "œ": "oe",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
}


def fold(value: str) -> str:
    """Return the text as finding compares it.

    Case, accents, apostrophes and invisibles are ignored, and hyphens are spaces: "obrien",
    "o'brien" and "O\u2019Brien" are all "obrien", and "van-Dijk" is "van dijk". Idempotent.
    """
    if value.isascii():  # As names mostly are; a whole file of them is folded.
        return " ".join(value.translate(_ASCII_FOLDED).lower().split())
    return folded_with_map(value)[0]


def folded_with_map(value: str) -> tuple[str, tuple[int, ...]]:
    """Return the folded text and, for each of its characters, the index it came from in `value`.

    The indices never fall, so a hit from `i` up to `j` in the folded text is
    `value[origin[i] : origin[j - 1] + 1]`, and marks after it belong to it.
    """
    folded: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(value):
        for piece in _folded(character):
            if piece == " " and (not folded or folded[-1] == " "):
                continue
            folded.append(piece)
            origins.append(index)
    if folded and folded[-1] == " ":
        folded.pop()
        origins.pop()
    return "".join(folded), tuple(origins)


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character in _APOSTROPHES:  # Before NFKD, which takes some of them for a space and a mark.
        return ""
    bare = _bare(_bare(character).casefold())
    return "".join(_SPELLED.get(piece, piece) for piece in bare if piece not in _APOSTROPHES)


def _bare(value: str) -> str:
    """Take compatibility characters apart, and drop marks and what cannot be typed."""
    pieces = []
    for piece in unicodedata.normalize("NFKD", value):
        category = unicodedata.category(piece)
        if piece.isspace() or category == "Pd" or piece == _MINUS:
            pieces.append(" ")
        elif category not in _UNFOUND and piece != REPLACEMENT:
            pieces.append(piece)
    return "".join(pieces)


_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def initial_and_surname(name: str) -> str:
    """Return a name in a row's short form: "Marie Dupont" is "M. Dupont".

    The last word is taken for the surname, a generation ("Jr.") set aside; "Dupont, Marie" is
    read as written. One word stays whole, and so does a name in a script that puts the surname
    first and is short already (Han, kana, Hangul).

    Args:
        name: A cleaned name.
    """
    words = [word for word in _in_spoken_order(name) if _generation(word) not in _SUFFIXES]
    if len(words) < 2 or any(map(_is_east_asian, name)):
        return " ".join(name.split())
    return f"{_initial(words[0])}. {words[-1]}"


def _in_spoken_order(name: str) -> list[str]:
    surname, _, given = name.partition(", ")
    words = given.split()
    if not words or _generation(words[0]) in _SUFFIXES:
        return [*surname.split(), *words]
    return [*words, *surname.split()]


def _generation(word: str) -> str:
    return word.casefold().strip(".,")


def _is_east_asian(character: str) -> bool:
    return character.isalpha() and unicodedata.east_asian_width(character) in {"W", "H"}


def _initial(word: str) -> str:
    characters = [word[start:end] for start, end, _ in _clusters(word)]
    return next((each for each in characters if each[0].isalnum()), characters[0])


def spreadsheet_safe(value: str) -> str:
    """Return a cell of a CSV file that no spreadsheet takes for a formula.

    An apostrophe goes before a leading `=`, `+`, `-`, `@`, their full-width forms, tab, carriage
    return or line feed (OWASP, "CSV Injection"). Quoting is the CSV writer's.
    """
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value


_FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
