"""Signs that every terminal can draw, for the setting ``glyphs = "ascii"``.

The glyphs of states have ASCII forms of their own (``present.glyphs``); this is for the arrows,
dots and rules that stand in sentences and borders. Names are left as they are.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("·–—─━▁▂▃▄▅▆▇▔", "-"),
        **dict.fromkeys("▌▎▊▋▍▏▐█│┃", "|"),
        **dict.fromkeys("“”", '"'),
        "…": ".",
        "←": "<",
        "→": ">",
        "↑": "^",
        "↓": "v",
        "’": "'",
        "×": "x",
    }
)
"""One cell for one cell, so that nothing moves."""


class PlainSigns(LineFilter):
    """Replaces signs on their way to the terminal."""

    def apply(self, segments: list[Segment], _background: Color) -> list[Segment]:
        """Returns the segments with signs that every terminal can draw."""
        return [segment._replace(text=segment.text.translate(_SIGNS)) for segment in segments]
