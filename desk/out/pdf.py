"""A PDF with letters for the names of the people who come.

The font lies in a package, so nothing is looked for on the machine or fetched: Noto Sans, with
Latin, Vietnamese, Greek and Cyrillic. A station whose people are called otherwise names the files
of further fonts in ``station.toml``. What no font has, and what has to be shaped or runs from
right to left, is drawn as U+FFFD, never as another letter, and the page says so.
"""

from __future__ import annotations

import logging
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.ttLib import TTFont, TTLibError
from fpdf import FPDF
from fpdf.fonts import TTFFont
from pendulum import DateTime
from pymupdf_fonts import NotoSans_Bold, NotoSans_Regular

import desk
from desk.errors import DeskError
from desk.i18n import _
from desk.out.paper import Paper
from desk.text import REPLACEMENT, safe

_FAMILY = "noto"
_FURTHER = "further"
_FONT_FILES = (".otf", ".ttc", ".ttf")
_POINTS_PER_MM = 72 / 25.4
_SMALLEST = 0.6
"""Of its size, as far as text is made smaller before it is cut."""

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_VIRAMA = 9
_JOINERS = frozenset("\u200c\u200d")

# What they remark about a font would otherwise be written over the board.
for _library in ("fontTools", "fpdf"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class PageStyle:
    """What a PDF is printed on and with.

    Attributes:
        fonts: the files of further fonts, for letters that Noto Sans lacks.
        landscape: whether the long side lies.
    """

    paper: Paper = Paper.A4
    fonts: tuple[Path, ...] = ()
    landscape: bool = False


class Pdf:
    """One document; all lengths are in millimetres from the upper left corner.

    Attributes:
        lacks: whether something could not be drawn.
    """

    def __init__(self, drawn: FPDF, letters: frozenset[int]) -> None:
        self._drawn = drawn
        self._letters = letters
        self.lacks = False

    @property
    def width(self) -> float:
        """The page's width."""
        return self._drawn.w

    @property
    def height(self) -> float:
        """The page's height."""
        return self._drawn.h

    def page(self) -> None:
        """Begins a page."""
        self._drawn.add_page()

    def gray(self, light: int) -> None:
        """Draws on in that gray: 0 is black, 255 is white."""
        self._drawn.set_text_color(light)
        self._drawn.set_draw_color(light)

    def write(
        self,
        words: str,
        place: tuple[float, float],
        room: tuple[float, float],
        size: float,
        *,
        bold: bool = False,
    ) -> None:
        """Writes one line into a box: smaller, and in the end cut, where it is too long.

        Args:
            words: any text.
            place: the box's upper left corner.
            room: its width and height; the line stands in the middle of the height.
            size: of the letters, in millimetres.
            bold: whether they are bold.
        """
        shown = self._with_letters(words)
        wide = self._measure(shown, size, bold=bold)
        if wide > room[0]:
            size *= max(_SMALLEST, room[0] / wide)
            shown = self._cut(shown, size, room[0], bold=bold)
        self._set(size, bold=bold)
        self._drawn.set_xy(*place)
        self._drawn.cell(*room, text=shown)

    def paragraph(self, words: str, top: float, left: float, size: float) -> float:
        """Writes as many lines as it takes up to the right margin; returns where they end."""
        self._set(size, bold=False)
        self._drawn.set_xy(left, top)
        self._drawn.multi_cell(
            self.width - 2 * left, size * 1.4, self._with_letters(words), align="L"
        )
        return self._drawn.get_y()

    def box(self, place: tuple[float, float], side: float) -> None:
        """Draws a square to tick."""
        self._drawn.rect(*place, side, side)

    def bar(self, place: tuple[float, float], room: tuple[float, float]) -> None:
        """Draws a black bar."""
        self._drawn.set_fill_color(0)
        self._drawn.rect(*place, *room, style="F")

    def line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draws a thin line."""
        self._drawn.line(*start, *end)

    def content(self) -> bytes:
        """Returns the file."""
        return bytes(self._drawn.output())

    def _set(self, size: float, *, bold: bool) -> None:
        self._drawn.set_font(_FAMILY, "B" if bold else "", size * _POINTS_PER_MM)

    def _measure(self, words: str, size: float, *, bold: bool) -> float:
        self._set(size, bold=bold)
        return self._drawn.get_string_width(words)

    def _cut(self, words: str, size: float, room: float, *, bold: bool) -> str:
        """Returns as much as fits, with an ellipsis where that is not all."""

        def wide(kept: int) -> float:
            return self._measure(f"{words[:kept]}…", size, bold=bold)

        # A hair more is let pass: what was made smaller just fits.
        if self._measure(words, size, bold=bold) <= room * 1.001:
            return words
        kept = bisect_right(range(len(words)), room, key=wide) - 1
        return f"{words[: max(kept, 1)].rstrip()}…"

    def _with_letters(self, words: str) -> str:
        """Returns the text with U+FFFD for every character that cannot be drawn as it is."""
        shown = "".join(
            character if self._can_draw(character) else REPLACEMENT
            for character in safe(words)
            if character not in _JOINERS
        )
        self.lacks = self.lacks or REPLACEMENT in shown
        return shown

    def _can_draw(self, character: str) -> bool:
        shaped = (
            unicodedata.bidirectional(character) in _RIGHT_TO_LEFT
            or unicodedata.combining(character) == _VIRAMA
            or unicodedata.category(character) == "Mc"
        )
        return ord(character) in self._letters and not shaped


@contextmanager
def new_pdf(title: str, now: DateTime, style: PageStyle) -> Iterator[Pdf]:
    """Opens an empty document; its content has to be taken before this ends.

    Raises:
        DeskError: a font of the station's cannot be used.
    """
    drawn = FPDF("landscape" if style.landscape else "portrait", "mm", style.paper.value)
    drawn.set_auto_page_break(auto=False)
    drawn.set_margin(0)
    drawn.c_margin = 0
    drawn.set_title(safe(title))
    drawn.set_creator(f"desk {desk.version()}")
    # So that the same day makes the same file.
    drawn.set_creation_date(now)
    drawn.set_line_width(0.15)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, ExitStack() as closing:
        # Before the folder goes, because the fonts are read from it until the end.
        closing.callback(_close_fonts, drawn)
        for weight, font in (("", NotoSans_Regular), ("B", NotoSans_Bold)):
            file = Path(folder) / f"{_FAMILY}{weight}.ttf"
            file.write_bytes(font.fontbuffer)
            drawn.add_font(_FAMILY, weight, file)
        for number, file in enumerate(style.fonts):
            _check_font(file)
            drawn.add_font(f"{_FURTHER}{number}", "", file)
        drawn.set_fallback_fonts(
            [f"{_FURTHER}{number}" for number in range(len(style.fonts))], exact_match=False
        )
        yield Pdf(drawn, frozenset(chain.from_iterable(font.cmap for font in _fonts(drawn))))


def _fonts(drawn: FPDF) -> Iterator[TTFFont]:
    return (font for font in drawn.fonts.values() if isinstance(font, TTFFont))


def _close_fonts(drawn: FPDF) -> None:
    for font in _fonts(drawn):
        font.close()


def _check_font(file: Path) -> None:
    """Checks that a file is a font.

    Raises:
        DeskError: it is none, or cannot be read.
    """
    try:
        if file.suffix.lower() not in _FONT_FILES:
            raise TTLibError(", ".join(_FONT_FILES))
        # Opened here, because a file that is no font would stay open.
        with file.open("rb") as stream, TTFont(stream, fontNumber=0, lazy=True) as font:
            font.getBestCmap()
    except (OSError, TTLibError) as error:
        raise DeskError(
            "font_unusable",
            _("The font {file} cannot be used: {reason}.").format(file=file, reason=error),
            _("Correct or delete it under [paper] fonts in station.toml."),
        ) from None


def lacking(where: str) -> str:
    """Returns what the sign for a missing letter means.

    Args:
        where: where the names stand whole.
    """
    return _("{sign} is a letter that this PDF has no font for: see {where}.").format(
        sign=REPLACEMENT, where=where
    )
